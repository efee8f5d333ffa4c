# grade course: deep-learning-by-exercise
"""A network of two layers, its loss, and the loss's gradients, derived by hand and written in NumPy.

N samples, D inputs, H hidden units, C classes. `params` is a dict of float64 arrays: W1 [H, D], b1 [H], W2 [C, H],
b2 [C]. No function changes its arguments; what is in the cache is yours.

一个两层网络、它的损失，以及损失的梯度：公式靠手工推导，代码用 NumPy 写成。

N 个样本，D 个输入，H 个隐藏单元，C 个类别。`params` 是 float64 数组的字典：W1 [H, D]、b1 [H]、W2 [C, H]、b2 [C]。
所有函数都不改动传进来的数组；缓存里放什么，由你决定。
"""

from __future__ import annotations

from typing import Any

import numpy as np

Params = dict[str, np.ndarray]


def forward(params: Params, x: np.ndarray) -> tuple[np.ndarray, Any]:
    """The logits relu(x W1ᵀ + b1) W2ᵀ + b2, and what `backward` will need.

    x: [N, D]. Returns: the logits, [N, C], and a cache: any object of your choice, handed to `backward` as it is.

    计算 logits，即 relu(x W1ᵀ + b1) W2ᵀ + b2，并留下 `backward` 要用的东西。

    x：[N, D]。返回：logits，形状 [N, C]；以及一个缓存，可以是任何对象，会原样交给 `backward`。
    """
    raise NotImplementedError("forward")


def loss(logits: np.ndarray, y: np.ndarray) -> float:
    """The mean over the batch of −log softmax(logits) at the right class.

    logits: [N, C], also around ±1000. y: [N], int64, 0 … C−1. Returns: a number, always finite.

    对批量里的每个样本，取 softmax(logits) 在正确类别处的负对数，再求平均。

    logits：[N, C]，也可能在 ±1000 附近。y：[N]，int64，取值 0 … C−1。返回：一个数，始终有限。
    """
    raise NotImplementedError("loss")


def backward(params: Params, cache: Any, y: np.ndarray) -> Params:
    """The gradient of the loss with respect to every parameter.

    params: those that `forward` was given. cache: the one `forward` returned for these. y: [N], int64.
    Returns: a new dict with the keys and shapes of params. The slope of the ReLU at 0 counts as 0.

    损失对每个参数的梯度。

    params：与交给 `forward` 的相同。cache：`forward` 用这些参数算出的缓存。y：[N]，int64。
    返回：新的字典，键和形状都与 params 相同。ReLU 在 0 处的斜率按 0 计。
    """
    raise NotImplementedError("backward")
