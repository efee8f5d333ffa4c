"""Practice sheets for a class: each student's own by the seed, laid out as `grade score` takes them, and a key."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from grader.assignments.generate import Generated, write_groups
from grader.course.model import Course, Exercise
from grader.errors import UsageError
from grader.intake.roster import read_roster
from grader.practice.bugs import Bug, RightAnswer
from grader.practice.choose import bugs_in_order
from grader.practice.proof import proving
from grader.practice.sheet import head_of, line_of, sheet_text
from grader.table import to_table
from grader.text import Message, render, say

#: What is handed out, and what is not.
SHEETS, KEY = "sheets", "key.csv"
#: So many different bugs of an exercise are handed out at most: each has to be graded first.
_MOST_BUGS = 12
_MOST_STUDENTS = 9999
_COLUMNS = ("student", "exercise", "function", "line", "bug", "explanation", "wrong", "right")


class Handed(NamedTuple):
    """A student's sheet of an exercise."""

    student: str
    answer: RightAnswer
    bug: Bug
    head: tuple[str, ...]

    @property
    def file(self) -> str:
        """Relative to the folder that everything is written into."""
        exercise = self.answer.exercise
        return f"{SHEETS}/{self.student}/{exercise.id}/{exercise.slug}.py"

    @property
    def text(self) -> str:
        """What is handed out."""
        return sheet_text(self.head, self.answer, self.bug.hunks)

    def row(self) -> tuple[str, ...]:
        """Of the key. A mutant has no name that would say more than its lines."""
        bug = self.bug
        why = render(bug.why, self.answer.language) if bug.why else ""
        name = bug.name if bug.why else ""
        wrong = (line.strip() for hunk in bug.hunks for line in hunk.after)
        right = (line.strip() for hunk in bug.hunks for line in hunk.before)
        place = (self.student, self.answer.exercise.id, bug.function, str(line_of(bug.hunks, self.head)))
        return (*place, name, why, "\n".join(wrong), "\n".join(right))


def students_of(wanted: str) -> tuple[tuple[str, ...], tuple[Message, ...]]:
    """The students' ids, of a roster or of a number of students; and which lines of the roster were left out.

    Raises UsageError if it is neither.
    """
    if not wanted.isascii() or not wanted.isdigit():
        roster = read_roster(Path(wanted))
        return tuple(roster.students), roster.problems
    if not 1 <= int(wanted[:9]) <= _MOST_STUDENTS:
        raise UsageError(
            say(
                "--students takes a roster, or a number from 1 to {most}, not {value}.",
                most=_MOST_STUDENTS,
                value=wanted,
            )
        )
    return tuple(f"student{number:0{len(wanted)}}" for number in range(1, int(wanted) + 1)), ()


def generate_practice(
    course: Course, exercises: Sequence[Exercise], folder: Path, students: Sequence[str], *, language: str, seed: int
) -> Generated:
    """Write a sheet of every exercise for every student, and the key to them all.

    Raises UsageError naming every edited file, for an exercise without a bug that its checks see, or if the folder
    can't be written; GraderFault.
    """
    handed = [one for exercise in exercises for one in _handed(course, exercise, students, language, seed)]
    handed.sort(key=lambda one: (one.student, one.answer.exercise.number))
    key = to_table([_COLUMNS, *(one.row() for one in handed)]).decode()
    return write_groups({"practice": {one.file: one.text for one in handed} | {KEY: key}}, folder)


def _handed(course: Course, exercise: Exercise, students: Sequence[str], language: str, seed: int) -> Iterator[Handed]:
    answer = RightAnswer(exercise, language)
    bugs = _seen_bugs(course, answer, min(len(students), _MOST_BUGS), seed)
    if not bugs:
        raise UsageError(say("The checks of {exercise} see no small bug in it; leave it out.", exercise=exercise.id))
    head = head_of(course, exercise, f"grade {exercise.id} {exercise.slug}.py", language)
    shuffled = random.Random(f"{seed} {exercise.id}").sample(students, len(students))
    for student, bug in zip(shuffled, cycle(bugs)):
        yield Handed(student, answer, bug, head)


def _seen_bugs(course: Course, answer: RightAnswer, count: int, seed: int) -> list[Bug]:
    """The first so many that the checks see."""
    found = bugs_in_order(answer, answer.functions(), own=(), had=(), chance=random.Random(seed))
    with proving(course, answer.exercise, seed) as proof:
        seen = (bug for bug in found if proof.is_seen(sheet_text((), answer, bug.hunks)))
        return list(islice(seen, count))
