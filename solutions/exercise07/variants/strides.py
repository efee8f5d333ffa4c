"""Views made of what they are: a start in the memory and a step for each axis."""

import math

import torch


def look(x, shape, steps, start=0):
    return torch.as_strided(x, shape, steps, x.storage_offset() + start)


def describe(x):
    return tuple(x.size()), len(x.stride()), math.prod(x.shape)


def whole(shape, count):
    """The shape, with its −1 filled in."""
    known = -math.prod(shape) if -1 in shape else 1
    return [count // known if size == -1 else size for size in shape]


def steps_for(x, shape):
    """The steps of a view of x in this shape: the new axes must fill, from the last one on, runs of old axes that
    one step leads through."""
    axes = [(size, step) for size, step in zip(x.shape, x.stride(), strict=True) if size != 1]
    steps, left, step = [], 1, 1
    for size in reversed(shape):
        if left == 1 and size != 1:
            if not axes:
                raise RuntimeError("too few elements")
            left, step = axes.pop()
            while axes and axes[-1][1] == left * step:
                left *= axes.pop()[0]
        if left % size:
            raise RuntimeError("no view of x has this shape")
        steps.append(step)
        left, step = left // size, step * size
    if left != 1 or axes:
        raise RuntimeError("too many elements")
    return steps[::-1]


def as_view(x, shape):
    shape = whole(shape, x.numel())
    return look(x, shape, steps_for(x, shape))


def as_shape(x, shape):
    try:
        return as_view(x, shape)
    except RuntimeError:
        return as_view(x.contiguous(), shape)


def transpose(x):
    return look(x, x.shape[::-1], x.stride()[::-1])


def swap(x, i, j):
    shape, steps = list(x.shape), list(x.stride())
    for each in (shape, steps):
        each[i], each[j] = each[j], each[i]
    return look(x, shape, steps)


def channels_last(x):
    order = (0, 2, 3, 1)
    return look(x, [x.shape[axis] for axis in order], [x.stride(axis) for axis in order])


def get(x, i, j):
    return look(x, (), (), i * x.stride(0) + j * x.stride(1))


def put(x, i, j, v):
    get(x, i, j).fill_(v)
    return x


def column(x, j):
    return look(x, x.shape[:1], x.stride()[:1], j * x.stride(1))


def row_max(x):
    where = x.argmax(dim=1)
    return x.gather(1, where[:, None])[:, 0], where


def residual(pred, y):
    return look(pred, y.shape, pred.stride()[:1]) - y


def add_row(x, r):
    return x + look(r, x.shape, (0, r.stride(0)))


def add_column(x, c):
    return x + look(c, x.shape, (c.stride(0), 0))
