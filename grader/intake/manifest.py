"""A class as it handed in: who its students are, and what there is to grade of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from grader.intake.identity import WorkId, as_text, work_id
from grader.intake.names import clipped
from grader.intake.people import Student
from grader.intake.when import When
from grader.text import Message, join, say


class Work(msgspec.Struct, frozen=True):
    """One student's work on one exercise: a file, or why there is none to grade.

    path: below the manifest's root. note: what an instructor should know although the file is graded. clash: there are
    several, and which one counts, or whose it is, can't be told. absent: one who is on the list did not hand it in.
    when: what is known of the time of handing in.
    """

    student: str
    exercise: str
    path: str | None
    problem: Message | None = None
    note: Message | None = None
    clash: bool = False
    absent: bool = False
    when: When = When()


def missing(student: Student, exercise: str, problem: Message | None = None, *, clash: bool = False) -> Work:
    """Of somebody of whom there is nothing to grade. problem: why, if more is to be said than that it is missing."""
    problem = student.clash or problem
    reason = joined([problem or student.missing, student.note])
    absent = problem is None and student.on_list
    return Work(student.id, exercise, None, reason, clash=clash or student.clash is not None, absent=absent)


def joined(messages: Iterable[Message | None]) -> Message | None:
    """Those that there are, as one; None if there is none."""
    present = [message for message in messages if message is not None]
    return join(present, "; ") if present else None


class Manifest(msgspec.Struct, frozen=True):
    """What everything after intake knows of a class.

    works: sorted, one for each student and exercise. root: what their paths are relative to. students: with all that
    is known of them; none where only folders' names are. remarks: what the instructor should know.
    """

    works: tuple[Work, ...]
    root: Path
    students: tuple[Student, ...] = ()
    remarks: tuple[Message, ...] = ()


def unique(works: Iterable[Work]) -> tuple[Work, ...]:
    """Sorted, and one for each student and exercise: where there are more, what all of them say, and nothing graded."""
    by_id: dict[WorkId, list[Work]] = defaultdict(list)
    for work in works:
        by_id[work_id(work.student, work.exercise)].append(work)
    merged = (own[0] if len(own) == 1 else _clashing(own) for own in by_id.values())
    return tuple(sorted(merged, key=lambda work: (work.student, work.exercise)))


def _clashing(works: Sequence[Work]) -> Work:
    first = min(works, key=lambda work: work.student)
    problems = [work.problem or say("handed in: {file}", file=clipped(as_text(work.path or ""))) for work in works]
    return Work(first.student, first.exercise, None, join(problems, "; "), clash=True)
