"""Reads back who is who in a class: students.csv, which `grade score` writes of a roster or an export."""

from __future__ import annotations

from pathlib import Path

from grader.errors import GradeError, UsageError
from grader.intake.model import KNOWN_BY
from grader.report.student import Student
from grader.scoring.gather import STUDENTS
from grader.submission.files import read_regular
from grader.table import from_table
from grader.text import say
from grader.text.language import language_called

#: Bytes; far more than a class has.
_MOST = 64 << 20


def read_students(out: Path) -> dict[str, Student]:
    """The students by id; none where the class was graded without a roster. Raises UsageError if it can't be read."""
    path = out / STUDENTS
    if not path.exists():
        return {}
    try:
        students = [_student(row) for row in from_table(read_regular(path, _MOST, follow_links=True))]
    except GradeError as error:
        raise UsageError(error.message) from None
    except (ValueError, KeyError) as error:
        raise UsageError(say("{path} can't be read: {reason}", path=str(path), reason=str(error))) from None
    return {student.id: student for student in students}


def _student(row: dict[str, str]) -> Student:
    ids = {kind: row[kind] for kind in KNOWN_BY if row.get(kind)}
    return Student(row["student"], row.get("name", ""), language_called(row.get("language", "")) or "", ids)
