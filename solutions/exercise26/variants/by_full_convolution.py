"""The gradients as convolutions of their own, made with this file's conv2d: dx of the spread dout with the turned
kernel, dw of the image with the spread dout. In float64 and back. Pooling finds its maxima with its max_pool2d."""

import torch


def surrounded(x, rows, columns, value=0.0):
    N, C, H, W = x.shape
    out = x.new_full((N, C, H + 2 * rows, W + 2 * columns), value)
    out[:, :, rows : rows + H, columns : columns + W] = x
    return out


def conv2d(x, w, b, stride, padding):
    wide, kernels = surrounded(x.double(), padding, padding), w.double()
    rows, columns = ((wide.shape[a] - w.shape[a]) // stride + 1 for a in (2, 3))
    out = b.double()[None, :, None, None].expand(len(x), -1, rows, columns)
    for p in range(w.shape[2]):
        for q in range(w.shape[3]):
            part = wide[:, :, p : p + rows * stride : stride, q : q + columns * stride : stride]
            out = out + (part[:, None] * kernels[:, :, p, q, None, None]).sum(2)
    return out.to(x.dtype)


def conv2d_backward(dout, x, w, stride, padding):
    db = dout.sum(3).sum(2).sum(0)
    H, W = (x.shape[a] + 2 * padding - w.shape[a] + 1 for a in (2, 3))
    grid = dout.new_zeros(*dout.shape[:2], H, W)  # dout as if the stride were 1
    grid[:, :, ::stride, ::stride] = dout
    no_bias = torch.zeros_like(x[0, :, 0, 0])
    full = surrounded(grid, w.shape[2] - 1, w.shape[3] - 1)
    wide = conv2d(full, w.transpose(0, 1).flip(2, 3), no_bias, 1, 0)
    dx = wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
    dw = conv2d(x.transpose(0, 1), grid.transpose(0, 1), db * 0, 1, padding).transpose(0, 1)
    return dx, dw, db


def max_pool2d(x, kernel, stride, padding):
    wide = surrounded(x, padding, padding, float("-inf"))
    by_rows = wide.unfold(2, kernel, stride).amax(-1)
    return by_rows.unfold(3, kernel, stride).amax(-1)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    out = max_pool2d(x, kernel, stride, padding)
    wide = surrounded(x, padding, padding, float("-inf"))
    grad = torch.zeros_like(wide)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            part = (
                slice(None),
                slice(None),
                slice(i * stride, i * stride + kernel),
                slice(j * stride, j * stride + kernel),
            )
            mask = wide[part] == out[:, :, i, j, None, None]
            flat = mask.flatten(2)
            flat = flat & (flat.long().cumsum(2) == 1)
            grad[part] += flat.view_as(mask) * dout[:, :, i, j, None, None]
    return grad[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
