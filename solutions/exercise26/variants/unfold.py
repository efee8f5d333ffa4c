"""Tensor.unfold gives all windows at once, as a view; backwards, a loop over the places within the window."""

import torch


def pad(x, padding, value=0.0):
    for axis in (2, 3):
        shape = list(x.shape)
        shape[axis] = padding
        edge = x.new_full(shape, value)
        x = torch.cat([edge, x, edge], dim=axis)
    return x


def windows(x, P, Q, stride, padding, value=0.0):
    return pad(x, padding, value).unfold(2, P, stride).unfold(3, Q, stride)  # [N, C, H′, W′, P, Q]


def cut(block, padding):
    return block.narrow(2, padding, block.shape[2] - 2 * padding).narrow(3, padding, block.shape[3] - 2 * padding)


def conv2d(x, w, b, stride, padding):
    out = torch.tensordot(windows(x, w.shape[2], w.shape[3], stride, padding), w, dims=([1, 4, 5], [1, 2, 3]))
    return (out + b).permute(0, 3, 1, 2).contiguous()


def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[-2:]
    dw = torch.tensordot(dout, windows(x, P, Q, stride, padding), dims=([0, 2, 3], [0, 2, 3]))
    wide = torch.zeros_like(pad(x, padding))
    for p in range(P):
        for q in range(Q):
            target = wide[:, :, p : p + stride * dout.shape[2] : stride, q : q + stride * dout.shape[3] : stride]
            target += torch.einsum("noij,oc->ncij", dout, w[:, :, p, q])
    return cut(wide, padding), dw, dout.sum((0, 2, 3))


def max_pool2d(x, kernel, stride, padding):
    return windows(x, kernel, kernel, stride, padding, -torch.inf).amax((-1, -2))


def max_pool2d_backward(dout, x, kernel, stride, padding):
    blocks = windows(x, kernel, kernel, stride, padding, -torch.inf)
    left = torch.ones_like(dout, dtype=torch.bool)  # windows that have not found their largest number yet
    largest = blocks.amax((-1, -2))
    wide = torch.zeros_like(pad(x, padding))
    for p in range(kernel):
        for q in range(kernel):
            here = left & (blocks[..., p, q] == largest)
            left = left & ~here
            wide[:, :, p : p + stride * dout.shape[2] : stride, q : q + stride * dout.shape[3] : stride] += dout * here
    return cut(wide, padding)
