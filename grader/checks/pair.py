"""Two blocks of numbers as texts to be read one below the other, their differing entries marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
import torch

from grader.checks.advice.quote import MORE
from grader.checks.render import dtype_name, fitting, number_text

#: Follows an entry that differs, where not all do.
MARK = "*"

#: What a report of 80 columns has room for.
_WIDTH = 66
_LINES = 7
_COLUMNS = 16
#: Axes outside of the row that get brackets of their own where not all entries are shown.
_NESTED = 1
#: Significant digits, until the entry that is furthest off looks different.
_DIGITS = (4, 6, 9, 12, 17)
_DIGITS_OF_ONE = (8, 12, 17)


class Pair(msgspec.Struct, frozen=True):
    """Both texts, of a line for each row; marked: whether `got` has marks."""

    expected: str
    got: str
    marked: bool


def pair(expected: Any, got: Any, wrong: torch.Tensor, index: tuple[int, ...]) -> Pair:
    """Whole where both blocks are small. Else the entries around `index`, the worst, in its row.

    expected, got: tensors or arrays of one shape and dtype, not 0-d. wrong: bool, of their shape, where they differ.
    """
    marked = not bool(wrong.all())
    text = _entry_text(expected[index].item(), got[index].item())
    shape = list(wrong.shape)
    head = "tensor(" if isinstance(expected, torch.Tensor) else "array("
    tail = f", dtype={dtype_name(expected)})"
    sides = ((expected, None), (got, wrong if marked else None))
    whole = _whole([_table(block, marks, text) for block, marks in sides], shape, head, tail)
    texts = whole or _part(sides, index, shape, text, head, tail)
    return Pair(texts[0], texts[1], marked)


def of_numbers(expected: Any, got: Any) -> Pair:
    """Two floats, or two 0-d tensors or arrays of one dtype."""
    if isinstance(expected, float):
        text = _entry_text(expected, got, _DIGITS_OF_ONE)
        return Pair(text(expected), text(got), marked=False)
    text = _entry_text(expected.item(), got.item())
    head = "tensor(" if isinstance(expected, torch.Tensor) else "array("
    tail = f", dtype={dtype_name(expected)})"
    known, answer = (f"{head}{text(side.item())}{tail}" for side in (expected, got))
    return Pair(known, answer, marked=False)


def around(name: str, block: Any, index: tuple[int, ...]) -> str:
    """`x = tensor([…, 1.5, …], …)`: of a tensor or array, not 0-d, the entries around `index`."""
    head = f"{name} = {'tensor' if isinstance(block, torch.Tensor) else 'array'}("
    tail = f", dtype={dtype_name(block)})"
    return _part([(block, None)], index, list(block.shape), lambda value: number_text(value, 4), head, tail)[0]


def _entry_text(expected: Any, got: Any, counts: Sequence[int] = _DIGITS) -> Callable[[Any], str]:
    """How to write entries so that these two do not look the same. counts: of digits that are tried."""
    if isinstance(expected, bool):
        return str
    digits = next((n for n in counts if number_text(expected, n) != number_text(got, n)), counts[-1])
    return lambda value: number_text(value, digits)


def _table(block: Any, wrong: torch.Tensor | None, text: Callable[[Any], str]) -> list[list[str]]:
    """The entries' texts, row by row; [] for what is not small or has more than two axes."""
    if block.ndim > 2 or (block.ndim == 2 and (len(block) > _LINES or block.shape[1] > _COLUMNS)):
        return []
    marks = torch.zeros(block.shape, dtype=torch.bool) if wrong is None else wrong
    rows, marks_of_rows = ([side.tolist()] if block.ndim == 1 else side.tolist() for side in (block, marks))
    return [
        [text(entry) + (MARK if mark else "") for entry, mark in zip(row, line, strict=True)]
        for row, line in zip(rows, marks_of_rows, strict=True)
    ]


def _whole(tables: list[list[list[str]]], shape: list[int], head: str, tail: str) -> list[str] | None:
    """Both tables in columns of one width; None where they need too much room."""
    if not tables[0] or len(tables[0][0]) > _COLUMNS:
        return None
    width = max(len(entry) for table in tables for row in table for entry in row)
    outer = "[" * (len(shape) - 1)
    texts = []
    for table in tables:
        lines = _lines(table, width, len(head + outer))
        if len(lines) > _LINES:
            return None
        # The dtype goes below the numbers where there is no room beside them.
        fits = len(lines[-1] + outer + tail) + (len(head + outer) if len(lines) == 1 else 0) <= _WIDTH
        below = f",\n{' ' * len(head)}{tail.removeprefix(', ')}"
        texts.append(head + outer + "\n".join(lines) + "]" * len(outer) + (tail if fits else below))
    return texts


def _lines(table: list[list[str]], width: int, indent: int) -> list[str]:
    """The rows, each broken into lines where it is too long."""
    per_line = max((_WIDTH - indent - 2) // (width + 2), 1)
    lines = []
    for row in table:
        padded = [entry.rjust(width) for entry in row]
        parts = [", ".join(padded[i : i + per_line]) for i in range(0, len(padded), per_line)]
        lines.append(f"[{(',' + chr(10) + ' ' * (indent + 1)).join(parts)}]")
    whole = (",\n" + " " * indent).join(lines)
    return whole.split("\n")


def _part(
    sides: Iterable[tuple[Any, torch.Tensor | None]],
    index: tuple[int, ...],
    shape: list[int],
    text: Callable[[Any], str],
    head: str,
    tail: str,
) -> list[str]:
    """Of both blocks the entries from `index` on that fit, in their row; with the one before them, if that fits too."""
    *row, column = index
    axes = [*zip(row, shape, strict=False)][-_NESTED:]
    opening = "".join(f"[{MORE}, " if position else "[" for position, _ in axes)
    closing = "".join(f", {MORE}]" if position < size - 1 else "]" for position, size in reversed(axes))
    tail = f", shape={shape}{tail}"
    room = _WIDTH - len(head + opening + closing + tail) - len(f"[{MORE}, , {MORE}]")
    first, last = max(column - 1, 0), min(column + _COLUMNS, shape[-1])
    place: Any = (*row, slice(first, last))
    tables = [_table(block[place], None if marks is None else marks[place], text)[0] for block, marks in sides]
    skipped = column - first
    count = min(len(fitting(entries[skipped:], room)) for entries in tables)
    if skipped and all(len(", ".join(entries[: count + 1])) <= room for entries in tables):
        skipped, count = 0, count + 1
    start = first + skipped
    before, after = [MORE] if start else [], [MORE] if start + count < shape[-1] else []
    rows = (", ".join([*before, *entries[skipped : skipped + count], *after]) for entries in tables)
    return [f"{head}{opening}[{row}]{closing}{tail}" for row in rows]
