# %% inverse_mean_forgotten
# Without the mean.
# named: inverse_without_mean
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return Z @ components

# %% inverse_mean_subtracted
# The mean is subtracted.
# named: inverse_subtracts_mean
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return Z @ components - mean

# %% inverse_transposed
# Components transposed.
# named: inverse_untransposed
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return Z @ components.T + mean

# %% inverse_mean_each_time
# The mean is added with each component.
# like: loops
# named: inverse_mean_each_time
@torch.no_grad()
def inverse_transform(Z, mean, components):
    X = torch.zeros(Z.shape[0], mean.shape[0], dtype=Z.dtype, device=Z.device)
    for j, u in enumerate(components):
        X = X + (mean + Z[:, j, None] * u)
    return X

# %% inverse_first_only
# The first component only.
# named: -
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return mean + Z[:, :1] * components[0]

# %% inverse_mean_projected
# The part of the mean along the components.
# like: covariance
# named: inverse_mean_in_plane
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return (Z + components @ mean) @ components

# %% inverse_one_mean
# One mean of the mean's numbers.
# named: -
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return Z @ components + mean.mean()

# %% inverse_as_columns
# [D, N].
# like: gram
# named: inverse_columns
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return components.T @ Z.T + mean[:, None]

# %% inverse_empty_stack
# torch.stack of nothing.
# like: comprehension
# named: -
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return torch.stack([mean + z @ components for z in Z])

# %% inverse_squeezed
# A single sample loses its axis.
# named: -
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return (Z @ components + mean).squeeze(0)

# %% inverse_changes_the_mean
# Adds up in the caller's mean.
# like: loops
# named: -
@torch.no_grad()
def inverse_transform(Z, mean, components):
    rows = []
    for z in Z:
        x = mean
        for j in range(len(z)):
            x += z[j] * components[j]
        rows.append(x.clone())
    return torch.stack(rows) if rows else Z.new_zeros(0, len(mean))

# %% inverse_centred_first
# The mean of Z is taken off.
# named: -
@torch.no_grad()
def inverse_transform(Z, mean, components):
    return (Z - Z.mean(0)) @ components + mean
