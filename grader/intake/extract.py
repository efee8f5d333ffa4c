"""Takes the planned files out of an export into the plain layout. What is wrong with one file costs that file."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import msgspec

from grader.course.suffixes import code_stem
from grader.errors import SubmissionError, UsageError, reason_of
from grader.intake.collect import Plan
from grader.intake.exercises import StudentWork
from grader.intake.manifest import Work, joined, missing
from grader.intake.names import clipped
from grader.intake.people import Student
from grader.intake.when import When
from grader.submission.files import MAX_NOTEBOOK
from grader.text import say

#: Of one file, unpacked. What is graded may be smaller still; that is for `read_submission` to say.
_MOST_BYTES = {".py": 4 << 20, ".ipynb": MAX_NOTEBOOK}
#: Of all of a student's files: a class's zip bombs must not fill the disk.
_MOST_OF_ONE = 2 * MAX_NOTEBOOK
#: Of a file that lies beside the one to grade, and how many of them are taken.
_MOST_BESIDE = 1 << 20
_MOST_FILES_BESIDE = 100


def extract(plan: Plan, into: Path) -> list[Work]:
    """Write the planned files to into/<student>/<exercise>/<file>; a `Work` for each student and exercise, sorted.

    Raises UsageError if a file can't be written.
    """
    works: list[Work] = []
    room: dict[str, int] = defaultdict(lambda: _MOST_OF_ONE)
    for student, planned in plan.works:
        if isinstance(planned, Work):
            works.append(planned)
            continue
        try:
            work, room[student.id] = _extract(student, planned, into, room[student.id])
        except SubmissionError as error:
            work = missing(student, planned.exercise.id, error.message)
        works.append(work)
    return works


def _extract(student: Student, work: StudentWork, into: Path, room: int) -> tuple[Work, int]:
    """What was extracted, and how many of the student's bytes are left."""
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
        first = clipped(beside[_MOST_FILES_BESIDE][0])
        notes.append(
            say(
                "{file} and what follows it were left out: at most {count} files are taken along",
                file=first,
                count=_MOST_FILES_BESIDE,
            )
        )
    if Path(work.name).stem != work.exercise.slug:
        wanted = f"{work.exercise.slug}{Path(work.name).suffix}"
        notes.append(say("the file is called {name}; {wanted} was asked for", name=work.name, wanted=wanted))
    path, when = (folder / work.name).as_posix(), _when(work)
    return Work(student.id, work.exercise.id, path, note=joined(notes), when=when), room


def _when(work: StudentWork) -> When:
    """With the attempt, which Canvas writes behind the file's name: `-1` is the second one's."""
    again = re.search(r"-([1-9]\d?)$", code_stem(work.file.parts[-1]), re.ASCII)
    person, saved = work.file.person, Path(work.name).stem
    if again is None or saved != work.exercise.slug or all(known.kind != "canvas" for known in person.known):
        return work.file.when
    return msgspec.structs.replace(work.file.when, attempt=int(again[1]) + 1)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "xb") as file:
            file.write(content)
    except OSError as error:
        raise UsageError(say("{path} can't be written: {reason}", path=str(path), reason=reason_of(error))) from None
