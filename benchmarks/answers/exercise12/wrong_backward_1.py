# %% sigmoid_hidden_units
# The hidden units are sigmoids in place of ReLUs, in forward and in backward.
# named: forward_sigmoid
def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = 0.5 * (1 + np.tanh(z / 2))
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits)

def backward(params, cache, y):
    x, z, h, logits = cache
    e = np.exp(logits - logits.max(1, keepdims=True))
    d = e / e.sum(1, keepdims=True)
    d[np.arange(len(y)), y] -= 1
    d = d / len(y)
    dz = d @ params["W2"] * h * (1 - h)
    return {"W1": dz.T @ x, "b1": dz.sum(0), "W2": d.T @ h, "b2": d.sum(0)}

# %% values_in_global_variables
# forward leaves its values in a global dict, so a second network overwrites those of the first before its backward.
# named: forward_one_cache_for_all
memory = {}

def forward(params, x):
    memory["x"] = x
    memory["z"] = x @ params["W1"].T + params["b1"]
    memory["h"] = np.maximum(memory["z"], 0)
    memory["logits"] = memory["h"] @ params["W2"].T + params["b2"]
    return memory["logits"], None

def backward(params, cache, y):
    logits = memory["logits"]
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    p /= len(y)
    dz = (p @ params["W2"]) * (memory["z"] > 0)
    return {"W1": dz.T @ memory["x"], "b1": dz.sum(axis=0), "W2": p.T @ memory["h"], "b2": p.sum(axis=0)}

# %% delta_not_divided_by_n
# delta lacks the factor 1 / N, so every gradient is N times too big.
# named: backward_not_divided
def backward(params, cache, y):
    x, z, h, logits = cache
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[np.arange(len(y)), y] -= 1
    dz = p @ params["W2"] * (z > 0)
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": p.T @ h, "b2": p.sum(axis=0)}

# %% first_layer_divided_by_n_twice
# The gradients of the first layer are divided by N once more.
# named: backward_first_layer_divided_twice
def backward(params, cache, y):
    x, z, h, logits = cache
    m = x.shape[0]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    dZ2 = e / e.sum(axis=1, keepdims=True)
    dZ2[np.arange(m), y] -= 1
    dZ2 /= m
    dW2 = dZ2.T @ h
    db2 = dZ2.sum(axis=0)
    dZ1 = (dZ2 @ params["W2"]) * (z > 0)
    dW1 = dZ1.T @ x / m
    db1 = dZ1.sum(axis=0) / m
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

# %% delta_divided_by_the_classes
# delta is divided by C in place of N.
# named: backward_divided_by_classes
def backward(params, cache, y):
    x, z, h, logits = cache
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta = e / e.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= delta.shape[1]
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% delta_with_the_wrong_sign
# delta is one_hot - p: the gradients point the other way.
# named: backward_sign
def backward(params, cache, y):
    x, z, h, logits = cache
    N, C = logits.shape
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    error = (np.eye(C)[y] - p) / N
    hidden_error = error @ params["W2"] * (z > 0)
    return {"b2": error.sum(0), "W2": error.T @ h, "b1": hidden_error.sum(0), "W1": hidden_error.T @ x}

# %% one_hot_not_subtracted
# delta is p / N: the 1 at the right class is never subtracted.
# named: backward_labels_forgotten
def backward(params, cache, y):
    x, z, h, logits = cache
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    delta = p / len(y)
    eps = delta @ params["W2"]
    eps[z <= 0] = 0
    return {"W1": eps.T @ x, "b1": eps.sum(0), "W2": delta.T @ h, "b2": delta.sum(0)}

# %% only_the_right_class_in_delta
# delta is p - 1 at the right class and 0 at all others.
# named: backward_right_class_only
def backward(params, cache, y):
    x, z, h, logits = cache
    N = len(y)
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    delta = np.zeros_like(p)
    for n in range(N):
        delta[n, y[n]] = (p[n, y[n]] - 1) / N
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(0), "W2": delta.T @ h, "b2": delta.sum(0)}

# %% delta_times_the_slope_of_a_sigmoid
# delta is multiplied by p * (1 - p), as for a squared error on sigmoids.
# named: backward_softmax_twice
def backward(params, cache, y):
    x, z, h, logits = cache
    N, C = logits.shape
    p = np.exp(logits - logits.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    delta = (p - np.eye(C)[y]) * p * (1 - p) / N
    eps = delta.dot(params["W2"]) * (z > 0)
    return {"W1": eps.T.dot(x), "b1": eps.sum(0), "W2": delta.T.dot(h), "b2": delta.sum(0)}

# %% one_subtracted_in_whole_columns
# p[:, y] -= 1 subtracts 1 from the columns of all classes in y, in every row.
# named: backward_columns_for_labels
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[:, y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% backward_softmax_overflows
# The softmax in backward doesn't subtract the maximum: nan near 1000, 0 / 0 near -1000.
# named: backward_overflow
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits)
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% backward_maximum_of_the_whole_batch
# The softmax in backward subtracts the largest logit of the batch, so a row far below it becomes 0 / 0.
# named: backward_one_maximum
def backward(params, cache, y):
    x, z, h, logits = cache
    e = np.exp(logits - np.max(logits))
    delta = e / np.sum(e, axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% softmax_over_the_batch_in_backward
# The softmax in backward is taken over axis 0.
# named: backward_softmax_over_batch
def backward(params, cache, y):
    x, z, h, logits = cache
    e = np.exp(logits - logits.max(axis=0))
    delta = e / e.sum(axis=0)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% one_hot_as_wide_as_the_highest_label
# The one-hot matrix has y.max() + 1 columns: a ValueError where the last class is missing in the batch.
# named: -
def one_hot(y):
    t = np.zeros((y.size, y.max() + 1))
    t[np.arange(y.size), y] = 1
    return t

def backward(params, cache, y):
    x, z, h, logits = cache
    p = np.exp(logits - logits.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    delta = (p - one_hot(y)) / y.size
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% bias_gradients_keep_a_dimension
# The gradients of the biases are [1, H] and [1, C]: keepdims=True.
# named: backward_bias_keepdims
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= np.sum(delta, axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    dW2 = np.dot(delta.T, h)
    db2 = np.sum(delta, axis=0, keepdims=True)
    eps = np.dot(delta, params["W2"]) * (z > 0)
    dW1 = np.dot(eps.T, x)
    db1 = np.sum(eps, axis=0, keepdims=True)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}

# %% second_bias_mean_for_sum
# The gradient of b2 is the mean of delta over the batch, though delta is divided by N already.
# named: backward_bias_mean
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    return {"W1": eps.T @ x, "b1": eps.sum(axis=0), "W2": delta.T @ h, "b2": delta.mean(axis=0)}

# %% first_bias_not_summed
# The gradient of b1 is eps itself, [N, H]: the sum over the batch is missing.
# named: backward_bias_not_summed
def backward(params, cache, y):
    x, z, h, logits = cache
    N = y.shape[0]
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    dlogits = e / np.sum(e, axis=1, keepdims=True)
    dlogits[range(N), y] -= 1
    dlogits /= N
    dz = (dlogits @ params["W2"]) * (z > 0)
    return {"W1": dz.T @ x, "b1": dz, "W2": dlogits.T @ h, "b2": dlogits.sum(axis=0)}

# %% first_bias_summed_over_the_units
# The gradient of b1 sums eps over axis 1, over the hidden units in place of the samples.
# named: backward_bias_wrong_axis
def backward(params, cache, y):
    x, z, h, logits = cache
    probs = np.exp(logits - logits.max(axis=1, keepdims=True))
    probs /= probs.sum(axis=1, keepdims=True)
    probs[np.arange(len(y)), y] -= 1
    delta = probs / len(y)
    eps = (delta @ params["W2"]) * (z > 0)
    grads = {}
    grads["W1"] = eps.T @ x
    grads["b1"] = eps.sum(axis=1)
    grads["W2"] = delta.T @ h
    grads["b2"] = delta.sum(axis=0)
    return grads

# %% second_weight_gradient_transposed
# The gradient of W2 is h.T @ delta, [H, C], the transpose of the right one.
# named: backward_dw2_transposed
def backward(params, cache, y):
    X, Z1, A1, Z2 = cache
    m, C = Z2.shape
    Y = np.zeros((m, C))
    Y[np.arange(m), y] = 1
    A2 = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    A2 = A2 / A2.sum(axis=1, keepdims=True)
    dZ2 = (A2 - Y) / m
    dZ1 = (dZ2 @ params["W2"]) * (Z1 > 0)
    return {"W1": dZ1.T @ X, "b1": dZ1.sum(axis=0), "W2": A1.T @ dZ2, "b2": dZ2.sum(axis=0)}

# %% first_weight_gradient_reshaped
# The gradient of W1 is x.T @ eps, brought to the shape of W1 by reshape in place of a transposition.
# named: backward_dw1_transposed
def backward(params, cache, y):
    x, z, h, logits = cache
    W2 = params["W2"]
    n = len(x)
    top = logits.max(axis=1)[:, None]
    p = np.exp(logits - top) / np.exp(logits - top).sum(axis=1)[:, None]
    grad_out = (p - np.eye(logits.shape[1])[y]) / n
    grad_hidden = (grad_out @ W2) * (z > 0)
    dW1 = (x.T @ grad_hidden).reshape(params["W1"].shape)
    return {"W1": dW1, "b1": grad_hidden.sum(axis=0), "W2": grad_out.T @ h, "b2": grad_out.sum(axis=0)}

# %% second_weights_from_the_pre_activations
# The gradient of W2 uses z in place of h = max(z, 0).
# named: backward_dw2_before_relu
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
    return {"W1": back.T @ x, "b1": back.sum(axis=0), "W2": d.T @ z, "b2": d.sum(axis=0)}

# %% delta_through_transposed_weights
# delta goes back through W2.T: a ValueError unless C = H, and wrong numbers then.
# named: backward_w2_transposed_in_dh
def backward(params, cache, y):
    x, z, h, logits = cache
    delta = np.exp(logits - logits.max(axis=1, keepdims=True))
    delta /= delta.sum(axis=1, keepdims=True)
    delta[np.arange(len(y)), y] -= 1
    delta /= len(y)
    dh = delta @ params["W2"].T
    dz = dh * (z > 0)
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": delta.T @ h, "b2": delta.sum(axis=0)}

# %% slope_one_at_zero
# The slope of the ReLU at exactly 0 counts as 1: z >= 0.
# named: backward_mask_at_zero
def backward(params, cache, y):
    x, z, h, logits = cache
    N = y.shape[0]
    e = np.exp(logits - np.max(logits, axis=1, keepdims=True))
    dlogits = e / np.sum(e, axis=1, keepdims=True)
    dlogits[range(N), y] -= 1
    dlogits /= N
    dz = dlogits @ params["W2"]
    dz[z < 0] = 0
    return {"W1": dz.T @ x, "b1": dz.sum(axis=0), "W2": dlogits.T @ h, "b2": dlogits.sum(axis=0)}

# %% slope_half_at_zero
# The slope of the ReLU at exactly 0 counts as 1/2, as np.heaviside(z, 0.5) has it.
# named: -
def backward(params, cache, y):
    X, Z1, A1, Z2 = cache
    m, C = Z2.shape
    Y = np.zeros((m, C))
    Y[np.arange(m), y] = 1
    A2 = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
    A2 = A2 / A2.sum(axis=1, keepdims=True)
    dZ2 = (A2 - Y) / m
    dZ1 = dZ2 @ params["W2"] * np.heaviside(Z1, 0.5)
    return {"W1": dZ1.T @ X, "b1": dZ1.sum(axis=0), "W2": dZ2.T @ A1, "b2": dZ2.sum(axis=0)}

# %% relu_forgotten_in_backward
# backward has no mask: units that were off get a gradient, too.
# named: backward_mask_forgotten
def backward(params, cache, y):
    x, z, h, logits = cache
    W2 = params["W2"]
    n = len(x)
    top = logits.max(axis=1)[:, None]
    p = np.exp(logits - top) / np.exp(logits - top).sum(axis=1)[:, None]
    grad_out = (p - np.eye(logits.shape[1])[y]) / n
    grad_hidden = grad_out @ W2
    return {"W1": grad_hidden.T @ x, "b1": grad_hidden.sum(axis=0), "W2": grad_out.T @ h, "b2": grad_out.sum(axis=0)}
