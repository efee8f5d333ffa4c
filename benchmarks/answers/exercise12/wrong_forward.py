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
