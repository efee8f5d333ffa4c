"""A practice sheet as text: what stands above it, the code with the bug, and what the bug is."""

from __future__ import annotations

from grader.course.mark import mark
from grader.course.model import Course, Exercise
from grader.practice.bugs import RightAnswer
from grader.practice.memory import Sheet
from grader.practice.patch import Hunk, patched
from grader.report.layout import wrap
from grader.text import Message, render, say

#: Columns of the comment.
_WIDTH = 78


def head_of(course: Course, exercise: Exercise, command: str, language: str) -> tuple[str, ...]:
    """The lines above the code: the course's, and what to do as a comment. command: what checks the file."""
    texts = [line for message in _instructions(exercise, command) for line in wrap(render(message, language), _WIDTH)]
    return (mark(course.id), *(f"# {text}" for text in texts))


def _instructions(exercise: Exercise, command: str) -> list[Message]:
    return [
        say("Practice: {exercise}, {title}", exercise=exercise.id, title=exercise.title),
        say("One thing in this file is wrong. Find it, and fix it in few lines."),
        say("To check: {command}", command=command),
    ]


def sheet_text(head: tuple[str, ...], answer: RightAnswer, hunks: tuple[Hunk, ...] = ()) -> str:
    """The file that is handed out; without hunks, the one that is right."""
    return "\n".join([*head, patched(answer.text, hunks)])


def line_of(hunks: tuple[Hunk, ...], head: tuple[str, ...]) -> int:
    """The line of a sheet on which its bug begins, from 1."""
    return len(head) + min((hunk.at for hunk in hunks), default=0) + 1


def is_current(sheet: Sheet, answer: RightAnswer) -> bool:
    """Whether the exercise is as it was when the sheet was made."""
    return sheet.right == answer.digest
