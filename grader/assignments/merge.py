"""A generated notebook that an instructor edited, brought up to date cell by cell: what they changed or added stays.

A cell is known by nbgrader's grade_id, else by its id. Whether it was edited is told by digests of what was generated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

Node = dict[str, Any]


class Digests(msgspec.Struct, frozen=True):
    """Of a cell as it was generated: what is in it, and what nbgrader is told of it."""

    content: str
    settings: str


class Merged(msgspec.Struct, frozen=True):
    """The notebook's file, and the names of generated cells that stay as the instructor changed them."""

    text: str
    kept: tuple[str, ...]


class _Notebook(msgspec.Struct):
    cells: list[Node]
    nbformat: int
    metadata: Node = {}


class _Metadata(msgspec.Struct):
    nbgrader: Node = {}


class _Form(msgspec.Struct):
    """What every cell must have, of what is read here."""

    cell_type: str
    metadata: _Metadata
    id: str | None = None


#: The fields of a cell that are its content; the last two are of code alone.
_CONTENT = ("cell_type", "source", "outputs", "execution_count")


def digests_of(text: str) -> dict[str, Digests]:
    """By name, those of a generated notebook's cells."""
    return {_name(cell): _digests(cell) for cell in msgspec.json.decode(text, type=_Notebook).cells}


def merge(edited: bytes, generated: str, written: Mapping[str, Digests]) -> Merged | None:
    """The edited notebook with the generated one's cells in the place of those that nobody changed.

    written: by name, the cells that were generated last. A cell that was taken out comes back if it is code, which is
    what is handed in and graded. None if what was edited is no notebook any more.
    """
    try:
        old, new = (msgspec.json.decode(text, type=_Notebook) for text in (edited, generated))
        if old.nbformat != 4:
            return None
        msgspec.convert(old.cells, list[_Form])
        cells, kept = _merged(old.cells, new.cells, written)
        metadata = new.metadata | old.metadata | {"grade": new.metadata["grade"]}
        return Merged(_text(cells, metadata), kept)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, _NoNotebook):
        return None


class _NoNotebook(Exception):
    """It is not valid for nbformat or for nbgrader."""


def _merged(old: list[Node], new: list[Node], written: Mapping[str, Digests]) -> tuple[list[Node], tuple[str, ...]]:
    wanted, kept = {_name(cell): cell for cell in new}, list[str]()
    places: dict[str, int] = {}
    for number, cell in enumerate(old):
        places.setdefault(_name(cell), number)
    made: list[Node] = []
    for number, cell in enumerate(old):
        name = _name(cell)
        if places[name] != number or (name not in wanted and name not in written):
            made.append(cell)  # added by the instructor, or copied
        elif name in wanted:
            made.append(_brought_up(cell, wanted[name], written.get(name)))
            kept += [name] if _digests(made[-1]) != _digests(wanted[name]) else []
        elif _digests(cell) != written[name]:
            made.append(cell)
            kept.append(name)
    _add_missing(made, new, written)
    return made, tuple(kept)


def _brought_up(old: Node, new: Node, written: Digests | None) -> Node:
    """The generated cell, with the content or the settings of the old one where they were changed, and with its other
    metadata, such as tags."""
    if written is None:
        return old
    found = _digests(old)
    content = old if found.content != written.content else new
    settings = old if found.settings != written.settings else new
    if content is old and settings is old:
        return old
    made = {key: value for key, value in new.items() if key not in _CONTENT}
    made |= {key: content[key] for key in _CONTENT if key in content}
    made["metadata"] = old["metadata"] | new["metadata"]
    if "nbgrader" in new["metadata"] and "nbgrader" in settings["metadata"]:
        made["metadata"]["nbgrader"] = _settings(settings)
        if "checksum" in new["metadata"]["nbgrader"]:
            made["metadata"]["nbgrader"]["checksum"] = _checksum(made)
    return made


def _add_missing(made: list[Node], new: list[Node], written: Mapping[str, Digests]) -> None:
    """Put each missing cell behind the one that it was generated behind."""
    place = 0
    for cell in new:
        present = next((number for number, other in enumerate(made) if _name(other) == _name(cell)), None)
        if present is not None:
            place = present + 1
        elif cell["cell_type"] == "code" or _name(cell) not in written:
            made.insert(place, cell)
            place += 1


def _name(cell: Node) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id") or cell.get("id"))


def _digests(cell: Node) -> Digests:
    settings = _settings(cell) if "nbgrader" in cell["metadata"] else {}
    return Digests(_digest([cell["cell_type"], _source(cell)]), _digest(settings))


def _settings(cell: Node) -> Node:
    """What nbgrader is told of a cell, but for the checksum, which it computes."""
    return {key: value for key, value in cell["metadata"]["nbgrader"].items() if key != "checksum"}


def _source(cell: Node) -> str:
    source = cell.get("source", "")
    return "".join(map(str, source)) if isinstance(source, list) else str(source)


def _digest(value: Any) -> str:
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:16]


def _checksum(cell: Node) -> str:
    import nbformat
    from nbgrader.utils import compute_checksum

    node: Any = nbformat.from_dict
    try:
        return str(compute_checksum(node(cell | {"source": _source(cell)})))
    except (KeyError, TypeError, ValueError):  # a cell with points has none, or something else in their place
        raise _NoNotebook from None


def _text(cells: list[Node], metadata: Node) -> str:
    import nbformat

    make: Any = nbformat
    # Cells of a notebook in an older format have no ids.
    named = [cell | {"id": cell.get("id") or f"cell-{number}"} for number, cell in enumerate(cells)]
    joined = [cell | {"source": _source(cell)} for cell in named]
    whole = make.from_dict({"cells": joined, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})
    try:
        make.validate(whole)
    except make.ValidationError:
        raise _NoNotebook from None
    return str(make.writes(whole)) + "\n"
