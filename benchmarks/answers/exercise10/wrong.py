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


# %% step_uphill
# batch_step adds the gradient and so climbs.
# named: step_uphill
def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return w + lr * dw, b + lr * db


# %% step_w_before_b
# batch_step moves w first and takes db at the new w, where both gradients belong to the old point.
# named: step_bias_from_new_weights
def batch_step(w, b, X, y, lr):
    w = w - lr * gradient(w, b, X, y)[0]
    b = b - lr * gradient(w, b, X, y)[1]
    return w, b


# %% step_changes_w
# batch_step subtracts from the caller's w in place and returns the same array.
# named: step_in_place
def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    w -= lr * dw
    b -= lr * db
    return w, b


# %% step_forgets_b
# batch_step moves w only; b is returned as it was.
# named: step_bias_stays
def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    w = w - lr * dw
    return w, b


# %% step_mean_twice
# batch_step divides the gradient, which is a mean already, by the number of samples again.
# named: step_divided_twice
def batch_step(w, b, X, y, lr):
    m = X.shape[0]
    dw, db = gradient(w, b, X, y)
    return w - lr * dw / m, b - lr * db / m


# %% step_rate_on_w_only
# batch_step multiplies only dw by the learning rate, b moves by the whole db.
# named: step_bias_without_rate
def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return w - lr * dw, b - db


# %% step_many_times
# batch_step makes ten steps and not one.
# named: -
def batch_step(w, b, X, y, lr):
    for epoch in range(10):
        dw, db = gradient(w, b, X, y)
        w = w - lr * dw
        b = b - lr * db
    return w, b


# %% step_one_weight_at_a_time
# batch_step moves the weights one after the other, with a new gradient for each, where all move together.
# named: step_one_by_one, step_weights_one_by_one
def batch_step(w, b, X, y, lr):
    new = w.copy()
    db = gradient(w, b, X, y)[1]
    for j in range(len(w)):
        new[j] -= lr * gradient(new, b, X, y)[0][j]
    return new, b - lr * db


# %% step_w_is_a_list
# batch_step returns w as a Python list and not as an array.
# named: -
def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return [float(wj - lr * dj) for wj, dj in zip(w, dw)], b - lr * db


# %% step_returns_the_change
# batch_step returns the changes -lr * gradient and not the new w and b.
# named: step_change_only
def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return -lr * dw, -lr * db


# %% step_subtracts_the_cost
# batch_step subtracts the learning rate times the cost and not times the gradient.
# named: step_by_cost
def batch_step(w, b, X, y, lr):
    loss = cost(w, b, X, y)
    return w - lr * loss, b - lr * loss


# %% minibatch_drops_the_rest
# minibatch_epoch leaves a short last batch out (and does nothing if the batch is larger than the data).
# named: epoch_without_rest
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    n_batches = len(order) // batch_size
    w = w.copy()
    for k in range(n_batches):
        rows = order[k * batch_size : (k + 1) * batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_ignores_order
# minibatch_epoch takes the rows as they lie in X and does not use order.
# named: epoch_without_order
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(0, len(X), batch_size):
        w, b = batch_step(w, b, X[i : i + batch_size], y[i : i + batch_size], lr)
    return w, b


# %% minibatch_divides_by_batch_size
# minibatch_epoch divides the last short batch by batch_size and not by its own number of samples.
# named: epoch_divided_by_batch_size
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        r = X[rows] @ w + b - y[rows].reshape(-1)
        w, b = w - lr * 2 / batch_size * X[rows].T @ r, b - lr * 2 / batch_size * r.sum()
    return w, b


# %% minibatch_divides_by_m
# minibatch_epoch divides every batch's gradient by m, the number of all samples.
# named: epoch_divided_by_all
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    m = len(X)
    for i in range(0, m, batch_size):
        rows = order[i : i + batch_size]
        r = X[rows] @ w + b - y[rows].reshape(-1)
        dw = 2 / m * X[rows].T @ r
        db = 2 / m * r.sum()
        w = w - lr * dw
        b = b - lr * db
    return w, b


# %% minibatch_from_the_start
# minibatch_epoch takes all gradients at the first w and b, where each step starts from the previous one's end.
# named: epoch_from_one_point
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    new_w, new_b = w.copy(), b
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        dw, db = gradient(w, b, X[rows], y[rows])
        new_w = new_w - lr * dw
        new_b = new_b - lr * db
    return new_w, new_b


# %% minibatch_averages_the_points
# minibatch_epoch returns the mean of the points after all steps and not the last point.
# named: -
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    ws, bs = [], []
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
        ws.append(w)
        bs.append(b)
    return np.mean(ws, axis=0), np.mean(bs)


# %% minibatch_shuffles_again
# minibatch_epoch makes its own random permutation and does not follow order.
# named: -
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    perm = np.random.permutation(order)
    for i in range(0, len(perm), batch_size):
        rows = perm[i : i + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_sorts_the_data
# minibatch_epoch puts the caller's X and y themselves into the order of the epoch.
# named: -
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    X[:] = X[order]
    y[:] = y[order]
    for i in range(0, len(X), batch_size):
        w, b = batch_step(w, b, X[i : i + batch_size], y[i : i + batch_size], lr)
    return w, b


# %% minibatch_range_too_short
# minibatch_epoch stops at m - batch_size and so misses the last batch, also a full one.
# named: epoch_last_left_out, epoch_without_rest
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    w = w.copy()
    for i in range(0, len(order) - batch_size, batch_size):
        rows = order[i : i + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_targets_not_in_order
# minibatch_epoch takes the inputs in the order given but the targets as they lie in y.
# named: epoch_targets_not_reordered
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    X = X[order]
    for i in range(0, len(X), batch_size):
        w, b = batch_step(w, b, X[i : i + batch_size], y[i : i + batch_size], lr)
    return w, b


# %% minibatch_overlaps
# minibatch_epoch moves its window by one row and not by batch_size, so that batches overlap.
# named: epoch_moved_by_one
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(len(order)):
        rows = order[i : i + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_returns_too_soon
# minibatch_epoch returns inside the loop, after the first batch.
# named: epoch_return_in_loop
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
        return w, b


# %% minibatch_boolean_mask
# minibatch_epoch selects the batch with a mask, so that a row that occurs twice in it counts once.
# named: epoch_by_mask
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(0, len(order), batch_size):
        mask = np.zeros(len(X), dtype=bool)
        mask[order[i : i + batch_size]] = True
        w, b = batch_step(w, b, X[mask], y[mask], lr)
    return w, b


# %% minibatch_too_large_is_an_error
# minibatch_epoch raises a ValueError if the batch is larger than the data, where one step with all rows is asked.
# named: -
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    if batch_size > len(X):
        raise ValueError("batch_size is larger than the number of samples")
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_wraps_around
# minibatch_epoch fills the short last batch up with rows from the beginning of order.
# named: epoch_filled_up
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    m = len(order)
    for i in range(0, m, batch_size):
        rows = [order[(i + k) % m] for k in range(batch_size)]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_equal_parts
# minibatch_epoch splits order into parts of nearly equal size, which are not batch_size long if m is not a multiple of it.
# named: epoch_equal_batches, epoch_fewer_equal_batches
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    n = max(1, round(len(order) / batch_size))
    for rows in np.array_split(order, n):
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_inverse_order
# minibatch_epoch takes order for the places to which the rows go: it uses argsort(order), the inverse permutation.
# named: epoch_inverse_order
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    where = np.argsort(order)
    for i in range(0, len(where), batch_size):
        w, b = batch_step(w, b, X[where[i : i + batch_size]], y[where[i : i + batch_size]], lr)
    return w, b


# %% minibatch_batch_size_is_count
# minibatch_epoch takes batch_size for the number of batches.
# named: epoch_number_of_batches, epoch_size_of_batches
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    size = max(1, len(order) // batch_size)
    for i in range(0, len(order), size):
        rows = order[i : i + size]
        w, b = batch_step(w, b, X[rows], y[rows], lr)
    return w, b


# %% minibatch_mean_of_gradients
# minibatch_epoch averages the gradients of all batches and makes one step at the end.
# named: epoch_from_one_point, epoch_mean_of_gradients
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    dws, dbs = [], []
    for i in range(0, len(order), batch_size):
        dw, db = gradient(w, b, X[order[i : i + batch_size]], y[order[i : i + batch_size]])
        dws.append(dw)
        dbs.append(db)
    return w - lr * np.mean(dws, axis=0), b - lr * np.mean(dbs)


# %% minibatch_changes_w
# minibatch_epoch moves the caller's w in place through all steps.
# named: -
def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(0, len(order), batch_size):
        rows = order[i : i + batch_size]
        dw, db = gradient(w, b, X[rows], y[rows])
        w -= lr * dw
        b -= lr * db
    return w, b


# %% sgd_ignores_order
# sgd_epoch goes through the rows from 0 to m - 1 and does not use order.
# named: sgd_without_order
def sgd_epoch(w, b, X, y, lr, order):
    for i in range(len(X)):
        w, b = batch_step(w, b, X[i : i + 1], y[i : i + 1], lr)
    return w, b


# %% sgd_misses_the_last
# sgd_epoch counts to m - 2 and so leaves the last row of order out.
# named: sgd_last_left_out
def sgd_epoch(w, b, X, y, lr, order):
    m = len(order)
    w = w.copy()
    for k in range(m - 1):
        i = order[k]
        w, b = batch_step(w, b, X[[i]], y[[i]], lr)
    return w, b


# %% sgd_from_the_start
# sgd_epoch takes every gradient at the first w and b and adds the steps up.
# named: sgd_from_one_point
def sgd_epoch(w, b, X, y, lr, order):
    w_sum, b_sum = w.copy(), b
    for i in order:
        dw, db = gradient(w, b, X[i : i + 1], y[i : i + 1])
        w_sum = w_sum - lr * dw
        b_sum = b_sum - lr * db
    return w_sum, b_sum


# %% sgd_divides_by_m
# sgd_epoch divides the gradient of the single sample by m.
# named: sgd_divided_by_all
def sgd_epoch(w, b, X, y, lr, order):
    m = len(X)
    t = y.reshape(-1)
    for i in order:
        r = X[i] @ w + b - t[i]
        w = w - lr * 2 / m * r * X[i]
        b = b - lr * 2 / m * r
    return w, b


# %% sgd_without_two
# sgd_epoch has its own step without the factor 2.
# named: sgd_half
def sgd_epoch(w, b, X, y, lr, order):
    t = y.reshape(-1)
    for i in order:
        r = np.dot(X[i], w) + b - t[i]
        w = w - lr * r * X[i]
        b = b - lr * r
    return w, b


# %% sgd_one_sample_only
# sgd_epoch makes a single step with the first row of order, not one with each row.
# named: sgd_return_in_loop
def sgd_epoch(w, b, X, y, lr, order):
    i = order[0]
    return batch_step(w, b, X[i : i + 1], y[i : i + 1], lr)


# %% sgd_backwards
# sgd_epoch pops the rows from the end of order, so that it goes backwards.
# named: sgd_backwards
def sgd_epoch(w, b, X, y, lr, order):
    rows = list(order)
    while rows:
        i = rows.pop()
        w, b = batch_step(w, b, X[[i]], y[[i]], lr)
    return w, b


# %% sgd_changes_w
# sgd_epoch moves the caller's w in place.
# named: -
def sgd_epoch(w, b, X, y, lr, order):
    t = y.reshape(-1)
    for i in order:
        r = X[i] @ w + b - t[i]
        w -= lr * 2 * r * X[i]
        b -= lr * 2 * r
    return w, b


# %% sgd_column_makes_b_an_array
# sgd_epoch subtracts y[i], an array of one element if y is a column, so that b comes back with the shape (1,).
# named: -
def sgd_epoch(w, b, X, y, lr, order):
    for i in order:
        error = np.dot(X[i], w) + b - y[i]
        w = w - lr * 2 * error * X[i]
        b = b - lr * 2 * error
    return w, b


# %% sgd_w_before_b
# sgd_epoch moves w first and computes the error for b again at the new w.
# named: sgd_bias_from_new_weights
def sgd_epoch(w, b, X, y, lr, order):
    t = y.reshape(-1)
    for i in order:
        w = w - lr * 2 * (X[i] @ w + b - t[i]) * X[i]
        b = b - lr * 2 * (X[i] @ w + b - t[i])
    return w, b


# %% sgd_row_only_once
# sgd_epoch skips a row that it has used already, though a row drawn twice makes two steps.
# named: sgd_row_once
def sgd_epoch(w, b, X, y, lr, order):
    seen = set()
    for i in order.tolist():
        if i in seen:
            continue
        seen.add(i)
        w, b = batch_step(w, b, X[i : i + 1], y[i : i + 1], lr)
    return w, b


# %% sgd_rows_from_one
# sgd_epoch takes the row numbers in order as counted from 1.
# named: -
def sgd_epoch(w, b, X, y, lr, order):
    for number in order:
        i = number - 1
        w, b = batch_step(w, b, X[[i]], y[[i]], lr)
    return w, b


# %% sgd_gradient_of_all
# sgd_epoch makes m steps, but each with all rows and not with the single one.
# named: sgd_of_full_steps
def sgd_epoch(w, b, X, y, lr, order):
    for i in order:
        dw, db = gradient(w, b, X, y)
        w = w - lr * dw
        b = b - lr * db
    return w, b


# %% sgd_forgets_b
# sgd_epoch moves w only and returns the old b.
# named: sgd_bias_stays
def sgd_epoch(w, b, X, y, lr, order):
    t = y.reshape(-1)
    for i in order:
        r = X[i] @ w + b - t[i]
        w = w - 2 * lr * r * X[i]
    return w, b


# %% sgd_picks_at_random
# sgd_epoch draws m random rows itself, which also moves NumPy's global generator.
# named: -
def sgd_epoch(w, b, X, y, lr, order):
    for _ in range(len(order)):
        i = np.random.randint(len(X))
        w, b = batch_step(w, b, X[i : i + 1], y[i : i + 1], lr)
    return w, b


# %% sgd_decays_the_rate
# sgd_epoch makes the learning rate smaller after each step.
# named: -
def sgd_epoch(w, b, X, y, lr, order):
    for k, i in enumerate(order):
        w, b = batch_step(w, b, X[i : i + 1], y[i : i + 1], lr / (k + 1))
    return w, b
