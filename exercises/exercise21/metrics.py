# grade course: deep-learning-by-exercise
"""Metrics: the confusion matrix and what is read from it, the area under the ROC curve, MSE, NDCG.

No function changes its inputs.

评价指标：混淆矩阵和由它得出的各种比值、ROC 曲线下的面积、均方误差、NDCG。

所有函数都不改动输入。
"""

from __future__ import annotations

import torch


def confusion_matrix(y: torch.Tensor, pred: torch.Tensor, C: int) -> torch.Tensor:
    """How many samples of each true class were given each class.

    y, pred: [N], int64, 0 … C−1; N may be 0. Returns: [C, C], int64: at [i, j] the samples of class i predicted as j.

    每个真实类别的样本各有多少个被预测成了每个类别。

    y、pred：[N]，int64，取值 0 … C−1；N 可以是 0。返回：[C, C]，int64；[i, j] 处是属于第 i 类、预测成第 j 类的样本数。
    """
    raise NotImplementedError("confusion_matrix")


def precision(y: torch.Tensor, pred: torch.Tensor, C: int, average: str) -> torch.Tensor:
    """Of what was predicted as a class, the share that is of this class.

    y, pred: [N], int64, 0 … C−1; N may be 0. average: "none", "macro" (the mean over all C classes) or "micro" (the
    counts of all classes are added first). 0/0 counts as 0. Returns: float32, [C] for "none", else [].

    查准率：预测成某一类的样本中，真正属于这一类的比例。

    y、pred：[N]，int64，取值 0 … C−1；N 可以是 0。average："none"、"macro"（对全部 C 个类别求平均）或 "micro"（先把所有类别的计数加起来）。0/0 算作 0。返回：float32，"none" 时是 [C]，否则是 []。
    """
    raise NotImplementedError("precision")


def recall(y: torch.Tensor, pred: torch.Tensor, C: int, average: str) -> torch.Tensor:
    """Of the samples of a class, the share that was predicted as this class.

    y, pred: [N], int64, 0 … C−1; N may be 0. average: "none", "macro" (the mean over all C classes) or "micro" (the
    counts of all classes are added first). 0/0 counts as 0. Returns: float32, [C] for "none", else [].

    查全率：属于某一类的样本中，预测成这一类的比例。

    y、pred：[N]，int64，取值 0 … C−1；N 可以是 0。average："none"、"macro"（对全部 C 个类别求平均）或 "micro"（先把所有类别的计数加起来）。0/0 算作 0。返回：float32，"none" 时是 [C]，否则是 []。
    """
    raise NotImplementedError("recall")


def f1(y: torch.Tensor, pred: torch.Tensor, C: int, average: str) -> torch.Tensor:
    """The harmonic mean 2PR/(P + R) of precision P and recall R.

    y, pred: [N], int64, 0 … C−1; N may be 0. average: "none", "macro" (the mean of the C classes' F1) or "micro" (the
    counts of all classes are added first). 0/0 counts as 0. Returns: float32, [C] for "none", else [].

    查准率 P 和查全率 R 的调和平均，2PR/(P + R)。

    y、pred：[N]，int64，取值 0 … C−1；N 可以是 0。average："none"、"macro"（对 C 个类别的 F1 求平均）或 "micro"（先把所有类别的计数加起来）。0/0 算作 0。返回：float32，"none" 时是 [C]，否则是 []。
    """
    raise NotImplementedError("f1")


def roc_auc(y: torch.Tensor, score: torch.Tensor) -> float:
    """The probability that a positive sample has a higher score than a negative one; equal scores count one half.

    y: [N], int64, 0 or 1. score: [N], floats; equal ones may occur. Returns: a Python float; nan without a pair of
    both classes.

    正样本的分数高于负样本的概率；分数相等算一半。

    y：[N]，int64，0 或 1。score：[N]，浮点数，可能相等。返回：Python 浮点数；两类不全、没有可比较的对时是 nan。
    """
    raise NotImplementedError("roc_auc")


def mse(pred: torch.Tensor, y: torch.Tensor) -> float:
    """The mean of the squared differences.

    pred, y: [N], floats, N at least 1. Returns: a Python float.

    差的平方的平均。

    pred、y：[N]，浮点数，N 至少是 1。返回：Python 浮点数。
    """
    raise NotImplementedError("mse")


def ndcg(relevance: torch.Tensor, score: torch.Tensor, k: int) -> float:
    """The discounted gain of the k highest scores, divided by the highest that k of the samples can have.

    relevance: [N], floats, at least 0. score: [N], floats, no two equal. k: at least 1; above N it counts as N. At rank
    1, 2, … the gain 2^relevance − 1 is divided by log₂(1 + rank). Returns: a Python float; 0.0 if the highest is 0.

    分数最高的 k 个样本的折扣累积增益，除以任取 k 个样本所能达到的最大值。

    relevance：[N]，浮点数，不小于 0。score：[N]，浮点数，互不相等。k：至少是 1，大于 N 时当作 N。第 1、2、… 名的增益 2^relevance − 1 要除以 log₂(1 + 名次)。返回：Python 浮点数；最大值是 0 时返回 0.0。
    """
    raise NotImplementedError("ndcg")
