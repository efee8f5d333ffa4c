# %% f_after_the_last_too
# mlp_forward applies f after every layer, the last one included.
# named: mlp_f_after_the_last
def mlp_forward(x, params, f):
    for W, b in params:
        x = f(linear(x, W, b))
    return x

# %% f_never
# mlp_forward does not use f at all.
# named: mlp_without_f
def mlp_forward(x, params, f):
    out = x
    for (W, b) in params:
        out = linear(out, W, b)
    return out

# %% relu_hard_coded
# mlp_forward uses the ReLU in place of the given f.
# named: mlp_always_relu
def mlp_forward(x, params, f):
    for W, b in params[:-1]:
        x = torch.relu(linear(x, W, b))
    return linear(x, *params[-1])

# %% f_before_every_layer
# mlp_forward applies f to the input of every layer, so also to x.
# named: mlp_f_on_the_input
def mlp_forward(x, params, f):
    h = x
    for W, b in params:
        h = linear(f(h), W, b)
    return h

# %% bias_after_f
# mlp_forward adds the bias of a hidden layer after f.
# named: mlp_bias_after_f
def mlp_forward(x, params, f):
    h = x
    for i, (W, b) in enumerate(params):
        h = h @ W.T
        if i < len(params) - 1:
            h = f(h)
        h = h + b
    return h

# %% last_layer_first
# mlp_forward applies the layers from the last to the first.
# named: mlp_backwards
def mlp_forward(x, params, f):
    h = x
    for i in range(len(params) - 1, -1, -1):
        W, b = params[i]
        h = linear(h, W, b)
        if i > 0:
            h = f(h)
    return h

# %% last_layer_left_out
# mlp_forward stops before the last layer and returns the last hidden layer.
# named: mlp_without_the_last
def mlp_forward(x, params, f):
    h = x
    for k in range(len(params) - 1):
        W, b = params[k]
        h = f(linear(h, W, b))
    return h

# %% first_and_last_only
# mlp_forward uses the first and the last layer only and skips those between.
# named: mlp_first_and_last_only
def mlp_forward(x, params, f):
    if len(params) == 1:
        return linear(x, *params[0])
    (W1, b1), (W2, b2) = params[0], params[-1]
    hidden = f(linear(x, W1, b1))
    return linear(hidden, W2, b2)

# %% f_after_the_first_only
# mlp_forward applies f once, after the first layer, and not after the other hidden layers.
# named: mlp_f_after_the_first_only
def mlp_forward(x, params, f):
    h = linear(x, params[0][0], params[0][1])
    if len(params) > 1:
        h = f(h)
    for W, b in params[1:]:
        h = linear(h, W, b)
    return h

# %% off_by_one_at_the_end
# mlp_forward leaves out f after the last two layers, not only after the last one.
# named: mlp_f_one_short
def mlp_forward(x, params, f):
    L = len(params)
    for k in range(L):
        W, b = params[k]
        x = linear(x, W, b)
        if k < L - 2:
            x = f(x)
    return x

# %% params_emptied
# mlp_forward takes the layers out of the caller's list.
# named: mlp_pops
def mlp_forward(x, params, f):
    h = x
    while len(params) > 1:
        W, b = params.pop(0)
        h = f(linear(h, W, b))
    W, b = params[0]
    return linear(h, W, b)

# %% weights_replaced_in_list
# mlp_forward writes the transposed weights into the caller's list.
# named: mlp_pops
def mlp_forward(x, params, f):
    for i in range(len(params)):
        W, b = params[i]
        params[i] = (W.T, b)
    h = x
    for i, (Wt, b) in enumerate(params):
        h = h @ Wt + b
        if i + 1 < len(params):
            h = f(h)
    return h

# %% every_layer_sees_x
# mlp_forward feeds x to the layers after the first one in place of the previous layer's output.
# named: mlp_each_layer_on_x
def mlp_forward(x, params, f):
    for W, b in params[:-1]:
        h = f(linear(x, W, b))
    W, b = params[-1]
    return linear(h if len(params) > 1 else x, W, b)

# %% single_layer_gets_f
# mlp_forward applies f to the output of a single layer, which counts as the last one.
# named: mlp_f_after_a_single_layer
def mlp_forward(x, params, f):
    h = f(linear(x, *params[0]))
    if len(params) == 1:
        return h
    for W, b in params[1:-1]:
        h = f(linear(h, W, b))
    return linear(h, *params[-1])

# %% last_known_by_its_width
# mlp_forward takes each layer with C outputs for the last one and leaves out f there.
# named: -
def mlp_forward(x, params, f):
    C = params[-1][0].shape[0]
    for W, b in params:
        x = linear(x, W, b)
        if W.shape[0] != C:
            x = f(x)
    return x

# %% all_activations_returned
# mlp_forward returns the list of all layers' outputs in place of the last output.
# named: -
def mlp_forward(x, params, f):
    hs = []
    h = x
    for i, (W, b) in enumerate(params):
        h = linear(h, W, b)
        if i < len(params) - 1:
            h = f(h)
        hs.append(h)
    return hs

# %% softmax_at_the_end
# mlp_forward adds a softmax after the last layer.
# named: mlp_softmax
def mlp_forward(x, params, f):
    for W, b in params[:-1]:
        x = f(linear(x, W, b))
    W, b = params[-1]
    return torch.softmax(linear(x, W, b), dim=-1)

# %% f_gets_an_array
# mlp_forward calls f with a NumPy array, but f takes a tensor.
# named: -
import numpy as np


def mlp_forward(x, params, f):
    h = x.numpy()
    for i, (W, b) in enumerate(params):
        h = h @ W.numpy().T + b.numpy()
        if i < len(params) - 1:
            h = f(h)
    return torch.from_numpy(np.asarray(h))

# %% f_twice
# mlp_forward applies f twice after each hidden layer.
# named: mlp_f_twice
def mlp_forward(x, params, f):
    def hidden(h, W, b):
        return f(linear(h, W, b))

    for W, b in params[:-1]:
        x = f(hidden(x, W, b))
    return linear(x, *params[-1])
