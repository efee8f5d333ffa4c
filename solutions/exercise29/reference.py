"""Style transfer: an image is changed until its maps are those of one image, and their Gram matrices those of another.

A map is [N, C, H, W]: of N images, C channels with H·W positions each. N, C, H, W are at least 1. Floats are float32 or
float64, and results have their dtype and device. No function changes its inputs.
"""

from __future__ import annotations

from collections.abc import Callable

import torch


def gram_matrix(f: torch.Tensor) -> torch.Tensor:
    """How strongly each two channels occur together: the sum of their products over the positions, divided by C·H·W.

    f: [N, C, H, W]. Returns: [N, C, C], a matrix for each image; autograd goes through it.
    """
    ### BEGIN SOLUTION
    N, C, H, W = f.shape
    rows = f.reshape(N, C, H * W)  # a row for each channel
    return rows @ rows.mT / (C * H * W)
    ### END SOLUTION


def content_loss(f: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The mean of the squared differences of two maps, over all entries.

    f, target: [N, C, H, W], both of one shape. Returns: []; the gradient goes to f, and none to target.
    """
    ### BEGIN SOLUTION
    return ((f - target.detach()) ** 2).mean()
    ### END SOLUTION


def style_loss(f: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """The mean of the squared differences of the Gram matrices of two maps, over all entries.

    f: [N, C, H, W]. target: the same, but H and W may be others. Returns: []; the gradient goes to f, and none to
    target.
    """
    ### BEGIN SOLUTION
    return ((gram_matrix(f) - gram_matrix(target).detach()) ** 2).mean()
    ### END SOLUTION


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
    """
    ### BEGIN SOLUTION
    x = img.detach().requires_grad_()
    maps = extractor(x)
    styles = map(style_loss, maps, extractor(style))  # one loss for each map
    loss = alpha * content_loss(maps[-1], extractor(content)[-1]) + beta * sum(styles)
    (gradient,) = torch.autograd.grad(loss, x)
    return loss.item(), gradient
    ### END SOLUTION
