"""The line of a handed-out file that says which course it belongs to."""

from __future__ import annotations

#: What it begins with; the course's id ends it.
MARK = "# grade course: "


def mark(course_id: str) -> str:
    """The line, without its end."""
    return f"{MARK}{course_id}"


def marked(text: str, course_id: str) -> str:
    """A file's text with the line on top."""
    return f"{mark(course_id)}\n{text}"
