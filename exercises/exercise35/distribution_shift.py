# grade course: deep-learning-by-exercise
"""Distribution shift: weights that carry training losses over to test data, and the test of two proportions (A/B test).

No function changes its inputs.

分布偏移：把训练数据上的损失折算到测试数据上的权重，以及两个比例的检验（A/B 测试）。

所有函数都不改动输入。
"""

from __future__ import annotations

import math

import torch


def importance_weights(z: torch.Tensor, n_train: int, n_test: int) -> torch.Tensor:
    """The density of the test data by that of the training data, p_test(x)/p_train(x), at N samples x.

    z: [N], floats: the logits, for these x, of a classifier that tells test data (1) from training data (0); N may be
    0. n_train, n_test: how many of both it has learned from. Returns: [N], with the dtype of z.

    N 个样本 x 处，测试数据的密度除以训练数据的密度，即 p_test(x)/p_train(x)。

    z：[N]，浮点数：区分测试数据（1）和训练数据（0）的分类器对这些 x 给出的 logits；N 可以是 0。n_train、n_test：分类器训练时用了多少训练数据和测试数据。返回：[N]，dtype 与 z 相同。
    """
    raise NotImplementedError("importance_weights")


def weighted_mean(loss: torch.Tensor, w: torch.Tensor, self_normalised: bool) -> torch.Tensor:
    """The mean loss on the test data, estimated from N training samples; differentiable in loss and w.

    loss: [N], floats, N at least 1. w: [N], floats of the same dtype, at least 0. self_normalised: whether the sum of
    w·loss is divided by the sum of w, which then is not 0, or else by N. Returns: [], with the dtype of loss.

    用 N 个训练样本估计测试数据上的平均损失；能对 loss 和 w 自动求导。

    loss：[N]，浮点数，N 至少是 1。w：[N]，dtype 相同的浮点数，不小于 0。self_normalised：w·loss 之和是除以 w 之和（这时它不为 0），还是除以 N。返回：[]，dtype 与 loss 相同。
    """
    raise NotImplementedError("weighted_mean")


def effective_sample_size(w: torch.Tensor) -> torch.Tensor:
    """How many samples of equal weight estimate as precisely as these: (Σw)²/Σw².

    w: [N], floats, at least 0 and not all 0. Returns: [], with the dtype of w, from 1 to N.

    相当于多少个权重相等的样本：(Σw)²/Σw²。

    w：[N]，浮点数，不小于 0，也不全为 0。返回：[]，dtype 与 w 相同，从 1 到 N。
    """
    raise NotImplementedError("effective_sample_size")


def two_proportion_test(k_a: int, n_a: int, k_b: int, n_b: int) -> tuple[float, float, float, float]:
    """Whether the proportions k_a/n_a and k_b/n_b differ by more than chance.

    n_a, n_b: numbers of trials, at least 1. k_a, k_b: the successes among them. Returns: (z, p, low, high), Python
    floats: the difference B − A by its pooled standard error, the two-sided p-value, and the 95% interval of B − A with
    the unpooled standard error. Where the pooled one is 0, z = 0 and p = 1.

    比例 k_a/n_a 与 k_b/n_b 是真有差别，还是只是偶然。

    n_a、n_b：试验次数，至少是 1。k_a、k_b：其中的成功次数。返回：(z, p, low, high)，Python 浮点数：差 B − A 除以合并标准误、双侧 p 值，以及用非合并标准误算出的 B − A 的 95% 置信区间。合并标准误是 0 时，z = 0，p = 1。
    """
    raise NotImplementedError("two_proportion_test")
