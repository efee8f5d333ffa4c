# %% gradient_without_two
# gradient lacks the factor 2, as if the cost had a factor 1/2.
# named: gradient_half
def gradient(w, b, X, y):
    m = len(X)
    r = X @ w + b - y.reshape(-1)
    return X.T @ r / m, r.sum() / m

# %% gradient_adds_up
# gradient is the sum over the samples and not the mean, in dw and in db.
# named: gradient_sum
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    return 2 * X.T @ r, 2 * r.sum()

# %% gradient_sign
# gradient has the wrong sign: the errors are target minus prediction, without a minus in front.
# named: gradient_sign
def gradient(w, b, X, y):
    e = y.reshape(-1) - (X @ w + b)
    return 2 * (e @ X) / len(e), 2 * np.mean(e)

# %% gradient_column_broadcasts
# gradient does not flatten y: for a column the errors are m x m, so dw has the shape (D, m) and db is wrong.
# named: gradient_column_broadcast, gradient_column_broadcast_summed
def gradient(w, b, X, y):
    m = X.shape[0]
    error = np.dot(X, w) + b - y
    dw = 2 / m * np.dot(X.T, error)
    db = 2 / m * np.sum(error)
    return dw, db

# %% gradient_x_not_transposed
# gradient multiplies with X and not with its transpose: silently wrong for m = D, an error otherwise.
# named: gradient_untransposed
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    dw = 2 * (X @ r) / len(r)
    db = 2 * r.mean()
    return dw, db

# %% gradient_over_inputs
# gradient divides by D and not by the number of samples; right only for m = D.
# named: gradient_divided_by_inputs
def gradient(w, b, X, y):
    n = len(w)
    r = X @ w + b - y.reshape(-1)
    return 2 / n * X.T @ r, 2 / n * r.sum()

# %% gradient_db_adds_up
# gradient has the sum of the errors in db, where dw has the mean.
# named: gradient_bias_sum
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    dw = 2 * np.mean(r[:, None] * X, axis=0)
    db = 2 * np.sum(r)
    return dw, db

# %% gradient_db_without_two
# gradient lacks the factor 2 in db only.
# named: gradient_bias_half
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    dw = 2 * X.T.dot(r) / len(r)
    db = np.mean(r)
    return dw, db

# %% gradient_db_keeps_axis
# gradient returns db as an array of shape (1,) and not as a number.
# named: -
def gradient(w, b, X, y):
    m = X.shape[0]
    r = X @ w + b - y.reshape(-1)
    return 2 / m * X.T @ r, 2 / m * np.sum(r, axis=0, keepdims=True)

# %% gradient_db_per_sample
# gradient does not add db up over the samples: it is an array of m numbers.
# named: gradient_bias_per_sample
def gradient(w, b, X, y):
    m = X.shape[0]
    r = X @ w + b - y.reshape(-1)
    dw = 2 / m * X.T @ r
    db = 2 / m * r
    return dw, db

# %% gradient_db_zero
# gradient treats b as a constant: db is 0.
# named: gradient_bias_zero
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    return 2 * r @ X / len(X), 0.0

# %% gradient_db_of_inputs
# gradient multiplies the errors in db by the inputs as well: db is the sum of dw.
# named: -
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    dw = 2 / len(X) * X.T @ r
    db = dw.sum()
    return dw, db

# %% gradient_dw_is_a_column
# gradient returns dw with the shape (D, 1) and not (D,).
# named: -
def gradient(w, b, X, y):
    W, Y = w.reshape(-1, 1), y.reshape(-1, 1)
    R = X @ W + b - Y
    return 2 / len(X) * X.T @ R, 2 * R.mean()

# %% gradient_mean_over_everything
# gradient takes the mean over samples and inputs, one number for all weights.
# named: gradient_mean_over_inputs
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    dw = 2 * np.mean(r[:, None] * X) * np.ones(X.shape[1])
    return dw, 2 * np.mean(r)

# %% gradient_of_squares
# gradient multiplies the inputs with the squared errors, the loss, and not with the errors.
# named: gradient_of_squares
def gradient(w, b, X, y):
    loss = (X @ w + b - y.reshape(-1)) ** 2
    m = len(loss)
    return 2 / m * X.T @ loss, 2 / m * loss.sum()

# %% gradient_without_bias
# gradient forgets b in the predictions.
# named: gradient_without_bias
def gradient(w, b, X, y):
    r = X @ w - y.reshape(-1)
    return 2 / len(r) * X.T @ r, 2 / len(r) * r.sum()

# %% gradient_returns_swapped
# gradient returns (db, dw) and not (dw, db).
# named: gradient_exchanged
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    dw = 2 / len(r) * X.T @ r
    db = 2 / len(r) * r.sum()
    return db, dw

# %% gradient_of_absolute_error
# gradient uses only the signs of the errors, as for the mean absolute error.
# named: gradient_of_signs
def gradient(w, b, X, y):
    s = np.sign(X @ w + b - y.reshape(-1))
    return X.T @ s / len(s), s.mean()

# %% gradient_of_length_one
# gradient is normalised to length one, so that only its direction is right.
# named: -
def gradient(w, b, X, y):
    r = X @ w + b - y.reshape(-1)
    dw = 2 / len(r) * X.T @ r
    db = 2 / len(r) * r.sum()
    length = np.sqrt(dw @ dw + db ** 2)
    return dw / length, db / length

# %% gradient_float32
# gradient computes in float32, which gives seven digits and a float32 array.
# named: -
def gradient(w, b, X, y):
    X32 = X.astype(np.float32)
    r = X32 @ w.astype(np.float32) + np.float32(b) - y.reshape(-1).astype(np.float32)
    return 2 * X32.T @ r / len(r), 2 * r.mean()

# %% gradient_finite_differences
# gradient is a one-sided difference quotient of the cost, right only to a few digits.
# named: -
def gradient(w, b, X, y):
    h = 1e-5
    c = cost(w, b, X, y)
    dw = np.zeros(len(w))
    for j in range(len(w)):
        moved = w.copy()
        moved[j] += h
        dw[j] = (cost(moved, b, X, y) - c) / h
    return dw, (cost(w, b + h, X, y) - c) / h
