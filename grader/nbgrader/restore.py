"""An assignment's named cells, found again in whatever was handed in, and put back where they are gone.

A learner may delete a cell, copy it, turn it into text, or lose every cell's metadata. nbgrader goes by the metadata
alone, so that each of these would cost points without a word, or the whole submission its grade.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from grader.text import Message, say

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)


class NamedCell(msgspec.Struct, frozen=True):
    """A cell as `nbgrader generate_assignment` recorded it. points: of a grade or task cell, None of others."""

    name: str
    kind: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None

    @property
    def written_by_learner(self) -> bool:
        """Whether its content is the learner's: it is never replaced."""
        return self.solution or self.task

    def metadata(self) -> dict[str, Any]:
        """nbgrader's own, schema 3."""
        found = {
            "schema_version": 3,
            "grade_id": self.name,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "cell_type": self.kind,
        }
        points = {} if self.points is None else {"points": self.points}
        return found | points | ({"checksum": self.checksum} if self.checksum else {})


class Restored(msgspec.Struct, frozen=True):
    """cells: nbformat's, with each named cell once. changes: what was put right, for the instructor. notes: what the
    learner should know."""

    cells: list[dict[str, Any]]
    changes: tuple[Message, ...]
    notes: tuple[Message, ...]


def restore(cells: Sequence[Any], named: Sequence[NamedCell]) -> Restored:
    """Give each named cell its name, kind, metadata and, if it is locked, its source back.

    cells: nbformat's, as handed in, in order; they are not changed. named: in the assignment's order. All other
    metadata of nbgrader's are dropped. Statements and grade cells that are gone come back; for a solution cell that
    is gone an empty one stands in, since what was in it can't be known.
    """
    places = _Places(cells, named).found
    changes, notes = [], []
    made: list[dict[str, Any]] = [_without_name(cell, number) for number, cell in enumerate(cells)]
    for one in named:
        place = places[one.name]
        if place is None:
            changes.append(say("the cell {name} was missing and was put back", name=one.name))
            if one.written_by_learner:
                notes.append(_missing(one))
        else:
            cell = cells[place]
            changes += _changes(one, cell)
            if one.written_by_learner and one.kind == "code" != cell["cell_type"]:
                notes.append(_turned_into_text(one))
            made[place] = _as(one, cell["source"])
    changes += _copies(cells, named)
    return Restored(_in_order(made, named, places), tuple(changes), tuple(notes))


def _missing(one: NamedCell) -> Message:
    return say(
        "The cell {name} was missing from your notebook. Code that you moved to another cell was graded there.",
        name=one.name,
    )


def _turned_into_text(one: NamedCell) -> Message:
    return say(
        "The cell {name} was no code cell any more, so what is in it was not graded as code. Click on it in "
        "Jupyter, press Esc and Y, and hand the notebook in again.",
        name=one.name,
    )


def _changes(one: NamedCell, cell: Any) -> list[Message]:
    found = []
    if name_of(cell) != one.name:
        found.append(say("the cell {name} had lost its metadata", name=one.name))
    if cell["cell_type"] != one.kind:
        found.append(say("the cell {name} was of type {kind}", name=one.name, kind=cell["cell_type"]))
    if not one.written_by_learner and cell["source"] != one.source:
        found.append(say("the cell {name} was edited, although it is locked", name=one.name))
    return found


def _copies(cells: Sequence[Any], named: Sequence[NamedCell]) -> list[Message]:
    names = [name_of(cell) for cell in cells]
    return [
        say("the cell {name} was there {count} times", name=one.name, count=names.count(one.name))
        for one in named
        if names.count(one.name) > 1
    ]


def _in_order(
    made: list[dict[str, Any]], named: Sequence[NamedCell], places: dict[str, int | None]
) -> list[dict[str, Any]]:
    """The cells with those that were missing: each follows the named one before it."""
    added: dict[int, list[dict[str, Any]]] = {}
    after = -1
    for one in named:
        place = places[one.name]
        if place is None:
            added.setdefault(after, []).append(_as(one, "" if one.written_by_learner else one.source))
        else:
            after = place
    whole = added.get(-1, [])
    for number, cell in enumerate(made):
        whole += [cell, *added.get(number, [])]
    return whole


def _as(one: NamedCell, source: str) -> dict[str, Any]:
    source = source if one.written_by_learner else one.source
    return _cell(one.kind, one.name, source, {"nbgrader": one.metadata()})


def _without_name(cell: Any, number: int) -> dict[str, Any]:
    return _cell(cell["cell_type"], f"cell-{number}", cell["source"], {})


def _cell(kind: str, name: str, source: str, metadata: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": metadata, "source": source}
    return made | {"outputs": [], "execution_count": None} if kind == "code" else made


def name_of(cell: Any) -> str | None:
    """The name in a cell's metadata, which may be anything."""
    found = cell["metadata"].get("nbgrader")
    name = found.get("grade_id") if isinstance(found, dict) else None
    return name if isinstance(name, str) else None


class _Places:
    """Which of the cells is which named one: by name first, then by what is in it. found: name → position."""

    def __init__(self, cells: Sequence[Any], named: Sequence[NamedCell]) -> None:
        self.cells = cells
        self.found: dict[str, int | None] = {one.name: self._marked(one) for one in named}
        names = {one.name for one in named}
        taken = {place for place in self.found.values() if place is not None}
        # Copies of a cell that is there are nobody's.
        self.free = [place for place, cell in enumerate(cells) if name_of(cell) not in names and place not in taken]
        for find in (self._same, self._defining, self._head):
            for one in named:
                if self.found[one.name] is None and (place := find(one)) is not None:
                    self.found[one.name] = place
                    self.free.remove(place)

    def _marked(self, one: NamedCell) -> int | None:
        """Of several copies of a solution, the last that is of its kind: it is the one that counts in Python too."""
        marked = [place for place, cell in enumerate(self.cells) if name_of(cell) == one.name]
        of_its_kind = [place for place in marked if self.cells[place]["cell_type"] == one.kind] or marked
        if not one.written_by_learner:
            same = [place for place in of_its_kind if self.cells[place]["source"] == one.source]
            return next(iter(same or of_its_kind), None)
        return of_its_kind[-1] if of_its_kind else None

    def _same(self, one: NamedCell) -> int | None:
        """A cell of its kind with the source that was handed out."""
        return self._last(one, lambda source: source.strip() == one.source.strip())

    def _defining(self, one: NamedCell) -> int | None:
        """The last cell that defines what the solution was to define."""
        wanted = set(_DEFINED.findall(one.source))
        return self._last(one, lambda source: wanted & set(_DEFINED.findall(source))) if one.solution else None

    def _head(self, one: NamedCell) -> int | None:
        """For a solution that defines nothing, such as the imports: the first cell that still begins as it did."""
        if not one.solution or _DEFINED.search(one.source) or not one.source.strip():
            return None
        first = one.source.strip().split("\n")[0]
        matching = (place for place in self.free if self.cells[place]["cell_type"] == one.kind)
        return next((place for place in matching if first in self.cells[place]["source"].split("\n")), None)

    def _last(self, one: NamedCell, fits: Any) -> int | None:
        of_its_kind = [place for place in self.free if self.cells[place]["cell_type"] == one.kind]
        return next((place for place in reversed(of_its_kind) if fits(self.cells[place]["source"])), None)
