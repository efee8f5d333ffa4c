"""Extractors, what stands in for a function of the submission while another one is judged, trials without stand-ins,
scenarios around a call of `image_gradient`, and the steps that the picture shows."""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch.nn.functional import avg_pool2d, conv2d

#: What stands where there is no number: none of the right ones.
NOTHING = 1e300

# --- extractors; the first arguments of functions are bound by the check


def one_map(w: torch.Tensor, x: torch.Tensor) -> list[torch.Tensor]:
    """A single map, with as many channels as w has rows: [N, C, H, W] for x [N, D, H, W] and w [C, D]."""
    return [_bent(torch.einsum("cd,ndhw->nchw", w, x))]


def three_maps(w1: torch.Tensor, w2: torch.Tensor, w3: torch.Tensor, x: torch.Tensor) -> list[torch.Tensor]:
    """Three maps, each made of the one before; the second and the third are about half as high and wide as x."""
    first = _bent(conv2d(x, w1, padding=1))
    second = _bent(conv2d(first, w2, stride=2, padding=1))
    return [first, second, conv2d(second, w3)]


class Network(torch.nn.Module):
    """The same as `three_maps`, with weights that are parameters."""

    def __init__(self, *weights: torch.Tensor) -> None:
        super().__init__()
        self.weights = torch.nn.ParameterList([torch.nn.Parameter(weight.clone()) for weight in weights])

    def forward(self, x: torch.Tensor) -> list[torch.Tensor]:
        return three_maps(*self.weights, x)


def _bent(z: torch.Tensor) -> torch.Tensor:
    """Not linear, with a slope of at least ½, so that gradients do not vanish far from 0."""
    return z / 2 + torch.tanh(z)


# --- right functions


def right_gram_matrix(original: Any, f: torch.Tensor) -> torch.Tensor:
    """A right `gram_matrix`, so that an error in the submission's is not counted again."""
    return torch.einsum("...chw,...dhw->...cd", f, f) / (f.shape[-3] * f.shape[-2] * f.shape[-1])


def right_content_loss(original: Any, f: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """A right `content_loss`."""
    return (f - target.detach()).square().mean()


def right_style_loss(original: Any, f: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """A right `style_loss`."""
    return right_content_loss(None, right_gram_matrix(None, f), right_gram_matrix(None, target))


# --- trials


def style_loss_alone(module: types.ModuleType, size: int, f: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """`style_loss` and its gradients by the submission's own functions, in one vector."""

    def found() -> list[Any]:
        own, other = f.clone().requires_grad_(), target.clone().requires_grad_()
        loss = module.style_loss(own, other)
        return [loss, *torch.autograd.grad(loss + 0 * other.sum(), [own, other])]

    return _numbers(found, size)


def image_gradient_alone(module: types.ModuleType, size: int, *args: Any) -> torch.Tensor:
    """Loss and gradient of `image_gradient` by the submission's own functions, in one vector."""
    copies = [arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in args]
    return _numbers(lambda: list(module.image_gradient(*copies)), size)


def _numbers(found: Callable[[], list[Any]], size: int) -> torch.Tensor:
    """What it finds in one vector of float64; NOTHING where these are not so many finite numbers. What is wrong with
    them is for the function's own check to say."""
    nothing = torch.full((size,), NOTHING, dtype=torch.float64)
    try:
        parts = [torch.as_tensor(part).detach().cpu().double().reshape(-1) for part in found()]
        numbers = torch.cat(parts)
    except Exception:
        return nothing
    return numbers if numbers.shape == nothing.shape and numbers.isfinite().all() else nothing


# --- scenarios of image_gradient


def among_gradients(
    module: types.ModuleType,
    img: torch.Tensor,
    content: torch.Tensor,
    style: torch.Tensor,
    weights: list[torch.Tensor],
    alpha: float,
    beta: float,
    old: float | None,
) -> dict[str, Any]:
    """Images and parameters all require gradients, and before the call their .grad is None, or `old` everywhere: loss
    and gradient, and what is in .grad after one more backward, which adds 2 everywhere."""
    extractor = Network(*weights)
    parameters = list(extractor.parameters())
    leaves = [*(image.requires_grad_() for image in (img, content, style)), *parameters]
    for leaf in leaves:
        leaf.grad = None if old is None else torch.full_like(leaf, old)
    loss, gradient = module.image_gradient(img, content, style, extractor, alpha, beta)
    now = gradient.clone() if isinstance(gradient, torch.Tensor) else gradient
    _one_more_backward(leaves)
    return {
        "loss": loss,
        "gradient": now,
        "img.grad after one more backward": img.grad,
        "content.grad after one more backward": content.grad,
        "style.grad after one more backward": style.grad,
        "the parameters' .grad after one more backward": [parameter.grad for parameter in parameters],
    }


def inner_node(
    module: types.ModuleType,
    base: torch.Tensor,
    content: torch.Tensor,
    style: torch.Tensor,
    weights: list[torch.Tensor],
    alpha: float,
    beta: float,
) -> dict[str, Any]:
    """img = 3·base, base a leaf: loss and gradient, and what is in base.grad after one more backward through img, which
    adds 6."""
    extractor = Network(*weights)
    img = 3 * base.requires_grad_()
    loss, gradient = module.image_gradient(img, content, style, extractor, alpha, beta)
    now = gradient.detach().clone() if isinstance(gradient, torch.Tensor) else gradient
    _one_more_backward([img])
    return {"loss": loss, "gradient": now, "base.grad after one more backward": base.grad}


def called_twice(
    module: types.ModuleType,
    img: torch.Tensor,
    content: torch.Tensor,
    style: torch.Tensor,
    extractor: Callable[[torch.Tensor], list[torch.Tensor]],
    alpha: float,
    beta: float,
) -> Any:
    """Two calls with the same inputs: what the second one gives, after the gradient of the first has been set to zero
    in place."""
    _, first = module.image_gradient(img, content, style, extractor, alpha, beta)
    if isinstance(first, torch.Tensor):
        first.detach().zero_()
    return module.image_gradient(img, content, style, extractor, alpha, beta)


def _one_more_backward(tensors: list[torch.Tensor]) -> None:
    """Adds 2 to the gradient of each entry of those that still require gradients."""
    learning = [2 * tensor.sum() for tensor in tensors if tensor.requires_grad]
    with contextlib.suppress(RuntimeError):  # the submission has gone back through their graph, which is used up
        if learning:
            torch.stack(learning).sum().backward()


# --- for the pictures


def filtered(filters: torch.Tensor, x: torch.Tensor) -> list[torch.Tensor]:
    """What each filter makes of an image; and the image in coarse pixels, which tell what is where."""
    return [_bent(conv2d(x, filters)), avg_pool2d(x, 4)]


def stepped(
    module: types.ModuleType,
    img: torch.Tensor,
    content: torch.Tensor,
    style: torch.Tensor,
    filters: torch.Tensor,
    alpha: float,
    beta: float,
    lr: float,
    shown: list[int],
) -> list[tuple[torch.Tensor, float]]:
    """The image and its loss after so many steps of descent along `image_gradient`, for each number in `shown`."""
    found = []
    for step in range(max(shown) + 1):
        loss, gradient = module.image_gradient(img, content, style, partial(filtered, filters), alpha, beta)
        if step in shown:
            found.append((img, loss))
        img = img - lr * gradient
    return found
