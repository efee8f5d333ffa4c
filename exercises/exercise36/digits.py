# grade course: deep-learning-by-exercise
"""A network that reads digits: its layers, its training, its evaluation, and the file that it is kept in.

Images are float32 [N, 1, 8, 8] with values from 0 to 1, labels int64 [N] with values from 0 to 9.

一个识别手写数字的网络：它的层、训练、评估，以及存放它的文件。

图像是 float32，[N, 1, 8, 8]，取值 0 到 1；标签是 int64，[N]，取值 0 到 9。
"""

from __future__ import annotations

from os import PathLike

import torch
import torch.nn.functional as F
from torch import nn


class Net(nn.Module):
    """A convolutional network of at most 20,000 parameters, with at least two convolutions; made by `Net()`.

    卷积网络，参数不超过 20,000 个，至少有两个卷积；用 `Net()` 创建。
    """

    def __init__(self) -> None:
        """Make the layers, with start values of any kind.

        创建各层，初始值不限。
        """
        raise NotImplementedError("Net.__init__")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: images, [N, 1, 8, 8]. Returns: logits, [N, 10].

        x：图像，[N, 1, 8, 8]。返回：logits，[N, 10]。
        """
        raise NotImplementedError("Net.forward")


def shift(x: torch.Tensor, gen: torch.Generator) -> torch.Tensor:
    """Each image moved by −1, 0 or 1 pixel down and by −1, 0 or 1 pixel to the right; zeros come in at the edge.

    x: images, [N, 1, 8, 8]. gen: draws one of the nine moves for each image, all equally likely.
    Returns: new images, [N, 1, 8, 8].

    每张图像向下移动 −1、0 或 1 个像素，向右移动 −1、0 或 1 个像素；空出来的地方补零。

    x：图像，[N, 1, 8, 8]。gen：为每张图像从九种移动里抽一种，机会均等。
    返回：新的图像，[N, 1, 8, 8]。
    """
    raise NotImplementedError("shift")


def evaluate(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> tuple[float, float]:
    """The mean cross-entropy and the accuracy of a model, in evaluation mode and without a graph.

    x: images, [N, 1, 8, 8], N ≥ 1; y: labels, [N]. The model keeps its mode, its parameters and their gradients.
    Returns: the loss and the share of images whose largest logit is that of their label, two Python floats.

    模型的平均交叉熵和精度，在评估模式下计算，不构建计算图。

    x：图像，[N, 1, 8, 8]，N ≥ 1；y：标签，[N]。模型的模式、参数和梯度保持不变。
    返回：损失，以及最大的 logit 正好是标签的图像所占的比例，两个 Python 浮点数。
    """
    raise NotImplementedError("evaluate")


def train(
    model: nn.Module,
    train: tuple[torch.Tensor, torch.Tensor],
    val: tuple[torch.Tensor, torch.Tensor],
    max_steps: int,
    gen: torch.Generator,
) -> dict[str, float]:
    """Train a model on shifted images of `train`, with at most `max_steps` steps and 64·max_steps images.

    train, val: images and labels. gen: all random numbers come from it. Each step passes one batch forward, once, in
    training mode.
    Returns: "steps", the number of steps made, and "train_loss", "val_loss" and "val_accuracy" of the model that is
    left, in evaluation mode, on the unshifted images.

    用平移过的 `train` 图像训练模型，最多 `max_steps` 步、64·max_steps 张图像。

    train、val：图像和标签。gen：所有随机数都来自它。每一步在训练模式下对一个批量做一次前向传播。
    返回："steps"，实际走的步数；"train_loss"、"val_loss" 和 "val_accuracy"，最终留下的模型在评估模式下、在没有平移的图像上的表现。
    """
    raise NotImplementedError("train")


def save(model: nn.Module, path: str | PathLike[str]) -> None:
    """Write a Net's parameters and buffers to the file `path`; the model stays as it is.

    把一个 Net 的参数和缓冲区写入文件 `path`；模型保持原样。
    """
    raise NotImplementedError("save")


def load(path: str | PathLike[str]) -> Net:
    """A new Net, in evaluation mode, with the parameters and buffers that `save` wrote. Runs no code from the file.

    一个新的 Net，处于评估模式，参数和缓冲区是 `save` 写下的。不执行文件里的任何代码。
    """
    raise NotImplementedError("load")
