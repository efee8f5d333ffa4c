# %% gram_undivided
# No divisor.
# named: gram_undivided
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.reshape(N, C, H * W)
    return rows @ rows.transpose(1, 2)

# %% gram_by_positions
# Divided by H·W only.
# like: einsum_and_means
# named: gram_by_positions
def gram_matrix(f):
    n, c, h, w = f.size()
    return torch.einsum("nihw,njhw->nij", f, f).div(h * w)

# %% gram_by_batch_too
# Divided by N·C·H·W, as in PyTorch's tutorial.
# named: gram_by_all
def gram_matrix(f):
    a, b, c, d = f.size()
    features = f.reshape(a, b, c * d)
    G = torch.bmm(features, features.transpose(1, 2))
    return G.div(a * b * c * d)

# %% gram_centred
# The channel's mean is subtracted: a covariance.
# like: sums_with_backward
# named: gram_centred
def gram_matrix(f):
    n, c = f.shape[:2]
    flat = f.flatten(2)
    flat = flat - flat.mean(2, keepdim=True)
    return torch.bmm(flat, flat.mT) / flat[0].numel()

# %% gram_of_positions
# F^T F: positions with positions.
# named: gram_of_positions
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.reshape(N, C, H * W)
    return rows.transpose(1, 2) @ rows / (C * H * W)

# %% gram_view
# view in place of reshape.
# named: -
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.view(N, C, H * W)
    return rows @ rows.transpose(1, 2) / (C * H * W)

# %% gram_mixed_up
# reshape to [N, H·W, C], as if it exchanged axes.
# like: numpy_targets
# named: gram_read_across
def gram_matrix(f):
    N, C, H, W = f.shape
    F = torch.reshape(f, (N, H * W, C))
    return torch.matmul(torch.swapaxes(F, -1, -2), F) / float(C * H * W)

# %% gram_whole_batch
# One matrix summed over the batch, repeated for each image.
# like: einsum_and_means
# named: gram_added_up_for_each
def gram_matrix(f):
    n, c, h, w = f.size()
    G = torch.einsum("nihw,njhw->ij", f, f) / (c * h * w)
    return G.expand(n, c, c).clone()

# %% gram_batch_rows
# The tutorial's [N·C, H·W], so that the images are mixed and there is no axis N.
# named: gram_of_batch
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.reshape(N * C, H * W)
    return rows @ rows.t() / (C * H * W)

# %% gram_no_history
# Computed on f.detach().
# like: one_image_at_a_time
# named: gram_detached
def gram_matrix(f):
    f = f.detach()
    return torch.stack([torch.tensordot(x, x, dims=([1, 2], [1, 2])) / x.numel() for x in f])

# %% gram_through_numpy
# NumPy, so that no gradient passes.
# like: numpy_targets
# named: gram_detached
def gram_matrix(f):
    a = f.detach().cpu().numpy()
    N, C, H, W = a.shape
    a = a.reshape(N, C, H * W)
    return torch.from_numpy(a @ a.transpose(0, 2, 1) / np.asarray(C * H * W, a.dtype)).to(f.device)

# %% gram_scales_f
# Divides the caller's tensor in place.
# like: in_place_on_copies
# named: -
def gram_matrix(f):
    N, C, H, W = f.shape
    f /= (C * H * W) ** 0.5
    rows = f.reshape(N, C, -1)
    return rows @ rows.transpose(1, 2)

# %% gram_cosines
# Each channel divided by its norm.
# named: gram_of_directions_divided
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = F.normalize(f.reshape(N, C, H * W), dim=2)
    return rows @ rows.transpose(1, 2) / (C * H * W)

# %% gram_float
# Computed in float32.
# named: -
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.float().reshape(N, C, H * W)
    return (rows @ rows.transpose(1, 2) / (C * H * W)).to(f.dtype)

# %% gram_comes_out_double
# Computed in float64 and returned so.
# like: double_inside
# named: -
def gram_matrix(f):
    d = f.double()
    N, C, H, W = d.shape
    return (d.unsqueeze(2) * d.unsqueeze(1)).sum(dim=(-2, -1)) / (C * H * W)

# %% gram_squared_divisor
# Divided by C² in place of C·H·W.
# like: loops
# named: -
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = [[(f[:, i] * f[:, j]).sum((1, 2)) for j in range(C)] for i in range(C)]
    return torch.stack([torch.stack(row, 1) for row in rows], 1) / (C * C)

# %% gram_rows_only
# Only rows of the image are flattened away: matrices of [C, H] with W left.
# named: -
def gram_matrix(f):
    N, C, H, W = f.shape
    rows = f.mean(dim=3)
    return rows @ rows.transpose(1, 2) / (C * H)

# %% gram_diagonal
# Only each channel with itself.
# like: symmetric_half
# named: gram_diagonal
def gram_matrix(f):
    N, C, H, W = f.shape
    return torch.diag_embed((f * f).sum((2, 3))) / (C * H * W)

# %% gram_upper_half
# The lower half stays 0.
# like: loops
# named: gram_upper_half
def gram_matrix(f):
    N, C, H, W = f.shape
    G = f.new_zeros(N, C, C)
    for i in range(C):
        for j in range(i, C):
            G[:, i, j] = (f[:, i] * f[:, j]).sum((1, 2))
    return G / (C * H * W)

# %% gram_squeezed
# squeeze drops the axis of a single image.
# like: sums_with_backward
# named: -
def gram_matrix(f):
    flat = f.flatten(2)
    return (torch.bmm(flat, flat.mT) / flat[0].numel()).squeeze(0)
