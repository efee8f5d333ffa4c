"""Values by NumPy, and a backward pass of one's own for each."""

import numpy as np
import torch


def in_numpy(function, x):
    return torch.as_tensor(function(x.detach().numpy()), dtype=x.dtype)


class Bent(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, below, below_grad):
        ctx.save_for_backward(x)
        ctx.below_grad = below_grad
        return in_numpy(lambda a: np.where(a > 0, a, below(np.minimum(a, 0))), x)

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return upstream * slopes(x, ctx.below_grad), None, None


def slopes(x, below_grad):
    return in_numpy(lambda a: np.where(a > 0, 1, below_grad(np.minimum(a, 0))), x)


def relu(x):
    return Bent.apply(x, np.zeros_like, np.zeros_like)


def relu_grad(x):
    return slopes(x, np.zeros_like)


def leaky_relu(x, slope):
    return Bent.apply(x, lambda a: slope * a, lambda a: np.full_like(a, slope))


def leaky_relu_grad(x, slope):
    return slopes(x, lambda a: slope)


def elu(x, alpha):
    return Bent.apply(x, lambda a: alpha * np.expm1(a), lambda a: alpha * np.exp(a))


def elu_grad(x, alpha):
    return slopes(x, lambda a: alpha * np.exp(a))


def gradient_through_depth(f, f_grad, depth, x):
    gradient, place, layer = 1 + 0 * x, x, 0
    while layer < depth:
        gradient, place, layer = gradient * f_grad(place), f(place), layer + 1
    return gradient
