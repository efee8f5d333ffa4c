# grade course: deep-learning-by-exercise
"""The sigmoid, tanh, their derivatives, and the bridge between the two functions.

Every function takes a floating tensor of any shape and returns a new tensor of the same shape and dtype.

sigmoid、tanh 和它们的导数，以及这两个函数之间的联系。

每个函数都接收任意形状的浮点张量，返回形状和 dtype 都相同的新张量。
"""

from __future__ import annotations

import torch


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """The sigmoid 1/(1 + e⁻ˣ) of each element.

    x: floats of any shape. Returns: the same shape, between 0 and 1; exactly 0 at -1000 and 1 at 1000.

    逐元素计算 sigmoid：1/(1 + e⁻ˣ)。

    x：任意形状的浮点张量。返回：形状不变，取值在 0 到 1 之间；在 -1000 处恰好是 0，在 1000 处恰好是 1。
    """
    raise NotImplementedError("sigmoid")


def tanh(x: torch.Tensor) -> torch.Tensor:
    """The hyperbolic tangent (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ) of each element.

    x: floats of any shape. Returns: the same shape, between -1 and 1; exactly -1 at -1000 and 1 at 1000.

    逐元素计算双曲正切：(eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)。

    x：任意形状的浮点张量。返回：形状不变，取值在 -1 到 1 之间；在 -1000 处恰好是 -1，在 1000 处恰好是 1。
    """
    raise NotImplementedError("tanh")


def sigmoid_grad(x: torch.Tensor) -> torch.Tensor:
    """The sigmoid's derivative at each element of x, which is the input, not the sigmoid's value.

    x: floats of any shape. Returns: the same shape; exactly 0 at ±1000.

    sigmoid 在 x 每个元素处的导数。x 是输入，不是 sigmoid 的函数值。

    x：任意形状的浮点张量。返回：形状不变；在 ±1000 处恰好是 0。
    """
    raise NotImplementedError("sigmoid_grad")


def tanh_grad(x: torch.Tensor) -> torch.Tensor:
    """The derivative of tanh at each element of x, which is the input, not the value of tanh.

    x: floats of any shape. Returns: the same shape; exactly 0 at ±1000.

    tanh 在 x 每个元素处的导数。x 是输入，不是 tanh 的函数值。

    x：任意形状的浮点张量。返回：形状不变；在 ±1000 处恰好是 0。
    """
    raise NotImplementedError("tanh_grad")


def tanh_from_sigmoid(x: torch.Tensor) -> torch.Tensor:
    """The hyperbolic tangent of each element, made from this file's `sigmoid`, called by that name.

    x: floats of any shape. Returns: the same shape; exactly -1 at -1000 and 1 at 1000.

    调用本文件里的 `sigmoid`（就用这个名字）来计算双曲正切，逐元素进行。

    x：任意形状的浮点张量。返回：形状不变；在 -1000 处恰好是 -1，在 1000 处恰好是 1。
    """
    raise NotImplementedError("tanh_from_sigmoid")
