# grade course: deep-learning-by-exercise
"""The perceptron: a neuron that answers 0 or 1, and the rule by which it learns from its mistakes.

感知机：一个只回答 0 或 1 的神经元，以及它从错误中学习的规则。
"""

from __future__ import annotations

import torch


def predict(X: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The answer to each row: 1 where Xw + b > 0, else 0.

    X: one sample per row, [N, D]. w: the weights, [D]. b: the bias, 0-d. Returns: [N], int64; exactly 0 gives 0.

    对每一行作出回答：Xw + b > 0 时为 1，否则为 0。

    X：每行一个样本，[N, D]。w：权重，[D]。b：偏置，0 维。返回：[N]，int64；恰好等于 0 时回答 0。
    """
    raise NotImplementedError("predict")


def update(w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: int, lr: float) -> tuple[torch.Tensor, torch.Tensor]:
    """What one row teaches: w + lr·(y − ŷ)·x and b + lr·(y − ŷ), with ŷ by the w and b that are handed in.

    w: [D]. b: 0-d. x: the row, [D]. y: its label, 0 or 1. Returns: the new w and the new b.

    按一行数据更新：w + lr·(y − ŷ)·x 和 b + lr·(y − ŷ)，其中 ŷ 由传进来的 w 和 b 算出。

    w：[D]。b：0 维。x：这一行数据，[D]。y：它的标签，0 或 1。返回：新的 w 和新的 b。
    """
    raise NotImplementedError("update")


def fit(X: torch.Tensor, y: torch.Tensor, lr: float, max_epochs: int) -> tuple[torch.Tensor, torch.Tensor, int, bool]:
    """Learn from zeros, an update for every row in order, epoch after epoch, up to the first epoch without mistakes.

    X: [N, D]. y: the labels, [N], int64, 0 or 1. max_epochs: at least 1.
    Returns: w, b, the number of epochs gone through (the one without mistakes counts), and whether there was such one.

    从零开始学习：每一轮按顺序对每一行更新一次，直到有一轮一次也没答错。

    X：[N, D]。y：标签，[N]，int64，取 0 或 1。max_epochs：至少为 1。
    返回：w、b、走过的轮数（没有答错的那一轮也算在内），以及是否出现过这样的一轮。
    """
    raise NotImplementedError("fit")
