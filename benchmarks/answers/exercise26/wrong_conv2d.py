# %% conv_flipped
# The kernel is turned by 180 degrees, as in mathematics.
# named: conv_flipped
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    h, v = sizes(x, P, Q, stride, padding)
    xp = padded(x, padding, 0.0)
    out = x.new_zeros(len(x), O, h, v)
    turned = torch.flip(w, (2, 3))
    for i in range(h):
        for j in range(v):
            window = xp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", window, turned) + b
    return out


# %% conv_bias_forgotten
# No b.
# like: unfolded
# named: conv_without_bias
def conv2d(x, w, b, stride, padding):
    return torch.einsum("ncijpq,ocpq->noij", windows(x, *w.shape[2:], stride, padding), w)


# %% conv_bias_of_columns
# The bias meets the last axis.
# like: unfolded
# named: -
def conv2d(x, w, b, stride, padding):
    return torch.einsum("ncijpq,ocpq->noij", windows(x, *w.shape[2:], stride, padding), w) + b


# %% conv_bias_for_each_channel
# The bias is added once for each input channel.
# like: per_image
# named: conv_bias_per_channel
def conv2d(x, w, b, stride, padding):
    P, Q = w.shape[2:]
    h, v = count(x.shape[2], P, stride, padding), count(x.shape[3], Q, stride, padding)
    xp = border(x, padding, 0)
    out = x.new_zeros(len(x), len(w), h, v)
    for o in range(len(w)):
        for c in range(w.shape[1]):
            for i in range(h):
                for j in range(v):
                    out[:, o, i, j] += (cut(xp[:, c], i, j, P, Q, stride) * w[o, c]).sum((1, 2)) + b[o]
    return out


# %% conv_padding_before
# Rows and columns are added above and left alone.
# like: unfolded
# named: conv_padding_counted_once
def conv2d(x, w, b, stride, padding):
    P, Q = w.shape[2:]
    xp = torch.constant_pad_nd(x, (padding, 0, padding, 0))
    cols = xp.unfold(2, P, stride).unfold(3, Q, stride)
    return torch.einsum("ncijpq,ocpq->noij", cols, w) + b[:, None, None]


# %% conv_padding_of_rows
# Only columns are padded.
# like: unfolded
# named: conv_padding_of_columns
def conv2d(x, w, b, stride, padding):
    P, Q = w.shape[2:]
    xp = torch.constant_pad_nd(x, (padding, padding))
    cols = xp.unfold(2, P, stride).unfold(3, Q, stride)
    return torch.einsum("ncijpq,ocpq->noij", cols, w) + b[:, None, None]


# %% conv_padding_ignored
# No padding.
# like: unfolded
# named: conv_padding_ignored
def conv2d(x, w, b, stride, padding):
    P, Q = w.shape[2:]
    cols = x.unfold(2, P, stride).unfold(3, Q, stride)
    return torch.einsum("ncijpq,ocpq->noij", cols, w) + b[:, None, None]


# %% conv_stride_ignored
# Stride 1 always.
# like: unfolded
# named: conv_stride_one
def conv2d(x, w, b, stride, padding):
    out = torch.einsum("ncijpq,ocpq->noij", windows(x, *w.shape[2:], 1, padding), w)
    return out + b[:, None, None]


# %% conv_windows_begin_at_i
# The stride is in the size but not in the place of the windows.
# named: conv_stride_forgotten
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    h, v = sizes(x, P, Q, stride, padding)
    xp = padded(x, padding, 0.0)
    out = x.new_zeros(len(x), O, h, v)
    for i in range(h):
        for j in range(v):
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", xp[:, :, i : i + P, j : j + Q], w) + b
    return out


# %% conv_one_window_less
# Without the + 1.
# named: conv_last_windows_missing
def conv2d(x, w, b, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    xp = padded(x, padding, 0.0)
    h = (H + 2 * padding - P) // stride
    v = (W + 2 * padding - Q) // stride
    out = x.new_zeros(N, O, h, v)
    for i in range(h):
        for j in range(v):
            window = xp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            out[:, :, i, j] = torch.tensordot(window, w, dims=([1, 2, 3], [1, 2, 3])) + b
    return out


# %% conv_windows_that_do_not_fit
# The size is rounded up; the last windows are cut.
# named: conv_rounded_up
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    H, W = x.shape[2:]
    h = -(-(H + 2 * padding - P) // stride) + 1
    v = -(-(W + 2 * padding - Q) // stride) + 1
    xp = padded(x, padding, 0.0)
    out = x.new_zeros(len(x), O, h, v)
    for i in range(h):
        for j in range(v):
            part = xp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            k = w[:, :, : part.shape[2], : part.shape[3]]
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", part, k) + b
    return out


# %% conv_padding_once_in_the_size
# H + padding - P in the number of windows.
# named: conv_padding_counted_once
def conv2d(x, w, b, stride, padding):
    N, C, H, W = x.shape
    O, _, P, Q = w.shape
    h = (H + padding - P) // stride + 1
    v = (W + padding - Q) // stride + 1
    xp = padded(x, padding, 0.0)
    out = x.new_zeros(N, O, h, v)
    for i in range(h):
        for j in range(v):
            window = xp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", window, w) + b
    return out


# %% conv_first_channel
# Only the first channel of image and kernel.
# like: unfolded
# named: conv_first_channel
def conv2d(x, w, b, stride, padding):
    cols = windows(x, *w.shape[2:], stride, padding)
    return torch.einsum("nijpq,opq->noij", cols[:, 0], w[:, 0]) + b[:, None, None]


# %% conv_mean
# The mean of the products.
# like: strided_float64
# named: conv_mean
def conv2d(x, w, b, stride, padding):
    t, _ = tiles(x, *w.shape[2:], stride, padding, 0.0)
    out = (t[:, None] * w.double()[None, :, :, None, None]).mean(dim=(2, 5, 6))
    return (out + b.double()[None, :, None, None]).to(x.dtype)


# %% conv_square_kernels
# The number of rows of the kernel is taken for its columns in W'.
# named: conv_kernel_taken_for_square
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    h, v = sizes(x, P, P, stride, padding)
    xp = padded(x, padding, 0.0)
    out = x.new_zeros(len(x), O, h, v)
    for i in range(h):
        for j in range(v):
            window = xp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", window, w) + b
    return out


# %% conv_edge_repeated
# The padding repeats the image's border.
# like: numpy_views
# named: conv_padding_repeats_edges
def conv2d(x, w, b, stride, padding):
    P, Q = w.shape[2:]
    a = np.pad(array(x), ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    cols = sliding_window_view(a, (P, Q), axis=(2, 3))[:, :, ::stride, ::stride]
    out = np.einsum("ncijpq,ocpq->noij", cols, array(w)) + array(b)[:, None, None]
    return torch.from_numpy(out).to(x.device)


# %% conv_float32
# torch.zeros without the dtype.
# named: -
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    h, v = sizes(x, P, Q, stride, padding)
    xp = padded(x, padding, 0.0)
    out = torch.zeros(x.shape[0], O, h, v)
    for i in range(h):
        for j in range(v):
            window = xp[:, :, i * stride : i * stride + P, j * stride : j * stride + Q]
            out[:, :, i, j] = torch.einsum("ncpq,ocpq->no", window, w) + b
    return out


# %% conv_every_window_overwrites
# The output has one value per window of the last kernel position: = in place of +=.
# like: kernel_loops
# named: conv_last_position
def conv2d(x, w, b, stride, padding):
    xp = frame(x, padding)
    P, Q = w.shape[2:]
    h, v = (xp.shape[2] - P) // stride + 1, (xp.shape[3] - Q) // stride + 1
    for p in range(P):
        for q in range(Q):
            part = xp[:, :, p : p + (h - 1) * stride + 1 : stride, q : q + (v - 1) * stride + 1 : stride]
            out = torch.einsum("nchw,oc->nohw", part, w[:, :, p, q])
    return out + b[:, None, None]


# %% conv_columns_in_the_wrong_order
# im2col keeps pixels first and channels last, the flat kernel channels first.
# like: class_of_columns
# named: -
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    table = Columns(x.shape, P, Q, stride, padding)
    cols = table.gather(x).permute(0, 2, 3, 1).reshape(len(x), table.h * table.v, P * Q * C)
    out = cols @ w.reshape(O, -1).T + b
    return out.transpose(1, 2).reshape(len(x), O, table.h, table.v)


# %% conv_output_not_transposed
# [N, L, O] is read as [N, O, H', W'].
# like: class_of_columns
# named: conv_reshaped
def conv2d(x, w, b, stride, padding):
    O, C, P, Q = w.shape
    table = Columns(x.shape, P, Q, stride, padding)
    cols = table.gather(x).permute(0, 2, 1, 3).reshape(len(x), table.h * table.v, C * P * Q)
    return (cols @ w.reshape(O, -1).T + b).reshape(len(x), O, table.h, table.v)
