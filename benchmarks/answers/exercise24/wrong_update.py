# %% update_empty_zero
# The center of an empty cluster becomes zero.
# like: one_hot
# named: update_zeros
def update(X, labels, centers):
    Y = F.one_hot(labels, len(centers)).to(X.dtype)
    return (Y.T @ X) / Y.sum(0).clamp(min=1)[:, None]

# %% update_empty_nan
# The mean of no rows.
# named: update_nan
def update(X, labels, centers):
    return torch.stack([X[labels == k].mean(dim=0) for k in range(len(centers))])

# %% update_empty_dropped
# Empty clusters are left out.
# like: functional
# named: update_dropped
def update(X, labels, centers):
    return torch.stack([X[labels == k].mean(0) for k in torch.unique(labels)])

# %% update_empty_mean_of_all
# The center of an empty cluster becomes the mean of all rows.
# like: cdist
# named: update_empty_mean
def update(X, labels, centers):
    means = [X[labels == k].mean(0) if (labels == k).any() else X.mean(0) for k in range(len(centers))]
    return torch.stack(means)

# %% update_empty_farthest
# An empty cluster gets the row farthest from its center.
# like: scatter
# named: update_empty_farthest
def update(X, labels, centers):
    new = centers.clone()
    far = ((X - centers[labels]) ** 2).sum(1).argmax()
    for k in range(len(centers)):
        mine = X[labels == k]
        new[k] = mine.mean(0) if len(mine) else X[far]
    return new

# %% update_number_of_labels
# K is taken from the largest label.
# like: sorted_segments
# named: update_ends_early
def update(X, labels, centers):
    parts = [X[labels == k] for k in range(int(labels.max()) + 1)]
    return torch.stack([p.mean(0) if len(p) else centers[k] for k, p in enumerate(parts)])

# %% update_median
# The median of each column.
# like: in_place_on_copies
# named: update_lower_median, update_median
def update(X, labels, centers):
    out = centers.clone()
    for k in labels.unique():
        out[k] = X[labels == k].median(dim=0).values
    return out

# %% update_sum
# The sum.
# named: update_sum
def update(X, labels, centers):
    new = centers.clone()
    for k in range(centers.shape[0]):
        rows = X[labels == k]
        if len(rows) > 0:
            new[k] = rows.sum(dim=0)
    return new

# %% update_divided_by_n
# The sum of each cluster divided by N.
# like: one_hot
# named: update_mean_of_all
def update(X, labels, centers):
    Y = F.one_hot(labels, len(centers)).to(X.dtype)
    return torch.where(Y.sum(0)[:, None] > 0, Y.T @ X / len(X), centers)

# %% update_divided_by_k
# The sum of each cluster divided by K.
# like: loops
# named: update_by_clusters
def update(X, labels, centers):
    K = len(centers)
    new = centers.clone()
    for k in set(labels.tolist()):
        new[k] = sum(X[n] for n in range(len(X)) if labels[n] == k) / K
    return new

# %% update_labels_of_assign
# The labels given are not used.
# like: cdist
# named: update_nearest
def update(X, labels, centers):
    labels = assign(X, centers)
    return torch.stack([X[labels == k].mean(0) if (labels == k).any() else centers[k] for k in range(len(centers))])

# %% update_in_place
# The centers given are changed.
# named: -
def update(X, labels, centers):
    for k in range(centers.shape[0]):
        rows = X[labels == k]
        if len(rows) > 0:
            centers[k] = rows.mean(dim=0)
    return centers

# %% update_old_center_counted
# The old center is counted as one of the rows.
# like: masked_minimum
# named: update_with_old
def update(X, labels, centers):
    where = labels[:, None].expand(-1, X.shape[1])
    return centers.scatter_reduce(0, where, X, "mean", include_self=True)

# %% update_one_row_less
# Divided by the number of rows less one.
# like: with_a_class
# named: -
def update(X, labels, centers):
    result = []
    for k, old in enumerate(centers):
        mask = labels.eq(k)
        n = int(mask.sum())
        result.append(X[mask].sum(0) / max(n - 1, 1) if n else old)
    return torch.stack(result, 0)

# %% update_half_way
# The mean of the old center and the mean.
# like: in_place_on_copies
# named: update_halfway
def update(X, labels, centers):
    out = centers.clone()
    for k in labels.unique():
        out[k] = 0.5 * (out[k] + X[labels == k].mean(0))
    return out

# %% update_one_number
# The mean over the columns, too.
# named: update_one_number
def update(X, labels, centers):
    new = centers.clone()
    for k in range(centers.shape[0]):
        if (labels == k).any():
            new[k] = X[labels == k].mean()
    return new

# %% update_medoid
# The row of the cluster nearest to its mean.
# like: functional
# named: -
def update(X, labels, centers):
    new = centers.clone()
    for k in range(len(centers)):
        rows = X[labels == k]
        if len(rows):
            new[k] = rows[((rows - rows.mean(0)) ** 2).sum(1).argmin()]
    return new

# %% update_single_precision
# float32 inside.
# like: double_inside
# named: -
def update(X, labels, centers):
    new = centers.float().clone()
    for k in labels.unique().tolist():
        new[k] = X[labels == k].float().mean(0)
    return new.to(X.dtype)

# %% update_single_row_stays
# A cluster of one row counts as empty.
# named: -
def update(X, labels, centers):
    new = centers.clone()
    for k in range(centers.shape[0]):
        rows = X[labels == k]
        if len(rows) > 1:
            new[k] = rows.mean(dim=0)
    return new

# %% update_duplicates_once
# Each different row once.
# like: cdist
# named: -
def update(X, labels, centers):
    new = centers.clone()
    for k in labels.unique():
        new[k] = X[labels == k].unique(dim=0).mean(0)
    return new
