# %% numpy_views
# NumPy: sliding windows, tensordot, add.at.
import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view


def array(t):
    return t.detach().cpu().numpy()


def views(a, P, Q, stride, padding, value):
    a = np.pad(a, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=value)
    return sliding_window_view(a, (P, Q), axis=(2, 3))[:, :, ::stride, ::stride]


def conv2d(x, w, b, stride, padding):
    cols = views(array(x), *w.shape[2:], stride, padding, 0)
    out = np.tensordot(cols, array(w), axes=((1, 4, 5), (1, 2, 3))).transpose(0, 3, 1, 2)
    return torch.from_numpy(out + array(b)[:, None, None]).to(x.device)


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    g, k = array(dout), array(w)
    dw = np.einsum("noij,ncijpq->ocpq", g, views(array(x), P, Q, stride, padding, 0))
    dxp = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=k.dtype)
    for i in range(g.shape[2]):
        for j in range(g.shape[3]):
            patch = np.tensordot(g[:, :, i, j], k, axes=1)
            dxp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q] += patch
    dx = dxp[:, :, padding : padding + H, padding : padding + W].copy()
    parts = dx, dw, g.sum(axis=(0, 2, 3))
    return tuple(torch.as_tensor(part, dtype=x.dtype, device=x.device) for part in parts)


def max_pool2d(x, kernel, stride, padding):
    cols = views(array(x), kernel, kernel, stride, padding, -np.inf)
    return torch.from_numpy(cols.max(axis=(4, 5))).to(x.device)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    cols = views(array(x), kernel, kernel, stride, padding, -np.inf)
    h, v = cols.shape[2:4]
    best = cols.reshape(N, C, h, v, kernel * kernel).argmax(axis=-1)
    n, c, i, j = np.indices(best.shape)
    dx = np.zeros((N, C, H, W), dtype=array(x).dtype)
    at = n, c, i * stride + best // kernel - padding, j * stride + best % kernel - padding
    np.add.at(dx, at, array(dout))
    return torch.from_numpy(dx).to(x.device)


# %% class_of_columns
# im2col and col2im in a class, with index tables.
import torch


class Columns:
    def __init__(self, shape, P, Q, stride, padding):
        self.N, self.C, self.H, self.W = shape
        self.padding = padding
        self.h = (self.H + 2 * padding - P) // stride + 1
        self.v = (self.W + 2 * padding - Q) // stride + 1
        i = torch.arange(self.h).repeat_interleave(self.v) * stride
        j = torch.arange(self.v).repeat(self.h) * stride
        self.rows = i[:, None] + torch.arange(P).repeat_interleave(Q)
        self.cols = j[:, None] + torch.arange(Q).repeat(P)

    def pad(self, x, value):
        p = self.padding
        big = x.new_full((self.N, self.C, self.H + 2 * p, self.W + 2 * p), value)
        big[:, :, p : p + self.H, p : p + self.W].copy_(x)
        return big

    def gather(self, x, value=0.0):
        return self.pad(x, value)[:, :, self.rows.to(x.device), self.cols.to(x.device)]

    def scatter(self, columns):
        p = self.padding
        big = columns.new_zeros(self.N, self.C, self.H + 2 * p, self.W + 2 * p)
        n = torch.arange(self.N, device=big.device).view(-1, 1, 1, 1)
        c = torch.arange(self.C, device=big.device).view(1, -1, 1, 1)
        at = (n, c, self.rows.to(big.device), self.cols.to(big.device))
        big.index_put_(at, columns, accumulate=True)
        return big[:, :, p : self.H + p, p : self.W + p]


def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    table = Columns(x.shape, P, Q, stride, padding)
    cols = table.gather(x).permute(0, 2, 1, 3).reshape(len(x), table.h * table.v, C * P * Q)
    out = cols @ w.reshape(O, -1).T + b
    return out.transpose(1, 2).reshape(len(x), O, table.h, table.v)


def conv2d_backward(dout, x, w, stride, padding):
    O, C, P, Q = w.shape
    table = Columns(x.shape, P, Q, stride, padding)
    g = dout.flatten(2)
    cols = table.gather(x)
    dw = torch.einsum("nol,nclk->ock", g, cols).reshape(w.shape)
    dcols = torch.einsum("nol,ock->nclk", g, w.reshape(O, C, P * Q))
    return table.scatter(dcols), dw, g.sum((0, 2))


def max_pool2d(x, kernel, stride, padding):
    table = Columns(x.shape, kernel, kernel, stride, padding)
    return table.gather(x, -torch.inf).amax(3).view(*x.shape[:2], table.h, table.v)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    table = Columns(x.shape, kernel, kernel, stride, padding)
    cols = table.gather(x, -torch.inf)
    chosen = torch.zeros_like(cols).scatter(3, cols.argmax(3, keepdim=True), 1.0)
    return table.scatter(chosen * dout.flatten(2).unsqueeze(3))


# %% fourier
# Convolution by torch.fft; pooling by rows, then by columns.
import torch


def correlate(a, k, rows, cols):
    # valid cross-correlation of the last two axes, a: [N, 1, C, ...], k: [1, O, C, ...], summed over C
    size = (a.shape[-2] + k.shape[-2], a.shape[-1] + k.shape[-1])
    f = torch.fft.rfft2(a, s=size) * torch.fft.rfft2(k, s=size).conj()
    return torch.fft.irfft2(f.sum(2), s=size)[..., :rows, :cols]


def pad(x, p):
    return torch.constant_pad_nd(x, (p, p, p, p))


def conv2d(x, w, b, stride, padding):
    xp = pad(x, padding)
    full = correlate(xp[:, None], w[None], xp.shape[2] - w.shape[2] + 1, xp.shape[3] - w.shape[3] + 1)
    return full[..., ::stride, ::stride] + b[:, None, None]


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    xp = pad(x, padding)
    rows, cols = xp.shape[2:]
    h, v = dout.shape[2:]
    g = x.new_zeros(N, w.shape[0], (h - 1) * stride + 1, (v - 1) * stride + 1)
    g[..., ::stride, ::stride] = dout
    dw = correlate(xp.permute(1, 0, 2, 3)[None], g.permute(1, 0, 2, 3)[:, None], *w.shape[2:])
    size = (rows, cols)
    spectrum = torch.einsum("noij,ocij->ncij", torch.fft.fft2(g, s=size), torch.fft.fft2(w, s=size))
    dxp = torch.fft.ifft2(spectrum).real
    return dxp[..., padding : padding + H, padding : padding + W], dw, dout.sum((0, 2, 3))


def max_pool2d(x, kernel, stride, padding):
    low = x.min().item()
    x = torch.constant_pad_nd(x, (padding,) * 4, low)
    return x.unfold(2, kernel, stride).amax(-1).unfold(3, kernel, stride).amax(-1)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    xp = torch.constant_pad_nd(x, (padding,) * 4, -torch.inf)
    inrow, col = xp.unfold(3, kernel, stride).max(-1)
    best, row = inrow.unfold(2, kernel, stride).max(-1)
    h, v = best.shape[2:]
    i = torch.arange(h, device=x.device)[:, None] * stride + row
    j = col.gather(2, i) + torch.arange(v, device=x.device) * stride
    flat = torch.zeros_like(xp).flatten(2)
    flat = flat.scatter_add(2, (i * xp.shape[3] + j).flatten(2), dout.flatten(2))
    return flat.view_as(xp)[:, :, padding : padding + H, padding : padding + W]


# %% matrices
# The convolution as a matrix for each call, and a linear map for each weight.
import torch


def matrix(x, w, stride, padding):
    O, C, P, Q = w.shape
    H, W = x.shape[2:]
    h, v = (H + 2 * padding - P) // stride + 1, (W + 2 * padding - Q) // stride + 1
    M = w.new_zeros(O, h, v, C, H + 2 * padding, W + 2 * padding)
    for i in range(h):
        for j in range(v):
            M[:, i, j, :, i * stride : i * stride + P, j * stride : j * stride + Q] = w
    return M[..., padding : padding + H, padding : padding + W].reshape(O * h * v, -1), (O, h, v)


def conv2d(x, w, b, stride, padding):
    M, shape = matrix(x, w, stride, padding)
    return (x.flatten(1) @ M.T).view(-1, *shape) + b.view(-1, 1, 1)


def conv2d_backward(dout, x, w, stride, padding):
    M, (O, h, v) = matrix(x, w, stride, padding)
    dx = (dout.flatten(1) @ M).view(x.shape)
    C, P, Q = w.shape[1:]
    dw = torch.zeros_like(w)
    for k in range(C * P * Q):
        one = torch.zeros(1, C * P * Q, dtype=w.dtype, device=w.device)
        one[0, k] = 1.0
        out = (x.flatten(1) @ matrix(x, one.view(1, C, P, Q), stride, padding)[0].T).view(-1, 1, h, v)
        dw[:, k // (P * Q), k // Q % P, k % Q] = (dout * out).sum((0, 2, 3))
    return dx, dw, torch.einsum("noij->o", dout)


# %% strided_float64
# as_strided, computed in float64; pooling in one dimension less.
import torch


def tiles(x, P, Q, stride, padding, value):
    N, C, H, W = x.shape
    big = torch.full((N, C, H + 2 * padding, W + 2 * padding), value, dtype=torch.float64, device=x.device)
    big[:, :, padding : H + padding, padding : W + padding] = x
    a, b, c, d = big.stride()
    h, v = (big.shape[2] - P) // stride + 1, (big.shape[3] - Q) // stride + 1
    return big.as_strided((N, C, h, v, P, Q), (a, b, c * stride, d * stride, c, d)), big


def conv2d(x, w, b, stride, padding):
    t, _ = tiles(x, *w.shape[2:], stride, padding, 0.0)
    out = (t[:, None] * w.double()[None, :, :, None, None]).sum(dim=(2, 5, 6))
    return (out + b.double()[None, :, None, None]).to(x.dtype)


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    t, big = tiles(x, *w.shape[2:], stride, padding, 0.0)
    g = dout.double()
    dw = torch.stack([(g[:, o, None, :, :, None, None] * t).sum((0, 2, 3)) for o in range(len(w))])
    dbig = torch.zeros_like(big)
    for n in range(N):
        for i in range(g.shape[2]):
            for j in range(g.shape[3]):
                here = dbig[n, :, i * stride :, j * stride :][:, : w.shape[2], : w.shape[3]]
                here += (g[n, :, i, j, None, None, None] * w).sum(0)
    dx = dbig[:, :, padding:, padding:][:, :, :H, :W]
    return dx.to(x.dtype), dw.to(x.dtype), g.sum((0, 2, 3)).to(x.dtype)


def max_pool2d(x, kernel, stride, padding):
    t, _ = tiles(x, kernel, kernel, stride, padding, float("-inf"))
    return t.amax((-1, -2)).to(x.dtype)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    t, _ = tiles(x, kernel, kernel, stride, padding, -torch.inf)
    dx = torch.zeros(N, C, H, W, dtype=torch.float64, device=x.device)
    for n, c, i, j in torch.cartesian_prod(*map(torch.arange, t.shape[:4])).tolist():
        r, s = divmod(int(t[n, c, i, j].flatten().argmax()), kernel)
        dx[n, c, i * stride + r - padding, j * stride + s - padding] += dout[n, c, i, j]
    return dx.to(x.dtype)
