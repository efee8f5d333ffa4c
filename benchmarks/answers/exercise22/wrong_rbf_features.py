# %% rbf_plain_distance
# The distance, not its square.
# like: torch_functions
# named: rbf_distance
def rbf_features(X, centers, gamma):
    return torch.exp(-gamma * torch.cdist(X, centers, compute_mode="donot_use_mm_for_euclid_dist"))

# %% rbf_divided_by_gamma
# Divided by gamma.
# named: rbf_by_gamma
def rbf_features(X, centers, gamma):
    d2 = ((X[:, None] - centers[None]) ** 2).sum(dim=2)
    return torch.exp(-d2 / gamma)

# %% rbf_gamma_as_width
# gamma taken for the width of a Gaussian.
# like: loops
# named: rbf_width
def rbf_features(X, centers, gamma):
    Phi = torch.empty(len(X), len(centers), dtype=X.dtype)
    for n in range(len(X)):
        for k in range(len(centers)):
            Phi[n, k] = torch.exp(-((X[n] - centers[k]) ** 2).sum() / (2 * gamma**2))
    return Phi

# %% rbf_sign
# The minus forgotten.
# named: rbf_growing
def rbf_features(X, centers, gamma):
    diff = X.unsqueeze(1) - centers.unsqueeze(0)
    return torch.exp(gamma * (diff * diff).sum(-1))

# %% rbf_transposed
# [K, N].
# like: classes
# named: rbf_transposed
def rbf_features(X, centers, gamma):
    return torch.stack([torch.exp(-gamma * (X - c).square().sum(dim=1)) for c in centers])

# %% rbf_mean
# The mean of the squares, not their sum.
# like: numpy
# named: rbf_mean
def rbf_features(X, centers, gamma):
    diff = X.numpy()[:, None, :] - centers.numpy()[None, :, :]
    return torch.from_numpy(np.exp(-gamma * (diff**2).mean(axis=-1)))

# %% rbf_normalized
# The features of a sample add up to 1.
# like: functional
# named: rbf_shares
def rbf_features(X, centers, gamma):
    d2 = (X[:, None, :] - centers).square().sum(-1)
    return torch.softmax(-gamma * d2, dim=1)

# %% rbf_one_product
# |x|² + |c|² - x·c: the factor 2 forgotten.
# like: double_inside
# named: rbf_one_product
def rbf_features(X, centers, gamma):
    d2 = (X**2).sum(1)[:, None] + (centers**2).sum(1)[None] - X @ centers.T
    return torch.exp(-gamma * d2)

# %% rbf_gamma_squared
# gamma squared together with the distance.
# named: rbf_gamma_squared
def rbf_features(X, centers, gamma):
    d = (X[:, None, :] - centers[None, :, :]).norm(dim=-1)
    return torch.exp(-((gamma * d) ** 2))

# %% rbf_half
# A ½ as in the normal distribution.
# like: in_place_on_copies
# named: rbf_half
def rbf_features(X, centers, gamma):
    d2 = (X.unsqueeze(1) - centers).pow(2).sum(dim=-1)
    return torch.exp(-0.5 * gamma * d2)

# %% rbf_cauchy
# 1/(1 + γd²), another radial function.
# named: -
def rbf_features(X, centers, gamma):
    d2 = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(-1)
    return 1 / (1 + gamma * d2)

# %% rbf_city_block
# Squares of the sums of absolute differences.
# like: functional
# named: rbf_manhattan_squared
def rbf_features(X, centers, gamma):
    d = (X[:, None, :] - centers[None, :, :]).abs().sum(-1)
    return torch.exp(-gamma * d**2)

# %% rbf_kept
# Squared distances are kept for the next call.
# named: -
_cache = {}


def rbf_features(X, centers, gamma):
    key = (X.shape, centers.shape)
    if key not in _cache:
        _cache[key] = ((X[:, None, :] - centers[None, :, :]) ** 2).sum(-1)
    return torch.exp(-gamma * _cache[key].to(X.dtype))

# %% rbf_float32
# The result is always float32.
# like: loops
# named: -
def rbf_features(X, centers, gamma):
    Phi = torch.zeros(len(X), len(centers))
    for k, c in enumerate(centers):
        Phi[:, k] = torch.exp(-gamma * ((X - c) ** 2).sum(1))
    return Phi

# %% rbf_without_gamma
# gamma is not used.
# named: rbf_without_gamma
def rbf_features(X, centers, gamma):
    return torch.exp(-((X[:, None, :] - centers[None, :, :]) ** 2).sum(-1))
