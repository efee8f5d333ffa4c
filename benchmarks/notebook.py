"""The same questions as an nbgrader assignment: one notebook, a solution cell per exercise, a test cell per check."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.course.model import Exercise

ASSIGNMENT = "questions"

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "benchmark"
c.ExecutePreprocessor.timeout = 30
"""

Cell = dict[str, Any]


def write_course(folder: Path, exercises: Sequence[Exercise], recorded: Path) -> None:
    """An nbgrader course with one assignment. recorded: the folder where record.py put each exercise's calls."""
    cells = [_cell("replay", (Path(__file__).with_name("replay.py")).read_text("utf-8"), locked=True)]
    for exercise in exercises:
        reference = (exercise.folder / "reference.py").read_text("utf-8")
        cells.append(_cell(exercise.id, reference, solution=True))
        cells.append(_cell(f"{exercise.id}_probes", _probes(exercise), locked=True))
        cases = json.loads((recorded / f"{exercise.id}.json").read_text("utf-8"))
        cells += [_test(f"{exercise.id}_{check}", text) for check, text in cases.items()]
    (folder / "nbgrader_config.py").write_text(CONFIG, "utf-8")
    _write(folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", cells)


def hand_in(folder: Path, student: str, answers: Mapping[str, str]) -> None:
    """The released notebook with a student's answers, exercise → source, in its solution cells."""
    released = json.loads((folder / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text("utf-8"))
    for cell in released["cells"]:
        marks = cell["metadata"].get("nbgrader", {})
        if marks.get("solution"):
            cell["source"] = answers[marks["grade_id"]]
    path = folder / "submitted" / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(released), "utf-8")


def _probes(exercise: Exercise) -> str:
    """A cell that runs the exercise's probes in a namespace of their own; `probes` is then that."""
    path = exercise.folder / "probes.py"
    source = path.read_text("utf-8") if path.exists() else ""
    return f"import sys\nprobes = {{'__name__': 'probes'}}\nexec({source!r}, probes)"


def _test(name: str, cases: str) -> Cell:
    return _cell(name, f"replay(sys.modules['__main__'], probes, '{cases}')", locked=True, points=1)


def _cell(name: str, source: str, *, solution: bool = False, locked: bool = False, points: int | None = None) -> Cell:
    marks = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
        **({} if points is None else {"points": points}),
    }
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"nbgrader": marks},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }


def _write(path: Path, cells: list[Cell]) -> None:
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path.parent.mkdir(parents=True)
    notebook = {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), "utf-8")
