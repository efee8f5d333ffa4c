# grade course: deep-learning-by-exercise
"""Tensors changed in place, and tensors on the device where they belong.

[*] is any shape. PyTorch's own habit: a function whose name ends in _ writes into its first argument.

原地修改张量，以及把张量放到该在的设备上。

[*] 表示任意形状。PyTorch 自己的习惯是：名字以 _ 结尾的函数，会原地修改它的第一个参数。
"""

from __future__ import annotations

from typing import Any

import torch


def add(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """x + y. x: [*]. y: [*], the same shape and dtype. Returns: a new tensor, [*]; x and y stay as they are.

    x + y。x：[*]。y：[*]，形状和 dtype 与 x 相同。返回：新张量，[*]；x 和 y 保持原样。
    """
    raise NotImplementedError("add")


def affine(x: torch.Tensor, a: float, c: float) -> torch.Tensor:
    """a·x + c. x: [*]. a, c: Python numbers. Returns: a new tensor, [*], of x's dtype; x stays as it is.

    a·x + c。x：[*]。a、c：Python 的数。返回：新张量，[*]，dtype 与 x 相同；x 保持原样。
    """
    raise NotImplementedError("affine")


def add_(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """x + y, written into x. x: [*], perhaps a view of a larger tensor. y: [*]. Returns: x itself.

    算出 x + y，写进 x。x：[*]，可能是更大张量的视图。y：[*]。返回：x 本身。
    """
    raise NotImplementedError("add_")


def affine_(x: torch.Tensor, a: float, c: float) -> torch.Tensor:
    """a·x + c, written into x. x: [*], perhaps a view of a larger tensor. a, c: Python numbers. Returns: x itself.

    算出 a·x + c，写进 x。x：[*]，可能是更大张量的视图。a、c：Python 的数。返回：x 本身。
    """
    raise NotImplementedError("affine_")


def pick_device(name: str = "auto") -> torch.device:
    """The device to compute on.

    name: "auto", or a device's name such as "cpu" or "cuda:1", which is taken as it is. "auto": cuda where
    torch.cuda.is_available() says so, else mps where torch.backends.mps.is_available() does, else cpu.

    选定用来计算的设备。

    name："auto"，或者一个设备名，如 "cpu"、"cuda:1"，设备名照原样采用。"auto" 表示：torch.cuda.is_available() 为真就用 cuda；
    否则 torch.backends.mps.is_available() 为真就用 mps；否则用 cpu。
    """
    raise NotImplementedError("pick_device")


def to_device(batch: Any, device: torch.device) -> Any:
    """The batch with every tensor in it on `device`.

    batch: a tensor, or a dict, list or tuple of batches; anything else counts as a batch without tensors.
    Returns: the same nesting in new containers; what is no tensor is kept as it is. `batch` stays as it is.

    把 batch 里的每个张量都放到 `device` 上。

    batch：一个张量，或者由 batch 组成的字典、列表、元组；除此之外的任何东西，都算不含张量的 batch。
    返回：嵌套结构不变，容器是新的；不是张量的内容原样保留。`batch` 保持原样。
    """
    raise NotImplementedError("to_device")


def run_on(module: torch.nn.Module, x: torch.Tensor, device: torch.device) -> torch.Tensor:
    """module(x), computed on `device`, whatever device each of them comes from.

    Returns: the output, on `device`, from which gradients can go back. The module itself is on `device` afterwards;
    x stays where it is.

    在 `device` 上计算 module(x)，不论它们原来在哪个设备上。

    返回：输出，在 `device` 上，可以从它做反向传播。之后模块本身就在 `device` 上；x 留在原处。
    """
    raise NotImplementedError("run_on")


def append_ones(x: torch.Tensor) -> torch.Tensor:
    """x with a column of ones at its right. x: [N, D]. Returns: a new tensor, [N, D+1], of x's dtype and device.

    在 x 的右边接上一列 1。x：[N, D]。返回：新张量，[N, D+1]，dtype 和设备与 x 相同。
    """
    raise NotImplementedError("append_ones")


def one_hot(y: torch.Tensor, C: int) -> torch.Tensor:
    """A row for each label: 1 in the label's column, 0 elsewhere.

    y: [N], int64, 0 … C−1. Returns: [N, C], float32, on y's device.

    每个标签变成一行：标签对应的列是 1，其余是 0。

    y：[N]，int64，取值 0 … C−1。返回：[N, C]，float32，与 y 在同一设备上。
    """
    raise NotImplementedError("one_hot")
