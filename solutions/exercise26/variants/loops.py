"""Plain loops over every single number; nothing is padded, indices outside of the image are passed over."""

import torch


def conv2d(x, w, b, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape  # noqa: E741
    H2, W2 = (H + 2 * padding - P) // stride + 1, (W + 2 * padding - Q) // stride + 1
    out = torch.zeros((N, O, H2, W2), dtype=x.dtype, device=x.device)
    X, K, B = x.tolist(), w.tolist(), b.tolist()
    for n in range(N):
        for o in range(O):
            for i in range(H2):
                for j in range(W2):
                    total = B[o]
                    for c, p, q, r, s in inside(C, H, W, P, Q, i, j, stride, padding):
                        total += X[n][c][r][s] * K[o][c][p][q]
                    out[n, o, i, j] = total
    return out


def inside(C, H, W, P, Q, i, j, stride, padding):
    for c in range(C):
        for p in range(P):
            for q in range(Q):
                r, s = i * stride + p - padding, j * stride + q - padding
                if 0 <= r < H and 0 <= s < W:
                    yield c, p, q, r, s


def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape  # noqa: E741
    dx, dw, db = torch.zeros_like(x), torch.zeros_like(w), torch.zeros_like(w[:, 0, 0, 0])
    for n in range(N):
        for o in range(O):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    g = dout[n, o, i, j]
                    db[o] += g
                    for c, p, q, r, s in inside(C, H, W, P, Q, i, j, stride, padding):
                        dx[n, c, r, s] += g * w[o, c, p, q]
                        dw[o, c, p, q] += g * x[n, c, r, s]
    return dx, dw, db


def max_pool2d(x, kernel, stride, padding):
    N, C, H, W = x.shape
    out = []
    for n in range(N):
        for c in range(C):
            for i in range((H + 2 * padding - kernel) // stride + 1):
                for j in range((W + 2 * padding - kernel) // stride + 1):
                    r, s = largest(x[n, c], kernel, i * stride - padding, j * stride - padding)
                    out.append(x[n, c, r, s])
    return torch.stack(out).reshape(N, C, (H + 2 * padding - kernel) // stride + 1, -1)


def largest(channel, kernel, top, left):
    H, W = channel.shape
    best = None
    for r in range(max(top, 0), min(top + kernel, H)):
        for s in range(max(left, 0), min(left + kernel, W)):
            if best is None or channel[r, s] > channel[best]:
                best = r, s
    return best


def max_pool2d_backward(dout, x, kernel, stride, padding):
    dx = torch.zeros_like(x)
    for n, c, i, j in torch.ones_like(dout).nonzero().tolist():
        r, s = largest(x[n, c], kernel, i * stride - padding, j * stride - padding)
        dx[n, c, r, s] += dout[n, c, i, j]
    return dx
