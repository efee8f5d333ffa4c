# %% fit_labels_before
# At max_iter the labels are those before the last update; the inertia is right.
# named: fit_labels_before
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = None
    for _ in range(max_iter):
        new = assign(X, centers)
        if labels is not None and torch.equal(new, labels):
            break
        labels = new
        centers = update(X, labels, centers)
    inertia = ((X - centers[assign(X, centers)]) ** 2).sum()
    return centers, labels, inertia

# %% fit_inertia_of_labels_before
# At max_iter the inertia is with the labels before the last update.
# like: functional
# named: fit_inertia_before
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = None
    for _ in range(max_iter):
        new = assign(X, centers)
        if labels is not None and torch.equal(new, labels):
            break
        labels = new
        centers = update(X, labels, centers)
    inertia = (X - centers[labels]).square().sum()
    return centers, assign(X, centers), inertia

# %% fit_not_assigned_again
# At max_iter neither labels nor inertia are those of the centers returned.
# like: cdist
# named: fit_labels_before, fit_inertia_before
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    before = torch.full((len(X),), -1, device=X.device)
    for _ in range(max_iter):
        labels = assign(X, centers)
        if (labels == before).all():
            break
        before = labels
        centers = update(X, labels, centers)
    return centers, labels, (X - centers[labels]).pow(2).sum().item()

# %% fit_inertia_mean
# The mean over the rows.
# like: with_a_class
# named: fit_inertia_mean
class KMeans:
    def inertia(self):
        return (self.X - self.centers[self.labels]).square().sum(1).mean()

# %% fit_inertia_not_squared
# The sum of the distances.
# like: masked_minimum
# named: fit_inertia_of_distances
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    previous = None
    for _ in range(max_iter):
        labels = assign(X, centers)
        if previous is not None and torch.equal(labels, previous):
            break
        centers, previous = update(X, labels, centers), labels
    labels = assign(X, centers)
    return centers, labels, F.pairwise_distance(X, centers[labels], eps=0).sum()

# %% fit_inertia_root
# The root of the sum of squares.
# like: functional
# named: fit_inertia_root
def fit(X, K, u, max_iter):
    centers, before = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        labels = assign(X, centers)
        if before is not None and torch.equal(labels, before):
            break
        centers, before = update(X, labels, centers), labels
    labels = assign(X, centers)
    return centers, labels, torch.linalg.norm(X - centers[labels])

# %% fit_inertia_of_centers_before
# The inertia is computed before the last update, with the centers then.
# like: sorted_segments
# named: fit_inertia_of_old_centers, fit_inertia_of_old_centers_throughout
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = assign(X, centers)
    for _ in range(max_iter):
        inertia = ((X - centers[labels]) ** 2).sum().item()
        centers = update(X, labels, centers)
        new = assign(X, centers)
        if torch.equal(new, labels):
            break
        labels = new
    return centers, new, inertia

# %% fit_inertia_all_iterations
# The inertia of all iterations added up.
# like: one_hot
# named: -
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = assign(X, centers)
    inertia = 0.0
    for _ in range(max_iter):
        centers = update(X, labels, centers)
        new = assign(X, centers)
        inertia += ((X - centers[new]) ** 2).sum()
        done = torch.equal(new, labels)
        labels = new
        if done:
            break
    return centers, labels, inertia

# %% fit_start_first_rows
# Starts from the first K rows.
# named: fit_from_first_rows
def fit(X, K, u, max_iter):
    centers = X[:K].clone()
    labels = None
    for _ in range(max_iter):
        new = assign(X, centers)
        if labels is not None and torch.equal(new, labels):
            break
        labels = new
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_tolerance
# Ends when the centers move by less than 1e-4.
# like: scatter
# named: fit_by_tolerance, fit_by_tolerance_unmoved
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    for _ in range(max_iter):
        new = update(X, assign(X, centers), centers)
        moved = (new - centers).norm()
        centers = new
        if moved < 1e-4:
            break
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_zeros_before_the_first
# The labels before the first time are zeros.
# like: cdist
# named: fit_from_zero_labels
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    before = torch.zeros(len(X), dtype=torch.int64, device=X.device)
    for _ in range(max_iter):
        labels = assign(X, centers)
        if (labels == before).all():
            break
        before = labels
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_one_update_too_many
# One more update at the end.
# like: loops
# named: fit_one_more
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    last = []
    for _ in range(max_iter + 1):
        labels = assign(X, centers)
        if labels.tolist() == last:
            break
        last = labels.tolist()
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum().item()

# %% fit_one_update_too_few
# The first assignment counts as an iteration.
# like: one_hot
# named: fit_one_less
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = assign(X, centers)
    for _ in range(1, max_iter):
        centers = update(X, labels, centers)
        new = assign(X, centers)
        if torch.equal(new, labels):
            break
        labels = new
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_max_iter_ignored
# Until nothing changes.
# like: double_inside
# named: fit_without_limit
def fit(X, K, u, max_iter):
    C, old = kmeans_plus_plus(X, K, u), None
    while True:
        now = assign(X, C)
        if old is not None and (now == old).all():
            break
        C, old = update(X, now, C), now
    return C, now, squares(X, C).min(1).values.sum()

# %% fit_one_label_is_enough
# Ends as soon as one label stays.
# like: numpy_all
# named: fit_one_update
def fit(X, K, u, max_iter):
    centers, labels = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        new = assign(X, centers)
        if labels is not None and (new == labels).any():
            break
        labels, centers = new, update(X, new, centers)
    labels = assign(X, centers)
    return centers, labels, inertia_of(X, centers, labels)

# %% fit_same_sizes
# Ends when the sizes of the clusters stay.
# named: -
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    sizes = None
    for _ in range(max_iter):
        labels = assign(X, centers)
        new = torch.bincount(labels, minlength=K)
        if sizes is not None and torch.equal(new, sizes):
            break
        sizes = new
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_order_of_results
# labels, centers, inertia.
# like: functional
# named: -
def fit(X, K, u, max_iter):
    centers, before = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        labels = assign(X, centers)
        if before is not None and torch.equal(labels, before):
            break
        centers, before = update(X, labels, centers), labels
    labels = assign(X, centers)
    return labels, centers, (X - centers[labels]).square().sum()

# %% fit_inertia_with_an_axis
# The inertia is [1].
# like: sorted_segments
# named: -
def fit(X, K, u, max_iter):
    centers, before = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        labels = assign(X, centers)
        if before is not None and torch.equal(labels, before):
            break
        centers, before = update(X, labels, centers), labels
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).reshape(1, -1).sum(1)

# %% fit_empty_farthest
# A cluster that loses its rows gets the row farthest from its center.
# named: -
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    labels = None
    for _ in range(max_iter):
        new = assign(X, centers)
        if labels is not None and torch.equal(new, labels):
            break
        labels = new
        far = ((X - centers[labels]) ** 2).sum(1).argmax()
        centers = update(X, labels, centers)
        for k in range(K):
            if not (labels == k).any():
                centers[k] = X[far]
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_empty_dropped
# A cluster that loses its rows is left out.
# like: one_hot
# named: -
def fit(X, K, u, max_iter):
    centers, before = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        labels = assign(X, centers)
        if before is not None and torch.equal(labels, before):
            break
        before = labels
        centers = torch.stack([X[labels == k].mean(0) for k in labels.unique()])
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_empty_zero
# A cluster that loses its rows gets the center zero.
# like: masked_minimum
# named: fit_deserted_zeros
def fit(X, K, u, max_iter):
    centers, before = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        labels = assign(X, centers)
        if before is not None and torch.equal(labels, before):
            break
        before = labels
        Y = F.one_hot(labels, K).to(X.dtype)
        centers = Y.T @ X / Y.sum(0).clamp(min=1)[:, None]
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_empty_nan
# A cluster that loses its rows gets a center of nan.
# like: with_a_class
# named: fit_nan
class KMeans:
    def step(self):
        labels = self.assign()
        if self.labels is not None and torch.equal(labels, self.labels):
            return False
        self.labels = labels
        K = len(self.centers)
        self.centers = torch.stack([self.X[labels == k].mean(0) for k in range(K)])
        return True

# %% fit_x_centered_in_place
# X is centered in place, and the centers are shifted back.
# like: scatter
# named: -
def fit(X, K, u, max_iter):
    mean = X.mean(0)
    X -= mean
    centers = kmeans_plus_plus(X, K, u)
    for _ in range(max_iter):
        new = update(X, assign(X, centers), centers)
        if torch.equal(new, centers):
            break
        centers = new
    labels = assign(X, centers)
    return centers + mean, labels, ((X - centers[labels]) ** 2).sum()

# %% fit_goes_on_from_the_last_call
# The centers are kept for the next call.
# like: loops
# named: -
KEPT = {}


def fit(X, K, u, max_iter):
    key = (tuple(X.shape), K)
    centers = KEPT[key] if key in KEPT else kmeans_plus_plus(X, K, u)
    last = []
    for _ in range(max_iter):
        labels = assign(X, centers)
        if labels.tolist() == last:
            break
        last = labels.tolist()
        centers = update(X, labels, centers)
    KEPT[key] = centers
    labels = assign(X, centers)
    return centers, labels, ((X - centers[labels]) ** 2).sum().item()

# %% fit_inertia_per_entry
# The mean over rows and columns.
# like: one_hot
# named: fit_inertia_mean_of_entries
def fit(X, K, u, max_iter):
    centers, labels = kmeans_plus_plus(X, K, u), None
    for _ in range(max_iter):
        new = assign(X, centers)
        if labels is not None and torch.equal(new, labels):
            break
        labels = new
        centers = update(X, labels, centers)
    labels = assign(X, centers)
    return centers, labels, F.mse_loss(centers[labels], X)

# %% fit_updated_once_more
# The centers are updated once more after the labels.
# like: to_the_last_iteration
# named: fit_one_more
def fit(X, K, u, max_iter):
    centers = kmeans_plus_plus(X, K, u)
    for _ in range(max_iter):
        centers = update(X, assign(X, centers), centers)
    labels = assign(X, centers)
    inertia = float((X - centers[labels]).norm() ** 2)
    return update(X, labels, centers), labels, inertia
