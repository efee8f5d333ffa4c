# %% mathematics_and_zeros
# 1 conv2d turns the kernel; 2 max_pool2d pads with zeros; 3 its backward gives to all equals
# named: conv_flipped, pool_padded_with_zeros, ties_to_all
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    h, v = sizes(x, P, Q, stride, padding)
    xp = padded(x, padding, 0)
    k = w.flip([2, 3])
    out = x.new_zeros(x.shape[0], O, h, v)
    for n in range(x.shape[0]):
        for o in range(O):
            for i in range(h):
                for j in range(v):
                    window = xp[n, :, i * stride : i * stride + P, j * stride : j * stride + Q]
                    out[n, o, i, j] = (window * k[o]).sum() + b[o]
    return out


def max_pool2d(x, kernel, stride, padding):
    h, v = sizes(x, kernel, kernel, stride, padding)
    xp = padded(x, padding, 0)
    out = x.new_zeros(*x.shape[:2], h, v)
    for i in range(h):
        for j in range(v):
            window = xp[:, :, i * stride : i * stride + kernel, j * stride : j * stride + kernel]
            out[:, :, i, j] = window.amax((2, 3))
    return out


def max_pool2d_backward(dout, x, kernel, stride, padding):
    H, W = x.shape[2:]
    xp = padded(x, padding, float("-inf"))
    dxp = torch.zeros_like(xp)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = i * stride, j * stride
            window = xp[:, :, r : r + kernel, c : c + kernel]
            mask = window == window.amax((2, 3), keepdim=True)
            dxp[:, :, r : r + kernel, c : c + kernel] += mask * dout[:, :, i : i + 1, j : j + 1]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% overwriting
# 1 dx: = where windows overlap; 2 dw: = ; 3 pooling backwards: =
# named: dx_overwritten, dw_overwritten, pooled_overwritten
def conv2d_backward(dout, x, w, stride, padding):
    H, W = x.shape[2:]
    O, C, P, Q = w.shape
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw = torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] = torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((0, 2, 3))


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    xp = padded(x, padding, float("-inf"))
    dxp = torch.zeros_like(xp)
    for n in range(N):
        for c in range(C):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    r, s = i * stride, j * stride
                    k = xp[n, c, r : r + kernel, s : s + kernel].argmax().item()
                    dxp[n, c, r + k // kernel, s + k % kernel] = dout[n, c, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% negative_slices
# 1 conv2d without bias; 2 conv2d_backward cuts [padding:-padding]; 3 the last of equals; 4 db is a mean over images
# named: conv_without_bias, dx_cut_minus_padding, db_divided_by_images, ties_to_last
def conv2d(x, w, b, stride, padding):
    xp = padded(x, padding, 0.0)
    cols = xp.unfold(2, w.shape[2], stride).unfold(3, w.shape[3], stride)
    return torch.einsum("nchwpq,ocpq->nohw", cols, w)


def conv2d_backward(dout, x, w, stride, padding):
    O, C, P, Q = w.shape
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding:-padding, padding:-padding], dw, dout.sum((2, 3)).mean(0)


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    dx = torch.zeros_like(x)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, s = i * stride - padding, j * stride - padding
            for n in range(N):
                for c in range(C):
                    best = None
                    for p in range(max(r, 0), min(r + kernel, H)):
                        for q in range(max(s, 0), min(s + kernel, W)):
                            if best is None or x[n, c, p, q] >= x[n, c, best[0], best[1]]:
                                best = p, q
                    dx[n, c, best[0], best[1]] += dout[n, c, i, j]
    return dx


# %% sizes_from_memory
# 1 conv2d: one window less; 2 max_pool2d: windows side by side, whatever the stride
# named: conv_last_windows_missing, pool_stride_is_kernel
def conv2d(x, w, b, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    h, v = (H + 2 * padding - P) // stride, (W + 2 * padding - Q) // stride
    xp = padded(x, padding, 0.0)
    out = torch.zeros(N, O, h, v, dtype=x.dtype, device=x.device)
    for i in range(h):
        for j in range(v):
            patch = xp[:, None, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            out[:, :, i, j] = (patch * w).sum((2, 3, 4)) + b
    return out


def max_pool2d(x, kernel, stride, padding):
    xp = padded(x, padding, -torch.inf)
    h, v = xp.shape[2] // kernel, xp.shape[3] // kernel
    tiles = xp[:, :, : h * kernel, : v * kernel].reshape(*x.shape[:2], h, kernel, v, kernel)
    return tiles.amax((3, 5))


# %% forgotten_strides
# 1 conv2d: windows begin at i; 2 conv2d_backward: the same; 3 db keeps the images; 4 pooling backwards gives to all equals
# named: conv_stride_forgotten, dx_stride_forgotten, dw_stride_forgotten, db_per_image, ties_to_all
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    h, v = sizes(x, P, Q, stride, padding)
    xp = padded(x, padding, 0.0)
    out = x.new_zeros(len(x), O, h, v)
    for i in range(h):
        for j in range(v):
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", xp[:, :, i : i + P, j : j + Q], w) + b
    return out


def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            g = dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, i : i + P, j : j + Q])
            dxp[:, :, i : i + P, j : j + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((2, 3))


def max_pool2d_backward(dout, x, kernel, stride, padding):
    H, W = x.shape[2:]
    top = max_pool2d(x, kernel, stride, padding)
    dx = torch.zeros_like(x)
    for i in range(top.shape[2]):
        for j in range(top.shape[3]):
            r, s = i * stride - padding, j * stride - padding
            rows, cols = slice(max(r, 0), r + kernel), slice(max(s, 0), s + kernel)
            equal = x[:, :, rows, cols] == top[:, :, i, j, None, None]
            dx[:, :, rows, cols] += equal * dout[:, :, i, j, None, None]
    return dx


# %% transposed_by_heart
# 1 dx as a convolution with the kernel unturned; 2 db as a mean; 3 max_pool2d pads with zeros;
# 4 its backward too
# like: transposed
# named: dx_flipped, db_mean, pool_padded_with_zeros, pooled_padded_with_zeros
def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    g = spread(dout, stride)
    field = x.new_zeros(N, O, H + 2 * padding + P - 1, W + 2 * padding + Q - 1)
    field[:, :, P - 1 : P - 1 + g.shape[2], Q - 1 : Q - 1 + g.shape[3]] = g
    dxp = conv2d(field, w.transpose(0, 1), x.new_zeros(C), 1, 0)
    dx = dxp[:, :, padding : padding + H, padding : padding + W]
    dw = conv2d(x.transpose(0, 1), g.transpose(0, 1), x.new_zeros(O), 1, padding).transpose(0, 1)
    return dx, dw[:, :, :P, :Q], dout.mean(dim=(0, 2, 3))


def max_pool2d(x, kernel, stride, padding):
    xp = padded(x, padding, 0.0)
    return xp.unfold(2, kernel, stride).unfold(3, kernel, stride).amax((4, 5))


def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    xp = padded(x, padding, 0.0)
    dxp = torch.zeros_like(xp)
    for n in range(N):
        for c in range(C):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    r, s = i * stride, j * stride
                    k = int(xp[n, c, r : r + kernel, s : s + kernel].argmax())
                    dxp[n, c, r + k // kernel, s + k % kernel] += dout[n, c, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W]
