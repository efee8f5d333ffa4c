# grade course: deep-learning-by-exercise
"""k-means: N rows in K clusters, each with a center, so that the rows lie near their centers.

X: [N, D], centers: [K, D], both float32 or both float64. No function changes its inputs.

k 均值聚类：把 N 行数据分成 K 个簇，每个簇有一个中心，使各行都靠近自己的中心。

X：[N, D]，centers：[K, D]，同为 float32 或同为 float64。所有函数都不改动输入。
"""

from __future__ import annotations

import torch


def assign(X: torch.Tensor, centers: torch.Tensor) -> torch.Tensor:
    """The number of the nearest center for each row of X.

    X: [N, D]. centers: [K, D]. Returns: [N], int64, 0 … K−1; of equally near centers the one with the lowest number.

    对 X 的每一行，给出最近的中心的编号。

    X：[N, D]。centers：[K, D]。返回：[N]，int64，0 … K−1；几个中心同样近时，取编号最小的。
    """
    raise NotImplementedError("assign")


def update(X: torch.Tensor, labels: torch.Tensor, centers: torch.Tensor) -> torch.Tensor:
    """The mean of each cluster's rows; the center of a cluster without rows stays where it is.

    X: [N, D]. labels: [N], int64, 0 … K−1: the cluster of each row. centers: [K, D], the old ones. Returns: [K, D].

    每个簇中各行的平均；没有行的簇，中心保持不变。

    X：[N, D]。labels：[N]，int64，0 … K−1，每一行属于哪个簇。centers：[K, D]，旧的中心。返回：[K, D]。
    """
    raise NotImplementedError("update")


def kmeans_plus_plus(X: torch.Tensor, K: int, u: torch.Tensor) -> torch.Tensor:
    """K rows of X to start from, each drawn by its squared distance to the nearest row that was drawn before.

    X: [N, D], with K different rows or more. u: [K], dtype as X, in [0, 1). Returns: [K, D]: first the row ⌊u₀N⌋; then,
    for j = 1 … K−1, the first row i for which d²₀ + … + d²ᵢ exceeds uⱼ times the sum of all d².

    从 X 中选出 K 行作为初始中心，每一行按它到已选出的最近一行的距离的平方来选。

    X：[N, D]，至少有 K 个不同的行。u：[K]，dtype 与 X 相同，在 [0, 1) 内。返回：[K, D]：先是第 ⌊u₀N⌋ 行；然后对 j = 1 … K−1，取使 d²₀ + … + d²ᵢ 大于 uⱼ 乘以所有 d² 之和的第一个行号 i。
    """
    raise NotImplementedError("kmeans_plus_plus")


def fit(
    X: torch.Tensor, K: int, u: torch.Tensor, max_iter: int
) -> tuple[torch.Tensor, torch.Tensor, float | torch.Tensor]:
    """Lloyd's algorithm from the centers of `kmeans_plus_plus`: assign, end if no label has changed, update.

    X: [N, D], with K different rows or more. u: [K], for `kmeans_plus_plus`. max_iter: at least 1; there are no more
    updates than this. Returns: (centers, labels, inertia): [K, D]; [N], int64; and the sum of the squared distances of
    the rows to their centers, a Python float or a 0-d tensor. Labels and inertia belong to the centers returned.

    Lloyd 算法，从 `kmeans_plus_plus` 给出的中心开始：分配；标签都没有变就结束；更新。

    X：[N, D]，至少有 K 个不同的行。u：[K]，供 `kmeans_plus_plus` 使用。max_iter：至少是 1，更新不超过这么多次。返回：(centers, labels, inertia)：[K, D]；[N]，int64；各行到自己中心的距离的平方之和，Python 浮点数或 0 维张量。标签和 inertia 对应于返回的中心。
    """
    raise NotImplementedError("fit")
