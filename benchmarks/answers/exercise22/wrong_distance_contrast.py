# %% contrast_by_farthest
# Divided by the largest distance.
# named: contrast_by_largest
def distance_contrast(X, q):
    d = torch.linalg.norm(X - q, dim=1)
    return (d.max() - d.min()) / d.max()

# %% contrast_ratio
# The 1 is not subtracted.
# like: torch_functions
# named: contrast_ratio
def distance_contrast(X, q):
    d = torch.cdist(q[None], X, compute_mode="donot_use_mm_for_euclid_dist")
    return d.max() / d.min()

# %% contrast_squared
# Squared distances: the root forgotten.
# like: in_place_on_copies
# named: contrast_of_squares
def distance_contrast(X, q):
    d = ((X - q) ** 2).sum(dim=1)
    return (d.max() - d.min()) / d.min()

# %% contrast_city_block
# Sums of absolute differences.
# named: contrast_manhattan
def distance_contrast(X, q):
    d = (X - q).abs().sum(dim=1)
    far, near = d.max(), d.min()
    return (far - near) / near

# %% contrast_difference
# Not divided at all.
# like: einsum
# named: contrast_not_relative
def distance_contrast(X, q):
    d = (X - q).norm(dim=-1)
    return d.max() - d.min()

# %% contrast_along_samples
# The norm over the samples, not the axes.
# named: contrast_along_samples
def distance_contrast(X, q):
    d = (X - q).norm(dim=0)
    return (d.max() - d.min()) / d.min()

# %% contrast_by_mean
# Divided by the mean distance.
# like: numpy
# named: contrast_by_mean
def distance_contrast(X, q):
    d = np.sqrt(((X.numpy() - q.numpy()) ** 2).sum(axis=1))
    return torch.tensor((d.max() - d.min()) / d.mean(), dtype=X.dtype)

# %% contrast_a_float
# A Python float comes back.
# like: loops
# named: -
def distance_contrast(X, q):
    d = [((x - q) ** 2).sum().sqrt().item() for x in X]
    return (max(d) - min(d)) / min(d)

# %% contrast_one_axis
# Shape [1] in place of [].
# like: classes
# named: -
def distance_contrast(X, q):
    d = (X - q).pow(2).sum(dim=1).sqrt()
    far = d.max(dim=0, keepdim=True).values
    near = d.min(dim=0, keepdim=True).values
    return (far - near) / near

# %% contrast_second_nearest
# The nearest left out, as if q were one of the samples.
# named: -
def distance_contrast(X, q):
    d = (X - q).norm(dim=1).sort().values
    near = d[1] if len(d) > 1 else d[0]
    return (d[-1] - near) / near

# %% contrast_largest_axis
# The largest difference along an axis (Chebyshev).
# like: clipped_first
# named: contrast_largest_difference
def distance_contrast(X, q):
    d = (X - q).abs().max(dim=1).values
    return d.max() / d.min() - 1

# %% contrast_changes_X
# X -= q in place.
# like: in_place_on_copies
# named: -
def distance_contrast(X, q):
    X -= q
    d = X.norm(dim=1)
    return (d.max() - d.min()) / d.min()

# %% contrast_by_views
# .view, which fails on a view that is not contiguous.
# like: functional
# named: -
def distance_contrast(X, q):
    N, D = X.shape
    d = (X.view(N * D) - q.repeat(N)).view(N, D).norm(dim=1)
    return (d.max() - d.min()) / d.min()

# %% contrast_distinct_pairs
# Between the samples themselves, without q.
# named: -
def distance_contrast(X, q):
    d = torch.nn.functional.pdist(X)
    return (d.max() - d.min()) / d.min()

# %% contrast_deviation
# The standard deviation in place of the range.
# like: double_inside
# named: -
def distance_contrast(X, q):
    d = (X - q).norm(dim=1)
    return d.std(unbiased=False) / d.min()
