# %% column_formula_everywhere
# linear: W @ x, right for one sample only. mlp_forward: f also after the last layer. count_parameters: biases for the inputs, too.
# collapse: W1 W2 in place of W2 W1; the biases are only added.
# named: linear_columns, mlp_f_after_the_last, count_biases_of_inputs, count_inputs_alone, collapse_order, collapse_adds_biases
import torch


def linear(x, W, b):
    return W @ x + b


def mlp_forward(x, params, f):
    for W, b in params:
        x = linear(x, W, b)
        x = f(x)
    return x


def count_parameters(sizes):
    count = 0
    for i in range(len(sizes)):
        count += sizes[i]
        if i > 0:
            count += sizes[i] * sizes[i - 1]
    return count


def collapse(params):
    W, b = params[0]
    for i in range(1, len(params)):
        W = W @ params[i][0]
        b = b + params[i][1]
    return W, b

# %% transpose_forgotten_and_relu
# linear: W is not transposed. mlp_forward: the ReLU in place of f. collapse: only the last bias; fails for a single layer.
# named: linear_untransposed, mlp_always_relu, collapse_last_bias, collapse_needs_two
import torch
import torch.nn.functional as F


def linear(x, W, b):
    return torch.matmul(x, W) + b


def mlp_forward(x, params, f):
    for i in range(len(params)):
        W, b = params[i]
        x = linear(x, W, b)
        if i != len(params) - 1:
            x = F.relu(x)
    return x


def count_parameters(sizes):
    count = 0
    for i in range(1, len(sizes)):
        w = sizes[i] * sizes[i - 1]
        count = count + w + sizes[i]
    return count


def collapse(params):
    W = params[1][0] @ params[0][0]
    for layer in params[2:]:
        W = layer[0] @ W
    b = params[-1][1]
    return W, b

# %% loops_over_two_axes
# linear: exactly two axes are accepted; the result has the default dtype, float32. mlp_forward: the layers are popped off the caller's list.
# count_parameters: one bias for each layer.
# named: linear_mm, linear_filled_float32, mlp_pops, count_bias_per_layer
import torch


def linear(x, W, b):
    N, D = x.shape
    M = W.shape[0]
    out = torch.zeros(N, M)
    for n in range(N):
        for m in range(M):
            total = 0
            for i in range(D):
                total += x[n, i] * W[m, i]
            out[n, m] = total + b[m]
    return out


def mlp_forward(x, params, f):
    last = params.pop()
    for W, b in params:
        x = f(linear(x, W, b))
    return linear(x, last[0], last[1])


def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1]
        total += 1  # bias
    return total


def collapse(params):
    W, b = params[0]
    for W2, b2 in params[1:]:
        W, b = W2 @ W, W2 @ b + b2
    return W, b

# %% numpy_in_single_precision
# linear: float32 always, in between and as the result. mlp_forward: f is never used. count_parameters: the result is a numpy integer.
# collapse: the bias is multiplied by the product that already holds the new weights.
# named: linear_filled_float32, mlp_without_f, collapse_bias_by_the_new_weights
import numpy as np
import torch


def linear(x, W, b):
    x = np.array(x, dtype=np.float32)
    W = np.array(W, dtype=np.float32)
    b = np.array(b, dtype=np.float32)
    return torch.from_numpy(np.dot(x, W.T) + b)


def mlp_forward(x, params, f):
    out = x
    for W, b in params:
        out = linear(out, W, b)
    return out


def count_parameters(sizes):
    sizes = np.array(sizes)
    return np.sum(sizes[1:] * sizes[:-1]) + np.sum(sizes[1:])


def collapse(params):
    W = params[0][0]
    b = params[0][1]
    for i in range(1, len(params)):
        W = torch.mm(params[i][0], W)
        b = torch.mv(W, b) + params[i][1]
    return W, b

# %% two_layers_in_mind
# mlp_forward: only the first and the last layer; f on a single layer's output. count_parameters: the last layer has no biases.
# collapse: only the first and the last layer; b is changed in place in the caller's layer.
# named: mlp_first_and_last_only, mlp_f_after_a_single_layer, count_last_without_bias, collapse_in_place, collapse_two, collapse_first_and_last
import torch


def linear(x, W, b):
    return x.matmul(W.t()) + b


def mlp_forward(x, params, f):
    W1, b1 = params[0]
    h = f(linear(x, W1, b1))
    if len(params) == 1:
        return h
    W2, b2 = params[-1]
    return linear(h, W2, b2)


def count_parameters(sizes):
    n = 0
    for i in range(len(sizes) - 1):
        n += sizes[i] * sizes[i + 1]
    for s in sizes[1:-1]:
        n += s
    return n


def collapse(params):
    if len(params) == 1:
        return params[0]
    W1, b1 = params[0]
    W2, b2 = params[-1]
    b2 += W2 @ b1
    return W2 @ W1, b2

# %% flattening_and_f_first
# linear: axes before the last one are flattened and not restored. mlp_forward: f before every layer, so also on x.
# count_parameters: no biases; an error for a single size. collapse: W comes back transposed.
# named: linear_merges_axes, linear_batch_of_one, mlp_f_on_the_input, count_weights, collapse_transposed
import torch


def linear(x, W, b):
    D = W.shape[1]
    x = x.reshape(-1, D)
    y = torch.einsum('nd,md->nm', x, W)
    return y + b


def mlp_forward(x, params, f):
    for layer in params:
        W, b = layer
        x = linear(f(x), W, b)
    return x


def count_parameters(sizes):
    total = sizes[0] * sizes[1]
    for i in range(2, len(sizes)):
        total += sizes[i - 1] * sizes[i]
    return total


def collapse(params):
    W = params[0][0].T
    b = params[0][1]
    for W2, b2 in params[1:]:
        W = W @ W2.T
        b = b @ W2.T + b2
    return W, b
