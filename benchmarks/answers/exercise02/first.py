# %% ones_on_the_line
# predict: >= 0 for > 0; bool for int64. update: w moved in place; b not moved. fit: the epochs are counted from 0.
# named: predict_greater_or_equal, predict_bool, update_without_b, fit_counts_from_0, fit_counts_from_0_throughout
import torch

def predict(X, w, b):
    return X @ w + b >= 0

def update(w, b, x, y, lr):
    y_hat = int(x @ w + b > 0)
    w += lr * (y - y_hat) * x
    return w, b

def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(max_epochs):
        mistakes = 0
        for i in range(len(X)):
            e = int(y[i]) - int(X[i] @ w + b > 0)
            if e != 0:
                mistakes += 1
                w = w + lr * e * X[i]
                b = b + lr * e
        if mistakes == 0:
            return w, b, epoch, True
    return w, b, epoch, False

# %% sign_and_raw_scores
# predict: -1 for 0. update: the raw sum as the answer; no lr for b. fit: stops when the errors sum to 0.
# named: predict_sign, update_by_z, update_b_without_lr, fit_errors_cancel
import torch

def predict(X, w, b):
    z = X @ w + b
    return torch.where(z > 0, 1, -1)

def update(w, b, x, y, lr):
    error = y - (torch.dot(x, w) + b)
    return w + lr * error * x, b + error

def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(1, max_epochs + 1):
        total = 0
        for i in range(len(X)):
            e = int(y[i]) - int(X[i] @ w + b > 0)
            total += e
            w, b = w + lr * e * X[i], b + lr * e
        if total == 0:
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% predict_right_rest_wrong
# predict: right. update: moves the wrong way; returns b as a float. fit: all rows answered at once; never stops early.
# named: update_sign, fit_all_rows_at_once, fit_never_stops
import torch

def predict(X, w, b):
    out = torch.zeros(len(X), dtype=torch.int64)
    for i in range(len(X)):
        if (X[i] * w).sum() + b > 0:
            out[i] = 1
    return out

def update(w, b, x, y, lr):
    y_hat = int(x @ w + b > 0)
    w = w - lr * (y - y_hat) * x
    b = b - lr * (y - y_hat)
    return w, float(b)

def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    for epoch in range(max_epochs):
        err = (y - (X @ w + b > 0).long()).to(X.dtype)
        w = w + lr * (X.T @ err)
        b = b + lr * err.sum()
    return w, b, max_epochs, bool((err == 0).all())

# %% floats_and_squeeze
# predict: floats for int64; one row loses its axis. update: moves after each row. fit: default dtype; tested after the epoch.
# named: predict_float, predict_squeezed, update_hebb_signed, fit_from_float32_zeros, fit_float32_dot, fit_tests_after_the_epoch
import torch

def predict(X, w, b):
    z = X @ w.unsqueeze(1) + b
    return (z > 0).squeeze().float()

def update(w, b, x, y, lr):
    s = 1 if y == 1 else -1
    return w + lr * s * x, b + lr * s

def fit(X, y, lr, max_epochs):
    X = X.to(torch.float32)
    w = torch.zeros(X.shape[1])
    b = torch.zeros(())
    for epoch in range(1, max_epochs + 1):
        for i in range(len(X)):
            e = int(y[i]) - int(X[i] @ w + b > 0)
            w = w + lr * e * X[i]
            b = b + lr * e
        if torch.equal((X @ w + b > 0).long(), y):
            return w, b, epoch, True
    return w, b, max_epochs, False

# %% threshold_and_no_zeros
# predict: compares with b, not -b. update: learns nothing from rows of class 0; no lr. fit: right.
# named: predict_bias_as_threshold, update_class_1_only, update_without_lr
import torch

def predict(X, w, b):
    return (X.matmul(w) > b).long()

def update(w, b, x, y, lr):
    if y == 1 and not (x @ w + b > 0):
        return w + x, b + 1
    return w, b

def fit(X, y, lr, max_epochs):
    w = X.new_zeros(X.shape[1])
    b = X.new_zeros(())
    n = 0
    while n < max_epochs:
        n += 1
        clean = True
        for xi, yi in zip(X, y.tolist()):
            guess = int(xi @ w + b > 0)
            if guess != yi:
                clean = False
                w = w + lr * (yi - guess) * xi
                b = b + lr * (yi - guess)
        if clean:
            return w, b, n, True
    return w, b, n, False

# %% integers_and_ones
# predict: int32 for int64. update: right. fit: starts from ones; the clean epoch is not counted.
# named: fit_w_from_ones, fit_counts_from_0
import torch

def predict(X, w, b):
    return ((X * w).sum(dim=1) + b > 0).to(torch.int32)

def update(w, b, x, y, lr):
    guess = predict(x.unsqueeze(0), w, b)[0].item()
    step = lr * (y - guess)
    return w + step * x, b + step

def fit(X, y, lr, max_epochs):
    w = torch.ones(X.shape[1], dtype=X.dtype)
    b = torch.zeros((), dtype=X.dtype)
    epochs = 0
    for epoch in range(max_epochs):
        mistakes = 0
        for i in range(len(X)):
            e = int(y[i]) - int(X[i] @ w + b > 0)
            if e != 0:
                mistakes += 1
                w = w + lr * e * X[i]
                b = b + lr * e
        if mistakes == 0:
            return w, b, epochs, True
        epochs += 1
    return w, b, epochs, False
