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
