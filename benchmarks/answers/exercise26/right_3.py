# %% per_image
# One image and one channel at a time; lists, then stack; the largest first by a stable sort.
import torch


def cut(image, i, j, P, Q, stride):
    return image[..., i * stride : i * stride + P, j * stride : j * stride + Q]


def count(size, window, stride, padding):
    return 1 + (size + 2 * padding - window) // stride


def border(x, padding, value):
    if padding == 0:
        return x.clone()
    out = torch.ones(*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding).to(x) * value
    out[:, :, padding:-padding, padding:-padding] = x
    return out


def conv2d(x, w, b, stride, padding):
    xp = border(x, padding, 0)
    P, Q = w.shape[2], w.shape[3]
    images = []
    for image in xp:
        maps = []
        for kernel, bias in zip(w, b, strict=True):
            rows = []
            for i in range(count(x.shape[2], P, stride, padding)):
                cells = [
                    (cut(image, i, j, P, Q, stride) * kernel).sum()
                    for j in range(count(x.shape[3], Q, stride, padding))
                ]
                rows.append(torch.stack(cells))
            maps.append(torch.stack(rows) + bias)
        images.append(torch.stack(maps))
    return torch.stack(images)


def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2], w.shape[3]
    xp = border(x, padding, 0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for n in range(dout.shape[0]):
        for o in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    cut(dxp[n], i, j, P, Q, stride).add_(dout[n, o, i, j] * w[o])
                    dw[o] += dout[n, o, i, j] * cut(xp[n], i, j, P, Q, stride)
    dx = dxp if padding == 0 else dxp[:, :, padding:-padding, padding:-padding]
    return dx, dw, torch.stack([dout[:, o].sum() for o in range(len(w))])


def max_pool2d(x, kernel, stride, padding):
    big = border(x, padding, torch.finfo(x.dtype).min)
    out = [
        torch.stack(
            [
                cut(big, i, j, kernel, kernel, stride).flatten(2).sort(-1).values[..., -1]
                for j in range(count(x.shape[3], kernel, stride, padding))
            ],
            -1,
        )
        for i in range(count(x.shape[2], kernel, stride, padding))
    ]
    return torch.stack(out, 2)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    big = border(x, padding, torch.finfo(x.dtype).min)
    dbig = torch.zeros_like(big)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = cut(big, i, j, kernel, kernel, stride).flatten(2)
            k = window.sort(dim=-1, descending=True, stable=True).indices[..., 0]
            flag = torch.arange(kernel * kernel, device=x.device) == k[..., None]
            share = (flag * dout[:, :, i, j, None]).reshape(*x.shape[:2], kernel, kernel)
            cut(dbig, i, j, kernel, kernel, stride).add_(share)
    H, W = x.shape[2:]
    return dbig[:, :, padding : padding + H, padding : padding + W]


# %% by_unit_tensors
# dw and dx by linearity: the convolution of unit tensors, with the answer's own conv2d.
import torch


def conv2d_backward(dout, x, w, stride, padding):
    zero = w.new_zeros(len(w))
    dx, dw = torch.zeros_like(x), torch.zeros_like(w)
    for c in range(w.shape[1]):
        for p in range(w.shape[2]):
            for q in range(w.shape[3]):
                unit = torch.zeros_like(w[:1])
                unit[0, c, p, q] = 1
                reply = conv2d(x, unit, zero[:1], stride, padding)
                dw[:, c, p, q] = (reply * dout).sum((0, 2, 3))
    for c in range(x.shape[1]):
        for r in range(x.shape[2]):
            for s in range(x.shape[3]):
                unit = torch.zeros_like(x[:1])
                unit[0, c, r, s] = 1
                dx[:, c, r, s] = (conv2d(unit, w, zero, stride, padding) * dout).sum((1, 2, 3))
    return dx, dw, dout.sum((-1, -2)).sum(0)


def max_pool2d(x, kernel, stride, padding):
    # each channel is an image by itself
    N, C, H, W = x.shape
    h = (H + 2 * padding - kernel) // stride + 1
    v = (W + 2 * padding - kernel) // stride + 1
    r = torch.arange(h)[:, None] * stride + torch.arange(kernel) - padding
    s = torch.arange(v)[:, None] * stride + torch.arange(kernel) - padding
    r, s = r.clamp(0, H - 1).to(x.device), s.clamp(0, W - 1).to(x.device)
    return x[:, :, r[:, None, :, None], s[None, :, None, :]].amax((4, 5))


# %% packed_float64
# Everything in float64 and flat: bmm for the products, one_hot for the largest.
import torch


def im2col(x, P, Q, stride, padding, value):
    N, C, H, W = x.shape
    big = x.new_full((N, C, H + 2 * padding, W + 2 * padding), value, dtype=torch.float64)
    big[:, :, padding : padding + H, padding : padding + W] = x
    h, v = (H + 2 * padding - P) // stride + 1, (W + 2 * padding - Q) // stride + 1
    parts = [
        big[:, :, p : p + stride * (h - 1) + 1 : stride, q : q + stride * (v - 1) + 1 : stride]
        for p in range(P)
        for q in range(Q)
    ]
    return torch.stack(parts, 2).flatten(3), h, v  # [N, C, PQ, L]


def col2im(cols, x, P, Q, stride, padding, h, v):
    N, C, H, W = x.shape
    big = cols.new_zeros(N, C, H + 2 * padding, W + 2 * padding)
    for k in range(P * Q):
        p, q = divmod(k, Q)
        view = big[:, :, p : p + stride * (h - 1) + 1 : stride, q : q + stride * (v - 1) + 1 : stride]
        view.add_(cols[:, :, k].reshape(N, C, h, v))
    return big[:, :, padding : padding + H, padding : padding + W].to(x.dtype)


def conv2d(x, w, b, stride, padding):
    cols, h, v = im2col(x, *w.shape[2:], stride, padding, 0.0)
    flat = w.double().flatten(1).expand(len(x), -1, -1)
    out = torch.baddbmm(b.double().view(1, -1, 1), flat, cols.flatten(1, 2))
    return out.unflatten(2, (h, v)).to(x.dtype)


def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    cols, h, v = im2col(x, P, Q, stride, padding, 0.0)
    g = dout.double().flatten(2)
    dw = torch.bmm(g, cols.flatten(1, 2).transpose(1, 2)).sum(0).view(w.shape)
    dcols = (w.double().flatten(1).T @ g).unflatten(1, (w.shape[1], P * Q))
    return col2im(dcols, x, P, Q, stride, padding, h, v), dw.to(w.dtype), g.sum((0, 2)).to(w.dtype)


def max_pool2d(x, kernel, stride, padding):
    cols, h, v = im2col(x, kernel, kernel, stride, padding, -torch.inf)
    return cols.max(2)[0].unflatten(2, (h, v)).type_as(x)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    cols, h, v = im2col(x, kernel, kernel, stride, padding, -torch.inf)
    top = cols == cols.amax(2, keepdim=True)
    first = top & (top.cumsum(2) == 1)
    return col2im(first * dout.flatten(2).unsqueeze(2), x, kernel, kernel, stride, padding, h, v)


# %% running_maximum
# Padding by hand with a copy in place; the position of the largest so far is kept.
import torch


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    _, _, h, v = dout.shape
    best = torch.full(dout.shape, -torch.inf, dtype=x.dtype, device=x.device)
    place = torch.zeros(dout.shape, dtype=torch.int64, device=x.device)
    i = torch.arange(h, device=x.device)[:, None] * stride - padding
    j = torch.arange(v, device=x.device)[None, :] * stride - padding
    for k in range(kernel * kernel):
        r, s = i + k // kernel, j + k % kernel
        inside = (r >= 0) & (r < H) & (s >= 0) & (s < W)
        r, s = r.clamp(0, H - 1), s.clamp(0, W - 1)
        better = inside & (x[:, :, r, s] > best)
        best = torch.where(better, x[:, :, r, s], best)
        place = torch.where(better, r * W + s, place)
    dx = torch.zeros_like(x, memory_format=torch.contiguous_format).view(N, C, -1)
    dx.scatter_add_(2, place.view(N, C, -1), dout.reshape(N, C, -1))
    return dx.view(N, C, H, W)
