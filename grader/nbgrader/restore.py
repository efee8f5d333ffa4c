"""An assignment's named cells, found again in whatever was handed in, and put back where they are gone.

A learner may delete a cell, copy it, turn it into text, or lose every cell's metadata. nbgrader goes by the metadata
alone, so that each of these would cost points without a word, or the whole submission its grade.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from grader.assignments.cells import Cell
from grader.text import Message, listed, say

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)


class Restored(msgspec.Struct, frozen=True):
    """cells: nbformat's, with each named cell once. changes: what was put right, for the instructor. notes: what the
    learner should know."""

    cells: list[dict[str, Any]]
    changes: tuple[Message, ...]
    notes: tuple[Message, ...]


def restore(cells: Sequence[Any], named: Sequence[Cell]) -> Restored:
    """Give each named cell its name, kind, metadata and, if it is locked, its source back.

    cells: nbformat's, as handed in, in order; they are not changed. named: in the assignment's order. All other
    metadata of nbgrader's are dropped. Statements and grade cells that are gone come back; for a solution cell that
    is gone an empty one stands in, since what was in it can't be known.
    """
    places = _Places(cells, named).positions
    changes, notes, missing = [], [], []
    made = [_made(cell["cell_type"], f"cell-{number}", cell["source"], {}) for number, cell in enumerate(cells)]
    #: What follows the cell at a position; -1: what comes before the first.
    added: dict[int, list[dict[str, Any]]] = defaultdict(list)
    before = -1
    for wanted in named:
        place = places[wanted.name]
        if place is None:
            changes.append(say("the cell {name} was missing and was put back", name=wanted.name))
            missing += [wanted.name] if wanted.written_by_learner else []
            added[before].append(_restored(wanted, ""))
        else:
            before, cell = place, cells[place]
            changes += _changes(wanted, cell)
            if wanted.written_by_learner and wanted.kind == "code" != cell["cell_type"]:
                notes.append(_turned_into_text(wanted))
            made[place] = _restored(wanted, cell["source"])
    whole = added[-1] + [item for number, cell in enumerate(made) for item in (cell, *added[number])]
    if all(cell["cell_type"] == "raw" for cell in cells):
        # No notebook at all: the report says why, and that cells are missing adds nothing to it.
        return Restored(whole, (say("nothing in it could be read as a cell"),), ())
    notes += [_missing(missing)] if missing else []
    return Restored(whole, (*changes, *_copies(cells, named)), tuple(notes))


def _missing(names: Sequence[str]) -> Message:
    if len(names) == 1:
        return say(
            "The cell {name} was missing from your notebook. Code that you moved to another cell was graded there.",
            name=names[0],
        )
    return say(
        "These cells were missing from your notebook: {names}. Code that you moved to other cells was graded there.",
        names=listed(names),
    )


def _turned_into_text(cell: Cell) -> Message:
    return say(
        "The cell {name} was no code cell any more, so what is in it was not graded as code. Click on it in "
        "Jupyter, press Esc and Y, and hand the notebook in again.",
        name=cell.name,
    )


def _changes(wanted: Cell, cell: Any) -> Iterator[Message]:
    if name_of(cell) != wanted.name:
        yield say("the cell {name} had lost its metadata", name=wanted.name)
    if cell["cell_type"] != wanted.kind:
        yield say("the cell {name} was of type {kind}", name=wanted.name, kind=cell["cell_type"])
    if not wanted.written_by_learner and cell["source"] != wanted.source:
        yield say("the cell {name} was edited, although it is locked", name=wanted.name)


def _copies(cells: Sequence[Any], named: Sequence[Cell]) -> Iterator[Message]:
    counts = Counter(map(name_of, cells))
    for cell in named:
        if counts[cell.name] > 1:
            yield say("the cell {name} was there {count} times", name=cell.name, count=counts[cell.name])


def _restored(cell: Cell, source: str) -> dict[str, Any]:
    """The cell as nbformat has it. source: what it holds if that is the learner's."""
    source = source if cell.written_by_learner else cell.source
    return _made(cell.kind, cell.name, source, {"nbgrader": cell.metadata()})


def _made(kind: str, name: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    return made | {"outputs": [], "execution_count": None} if kind == "code" else made


def name_of(cell: Any) -> str | None:
    """The name in a cell's metadata, which may be anything."""
    metadata = cell["metadata"].get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else None


class _Places:
    """Which of the cells is which named one: by name first, then by what is in it. positions: name → number."""

    def __init__(self, cells: Sequence[Any], named: Sequence[Cell]) -> None:
        self.cells = cells
        self.positions: dict[str, int | None] = {wanted.name: self._marked(wanted) for wanted in named}
        used = {place for place in self.positions.values() if place is not None}
        # Copies of a cell that is there are nobody's.
        self.free = [
            place for place, cell in enumerate(cells) if name_of(cell) not in self.positions and place not in used
        ]
        for find in (self._same, self._defining, self._head):
            for wanted in named:
                if self.positions[wanted.name] is None and (place := find(wanted)) is not None:
                    self.positions[wanted.name] = place
                    self.free.remove(place)

    def _marked(self, wanted: Cell) -> int | None:
        """Of several copies of a solution, the last that is of its kind: it is the one that counts in Python too."""
        marked = [place for place, cell in enumerate(self.cells) if name_of(cell) == wanted.name]
        of_its_kind = [place for place in marked if self.cells[place]["cell_type"] == wanted.kind] or marked
        if wanted.written_by_learner:
            return next(reversed(of_its_kind), None)
        same = [place for place in of_its_kind if self.cells[place]["source"] == wanted.source]
        return next(iter(same or of_its_kind), None)

    def _same(self, wanted: Cell) -> int | None:
        """A cell of its kind with the source that was handed out."""
        return self._last(wanted, lambda source: source.strip() == wanted.source.strip())

    def _defining(self, wanted: Cell) -> int | None:
        """The last cell that defines what the solution was to define."""
        names = set(_DEFINED.findall(wanted.source))
        return self._last(wanted, lambda source: names & set(_DEFINED.findall(source))) if wanted.solution else None

    def _head(self, wanted: Cell) -> int | None:
        """For a solution that defines nothing, such as the imports: the first cell that still begins as it did."""
        if not wanted.solution or _DEFINED.search(wanted.source) or not wanted.source.strip():
            return None
        first = wanted.source.strip().split("\n")[0]
        return next(iter(self._fitting(wanted, lambda source: first in source.split("\n"))), None)

    def _last(self, wanted: Cell, fits: Callable[[str], object]) -> int | None:
        return next(reversed(self._fitting(wanted, fits)), None)

    def _fitting(self, wanted: Cell, fits: Callable[[str], object]) -> list[int]:
        of_its_kind = (place for place in self.free if self.cells[place]["cell_type"] == wanted.kind)
        return [place for place in of_its_kind if fits(self.cells[place]["source"])]
