# %% dx_overwritten
# = in place of += where windows overlap.
# named: dx_overwritten
def conv2d_backward(dout, x, w, stride, padding):
    O, C, P, Q = w.shape
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = i * stride, j * stride
            g = dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] = torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((0, 2, 3))


# %% dx_last_kernel
# = over the output channels: only the last kernel is in dx.
# like: unfolded
# named: dx_last_kernel
def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    P, Q = w.shape[2:]
    cols = windows(x, P, Q, stride, padding)
    dw = torch.tensordot(dout, cols, dims=([0, 2, 3], [0, 2, 3]))
    for o in range(len(w)):
        dcols = torch.einsum("nij,cpq->ncijpq", dout[:, o], w[o])
    at = positions(x, P, Q, stride, padding).reshape(-1)
    flat = x.new_zeros(N, C, (H + 2 * padding) * (W + 2 * padding))
    flat = flat.index_add(2, at, dcols.reshape(N, C, -1))
    full = flat.view(N, C, H + 2 * padding, W + 2 * padding)
    return full.narrow(2, padding, H).narrow(3, padding, W), dw, dout.sum((0, 2, 3))


# %% dx_index_put_without_accumulate
# Of several gradients for a pixel one is kept.
# like: class_of_columns
# named: dx_overwritten
def conv2d_backward(dout, x, w, stride, padding):
    O, C, P, Q = w.shape
    table = Columns(x.shape, P, Q, stride, padding)
    g, cols = dout.flatten(2), table.gather(x)
    dw = torch.einsum("nol,nclk->ock", g, cols).reshape(w.shape)
    dcols = torch.einsum("nol,ock->nclk", g, w.reshape(O, C, P * Q))
    big = x.new_zeros(len(x), C, table.H + 2 * padding, table.W + 2 * padding)
    big[:, :, table.rows, table.cols] += dcols
    dx = big[:, :, padding : table.H + padding, padding : table.W + padding]
    return dx, dw, g.sum((0, 2))


# %% dx_not_turned
# dx as a convolution with the kernel as it is.
# like: transposed
# named: dx_flipped
def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    g = spread(dout, stride)
    field = x.new_zeros(N, O, H + 2 * padding + P - 1, W + 2 * padding + Q - 1)
    field[:, :, P - 1 : P - 1 + g.shape[2], Q - 1 : Q - 1 + g.shape[3]] = g
    dxp = conv2d(field, w.transpose(0, 1), x.new_zeros(C), 1, 0)
    dw = conv2d(x.transpose(0, 1), g.transpose(0, 1), x.new_zeros(O), 1, padding).transpose(0, 1)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw[:, :, :P, :Q], dout.sum((0, 2, 3))


# %% dx_not_spread
# dx as a convolution of dout without the gaps of the stride.
# like: transposed
# named: dx_stride_forgotten, dx_not_spread
def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    field = x.new_zeros(N, O, H + 2 * padding + P - 1, W + 2 * padding + Q - 1)
    field[:, :, P - 1 : P - 1 + dout.shape[2], Q - 1 : Q - 1 + dout.shape[3]] = dout
    dxp = conv2d(field, w.flip(2, 3).transpose(0, 1), x.new_zeros(C), 1, 0)
    g = spread(dout, stride)
    dw = conv2d(x.transpose(0, 1), g.transpose(0, 1), x.new_zeros(O), 1, padding).transpose(0, 1)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw[:, :, :P, :Q], dout.sum((0, 2, 3))


# %% dx_cut_empty
# [padding:-padding] for every padding.
# like: kernel_loops
# named: dx_cut_minus_padding
def conv2d_backward(dout, x, w, stride, padding):
    h, v = dout.shape[2:]
    xp = frame(x, padding)
    dxp, dw = torch.zeros_like(xp), torch.empty_like(w)
    for p in range(w.shape[2]):
        for q in range(w.shape[3]):
            at = slice(p, p + (h - 1) * stride + 1, stride), slice(q, q + (v - 1) * stride + 1, stride)
            dw[:, :, p, q] = torch.einsum("nohw,nchw->oc", dout, xp[:, :, at[0], at[1]])
            dxp[:, :, at[0], at[1]] += torch.einsum("nohw,oc->nchw", dout, w[:, :, p, q])
    return dxp[:, :, padding:-padding, padding:-padding], dw, dout.sum((0, 2, 3))


# %% dx_with_the_padding
# The padding is not cut off.
# named: dx_not_cut
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    xp = padded(x, padding, 0.0)
    dx, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dx[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dx, dw, dout.sum((0, 2, 3))


# %% dx_cut_at_the_corner
# The padding is cut off from below and right: [:H, :W].
# like: unfolded
# named: dx_cut_at_the_end
def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    P, Q = w.shape[2:]
    dw = torch.tensordot(dout, windows(x, P, Q, stride, padding), dims=([0, 2, 3], [0, 2, 3]))
    dcols = torch.einsum("noij,ocpq->ncijpq", dout, w)
    at = positions(x, P, Q, stride, padding).reshape(-1)
    flat = x.new_zeros(N, C, (H + 2 * padding) * (W + 2 * padding))
    flat = flat.index_add(2, at, dcols.reshape(N, C, -1))
    return flat.view(N, C, H + 2 * padding, -1)[:, :, :H, :W], dw, dout.sum((0, 2, 3))


# %% dx_padding_ignored
# The gradients go to pixels as if there were no padding; what does not fit is dropped.
# named: dx_cut_at_the_end
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dx, dw = torch.zeros_like(x), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            here = dx[:, :, r : r + P, c : c + Q]
            here += torch.einsum("no,ocpq->ncpq", g, w)[:, :, : here.shape[2], : here.shape[3]]
    return dx, dw, dout.sum((0, 2, 3))


# %% dw_last_window
# = in place of += for dw.
# named: dw_overwritten
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp = torch.zeros_like(xp)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw = torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((0, 2, 3))


# %% dw_last_image
# Within the loop over images dw begins anew.
# like: per_image
# named: dw_last_image
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2], w.shape[3]
    xp = border(x, padding, 0)
    dxp = torch.zeros_like(xp)
    for n in range(dout.shape[0]):
        dw = torch.zeros_like(w)
        for o in range(dout.shape[1]):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    cut(dxp[n], i, j, P, Q, stride).add_(dout[n, o, i, j] * w[o])
                    dw[o] += dout[n, o, i, j] * cut(xp[n], i, j, P, Q, stride)
    H, W = x.shape[2:]
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((0, 2, 3))


# %% dw_mean_of_images
# dw divided by N.
# like: fourier
# named: dw_divided_by_images
def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    xp = pad(x, padding)
    h, v = dout.shape[2:]
    g = x.new_zeros(N, w.shape[0], (h - 1) * stride + 1, (v - 1) * stride + 1)
    g[..., ::stride, ::stride] = dout
    dw = correlate(xp.permute(1, 0, 2, 3)[None], g.permute(1, 0, 2, 3)[:, None], *w.shape[2:]) / N
    size = xp.shape[2:]
    spectrum = torch.einsum("noij,ocij->ncij", torch.fft.fft2(g, s=size), torch.fft.fft2(w, s=size))
    dx = torch.fft.ifft2(spectrum).real[..., padding : padding + H, padding : padding + W]
    return dx, dw, dout.sum((0, 2, 3))


# %% dw_turned
# dw comes out turned by 180 degrees.
# named: dw_flipped
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw.flip(2, 3), dout.sum((0, 2, 3))


# %% dw_without_padding
# The padded border of the kernel's windows: pixels taken from the image without padding.
# like: numbers
# named: dw_padding_at_the_end
def conv2d_backward(dout, x, w, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    dx, dw = torch.zeros_like(x), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            for p in range(P):
                for q in range(Q):
                    r, c = i * stride + p - padding, j * stride + q - padding
                    if 0 <= r < H and 0 <= c < W:
                        dx[:, :, r, c] += dout[:, :, i, j] @ w[:, :, p, q]
                    r, c = r + padding, c + padding
                    if r < H and c < W:
                        dw[:, :, p, q] += dout[:, :, i, j].T @ x[:, :, r, c]
    return dx, dw, dout.sum((0, 2, 3))


# %% db_of_each_image
# Not summed over the images.
# named: db_per_image
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((2, 3))


# %% db_mean
# The mean of dout.
# like: matrices
# named: db_mean
def conv2d_backward(dout, x, w, stride, padding):
    M, (O, h, v) = matrix(x, w, stride, padding)
    C, P, Q = w.shape[1:]
    dw = torch.zeros_like(w)
    for k in range(C * P * Q):
        one = torch.zeros(1, C * P * Q, dtype=w.dtype, device=w.device)
        one[0, k] = 1.0
        out = (x.flatten(1) @ matrix(x, one.view(1, C, P, Q), stride, padding)[0].T).view(-1, 1, h, v)
        dw[:, k // (P * Q), k // Q % P, k % Q] = (dout * out).sum((0, 2, 3))
    return (dout.flatten(1) @ M).view(x.shape), dw, dout.mean((0, 2, 3))


# %% db_mean_of_images
# The sum over the places, and the mean over the images.
# like: by_unit_tensors
# named: db_divided_by_images
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((2, 3)).mean(0)


# %% results_in_another_order
# (dw, db, dx).
# named: kernels_before_images
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    H, W = x.shape[2:]
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros_like(xp), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dw, dout.sum((0, 2, 3)), dxp[:, :, padding : padding + H, padding : padding + W]


# %% backward_windows_begin_at_i
# The stride is forgotten for the windows, in dx and dw alike.
# named: dx_stride_forgotten, dw_stride_forgotten
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
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((0, 2, 3))


# %% dx_float32
# The zeros of dx without the dtype.
# named: -
def conv2d_backward(dout, x, w, stride, padding):
    P, Q = w.shape[2:]
    N, C, H, W = x.shape
    xp = padded(x, padding, 0.0)
    dxp, dw = torch.zeros(N, C, H + 2 * padding, W + 2 * padding), torch.zeros_like(w)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c, g = i * stride, j * stride, dout[:, :, i, j]
            dw += torch.einsum("no,ncpq->ocpq", g, xp[:, :, r : r + P, c : c + Q])
            dxp[:, :, r : r + P, c : c + Q] += torch.einsum("no,ocpq->ncpq", g, w)
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, dout.sum((0, 2, 3))
