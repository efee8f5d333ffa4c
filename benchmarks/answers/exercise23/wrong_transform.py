# %% transform_not_centred
# The mean is not subtracted.
# named: transform_without_mean
@torch.no_grad()
def transform(X, mean, components):
    return X @ components.T

# %% transform_own_mean
# The mean of X itself.
# like: covariance
# named: transform_own_mean
def transform(X, mean, components):
    return (X - X.mean(dim=0)).detach() @ components.detach().T

# %% transform_not_transposed
# Components not transposed.
# named: transform_untransposed
@torch.no_grad()
def transform(X, mean, components):
    return (X - mean) @ components

# %% transform_as_columns
# [k, N].
# like: gram
# named: transform_columns
@torch.no_grad()
def transform(X, mean, components):
    return components @ (X - mean).T

# %% transform_mean_added
# The mean is added.
# named: transform_adds_mean
@torch.no_grad()
def transform(X, mean, components):
    return (X + mean) @ components.T

# %% transform_whitened
# Each coordinate is divided by its standard deviation.
# like: in_place
# named: transform_whitened
@torch.no_grad()
def transform(X, mean, components):
    Z = (X - mean) @ components.T
    return Z / Z.std(dim=0) if len(X) > 1 else Z

# %% transform_changes_x
# Centres the caller's X.
# like: in_place
# named: -
@torch.no_grad()
def transform(X, mean, components):
    X -= mean
    return torch.mm(X, components.t())

# %% transform_one_mean
# One mean of the mean's numbers.
# named: -
@torch.no_grad()
def transform(X, mean, components):
    return (X - mean.mean()) @ components.T

# %% transform_squeezed
# A single sample loses its axis.
# like: loops
# named: -
@torch.no_grad()
def transform(X, mean, components):
    return (components @ (X - mean).T).T.squeeze()

# %% transform_empty_stack
# torch.stack of nothing.
# like: comprehension
# named: -
def transform(X, mean, components):
    with torch.no_grad():
        return torch.stack([components @ (x - mean) for x in X])

# %% transform_with_history
# A layer whose weights have a history.
# named: -
from torch import nn


def transform(X, mean, components):
    layer = nn.Linear(*components.T.shape, bias=False).to(X)
    layer.weight.data.copy_(components)
    return layer(X - mean)

# %% transform_rebuilt
# What is rebuilt, not the coordinates.
# named: transform_rebuilds, transform_and_back
@torch.no_grad()
def transform(X, mean, components):
    return (X - mean) @ components.T @ components + mean

# %% transform_absolute
# Distances along the components: no signs.
# named: -
@torch.no_grad()
def transform(X, mean, components):
    return ((X - mean) @ components.T).abs()

# %% transform_mean_after
# The coordinates' own mean is subtracted.
# named: transform_own_mean
@torch.no_grad()
def transform(X, mean, components):
    Z = X @ components.T
    return Z - Z.mean(0)
