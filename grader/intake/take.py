"""Takes the planned files out of an export into the plain layout. What is wrong with one file costs that file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from grader.errors import SubmissionError, UsageError
from grader.intake.collect import Plan
from grader.intake.exercises import StudentWork
from grader.intake.names import clipped
from grader.intake.people import Student
from grader.submission.files import MAX_NOTEBOOK
from grader.text import Message, join, say

#: Of one file, unpacked. What is graded may be smaller still; that is for `read_submission` to say.
_MOST_BYTES = {".py": 4 << 20, ".ipynb": MAX_NOTEBOOK}
#: Of all of a student's files: a class's zip bombs must not fill the disk.
_MOST_OF_ONE = 2 * MAX_NOTEBOOK
#: Of a file that lies beside the one to grade, and how many of them are taken.
_MOST_BESIDE = 1 << 20
_MOST_FILES_BESIDE = 100


class Taken(msgspec.Struct, frozen=True):
    """One student's work on one exercise. path: in the plain layout, or None; then `problem` says why.

    clash: it can't be told whose it is. absent: it was not handed in, by somebody who is on the list.
    """

    student: str
    exercise: str
    path: str | None
    problem: Message | None = None
    note: Message | None = None
    clash: bool = False
    absent: bool = False


def take(plan: Plan, into: Path) -> list[Taken]:
    """Write the planned files to into/<student>/<exercise>/<file>; one line for each student and exercise, sorted.

    Raises UsageError if a file can't be written.
    """
    faults = dict(plan.faults)
    done: dict[tuple[str, str], Taken] = {}
    room: dict[str, int] = {}
    for student, work in plan.works:
        place = (student.id, work.exercise.id)
        try:
            done[place], room[student.id] = _take(student, work, into, room.get(student.id, _MOST_OF_ONE))
        except SubmissionError as error:
            faults[place] = error.message
    return [
        done.get((student.id, exercise)) or _not_taken(plan, student, exercise, faults)
        for student in plan.students
        for exercise in plan.exercises
    ]


def _not_taken(plan: Plan, student: Student, exercise: str, faults: Mapping[tuple[str, str], Message]) -> Taken:
    """The line of somebody of whom there is nothing to grade."""
    problem = student.clash or faults.get((student.id, exercise))
    return Taken(
        student.id,
        exercise,
        None,
        _joined([problem or student.missing, student.note]),
        clash=student.clash is not None or (student.id, exercise) in plan.clashes,
        absent=problem is None and student.on_list,
    )


def _take(student: Student, work: StudentWork, into: Path, room: int) -> tuple[Taken, int]:
    """What was taken, and how many of the student's bytes are left."""
    folder = Path(student.id, work.exercise.id)
    content = work.file.entry.read(min(_MOST_BYTES[Path(work.name).suffix], room))
    _write(into / folder / work.name, content)
    room -= len(content)
    notes = [student.note, work.file.note]
    beside = sorted(work.beside.items(), key=lambda item: (item[0].count("/"), item[0]))
    for name, entry in beside[:_MOST_FILES_BESIDE]:
        try:
            content = entry.read(min(_MOST_BESIDE, room))
        except SubmissionError as error:
            notes.append(error.message)
            continue
        _write(into / folder / name, content)
        room -= len(content)
    if len(beside) > _MOST_FILES_BESIDE:
        notes.append(
            say(
                "{file} and what follows it were left out: at most {count} files are taken along",
                file=clipped(beside[_MOST_FILES_BESIDE][0]),
                count=_MOST_FILES_BESIDE,
            )
        )
    if Path(work.name).stem != work.exercise.slug:
        notes.append(
            say(
                "the file is called {name}; {wanted} was asked for",
                name=work.name,
                wanted=f"{work.exercise.slug}{Path(work.name).suffix}",
            )
        )
    return Taken(student.id, work.exercise.id, (folder / work.name).as_posix(), None, _joined(notes)), room


def _joined(messages: Sequence[Message | None]) -> Message | None:
    said = [message for message in messages if message is not None]
    return join(said, "; ") if said else None


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb") as file:
            file.write(content)
    except OSError as error:
        raise UsageError(
            say("{path} can't be written: {reason}", path=str(path), reason=error.strerror or str(error))
        ) from None
