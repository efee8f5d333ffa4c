"""What is no file that could lie in this package: links, pipes, devices, huge files, odd names, files beside others."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import stat
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from grader.selftest.attack import EXERCISE, SLUG

FILE = f"{SLUG}.py"
SQUARE = "def square(x):\n    return x * x\n\n\n"
RIGHT = SQUARE + "def cube(x):\n    return x * x * x\n"
WRONG = SQUARE + "def cube(x):\n    return 3 * x\n"


class Ground(msgspec.Struct, frozen=True):
    """Where an attack is laid out. student: the folder of the one who attacks, not there yet.

    solution: the reference. neighbour: somebody's submission. witness: a file that must never be made.
    """

    student: Path
    solution: Path
    neighbour: Path
    witness: Path

    def folder(self) -> Path:
        """The folder that the submission goes into."""
        made = self.student / EXERCISE
        made.mkdir(parents=True)
        return made


def _file(content: str | bytes, name: str = FILE) -> Callable[[Ground], None]:
    data = content.encode() if isinstance(content, str) else content

    def make(ground: Ground) -> None:
        (ground.folder() / name).write_bytes(data)

    return make


def _beside(files: dict[str, str], answer: str) -> Callable[[Ground], None]:
    """A wrong answer, and files whose code, should anybody run it, makes the witness."""

    def make(ground: Ground) -> None:
        folder = ground.folder()
        (folder / FILE).write_text(answer, "utf-8")
        for name, content in files.items():
            (folder / name).write_text(content.replace("@WITNESS@", str(ground.witness)), "utf-8")

    return make


def _link(target: Callable[[Ground], Path]) -> Callable[[Ground], None]:
    return lambda ground: (ground.folder() / FILE).symlink_to(target(ground))


def _unix_socket(ground: Ground) -> None:
    folder = ground.folder()
    descriptor = os.open(folder, os.O_RDONLY)  # the path itself may be too long for a socket's name
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{descriptor}/{FILE}")
    os.close(descriptor)


def _huge_notebook(ground: Ground) -> None:
    with (ground.folder() / f"{SLUG}.ipynb").open("wb") as file:
        file.write(b'{"cells": [')
        file.truncate(200 << 20)


def _zip_bomb() -> bytes:
    """256 MiB of zeros."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("zeros", "w") as file:
        for _ in range(256):
            file.write(bytes(1 << 20))
    return packed.getvalue()


def _many_files(ground: Ground) -> None:
    folder = ground.folder()
    (folder / FILE).write_text(f"# {' '.join(f'beside{number}' for number in range(3000))}\n{RIGHT}", "utf-8")
    for number in range(3000):
        (folder / f"beside{number}.py").touch()


def _two_folders(ground: Ground) -> None:
    _file(RIGHT)(ground)
    other = ground.student / EXERCISE.removeprefix("exercise")
    other.mkdir()
    (other / FILE).write_text(RIGHT, "utf-8")


def _twin(name: Callable[[str], str]) -> Callable[[Ground], None]:
    """A second student's folder, whose name no reader tells from the first one's."""

    def make(ground: Ground) -> None:
        for student in (ground.student, ground.student.with_name(name(ground.student.name))):
            _file(RIGHT)(msgspec.structs.replace(ground, student=student))

    return make


def _own_course(ground: Ground) -> None:
    """A course in the student's folder, which gives full marks; it must not be anybody's."""
    _file(WRONG)(ground)
    course = ground.student / "course"
    for folder in (course, ground.student, ground.student / EXERCISE):
        solutions = folder / "solutions" / EXERCISE
        shutil.copytree(ground.solution.parent, solutions, dirs_exist_ok=True)
        for name in ("course.toml", "texts.zh-CN.toml"):
            shutil.copy(ground.solution.parents[2] / name, folder)
        (solutions / "reference.py").write_text(WRONG, "utf-8")
        (solutions / "checks.py").write_text(f"open({str(ground.witness)!r}, 'w').close()\n", "utf-8")
    (ground.student / ".grade").mkdir()
    (ground.student / ".grade" / "config.toml").write_text('course = "course"\n', "utf-8")


def _raising_cells() -> bytes:
    cells = [{"cell_type": "code", "source": "1/0"}] * 60_000
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()


def _files_without_end(ground: Ground) -> None:
    folder = ground.folder()
    for number in range(20_000):
        (folder / f"{number}.py").touch()


def _companion_link(ground: Ground) -> None:
    folder = ground.folder()
    (folder / FILE).write_text("from reference import *\n", "utf-8")
    (folder / "reference.py").symlink_to(ground.solution)


TOUCH = "open('@WITNESS@', 'w').close()\n"
MENTIONS = "# conftest sitecustomize usercustomize\n"
IMPORTS = "import torch, math, pytest\n\n\n"

PLACES: dict[str, Callable[[Ground], None]] = {
    "deep_brackets": _file(RIGHT + "(" * 100_000),
    "long_chain": _file(RIGHT + "TOTAL = " + "1 + " * 100_000 + "1\n"),
    "deep_calls": _file(RIGHT + "TOTAL = " + "abs(" * 2000 + "1" + ")" * 2000 + "\n"),
    "null_bytes": _file(RIGHT + "\0"),
    "link_to_the_solutions": _link(lambda ground: ground.solution),
    "link_to_a_neighbour": _link(lambda ground: ground.neighbour),
    "link_to_zero": _link(lambda ground: Path("/dev/zero")),
    "linked_folder": lambda ground: ground.student.symlink_to(ground.neighbour.parents[1]),
    "fifo": lambda ground: os.mkfifo(ground.folder() / FILE),
    "unix_socket": _unix_socket,
    "device": lambda ground: os.mknod(ground.folder() / FILE, 0o666 | stat.S_IFCHR, os.makedev(1, 5)),
    "folder_in_its_place": lambda ground: (ground.folder() / FILE).mkdir(),
    "huge_notebook": _huge_notebook,
    "nested_notebook": _file('{"cells": ' + "[" * 100_000, f"{SLUG}.ipynb"),
    "zip_bomb": lambda ground: _file(_zip_bomb(), f"{SLUG}.ipynb")(ground),
    "overlong_name": _file(RIGHT, "a" * 252 + ".py"),
    "strange_name": _file(RIGHT),
    "not_unicode": _file(RIGHT),
    "many_files": _many_files,
    "pytest_beside": _beside(
        {"conftest.py": TOUCH, "pytest.ini": "[pytest]\naddopts = -p conftest\n"}, MENTIONS + WRONG
    ),
    "startup_beside": _beside(
        {"sitecustomize.py": TOUCH, "usercustomize.py": TOUCH, "a.pth": f"import os; {TOUCH}"}, WRONG
    ),
    "shadows_libraries": _beside(dict.fromkeys(("torch.py", "math.py", "pytest.py"), TOUCH), IMPORTS + WRONG),
    "shadows_the_grader": _beside(
        dict.fromkeys(("grader.py", "checks.py", "reference.py"), TOUCH), "# grader checks reference\n" + WRONG
    ),
    "companion_link": _companion_link,
    "two_folders": _two_folders,
    "twin_by_a_blank": _twin(lambda name: f"{name} "),
    "twin_by_form": _twin(lambda name: unicodedata.normalize("NFC", name)),
    "own_course": _own_course,
    "empty_lines": _file(RIGHT + "\n" * 530_000),
    "raising_cells": lambda ground: _file(_raising_cells(), f"{SLUG}.ipynb")(ground),
    "files_without_end": _files_without_end,
}

#: Names of students' folders that are attacks themselves; they follow a number.
NAMES: dict[str, bytes] = {
    "overlong_name": b"a" * 250,
    "strange_name": '\n\x1b[2J\u202e,"=1+1'.encode(),
    "not_unicode": b"\xd7\xf7",
    "twin_by_form": "e\u0301te\u0301".encode(),
}
