# grade course: deep-learning-by-exercise
"""Linear regression by gradient descent: with all samples per step, with small batches, with one sample.

m samples, D inputs. The prediction is X w + b. All arrays are float64; no function changes its arguments.

用梯度下降做线性回归：每一步用全部样本、用一个小批量，或者只用一个样本。

m 个样本，D 个输入，预测值是 X w + b。数组都是 float64；所有函数都不改动传进来的数组。
"""

from __future__ import annotations

import numpy as np


def cost(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray) -> float:
    """The mean over the samples of (prediction − target)².

    w: [D]. b: a number. X: [m, D]. y: [m] or [m, 1]. Returns: a number.

    对所有样本求 (预测值 − 目标值)² 的平均。

    w：[D]。b：一个数。X：[m, D]。y：[m] 或 [m, 1]。返回：一个数。
    """
    raise NotImplementedError("cost")


def gradient(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """The gradient of `cost` with respect to w and to b.

    w: [D]. b: a number. X: [m, D]. y: [m] or [m, 1]. Returns: (dw, db), dw of shape [D], db a number.

    `cost` 对 w 和对 b 的梯度。

    w：[D]。b：一个数。X：[m, D]。y：[m] 或 [m, 1]。返回：(dw, db)，dw 的形状是 [D]，db 是一个数。
    """
    raise NotImplementedError("gradient")


def batch_step(w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lr: float) -> tuple[np.ndarray, float]:
    """One step of gradient descent with all samples of X and y; w and b move together.

    lr: the learning rate. Returns: the new (w, b); the old w stays as it is.

    用 X、y 里的全部样本做一步梯度下降；w 和 b 同时更新。

    lr：学习率。返回：新的 (w, b)；原来的 w 保持不变。
    """
    raise NotImplementedError("batch_step")


def minibatch_epoch(
    w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lr: float, batch_size: int, order: np.ndarray
) -> tuple[np.ndarray, float]:
    """One epoch of mini-batches: a step with the first batch_size rows named in order, one with the next, and so on.

    order: [m], int64, numbers of rows. The last batch may be shorter. Returns: (w, b) after the last step.

    用小批量训练一轮：先用 order 里的前 batch_size 行更新一步，再用接下来的 batch_size 行，依此类推。

    order：[m]，int64，行号。最后一个小批量可能较小。返回：最后一步之后的 (w, b)。
    """
    raise NotImplementedError("minibatch_epoch")


def sgd_epoch(
    w: np.ndarray, b: float, X: np.ndarray, y: np.ndarray, lr: float, order: np.ndarray
) -> tuple[np.ndarray, float]:
    """One epoch of stochastic gradient descent: a step with each single row, in the sequence that order gives.

    order: [m], int64, numbers of rows. Returns: (w, b) after the last step.

    用随机梯度下降训练一轮：按 order 给出的次序，每次只用一行更新一步。

    order：[m]，int64，行号。返回：最后一步之后的 (w, b)。
    """
    raise NotImplementedError("sgd_epoch")
