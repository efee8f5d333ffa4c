# %% grad_to_all_equals
# Every equally large pixel gets the whole gradient.
# named: ties_to_all
def max_pool2d_backward(dout, x, kernel, stride, padding):
    H, W = x.shape[2:]
    xp = padded(x, padding, float("-inf"))
    dxp = torch.zeros_like(xp)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            at = slice(i * stride, i * stride + kernel), slice(j * stride, j * stride + kernel)
            window = xp[:, :, at[0], at[1]]
            mask = window == window.amax((2, 3), keepdim=True)
            dxp[:, :, at[0], at[1]] += mask * dout[:, :, i, j, None, None]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% grad_shared_by_equals
# Equally large pixels share the gradient.
# like: packed_float64
# named: ties_shared
def max_pool2d_backward(dout, x, kernel, stride, padding):
    cols, h, v = im2col(x, kernel, kernel, stride, padding, -torch.inf)
    top = cols == cols.amax(2, keepdim=True)
    share = top * dout.flatten(2).unsqueeze(2) / top.sum(2, keepdim=True)
    return col2im(share, x, kernel, kernel, stride, padding, h, v)


# %% grad_to_the_last
# The last of several (>= in the comparison).
# like: numbers
# named: ties_to_last
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
                            if 0 <= r < H and 0 <= s < W and image[r][s] >= best:
                                best, at = image[r][s], (r, s)
                    dx[n, c, at[0], at[1]] += dout[n, c, i, j]
    return dx


# %% grad_column_by_column
# The first of several, looked for column by column.
# like: running_maximum
# named: ties_by_columns
def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    xp = padded(x, padding, float("-inf"))
    dxp = torch.zeros_like(xp)
    n = torch.arange(N, device=x.device)[:, None]
    c = torch.arange(C, device=x.device)[None, :]
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = xp[:, :, i * stride : i * stride + kernel, j * stride : j * stride + kernel]
            k = window.transpose(2, 3).reshape(N, C, -1).argmax(dim=2)
            dxp[n, c, i * stride + k % kernel, j * stride + k // kernel] += dout[:, :, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% grad_overwritten
# = where a pixel is the largest of several windows.
# named: pooled_overwritten
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
            dxp[n, c, i * stride + k // kernel, j * stride + k % kernel] = dout[:, :, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% grad_window_overwritten
# The whole window is written: zeros over what was there.
# like: per_image
# named: pooled_windows_overwritten
def max_pool2d_backward(dout, x, kernel, stride, padding):
    big = border(x, padding, -torch.inf)
    dbig = torch.zeros_like(big)
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            window = cut(big, i, j, kernel, kernel, stride).flatten(2)
            flag = torch.arange(kernel * kernel, device=x.device) == window.argmax(-1)[..., None]
            share = (flag * dout[:, :, i, j, None]).reshape(*x.shape[:2], kernel, kernel)
            cut(dbig, i, j, kernel, kernel, stride).copy_(share)
    H, W = x.shape[2:]
    return dbig[:, :, padding : padding + H, padding : padding + W]


# %% grad_index_assignment
# += with an index of several equal positions.
# like: unfolded
# named: pooled_overwritten
def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    cols = windows(x, kernel, kernel, stride, padding, float("-inf")).flatten(4)
    at = positions(x, kernel, kernel, stride, padding).flatten(2).expand_as(cols)
    at = at.gather(4, cols.argmax(4, keepdim=True)).reshape(N, C, -1)
    flat = x.new_zeros(N, C, (H + 2 * padding) * (W + 2 * padding))
    n, c = torch.arange(N, device=x.device).view(-1, 1, 1), torch.arange(C, device=x.device).view(1, -1, 1)
    flat[n, c, at] += dout.reshape(N, C, -1)
    return flat.view(N, C, H + 2 * padding, -1)[..., padding : padding + H, padding : padding + W]


# %% grad_zero_padding
# Zeros around the image: they are the largest of negative windows.
# like: unfolded
# named: pooled_padded_with_zeros
def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    cols = windows(x, kernel, kernel, stride, padding).flatten(4)
    at = positions(x, kernel, kernel, stride, padding).flatten(2).expand_as(cols)
    at = at.gather(4, cols.argmax(4, keepdim=True)).reshape(N, C, -1)
    flat = x.new_zeros(N, C, (H + 2 * padding) * (W + 2 * padding))
    flat.scatter_add_(2, at, dout.reshape(N, C, -1))
    return flat.view(N, C, H + 2 * padding, -1)[..., padding : padding + H, padding : padding + W]


# %% grad_spread_evenly
# As if the layer took the mean.
# named: pooled_evenly
def max_pool2d_backward(dout, x, kernel, stride, padding):
    H, W = x.shape[2:]
    dxp = torch.zeros_like(padded(x, padding, 0.0))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = i * stride, j * stride
            dxp[:, :, r : r + kernel, c : c + kernel] += dout[:, :, i, j, None, None] / kernel**2
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% grad_to_the_whole_window
# Every pixel of the window gets the gradient.
# named: pooled_to_all
def max_pool2d_backward(dout, x, kernel, stride, padding):
    H, W = x.shape[2:]
    dxp = torch.zeros_like(padded(x, padding, 0.0))
    for i in range(dout.shape[2]):
        for j in range(dout.shape[3]):
            r, c = i * stride, j * stride
            dxp[:, :, r : r + kernel, c : c + kernel] += dout[:, :, i, j, None, None]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% grad_ones
# dout is forgotten: each largest pixel gets a 1.
# like: class_of_columns
# named: pooled_ones
def max_pool2d_backward(dout, x, kernel, stride, padding):
    table = Columns(x.shape, kernel, kernel, stride, padding)
    cols = table.gather(x, -torch.inf)
    return table.scatter(torch.zeros_like(cols).scatter(3, cols.argmax(3, keepdim=True), 1.0))


# %% grad_times_the_maximum
# dout times the largest number.
# like: class_of_columns
# named: -
def max_pool2d_backward(dout, x, kernel, stride, padding):
    table = Columns(x.shape, kernel, kernel, stride, padding)
    best, at = table.gather(x, -torch.inf).max(3, keepdim=True)
    zeros = x.new_zeros(*best.shape[:3], kernel * kernel)
    return table.scatter(zeros.scatter(3, at, best * dout.flatten(2).unsqueeze(3)))


# %% grad_with_the_padding
# The padding is not cut off.
# like: fourier
# named: pooled_not_cut
def max_pool2d_backward(dout, x, kernel, stride, padding):
    xp = torch.constant_pad_nd(x, (padding,) * 4, -torch.inf)
    inrow, col = xp.unfold(3, kernel, stride).max(-1)
    best, row = inrow.unfold(2, kernel, stride).max(-1)
    h, v = best.shape[2:]
    i = torch.arange(h, device=x.device)[:, None] * stride + row
    j = col.gather(2, i) + torch.arange(v, device=x.device) * stride
    flat = torch.zeros_like(xp).flatten(2)
    return flat.scatter_add(2, (i * xp.shape[3] + j).flatten(2), dout.flatten(2)).view_as(xp)


# %% grad_cut_empty
# [padding:-padding] for every padding.
# named: pooled_cut_minus_padding
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
                    dxp[n, c, r + k // kernel, s + k % kernel] += dout[n, c, i, j]
    return dxp[:, :, padding:-padding, padding:-padding]


# %% grad_one_channel_for_all
# The largest of the sum of channels is taken for each of them.
# named: -
def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    xp = padded(x, padding, float("-inf"))
    dxp = torch.zeros_like(xp)
    for n in range(N):
        for i in range(dout.shape[2]):
            for j in range(dout.shape[3]):
                r, s = i * stride, j * stride
                k = xp[n, :, r : r + kernel, s : s + kernel].sum(0).argmax().item()
                dxp[n, :, r + k // kernel, s + k % kernel] += dout[n, :, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% grad_windows_begin_at_i
# The stride is forgotten.
# named: pooled_stride_forgotten
def max_pool2d_backward(dout, x, kernel, stride, padding):
    N, C, H, W = x.shape
    xp = padded(x, padding, float("-inf"))
    dxp = torch.zeros_like(xp)
    for n in range(N):
        for c in range(C):
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    k = xp[n, c, i : i + kernel, j : j + kernel].argmax().item()
                    dxp[n, c, i + k // kernel, j + k % kernel] += dout[n, c, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W]


# %% grad_place_within_the_window
# The window's own corner is forgotten: every gradient lands in the first window.
# named: pooled_in_the_first_window
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
                    dxp[n, c, k // kernel, k % kernel] += dout[n, c, i, j]
    return dxp[:, :, padding : padding + H, padding : padding + W]
