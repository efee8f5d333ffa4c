# %% ridge_without_lambda
# λ is not used.
# named: ridge_without_lambda
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.lstsq(K, y[:, None]).solution
    return (rbf_features(Xq, X, gamma) @ w)[:, 0]

# %% ridge_lambda_everywhere
# λ on every entry.
# like: in_place_on_copies
# named: ridge_lambda_everywhere
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma) + lam
    return rbf_features(Xq, X, gamma) @ torch.linalg.pinv(K) @ y

# %% ridge_lambda_times_N
# λ times the number of samples.
# like: numpy
# named: ridge_lambda_times_n
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma).numpy()
    w = np.linalg.solve(K + lam * len(K) * np.eye(len(K), dtype=K.dtype), y.numpy())
    return torch.from_numpy(rbf_features(Xq, X, gamma).numpy() @ w)

# %% ridge_lambda_squared
# λ squared.
# named: ridge_lambda_squared
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam**2 * torch.eye(len(X), dtype=X.dtype), y)
    return rbf_features(Xq, X, gamma) @ w

# %% ridge_of_features
# A linear ridge on the features, with the samples as centers.
# like: functional
# named: ridge_on_features
def kernel_ridge(X, y, Xq, gamma, lam):
    Phi = rbf_features(X, X, gamma)
    A = Phi.T @ Phi + lam * torch.eye(Phi.shape[1], dtype=X.dtype)
    w = torch.linalg.solve(A, Phi.T @ y)
    return rbf_features(Xq, X, gamma) @ w

# %% ridge_with_bias
# The mean of the targets is subtracted and added again.
# like: torch_functions
# named: ridge_centered
def kernel_ridge(X, y, Xq, gamma, lam):
    bias = y.mean()
    K = rbf_features(X, X, gamma)
    K.diagonal().add_(lam)
    w = torch.cholesky_solve((y - bias)[:, None], torch.linalg.cholesky(K))
    return (rbf_features(Xq, X, gamma) @ w).squeeze(1) + bias

# %% ridge_weighted_mean
# A mean of the targets, weighted by the kernel.
# named: ridge_smoother
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(Xq, X, gamma)
    return (K @ y) / K.sum(dim=1)

# %% ridge_nothing_solved
# The targets for the weights.
# like: loops
# named: ridge_without_system
def kernel_ridge(X, y, Xq, gamma, lam):
    return rbf_features(Xq, X, gamma) @ y

# %% ridge_lambda_subtracted
# λ is subtracted.
# like: einsum
# named: ridge_lambda_subtracted
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K - lam * torch.eye(X.shape[0], dtype=X.dtype), y)
    return rbf_features(Xq, X, gamma) @ w

# %% ridge_eye_float32
# torch.eye without a dtype: λ is rounded to float32.
# named: ridge_lambda_float32
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam * torch.eye(len(X)), y)
    return rbf_features(Xq, X, gamma) @ w

# %% ridge_of_the_samples
# Predictions for X, not for Xq.
# like: double_inside
# named: ridge_at_samples
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam * torch.eye(len(X), dtype=X.dtype), y)
    return K @ w

# %% ridge_weights
# The weights come back.
# named: ridge_weights
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    return torch.linalg.solve(K + lam * torch.eye(len(X), dtype=X.dtype), y)

# %% ridge_column
# [M, 1].
# like: truncated
# named: -
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma) + lam * torch.eye(len(X), dtype=X.dtype)
    w = torch.linalg.solve(K, y.unsqueeze(1))
    return rbf_features(Xq, X, gamma) @ w

# %% ridge_diagonal_replaced
# λ takes the place of the ones on the diagonal.
# like: in_place_on_copies
# named: ridge_diagonal_replaced
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    K.fill_diagonal_(lam)
    return rbf_features(Xq, X, gamma) @ torch.linalg.solve(K, y)

# %% ridge_one_over_lambda
# 1/λ on the diagonal.
# like: numpy
# named: missing
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + torch.eye(len(X), dtype=X.dtype) / lam, y)
    return rbf_features(Xq, X, gamma) @ w

# %% ridge_linear_kernel
# Scalar products of the samples, not of the features.
# named: ridge_linear
def kernel_ridge(X, y, Xq, gamma, lam):
    w = torch.linalg.solve(X @ X.T + lam * torch.eye(len(X), dtype=X.dtype), y)
    return Xq @ X.T @ w

# %% ridge_not_inverted
# Multiplied by K + λI, not solved.
# like: recursion
# named: ridge_multiplied
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma) + lam * torch.eye(len(X), dtype=X.dtype)
    return rbf_features(Xq, X, gamma) @ (K @ y)

# %% ridge_one_gamma
# gamma is used for the fit alone.
# named: ridge_gamma_once
def kernel_ridge(X, y, Xq, gamma, lam):
    K = rbf_features(X, X, gamma)
    w = torch.linalg.solve(K + lam * torch.eye(len(X), dtype=X.dtype), y)
    return torch.exp(-((Xq[:, None, :] - X) ** 2).sum(-1)) @ w

# %% ridge_distance_kernel
# A kernel of the plain distance.
# like: cdist_as_it_is
# named: ridge_distance
def kernel_ridge(X, y, Xq, gamma, lam):
    def kernel(A, B):
        return torch.exp(-gamma * (A[:, None, :] - B[None, :, :]).norm(dim=-1))

    w = torch.linalg.solve(kernel(X, X) + lam * torch.eye(len(X), dtype=X.dtype), y)
    return kernel(Xq, X) @ w

# %% ridge_lambda_in_both
# λ stands in the kernel of the prediction, too.
# named: missing
def kernel_ridge(X, y, Xq, gamma, lam):
    def kernel(A, B):
        K = rbf_features(A, B, gamma)
        K.diagonal().add_(lam)
        return K

    return kernel(Xq, X) @ torch.linalg.solve(kernel(X, X), y)
