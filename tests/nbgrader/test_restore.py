"""Named cells are found again, put back or told, with several solution cells in the assignment."""

from __future__ import annotations

from typing import Any

from grader.assignments.cells import Cell
from grader.nbgrader.restore import Restored, restore
from grader.text import render


def one(name: str, source: str, *, kind: str = "code", grade: bool = False, solution: bool = False) -> Cell:
    points = 10.0 if grade else None
    return Cell(name, kind, source, grade, solution, locked=not solution, points=points, checksum="0" * 32)


NAMED = (
    one("e-statement", "# E", kind="markdown"),
    one("e-solution", "import torch", solution=True),
    one("e-solution-2", "def f(x):\n    ...", solution=True),
    one("e-solution-3", "def g(x):\n    ...", solution=True),
    one("e-grade", "!grade e", grade=True),
)
F, G = "def f(x):\n    return x", "def g(x):\n    return 2 * x"


def cell(source: str, name: str | None = None, kind: str = "code") -> dict[str, Any]:
    metadata = {"nbgrader": {"grade_id": name, "grade": True, "points": 1e9, "unknown": 1}} if name else {}
    return {"cell_type": kind, "source": source, "metadata": metadata}


WHOLE = (
    cell("# E", "e-statement", "markdown"),
    cell("import torch, math", "e-solution"),
    cell(F, "e-solution-2"),
    cell(G, "e-solution-3"),
    cell("!grade e", "e-grade"),
)


def shown(restored: Restored) -> list[tuple[str | None, str]]:
    return [(made["metadata"].get("nbgrader", {}).get("grade_id"), made["source"]) for made in restored.cells]


def told(restored: Restored) -> str:
    return "\n".join(render(note, "en") for note in restored.notes)


def test_a_whole_notebook_gets_the_recorded_metadata_and_no_word_is_said() -> None:
    restored = restore(WHOLE, NAMED)
    assert [name for name, _ in shown(restored)] == [named.name for named in NAMED]
    assert (restored.changes, restored.notes) == ((), ())
    assert restored.cells[-1]["metadata"]["nbgrader"] == NAMED[-1].metadata()


def test_lost_metadata_are_found_by_what_the_cells_hold() -> None:
    cells = [cell | {"metadata": {}} for cell in WHOLE]
    cells[1]["source"] = "import torch\nimport math"
    restored = restore(cells, NAMED)
    assert shown(restored) == [(named.name, cell["source"]) for named, cell in zip(NAMED, cells, strict=True)]
    assert (len(restored.changes), restored.notes) == (5, ())


def test_missing_cells_come_back_in_their_place() -> None:
    restored = restore([WHOLE[2], cell("notes", kind="markdown")], NAMED)
    assert shown(restored) == [
        ("e-statement", "# E"),
        ("e-solution", ""),
        ("e-solution-2", F),
        ("e-solution-3", ""),
        ("e-grade", "!grade e"),
        (None, "notes"),
    ]
    assert "These cells were missing from your notebook: e-solution, e-solution-3." in told(restored)
    assert "e-statement" not in told(restored) and len(restored.changes) == 4


def test_where_nothing_is_a_cell_nothing_is_said_of_cells() -> None:
    for cells in ([], [cell("no notebook", kind="raw")]):
        restored = restore(cells, NAMED)
        assert [render(change, "en") for change in restored.changes] == ["nothing in it could be read as a cell"]
        assert restored.notes == () and len(restored.cells) == len(NAMED) + len(cells)


def test_of_copies_the_last_solution_and_the_unedited_locked_cell_stay() -> None:
    restored = restore([cell("print(10)", "e-grade"), cell("old", "e-solution-2"), *WHOLE], NAMED)
    assert shown(restored)[:2] == [(None, "print(10)"), (None, "old")]
    assert ("e-solution-2", F) in shown(restored) and ("e-grade", "!grade e") in shown(restored)
    assert any("2 times" in render(change, "en") for change in restored.changes)


def test_a_cell_of_another_kind_gets_its_kind_back_and_the_learner_is_told() -> None:
    restored = restore([*WHOLE[:2], cell(F, "e-solution-2", "markdown"), *WHOLE[3:]], NAMED)
    assert restored.cells[2]["cell_type"] == "code" and restored.cells[2]["source"] == F
    assert "e-solution-2 was no code cell" in told(restored)


def test_what_locked_cells_were_edited_to_is_replaced() -> None:
    restored = restore([cell("# Mine", "e-statement", "markdown"), *WHOLE[1:]], NAMED)
    assert shown(restored)[0] == ("e-statement", "# E")
    assert [render(change, "en") for change in restored.changes] == [
        "the cell e-statement was edited, although it is locked"
    ]
