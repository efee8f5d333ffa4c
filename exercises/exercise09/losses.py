# grade course: deep-learning-by-exercise
"""Losses and softmax, with their gradients: the mean squared error, two binary cross-entropies, the cross-entropy.

All tensors are floating, float32 or float64, but the class labels, which are int64. Every function returns a new tensor
of its inputs' dtype. A loss is a mean, and its gradient is that with respect to the first argument.

几种损失和 softmax，以及它们的梯度：均方误差、两种二元交叉熵、交叉熵。

除类别标签是 int64 外，所有张量都是浮点张量（float32 或 float64）。每个函数都返回新张量，dtype 与输入相同。损失都是平均值，梯度都是对第一个参数求的。
"""

from __future__ import annotations

import torch


def mse(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean, over all elements, of the squared differences.

    pred, y: floats of any shape, but both of the same; else ValueError. Returns: [].

    所有元素之差的平方的平均。

    pred、y：任意形状的浮点张量，但两者形状必须相同，否则抛出 ValueError。返回：[]。
    """
    raise NotImplementedError("mse")


def mse_grad(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of mse(pred, y) with respect to pred.

    pred, y: floats of any shape, but both of the same; else ValueError. Returns: the shape of pred.

    mse(pred, y) 对 pred 的梯度。

    pred、y：任意形状的浮点张量，但两者形状必须相同，否则抛出 ValueError。返回：形状与 pred 相同。
    """
    raise NotImplementedError("mse_grad")


def binary_cross_entropy(p: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of −[y·log p + (1−y)·log(1−p)], each of the two logarithms not below −100.

    p: [N], probabilities, 0 and 1 included. y: [N], from 0 to 1. Returns: [].

    −[y·log p + (1−y)·log(1−p)] 的平均，其中两个对数都不低于 −100。

    p：[N]，概率，可以是 0 和 1。y：[N]，在 0 到 1 之间。返回：[]。
    """
    raise NotImplementedError("binary_cross_entropy")


def binary_cross_entropy_grad(p: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of binary_cross_entropy(p, y) with respect to p.

    p: [N], from 0.01 to 0.99. y: [N], from 0 to 1. Returns: [N].

    binary_cross_entropy(p, y) 对 p 的梯度。

    p：[N]，在 0.01 到 0.99 之间。y：[N]，在 0 到 1 之间。返回：[N]。
    """
    raise NotImplementedError("binary_cross_entropy_grad")


def binary_cross_entropy_with_logits(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of −[y·log σ(z) + (1−y)·log(1−σ(z))], right for any logit and without a bound on the logarithms.

    z: [N], logits. y: [N], from 0 to 1. Returns: [].

    −[y·log σ(z) + (1−y)·log(1−σ(z))] 的平均；不管 z 多大都正确，对数没有下限。

    z：[N]，logits（未规范化的预测）。y：[N]，在 0 到 1 之间。返回：[]。
    """
    raise NotImplementedError("binary_cross_entropy_with_logits")


def binary_cross_entropy_with_logits_grad(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of binary_cross_entropy_with_logits(z, y) with respect to z.

    z: [N], logits. y: [N], from 0 to 1. Returns: [N].

    binary_cross_entropy_with_logits(z, y) 对 z 的梯度。

    z：[N]，logits。y：[N]，在 0 到 1 之间。返回：[N]。
    """
    raise NotImplementedError("binary_cross_entropy_with_logits_grad")


def softmax(z: torch.Tensor) -> torch.Tensor:
    """The softmax along the last axis: eᶻ over its sum.

    z: [*, C], logits. Returns: [*, C]; each row, all along the last axis, adds up to 1.

    沿最后一个轴的 softmax：eᶻ 除以它们的和。

    z：[*, C]，logits。返回：[*, C]；沿最后一个轴，每一行的和都是 1。
    """
    raise NotImplementedError("softmax")


def log_softmax(z: torch.Tensor) -> torch.Tensor:
    """The logarithm of the softmax along the last axis, finite also where the softmax underflows to 0.

    z: [*, C], logits. Returns: [*, C].

    沿最后一个轴的 softmax 的对数；即使 softmax 下溢成 0，结果也是有限的。

    z：[*, C]，logits。返回：[*, C]。
    """
    raise NotImplementedError("log_softmax")


def softmax_vjp(z: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The vector-Jacobian product of softmax at z, row by row.

    z: [*, C], logits. v: [*, C], the upstream gradient. Returns: [*, C], for each j the sum over i of vᵢ·∂softmaxᵢ/∂zⱼ.

    softmax 在 z 处的向量-雅可比积，逐行计算。

    z：[*, C]，logits。v：[*, C]，上游梯度。返回：[*, C]，第 j 个元素是 vᵢ·∂softmaxᵢ/∂zⱼ 对 i 的和。
    """
    raise NotImplementedError("softmax_vjp")


def log_softmax_vjp(z: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The vector-Jacobian product of log_softmax at z, row by row.

    z: [*, C], logits. v: [*, C], the upstream gradient. Returns: [*, C].

    log_softmax 在 z 处的向量-雅可比积，逐行计算。

    z：[*, C]，logits。v：[*, C]，上游梯度。返回：[*, C]。
    """
    raise NotImplementedError("log_softmax_vjp")


def cross_entropy(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean, over the N rows, of −log of the probability that softmax gives to the right class.

    z: [N, C], logits. y: [N], int64, 0 … C−1. Returns: [].

    softmax 给正确类别的概率取 −log，再对 N 行求平均。

    z：[N, C]，logits。y：[N]，int64，取值 0 … C−1。返回：[]。
    """
    raise NotImplementedError("cross_entropy")


def cross_entropy_grad(z: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The gradient of cross_entropy(z, y) with respect to z.

    z: [N, C], logits. y: [N], int64, 0 … C−1. Returns: [N, C].

    cross_entropy(z, y) 对 z 的梯度。

    z：[N, C]，logits。y：[N]，int64，取值 0 … C−1。返回：[N, C]。
    """
    raise NotImplementedError("cross_entropy_grad")
