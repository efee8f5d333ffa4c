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
