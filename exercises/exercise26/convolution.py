# grade course: deep-learning-by-exercise
"""Convolution and max-pooling of images: forwards, and the gradients backwards.

x: [N, C, H, W], N images with C channels. Stride and padding are the same for rows and columns. Floats are float32 or
float64, all of one call the same; results have their dtype and device. No function changes its inputs.

图像的卷积和最大汇聚：前向的结果，以及反向的梯度。

x：[N, C, H, W]，N 张图像，各有 C 个通道。步幅和填充对行、列都一样。浮点数是 float32 或 float64，同一次调用里都相同；结果的 dtype 和设备与输入相同。所有函数都不改动输入。
"""

from __future__ import annotations

import torch


def conv2d(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
    """Cross-correlation: each kernel is laid on every window of the padded image, unflipped, and the products add up.

    x: [N, C, H, W]. w: [O, C, P, Q], O kernels. b: [O]. stride: from 1. padding: from 0 to half the kernel's shorter
    side, zeros on each of the four sides. Returns: [N, O, H′, W′], with H′ = ⌊(H + 2·padding − P)/stride⌋ + 1.

    互相关：把每个卷积核原样放到填充后的图像的每个窗口上，乘积相加。

    x：[N, C, H, W]。w：[O, C, P, Q]，O 个卷积核。b：[O]。stride：至少是 1。padding：从 0 到卷积核短边的一半，四边都填零。返回：[N, O, H′, W′]，其中 H′ = ⌊(H + 2·padding − P)/stride⌋ + 1。
    """
    raise NotImplementedError("conv2d")


def conv2d_backward(
    dout: torch.Tensor, x: torch.Tensor, w: torch.Tensor, stride: int, padding: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradients of a loss with respect to conv2d's inputs, given its gradient with respect to conv2d's result.

    dout: [N, O, H′, W′]. x: [N, C, H, W]. w: [O, C, P, Q]. stride, padding: as of conv2d. Returns: (dx, dw, db), like
    x, like w, and [O].

    已知损失对 conv2d 的结果的梯度，求损失对 conv2d 各个输入的梯度。

    dout：[N, O, H′, W′]。x：[N, C, H, W]。w：[O, C, P, Q]。stride、padding：与 conv2d 相同。返回：(dx, dw, db)，形状分别与 x、w 相同，以及 [O]。
    """
    raise NotImplementedError("conv2d_backward")


def max_pool2d(x: torch.Tensor, kernel: int, stride: int, padding: int) -> torch.Tensor:
    """The largest number in each window, channel by channel.

    x: [N, C, H, W]. kernel: the side of a square window. stride: from 1. padding: from 0 to kernel/2, −∞ on each of the
    four sides. Returns: [N, C, H′, W′], with H′ = ⌊(H + 2·padding − kernel)/stride⌋ + 1.

    每个窗口里最大的数，各个通道分开算。

    x：[N, C, H, W]。kernel：正方形窗口的边长。stride：至少是 1。padding：从 0 到 kernel/2，四边都填 −∞。返回：[N, C, H′, W′]，其中 H′ = ⌊(H + 2·padding − kernel)/stride⌋ + 1。
    """
    raise NotImplementedError("max_pool2d")


def max_pool2d_backward(dout: torch.Tensor, x: torch.Tensor, kernel: int, stride: int, padding: int) -> torch.Tensor:
    """The gradient with respect to max_pool2d's input: what comes to a window goes to its largest number alone.

    Of several that are equally large, the first one gets it, row by row and from left to right. dout: [N, C, H′, W′].
    x: [N, C, H, W]. kernel, stride, padding: as of max_pool2d. Returns: like x.

    损失对 max_pool2d 的输入的梯度：每个窗口的梯度只归它最大的数。

    几个数同样大时归第一个，逐行看，每行从左到右。dout：[N, C, H′, W′]。x：[N, C, H, W]。kernel、stride、padding：与 max_pool2d 相同。返回：形状与 x 相同。
    """
    raise NotImplementedError("max_pool2d_backward")
