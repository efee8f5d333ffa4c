"""The bias as the weight of one more input that is always 1, so that a stack is a product of matrices."""

from functools import reduce

import torch


def homogeneous(W, b):
    """[W b] with a last row (0 … 0 1)."""
    last = torch.zeros_like(W[:1, :1]).expand(1, W.shape[1])
    return torch.cat([torch.cat([W, b[:, None]], 1), torch.cat([last, torch.ones_like(W[:1, :1])], 1)])


def linear(x, W, b):
    ones = torch.ones_like(x[..., :1])
    return torch.matmul(torch.cat([x, ones], -1), torch.cat([W, b.unsqueeze(1)], 1).transpose(0, 1))


def mlp_forward(x, params, f):
    return reduce(lambda h, layer: linear(f(h), *layer), params[1:], linear(x, *params[0]))


def count_parameters(sizes):
    return sum((sizes[i] + 1) * sizes[i + 1] for i in range(len(sizes) - 1))


def collapse(params):
    whole = reduce(lambda below, layer: homogeneous(*layer) @ below, params[1:], homogeneous(*params[0]))
    return whole[:-1, :-1].clone(), whole[:-1, -1].clone()
