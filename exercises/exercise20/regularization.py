# grade course: deep-learning-by-exercise
"""Against over-fitting: dropout, a fair split of the data, standardized inputs, early stopping, a penalty on weights.

Results are new tensors of the inputs' dtype and device; no function changes its arguments, apart from the generator
`gen`, which moves on with every draw.

对付过拟合的工具：暂退法（dropout）、划分数据、标准化输入、早停、对权重的惩罚。

结果都是新张量，dtype 和设备与输入相同。所有函数都不改动参数；只有生成器 gen 例外，每抽一次，它的状态都会改变。
"""

from __future__ import annotations

import math

import torch


def dropout(x: torch.Tensor, p: float, training: bool, gen: torch.Generator) -> torch.Tensor:
    """Inverted dropout: in training each entry becomes 0 with probability p, else x/(1−p); otherwise all stay.

    x: floats of any shape, on the CPU like `gen`. p: from 0 to 1; with p = 1 all entries become 0.
    Returns: the same shape and dtype; autograd goes through the entries that are kept.

    训练时，每个元素以概率 p 变成 0，否则变成 x/(1−p)；不在训练时，所有元素不变。

    x：任意形状的浮点张量，和 gen 一样在 CPU 上。p：从 0 到 1；p = 1 时所有元素都变成 0。
    返回：形状和 dtype 不变；可以经过保留的元素反向传播。
    """
    raise NotImplementedError("dropout")


def split(n: int, n_val: int, n_test: int, gen: torch.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The row numbers 0 … n−1 in random order, drawn from `gen` and cut in three: training, validation, test.

    n_val, n_test: sizes of the last two, 0 or more, together at most n; all other rows are for training.
    Returns: three int64 tensors, in which every row number occurs once.

    把行号 0 … n−1 随机打乱（从 gen 里抽取），切成三份：训练、验证、测试。

    n_val、n_test：后两份的大小，可以是 0，加起来不超过 n；其余的行都用来训练。
    返回：三个 int64 张量，每个行号出现一次。
    """
    raise NotImplementedError("split")


def standardize(train: torch.Tensor, other: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(x − mean)/std of both, column by column, with the mean and the standard deviation of `train` alone.

    train [N, D], N ≥ 1; other [M, D]. The squares' mean divides by N; a standard deviation of 0 counts as 1.
    Returns: [N, D] and [M, D].

    两个张量都逐列变成 (x − 均值)/标准差，均值和标准差只取自 train。

    train [N, D]，N ≥ 1；other [M, D]。平方的平均除以 N；标准差是 0 时按 1 算。
    返回：[N, D] 和 [M, D]。
    """
    raise NotImplementedError("standardize")


def early_stopping(val: list[float], patience: int, min_delta: float) -> tuple[int, int]:
    """Which epoch's parameters to keep, and after which epoch training ends. Epochs count from 0.

    val: the validation loss of each epoch, at least one; nan is possible. An epoch is better if its loss is below that
    of the best so far minus min_delta (≥ 0); the first loss that is a number is better, nan never is.
    Returns: the last better epoch (0 if there is none), and the epoch at which `patience` (≥ 1) epochs in a row were
    not better, else the last one.

    该保留哪一轮的参数，训练在哪一轮之后结束。轮数从 0 数起。

    val：每轮的验证损失，至少一轮；可能是 nan。损失小于此前最好的损失减去 min_delta（≥ 0）的轮算更好；第一个不是 nan 的损失算更好，nan 永远不算。
    返回：最后一个更好的轮（一个也没有时是 0）；以及第一次连续 patience（≥ 1）轮没有更好时，其中的最后一轮；没有这种情况时，是列表的最后一轮。
    """
    raise NotImplementedError("early_stopping")


def l2_penalty(params: list[torch.Tensor], lam: float) -> torch.Tensor:
    """lam/2 times the sum of all squared entries of the weights: of the tensors that have two axes or more.

    params: one tensor or more; those with fewer axes (biases) are left out. Returns: 0-d; autograd goes through it.

    lam/2 乘以权重所有元素的平方和；权重是有两个或更多轴的张量。

    params：一个或多个张量；轴更少的（偏置）不计入。返回：0 维张量，可以对它自动求导。
    """
    raise NotImplementedError("l2_penalty")
