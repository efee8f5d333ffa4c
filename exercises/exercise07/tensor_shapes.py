# grade course: deep-learning-by-exercise
"""The shape of a tensor, other views of the same numbers, single entries, and shapes that meet in one operation.

A view has another shape and the same memory: what is written into it stands in x, and the other way round. Axes, rows
and columns are counted from 0. Results that are no views are new tensors of x's dtype, on x's device.

张量的形状、同一组数的不同视图、单个元素，以及不同形状的张量怎样一起运算。

视图换了形状，用的仍是同一块内存：往视图里写，x 跟着变；往 x 里写，视图跟着变。轴、行、列都从 0 数起。
不是视图的结果都是新张量，dtype 和设备与 x 相同。
"""

from __future__ import annotations

import torch


def describe(x: torch.Tensor) -> tuple[tuple[int, ...], int, int]:
    """How x is built. x: any shape. Returns: its shape as a tuple, the number of its axes, that of its elements.

    x 的构造。x：任意形状。返回：形状（元组）、轴的个数、元素的个数。
    """
    raise NotImplementedError("describe")


def as_view(x: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """x's numbers, in the same order, in another shape: a view of x.

    shape: one size may be −1, which stands for what is left. Raises RuntimeError where no view of x has this shape:
    its memory can't be walked through so, or the number of elements is another.

    x 里的数按原来的次序，换一种形状：x 的视图。

    shape：其中可以有一个 −1，由其余的大小推算出来。如果 x 没有这种形状的视图，就抛出 RuntimeError：
    可能是按它的内存布局做不到，也可能是元素的个数不对。
    """
    raise NotImplementedError("as_view")


def as_shape(x: torch.Tensor, shape: tuple[int, ...]) -> torch.Tensor:
    """x's numbers, in the same order, in another shape: a view of x where there is one, else a copy.

    shape: as many elements as x has; one size may be −1, which stands for what is left.

    x 里的数按原来的次序，换一种形状：有视图就返回 x 的视图，没有就返回副本。

    shape：元素个数与 x 相同；其中可以有一个 −1，由其余的大小推算出来。
    """
    raise NotImplementedError("as_shape")


def transpose(x: torch.Tensor) -> torch.Tensor:
    """Rows as columns. x: [A, B]. Returns: a view, [B, A].

    行变成列。x：[A, B]。返回：视图，[B, A]。
    """
    raise NotImplementedError("transpose")


def swap(x: torch.Tensor, i: int, j: int) -> torch.Tensor:
    """Axes i and j change places, the others stay. x: any number of axes; −1 is the last. Returns: a view.

    第 i 轴与第 j 轴交换位置，其余的轴不动。x：任意多个轴；−1 表示最后一个轴。返回：视图。
    """
    raise NotImplementedError("swap")


def channels_last(x: torch.Tensor) -> torch.Tensor:
    """A batch of images with the channels behind. x: [N, C, H, W]. Returns: a view, [N, H, W, C].

    把一批图像的通道放到最后。x：[N, C, H, W]。返回：视图，[N, H, W, C]。
    """
    raise NotImplementedError("channels_last")


def get(x: torch.Tensor, i: int, j: int) -> torch.Tensor:
    """The entry in row i and column j. x: [A, B]. Returns: 0-d, a view or a copy.

    第 i 行第 j 列的元素。x：[A, B]。返回：0 维张量，视图、副本都可以。
    """
    raise NotImplementedError("get")


def put(x: torch.Tensor, i: int, j: int, v: float) -> torch.Tensor:
    """v, written into row i and column j of x. x: [A, B], perhaps a view of a larger tensor. Returns: x itself.

    把 v 写到 x 的第 i 行第 j 列。x：[A, B]，可能是更大张量的视图。返回：x 本身。
    """
    raise NotImplementedError("put")


def column(x: torch.Tensor, j: int) -> torch.Tensor:
    """Column j. x: [A, B]. Returns: a view, [A].

    第 j 列。x：[A, B]。返回：视图，[A]。
    """
    raise NotImplementedError("column")


def row_max(x: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The largest entry of each row, and the column in which it stands; of several equal ones, the first.

    x: [A, B], B > 0. Returns: [A] of x's dtype and [A] of int64.

    每一行的最大元素，以及它所在的列；有几个相等时，取第一个。

    x：[A, B]，B > 0。返回：[A]，dtype 与 x 相同；以及 [A]，int64。
    """
    raise NotImplementedError("row_max")


def residual(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """pred − y, sample by sample. pred: [N, 1]. y: [N]. Returns: [N].

    逐个样本计算 pred − y。pred：[N, 1]。y：[N]。返回：[N]。
    """
    raise NotImplementedError("residual")


def add_row(x: torch.Tensor, r: torch.Tensor) -> torch.Tensor:
    """The row r added to every row of x. x: [N, D]. r: [D]. Returns: [N, D].

    把一行数 r 加到 x 的每一行上。x：[N, D]。r：[D]。返回：[N, D]。
    """
    raise NotImplementedError("add_row")


def add_column(x: torch.Tensor, c: torch.Tensor) -> torch.Tensor:
    """The column c added to every column of x. x: [N, D]. c: [N]. Returns: [N, D].

    把一列数 c 加到 x 的每一列上。x：[N, D]。c：[N]。返回：[N, D]。
    """
    raise NotImplementedError("add_column")
