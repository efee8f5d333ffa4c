"""What a report draws of a wrong value: few numbers, chosen by the shapes alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import torch

from grader.checks.closeness import wide
from grader.checks.mismatch import numbers
from grader.result import ErrorMap, FunctionPlot, Picture, PointsPlot, SeriesPlot

#: More points than that nobody tells apart in a picture of this size.
_POINTS = 80
#: Rows and columns of a heat map; each of its cells stands for the worst entry of a block.
_CELLS = 16
#: From here on a number is drawn as if it were infinite: float64 overflows in the sums that place it.
_FAR = 1e150


def picture(expected: Any, got: Any, inputs: Iterable[torch.Tensor], worst: tuple[int, ...]) -> Picture | None:
    """The picture of two values of one shape that differ; None where there is nothing to see.

    A function over its input where `inputs` is one vector of the values' shape; else a vector over its index, two
    columns as points of a plane, and any other matrix as a map of its errors. worst: where they differ most.
    """
    known, answer = _numbers(expected), _numbers(got)
    if known is None or answer is None or known.shape != answer.shape or known.numel() < 3:
        return None
    if known.ndim == 1:
        vectors = list(inputs)
        x = vectors[0] if len(vectors) == 1 and vectors[0].shape == known.shape else None
        return _over(x, known, answer, worst[0])
    if known.ndim != 2:
        return None
    return _points(known, answer, worst[0]) if known.shape[1] == 2 and len(known) > 2 else _map(known, answer)


def _numbers(value: Any) -> torch.Tensor | None:
    tensor = numbers(value)
    return None if tensor is None or tensor.dtype.is_complex or tensor.dtype == torch.bool else wide(tensor)


def _over(x: torch.Tensor | None, known: torch.Tensor, answer: torch.Tensor, worst: int) -> Picture:
    kept = _kept(len(known), worst)
    if x is None:
        return SeriesPlot(tuple(kept), _floats(known[kept]), _floats(answer[kept]), kept.index(worst))
    kept.sort(key=lambda place: float(x[place]))
    return FunctionPlot(_floats(wide(x)[kept]), _floats(known[kept]), _floats(answer[kept]), kept.index(worst))


def _points(known: torch.Tensor, answer: torch.Tensor, worst: int) -> Picture:
    kept = _kept(len(known), worst)
    (x, y), (got_x, got_y) = ([_floats(side[kept, column]) for column in (0, 1)] for side in (known, answer))
    return PointsPlot(x, y, got_x, got_y, kept.index(worst))


def _kept(count: int, worst: int) -> list[int]:
    """Evenly spaced places among `count`, the worst one with them."""
    step = math.ceil(count / _POINTS)
    return sorted({*range(0, count, step), worst})


def _map(known: torch.Tensor, answer: torch.Tensor) -> Picture:
    error = (answer - known).abs().nan_to_num(nan=math.inf)
    rows, columns = error.shape
    blocks = [
        torch.tensor_split(band, min(columns, _CELLS), dim=1)
        for band in torch.tensor_split(error, min(rows, _CELLS), dim=0)
    ]
    cells = torch.stack([torch.stack([block.max() for block in band]) for band in blocks])
    worst = divmod(int(cells.argmax()), cells.shape[1])
    return ErrorMap(rows, columns, tuple(_floats(row) for row in cells), worst)


def _floats(values: torch.Tensor) -> tuple[float | None, ...]:
    """Six digits are more than a picture shows; None for what is not finite, or too far off to be drawn."""
    return tuple(float(f"{value:.6g}") if abs(value) < _FAR else None for value in values.tolist())
