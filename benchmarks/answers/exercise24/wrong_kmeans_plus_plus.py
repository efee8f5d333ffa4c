# %% plus_not_squared
# Distances that are not squared.
# like: cdist
# named: plus_by_distance
def kmeans_plus_plus(X, K, u):
    first = math.floor(float(u[0]) * len(X))
    centers = X[first].unsqueeze(0).clone()
    while len(centers) < K:
        weights = torch.cdist(X, centers, compute_mode="donot_use_mm_for_euclid_dist").amin(dim=1)
        threshold = u[len(centers)] * weights.sum()
        row = (weights.cumsum(0) > threshold).int().argmax()
        centers = torch.cat([centers, X[row][None]])
    return centers

# %% plus_last_center_only
# The distance to the row drawn last.
# like: one_hot
# named: plus_to_last
def kmeans_plus_plus(X, K, u):
    idx = [int(u[0] * len(X))]
    for j in range(1, K):
        c = (X - X[idx[-1]]).pow(2).sum(1).cumsum(0)
        idx.append(int(torch.searchsorted(c, (u[j] * c[-1]).reshape(1), right=True)))
    return X[idx]

# %% plus_sum_of_distances
# The sum over the centers in place of the smallest.
# like: sorted_segments
# named: plus_sum
def kmeans_plus_plus(X, K, u):
    picked = [int(u[0] * len(X))]
    for j in range(1, K):
        d2 = (X[:, None] - X[picked]).pow(2).sum(2).sum(1)
        c = d2.cumsum(0)
        picked.append(int((c > u[j] * c[-1]).nonzero()[0]))
    return X[picked]

# %% plus_farthest_center
# The distance to the farthest of the rows drawn.
# named: plus_to_farthest
def kmeans_plus_plus(X, K, u):
    N = X.shape[0]
    chosen = [int(u[0] * N)]
    for j in range(1, K):
        d2 = ((X[:, None] - X[chosen][None]) ** 2).sum(-1).max(dim=1).values
        total = torch.cumsum(d2, 0)
        i = int((total > u[j] * total[-1]).nonzero()[0])
        chosen.append(i)
    return X[chosen]

# %% plus_first_center_only
# The distances are not renewed.
# like: numpy_all
# named: plus_to_first
def kmeans_plus_plus(X, K, u):
    x, r = X.detach().cpu().numpy(), u.cpu().numpy()
    first = int(r[0] * len(x))
    c = ((x - x[first]) ** 2).sum(1).cumsum()
    rows = [first] + [int(np.searchsorted(c, r[j] * c[-1], side="right")) for j in range(1, K)]
    return back(x[rows], X)

# %% plus_farthest_row
# The farthest row, without a random number.
# like: functional
# named: plus_greedy
def kmeans_plus_plus(X, K, u):
    picked = [int(u[0] * len(X))]
    for _ in range(1, K):
        d2 = (X[:, None] - X[picked]).pow(2).sum(-1).amin(1)
        picked.append(int(d2.argmax()))
    return X[picked]

# %% plus_uniform
# All rows are equally likely.
# like: scatter
# named: plus_uniform
def kmeans_plus_plus(X, K, u):
    return X[(u * len(X)).floor().long()]

# %% plus_row_before
# The last row that is not above the threshold.
# like: in_place_on_copies
# named: plus_row_before
def kmeans_plus_plus(X, K, u):
    rows = [int(u[0] * len(X))]
    for j in range(1, K):
        c = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1).cumsum(0)
        rows.append(max(int((c <= u[j] * c[-1]).sum()) - 1, 0))
    return X[rows]

# %% plus_row_after
# One row too far.
# like: sorted_segments
# named: plus_row_after
def kmeans_plus_plus(X, K, u):
    rows = [int(u[0] * len(X))]
    for r in u[1:].tolist():
        c = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1).cumsum(0)
        rows.append(min(int((c <= r * c[-1]).sum()) + 1, len(X) - 1))
    return X[rows]

# %% plus_first_rounded
# u0 * N rounded.
# like: cdist
# named: plus_first_rounded
def kmeans_plus_plus(X, K, u):
    first = min(round(float(u[0]) * len(X)), len(X) - 1)
    rows = [first]
    for j in range(1, K):
        c = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1).cumsum(0)
        rows.append(int((c > u[j] * c[-1]).nonzero()[0]))
    return X[rows]

# %% plus_first_n_minus_one
# u0 * (N - 1).
# named: plus_first_short
def kmeans_plus_plus(X, K, u):
    N = X.shape[0]
    chosen = [int(u[0] * (N - 1))]
    for j in range(1, K):
        d2 = ((X[:, None] - X[chosen][None]) ** 2).sum(-1).min(dim=1).values
        total = torch.cumsum(d2, 0)
        i = int((total > u[j] * total[-1]).nonzero()[0])
        chosen.append(i)
    return X[chosen]

# %% plus_first_row_zero
# The first center is always row 0.
# like: loops
# named: plus_first_is_0
def kmeans_plus_plus(X, K, u):
    rows, numbers = X.tolist(), u.tolist()
    centers = [rows[0]]
    for j in range(1, K):
        d2 = [min(squared(x, c) for c in centers) for x in rows]
        running = 0.0
        for i in range(len(rows)):
            running += d2[i]
            if running > numbers[j] * sum(d2):
                centers.append(rows[i])
                break
    return torch.tensor(centers, dtype=X.dtype, device=X.device)

# %% plus_u_one_early
# u is one number behind.
# like: functional
# named: plus_shifted_u
def kmeans_plus_plus(X, K, u):
    rows = [int(u[0] * len(X))]
    for j in range(K - 1):
        c = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1).cumsum(0)
        rows.append(int((c > u[j] * c[-1]).nonzero()[0]))
    return X[rows]

# %% plus_own_random_numbers
# torch.multinomial in place of u.
# like: one_hot
# named: -
def kmeans_plus_plus(X, K, u):
    idx = [int(u[0] * len(X))]
    for _ in range(1, K):
        d2 = (X[:, None] - X[idx]).pow(2).sum(-1).amin(1)
        idx.append(int(torch.multinomial(d2 / d2.sum(), 1)))
    return X[idx]

# %% plus_total_forgotten
# u and not u times the sum.
# named: plus_not_normalised
def kmeans_plus_plus(X, K, u):
    N = X.shape[0]
    chosen = [int(u[0] * N)]
    for j in range(1, K):
        d2 = ((X[:, None] - X[chosen][None]) ** 2).sum(-1).min(dim=1).values
        chosen.append(int((torch.cumsum(d2, 0) > u[j]).int().argmax()))
    return X[chosen]

# %% plus_not_cumulative
# The first row whose own probability is above u.
# like: scatter
# named: plus_not_cumulative
def kmeans_plus_plus(X, K, u):
    rows = [int(u[0] * len(X))]
    for j in range(1, K):
        d2 = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1)
        rows.append(int((d2 / d2.sum() > u[j]).int().argmax()))
    return X[rows]

# %% plus_numbers_returned
# The numbers of the rows and not the rows.
# like: one_hot
# named: -
def kmeans_plus_plus(X, K, u):
    idx = torch.zeros(K, dtype=torch.int64, device=X.device)
    idx[0] = int(u[0] * len(X))
    for j in range(1, K):
        c = (X[:, None] - X[idx[:j]]).pow(2).sum(-1).amin(1).cumsum(0)
        idx[j] = int((c > u[j] * c[-1]).nonzero()[0])
    return idx

# %% plus_view_for_one
# With K = 1 a view of X is returned.
# like: sorted_segments
# named: -
def kmeans_plus_plus(X, K, u):
    i = int(u[0] * len(X))
    picked = X[i : i + 1]
    for r in u[1:].tolist():
        c = (X[:, None] - picked).pow(2).sum(2).amin(1).cumsum(0)
        i = int((c > r * c[-1]).nonzero()[0])
        picked = torch.cat((picked, X[i : i + 1]))
    return picked

# %% plus_rows_sorted
# The centers in the order of X.
# named: -
def kmeans_plus_plus(X, K, u):
    N = X.shape[0]
    chosen = [int(u[0] * N)]
    for j in range(1, K):
        d2 = ((X[:, None] - X[chosen][None]) ** 2).sum(-1).min(dim=1).values
        total = torch.cumsum(d2, 0)
        chosen.append(int((total > u[j] * total[-1]).nonzero()[0]))
    return X[sorted(chosen)]

# %% plus_u_changed
# u is multiplied in place.
# like: functional
# named: -
def kmeans_plus_plus(X, K, u):
    rows = [int(u[0] * len(X))]
    for j in range(1, K):
        d2 = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1)
        c = d2.cumsum(0)
        u[j] *= c[-1]
        rows.append(int((c > u[j]).nonzero()[0]))
    return X[rows]

# %% plus_first_mean
# The first center is the mean of X.
# like: to_the_last_iteration
# named: -
def kmeans_plus_plus(X, K, u):
    centers = X.mean(0, keepdim=True)
    for j in range(1, K):
        c = (X[:, None] - centers).pow(2).sum(-1).amin(1).cumsum(0)
        centers = torch.cat([centers, X[(c > u[j] * c[-1]).nonzero()[0]]])
    return centers

# %% plus_duplicates_removed
# Drawn among the different rows.
# like: scatter
# named: plus_sorted_rows, plus_different_rows
def kmeans_plus_plus(X, K, u):
    X = torch.unique(X, dim=0)
    rows = [int(u[0] * len(X))]
    for j in range(1, K):
        c = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1).cumsum(0)
        rows.append(int((c > u[j] * c[-1]).nonzero()[0]))
    return X[rows]

# %% plus_epsilon
# A small number in the denominator.
# like: with_a_class
# named: -
def kmeans_plus_plus(X, K, u):
    rows = [int(u[0] * len(X))]
    for j in range(1, K):
        d2 = (X[:, None] - X[rows]).pow(2).sum(-1).amin(1)
        p = d2 / (d2.sum() + 1e-8)
        rows.append(int((p.cumsum(0) > u[j]).int().argmax()))
    return X[rows]
