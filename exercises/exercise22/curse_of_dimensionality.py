# grade course: deep-learning-by-exercise
"""The curse of dimensionality, features by hand (projections, RBFs, polynomials, cells) and kernel ridge regression.

N samples with D numbers each. Results keep the dtype, float32 or float64; no function changes its inputs.

维度灾难，以及人工构造的特征：随机投影、RBF、多项式、空间的格子；还有核岭回归。

有 N 个样本，每个样本是 D 个数。结果的 dtype 与输入一样，float32 或 float64；所有函数都不改动输入。
"""

from __future__ import annotations

from itertools import combinations_with_replacement

import torch


def samples_needed(per_axis: int, n: int) -> int:
    """How many points a grid has in n dimensions, with per_axis points along each axis.

    per_axis, n: at least 1. Returns: an exact int.

    n 维网格的点数，每个轴上有 per_axis 个点。

    per_axis、n：至少是 1。返回：精确的 int。
    """
    raise NotImplementedError("samples_needed")


def distance_contrast(X: torch.Tensor, q: torch.Tensor) -> torch.Tensor:
    """By what share the farthest sample is farther from q than the nearest one: (max − min)/min.

    X: [N, D], floats. q: [D], in X's dtype, no sample itself. Distances are Euclidean. Returns: [].

    最远的样本比最近的样本离 q 远多少，用比例表示：(max − min)/min。

    X：[N, D]，浮点数。q：[D]，dtype 与 X 相同，不与任何样本重合。距离是欧氏距离。返回：[]。
    """
    raise NotImplementedError("distance_contrast")


def random_projection(X: torch.Tensor, R: torch.Tensor) -> torch.Tensor:
    """XR/√k: k random mixtures of the D numbers, which keep squared lengths on average.

    X: [N, D], floats. R: [D, k], random numbers of mean 0 and variance 1, in X's dtype. Returns: [N, k].

    XR/√k：把 D 个数随机混合成 k 个，平均来说长度的平方不变。

    X：[N, D]，浮点数。R：[D, k]，均值为 0、方差为 1 的随机数，dtype 与 X 相同。返回：[N, k]。
    """
    raise NotImplementedError("random_projection")


def rbf_features(X: torch.Tensor, centers: torch.Tensor, gamma: float) -> torch.Tensor:
    """exp(−γ‖x − c‖²) of every sample x and every center c.

    X: [N, D], floats. centers: [K, D], in X's dtype. gamma: positive. Returns: [N, K].

    对每个样本 x 和每个中心 c 计算 exp(−γ‖x − c‖²)。

    X：[N, D]，浮点数。centers：[K, D]，dtype 与 X 相同。gamma：正数。返回：[N, K]。
    """
    raise NotImplementedError("rbf_features")


def polynomial_features(X: torch.Tensor, degree: int) -> torch.Tensor:
    """All products of up to `degree` of the D numbers: 1, x₁, x₂, x₁², x₁x₂, x₂², … for D = 2.

    X: [N, D], floats. degree: at least 1. Returns: [N, P]; the terms by degree, and lexicographically in each.

    D 个数中最多取 degree 个（可重复）相乘的所有乘积：D = 2 时是 1、x₁、x₂、x₁²、x₁x₂、x₂²、……

    X：[N, D]，浮点数。degree：至少是 1。返回：[N, P]；各项按次数排列，同一次数之内按字典序。
    """
    raise NotImplementedError("polynomial_features")


def space_tiling(X: torch.Tensor, low: torch.Tensor, high: torch.Tensor, bins: int) -> torch.Tensor:
    """The number of the cell in which each sample lies, where every axis is cut into `bins` equal parts.

    X: [N, D], floats. low, high: [D], the ends of each axis, in X's dtype, low < high. bins: at least 1.
    What lies outside counts to the nearest cell. Returns: [N], int64, 0 … binsᴰ−1, the first axis slowest.

    每个轴等分成 bins 份时，每个样本所在格子的编号。

    X：[N, D]，浮点数。low、high：[D]，每个轴的两端，dtype 与 X 相同，low < high。bins：至少是 1。
    界外的样本归入最近的格子。返回：[N]，int64，取值 0 … binsᴰ−1，第一个轴变化最慢。
    """
    raise NotImplementedError("space_tiling")


def kernel_ridge(X: torch.Tensor, y: torch.Tensor, Xq: torch.Tensor, gamma: float, lam: float) -> torch.Tensor:
    """Predictions for the rows of Xq by kernel ridge regression on X and y: K(Xq, X)·(K(X, X) + λI)⁻¹y.

    X: [N, D], floats. y: [N]. Xq: [M, D]. All of one dtype. K(A, B) is rbf_features(A, B, gamma). gamma: positive.
    lam: at least 0.1. Returns: [M].

    核岭回归：用 X 和 y 对 Xq 的每一行作预测，K(Xq, X)·(K(X, X) + λI)⁻¹y。

    X：[N, D]，浮点数。y：[N]。Xq：[M, D]。dtype 都相同。K(A, B) 就是 rbf_features(A, B, gamma)。gamma：正数。
    lam：至少是 0.1。返回：[M]。
    """
    raise NotImplementedError("kernel_ridge")
