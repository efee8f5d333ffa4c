"""The shape of a tensor, other views of the same numbers, single entries, and shapes that meet in one operation.

A view has another shape and the same memory: what is written into it stands in x, and the other way round. Axes, rows
and columns are counted from 0. Results that are no views are new tensors of x's dtype, on x's device.
"""

from __future__ import annotations

import torch


def describe(x: torch.Tensor) -> tuple[tuple[int, ...], int, int]:
    """How x is built. x: any shape. Returns: its shape as a tuple, the number of its axes, that of its elements."""
    ### BEGIN SOLUTION
    return x.shape, x.dim(), x.numel()
    ### END SOLUTION


def as_view(x: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """x's numbers, in the same order, in another shape: a view of x.

    shape: one size may be −1, which stands for what is left. Raises RuntimeError where no view of x has this shape:
    its memory can't be walked through so, or the number of elements is another.
    """
    ### BEGIN SOLUTION
    return x.view(shape)
    ### END SOLUTION


def as_shape(x: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """x's numbers, in the same order, in another shape: a view of x where there is one, else a copy.

    shape: as many elements as x has; one size may be −1, which stands for what is left.
    """
    ### BEGIN SOLUTION
    return x.reshape(shape)
    ### END SOLUTION


def transpose(x: torch.Tensor) -> torch.Tensor:
    """Rows as columns. x: [A, B]. Returns: a view, [B, A]."""
    ### BEGIN SOLUTION
    return x.T
    ### END SOLUTION


def swap(x: torch.Tensor, i: int, j: int) -> torch.Tensor:
    """Axes i and j change places, the others stay. x: any number of axes; −1 is the last. Returns: a view."""
    ### BEGIN SOLUTION
    return x.transpose(i, j)
    ### END SOLUTION


def channels_last(x: torch.Tensor) -> torch.Tensor:
    """A batch of images with the channels behind. x: [N, C, H, W]. Returns: a view, [N, H, W, C]."""
    ### BEGIN SOLUTION
    return x.permute(0, 2, 3, 1)
    ### END SOLUTION


def get(x: torch.Tensor, i: int, j: int) -> torch.Tensor:
    """The entry in row i and column j. x: [A, B]. Returns: 0-d, a view or a copy."""
    ### BEGIN SOLUTION
    return x[i, j]
    ### END SOLUTION


def put(x: torch.Tensor, i: int, j: int, v: float) -> torch.Tensor:
    """v, written into row i and column j of x. x: [A, B], perhaps a view of a larger tensor. Returns: x itself."""
    ### BEGIN SOLUTION
    x[i, j] = v
    return x
    ### END SOLUTION


def column(x: torch.Tensor, j: int) -> torch.Tensor:
    """Column j. x: [A, B]. Returns: a view, [A]."""
    ### BEGIN SOLUTION
    return x[:, j]
    ### END SOLUTION


def row_max(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The largest entry of each row, and the column in which it stands; of several equal ones, the first.

    x: [A, B], B > 0. Returns: [A] of x's dtype and [A] of int64.
    """
    ### BEGIN SOLUTION
    largest, where = x.max(dim=1)
    return largest, where
    ### END SOLUTION


def residual(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """pred − y, sample by sample. pred: [N, 1]. y: [N]. Returns: [N]."""
    ### BEGIN SOLUTION
    return pred.squeeze(1) - y
    ### END SOLUTION


def add_row(x: torch.Tensor, r: torch.Tensor) -> torch.Tensor:
    """The row r added to every row of x. x: [N, D]. r: [D]. Returns: [N, D]."""
    ### BEGIN SOLUTION
    return x + r
    ### END SOLUTION


def add_column(x: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
    """The column c added to every column of x. x: [N, D]. c: [N]. Returns: [N, D]."""
    ### BEGIN SOLUTION
    return x + c[:, None]
    ### END SOLUTION
