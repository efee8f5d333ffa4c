# %% tiling_last_axis_slowest
# The last axis slowest.
# named: tiling_last_slowest
def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins).clamp(0, bins - 1).long()
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        cell += a[:, j] * bins**j
    return cell

# %% tiling_edges_below
# An edge belongs to the lower cell.
# like: torch_functions
# named: tiling_edges_down
def space_tiling(X, low, high, bins):
    a = (((X - low) / (high - low) * bins).ceil() - 1).clamp(min=0, max=bins - 1).to(torch.int64)
    weights = torch.tensor([bins**p for p in reversed(range(X.shape[1]))])
    return (a * weights).sum(dim=1)

# %% tiling_rounded
# Rounded in place of floored.
# like: einsum
# named: tiling_rounded
def space_tiling(X, low, high, bins):
    a = torch.round((X - low) / (high - low) * bins).clamp(0, bins - 1).long()
    return (a * torch.tensor([bins ** (X.shape[1] - 1 - j) for j in range(X.shape[1])])).sum(1)

# %% tiling_above_not_cut
# Nothing is cut above.
# named: tiling_clipped_below_only
def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins).clamp(min=0).long()
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        cell = cell * bins + a[:, j]
    return cell

# %% tiling_below_not_cut
# Nothing is cut below.
# like: recursion
# named: tiling_clipped_above_only
def space_tiling(X, low, high, bins):
    place = torch.floor((X[:, 0] - low[0]) / (high[0] - low[0]) * bins).clamp(max=bins - 1).long()
    if X.shape[1] == 1:
        return place
    return place * bins ** (X.shape[1] - 1) + space_tiling(X[:, 1:], low[1:], high[1:], bins)

# %% tiling_not_cut
# Nothing is cut.
# like: double_inside
# named: tiling_unclipped
def space_tiling(X, low, high, bins):
    a = ((X - low) / (high - low) * bins).floor().long()
    return a @ bins ** torch.arange(X.shape[1] - 1, -1, -1)

# %% tiling_only_the_end
# Only the upper end itself is put into the last cell; the outside is left.
# like: clipped_first
# named: tiling_unclipped
def space_tiling(X, low, high, bins):
    a = ((X - low) / (high - low) * bins).floor().long()
    a[X == high] = bins - 1
    strides = torch.tensor([bins**i for i in range(X.shape[1])]).flip(0)
    return (a * strides).sum(-1)

# %% tiling_wrapped
# The outside wraps around.
# like: truncated
# named: tiling_wrapped
def space_tiling(X, low, high, bins):
    a = torch.remainder(((X - low) / (high - low) * bins).floor(), bins).long()
    out = a[:, 0].clone()
    for j in range(1, X.shape[1]):
        out = out * bins + a[:, j]
    return out

# %% tiling_outside_is_minus_one
# What lies outside gets -1.
# named: tiling_outside_marked
def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins).clamp(0, bins - 1).long()
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        cell = cell * bins + a[:, j]
    outside = ((X < low) | (X > high)).any(dim=1)
    cell[outside] = -1
    return cell

# %% tiling_bins_minus_one
# Scaled by bins - 1, so that high falls on the last cell.
# like: numpy
# named: tiling_one_bin_short
def space_tiling(X, low, high, bins):
    x, lo, hi = X.numpy(), low.numpy(), high.numpy()
    a = np.clip(np.floor((x - lo) / (hi - lo) * (bins - 1)), 0, bins - 1).astype(np.int64)
    return torch.from_numpy(np.ravel_multi_index(a.T, (bins,) * x.shape[1]).astype(np.int64))

# %% tiling_ends_of_the_data
# The ends of the samples in place of low and high.
# named: tiling_own_limits
def space_tiling(X, low, high, bins):
    low, high = X.min(dim=0).values, X.max(dim=0).values
    width = torch.where(high > low, high - low, torch.ones_like(low))
    a = torch.floor((X - low) / width * bins).clamp(0, bins - 1).long()
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        cell = cell * bins + a[:, j]
    return cell

# %% tiling_by_high
# Divided by high, not by high - low.
# like: in_place_on_copies
# named: tiling_by_high
def space_tiling(X, low, high, bins):
    A = ((X - low) / high * bins).floor().clamp(0, bins - 1).long()
    out = torch.zeros(X.shape[0], dtype=torch.long)
    for column in A.unbind(1):
        out = out * bins + column
    return out

# %% tiling_low_not_subtracted
# low is not subtracted from x.
# like: loops
# named: tiling_low_ignored
def space_tiling(X, low, high, bins):
    cells = []
    for x in X.tolist():
        number = 0
        for v, lo, hi in zip(x, low.tolist(), high.tolist()):
            number = number * bins + min(max(math.floor(v / (hi - lo) * bins), 0), bins - 1)
        cells.append(number)
    return torch.tensor(cells)

# %% tiling_one_axis_for_all
# The ends of the first axis for all of them.
# like: bucketize
# named: tiling_first_limit
def space_tiling(X, low, high, bins):
    edges = torch.linspace(low[0].item(), high[0].item(), bins + 1, dtype=X.dtype)
    places = torch.bucketize(X.contiguous(), edges[1:-1].contiguous(), right=True)
    out = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        out = out * bins + places[:, j]
    return out

# %% tiling_a_float
# The numbers of the cells are floats.
# like: double_inside
# named: -
def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins).clamp(0, bins - 1)
    weights = torch.tensor([float(bins) ** (X.shape[1] - 1 - j) for j in range(X.shape[1])], dtype=X.dtype)
    return a @ weights

# %% tiling_number_cut
# Not each place is cut, but the number of the cell.
# like: classes
# named: tiling_number_clipped
def space_tiling(X, low, high, bins):
    D = X.shape[1]
    a = torch.floor((X - low) / (high - low) * bins)
    weights = torch.tensor([bins ** (D - 1 - j) for j in range(D)], dtype=X.dtype)
    return (a * weights).sum(1).clamp(0, bins**D - 1).long()

# %% tiling_digits_of_D
# The number of axes for the base of the digits.
# named: tiling_times_axes
def space_tiling(X, low, high, bins):
    D = X.shape[1]
    a = torch.floor((X - low) / (high - low) * bins).clamp(0, bins - 1).long()
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(D):
        cell = cell * D + a[:, j]
    return cell

# %% tiling_places
# The places, not the number of the cell.
# like: classes
# named: tiling_places
def space_tiling(X, low, high, bins):
    return Grid(low, high, bins).places(X)

# %% tiling_from_one
# Places from 1.
# like: by_edges
# named: tiling_places_from_one
def space_tiling(X, low, high, bins):
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        edges = low[j] + (high[j] - low[j]) * torch.arange(1, bins, dtype=X.dtype) / bins
        cell = cell * bins + (X[:, j, None] >= edges).sum(1) + 1
    return cell

# %% tiling_a_little_more
# A little is added against rounding.
# named: tiling_nudged
def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins + 1e-6).clamp(0, bins - 1).long()
    cell = torch.zeros(len(X), dtype=torch.int64)
    for j in range(X.shape[1]):
        cell = cell * bins + a[:, j]
    return cell

# %% tiling_places_added
# The places are added up.
# like: clipped_first
# named: tiling_sum
def space_tiling(X, low, high, bins):
    a = torch.floor((X - low) / (high - low) * bins).clamp(0, bins - 1).long()
    return a.sum(dim=1)

# %% tiling_int32
# int32 comes back.
# like: numpy
# named: -
def space_tiling(X, low, high, bins):
    x, lo, hi = X.numpy(), low.numpy(), high.numpy()
    a = np.clip(np.floor((x - lo) / (hi - lo) * bins), 0, bins - 1).astype(np.int32)
    return torch.from_numpy(np.ravel_multi_index(a.T, (bins,) * x.shape[1]).astype(np.int32))
