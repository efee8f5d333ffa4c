# grade course: deep-learning-by-exercise
"""Logistic regression: the probability of a click, learned from a log of what was shown and what was clicked.

N samples, D inputs, L labels. But for predicted labels and the numbers of adverts, all tensors are floating, float32 or
float64, and those of one call have the same dtype, which the results keep. No function changes its arguments.

逻辑回归：从展示和点击的记录里，学出点击的概率。

N 个样本，D 个输入，L 个标签。除编号和预测出的标签外，张量都是浮点张量（float32 或 float64）；同一次调用里它们的 dtype 相同，结果也是这个 dtype。所有函数都不改动参数。
"""

from __future__ import annotations

import torch


def features(rows: list[dict], categories: dict[str, list[str]], numeric: list[str]) -> torch.Tensor:
    """A table of numbers: for each category a one-hot block with a column for each of its values, then the numbers.

    rows: one dict per sample; other keys in it do not matter. categories: name → its values, in the columns' order; any
    other value, or none, gives zeros. numeric: names of numbers; one that is absent or None counts as 0.
    Returns: [N, F], float32.

    把数据变成一张数表：每个类别是一组独热列，一个取值一列；后面是数。

    rows：每个样本一个字典，其中别的键不用管。categories：名称 → 它的各个取值，次序就是列的次序；别的值或者没有值，整组都是 0。
    numeric：数的名称；不存在或是 None 的按 0 算。返回：[N, F]，float32。
    """
    raise NotImplementedError("features")


def predict_proba(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The probability of the label 1 for each sample: the sigmoid of Xw + b.

    X: [N, D]. w: [D]. b: []. Returns: [N].

    每个样本标签为 1 的概率：Xw + b 的 sigmoid。

    X：[N, D]。w：[D]。b：[]。返回：[N]。
    """
    raise NotImplementedError("predict_proba")


def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor, threshold: float) -> torch.Tensor:
    """The label of each sample: 1 where its probability is at least the threshold, else 0.

    X: [N, D]. w: [D]. b: []. threshold: between 0 and 1. Returns: [N], int64.

    每个样本的标签：概率不小于阈值就是 1，否则是 0。

    X：[N, D]。w：[D]。b：[]。threshold：阈值，在 0 和 1 之间。返回：[N]，int64。
    """
    raise NotImplementedError("predict")


def fit(
    X: torch.Tensor, y: torch.Tensor, lr: float, steps: int, pos_weight: float = 1.0, l2: float = 0.0
) -> tuple[torch.Tensor, torch.Tensor]:
    """Gradient descent from zeros, with all samples in every step, on the mean of
    −[pos_weight·y·log p + (1−y)·log(1−p)], plus l2/2 times the sum of the squares of w.

    X: [N, D]. y: [N], 0. or 1. Returns: (w, b), of the shapes [D] and [].

    从零出发做梯度下降，每一步用全部样本。目标函数是 −[pos_weight·y·log p + (1−y)·log(1−p)] 的平均，再加上 w 的平方和的 l2/2 倍。

    X：[N, D]。y：[N]，取值 0. 或 1.。返回：(w, b)，形状是 [D] 和 []。
    """
    raise NotImplementedError("fit")


def fit_multilabel(X: torch.Tensor, Y: torch.Tensor, lr: float, steps: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Gradient descent from zeros, with all samples in every step, on the mean, over all N·L entries of Y, of
    −[y·log p + (1−y)·log(1−p)].

    X: [N, D]. Y: [N, L], 0. or 1.; a row may hold any number of ones. Returns: (W, b), of the shapes [L, D] and [L].

    从零出发做梯度下降，每一步用全部样本。目标函数是 −[y·log p + (1−y)·log(1−p)] 对 Y 的全部 N·L 个元素的平均。

    X：[N, D]。Y：[N, L]，取值 0. 或 1.；一行里有几个 1 都可以。返回：(W, b)，形状是 [L, D] 和 [L]。
    """
    raise NotImplementedError("fit_multilabel")


def predict_proba_multilabel(X: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The probability of each label for each sample, each label by itself.

    X: [N, D]. W: [L, D]. b: [L]. Returns: [N, L].

    每个样本的每个标签的概率，各个标签互不相干。

    X：[N, D]。W：[L, D]。b：[L]。返回：[N, L]。
    """
    raise NotImplementedError("predict_proba_multilabel")


def rank(p: torch.Tensor, bid: torch.Tensor, k: int) -> torch.Tensor:
    """Which k of M adverts to show: those with the largest p·bid, the largest first.

    p: [M], probabilities. bid: [M], what a click pays, above 0. No two products are equal.
    Returns: [k], int64, numbers of adverts; all M where k is larger.

    M 个广告里该展示哪 k 个：p·bid 最大的那些，最大的排在最前面。

    p：[M]，概率。bid：[M]，每次点击付多少钱，都大于 0。任何两个乘积都不相等。返回：[k]，int64，广告的编号；k 超过 M 时返回全部 M 个。
    """
    raise NotImplementedError("rank")
