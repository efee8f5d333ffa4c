# %% half_and_sums
# cost: factor 1/2. gradient: sum for mean in dw and db. minibatch_epoch: drops the short last batch.
# named: cost_half, gradient_sum, epoch_without_rest
import numpy as np


def cost(w, b, X, y):
    m = X.shape[0]
    r = np.dot(X, w) + b - y.reshape(m)
    return 1 / (2 * m) * np.sum(r ** 2)


def gradient(w, b, X, y):
    m = X.shape[0]
    r = np.dot(X, w) + b - y.reshape(m)
    dw = 2 * np.dot(X.T, r)
    db = 2 * np.sum(r)
    return dw, db


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return w - lr * dw, b - lr * db


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    w = w.copy()
    for k in range(len(order) // batch_size):
        idx = order[k * batch_size : (k + 1) * batch_size]
        w, b = batch_step(w, b, X[idx], y[idx], lr)
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    for i in order:
        w, b = batch_step(w, b, X[i : i + 1], y[i : i + 1], lr)
    return w, b

# %% column_not_seen
# cost: a column y broadcasts to m x m. gradient: the same, and the 2 is missing. batch_step: w is changed in place.
# sgd_epoch: ignores order.
# named: cost_column_broadcast, gradient_column_broadcast, gradient_column_broadcast_summed, gradient_column_broadcast_by_input, gradient_half, gradient_weights_half, gradient_bias_half, step_in_place, sgd_without_order
import numpy as np


def cost(w, b, X, y):
    return np.mean((X @ w + b - y) ** 2)


def gradient(w, b, X, y):
    error = X @ w + b - y
    dw = X.T @ error / len(X)
    db = np.mean(error)
    return dw, db


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    w -= lr * dw
    b -= lr * db
    return w, b


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(0, len(order), batch_size):
        idx = order[i : i + batch_size]
        w, b = batch_step(w, b, X[idx], y[idx], lr)
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    for i in range(len(order)):
        w, b = batch_step(w, b, X[i : i + 1], y[i : i + 1], lr)
    return w, b

# %% one_after_the_other
# batch_step: db at the new w. minibatch_epoch: order is not used, and a batch larger than the data is an error.
# sgd_epoch: the error for b is computed again after w has moved, and the 2 is missing.
# named: step_bias_from_new_weights, epoch_without_order, sgd_bias_from_new_weights, sgd_half
def cost(w, b, X, y):
    total = 0.0
    for i in range(len(X)):
        pred = float(np.dot(w, X[i])) + b
        total += (pred - float(y.flatten()[i])) ** 2
    return total / len(X)


def batch_step(w, b, X, y, lr):
    dw, _ = gradient(w, b, X, y)
    w = w - lr * dw
    _, db = gradient(w, b, X, y)
    b = b - lr * db
    return w, b


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    if batch_size > len(X):
        raise ValueError("batch too large")
    for i in range(0, len(X), batch_size):
        dw, db = gradient(w, b, X[i : i + batch_size], y[i : i + batch_size])
        w = w - lr * dw
        b = b - lr * db
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    t = y.flatten()
    for i in order:
        w = w - lr * (np.dot(w, X[i]) + b - t[i]) * X[i]
        b = b - lr * (np.dot(w, X[i]) + b - t[i])
    return w, b

# %% target_minus_prediction
# cost: root of the mean. gradient: wrong sign (target minus prediction), and db is an array of shape (1,).
# minibatch_epoch: all gradients at the first point.
# named: cost_root, gradient_sign, epoch_from_one_point
import numpy as np


def cost(w, b, X, y):
    e = y.reshape(-1) - X.dot(w) - b
    return np.sqrt((e ** 2).mean())


def gradient(w, b, X, y):
    e = y.reshape(-1, 1) - X.dot(w).reshape(-1, 1) - b
    dw = 2 * (X * e).mean(axis=0)
    db = 2 * e.mean(axis=0)
    return dw, db


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    return w - lr * dw, b - lr * db


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    w0, b0 = w, b
    for i in range(0, len(order), batch_size):
        idx = order[i : i + batch_size]
        dw, db = gradient(w0, b0, X[idx], y[idx])
        w = w - lr * dw
        b = b - lr * db
    return w, b

# %% divided_too_often
# cost: divided by the number of inputs D. batch_step: the mean is divided by m again. minibatch_epoch: the short batch is divided
# by batch_size. sgd_epoch: divided by m, and the last row is left out.
# named: cost_divided_by_inputs, step_divided_twice, epoch_divided_by_batch_size, sgd_divided_by_all, sgd_last_left_out
import numpy as np


def cost(w, b, X, y):
    n = X.shape[1]
    r = X @ w + b - np.ravel(y)
    return (r @ r) / n


def gradient(w, b, X, y):
    n = X.shape[0]
    r = X @ w + b - np.ravel(y)
    return 2 / n * (r @ X), 2 / n * r.sum()


def batch_step(w, b, X, y, lr):
    n = X.shape[0]
    dw, db = gradient(w, b, X, y)
    return w - lr / n * dw, b - lr / n * db


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for s in range(0, len(order), batch_size):
        rows = order[s : s + batch_size]
        r = X[rows] @ w + b - np.ravel(y[rows])
        w, b = w - 2 * lr / batch_size * (r @ X[rows]), b - 2 * lr / batch_size * r.sum()
    return w, b


def sgd_epoch(w, b, X, y, lr, order):
    t = np.ravel(y)
    w = w.copy()
    for k in range(len(order) - 1):
        i = order[k]
        r = X[i] @ w + b - t[i]
        w, b = w - 2 * lr * r * X[i] / len(X), b - 2 * lr * r / len(X)
    return w, b

# %% loops_with_slips
# gradient: the bias is left out of the prediction. batch_step: b is not moved. minibatch_epoch: returns after the first batch.
# sgd_epoch: w is changed in place, and b becomes an array for a column y.
# named: gradient_without_bias, step_bias_stays, epoch_return_in_loop
import numpy as np


def cost(w, b, X, y):
    t = y.reshape(-1)
    s = 0.0
    for x, a in zip(X, t):
        s = s + (x @ w + b - a) ** 2
    return s / len(t)


def gradient(w, b, X, y):
    t = y.reshape(-1)
    dw = np.zeros(len(w))
    db = 0.0
    for x, a in zip(X, t):
        error = x @ w - a
        dw += 2 * error * x
        db += 2 * error
    return dw / len(t), db / len(t)


def batch_step(w, b, X, y, lr):
    dw, db = gradient(w, b, X, y)
    new_w = w - lr * dw
    return new_w, b


def minibatch_epoch(w, b, X, y, lr, batch_size, order):
    for i in range(0, len(order), batch_size):
        batch = order[i : i + batch_size]
        w, b = batch_step(w, b, X[batch], y[batch], lr)
        return w, b


def sgd_epoch(w, b, X, y, lr, order):
    for i in order:
        error = X[i] @ w + b - y[i]
        w -= lr * 2 * error * X[i]
        b = b - lr * 2 * error
    return w, b
