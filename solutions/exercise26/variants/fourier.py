"""Convolutions as products of Fourier transforms: forwards with the conjugate of the kernel's, for the images' gradient
with the kernel's own. A stride takes every so many-th number, or puts zeros between them."""

import torch


def wide_enough(x, padding):
    return x.shape[2] + 2 * padding, x.shape[3] + 2 * padding


def placed(x, size, at=0):
    out = x.new_zeros(*x.shape[:2], *size)
    out[:, :, at : at + x.shape[2], at : at + x.shape[3]] = x
    return out


def spread(dout, stride):
    out = dout.new_zeros(*dout.shape[:2], *((size - 1) * stride + 1 for size in dout.shape[2:]))
    out[:, :, ::stride, ::stride] = dout
    return out


def conv2d(x, w, b, stride, padding):
    size = wide_enough(x, padding)
    X, K = torch.fft.rfft2(placed(x, size, padding)), torch.fft.rfft2(placed(w, size))
    out = torch.fft.irfft2(torch.einsum("nchw,ochw->nohw", X, K.conj()), s=size)
    rows, columns = size[0] - w.shape[2] + 1, size[1] - w.shape[3] + 1
    return out[:, :, :rows:stride, :columns:stride] + b[None, :, None, None]


def conv2d_backward(dout, x, w, stride, padding):
    size = wide_enough(x, padding)
    X, K = torch.fft.rfft2(placed(x, size, padding)), torch.fft.rfft2(placed(w, size))
    G = torch.fft.rfft2(placed(spread(dout, stride), size))
    dw = torch.fft.irfft2(torch.einsum("nohw,nchw->ochw", G.conj(), X), s=size)
    dx = torch.fft.irfft2(torch.einsum("nohw,ochw->nchw", G, K), s=size)
    inner = (slice(padding, padding + x.shape[2]), slice(padding, padding + x.shape[3]))
    return dx[(..., *inner)], dw[:, :, : w.shape[2], : w.shape[3]], dout.sum(dim=(0, 2, 3))


def shifted(x, kernel, stride, padding):
    """[k², N, C, H′, W′]: the pixels at each place of the window."""
    size = wide_enough(x, padding)
    wide = torch.full((*x.shape[:2], *size), torch.finfo(x.dtype).min, dtype=x.dtype, device=x.device)
    wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    rows, columns = size[0] - kernel + 1, size[1] - kernel + 1
    return torch.stack(
        [wide[:, :, p : p + rows : stride, q : q + columns : stride] for p in range(kernel) for q in range(kernel)]
    )


def max_pool2d(x, kernel, stride, padding):
    best, *others = shifted(x, kernel, stride, padding)
    for other in others:
        best = torch.maximum(best, other)
    return best.clone()


def max_pool2d_backward(dout, x, kernel, stride, padding):
    first = shifted(x, kernel, stride, padding).argmax(dim=0)
    size = wide_enough(x, padding)
    wide = dout.new_zeros(*x.shape[:2], *size)
    rows, columns = size[0] - kernel + 1, size[1] - kernel + 1
    for place in range(kernel * kernel):
        p, q = divmod(place, kernel)
        wide[:, :, p : p + rows : stride, q : q + columns : stride] += torch.where(first == place, dout, 0)
    return wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]]
