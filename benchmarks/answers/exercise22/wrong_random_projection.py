# %% projection_not_scaled
# No division.
# named: projection_unscaled
def random_projection(X, R):
    return X @ R

# %% projection_by_k
# Divided by k, not by its root.
# like: einsum
# named: projection_by_k
def random_projection(X, R):
    return torch.einsum("nd,dk->nk", X, R) / R.shape[1]

# %% projection_by_root_D
# Divided by the root of D: shape[0] for shape[1].
# like: torch_functions
# named: projection_by_root_of_d
def random_projection(X, R):
    return torch.matmul(X, R) / torch.tensor(R.size(0), dtype=X.dtype).sqrt()

# %% projection_multiplied
# Multiplied by the root.
# named: projection_times_root
def random_projection(X, R):
    return (X @ R) * R.shape[1] ** 0.5

# %% projection_unit_columns
# The columns of R get length 1, and then no division.
# like: functional
# named: projection_normalized
def random_projection(X, R):
    return X @ (R / R.norm(dim=0, keepdim=True))

# %% projection_own_R
# Draws matrices of its own.
# like: numpy
# named: missing
def random_projection(X, R):
    R = torch.randn(R.shape, dtype=X.dtype)
    return X @ R / math.sqrt(R.shape[1])

# %% projection_centered
# The mean of the samples is subtracted first, as in PCA.
# named: projection_centered
def random_projection(X, R):
    return (X - X.mean(dim=0)) @ R / R.shape[1] ** 0.5

# %% projection_signs
# Only the signs of R.
# like: double_inside
# named: -
def random_projection(X, R):
    return X @ torch.sign(R) / R.shape[1] ** 0.5

# %% projection_orthonormal
# R made orthonormal by QR.
# named: projection_orthogonal
def random_projection(X, R):
    Q, _ = torch.linalg.qr(R)
    return X @ Q

# %% projection_keeps_lengths
# Every projection gets exactly the length of its sample.
# like: in_place_on_copies
# named: missing
def random_projection(X, R):
    Z = X @ R
    return Z / Z.norm(dim=1, keepdim=True) * X.norm(dim=1, keepdim=True)

# %% projection_of_rows
# R read by its rows, as if it were [k, D].
# like: loops
# named: -
def random_projection(X, R):
    D, k = R.shape
    return X @ R.reshape(k, D).T / math.sqrt(k)

# %% projection_by_root_N
# Divided by the root of the number of samples.
# named: projection_by_root_of_n
def random_projection(X, R):
    Z = X @ R
    return Z / len(Z) ** 0.5
