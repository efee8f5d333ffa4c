# grade course: deep-learning-by-exercise
"""Style transfer: an image is changed until its maps are those of one image, and their Gram matrices those of another.

A map is [N, C, H, W]: of N images, C channels with H·W positions each. N, C, H, W are at least 1. Floats are float32 or
float64, and results have their dtype and device. No function changes its inputs.

风格迁移：不断改变一幅图像，直到它的特征图接近某一幅图像的特征图，这些特征图的格拉姆矩阵则接近另一幅图像的。

特征图是 [N, C, H, W]：N 幅图像，C 个通道，每个通道有 H·W 个位置。N、C、H、W 至少是 1。浮点数是 float32 或 float64，结果的 dtype 和设备与它们相同。所有函数都不改动输入。
"""

from __future__ import annotations

from collections.abc import Callable

import torch


def gram_matrix(f: torch.Tensor) -> torch.Tensor:
    """How strongly each two channels occur together: the sum of their products over the positions, divided by C·H·W.

    f: [N, C, H, W]. Returns: [N, C, C], a matrix for each image; autograd goes through it.

    每两个通道一起出现的程度：两者的乘积对各个位置求和，再除以 C·H·W。

    f：[N, C, H, W]。返回：[N, C, C]，每幅图像一个矩阵；能对它自动求导。
    """
    raise NotImplementedError("gram_matrix")


def content_loss(f: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The mean of the squared differences of two maps, over all entries.

    f, target: [N, C, H, W], both of one shape. Returns: []; the gradient goes to f, and none to target.

    两个特征图之差的平方，对所有元素求平均。

    f、target：[N, C, H, W]，形状相同。返回：[]；梯度传到 f，不传到 target。
    """
    raise NotImplementedError("content_loss")


def style_loss(f: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The mean of the squared differences of the Gram matrices of two maps, over all entries.

    f: [N, C, H, W]. target: the same, but H and W may be others. Returns: []; the gradient goes to f, and none to
    target.

    两个特征图的格拉姆矩阵之差的平方，对所有元素求平均。

    f：[N, C, H, W]。target：同上，但 H 和 W 可以不同。返回：[]；梯度传到 f，不传到 target。
    """
    raise NotImplementedError("style_loss")


def image_gradient(
    img: torch.Tensor,
    content: torch.Tensor,
    style: torch.Tensor,
    extractor: Callable[[torch.Tensor], list[torch.Tensor]],
    alpha: float,
    beta: float,
) -> tuple[float, torch.Tensor]:
    """alpha times the content loss of the last map plus beta times the sum of the style losses of all maps, and its
    gradient with respect to img.

    img, content: [N, D, H, W]. style: the same, but H and W may be others. extractor: makes a list of maps of an image.
    Returns: the loss, a Python number; the gradient, like img, without a history. Every .grad stays as it is: those of
    the images, and those of the extractor's parameters.

    alpha 乘以最后一个特征图的内容损失，加上 beta 乘以所有特征图的风格损失之和；以及它对 img 的梯度。

    img、content：[N, D, H, W]。style：同上，但 H 和 W 可以不同。extractor：由图像得到一组特征图，放在列表里。返回：损失，一个 Python 数；梯度，形状和 dtype 与 img 相同，不带计算历史。所有的 .grad 都保持原样：图像的，以及提取器的参数的。
    """
    raise NotImplementedError("image_gradient")
