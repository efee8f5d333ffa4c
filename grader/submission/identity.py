"""Which course a submission was made for, as `grade generate` and `grade init` wrote into it.

Reads hostile text: in one pass, over a bounded part, and what it finds is compared with an id and nothing else.
"""

from __future__ import annotations

import re

from grader.course.mark import MARK
from grader.submission.ipynb import course_entry

#: Where the line may stand: learners put lines of their own above it.
_MOST_LINES = 40
_MOST_CHARACTERS = 8 << 10
_ID = r"[a-z0-9][a-z0-9-]{2,62}[a-z0-9]"
_LINE = re.compile(re.escape(MARK.strip()) + rf"[ \t]+({_ID})")
#: A notebook that jupytext wrote as text has its metadata in comments: `#   grade:`, and below it `#     course: ...`.
_TABLE = re.compile(r"#[ \t]+grade:")
_ENTRY = re.compile(rf"#[ \t]+course:[ \t]+({_ID})")


def course_of_source(text: str) -> str | None:
    """The id of the course in the first lines of Python code; None if there is none."""
    in_table = False
    for line in text[:_MOST_CHARACTERS].split("\n", _MOST_LINES)[:_MOST_LINES]:
        line = line.strip()
        found = _LINE.fullmatch(line) or (_ENTRY.fullmatch(line) if in_table else None)
        if found:
            return found[1]
        in_table = bool(_TABLE.fullmatch(line)) or (in_table and line.startswith("#"))
    return None


def course_of_notebook(content: bytes) -> str | None:
    """The id of the course in a notebook's metadata; None if there is none, or it is no notebook."""
    course = course_entry(content)
    return course if re.fullmatch(_ID, course) else None
