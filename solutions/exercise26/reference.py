"""Convolution and max-pooling of images: forwards, and the gradients backwards.

x: [N, C, H, W], N images with C channels. Stride and padding are the same for rows and columns. Floats are float32 or
float64, all of one call the same; results have their dtype and device. No function changes its inputs.
"""

from __future__ import annotations

import torch


def conv2d(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
    """Cross-correlation: each kernel is laid on every window of the padded image, unflipped, and the products add up.

    x: [N, C, H, W]. w: [O, C, P, Q], O kernels. b: [O]. stride: from 1. padding: from 0 to half the kernel's shorter
    side, zeros on each of the four sides. Returns: [N, O, H′, W′], with H′ = ⌊(H + 2·padding − P)/stride⌋ + 1.
    """
    ### BEGIN SOLUTION
    n, c, height, width = x.shape
    o, _, p, q = w.shape
    padded = x.new_zeros(n, c, height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    rows, columns = (padded.shape[2] - p) // stride + 1, (padded.shape[3] - q) // stride + 1
    out = x.new_empty(n, o, rows, columns)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + p, left : left + q]
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", window, w) + b
    return out
    ### END SOLUTION


def conv2d_backward(
    dout: torch.Tensor, x: torch.Tensor, w: torch.Tensor, stride: int, padding: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The gradients of a loss with respect to conv2d's inputs, given its gradient with respect to conv2d's result.

    dout: [N, O, H′, W′]. x: [N, C, H, W]. w: [O, C, P, Q]. stride, padding: as of conv2d. Returns: (dx, dw, db), like
    x, like w, and [O].
    """
    ### BEGIN SOLUTION
    n, c, height, width = x.shape
    _, _, p, q = w.shape
    padded = x.new_zeros(n, c, height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    dpadded, dw = torch.zeros_like(padded), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            g = dout[:, :, i, j]  # [N, O]
            top, left = i * stride, j * stride
            dw += torch.einsum("no,ncpq->ocpq", g, padded[:, :, top : top + p, left : left + q])
            # Windows overlap: a pixel collects from every window that it is in.
            dpadded[:, :, top : top + p, left : left + q] += torch.einsum("no,ocpq->ncpq", g, w)
    dx = dpadded[:, :, padding : padded.shape[2] - padding, padding : padded.shape[3] - padding]
    return dx, dw, dout.sum(dim=(0, 2, 3))
    ### END SOLUTION


def max_pool2d(x: torch.Tensor, kernel: int, stride: int, padding: int) -> torch.Tensor:
    """The largest number in each window, channel by channel.

    x: [N, C, H, W]. kernel: the side of a square window. stride: from 1. padding: from 0 to kernel/2, −∞ on each of the
    four sides. Returns: [N, C, H′, W′], with H′ = ⌊(H + 2·padding − kernel)/stride⌋ + 1.
    """
    ### BEGIN SOLUTION
    n, c, height, width = x.shape
    padded = x.new_full((n, c, height + 2 * padding, width + 2 * padding), -torch.inf)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    rows, columns = (padded.shape[2] - kernel) // stride + 1, (padded.shape[3] - kernel) // stride + 1
    out = x.new_empty(n, c, rows, columns)
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            out[:, :, i, j] = padded[:, :, top : top + kernel, left : left + kernel].amax(dim=(2, 3))
    return out
    ### END SOLUTION


def max_pool2d_backward(dout: torch.Tensor, x: torch.Tensor, kernel: int, stride: int, padding: int) -> torch.Tensor:
    """The gradient with respect to max_pool2d's input: what comes to a window goes to its largest number alone.

    Of several that are equally large, the first one gets it, row by row and from left to right. dout: [N, C, H′, W′].
    x: [N, C, H, W]. kernel, stride, padding: as of max_pool2d. Returns: like x.
    """
    ### BEGIN SOLUTION
    n, c, height, width = x.shape
    padded = x.new_full((n, c, height + 2 * padding, width + 2 * padding), -torch.inf)
    padded[:, :, padding : padding + height, padding : padding + width] = x
    dpadded = torch.zeros_like(padded)
    image, channel = torch.arange(n)[:, None], torch.arange(c)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            top, left = i * stride, j * stride
            window = padded[:, :, top : top + kernel, left : left + kernel]
            first = window.reshape(n, c, kernel * kernel).argmax(dim=2)  # [N, C]; of equal ones the first
            dpadded[image, channel, top + first // kernel, left + first % kernel] += dout[:, :, i, j]
    return dpadded[:, :, padding : padded.shape[2] - padding, padding : padded.shape[3] - padding]
    ### END SOLUTION
