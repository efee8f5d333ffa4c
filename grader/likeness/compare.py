"""Compares the submissions of a class that `grade score` graded, one exercise after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.errors import UsageError
from grader.likeness.fingerprints import fingerprints
from grader.likeness.marks import mistakes_of, numbers_of
from grader.likeness.model import Alike, Work
from grader.likeness.pairs import most_owners, pairs_of
from grader.likeness.sources import common_grams, source_of, stub_of
from grader.likeness.tokens import tokens
from grader.reader.client import Reader
from grader.report.classpage.entry import Entry, Problem
from grader.report.student import Student
from grader.scoring.outcome import read_outcome, read_run
from grader.text import say


class Compared(msgspec.Struct, frozen=True):
    """exercises: what is alike in each. unread: submissions whose source could not be compared, and results that could
    not be read. students: what the class's list says of them, by id."""

    exercises: tuple[Alike, ...]
    unread: tuple[Problem, ...]
    students: Mapping[str, Student]


def compare_class(out: Path, course: Course, names: Sequence[str] = ()) -> Compared:
    """Compare the class whose results are in `out`. names: the exercises to look at; all if none is given.

    Raises UsageError if `out` holds no results, they are of another course, or there are none of these exercises, and
    CourseError for an exercise that is broken.
    """
    root, outcome = Path(read_run(out).submissions), read_outcome(out)
    wanted = {find_exercise(course, name).id for name in names}
    entries = [entry for entry in outcome.entries if entry.result.submission_sha256]
    by_exercise: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if not wanted or entry.result.exercise in wanted:
            by_exercise[entry.result.exercise].append(entry)
    if not by_exercise:
        raise UsageError(say("{folder} holds no submission to compare.", folder=str(out)))
    _expect_course(entries, course)
    unread = list(outcome.problems)
    with closing(Reader()) as reader:
        alike = [
            _alike(find_exercise(course, name), own, root, reader, unread) for name, own in sorted(by_exercise.items())
        ]
    return Compared(tuple(alike), tuple(unread), outcome.students)


def _expect_course(entries: Sequence[Entry], course: Course) -> None:
    for entry in entries:
        if entry.result.course_id not in ("", course.id):
            raise UsageError(
                say(
                    "The results are of another course than {folder}; name theirs with --course DIR.",
                    folder=str(course.folder),
                )
            )


def _alike(exercise: Exercise, entries: Sequence[Entry], root: Path, reader: Reader, unread: list[Problem]) -> Alike:
    works = tuple(_works(exercise, entries, root, reader, unread))
    pairs, left = pairs_of(works)
    # Of a large class, no more than this can be kept of every exercise.
    texts = {work.student: work.text for work in works if work.text}
    most = most_owners(len(works))
    return Alike(exercise.id, exercise.title, len(works), most, pairs, left, texts, stub_of(exercise))


def _works(
    exercise: Exercise, entries: Sequence[Entry], root: Path, reader: Reader, unread: list[Problem]
) -> Iterator[Work]:
    common = common_grams(exercise)
    for entry in entries:
        text = source_of(entry.result, root, reader)
        if not isinstance(text, str):
            unread.append(Problem(entry.student, exercise.id, text))
            text = ""
        source = fingerprints(tokens(text), common)
        yield Work(entry.student, entry.result, text, source, numbers_of(entry.result), mistakes_of(entry.result))
