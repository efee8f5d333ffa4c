# %% relu_on_the_logits_too
# forward applies the ReLU to the second layer as well, so no logit is negative.
# named: forward_relu_on_output
def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = np.maximum(z, 0)
    logits = np.maximum(h @ params["W2"].T + params["b2"], 0)
    return logits, (x, z, h, logits)

# %% hidden_layer_without_relu
# forward has no ReLU: the hidden layer stays linear.
# named: forward_without_relu
def forward(params, x):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    z = np.dot(x, W1.T) + b1
    logits = np.dot(z, W2.T) + b2
    return logits, (x, z, z, logits)

# %% first_bias_forgotten
# forward doesn't add b1.
# named: forward_without_b1
def forward(params, x):
    z = x @ params["W1"].T
    h = np.maximum(0, z)
    out = h @ params["W2"].T + params["b2"]
    return out, (x, z, h, out)

# %% second_bias_forgotten
# forward doesn't add b2.
# named: forward_without_b2
def forward(params, x):
    hidden = x.dot(params["W1"].T) + params["b1"]
    active = hidden.clip(0)
    scores = active.dot(params["W2"].T)
    return scores, (x, hidden, active, scores)

# %% bias_after_the_relu
# b1 is added after the ReLU: h = max(x W1, 0) + b1.
# named: forward_b1_after_relu
def forward(params, x):
    z = x @ params["W1"].T
    h = np.maximum(z, 0) + params["b1"]
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits)

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

# %% leaky_relu
# A ReLU with slope 0.01 below 0 in forward.
# named: -
def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = np.where(z > 0, z, 0.01 * z)
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits)

# %% first_matrix_not_transposed
# x @ W1 in place of x @ W1.T: a ValueError unless D = H, and wrong numbers then.
# named: forward_w1_untransposed
def forward(params, x):
    z = x @ params["W1"] + params["b1"]
    h = np.maximum(z, 0)
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits)

# %% forward_returns_probabilities
# forward returns the softmax of the logits in place of the logits.
# named: forward_softmax
def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = np.maximum(z, 0)
    logits = h @ params["W2"].T + params["b2"]
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return p, (x, z, h, logits)

# %% logits_transposed
# forward returns the logits as [C, N], one column per sample.
# named: -
def forward(params, x):
    z = params["W1"] @ x.T + params["b1"][:, None]
    h = np.maximum(z, 0)
    logits = params["W2"] @ h + params["b2"][:, None]
    return logits, (x, z.T, h.T, logits.T)

# %% cache_returned_first
# forward returns (cache, logits) in place of (logits, cache).
# named: -
def forward(params, x):
    z = x @ params["W1"].T + params["b1"]
    h = np.maximum(z, 0)
    logits = h @ params["W2"].T + params["b2"]
    cache = (x, z, h, logits)
    return cache, logits

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

# %% float32_in_forward
# forward computes in float32, which is right to about seven digits only.
# named: -
def forward(params, x):
    x = x.astype(np.float32)
    p = {k: v.astype(np.float32) for k, v in params.items()}
    z = x @ p["W1"].T + p["b1"]
    h = np.maximum(z, 0)
    logits = h @ p["W2"].T + p["b2"]
    return logits, (x, z, h, logits)

# %% relu_of_the_input_in_place
# forward clips x at 0 in place before the first layer: x is changed, and its negative numbers are lost.
# named: -
def forward(params, x):
    np.maximum(x, 0, out=x)
    z = x @ params["W1"].T + params["b1"]
    h = np.maximum(z, 0)
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits)

# %% biases_made_into_rows
# forward replaces the biases in params by rows [1, H] and [1, C]: the caller's dict is changed.
# named: -
def forward(params, x):
    params["b1"] = params["b1"].reshape(1, -1)
    params["b2"] = params["b2"].reshape(1, -1)
    z = x @ params["W1"].T + params["b1"]
    h = np.maximum(z, 0)
    logits = h @ params["W2"].T + params["b2"]
    return logits, (x, z, h, logits)

# %% loss_is_a_sum
# loss adds up the samples and doesn't divide by N.
# named: loss_sum
def loss(logits, y):
    m = logits.max(axis=1, keepdims=True)
    lse = m[:, 0] + np.log(np.exp(logits - m).sum(axis=1))
    return np.sum(lse - logits[np.arange(len(y)), y])

# %% loss_mean_over_all_entries
# loss takes the mean over all N * C entries of one_hot * log p, so it is C times too small.
# named: loss_mean_over_classes
def loss(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))
    one_hot = np.eye(logits.shape[1])[y]
    return -np.mean(one_hot * log_p)

# %% loss_divided_by_the_classes
# loss divides the sum by C in place of N, which is right only where they are equal.
# named: loss_divided_by_classes
def loss(logits, y):
    total = 0.0
    for row, c in zip(logits, y):
        top = row.max()
        total += top + np.log(np.exp(row - top).sum()) - row[c]
    return total / logits.shape[1]

# %% loss_overflows
# The exponentials in loss are taken without subtracting the maximum: inf or nan near 1000.
# named: loss_overflow, loss_log_of_zero
def loss(logits, y):
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(y)), y]).mean()

# %% loss_log_of_underflowed_probability
# The maximum is subtracted, but the log is taken of the probability, which may be 0: the loss is inf then.
# named: loss_log_of_zero
def loss(logits, y):
    z = logits - np.max(logits, axis=1, keepdims=True)
    p = np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True)
    N = y.shape[0]
    return -np.sum(np.log(p[range(N), y])) / N

# %% loss_with_a_small_number_in_the_log
# loss takes log(p + 1e-12), so it never gets above 27.6 for one sample.
# named: loss_epsilon
def loss(logits, y):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return -np.mean(np.log(p[np.arange(len(y)), y] + 1e-12))

# %% loss_maximum_of_the_whole_batch
# loss subtracts the largest logit of the whole batch, so a row near -1000 beside one near 1000 underflows.
# named: loss_one_maximum_in_log_sum
def loss(logits, y):
    s = logits - logits.max()
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% loss_maximum_of_the_absolute_values
# loss subtracts the largest absolute value of each row, so all exponentials of a row near -1000 become 0.
# named: -
def loss(logits, y):
    shift = np.abs(logits).max(axis=1, keepdims=True)
    log_sum = shift + np.log(np.exp(logits - shift).sum(axis=1, keepdims=True))
    return (log_sum[:, 0] - logits[np.arange(y.size), y]).mean()

# %% loss_clips_the_logits
# loss clips the logits to +-500 against the overflow: finite, but wrong beyond.
# named: -
def loss(logits, y):
    l = np.clip(logits, -500, 500)
    lse = np.log(np.exp(l).sum(axis=1))
    return np.mean(lse - l[np.arange(len(y)), y])

# %% loss_maximum_not_added_back
# The log of the sum belongs to the shifted logits, but the right logit is not shifted.
# named: loss_shifted_once
def loss(logits, y):
    m = logits.max(axis=1, keepdims=True)
    lse = np.log(np.exp(logits - m).sum(axis=1))
    return np.mean(lse - logits[np.arange(len(y)), y])

# %% softmax_over_the_batch_in_loss
# The softmax in loss is taken over axis 0, over the samples in place of the classes.
# named: loss_softmax_over_batch
def loss(logits, y):
    s = logits - logits.max(axis=0)
    log_p = s - np.log(np.exp(s).sum(axis=0))
    return -log_p[np.arange(len(y)), y].mean()

# %% softmax_over_the_whole_array
# loss divides by the sum of all exponentials of the batch, not of each row.
# named: loss_softmax_over_everything
def loss(logits, y):
    top = logits.max()
    log_p = logits - top - np.log(np.sum(np.exp(logits - top)))
    return -np.mean(log_p[np.arange(len(y)), y])

# %% loss_without_minus
# The minus sign of the loss is missing.
# named: loss_sign
def loss(logits, y):
    m = logits.max(axis=1)
    log_p = logits - m[:, None] - np.log(np.exp(logits - m[:, None]).sum(axis=1))[:, None]
    return log_p[np.arange(len(y)), y].mean()

# %% loss_picks_whole_columns
# log_p[:, y] takes N columns in place of one entry per row, and the mean is over N * N numbers.
# named: loss_columns_for_labels
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[:, y].mean()

# %% loss_row_and_column_swapped
# loss looks up log_p[y, n] in place of log_p[n, y].
# named: loss_index_swapped
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -np.mean([log_p[c, n] for n, c in enumerate(y)])

# %% loss_quotient_for_difference
# loss divides the right logit by the log of the sum in place of subtracting it.
# named: loss_quotient
def loss(logits, y):
    m = logits.max(axis=1)
    lse = m + np.log(np.exp(logits - m[:, None]).sum(axis=1))
    return np.mean(-logits[np.arange(len(y)), y] / lse)

# %% loss_in_bits
# loss uses the logarithm to base 2.
# named: -
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s / np.log(2) - np.log2(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% loss_one_number_per_sample
# loss returns an array with one loss per sample, not their mean.
# named: -
def loss(logits, y):
    m = logits.max(axis=1)
    return m + np.log(np.exp(logits - m[:, None]).sum(axis=1)) - logits[np.arange(len(y)), y]

# %% loss_of_the_likeliest_class
# loss takes the largest log p of each row and doesn't look at y.
# named: loss_labels_forgotten
def loss(logits, y):
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -log_p.max(axis=1).mean()

# %% right_class_left_out_of_the_sum
# The sum of exponentials in loss runs over the wrong classes only.
# named: -
def loss(logits, y):
    out = []
    for row, c in zip(logits, y):
        others = np.delete(row, c)
        top = others.max()
        out.append(top + np.log(np.exp(others - top).sum()) - row[c])
    return np.mean(out)

# %% loss_reshapes_the_labels
# loss sets y.shape, so the caller's y is [N, 1] afterwards.
# named: -
def loss(logits, y):
    y.shape = (len(y), 1)
    s = logits - logits.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    return -np.take_along_axis(log_p, y, axis=1).mean()

# %% loss_shifts_the_logits_in_place
# loss subtracts the maximum with -=, so the caller's logits are changed.
# named: -
def loss(logits, y):
    logits -= logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -log_p[np.arange(len(y)), y].mean()

# %% loss_as_an_array_of_one
# loss returns an array of shape [1, 1] in place of a number.
# named: -
def loss(logits, y):
    m = logits.max(axis=1, keepdims=True)
    lse = m + np.log(np.exp(logits - m).sum(axis=1, keepdims=True))
    right = np.take_along_axis(logits, y[:, None], axis=1)
    return (lse - right).mean(axis=0, keepdims=True)

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
