# grade course: deep-learning-by-exercise
"""Linear regression: data from a line, a model with a weight and a bias, and autograd to find them.

n samples with one input each. w is [1, 1], b is 0-d; both are leaves that require gradients while they are learned.

线性回归：从一条直线上取数据，模型只有一个权重和一个偏置，靠自动微分把它们找出来。

n 个样本，每个样本一个输入。w 的形状是 [1, 1]，b 是 0 维张量；学习期间，它们都是需要梯度的叶子节点。
"""

from __future__ import annotations

from typing import Any

import torch


def make_data(n: int, gen: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    """n samples of the line y = 3x + 0.8, with x drawn uniformly from [0, 1) by the generator.

    Returns: x and y, both [n, 1] and float32.

    直线 y = 3x + 0.8 上的 n 个样本，x 由生成器 gen 在 [0, 1) 上均匀抽取。

    返回：x 和 y，形状都是 [n, 1]，dtype 都是 float32。
    """
    raise NotImplementedError("make_data")


def predict(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """The model's values at x: xw + b.

    x: [n, 1]. w: [1, 1]. b: 0-d. Returns: [n, 1].

    模型在 x 处的值：xw + b。

    x：[n, 1]。w：[1, 1]。b：0 维。返回：[n, 1]。
    """
    raise NotImplementedError("predict")


def loss(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    """The mean of the squared errors.

    pred, y: [n, 1]. Returns: a 0-d tensor.

    误差平方的平均。

    pred、y：[n, 1]。返回：0 维张量。
    """
    raise NotImplementedError("loss")


def step(w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: torch.Tensor, lr: float) -> float:
    """One step of gradient descent: w and b move in place, and stay leaves that require gradients.

    What their .grad held before does not count. Returns: the loss before the step, a Python float.

    梯度下降一步：原地更新 w 和 b，更新后它们仍是需要梯度的叶子节点。

    .grad 里原有的内容不算在内。返回：更新之前的损失，Python 浮点数。
    """
    raise NotImplementedError("step")


def fit(x: torch.Tensor, y: torch.Tensor, lr: float, steps: int) -> tuple[torch.Tensor, torch.Tensor, list[float]]:
    """So many steps from w = 0 and b = 0, each with all samples.

    Returns: w [1, 1] and b 0-d, leaves of x's dtype that require gradients, and a list of every step's loss before it.

    从 w = 0、b = 0 出发走 steps 步，每一步都用全部样本。

    返回：w（[1, 1]）和 b（0 维），都是需要梯度的叶子节点，dtype 与 x 相同；以及一个列表，依次是每一步更新之前的损失。
    """
    raise NotImplementedError("fit")


def plot_fit(ax: Any, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> None:
    """Draw the samples as points, and the model as one straight line over [min x, max x].

    ax: the Axes of Matplotlib to draw on. x, y: [n, 1], in any order. w, b: as `fit` returns them; they stay leaves.

    把样本画成点，把模型画成一条覆盖 [min x, max x] 的直线。

    ax：要画在上面的 Matplotlib Axes。x、y：[n, 1]，次序任意。w、b：就是 fit 返回的那两个，画完之后仍是叶子节点。
    """
    raise NotImplementedError("plot_fit")
