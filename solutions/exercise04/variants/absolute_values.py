"""Everything from |x|: the positive part of x is (x + |x|)/2, the negative part (x − |x|)/2."""

import torch


def relu(x):
    return (x + x.abs()) / 2


def relu_grad(x):
    return torch.clamp(torch.sign(x), min=0)


def leaky_relu(x, slope):
    return 0.5 * ((1 + slope) * x + (1 - slope) * x.abs())


def leaky_relu_grad(x, slope):
    return slope + (1 - slope) * relu_grad(x)


def elu(x, alpha):
    return relu(x) + alpha * torch.expm1(-relu(-x))


def elu_grad(x, alpha):
    below = elu(-relu(-x), alpha) + alpha
    return below.where(~(x > 0), torch.ones_like(x))


def gradient_through_depth(f, f_grad, depth, x):
    size, negative = torch.zeros_like(x), torch.zeros_like(x, dtype=torch.bool)
    for _ in range(depth):
        factor = f_grad(x)
        size = size + factor.abs().log()
        negative = negative ^ (factor < 0)
        x = f(x)
    return torch.where(negative, -1, 1) * size.exp()
