"""The notebook in autograded/: whatever was handed in, it is valid, shows it, and has each named cell once."""

from __future__ import annotations

import json
from typing import Any

import nbformat
import pytest

from grader.assignments.cells import Cell, Cells
from grader.nbgrader.graded import graded_notebook
from tests.nbgrader.gradebooks import notebook

CELLS = Cells(
    Cell("e-statement", "markdown", "# E", locked=True),
    (Cell("e-solution", "code", "def f(): ...", solution=True), Cell("e-solution-2", "code", "", solution=True)),
    Cell("e-grade", "code", "# graded", grade=True, locked=True, points=5.0),
)


def made(content: str | bytes, *, ipynb: bool = True, score: float | None = 2.5) -> Any:
    data = content.encode() if isinstance(content, str) else content
    words = {"notebook": ipynb, "cells": CELLS, "names": ("f", "g"), "report": "well", "score": score}
    found = graded_notebook(data, **words)  # type: ignore[arg-type]
    assert found == graded_notebook(data, **words)  # type: ignore[arg-type]
    read = nbformat.reads(found.decode("utf-8"), as_version=4)
    nbformat.validate(read)
    names = marked(read)
    assert names.count("e-grade") == names.count("e-solution") == 1
    grade = read.cells[-1]
    assert grade.metadata.nbgrader.points == 5 and grade.source == "# graded"
    assert grade.outputs[0].text == "well\n"
    return read


def marked(read: Any) -> list[str]:
    return [cell.metadata.nbgrader.grade_id for cell in read.cells if "nbgrader" in cell.metadata]


def meta(name: str) -> dict[str, Any]:
    return {"nbgrader": {"grade_id": name, "grade": True, "points": 1e9, "unknown": [1]}, "tags": ["x"]}


def test_a_python_file() -> None:
    read = made("def f(x):\n    return x\n", ipynb=False)
    assert [cell.source for cell in read.cells] == ["def f(x):\n    return x\n", "# graded"]
    assert read.cells[-1].outputs[1].data == {"text/plain": "2.5"}


def test_no_points_are_shown_where_the_grader_failed() -> None:
    assert len(made("x = 1", ipynb=False, score=None).cells[-1].outputs) == 1


def test_cells_keep_their_order_and_lose_outputs_and_foreign_metadata() -> None:
    output = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>"}}]
    read = made(
        notebook(
            {"cell_type": "markdown", "source": "# E", "metadata": meta("e-statement")},
            {"source": ["a = 1\n", "b = 2"], "outputs": output, "metadata": meta("e-grade-2")},
            {"source": "def f(): pass", "metadata": meta("e-solution")},
            {"source": "1/0", "metadata": meta("e-grade")},
            {"source": "def f(): pass  # again", "metadata": meta("e-solution")},
            {"cell_type": "heading", "source": "old"},
        )
    )
    assert [cell.source for cell in read.cells] == [
        "# E",
        "a = 1\nb = 2",
        "def f(): pass",
        "def f(): pass  # again",
        "# graded",
    ]
    assert marked(read) == ["e-statement", "e-solution", "e-grade"]
    assert "e-solution" in read.cells[2].metadata.nbgrader.grade_id
    assert all(not cell.outputs for cell in read.cells[1:-1])


@pytest.mark.parametrize(
    ("sources", "solution"),
    [
        (("import torch", "def g(x):\n    return x", "def f(x): ..."), 1),
        (("import torch", "print(1)"), 0),
        (("x = 'def f'", "class f: ..."), 1),
    ],
)
def test_without_metadata_the_cell_that_defines_what_is_asked_for_is_the_solution(
    sources: tuple[str, ...], solution: int
) -> None:
    read = made(notebook(*({"source": source} for source in sources)))
    assert read.cells[solution].metadata.nbgrader.grade_id == "e-solution"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not JSON",
        b"[]",
        b'{"cells": 3}',
        b'{"cells": [{"cell_type": "code", "source": 5}]}',
        b"\xff\xfe\x00",
        b'{"cells": []}',
        b"[" * 100_000,
        json.dumps({"nbformat": 3, "worksheets": []}).encode(),
    ],
)
def test_what_is_no_notebook_is_shown_as_text(content: bytes) -> None:
    assert len(made(content).cells) <= 3


@pytest.mark.parametrize("before", ["", "\ufeff", "\n "])
def test_nothing_of_a_damaged_notebook_is_shown(before: str) -> None:
    assert [cell.source for cell in made(before + notebook({"source": "x = 1"})[:-9]).cells] == ["", "# graded"]


def test_a_notebook_of_one_raw_cell_is_shown() -> None:
    text = '{"a": "raw cell"}'
    assert made(notebook({"cell_type": "raw", "source": text})).cells[0].source == text


def test_lone_surrogates_and_odd_metadata() -> None:
    whole = json.loads(notebook({"source": "x"}, {"source": "y"}))
    whole["cells"][0]["metadata"] = {"nbgrader": "grade"}
    whole["cells"][1]["metadata"] = {"nbgrader": {"grade_id": ["e-grade"]}}
    assert len(made(json.dumps(whole)).cells) == 3
    made(json.dumps(whole).replace('"y"', '"\\ud800"'))
    made(b"x = '\xff'\n", ipynb=False)
