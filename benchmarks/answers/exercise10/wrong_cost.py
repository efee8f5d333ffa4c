# %% cost_with_one_half
# cost has a factor 1/2 that the statement's J does not have.
# named: cost_half
def cost(w, b, X, y):
    m = len(X)
    r = X @ w + b - y.reshape(-1)
    return np.sum(r ** 2) / (2 * m)

# %% cost_adds_up
# cost is the sum of the squared errors and not their mean.
# named: cost_sum
def cost(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    return np.sum(r ** 2)

# %% cost_column_broadcasts
# cost does not flatten y, so that a column gives m x m differences and a plausible wrong mean.
# named: cost_column_broadcast
def cost(w, b, X, y):
    return np.mean((X @ w + b - y) ** 2)

# %% cost_with_root
# cost takes the root of the mean squared error.
# named: cost_root
def cost(w, b, X, y):
    r = X @ w + b - y.ravel()
    return np.sqrt(np.mean(r ** 2))

# %% cost_absolute
# cost is the mean absolute error; the errors are not squared.
# named: cost_absolute
def cost(w, b, X, y):
    return np.mean(np.abs(X @ w + b - y.ravel()))

# %% cost_over_inputs
# cost divides by D, the number of inputs, and not by the number of samples; right only for m = D.
# named: cost_divided_by_inputs
def cost(w, b, X, y):
    m = X.shape[1]
    r = X @ w + b - y.flatten()
    return np.dot(r, r) / m

# %% cost_without_bias
# cost forgets b in the prediction.
# named: cost_without_bias
def cost(w, b, X, y):
    pred = np.dot(X, w)
    return np.mean((pred - y.reshape(-1)) ** 2)

# %% cost_is_a_matrix
# cost returns an array of shape (1, 1) and not a number.
# named: -
def cost(w, b, X, y):
    R = X @ w.reshape(-1, 1) + b - y.reshape(-1, 1)
    return R.T @ R / len(X)

# %% cost_square_of_mean
# cost squares the mean error, where the mean of the squared errors is asked.
# named: cost_square_of_mean
def cost(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    return r.mean() ** 2

# %% cost_reshapes_y
# cost flattens the caller's y in place, so that a column has the shape (m,) afterwards.
# named: -
def cost(w, b, X, y):
    y.shape = (len(X),)
    return np.mean((X @ w + b - y) ** 2)

# %% cost_changes_y
# cost subtracts the predictions from y in place, so that the caller's targets are overwritten.
# named: -
def cost(w, b, X, y):
    t = y.reshape(-1)
    t -= X @ w + b
    return np.mean(t ** 2)

# %% cost_sample_variance
# cost divides by m - 1 as for a sample variance, and fails for a single sample.
# named: cost_sample_variance
def cost(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    return np.sum(r * r) / (len(r) - 1)
