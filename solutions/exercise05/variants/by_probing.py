"""The collapsed layer read off from what the stack does to zero and to the unit vectors."""

import torch


def linear(x, W, b):
    return torch.einsum("...d,md->...m", x, W) + b


def mlp_forward(x, params, f):
    (W, b), *rest = params
    out = linear(x, W, b)
    return mlp_forward(f(out), rest, f) if rest else out


def count_parameters(sizes):
    if len(sizes) < 2:
        return 0
    return sizes[1] * (sizes[0] + 1) + count_parameters(sizes[1:])


def collapse(params):
    inputs = params[0][0].shape[1]
    unit = torch.eye(inputs, dtype=params[0][0].dtype, device=params[0][0].device)
    b = mlp_forward(torch.zeros_like(unit[0]), params, lambda z: z)
    return (mlp_forward(unit, params, lambda z: z) - b).T, b
