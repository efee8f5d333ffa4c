# %% slope_of_relu_is_h
# The slope of the ReLU is taken to be h itself, in place of 0 and 1.
# named: backward_relu_value_as_slope
def relu_derivative(z):
    return np.where(z > 0, z, 0)

def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def backward(params, cache, y):
    x, z, h, logits = cache
    d = softmax(logits)
    for n, c in enumerate(y):
        d[n, c] -= 1
    d = d / len(y)
    back = (d @ params["W2"]) * relu_derivative(z)
    return {"W1": back.T @ x, "b1": back.sum(axis=0), "W2": d.T @ h, "b2": d.sum(axis=0)}

# %% relu_of_the_gradient
# backward applies the ReLU to the gradient: negative gradients become 0, whatever z is.
# named: backward_mask_from_gradient
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    dz = np.maximum(delta @ params["W2"], 0)
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% first_bias_without_the_mask
# The gradient of b1 is taken before the mask of the ReLU; that of W1 after it.
# named: backward_mask_forgotten
def backward(params, cache, y):
    x, z, h, logits = cache
    N = y.shape[0]
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    dlogits = e / np.sum(e, axis=1, keepdims=True)
    dlogits[range(N), y] -= 1
    dlogits /= N
    dh = dlogits @ params["W2"]
    db1 = dh.sum(axis=0)
    dz = dh * (z > 0)
    return {"W1": dz.T @ x, "b1": db1, "W2": dlogits.T @ h, "b2": dlogits.sum(axis=0)}

# %% first_weights_without_the_mask
# The gradient of W1 is taken before the mask of the ReLU; that of b1 after it.
# named: backward_mask_forgotten
def backward(params, cache, y):
    X, Z1, A1, Z2 = cache
    m, C = Z2.shape
    Y = np.zeros((m, C))
    Y[np.arange(m), y] = 1
    A2 = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    A2 = A2 / A2.sum(axis=1, keepdims=True)
    dZ2 = (A2 - Y) / m
    dA1 = dZ2 @ params["W2"]
    dW1 = dA1.T @ X
    return {"W1": dW1, "b1": (dA1 * (Z1 > 0)).sum(axis=0), "W2": dZ2.T @ A1, "b2": dZ2.sum(axis=0)}

# %% mask_per_unit_not_per_sample
# The mask has one entry per unit: a unit that is on for any sample passes the gradients of all samples.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    W2 = params["W2"]
    n = len(x)
    top = logits.max(axis=1)[:, None]
    p = np.exp(logits - top) / np.exp(logits - top).sum(axis=1)[:, None]
    grad_out = (p - np.eye(logits.shape[1])[y]) / n
    alive = (z > 0).any(axis=0)
    grad_hidden = (grad_out @ W2) * alive
    return {"W1": grad_hidden.T @ x, "b1": grad_hidden.sum(axis=0), "W2": grad_out.T @ h, "b2": grad_out.sum(axis=0)}

# %% product_of_sums
# The gradient of W2 is the outer product of two sums over the batch, not the sum of the outer products.
# named: -
def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def backward(params, cache, y):
    x, z, h, logits = cache
    d = softmax(logits)
    for n, c in enumerate(y):
        d[n, c] -= 1
    d = d / len(y)
    back = (d @ params["W2"]) * (z > 0)
    dW2 = np.outer(d.sum(axis=0), h.sum(axis=0))
    return {"W1": back.T @ x, "b1": back.sum(axis=0), "W2": dW2, "b2": d.sum(axis=0)}

# %% only_the_last_sample_counts
# In the loop over the samples the gradient of W1 is set with = in place of +=, so the last sample remains.
# named: backward_dw1_last_sample
def backward(params, cache, y):
    x, z, h, logits = cache
    g = {k: np.zeros_like(v) for k, v in params.items()}
    for n in range(len(y)):
        d = np.exp(logits[n] - logits[n].max())
        d = d / d.sum()
        d[y[n]] -= 1
        d = d / len(y)
        e = (d @ params["W2"]) * (z[n] > 0)
        g["b2"] += d
        g["W2"] += np.outer(d, h[n])
        g["b1"] += e
        g["W1"] = np.outer(e, x[n])
    return g

# %% names_with_a_d
# The dict has the keys dW1, db1, dW2, db2 in place of those of params.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    return {"dW1": eps.T @ x, "db1": eps.sum(axis=0), "dW2": delta.T @ h, "db2": delta.sum(axis=0)}

# %% gradients_as_a_tuple
# backward returns a tuple of four arrays, not a dict.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    N = y.shape[0]
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    dlogits = e / np.sum(e, axis=1, keepdims=True)
    dlogits[range(N), y] -= 1
    dlogits /= N
    dz = (dlogits @ params["W2"]) * (z > 0)
    return dz.T @ x, dz.sum(axis=0), dlogits.T @ h, dlogits.sum(axis=0)

# %% difference_quotients
# backward takes central difference quotients with h = 1e-7 in place of the exact derivatives.
# named: -
def backward(params, cache, y):
    x = cache[0]
    step = 1e-7
    grads = {}
    for name in params:
        g = np.zeros(params[name].shape)
        for i in np.ndindex(g.shape):
            up = {k: v.copy() for k, v in params.items()}
            down = {k: v.copy() for k, v in params.items()}
            up[name][i] += step
            down[name][i] -= step
            g[i] = (loss(forward(up, x)[0], y) - loss(forward(down, x)[0], y)) / (2 * step)
        grads[name] = g
    return grads

# %% second_layer_updated_before_it_is_used
# backward takes a step on W2 and b2 before delta goes back through W2: params change, and the first layer is wrong.
# named: backward_updates_w2_first, backward_through_updated_w2
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    dW2 = delta.T @ h
    db2 = delta.sum(axis=0)
    params["W2"] -= 0.1 * dW2
    params["b2"] -= 0.1 * db2
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": dW2, "b2": db2}

# %% step_after_the_backward_pass
# backward returns the right gradients, but takes a step of gradient descent on params at the end.
# named: -
def backward(params, cache, y):
    X, Z1, A1, Z2 = cache
    m, C = Z2.shape
    Y = np.zeros((m, C))
    Y[np.arange(m), y] = 1
    A2 = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    A2 = A2 / A2.sum(axis=1, keepdims=True)
    dZ2 = (A2 - Y) / m
    dZ1 = (dZ2 @ params["W2"]) * (Z1 > 0)
    grads = {"W1": dZ1.T @ X, "b1": dZ1.sum(axis=0), "W2": dZ2.T @ A1, "b2": dZ2.sum(axis=0)}
    lr = 0.01
    for k in params:
        params[k] -= lr * grads[k]
    return grads

# %% params_overwritten_by_the_gradients
# backward writes the gradients into the arrays of params and returns params.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    params["W1"][:] = eps.T @ x
    params["b1"][:] = eps.sum(axis=0)
    params["W2"][:] = delta.T @ h
    params["b2"][:] = delta.sum(axis=0)
    return params

# %% weight_decay_added
# The gradients of the weights get 0.01 times the weights on top, a term that the loss doesn't have.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    reg = 0.01
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    dW1 = eps.T @ x + reg * params["W1"]
    dW2 = delta.T @ h + reg * params["W2"]
    return {"W1": dW1, "b1": eps.sum(axis=0), "W2": dW2, "b2": delta.sum(axis=0)}

# %% gradients_clipped
# The gradients are clipped to -5 ... 5, which is wrong where weights are in the thousands.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    W2 = params["W2"]
    n = len(x)
    top = logits.max(axis=1)[:, None]
    p = np.exp(logits - top) / np.exp(logits - top).sum(axis=1)[:, None]
    grad_out = (p - np.eye(logits.shape[1])[y]) / n
    grad_hidden = (grad_out @ W2) * (z > 0)
    grads = {"W1": grad_hidden.T @ x, "b1": grad_hidden.sum(axis=0), "W2": grad_out.T @ h, "b2": grad_out.sum(axis=0)}
    return {k: np.clip(g, -5, 5) for k, g in grads.items()}

# %% dimensions_of_one_squeezed
# The gradients are squeezed, so with one input or one hidden unit they lose a dimension.
# named: -
def softmax(s):
    e = np.exp(s - s.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def backward(params, cache, y):
    x, z, h, logits = cache
    d = softmax(logits)
    for n, c in enumerate(y):
        d[n, c] -= 1
    d = d / len(y)
    back = (d @ params["W2"]) * (z > 0)
    ones = np.ones((1, len(y)))
    return {"W1": np.squeeze(back.T @ x), "b1": np.squeeze(ones @ back), "W2": np.squeeze(d.T @ h), "b2": np.squeeze(ones @ d)}

# %% gradients_in_float32
# backward returns its gradients as float32.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    grads = {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}
    return {k: g.astype(np.float32) for k, g in grads.items()}

# %% labels_counted_from_one
# backward takes the labels to be 1 ... C and subtracts the 1 at the class before the right one.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    for n in range(len(y)):
        delta[n, y[n] - 1] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% bias_gradients_left_out
# The dict has the gradients of W1 and W2 only.
# named: -
def backward(params, cache, y):
    x, z, h, logits = cache
    N = y.shape[0]
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    dlogits = e / np.sum(e, axis=1, keepdims=True)
    dlogits[range(N), y] -= 1
    dlogits /= N
    dz = (dlogits @ params["W2"]) * (z > 0)
    return {"W1": dz.T @ x, "W2": dlogits.T @ h}

# %% softmax_slope_once_more
# delta, which is the gradient by the logits already, is sent through the Jacobian of the softmax once more.
# named: backward_softmax_jacobian
def backward(params, cache, y):
    x, z, h, logits = cache
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    d = p.copy()
    d[np.arange(len(y)), y] -= 1
    d /= len(y)
    delta = p * (d - (d * p).sum(axis=1, keepdims=True))
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% one_subtracted_after_the_division
# delta is p / N - one_hot: the 1 is subtracted after the division by N.
# named: backward_labels_not_divided
def backward(params, cache, y):
    x, z, h, logits = cache
    n = len(y)
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    delta = p / n
    delta[np.arange(n), y] -= 1
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% mask_from_the_input
# The mask of the ReLU is x > 0 in place of z > 0: a ValueError where D and H don't fit, wrong numbers elsewhere.
# named: -
def backward(params, cache, y):
    X, Z1, A1, Z2 = cache
    m, C = Z2.shape
    Y = np.zeros((m, C))
    Y[np.arange(m), y] = 1
    A2 = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    A2 = A2 / A2.sum(axis=1, keepdims=True)
    dZ2 = (A2 - Y) / m
    dZ1 = (dZ2 @ params["W2"]) * (X > 0)
    return {"W1": dZ1.T @ X, "b1": dZ1.sum(axis=0), "W2": dZ2.T @ A1, "b2": dZ2.sum(axis=0)}

# %% backward_sums_of_rows_divide_columns
# The sum over the classes has lost its axis, so each column is divided by the sum of a row. Nothing is subtracted before exp.
# named: backward_unshifted_sum_without_keepdims
def backward(params, cache, y):
    x, z, h, logits = cache
    p = np.exp(logits) / np.exp(logits).sum(axis=1)
    p[np.arange(len(y)), y] -= 1
    d = p / len(y)
    dz = (d @ params["W2"]) * (z > 0)
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": d.T @ h, "b2": d.sum(axis=0)}
