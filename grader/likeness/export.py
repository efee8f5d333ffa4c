"""The same submissions for other programs: Dolos (a zip with info.csv for each exercise) and MOSS (a folder for each
student, and a base file). Students are numbered there, since both may send the files to a server; one table, which
stays here, says whose number each is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import UsageError, reason_of
from grader.likeness.model import Alike
from grader.pack.wheel import zipped
from grader.table import to_table
from grader.text import say

COMMANDS = "commands.txt"


def write_export(exercises: Sequence[Alike], target: Path) -> None:
    """Write both layouts into `target`, a new folder. Raises UsageError."""
    try:
        target.mkdir(parents=True)
        for name, content in _files(exercises):
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        raise UsageError(say("{path} can't be written: {reason}", path=str(target), reason=reason_of(error))) from None


def _files(exercises: Sequence[Alike]) -> Iterator[tuple[str, bytes]]:
    students = sorted({student for one in exercises for student in one.texts})
    numbers = {student: f"student{number:05d}" for number, student in enumerate(students, start=1)}
    yield "students.csv", to_table([("number", "student"), *((numbers[name], name) for name in students)])
    commands = []
    for one in exercises:
        name, stub = one.exercise, one.stub.encode("utf-8", "replace")
        texts = {numbers[student]: text.encode("utf-8", "replace") for student, text in one.texts.items()}
        yield f"dolos/{name}.zip", _dolos(texts)
        yield f"dolos/{name}-stub.py", stub
        yield f"moss/{name}/stub.py", stub
        yield from ((f"moss/{name}/{number}/{name}.py", text) for number, text in texts.items())
        commands.append(f"dolos run -f web -l python -i dolos/{name}-stub.py dolos/{name}.zip\n")
        commands.append(f"moss -l python -d -b moss/{name}/stub.py moss/{name}/*/{name}.py\n")
    yield COMMANDS, "".join(commands).encode()


def _dolos(texts: dict[str, bytes]) -> bytes:
    """As Dolos's page "Adding metadata" describes it: info.csv at the root names every file."""
    table = to_table([("filename", "full_name"), *((f"{number}.py", number) for number in texts)])
    return zipped({"info.csv": table, **{f"{number}.py": text for number, text in texts.items()}})
