# grade course: deep-learning-by-exercise
"""Softmax regression: logits, predictions, descent, and classes that belong to groups.

N samples, D inputs, C classes, G groups. Labels and parents are int64, all other tensors floating, float32 or float64.
Every function returns new tensors of its inputs' dtype and leaves its inputs as they are.

softmax 回归：logits、预测、梯度下降，以及分了组的类别。

N 个样本，D 个输入，C 个类别，G 个组。标签和 parent 是 int64，其他张量都是浮点张量（float32 或 float64）。每个函数都返回新张量，dtype 与输入相同，也不改动输入。
"""

from __future__ import annotations

import torch


def logits(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """One number per sample and class: X Wᵀ + b.

    X: [N, D]. W: [C, D]. b: [C]. Returns: [N, C].

    每个样本对每个类别的一个数：X Wᵀ + b。

    X：[N, D]。W：[C, D]。b：[C]。返回：[N, C]。
    """
    raise NotImplementedError("logits")


def predict(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The class with the largest logit, the lowest one of several.

    X: [N, D]. W: [C, D]. b: [C]. Returns: [N], int64, 0 … C−1.

    logit 最大的类别；有几个一样大时，取编号最小的。

    X：[N, D]。W：[C, D]。b：[C]。返回：[N]，int64，取值 0 … C−1。
    """
    raise NotImplementedError("predict")


def log_sum_exp(z: torch.Tensor) -> torch.Tensor:
    """The logarithm of the sum of eᶻ along the last axis, right for large logits, too; autograd goes through it.

    z: [*, C], finite. Returns: [*].

    沿最后一个轴，eᶻ 之和的对数；logits 很大时也正确，并且能自动求导。

    z：[*, C]，有限。返回：[*]。
    """
    raise NotImplementedError("log_sum_exp")


def fit(X: torch.Tensor, y: torch.Tensor, C: int, lr: float, steps: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Gradient descent on the mean cross-entropy: so many steps with all samples, from zeros.

    X: [N, D]. y: [N], int64, 0 … C−1. lr: the learning rate. Returns: (W, b), [C, D] and [C], without history.

    对平均交叉熵做梯度下降：从零出发，用全部样本走这么多步。

    X：[N, D]。y：[N]，int64，取值 0 … C−1。lr：学习率。返回：(W, b)，形状 [C, D] 和 [C]，不带计算历史。
    """
    raise NotImplementedError("fit")


def hierarchical_log_prob(zg: torch.Tensor, zf: torch.Tensor, parent: torch.Tensor) -> torch.Tensor:
    """log P(class) = log P(its group) + log P(class, given its group), for every class.

    zg: [N, G], logits of the groups. zf: [N, C], logits of the classes; the softmax is among the classes of one group.
    parent: [C], int64, each class's group; every group has a class. Returns: [N, C].

    每个类别的 log P(类别) = log P(它的组) + log P(类别，已知它的组)。

    zg：[N, G]，各组的 logits。zf：[N, C]，各类别的 logits；softmax 只在同一组的类别之间做。parent：[C]，int64，每个类别的组；每组至少有一个类别。返回：[N, C]。
    """
    raise NotImplementedError("hierarchical_log_prob")


def hierarchical_loss(zg: torch.Tensor, zf: torch.Tensor, parent: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of −log P(right class); autograd goes through it to zg and zf.

    zg: [N, G]. zf: [N, C]. parent: [C], int64. y: [N], int64, 0 … C−1. Returns: [].

    −log P(正确类别) 的平均；能对 zg 和 zf 自动求导。

    zg：[N, G]。zf：[N, C]。parent：[C]，int64。y：[N]，int64，取值 0 … C−1。返回：[]。
    """
    raise NotImplementedError("hierarchical_loss")
