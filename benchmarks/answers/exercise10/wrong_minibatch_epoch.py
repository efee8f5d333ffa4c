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
