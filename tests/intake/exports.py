"""Exports of learning platforms, built file by file, and the real `grade score` over them."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path

from tests.forked import run_forked

COURSE = Path(__file__).parents[2]
RIGHT = (COURSE / "solutions/exercise03/reference.py").read_text("utf-8")
WRONG = RIGHT.replace("return s * (1 - s)", "return x * (1 - x)")
SLUG = "sigmoid_derivative"
NAME = f"{SLUG}.py"
Files = Mapping[str, str | bytes]


def packed(files: Files) -> bytes:
    """A zip of these files. A name that ends in / is a folder."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def export(path: Path, files: Files) -> Path:
    """The files as a zip at `path`, or, if that has no suffix, as a folder."""
    if path.suffix == ".zip":
        path.write_bytes(packed(files))
        return path
    for name, text in files.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def moodle(name: str, number: int | str, file: str = NAME) -> str:
    """The path that Moodle gives a file."""
    return f"{name}_{number}_assignsubmission_file_/{file}"


def grade_score(
    *words: str | Path, status: int = 0, language: str = "en", **variables: str
) -> subprocess.CompletedProcess[str]:
    """`grade score WORDS`, which must end with this status and show no traceback; keywords are variables."""
    environ = {**os.environ, **variables}
    done = run_forked("grader", "score", *words, "--course", COURSE, "--lang", language, env=environ)
    assert done.returncode == status, done.stderr
    assert "Traceback" not in done.stderr
    return done


def rows_of(out: Path) -> dict[str, dict[str, str]]:
    """scores.csv: student → row, where all rows are for one exercise."""
    rows = table(out / "scores.csv")
    found = {row["student"]: row for row in rows}
    assert len(found) == len(rows)
    return found


def table(path: Path) -> list[dict[str, str]]:
    """A CSV file that `grade` wrote."""
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def notes(out: Path) -> dict[str, str]:
    """Student → what scores.csv says of the work."""
    return {student: row["note"] for student, row in rows_of(out).items()}
