"""im2col: every window becomes a column, and a convolution one matrix product; col2im adds the columns up again."""

import torch


def indices(x, P, Q, stride, padding):
    """Rows and columns of the padded image, each [P·Q, L]: of every pixel of every window."""
    H2 = (x.shape[2] + 2 * padding - P) // stride + 1
    W2 = (x.shape[3] + 2 * padding - Q) // stride + 1
    i0 = torch.arange(P, device=x.device).repeat_interleave(Q)
    j0 = torch.arange(Q, device=x.device).repeat(P)
    i1 = stride * torch.arange(H2, device=x.device).repeat_interleave(W2)
    j1 = stride * torch.arange(W2, device=x.device).repeat(H2)
    return i0[:, None] + i1, j0[:, None] + j1, H2, W2


def padded(x, padding, value=0.0):
    N, C, H, W = x.shape
    wide = torch.full((N, C, H + 2 * padding, W + 2 * padding), value, dtype=x.dtype, device=x.device)
    wide[:, :, padding : H + padding, padding : W + padding].copy_(x)
    return wide


def conv2d(x, w, b, stride, padding):
    N, O = x.shape[0], w.shape[0]  # noqa: E741
    i, j, H2, W2 = indices(x, w.shape[2], w.shape[3], stride, padding)
    cols = padded(x, padding)[:, :, i, j].flatten(1, 2)  # [N, C·P·Q, L]
    return (w.reshape(O, -1) @ cols + b.view(-1, 1)).view(N, O, H2, W2)


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    i, j, _, _ = indices(x, w.shape[2], w.shape[3], stride, padding)
    wide = padded(x, padding)
    cols = wide[:, :, i, j].flatten(1, 2)
    g = dout.flatten(2)  # [N, O, L]
    dw = torch.bmm(g, cols.transpose(1, 2)).sum(0).reshape(w.shape)
    dcols = (w.reshape(w.shape[0], -1).T @ g).reshape(N, C, i.shape[0], i.shape[1])
    flat = torch.zeros_like(wide).flatten(2)
    place = (i * wide.shape[3] + j).flatten()
    flat.index_add_(2, place, dcols.flatten(2))
    dx = flat.reshape(wide.shape)[:, :, padding : H + padding, padding : W + padding]
    return dx.contiguous(), dw, g.sum(2).sum(0)


def max_pool2d(x, kernel, stride, padding):
    i, j, H2, W2 = indices(x, kernel, kernel, stride, padding)
    return padded(x, padding, -float("inf"))[:, :, i, j].max(2).values.reshape(*x.shape[:2], H2, W2)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    i, j, _, _ = indices(x, kernel, kernel, stride, padding)
    wide = padded(x, padding, -float("inf"))
    first = wide[:, :, i, j].argmax(2, keepdim=True)  # [N, C, 1, L]
    place = (i * wide.shape[3] + j).expand(N, C, -1, -1).gather(2, first).squeeze(2)
    flat = torch.zeros_like(wide).flatten(2).scatter_add(2, place, dout.flatten(2))
    return flat.view(wide.shape)[:, :, padding : H + padding, padding : W + padding].clone()
