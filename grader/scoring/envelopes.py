"""The zips in which students' pages travel: as Moodle and Canvas take feedback files, and for a mail program."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import msgspec

from grader.report.feedback import feedback
from grader.report.graded_work import number_on
from grader.report.student import Student
from grader.report.wording import points
from grader.result import Result
from grader.table import to_table
from grader.text import Message, Text, render

#: Of each student, in a folder of its own.
PAGE = "feedback.html"
#: Who gets what.
INDEX = "index.csv"
_HEADER = ("student", "name", "email", "language", "score", "max_score", "file")
#: What some system does not allow in a name, or a table's cell would have to guard.
_UNSAFE = re.compile(r"[^\w.@ -]")
_LONGEST_NAME = 60


class Sheet(msgspec.Struct, frozen=True):
    """What a student gets. titles: of exercises, by id. language: in which they are written to."""

    student: Student
    results: tuple[Result, ...]
    titles: Mapping[str, Text]
    language: str
    page: bytes


class Envelopes:
    """Writes each student's page below a new folder, and into the zips; index.csv comes last.

    canvas: a student's number on Canvas → that of a file which they handed in there; Canvas finds whose a file is by
    both. pages: how many were written. count: zip → how many students are in it.
    """

    def __init__(self, folder: Path, canvas: Mapping[str, str], stack: ExitStack) -> None:
        self.pages = 0
        self.count: dict[str, int] = {}
        self._folder = folder
        self._canvas = canvas
        self._stack = stack
        self._zips: dict[str, zipfile.ZipFile] = {}
        self._rows: list[tuple[str, ...]] = [_HEADER]
        self._taken: set[str] = set()

    def write(self, sheet: Sheet) -> None:
        """The student's page, wherever it belongs. Raises OSError."""
        student = sheet.student
        file = f"{self._own_folder(student.id)}/{PAGE}"
        path = self._folder / file
        path.parent.mkdir()
        path.write_bytes(sheet.page)
        self.pages += 1
        self._put("mail.zip", file, sheet.page)
        self._rows.append(_row(sheet, file))
        if number := number_on("moodle", student.ids):
            self._put("moodle.zip", f"{_plain(student.called)}_{number}_assignfeedback_file/{PAGE}", sheet.page)
        if attachment := self._canvas.get(number := number_on("canvas", student.ids)):
            # Canvas shows it under the name of the handed-in file, as a .py or .ipynb: a text can be read there.
            name = f"{_letters(student.called)}_{number}_{attachment}_feedback.txt"
            self._put("canvas.zip", name, _as_text(sheet).encode("utf-8", "replace"))

    def close(self) -> None:
        """Write the index. Raises OSError."""
        table = to_table(self._rows)
        (self._folder / INDEX).write_bytes(table)
        if "mail.zip" in self._zips:
            self._zips["mail.zip"].writestr(INDEX, table)

    def _put(self, name: str, file: str, content: bytes) -> None:
        if name not in self._zips:
            opened = zipfile.ZipFile(self._folder / name, "w", zipfile.ZIP_DEFLATED)
            self._zips[name] = self._stack.enter_context(opened)
        self._zips[name].writestr(file, content)
        self.count[name] = self.count.get(name, 0) + 1

    def _own_folder(self, student: str) -> str:
        """A name like the id, that no other student has on any system."""
        stem = _UNSAFE.sub("_", student)[:_LONGEST_NAME].strip(" .-@") or "_"
        name, number = stem, 1
        while name.casefold() in self._taken:
            number += 1
            name = f"{stem}-{number}"
        self._taken.add(name.casefold())
        return name


def _row(sheet: Sheet, file: str) -> tuple[str, ...]:
    student = sheet.student
    score, most = (sum(of) for of in zip(*((one.score, one.max_score) for one in sheet.results), strict=True))
    who = (student.id, student.called, student.ids.get("email", ""), sheet.language)
    return (*who, points(score), points(most), file)


def _plain(name: str) -> str:
    """Moodle parts the name from the number at an underscore."""
    return _UNSAFE.sub(" ", name).replace("_", " ")[:_LONGEST_NAME].strip(" .-@") or "student"


def _letters(name: str) -> str:
    """Canvas takes the first two numbers between underscores."""
    return re.sub(r"[\W\d_]", "", name)[:_LONGEST_NAME].lower() or "student"


def _as_text(sheet: Sheet) -> str:
    parts = []
    for result in sheet.results:
        title: Message | Text | str = sheet.titles.get(result.exercise, "")
        heading = f"{result.exercise} {render(title, sheet.language)}".strip()
        parts.append(f"{heading}\n\n{feedback(result, sheet.language)}\n")
    return "\n\n".join(parts)
