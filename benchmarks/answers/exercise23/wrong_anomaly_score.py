# %% score_mean
# The mean over D.
# named: score_mean
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return ((X - back) ** 2).mean(dim=1)

# %% score_distance
# The distance, not its square.
# like: covariance
# named: score_root
def anomaly_score(X, mean, components):
    Xc = (X - mean).detach()
    return (Xc - Xc @ components.detach().T @ components.detach()).norm(dim=1)

# %% score_one_number
# One sum over all samples.
# named: score_total
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return ((X - back) ** 2).sum()

# %% score_over_samples
# The sum over samples.
# named: score_by_column
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return ((X - back) ** 2).sum(dim=0)

# %% score_from_the_mean
# The distance from the mean.
# named: score_from_mean
@torch.no_grad()
def anomaly_score(X, mean, components):
    return ((X - mean) ** 2).sum(dim=1)

# %% score_in_the_plane
# The squared length of the coordinates.
# named: score_of_coordinates, score_inside
@torch.no_grad()
def anomaly_score(X, mean, components):
    return (transform(X, mean, components) ** 2).sum(dim=1)

# %% score_square_of_sum
# Sum first, then square.
# named: score_square_of_sum, score_not_squared
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return (X - back).sum(dim=1) ** 2

# %% score_absolute
# Absolute values.
# named: score_absolute
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return (X - back).abs().sum(dim=1)

# %% score_mean_not_added
# Rebuilt without the mean.
# like: gram
# named: score_mean_not_added
@torch.no_grad()
def anomaly_score(X, mean, components):
    hat = (X - mean) @ components.T @ components
    return (X - hat).square().sum(-1)

# %% score_not_centred
# Neither mean: projects X itself.
# named: score_without_mean
@torch.no_grad()
def anomaly_score(X, mean, components):
    hat = X @ components.T @ components
    return (X - hat).square().sum(-1)

# %% score_mean_only_added
# The coordinates of X itself, the mean added afterwards.
# named: score_coordinates_without_mean
@torch.no_grad()
def anomaly_score(X, mean, components):
    hat = X @ components.T @ components + mean
    return (X - hat).square().sum(-1)

# %% score_own_mean
# Coordinates from X's own mean.
# named: score_own_mean
@torch.no_grad()
def anomaly_score(X, mean, components):
    A = X - X.mean(0)
    return (A - A @ components.T @ components).square().sum(dim=1)

# %% score_pairwise_distance
# Its small constant is added to each difference.
# like: top_k
# named: score_with_constant
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return F.pairwise_distance(X, back) ** 2

# %% score_worst_number
# The largest of the squares.
# named: -
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    if len(X) == 0:
        return X.new_zeros(0)
    return ((X - back) ** 2).amax(dim=1)

# %% score_relative
# Divided by the squared distance from the mean.
# named: -
@torch.no_grad()
def anomaly_score(X, mean, components):
    A = X - mean
    rest = A - A @ components.T @ components
    return (rest**2).sum(1) / (A**2).sum(1)

# %% score_kept_axis
# [N, 1].
# named: -
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return ((X - back) ** 2).sum(dim=1, keepdim=True)

# %% score_first_component
# The first component only.
# named: -
@torch.no_grad()
def anomaly_score(X, mean, components):
    A = X - mean
    u = components[0]
    return (A - torch.outer(A @ u, u)).square().sum(1)

# %% score_differences
# The differences themselves, [N, D].
# named: score_of_entries
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    return (X - back) ** 2

# %% score_refitted
# Fits PCA to the samples to be scored.
# named: score_own_mean
@torch.no_grad()
def anomaly_score(X, mean, components):
    if len(X) < 2:
        return X.new_zeros(len(X))
    m = X.mean(0)
    U = torch.linalg.svd(X - m, full_matrices=True)[2][: len(components)]
    return (X - m - (X - m) @ U.T @ U).square().sum(1)

# %% score_changes_x
# Subtracts in the caller's X.
# named: -
@torch.no_grad()
def anomaly_score(X, mean, components):
    back = inverse_transform(transform(X, mean, components), mean, components)
    X -= back
    return (X * X).sum(1)

# %% score_empty_stack
# torch.stack of nothing.
# like: comprehension
# named: -
@torch.no_grad()
def anomaly_score(X, mean, components):
    hats = [mean + (components @ (x - mean)) @ components for x in X]
    return torch.stack([((x - h) ** 2).sum() for x, h in zip(X, hats)])
