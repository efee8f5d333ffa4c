"""as_strided for the windows; backwards a window view of the gradient's own indices, and one index_put."""

import torch


def pad(x, padding, value=0):
    N, C, H, W = x.shape
    out = x.new_full((N, C, H + padding * 2, W + padding * 2), value)
    out[..., padding : padding + H, padding : padding + W] = x
    return out


def view(x, P, Q, stride):
    N, C, H, W = x.shape
    n, c, h, w = x.stride()
    rows, columns = (H - P) // stride + 1, (W - Q) // stride + 1
    return x.as_strided((N, C, rows, columns, P, Q), (n, c, h * stride, w * stride, h, w))


def conv2d(x, w, b, stride, padding):
    out = torch.einsum("ncijpq,ocpq->noij", view(pad(x, padding), *w.shape[2:], stride), w)
    out += b.reshape(1, -1, 1, 1)
    return out


def conv2d_backward(dout, x, w, stride, padding):
    _, _, H, W = x.shape
    wide = pad(x, padding)
    dw = torch.einsum("noij,ncijpq->ocpq", dout, view(wide, *w.shape[2:], stride))
    places = view(torch.arange(wide.numel(), device=x.device).view(wide.shape), *w.shape[2:], stride)
    shares = torch.einsum("noij,ocpq->ncijpq", dout, w)
    flat = wide.new_zeros(wide.numel()).index_put((places.reshape(-1),), shares.reshape(-1), accumulate=True)
    return flat.view_as(wide)[:, :, padding : padding + H, padding : padding + W], dw, torch.einsum("noij->o", dout)


def max_pool2d(x, kernel, stride, padding):
    return view(pad(x, padding, -torch.inf), kernel, kernel, stride).flatten(-2).max(dim=-1)[0]


def max_pool2d_backward(dout, x, kernel, stride, padding):
    _, _, H, W = x.shape
    wide = pad(x, padding, -torch.inf)
    first = view(wide, kernel, kernel, stride).flatten(-2).argmax(dim=-1, keepdim=True)
    places = view(torch.arange(wide.numel(), device=x.device).view(wide.shape), kernel, kernel, stride)
    flat = wide.new_zeros(wide.numel())
    flat.put_(places.flatten(-2).gather(-1, first).flatten(), dout.flatten(), accumulate=True)
    return flat.view_as(wide)[:, :, padding : padding + H, padding : padding + W]
