"""The three gradients of `conv2d_backward` one by one, and what stands in for `conv2d` and `max_pool2d` while another
function is judged.

Whoever calls a stand-in otherwise than the statement says has an agreement with the own function, and gets that.
"""

from __future__ import annotations

import types
from typing import Any

import torch


def dx(module: types.ModuleType, dout: Any, x: Any, w: Any, stride: int, padding: int) -> Any:
    """The first of the three results of `conv2d_backward`."""
    return _gradients(module, dout, x, w, stride, padding)[0]


def dw(module: types.ModuleType, dout: Any, x: Any, w: Any, stride: int, padding: int) -> Any:
    """The second of the three results of `conv2d_backward`."""
    return _gradients(module, dout, x, w, stride, padding)[1]


def db(module: types.ModuleType, dout: Any, x: Any, w: Any, stride: int, padding: int) -> Any:
    """The third of the three results of `conv2d_backward`."""
    return _gradients(module, dout, x, w, stride, padding)[2]


def _gradients(module: types.ModuleType, dout: Any, x: Any, w: Any, stride: int, padding: int) -> tuple[Any, ...]:
    _see_that_it_fits(dout, x, w.shape[2:], stride, padding)
    first, second, third = module.conv2d_backward(dout, x, w, stride, padding)
    return first, second, third


# No docstring: in a report the scenario goes by the name of the function, which is all that it calls.
def max_pool2d_backward(module: types.ModuleType, dout: Any, x: Any, kernel: int, stride: int, padding: int) -> Any:
    _see_that_it_fits(dout, x, (kernel, kernel), stride, padding)
    return module.max_pool2d_backward(dout, x, kernel, stride, padding)


def _see_that_it_fits(dout: Any, x: Any, kernel: Any, stride: int, padding: int) -> None:
    """Raises ValueError where sizes contradict each other, as those may that the grader draws to tell one mistake from
    another: there a right answer could be anything."""
    sizes = [(size + 2 * padding - side) // stride + 1 for size, side in zip(x.shape[2:], kernel, strict=True)]
    if list(dout.shape[2:]) != sizes or 2 * padding > min(kernel):
        raise ValueError("dout is not of the shape of the result")


def right_conv2d(original: Any, *args: Any, **kwargs: Any) -> Any:
    """A right `conv2d`, so that an error in the submission's is not counted again."""
    if kwargs or len(args) != 5 or not all(isinstance(value, torch.Tensor) for value in args[:3]):
        return original(*args, **kwargs)
    x, w, b, stride, padding = args
    n, c, height, width = x.shape
    padded = x.new_zeros(n, c, height + 2 * padding, width + 2 * padding)
    padded[:, :, padding : height + padding, padding : width + padding] = x
    windows = padded.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.tensordot(windows, w, dims=([1, 4, 5], [1, 2, 3])).movedim(3, 1) + b[:, None, None]


def right_max_pool2d(original: Any, *args: Any, **kwargs: Any) -> Any:
    """A right `max_pool2d`."""
    if kwargs or len(args) != 4 or not isinstance(args[0], torch.Tensor):
        return original(*args, **kwargs)
    x, kernel, stride, padding = args
    n, c, height, width = x.shape
    padded = x.new_full((n, c, height + 2 * padding, width + 2 * padding), -torch.inf)
    padded[:, :, padding : height + padding, padding : width + padding] = x
    return padded.unfold(2, kernel, stride).unfold(3, kernel, stride).flatten(4).amax(dim=4)
