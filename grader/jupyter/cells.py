"""The source of the cells that ran in this kernel, as the notebook that is graded.

The file on disk is not asked: Jupyter may not have saved it. What the kernel's variables hold is not asked either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec


class RanCells:
    """What ran, by execution count. A cell that ran again counts once, where it ran last."""

    def __init__(self, earlier: Sequence[str]) -> None:
        """earlier: sources that ran before anybody looked, the first one's count being 0, where IPython has none."""
        self._sources = {count: source for count, source in enumerate(earlier) if source.strip()}
        self._counts: dict[str, int] = {}

    def ran(self, count: int, source: str, cell: str | None) -> None:
        """Take note of a cell. cell: its id in the notebook, where the frontend tells it."""
        if cell is not None:
            self._sources.pop(self._counts.get(cell, -1), None)
            self._counts[cell] = count
        # Of what ran before we looked no ids are known: the same text is the same cell.
        for other in [other for other, text in self._sources.items() if text == source]:
            del self._sources[other]
        self._sources[count] = source

    def notebook(self) -> bytes:
        """A notebook whose n-th code cell is In [n], so that a report's "cell 5" is the one that the reader sees."""
        last = max(self._sources, default=0)
        return msgspec.json.encode(
            {
                "nbformat": 4,
                "nbformat_minor": 5,
                "metadata": {"language_info": {"name": "python"}},
                "cells": [_cell(number, self._sources.get(number, "")) for number in range(1, last + 1)],
            }
        )


def _cell(number: int, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": f"in-{number}",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": source,
    }
