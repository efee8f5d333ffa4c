# %% base
# Loops over the windows.
import torch


def padded(x, p, value):
    N, C, H, W = x.shape
    out = torch.full((N, C, H + 2 * p, W + 2 * p), value, dtype=x.dtype, device=x.device)
    out[:, :, p : p + H, p : p + W] = x
    return out


def sizes(x, P, Q, stride, padding):
    H, W = x.shape[2:]
    return (H + 2 * padding - P) // stride + 1, (W + 2 * padding - Q) // stride + 1


def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    h, v = sizes(x, P, Q, stride, padding)
    xp = padded(x, padding, 0.0)
    out = x.new_zeros(len(x), O, h, v)
    for i in range(h):
        for j in range(v):
            window = xp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", window, w) + b
    return out


def conv2d_backward(dout, x, w, stride, padding):
    O, C, P, Q = w.shape
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp = torch.zeros_like(xp)
    dw = torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            rows = slice(i * stride, i * stride + P)
            cols = slice(j * stride, j * stride + Q)
            g = dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, rows, cols])
            dxp[:, :, rows, cols] += torch.einsum("no,ocpq->ncpq", g, w)
    dx = dxp[:, :, padding : padding + H, padding : padding + W].clone()
    return dx, dw, dout.sum(dim=(0, 2, 3))


def max_pool2d(x, kernel, stride, padding):
    h, v = sizes(x, kernel, kernel, stride, padding)
    xp = padded(x, padding, float("-inf"))
    out = x.new_zeros(*x.shape[:2], h, v)
    for i in range(h):
        for j in range(v):
            r, c = i * stride, j * stride
            out[:, :, i, j] = xp[:, :, r : r + kernel, c : c + kernel].amax(dim=(2, 3))
    return out


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    xp = padded(x, padding, float("-inf"))
    dxp = torch.zeros_like(xp)
    n = torch.arange(N, device=x.device)[:, None]
    c = torch.arange(C, device=x.device)[None, :]
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = xp[:, :, i * stride : i * stride + kernel, j * stride : j * stride + kernel]
            k = window.reshape(N, C, -1).argmax(dim=2)
            dxp[n, c, i * stride + k // kernel, j * stride + k % kernel] += dout[:, :, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W].contiguous()


# %% numbers
# Loops over single numbers, without padding: bounds are tested.
import torch


def conv2d(x, w, b, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    h = (H + 2 * padding - P) // stride + 1
    v = (W + 2 * padding - Q) // stride + 1
    out = x.new_empty(N, O, h, v)
    X, K, B = x.tolist(), w.tolist(), b.tolist()
    for n in range(N):
        for o in range(O):
            for i in range(h):
                for j in range(v):
                    s = B[o]
                    for p in range(P):
                        for q in range(Q):
                            r, c = i * stride + p - padding, j * stride + q - padding
                            if 0 <= r < H and 0 <= c < W:
                                for k in range(C):
                                    s += X[n][k][r][c] * K[o][k][p][q]
                    out[n, o, i, j] = s
    return out


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    dx, dw, db = torch.zeros_like(x), torch.zeros_like(w), w.new_zeros(O)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            for p in range(P):
                for q in range(Q):
                    r, c = i * stride + p - padding, j * stride + q - padding
                    if r < 0 or c < 0 or r >= H or c >= W:
                        continue
                    dx[:, :, r, c] += dout[:, :, i, j] @ w[:, :, p, q]
                    dw[:, :, p, q] += dout[:, :, i, j].T @ x[:, :, r, c]
    for o in range(O):
        db[o] = dout[:, o].sum()
    return dx, dw, db


def max_pool2d(x, kernel, stride, padding):
    N, C, H, W = x.shape
    h = (H + 2 * padding - kernel) // stride + 1
    v = (W + 2 * padding - kernel) // stride + 1
    out = torch.empty(N, C, h, v, dtype=x.dtype, device=x.device)
    for i in range(h):
        top = max(i * stride - padding, 0)
        bottom = min(i * stride - padding + kernel, H)
        for j in range(v):
            left = max(j * stride - padding, 0)
            right = min(j * stride - padding + kernel, W)
            out[..., i, j] = x[..., top:bottom, left:right].amax((-2, -1))
    return out


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    dx = torch.zeros(N, C, H, W, dtype=x.dtype, device=x.device)
    for n in range(N):
        for c in range(C):
            image = x[n, c].tolist()
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    best, at = -float("inf"), None
                    for r in range(i * stride - padding, i * stride - padding + kernel):
                        for s in range(j * stride - padding, j * stride - padding + kernel):
                            if 0 <= r < H and 0 <= s < W and image[r][s] > best:
                                best, at = image[r][s], (r, s)
                    dx[n, c, at[0], at[1]] += dout[n, c, i, j]
    return dx


# %% unfolded
# Tensor.unfold, tensordot, and scatter_add of positions.
import torch


def windows(x, P, Q, stride, padding, value=0.0):
    xp = torch.constant_pad_nd(x, (padding, padding, padding, padding), value)
    return xp.unfold(2, P, stride).unfold(3, Q, stride)


def positions(x, P, Q, stride, padding):
    H, W = x.shape[2] + 2 * padding, x.shape[3] + 2 * padding
    at = torch.arange(H * W, device=x.device).view(1, 1, H, W)
    return at.unfold(2, P, stride).unfold(3, Q, stride)[0, 0]


def conv2d(x, w, b, stride, padding):
    out = torch.einsum("ncijpq,ocpq->noij", windows(x, *w.shape[2:], stride, padding), w)
    return out + b[:, None, None]


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    P, Q = w.shape[2:]
    cols = windows(x, P, Q, stride, padding)
    dw = torch.tensordot(dout, cols, dims=([0, 2, 3], [0, 2, 3]))
    dcols = torch.einsum("noij,ocpq->ncijpq", dout, w)
    at = positions(x, P, Q, stride, padding).reshape(-1)
    flat = x.new_zeros(N, C, (H + 2 * padding) * (W + 2 * padding))
    flat = flat.index_add(2, at, dcols.reshape(N, C, -1))
    full = flat.view(N, C, H + 2 * padding, W + 2 * padding)
    return full.narrow(2, padding, H).narrow(3, padding, W), dw, dout.sum((0, 2, 3))


def max_pool2d(x, kernel, stride, padding):
    return windows(x, kernel, kernel, stride, padding, float("-inf")).flatten(4).max(4).values


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    cols = windows(x, kernel, kernel, stride, padding, float("-inf")).flatten(4)
    best = cols.argmax(4, keepdim=True)
    at = positions(x, kernel, kernel, stride, padding).flatten(2).expand_as(cols)
    at = at.gather(4, best).reshape(N, C, -1)
    flat = x.new_zeros(N, C, (H + 2 * padding) * (W + 2 * padding))
    flat.scatter_add_(2, at, dout.reshape(N, C, -1))
    return flat.view(N, C, H + 2 * padding, W + 2 * padding)[..., padding : padding + H, padding : padding + W]


# %% kernel_loops
# Loops over the kernel's entries; strided slices of the padded image.
import torch


def frame(x, padding, value=0.0):
    N, C, H, W = x.shape
    rows = x.new_full((N, C, padding, W), value)
    x = torch.cat([rows, x, rows], dim=2)
    cols = x.new_full((N, C, H + 2 * padding, padding), value)
    return torch.cat([cols, x, cols], dim=3)


def conv2d(x, w, b, stride, padding):
    P, Q = w.shape[-2:]
    xp = frame(x, padding)
    h, v = (xp.shape[2] - P) // stride + 1, (xp.shape[3] - Q) // stride + 1
    out = b.view(1, -1, 1, 1).expand(len(x), -1, h, v).clone()
    for p in range(P):
        for q in range(Q):
            part = xp[:, :, p : p + (h - 1) * stride + 1 : stride, q : q + (v - 1) * stride + 1 : stride]
            out += torch.einsum("nchw,oc->nohw", part, w[:, :, p, q])
    return out


def conv2d_backward(dout, x, w, stride, padding):
    H, W = x.shape[2:]
    h, v = dout.shape[2:]
    xp = frame(x, padding)
    dxp, dw = torch.zeros_like(xp), torch.empty_like(w)
    for p in range(w.shape[2]):
        rows = slice(p, p + (h - 1) * stride + 1, stride)
        for q in range(w.shape[3]):
            cols = slice(q, q + (v - 1) * stride + 1, stride)
            dw[:, :, p, q] = torch.einsum("nohw,nchw->oc", dout, xp[:, :, rows, cols])
            dxp[:, :, rows, cols] += torch.einsum("nohw,oc->nchw", dout, w[:, :, p, q])
    if padding:
        dxp = dxp[:, :, padding:-padding, padding:-padding]
    return dxp, dw, dout.flatten(2).sum(2).sum(0)


def max_pool2d(x, kernel, stride, padding):
    xp = frame(x, padding, -torch.inf)
    h, v = (xp.shape[2] - kernel) // stride + 1, (xp.shape[3] - kernel) // stride + 1
    out = x.new_full((*x.shape[:2], h, v), -torch.inf)
    for p in range(kernel):
        for q in range(kernel):
            part = xp[:, :, p : p + (h - 1) * stride + 1 : stride, q : q + (v - 1) * stride + 1 : stride]
            out = torch.maximum(out, part)
    return out


def max_pool2d_backward(dout, x, kernel, stride, padding):
    H, W = x.shape[2:]
    out = max_pool2d(x, kernel, stride, padding)
    h, v = out.shape[2:]
    xp = frame(x, padding, -torch.inf)
    dxp = torch.zeros_like(xp)
    free = torch.ones_like(out, dtype=torch.bool)
    for p in range(kernel):
        rows = slice(p, p + (h - 1) * stride + 1, stride)
        for q in range(kernel):
            cols = slice(q, q + (v - 1) * stride + 1, stride)
            hit = free & (xp[:, :, rows, cols] == out)
            free = free & ~hit
            dxp[:, :, rows, cols] += hit * dout
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% transposed
# dx as a convolution of the spread dout with the turned kernel, dw as one of x with dout: calls of conv2d.
import torch


def spread(dout, stride):
    N, O, h, v = dout.shape
    wide = dout.new_zeros(N, O, (h - 1) * stride + 1, (v - 1) * stride + 1)
    wide[:, :, ::stride, ::stride] = dout
    return wide


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    g = spread(dout, stride)
    field = x.new_zeros(N, O, H + 2 * padding + P - 1, W + 2 * padding + Q - 1)
    field[:, :, P - 1 : P - 1 + g.shape[2], Q - 1 : Q - 1 + g.shape[3]] = g
    turned = w.flip(2, 3).transpose(0, 1)
    dxp = conv2d(field, turned, x.new_zeros(C), 1, 0)
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    dw = conv2d(x.transpose(0, 1), g.transpose(0, 1), x.new_zeros(O), 1, padding).transpose(0, 1)
    return dx, dw[:, :, :P, :Q], dout.sum(dim=(0, 2, 3))


def max_pool2d_backward(dout, x, kernel, stride, padding):
    # the largest ones, and among them the one that comes first
    N, C, H, W = x.shape
    top = max_pool2d(x, kernel, stride, padding)
    dx = torch.zeros_like(x)
    order = torch.arange(H * W, device=x.device).view(H, W)
    for i in range(top.shape[2]):
        for j in range(top.shape[3]):
            y, z = i * stride - padding, j * stride - padding
            rows, cols = slice(max(y, 0), y + kernel), slice(max(z, 0), z + kernel)
            equal = x[:, :, rows, cols] == top[:, :, i, j, None, None]
            rank = torch.where(equal, order[rows, cols], H * W)
            first = rank == rank.amin((2, 3), keepdim=True)
            dx[:, :, rows, cols] += first * dout[:, :, i, j, None, None]
    return dx
