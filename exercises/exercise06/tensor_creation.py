# grade course: deep-learning-by-exercise
"""Where tensors come from (lists, NumPy arrays, constants, chance) and how their numbers get out again.

Floats are float32 and whole numbers int64 unless a function says otherwise. No function changes its arguments,
apart from the generator `gen`, which moves on with every draw.

张量从哪里来（列表、NumPy 数组、常数、随机数），里面的数又怎么取出来。

没有另外说明时，浮点数是 float32，整数是 int64。所有函数都不改动参数；只有生成器 gen 例外，每抽一次，它的状态都会改变。
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch


def from_list(data: Any) -> torch.Tensor:
    """The tensor of a number or of a (nested) list of numbers.

    Returns: bool for truth values, int64 for whole numbers, float32 as soon as one float is among them.

    由一个数，或由数组成的（嵌套）列表创建张量。

    返回：全是布尔值时是 bool，全是整数时是 int64，只要有一个浮点数就是 float32。
    """
    raise NotImplementedError("from_list")


def from_numpy_shared(a: np.ndarray) -> torch.Tensor:
    """A tensor in the memory of `a`: whoever writes to one of them changes both.

    a: any numeric dtype, any shape, also a transposed or strided view. Returns: the same dtype and shape.

    与数组 a 共用内存的张量：写入其中一个，另一个也跟着变。

    a：任意数值 dtype，任意形状，也可能是转置或带步幅的视图。返回：dtype 和形状都不变。
    """
    raise NotImplementedError("from_numpy_shared")


def from_numpy_copied(a: np.ndarray) -> torch.Tensor:
    """A tensor with the numbers of `a` in memory of its own.

    a: any numeric dtype, any shape, also a transposed or strided view. Returns: the same dtype and shape.

    数值与数组 a 相同、但内存独立的张量。

    a：任意数值 dtype，任意形状，也可能是转置或带步幅的视图。返回：dtype 和形状都不变。
    """
    raise NotImplementedError("from_numpy_copied")


def filled(kind: str, shape: tuple[int, ...], dtype: torch.dtype) -> torch.Tensor:
    """A new tensor of this shape and dtype. kind: "zeros", "ones" or "empty"; in "empty" any numbers may stand.

    按给定的形状和 dtype 新建张量。kind 是 "zeros"、"ones" 或 "empty"；"empty" 里可以是任意的数。
    """
    raise NotImplementedError("filled")


def convert(x: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """The numbers of `x` in another dtype, in memory of their own, also where `x` has this dtype already.

    Floats become whole numbers by cutting off what is behind the point; as bool, all but 0 is True.

    把 x 的数值转换成另一种 dtype，放在独立的内存里；x 本来就是这种 dtype 时也一样。

    浮点数转换成整数时截掉小数部分；转换成 bool 时，除 0 以外都是 True。
    """
    raise NotImplementedError("convert")


def uniform(shape: tuple[int, ...], low: float, high: float, gen: torch.Generator) -> torch.Tensor:
    """Random numbers, evenly spread over [low, high), all drawn from `gen`. Returns: float32.

    [low, high) 上均匀分布的随机数，全部从 gen 里抽取。返回：float32。
    """
    raise NotImplementedError("uniform")


def normal(shape: tuple[int, ...], mean: float, std: float, gen: torch.Generator) -> torch.Tensor:
    """Normally distributed random numbers, all drawn from `gen`. std: the standard deviation. Returns: float32.

    服从正态分布的随机数，全部从 gen 里抽取。std 是标准差。返回：float32。
    """
    raise NotImplementedError("normal")


def integers(shape: tuple[int, ...], low: int, high: int, gen: torch.Generator) -> torch.Tensor:
    """Random whole numbers, low … high−1, each as likely as the others, all drawn from `gen`. Returns: int64.

    从 low 到 high−1 的随机整数，每个整数的概率相等，全部从 gen 里抽取。返回：int64。
    """
    raise NotImplementedError("integers")


def mean_of_integers(x: torch.Tensor) -> torch.Tensor:
    """The mean of all elements. x: int64, any shape, not empty. Returns: float32, 0-d.

    所有元素的均值。x：int64，任意形状，不为空。返回：float32，0 维张量。
    """
    raise NotImplementedError("mean_of_integers")


def divide(a: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Both kinds of division. a, b: int64 of one shape, no 0 in b.

    Returns: a/b as float32, and ⌊a/b⌋, rounded down exactly, as int64.

    两种除法。a、b：形状相同的 int64 张量，b 里没有 0。

    返回：a/b，float32；以及 ⌊a/b⌋，int64，向下取整且没有误差。
    """
    raise NotImplementedError("divide")


def item(x: torch.Tensor) -> bool | int | float:
    """The only element of `x` as a Python number: int, float or bool, as its dtype says.

    x: one element, any number of axes; may be part of a graph.

    把 x 唯一的元素取出来，变成 Python 数：int、float 还是 bool，由 dtype 决定。

    x：只有一个元素，轴的个数不限；可能在计算图里。
    """
    raise NotImplementedError("item")


def to_numpy(x: torch.Tensor) -> np.ndarray:
    """The numbers of `x` as a NumPy array with memory of its own. Same shape and dtype.

    x: any shape; may be part of a graph, or on another device than the CPU.

    把 x 的数值变成 NumPy 数组，内存独立。形状和 dtype 不变。

    x：任意形状；可能在计算图里，也可能不在 CPU 上。
    """
    raise NotImplementedError("to_numpy")
