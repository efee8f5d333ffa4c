"""`reports`: what is made of a class's results: its page, every form that other programs read, nbgrader's gradebook.

The results are made without grading, and each command is a process of its own.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT
from benchmarks.cold import grade
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, megabytes
from grader.intake.manifest import Manifest
from grader.report.formats import FORMATS
from grader.report.scores import Row
from grader.scoring.write_formats import write_formats
from tests.report.classes import CHECKS, large_class, write_class

STUDENTS = (1_000, 10_000)
QUICK = (20,)
QUICK_FORMATS = ("json", "gradescope")
SAMPLE_SECONDS = 0.1

READ = "every result read"
PAGE = "grade report --html"
BOOK = "grade record --gradebook"
#: `python -m benchmarks.reports` runs in the class's folder.
_ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))}


def measure(*, quick: bool, most: int) -> Iterator[Table]:
    """A table of `reports` for each size. most: leave out classes that are larger."""
    for students in (size for size in (QUICK if quick else STUDENTS) if size <= most):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_class(folder / "scored", large_class(students))
            commands = _commands(QUICK_FORMATS if quick else tuple(FORMATS))
            costs = {what: _cost(folder, what, words) for what, words in commands.items()}
        yield _table(students, costs)


def _commands(formats: tuple[str, ...]) -> dict[str, list[str]]:
    """Every command once, gradebook only where nbgrader is installed."""
    write = [sys.executable, "-m", "benchmarks.reports", "scored"]
    commands = {READ: write, PAGE: grade("report", "scored", "--html", "page.html")}
    commands |= {f"--format {name}": [*write, name] for name in formats}
    if find_spec("nbgrader") is None:
        print("\nThe gradebook was left out of reports: nbgrader is not installed here.")
        return commands
    return commands | {BOOK: grade("record", "scored", "--gradebook", "gradebook.db", "--course", str(ROOT))}


def _cost(folder: Path, what: str, command: list[str]) -> tuple[Cost, int]:
    """What the command took, and how many bytes it wrote."""
    before = _bytes(folder)
    cost = expect(run(command, cwd=folder, env=_ENVIRONMENT, sample_seconds=SAMPLE_SECONDS), 0, what)
    return cost, _bytes(folder) - before


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _table(students: int, costs: dict[str, tuple[Cost, int]]) -> Table:
    rows, values = [], {}
    for what, (cost, size) in costs.items():
        peak = megabytes(cost.peak_mb, cost.unread)
        rows.append((what, f"{cost.wall:.1f}", f"{cost.cpu:.1f}", peak, f"{size / 1e6:.2f}"))
        values[what] = {"wall_s": cost.wall, "cpu_s": cost.cpu, "peak_mb": cost.peak_mb, "bytes": size}
    header = ("command", "wall, s", "CPU, s", "peak MB", "MB written")
    return Table(f"{students} students' results of {CHECKS} checks", header, rows, values)


def _write(out: Path, formats: list[str]) -> None:
    """What `grade score --format` does when all is graded."""
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = [msgspec.convert(row, Row, strict=False) for row in csv.DictReader(file)]
    write_formats(out, rows, Manifest((), out), formats=formats, language="en", submissions="submitted")


if __name__ == "__main__":
    _write(Path(sys.argv[1]), sys.argv[2:])
