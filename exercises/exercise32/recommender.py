# grade course: deep-learning-by-exercise
"""A recommender by matrix factorization: unseen ratings are predicted from biases and factors, learned from seen ones.

U users, I items, K factors. The parameters are a dict p of tensors: mu [], the general level; bu [U] and bi [I], the
biases; P [U, K] and Q [I, K], the factors. Ratings R are [U, I], NaN where they are unseen; seen is bool, [U, I]. R and
the parameters are all float32 or all float64, which the results keep. No function changes its arguments.

矩阵分解推荐系统：从已有的评分学出偏置和因子，用来预测没有的评分。

U 个用户，I 个物品，K 个因子。参数是由张量组成的字典 p：mu []，总体水平；bu [U] 和 bi [I]，偏置；P [U, K] 和 Q [I, K]，因子。评分 R 是 [U, I]，没有评分处是 NaN；seen 是布尔张量，[U, I]。R 和参数都是 float32 或都是 float64，结果也保持这个 dtype。所有函数都不改动传进来的东西。
"""

from __future__ import annotations

import torch

Parameters = dict[str, torch.Tensor]


def predict(p: Parameters) -> torch.Tensor:
    """The predicted rating of every item by every user: μ + bu[u] + bi[i] + P[u] · Q[i].

    Returns: [U, I].

    每个用户对每个物品的预测评分：μ + bu[u] + bi[i] + P[u] · Q[i]。

    返回：[U, I]。
    """
    raise NotImplementedError("predict")


def masked_loss(R: torch.Tensor, seen: torch.Tensor, p: Parameters, lam: float) -> torch.Tensor:
    """The mean of the squared errors of the seen ratings, plus lam times the sum of the squares of P, Q, bu and bi.

    R: [U, I]. seen: [U, I], bool, with at least one True. lam: at least 0. Returns: []; autograd works through it, by
    each tensor of p.

    已有评分的误差平方的平均，加上 lam 乘以 P、Q、bu、bi 的平方和。

    R：[U, I]。seen：[U, I]，布尔，至少有一个 True。lam：不小于 0。返回：[]；要能对 p 里的每个张量自动求导。
    """
    raise NotImplementedError("masked_loss")


def fit(R: torch.Tensor, seen: torch.Tensor, p: Parameters, lr: float, lam: float, steps: int) -> Parameters:
    """Gradient descent on `masked_loss`: p after so many steps, each with all seen ratings; mu stays as it is.

    R: [U, I]. seen: [U, I], bool. p: where the descent begins. lr: the learning rate. lam: as in `masked_loss`.
    Returns: a new dict with the same keys, of new tensors that do not require gradients; mu may be the one given.

    对 `masked_loss` 做梯度下降：更新 steps 步之后的 p，每一步都用所有已有的评分；mu 保持不变。

    R：[U, I]。seen：[U, I]，布尔。p：下降的起点。lr：学习率。lam：同 `masked_loss`。返回：一个新的字典，键相同，张量都是新的、不需要梯度；mu 可以就是传进来的那个。
    """
    raise NotImplementedError("fit")


def recommend(p: Parameters, seen: torch.Tensor, n: int) -> torch.Tensor:
    """For each user the n items with the highest predictions among those not seen, the highest first.

    seen: [U, I], bool. n: at least 1; each user has at least n unseen items, no two of which are predicted alike.
    Returns: [U, n], int64, numbers of items.

    为每个用户推荐 n 个物品：没看过的物品里预测值最高的 n 个，最高的在前。

    seen：[U, I]，布尔。n：至少是 1；每个用户至少有 n 个没看过的物品，它们的预测值互不相等。返回：[U, n]，int64，物品的编号。
    """
    raise NotImplementedError("recommend")
