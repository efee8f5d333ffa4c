# %% from_memory
# forward: no b1. loss: the log of a softmax that overflows, and a sum in place of the mean.
# backward: delta not divided by N; bias gradients with keepdims=True.
# named: forward_without_b1, loss_overflow, loss_log_of_zero, loss_sum, backward_not_divided, backward_bias_keepdims
import numpy as np

def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)

def forward(params, x):
    z1 = x @ params["W1"].T
    a1 = np.maximum(z1, 0)
    z2 = a1 @ params["W2"].T + params["b2"]
    return z2, (x, z1, a1, z2)

def loss(logits, y):
    p = softmax(logits)
    return -np.sum(np.log(p[np.arange(len(y)), y]))

def backward(params, cache, y):
    x, z1, a1, z2 = cache
    shifted = np.exp(z2 - z2.max(axis=1, keepdims=True))
    d2 = shifted / shifted.sum(axis=1, keepdims=True)
    d2[np.arange(len(y)), y] -= 1
    d1 = (d2 @ params["W2"]) * (z1 > 0)
    return {
        "W1": d1.T @ x,
        "b1": d1.sum(axis=0, keepdims=True),
        "W2": d2.T @ a1,
        "b2": d2.sum(axis=0, keepdims=True),
    }

# %% globals_and_transposes
# forward: keeps its values in global variables. loss: axis 0 for the softmax.
# backward: the gradient of W2 transposed; the slope of the ReLU at 0 is 1.
# named: forward_one_cache_for_all, loss_softmax_over_batch, backward_dw2_transposed, backward_mask_at_zero
saved = {}

def forward(params, x):
    saved["x"] = x
    saved["z"] = x.dot(params["W1"].T) + params["b1"]
    saved["h"] = np.where(saved["z"] > 0, saved["z"], 0)
    saved["logits"] = saved["h"].dot(params["W2"].T) + params["b2"]
    return saved["logits"], saved

def loss(logits, y):
    s = logits - logits.max(axis=0)
    logp = s - np.log(np.exp(s).sum(axis=0))
    n = logits.shape[0]
    return -logp[np.arange(n), y].sum() / n

def backward(params, cache, y):
    n = len(y)
    l = cache["logits"]
    p = np.exp(l - l.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    p[np.arange(n), y] = p[np.arange(n), y] - 1
    p = p / n
    dW2 = cache["h"].T.dot(p)
    db2 = p.sum(axis=0)
    dh = p.dot(params["W2"])
    dh[cache["z"] < 0] = 0
    return {"W1": dh.T.dot(cache["x"]), "b1": dh.sum(axis=0), "W2": dW2, "b2": db2}

# %% loops_with_slips
# loss: adds 1e-9 inside the log of p; divides by C in place of N.
# backward: the mask of the ReLU is missing; W1 is set with = in the loop over the samples; b2 takes p without the one-hot.
# named: loss_epsilon, loss_divided_by_classes, backward_mask_forgotten, backward_dw1_last_sample, backward_labels_forgotten
def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = z.copy()
    for n in range(h.shape[0]):
        for j in range(h.shape[1]):
            if h[n, j] < 0:
                h[n, j] = 0
    logits = h @ params["W2"].T + params["b2"]
    return logits, {"x": x, "h": h, "logits": logits}

def probabilities(row):
    e = np.exp(row - max(row))
    return e / sum(e)

def loss(logits, y):
    total = 0
    for n in range(len(y)):
        total = total - np.log(probabilities(logits[n])[y[n]] + 1e-9)
    return total / len(logits[0])

def backward(params, cache, y):
    dW1 = np.zeros(params["W1"].shape)
    db1 = np.zeros(params["b1"].shape)
    dW2 = np.zeros(params["W2"].shape)
    db2 = np.zeros(params["b2"].shape)
    N = len(y)
    for n in range(N):
        p = probabilities(cache["logits"][n])
        db2 += p / N
        p[y[n]] -= 1
        d = p / N
        dW2 += np.outer(d, cache["h"][n])
        e = params["W2"].T @ d
        db1 += e
        dW1 = np.outer(e, cache["x"][n])
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

# %% trains_on_the_way
# forward: returns probabilities in place of logits. loss: takes these for probabilities, so it is wrong for logits.
# backward: a step on the second layer before its weights are used, so params change; the sign of delta is turned round.
# named: forward_softmax, loss_softmax_forgotten, backward_updates_w2_first, backward_through_updated_w2, backward_sign
def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = np.maximum(0, z)
    scores = h @ params["W2"].T + params["b2"]
    scores = scores - scores.max(axis=1, keepdims=True)
    probs = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return probs, (x, z, h, probs)

def loss(logits, y):
    return -np.mean(np.log(logits[np.arange(len(y)), y]))

def backward(params, cache, y):
    x, z, h, probs = cache
    target = np.eye(probs.shape[1])[y]
    error = (target - probs) / len(y)
    dW2 = error.T @ h
    db2 = error.sum(axis=0)
    params["W2"] += 0.1 * dW2
    params["b2"] += 0.1 * db2
    hidden = (error @ params["W2"]) * (z > 0)
    return {"W1": hidden.T @ x, "b1": hidden.sum(axis=0), "W2": dW2, "b2": db2}

# %% shapes_made_to_fit
# forward: b1 is added after the ReLU. loss: log_p[:, y]; shifts the logits of the caller in place.
# backward: the gradient of W1 by reshape; that of b1 is a mean.
# named: forward_b1_after_relu, loss_columns_for_labels, backward_dw1_transposed, backward_bias_mean
def forward(params, x):
    z = x @ params["W1"].T
    h = np.maximum(z, 0) + params["b1"]
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits.copy())

def loss(logits, y):
    logits -= logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return float(-log_p[:, y].mean())

def backward(params, cache, y):
    x, z, h, logits = cache
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    p /= len(y)
    dz = (p @ params["W2"]) * (z > 0)
    dW1 = (x.T @ dz).reshape(params["W1"].shape)
    return {"W1": dW1, "b1": dz.mean(axis=0), "W2": p.T @ h, "b2": p.sum(axis=0)}

# %% one_hot_and_sigmoids
# loss: the maximum of the whole batch is subtracted; the minus sign is missing.
# backward: the one-hot matrix is as wide as the highest label; delta times p * (1 - p); the slope of the ReLU is z; keys dW1 and so on.
# named: loss_one_maximum_in_log_sum, loss_sign, backward_softmax_twice, backward_relu_value_as_slope
def one_hot(y):
    out = np.zeros((len(y), max(y) + 1))
    for i, c in enumerate(y):
        out[i, c] = 1
    return out

def forward(params, x):
    z1 = np.dot(x, params["W1"].T) + params["b1"]
    a1 = np.maximum(z1, 0)
    z2 = np.dot(a1, params["W2"].T) + params["b2"]
    return z2, [x, z1, a1, z2]

def loss(logits, y):
    s = logits - np.max(logits)
    log_p = s - np.log(np.sum(np.exp(s), axis=1, keepdims=True))
    return np.mean(log_p[np.arange(len(y)), y])

def backward(params, cache, y):
    x, z1, a1, z2 = cache
    p = np.exp(z2 - z2.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    d2 = (p - one_hot(y)) * p * (1 - p) / len(y)
    d1 = np.dot(d2, params["W2"]) * a1
    return {"dW1": np.dot(d1.T, x), "db1": d1.sum(axis=0), "dW2": np.dot(d2.T, a1), "db2": d2.sum(axis=0)}
