"""Equal submissions of one exercise, untouched stubs above all: one of them is graded, and the others get its result.

Which may be equal is told by their files' bytes. Whether they are, the fingerprint decides (scorers/fingerprint.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from grader.course.model import Exercise
from grader.course.suffixes import code_kind
from grader.errors import GradeError
from grader.grading.results import ResultHeaders
from grader.result import Result
from grader.scorers.fingerprint import fingerprint
from grader.scorers.scorer import Task
from grader.submission.files import MAX_NOTEBOOK
from grader.submission.folder import OpenFolder
from grader.submission.model import Submission

#: A folder with more files is not compared with others.
_MOST_BESIDE = 20


def first_of_equals(tasks: Iterable[Task], root: Path) -> dict[Task, Task]:
    """The tasks whose files are those of an earlier one in this order → that one. root: what their paths start from."""
    firsts: dict[tuple[object, ...], Task] = {}
    equal = {}
    for task in tasks:
        content = _content(root, Path(task.path))
        if content is None:
            continue
        first = firsts.setdefault((task.exercise, task.seed, task.limits, *content), task)
        if first is not task:
            equal[task] = first
    return equal


def _content(root: Path, path: Path) -> tuple[object, ...] | None:
    """The file's name and digest, with those of what lies beside it; None where that is not sure."""
    try:
        with OpenFolder.at(root, called=Path()) as top, top.below(path.parent.parts) as folder:
            entries = folder.entries(_MOST_BESIDE)
            if any(entry.kind != "file" for entry in entries):
                return None
            code = [entry.name for entry in entries if code_kind(entry.name) is not None]
            return path.name, *((name, _digest(folder.read(name, MAX_NOTEBOOK))) for name in code)
    except GradeError:
        return None  # graded by itself, which says why


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def taken_over(
    first: Result, task: Task, headers: ResultHeaders, exercise: Exercise, submission: Submission, grader: str
) -> Result | None:
    """The result of an equal submission as that of this task; None where its fingerprint says that they differ."""
    own, other = (
        fingerprint(grader, headers.header(exercise, path, submission.sha256), submission)
        for path in (task.path, first.submission)
    )
    if other != first.fingerprint:
        return None
    return msgspec.structs.replace(first, submission=task.path, fingerprint=own, seconds=round(submission.seconds, 4))
