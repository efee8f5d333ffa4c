# %% pool_zero_padding
# Zeros around the image.
# like: unfolded
# named: pool_padded_with_zeros
def max_pool2d(x, kernel, stride, padding):
    return windows(x, kernel, kernel, stride, padding).amax((-2, -1))


# %% pool_padding_of_minus_1000
# A number that is small enough, it seems.
# like: unfolded
# named: -
def max_pool2d(x, kernel, stride, padding):
    return windows(x, kernel, kernel, stride, padding, -1000.0).amax((-2, -1))


# %% pool_mean
# Average-pooling.
# like: unfolded
# named: pool_mean, pool_padded_with_zeros
def max_pool2d(x, kernel, stride, padding):
    return windows(x, kernel, kernel, stride, padding).mean((-2, -1))


# %% pool_across_channels
# The largest of all channels.
# named: pool_over_channels
def max_pool2d(x, kernel, stride, padding):
    h, v = sizes(x, kernel, kernel, stride, padding)
    xp = padded(x, padding, float("-inf"))
    out = x.new_zeros(*x.shape[:2], h, v)
    for n in range(len(x)):
        for i in range(h):
            for j in range(v):
                r, c = i * stride, j * stride
                out[n, :, i, j] = xp[n, :, r : r + kernel, c : c + kernel].max()
    return out


# %% pool_stride_of_the_kernel
# stride is not used: windows side by side.
# like: unfolded
# named: pool_stride_is_kernel
def max_pool2d(x, kernel, stride, padding):
    return windows(x, kernel, kernel, kernel, padding, -torch.inf).amax((-2, -1))


# %% pool_stride_one
# Stride 1 always.
# like: strided_float64
# named: pool_stride_one
def max_pool2d(x, kernel, stride, padding):
    t, _ = tiles(x, kernel, kernel, 1, padding, float("-inf"))
    return t.amax((-1, -2)).to(x.dtype)


# %% pool_padding_ignored
# No padding.
# like: numpy_views
# named: pool_padding_ignored
def max_pool2d(x, kernel, stride, padding):
    cols = views(array(x), kernel, kernel, stride, 0, -np.inf)
    return torch.from_numpy(cols.max(axis=(4, 5))).to(x.device)


# %% pool_padding_before
# Padding above and left alone.
# like: fourier
# named: pool_padding_counted_once
def max_pool2d(x, kernel, stride, padding):
    x = torch.constant_pad_nd(x, (padding, 0, padding, 0), -torch.inf)
    return x.unfold(2, kernel, stride).amax(-1).unfold(3, kernel, stride).amax(-1)


# %% pool_of_absolute_values
# The largest by its absolute value.
# like: class_of_columns
# named: pool_absolute
def max_pool2d(x, kernel, stride, padding):
    table = Columns(x.shape, kernel, kernel, stride, padding)
    return table.gather(x.abs(), -torch.inf).amax(3).view(*x.shape[:2], table.h, table.v)


# %% pool_windows_that_do_not_fit
# The size is rounded up.
# like: numbers
# named: pool_rounded_up
def max_pool2d(x, kernel, stride, padding):
    N, C, H, W = x.shape
    h = -(-(H + 2 * padding - kernel) // stride) + 1
    v = -(-(W + 2 * padding - kernel) // stride) + 1
    out = torch.full((N, C, h, v), -torch.inf, dtype=x.dtype, device=x.device)
    for i in range(h):
        for j in range(v):
            r, c = i * stride - padding, j * stride - padding
            part = x[:, :, max(r, 0) : r + kernel, max(c, 0) : c + kernel]
            if part.numel():
                out[:, :, i, j] = part.amax((2, 3))
    return out


# %% pool_one_window_less
# Without the + 1.
# named: pool_last_windows_missing
def max_pool2d(x, kernel, stride, padding):
    N, C, H, W = x.shape
    h, v = (H + 2 * padding - kernel) // stride, (W + 2 * padding - kernel) // stride
    xp = padded(x, padding, float("-inf"))
    out = x.new_zeros(N, C, h, v)
    for i in range(h):
        for j in range(v):
            r, c = i * stride, j * stride
            out[:, :, i, j] = xp[:, :, r : r + kernel, c : c + kernel].amax(dim=(2, 3))
    return out


# %% pool_with_positions
# The pair that torch.max returns.
# like: unfolded
# named: -
def max_pool2d(x, kernel, stride, padding):
    return windows(x, kernel, kernel, stride, padding, -torch.inf).flatten(4).max(4)


# %% pool_begins_at_zero
# The running maximum begins at 0.
# like: kernel_loops
# named: pool_begins_at_zero
def max_pool2d(x, kernel, stride, padding):
    xp = frame(x, padding, -torch.inf)
    h, v = (xp.shape[2] - kernel) // stride + 1, (xp.shape[3] - kernel) // stride + 1
    out = x.new_zeros(*x.shape[:2], h, v)
    for p in range(kernel):
        for q in range(kernel):
            part = xp[:, :, p : p + (h - 1) * stride + 1 : stride, q : q + (v - 1) * stride + 1 : stride]
            out = torch.maximum(out, part)
    return out
