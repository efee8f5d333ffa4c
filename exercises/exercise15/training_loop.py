# grade course: deep-learning-by-exercise
"""The training loop: one step, whole epochs, and the evaluation that only looks.

Models, loss functions, loaders and optimisers are handed in; nothing here knows what is inside them.

训练循环：更新一步，训练若干轮，以及只看不改的评估。

模型、损失函数、数据加载器（loader）和优化器都由调用者传入；这里的代码不需要知道它们内部是什么样。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import torch

Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]
LossFunction = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


def train_step(
    model: torch.nn.Module, x: torch.Tensor, y: torch.Tensor, loss_fn: LossFunction, optimizer: torch.optim.Optimizer
) -> float:
    """One step of training on one batch, with the model in training mode and one forward pass.

    x: inputs, y: targets; their first axis counts the samples. loss_fn(model(x), y) is the mean loss of the batch, 0-d.
    Returns: that loss as a Python float, as it was before the parameters moved.

    用一个小批量训练一步：模型处于训练模式，只做一次前向传播。

    x 是输入，y 是目标值，第 0 轴都对应样本。loss_fn(model(x), y) 是这个小批量的平均损失，0 维张量。
    返回：更新参数之前的这个损失，Python 浮点数。
    """
    raise NotImplementedError("train_step")


def train(
    model: torch.nn.Module, loader: Batches, loss_fn: LossFunction, optimizer: torch.optim.Optimizer, epochs: int
) -> list[float]:
    """Training for so many epochs: each takes one walk through the loader and a step on every batch.

    loader: gives pairs (x, y), anew and maybe in another order each time it is walked through; may have no length.
    Returns: one Python float per epoch, the mean over its samples of the losses that the steps returned.

    训练 epochs 轮：每轮把 loader 遍历一遍，每个小批量更新一步。

    loader：每次遍历都重新给出一对对 (x, y)，顺序可能每次不同；不一定有长度。
    返回：每轮一个 Python 浮点数，即这一轮各步返回的损失，平均到每个样本。
    """
    raise NotImplementedError("train")


def evaluate(model: torch.nn.Module, loader: Batches, loss_fn: LossFunction) -> float:
    """The mean loss over all samples of the loader, with the model in evaluation mode and without a graph.

    Returns: a Python float. Afterwards the model is in the mode it came in.

    loader 中所有样本的平均损失；计算时模型处于评估模式，不构建计算图。

    返回：Python 浮点数。结束后，模型回到传进来时的模式。
    """
    raise NotImplementedError("evaluate")
