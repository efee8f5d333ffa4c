# %% fit_not_centred
# The SVD of X itself; the mean is only returned.
# named: fit_not_centred
@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=0)
    U, s, Vh = torch.linalg.svd(X, full_matrices=False)
    return mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_divided_by_n
# Divided by N.
# named: fit_variance_by_n
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, Vh[:k], s[:k].pow(2) / len(X)

# %% fit_first_of_eigh
# The first k of eigh: the smallest.
# like: covariance
# named: fit_smallest
def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    C = (X - mean).T @ (X - mean) / (len(X) - 1)
    values, vectors = torch.linalg.eigh(C)
    return mean, vectors[:, :k].T, values[:k]

# %% fit_last_of_eigh_rising
# The last k of eigh, not turned round: rising.
# like: covariance
# named: fit_rising
def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    Xc = X - mean
    values, vectors = torch.linalg.eigh(Xc.T @ Xc / (X.shape[0] - 1))
    return mean, vectors[:, -k:].T, values[-k:]

# %% fit_rows_of_eigh
# The rows of the eigenvectors' matrix.
# like: covariance
# named: fit_rows_of_eigenvectors_from_below, fit_rows_of_eigenvectors, fit_rows_of_v
def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    Xc = X - mean
    values, vectors = torch.linalg.eigh(Xc.T @ Xc / (X.shape[0] - 1))
    order = values.argsort(descending=True)
    return mean, vectors[order][:k], values[order][:k]

# %% fit_values_turned_only
# The values are turned round, the vectors are not.
# like: covariance
# named: fit_smallest
def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    Xc = X - mean
    values, vectors = torch.linalg.eigh(Xc.T @ Xc / (X.shape[0] - 1))
    values = values.sort(descending=True).values
    return mean, vectors[:, :k].T, values[:k]

# %% fit_columns_of_vh
# Vh taken for V: its columns.
# named: fit_rows_of_v, fit_rows_of_eigenvectors
@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=0)
    U, S, V = torch.linalg.svd(X - mean, full_matrices=True)
    return mean, V[:, :k].T, S[:k] ** 2 / (X.shape[0] - 1)

# %% fit_columns_side_by_side
# The components as columns, [D, k].
# named: fit_columns
@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=0)
    U, S, V = torch.svd(X - mean)
    return mean, V[:, :k], S[:k] ** 2 / (X.shape[0] - 1)

# %% fit_left_vectors
# Columns of U, directions among the samples.
# named: fit_left_vectors
@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=0)
    U, S, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, U[:, :k].T, S[:k] ** 2 / (X.shape[0] - 1)

# %% fit_singular_values
# Singular values for variances.
# like: in_place
# named: fit_variance_singular_values
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    U, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, Vh[:k], s[:k]

# %% fit_not_squared
# s / (N − 1), not squared.
# named: fit_variance_not_squared
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    s, Vh = torch.linalg.svd(X - mean, full_matrices=False)[1:]
    return mean, Vh[:k], s[:k] / (X.shape[0] - 1)

# %% fit_not_divided
# s² without a division.
# like: gram
# named: fit_variance_not_divided
def fit(X, k):
    X = X.detach()
    A = X - X.mean(0)
    values, vectors = torch.linalg.eigh(A.T @ A)
    return X.mean(0), vectors[:, -k:].flip(1).T, values[-k:].flip(0)

# %% fit_standard_deviations
# s / √(N − 1).
# named: fit_variance_as_deviation
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    s, Vh = torch.linalg.svd(X - mean, full_matrices=False)[1:]
    return mean, Vh[:k], s[:k] / (X.shape[0] - 1) ** 0.5

# %% fit_shares
# Shares in place of variances.
# named: fit_variance_as_ratio
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    s, Vh = torch.linalg.svd(X - mean, full_matrices=False)[1:]
    variance = s**2 / (X.shape[0] - 1)
    return mean, Vh[:k], (variance / variance.sum())[:k]

# %% fit_standardized
# Each column is divided by its standard deviation.
# named: fit_standardized
@torch.no_grad()
def fit(X, k):
    mean, std = X.mean(0), X.std(0)
    _, s, Vh = torch.linalg.svd((X - mean) / std, full_matrices=False)
    return mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_mean_over_numbers
# The mean of each sample, subtracted from it.
# named: fit_mean_of_rows
@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=1)
    _, s, Vh = torch.linalg.svd(X - mean[:, None], full_matrices=False)
    return mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_one_mean
# One mean of all numbers.
# named: fit_centred_by_one_number
@torch.no_grad()
def fit(X, k):
    mean = X.mean()
    _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean.repeat(X.shape[1]), Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_mean_keeps_axis
# The mean is [1, D].
# named: fit_mean_kept_as_row
@torch.no_grad()
def fit(X, k):
    mean = X.mean(dim=0, keepdim=True)
    _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_mean_of_products
# E[xxᵀ] − μμᵀ.
# like: covariance
# named: fit_mean_of_products
def fit(X, k):
    X = X.detach()
    N = X.shape[0]
    mean = X.mean(0)
    C = (X.T @ X / N - torch.outer(mean, mean)) * N / (N - 1)
    values, vectors = torch.linalg.eigh(C)
    return mean, vectors.flip(1)[:, :k].T, values.flip(0)[:k]

# %% fit_float32_inside
# In float32.
# named: -
@torch.no_grad()
def fit(X, k):
    A = X.float()
    mean = A.mean(0)
    _, s, Vh = torch.linalg.svd(A - mean, full_matrices=False)
    variance = s[:k] ** 2 / (X.shape[0] - 1)
    return mean.to(X.dtype), Vh[:k].to(X.dtype), variance.to(X.dtype)

# %% fit_changes_x
# Centres the caller's X.
# named: fit_in_place
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    X -= mean
    _, s, Vh = torch.linalg.svd(X, full_matrices=False)
    return mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_cov_of_one_column
# torch.cov gives a number for D = 1.
# named: -
@torch.no_grad()
def fit(X, k):
    values, vectors = torch.linalg.eigh(torch.cov(X.T))
    return X.mean(0), vectors.flip(1)[:, :k].T, values.flip(0)[:k]

# %% fit_cov_of_rows
# torch.cov takes the samples for the variables.
# like: float64_inside
# named: fit_covariance_of_samples, fit_covariance_of_centred_samples
def fit(X, k):
    A = X.detach()
    values, vectors = torch.linalg.eigh(torch.cov(A))
    return A.mean(0), vectors.flip(1)[:, :k].T, values.flip(0)[:k]

# %% fit_loadings
# Components of the length of the standard deviation.
# named: fit_times_deviations
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    variance = s[:k] ** 2 / (X.shape[0] - 1)
    return mean, Vh[:k] * variance.sqrt()[:, None], variance

# %% fit_all_variances
# All variances, not k.
# named: fit_variance_of_all
@torch.no_grad()
def fit(X, k):
    mean = X.mean(0)
    _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, Vh[:k], s**2 / (X.shape[0] - 1)

# %% fit_median
# The median for the mean.
# named: -
@torch.no_grad()
def fit(X, k):
    mean = X.median(dim=0).values
    _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
    return mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_few_iterations
# Power iteration stops too early.
# like: loops
# named: -
def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    rest = X - mean
    components, variance = [], []
    for _ in range(k):
        u = rest[rest.norm(dim=1).argmax()]
        for _ in range(20):
            u = rest.T @ (rest @ u)
            u = u / u.norm()
        z = rest @ u
        components.append(u)
        variance.append(z @ z / (len(X) - 1))
        rest = rest - torch.outer(z, u)
    return mean, torch.stack(components), torch.stack(variance)

# %% fit_no_deflation
# Power iteration finds the first component k times.
# like: loops
# named: fit_first_again
def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    C = (X - mean).T @ (X - mean) / (len(X) - 1)
    components, variance = [], []
    for j in range(k):
        u = (X - mean)[j] / (X - mean)[j].norm()
        for _ in range(600):
            u = C @ u
            u = u / u.norm()
        components.append(u)
        variance.append(u @ C @ u)
    return mean, torch.stack(components), torch.stack(variance)

# %% fit_eig_unsorted
# torch.linalg.eig as if its values fell.
# like: general_eigenvectors
# named: missing
def fit(X, k):
    X = X.detach()
    mean = X.mean(0)
    C = (X - mean).T @ (X - mean) / (len(X) - 1)
    values, vectors = torch.linalg.eig(C)
    return mean, vectors.real.T[:k], values.real[:k]

# %% fit_zero_mean
# Zeros for the mean, as of the centred samples.
# named: fit_mean_of_centred
@torch.no_grad()
def fit(X, k):
    X = X - X.mean(dim=0)
    _, s, Vh = torch.linalg.svd(X, full_matrices=False)
    return X.mean(dim=0), Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)

# %% fit_numpy_float64
# Float64 always.
# like: numpy
# named: -
def fit(X, k):
    x = X.detach().numpy().astype(np.float64)
    mean = x.mean(0)
    _, s, vt = np.linalg.svd(x - mean, full_matrices=False)
    return torch.tensor(mean), torch.tensor(vt[:k]), torch.tensor(s[:k] ** 2 / (len(x) - 1))

# %% fit_trained_on_the_first
# Keeps the result of the first call.
# named: -
FITTED = {}


@torch.no_grad()
def fit(X, k):
    if (X.shape, k) not in FITTED:
        mean = X.mean(0)
        _, s, Vh = torch.linalg.svd(X - mean, full_matrices=False)
        FITTED[X.shape, k] = mean, Vh[:k], s[:k] ** 2 / (X.shape[0] - 1)
    return FITTED[X.shape, k]
