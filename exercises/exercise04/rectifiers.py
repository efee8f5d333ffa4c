# grade course: deep-learning-by-exercise
"""Rectifiers, their derivatives, and what a stack of activations does to a gradient.

x is a floating tensor of any shape, slope and alpha are Python numbers. Every function returns a new tensor of the
shape and dtype of x.

各种整流函数、它们的导数，以及一层层激活函数叠起来之后梯度会变成什么样。

x 是任意形状的浮点张量，slope 和 alpha 是 Python 数。每个函数都返回新张量，形状和 dtype 与 x 相同。
"""

from __future__ import annotations

from collections.abc import Callable

import torch

Elementwise = Callable[[torch.Tensor], torch.Tensor]


def relu(x: torch.Tensor) -> torch.Tensor:
    """x where x > 0, else 0.

    x: floats of any shape. Returns: the same shape. Autograd goes through it.

    x > 0 处取 x，其余取 0。

    x：任意形状的浮点张量。返回：形状不变。要能对它自动求导。
    """
    raise NotImplementedError("relu")


def relu_grad(x: torch.Tensor) -> torch.Tensor:
    """The derivative of relu at each element of x, which is the input; 0 at 0.

    x: floats of any shape. Returns: the same shape and dtype, not bool.

    relu 在 x 每个元素处的导数。x 是输入；0 处的导数取 0。

    x：任意形状的浮点张量。返回：形状和 dtype 不变，不是布尔张量。
    """
    raise NotImplementedError("relu_grad")


def leaky_relu(x: torch.Tensor, slope: float) -> torch.Tensor:
    """x where x > 0, else slope·x.

    x: floats of any shape. slope: any number, also above 1 or negative. Returns: the same shape. Autograd goes
    through it.

    x > 0 处取 x，其余取 slope·x。

    x：任意形状的浮点张量。slope：任意数，可以大于 1，也可以是负数。返回：形状不变。要能对它自动求导。
    """
    raise NotImplementedError("leaky_relu")


def leaky_relu_grad(x: torch.Tensor, slope: float) -> torch.Tensor:
    """The derivative of leaky_relu at each element of x, which is the input; slope at 0.

    x: floats of any shape. slope: any number. Returns: the same shape and dtype.

    leaky_relu 在 x 每个元素处的导数。x 是输入；0 处的导数取 slope。

    x：任意形状的浮点张量。slope：任意数。返回：形状和 dtype 不变。
    """
    raise NotImplementedError("leaky_relu_grad")


def elu(x: torch.Tensor, alpha: float) -> torch.Tensor:
    """x where x > 0, else alpha·(eˣ − 1).

    x: floats of any shape. alpha: a positive number. Returns: the same shape. Autograd goes through it and gives a
    finite gradient even at x = 1000.

    x > 0 处取 x，其余取 alpha·(eˣ − 1)。

    x：任意形状的浮点张量。alpha：正数。返回：形状不变。要能对它自动求导，在 x = 1000 处梯度也要有限。
    """
    raise NotImplementedError("elu")


def elu_grad(x: torch.Tensor, alpha: float) -> torch.Tensor:
    """The derivative of elu at each element of x, which is the input; alpha at 0.

    x: floats of any shape. alpha: a positive number. Returns: the same shape and dtype; exactly 1 at 1000.

    elu 在 x 每个元素处的导数。x 是输入；0 处的导数取 alpha。

    x：任意形状的浮点张量。alpha：正数。返回：形状和 dtype 不变；在 1000 处恰好是 1。
    """
    raise NotImplementedError("elu_grad")


def gradient_through_depth(f: Elementwise, f_grad: Elementwise, depth: int, x: torch.Tensor) -> torch.Tensor:
    """The derivative, at each element of x, of f applied `depth` times: the product of the derivatives on the way.

    f, f_grad: any elementwise function and its derivative; both map a tensor to one of the same shape. depth: 0 or
    more. x: floats of any shape. Returns: f_grad(h₀)·f_grad(h₁)·…, `depth` factors, where h₀ = x and hₖ₊₁ = f(hₖ);
    the same shape and dtype as x; ones where depth is 0.

    把 f 连续作用 depth 次，求结果在 x 每个元素处的导数，也就是沿途各处导数的乘积。

    f、f_grad：任意一个逐元素的函数和它的导数，都把张量变成形状相同的张量。depth：大于等于 0。x：任意形状的浮点张量。
    返回：f_grad(h₀)·f_grad(h₁)·…，共 depth 个因子，其中 h₀ = x，hₖ₊₁ = f(hₖ)；形状和 dtype 与 x 相同；depth 为 0 时全是 1。
    """
    raise NotImplementedError("gradient_through_depth")
