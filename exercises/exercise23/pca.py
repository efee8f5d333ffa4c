# grade course: deep-learning-by-exercise
"""Principal component analysis: the directions in which samples vary most, and what samples look like without the rest.

No function changes its inputs. Results are new tensors of the inputs' dtype, float32 or float64, and device.

主成分分析：样本沿哪些方向变化最大，去掉其余的变化之后样本是什么样子。

所有函数都不改动输入。结果是新的张量，dtype（float32 或 float64）和设备与输入相同。
"""

from __future__ import annotations

import torch


def fit(X: torch.Tensor, k: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The mean of the samples, and the k orthogonal directions in which they vary most.

    X: [N, D], N at least 2. k: 1 … min(N − 1, D). Returns: mean [D]; components [k, D], rows of length 1, each with
    either sign; variance [k], of the samples along each component, divided by N − 1, falling.

    样本的均值，以及样本变化最大的 k 个互相正交的方向。

    X：[N, D]，N 至少是 2。k：1 … min(N − 1, D)。返回：均值 [D]；主成分 [k, D]，每行长度为 1，正负号不限；方差 [k]，即样本沿各个主成分的方差，除以 N − 1，从大到小。
    """
    raise NotImplementedError("fit")


def transform(X: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """The coordinates of samples along the components, seen from the mean.

    X: [N, D], N may be 0. mean: [D]. components: [k, D], orthogonal rows of length 1. Returns: [N, k].

    从均值算起，样本沿各个主成分的坐标。

    X：[N, D]，N 可以是 0。mean：[D]。components：[k, D]，各行互相正交，长度为 1。返回：[N, k]。
    """
    raise NotImplementedError("transform")


def inverse_transform(Z: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """The samples that have these coordinates along the components, and vary in no other direction.

    Z: [N, k], N may be 0. mean: [D]. components: [k, D], orthogonal rows of length 1. Returns: [N, D].

    由沿各个主成分的坐标 Z 还原出的样本，它们在其他方向上没有变化。

    Z：[N, k]，N 可以是 0。mean：[D]。components：[k, D]，各行互相正交，长度为 1。返回：[N, D]。
    """
    raise NotImplementedError("inverse_transform")


def explained_variance_ratio(X: torch.Tensor, k: int) -> torch.Tensor:
    """The shares that the k largest variances have in the sum of all of them.

    X: [N, D], N at least 2, not all rows equal. k: 1 … min(N − 1, D). Returns: [k], falling.

    最大的 k 个方差占所有方差之和的比例。

    X：[N, D]，N 至少是 2，各行不全相同。k：1 … min(N − 1, D)。返回：[k]，从大到小。
    """
    raise NotImplementedError("explained_variance_ratio")


def anomaly_score(X: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """How far each sample is from what the components can say of it: ‖x − x̂‖², x̂ being rebuilt from its coordinates.

    X: [N, D], N may be 0. mean: [D]. components: [k, D], orthogonal rows of length 1. Returns: [N].

    每个样本与主成分所能表示的部分相差多远：‖x − x̂‖²，其中 x̂ 是由坐标还原的样本。

    X：[N, D]，N 可以是 0。mean：[D]。components：[k, D]，各行互相正交，长度为 1。返回：[N]。
    """
    raise NotImplementedError("anomaly_score")
