"""Opens an export and plans, by names alone, what of it is graded."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec

from grader.course.model import Course, Exercise
from grader.errors import SubmissionError, UsageError, reason_of
from grader.intake.archive import open_zip, zip_entries
from grader.intake.exercises import SortedFiles, Sorter, StudentWork
from grader.intake.folder import first_entries, folder_entries
from grader.intake.forms import Export, recognise, understand
from grader.intake.manifest import Work, missing
from grader.intake.model import Entry, HandedIn, Person
from grader.intake.names import clipped
from grader.intake.nested import unpacked
from grader.intake.people import Student, register
from grader.intake.roster import Roster
from grader.submission.files import expect_regular, shown
from grader.text import Message, join, say


class Plan(msgspec.Struct, frozen=True):
    """What is to be taken of an export.

    works: sorted by student, for each of them and each exercise what is to be extracted, or why there is nothing.
    left_out: entries of nobody's, and why.
    """

    platform: str
    students: tuple[Student, ...]
    works: tuple[tuple[Student, StudentWork | Work], ...]
    left_out: tuple[tuple[str, Message], ...] = ()


@contextmanager
def open_export(path: Path) -> Iterator[Export | None]:
    """The export at `path`, a zip or a folder, open for reading; None if it is a folder of no known form.

    Raises UsageError if it can't be read, or is a zip of no known form.
    """
    with ExitStack() as stack:
        yield _opened(path, stack)


def _opened(path: Path, stack: ExitStack) -> Export | None:
    try:
        if path.is_dir():
            form = recognise(first_entries(path))
            return None if form is None else understand(*form, folder_entries(path))
        if not os.path.lexists(path):
            raise UsageError(say("there is no file or folder {path}; check the spelling", path=shown(path)))
        expect_regular(path, None, follow_links=True)
        archive = stack.enter_context(open_zip(path, path.name))
    except SubmissionError as error:
        raise UsageError(error.message) from None
    except OSError as error:
        raise UsageError(
            say("{file} can't be read: {reason}", file=clipped(str(path)), reason=reason_of(error))
        ) from None
    entries = zip_entries(archive)
    form = recognise(entries)
    if form is None:
        raise UsageError(_unknown(path, entries))
    return understand(*form, entries)


def _unknown(path: Path, entries: Sequence[Entry]) -> Message:
    if not entries:
        return say("{file} is empty: there is no file in it.", file=clipped(path.name))
    if all(entry.problem for entry in entries):
        first = entries[0]
        return say("Nothing in it can be graded; for example {entry}: {reason}", entry=first.path, reason=first.problem)
    return say(
        "{file} is no export of Moodle, Canvas or Gradescope; its first file is {entry}. If it holds "
        "STUDENT/EXERCISE/FILE, unpack it and give the folder.",
        file=clipped(path.name),
        entry=entries[0].path,
    )


def plan(export: Export, course: Course, chosen: Exercise | None, roster: Roster | None) -> Plan:
    """Decide what is graded, by names alone. Raises UsageError if that is nothing."""
    known = register(_people(export.files), roster)
    by_student: dict[str, list[HandedIn]] = defaultdict(list)
    for file in export.files:
        by_student[known.students[file.person.identity].id].append(file)
    sorter = Sorter(course, chosen)
    results = {student: sorter.sort(unpacked(files)) for student, files in by_student.items()}
    exercises = _assigned(results.values(), sorter, chosen)
    if not exercises:
        raise UsageError(_nothing(export, results.values()))
    works = tuple(
        work for student in known.everyone for work in _works(student, results.get(student.id), exercises, sorter)
    )
    return Plan(export.platform, known.everyone, works, export.left_out)


def plan_one(person: Person, files: Sequence[HandedIn], course: Course) -> Plan:
    """The plan for one student's files where every exercise of the course was asked for."""
    student = Student(person.key, person.name, person.called)
    sorter = Sorter(course, course.exercises[0] if len(course.exercises) == 1 else None)
    exercises = [exercise.id for exercise in course.exercises]
    return Plan("Gradescope", (student,), tuple(_works(student, sorter.sort(unpacked(files)), exercises, sorter)))


def _works(
    student: Student, files: SortedFiles | None, exercises: Sequence[str], sorter: Sorter
) -> Iterator[tuple[Student, StudentWork | Work]]:
    """One student's. files: None of somebody who handed in nothing."""
    files = files or SortedFiles((), (), {}, ())
    works = {} if student.clash else {work.exercise.id: work for work in files.works}
    for exercise in exercises:
        fault = _fault(exercise, files, sorter)
        yield student, works.get(exercise) or missing(student, exercise, fault, clash=exercise in files.faults)


def _people(files: Sequence[HandedIn]) -> list[Person]:
    """Who handed in. What is not certain to be somebody's says nothing of who they are, if something else does."""
    certain = [file.person for file in files if file.certain]
    known = {person.identity for person in certain}
    return certain + [file.person for file in files if not file.certain and file.person.identity not in known]


def _assigned(results: Collection[SortedFiles], sorter: Sorter, chosen: Exercise | None) -> tuple[str, ...]:
    """Every exercise that anybody handed in, whether it can be read or not."""
    if chosen is not None:
        return (chosen.id,)
    broken = (sorter.exercise_of(file.parts) for result in results for file in result.files if file.problem is not None)
    names = {exercise.id for exercise in broken if exercise is not None}
    for result in results:
        names |= {*(work.exercise.id for work in result.works), *result.faults}
    return tuple(sorted(names))


def _nothing(export: Export, results: Collection[SortedFiles]) -> Message:
    unknown = next((file for result in results for file in result.unknown), None)
    if unknown is not None:
        return say(
            "Which exercise these files are for can't be told from their names, such as {file}. If they are "
            "all for one, say which: --exercise EXERCISE",
            file=unknown.entry.path,
        )
    if export.left_out:
        path, reason = export.left_out[0]
        return say("Nothing in it can be graded; for example {entry}: {reason}", entry=path, reason=reason)
    problem = next((file.problem for file in export.files if file.problem is not None), None)
    return say("Nothing in it can be graded: there is no .py or .ipynb file. {reason}", reason=problem or "")


def _fault(exercise: str, result: SortedFiles, sorter: Sorter) -> Message | None:
    """Why a student has nothing to grade for an exercise, as far as there is more to say than that it is missing."""
    if any(work.exercise.id == exercise for work in result.works):
        return None
    if exercise in result.faults:
        return result.faults[exercise]
    broken = [(sorter.exercise_of(file.parts), file.problem) for file in result.files if file.problem is not None]
    mine = [problem for meant, problem in broken if meant is None or meant.id == exercise]
    if mine:
        return join(mine[:3], "; ")
    if result.unknown:
        return say(
            "which exercise {file} is for can't be told from its name; it could be {wanted}, or give --exercise",
            file=result.unknown[0].entry.path,
            wanted=f"{sorter.slug(exercise)}.py",
        )
    if result.files and not result.works:
        return say("no .py or .ipynb file among those handed in, such as {file}", file=result.files[0].entry.path)
    return None
