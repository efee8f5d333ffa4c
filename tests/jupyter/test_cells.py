"""Which sources stand for the notebook that a kernel ran."""

from __future__ import annotations

import json

from grader.jupyter.cells import RanCells


def sources(cells: RanCells) -> list[str]:
    return [cell["source"] for cell in json.loads(cells.notebook())["cells"]]


def test_the_nth_code_cell_is_the_one_that_ran_nth() -> None:
    cells = RanCells(["", "a = 1", "", "b = 2"])
    assert sources(cells) == ["a = 1", "", "b = 2"]


def test_a_cell_counts_where_it_ran_last() -> None:
    cells = RanCells([""])
    cells.ran(1, "def f(): ...", "x")
    cells.ran(2, "def g(): ...", "y")
    cells.ran(3, "def f(): return 1", "x")
    assert sources(cells) == ["", "def g(): ...", "def f(): return 1"]


def test_without_ids_the_same_text_is_the_same_cell() -> None:
    cells = RanCells(["", "a = 1", "b = 2"])
    cells.ran(3, "a = 1", None)
    cells.ran(4, "a = 3", None)
    assert sources(cells) == ["", "b = 2", "a = 1", "a = 3"]


def test_nothing_ran() -> None:
    assert sources(RanCells([""])) == []
