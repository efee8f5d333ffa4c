# %% no_transpose
# linear multiplies by W itself, not by its transpose.
# named: linear_untransposed
def linear(x, W, b):
    return torch.matmul(x, W) + b


# %% transpose_only_if_needed
# linear leaves W as it is where the shapes already fit, so a square W is not transposed.
# named: linear_transposed_if_needed
def linear(x, W, b):
    if x.shape[-1] == W.shape[0]:
        return x @ W + b
    return x @ W.T + b


# %% column_form_for_a_batch
# linear computes W @ x + b, which is right only for one sample.
# named: linear_columns
def linear(x, W, b):
    return W @ x + b


# %% elementwise_product
# linear multiplies x and W element by element in place of the matrix product.
# named: linear_elementwise
def linear(x, W, b):
    return x * W + b


# %% samples_paired_with_neurons
# linear multiplies sample n only with neuron n and sums; the axis for all pairs is missing.
# named: linear_without_pairs
def linear(x, W, b):
    return (x * W).sum(dim=-1) + b


# %% bias_forgotten
# linear does not add the bias.
# named: linear_without_bias
def linear(x, W, b):
    out = x @ W.t()
    return out


# %% bias_along_samples
# linear adds the bias as a column, one number per sample, not one per neuron.
# named: linear_bias_on_the_wrong_axis
def linear(x, W, b):
    return x @ W.T + b.unsqueeze(1)


# %% bias_summed
# linear adds the sum of all biases to every output.
# named: -
def linear(x, W, b):
    return x @ W.T + torch.sum(b)


# %% reshape_for_transpose
# linear reshapes W to [D, M], which does not transpose it.
# named: linear_reshaped_for_transposed
def linear(x, W, b):
    M, D = W.shape
    return x @ W.reshape(D, M) + b


# %% exactly_two_axes
# linear takes only a batch with two axes; one sample or more axes raise an error.
# named: -
def linear(x, W, b):
    N, D = x.shape
    M = W.shape[0]
    y = torch.zeros(N, M, dtype=x.dtype)
    for n in range(N):
        for m in range(M):
            y[n, m] = torch.dot(x[n], W[m]) + b[m]
    return y


# %% all_axes_reversed
# linear writes (W x^T)^T with axes that are reversed all at once, which is wrong for three axes and more.
# named: -
def linear(x, W, b):
    xt = x.permute(*reversed(range(x.dim())))
    y = W @ xt
    return y.permute(*reversed(range(y.dim()))) + b


# %% sample_becomes_batch
# linear turns a single sample into a batch of one and does not take that axis off again.
# named: linear_batch_of_one
def linear(x, W, b):
    if x.dim() == 1:
        x = x.unsqueeze(0)
    return x @ W.T + b


# %% more_axes_flattened
# linear flattens the axes before the last one of a larger x and does not restore them.
# named: linear_merges_axes
def linear(x, W, b):
    if x.dim() > 2:
        x = x.reshape(-1, x.shape[-1])
    return x @ W.T + b


# %% empty_batch_fails
# linear stacks the samples' outputs, and torch.stack of an empty list raises an error.
# named: -
def linear(x, W, b):
    if x.ndim == 1:
        return W @ x + b
    return torch.stack([linear(row, W, b) for row in x])


# %% float32_in_between
# linear computes in float32 and only then goes back to the dtype, so float64 loses digits.
# named: -
def linear(x, W, b):
    y = x.float() @ W.float().T + b.float()
    return y.to(x.dtype)


# %% always_float64
# linear returns float64 also for float32 inputs.
# named: -
def linear(x, W, b):
    return x.double() @ W.double().T + b.double()


# %% zeros_of_default_dtype
# linear fills a tensor made without a dtype, so that float64 inputs give a float32 result.
# named: linear_filled_float32
def linear(x, W, b):
    y = torch.zeros(x.shape[:-1] + (W.shape[0],))
    for m in range(W.shape[0]):
        y[..., m] = x @ W[m] + b[m]
    return y


# %% bias_once_per_input
# linear adds the bias inside of the loop over the inputs, so D times.
# named: linear_bias_per_input
def linear(x, W, b):
    y = 0
    for i in range(W.shape[1]):
        y = y + x[..., i:i + 1] * W[:, i] + b
    return y


# %% weights_transposed_in_place
# linear transposes the caller's W in place.
# named: -
def linear(x, W, b):
    Wt = W.t_()
    return x @ Wt + b


# %% sample_unsqueezed_in_place
# linear gives the caller's x another axis in place; the result itself is right.
# named: -
def linear(x, W, b):
    single = x.dim() == 1
    if single:
        x.unsqueeze_(0)
    y = x @ W.T + b
    return y[0] if single else y


# %% result_squeezed
# linear squeezes the result, so axes of size 1 vanish.
# named: -
def linear(x, W, b):
    return (x @ W.T + b).squeeze()


# %% mean_over_inputs
# linear takes the mean over the inputs where the sum is asked.
# named: -
def linear(x, W, b):
    return (x[..., None, :] * W).mean(-1) + b


# %% clamped_against_overflow
# linear clamps the inputs to -1000 to 1000, which changes larger ones.
# named: -
def linear(x, W, b):
    x = torch.clamp(x, -1000, 1000)  # no overflow
    return x @ W.T + b


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


# %% biases_not_counted
# count_parameters counts the weights only.
# named: count_weights
def count_parameters(sizes):
    return sum(a * b for a, b in zip(sizes, sizes[1:]))


# %% bias_per_input
# count_parameters counts one bias per input of a layer, not one per neuron.
# named: count_bias_per_input
def count_parameters(sizes):
    n = 0
    for i in range(len(sizes) - 1):
        n += sizes[i] * sizes[i + 1] + sizes[i]
    return n


# %% inputs_have_biases
# count_parameters counts biases for the inputs, too, so [4] gives 4.
# named: count_biases_of_inputs, count_inputs_alone
def count_parameters(sizes):
    weights = 0
    for i in range(1, len(sizes)):
        weights += sizes[i - 1] * sizes[i]
    return weights + sum(sizes)


# %% one_bias_per_layer
# count_parameters counts a single bias for each layer.
# named: count_bias_per_layer
def count_parameters(sizes):
    total = 0
    for i in range(len(sizes) - 1):
        total += sizes[i] * sizes[i + 1] + 1
    return total


# %% product_of_all_sizes
# count_parameters multiplies all sizes together for the weights.
# named: count_product
import math


def count_parameters(sizes):
    if len(sizes) == 1:
        return 0
    return math.prod(sizes) + sum(sizes[1:])


# %% single_size_raises
# count_parameters raises an error for a stack without layers.
# named: -
def count_parameters(sizes):
    if len(sizes) < 2:
        raise ValueError("a network needs at least one layer")
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 1))


# %% count_as_float
# count_parameters returns a float.
# named: count_as_float
def count_parameters(sizes):
    total = 0.0
    for d, m in zip(sizes, sizes[1:]):
        total += d * m + m
    return total


# %% count_in_float32
# count_parameters adds up in float32, which is not exact beyond 2**24.
# named: -
def count_parameters(sizes):
    s = torch.tensor(sizes, dtype=torch.float32)
    return int(torch.sum(s[:-1] * s[1:]) + torch.sum(s[1:]))


# %% count_as_tensor
# count_parameters returns a 0-d tensor, not an int.
# named: -
def count_parameters(sizes):
    s = torch.tensor(sizes)
    return (s[:-1] * s[1:]).sum() + s[1:].sum()


# %% last_layer_without_biases
# count_parameters counts no biases for the last layer.
# named: count_last_without_bias
def count_parameters(sizes):
    n = sum(a * b for a, b in zip(sizes, sizes[1:]))
    return n + sum(sizes[1:-1])


# %% equal_layers_counted_once
# count_parameters collects the layers in a set, so layers of equal sizes count once.
# named: -
def count_parameters(sizes):
    layers = set(zip(sizes, sizes[1:]))
    return sum(d * m + m for d, m in layers)


# %% sizes_popped
# count_parameters takes the numbers out of the caller's list.
# named: -
def count_parameters(sizes):
    d = sizes.pop(0)
    total = 0
    while sizes:
        m = sizes.pop(0)
        total += d * m + m
        d = m
    return total


# %% last_layer_not_counted
# count_parameters stops one layer too early.
# named: count_without_the_last
def count_parameters(sizes):
    total = 0
    for i in range(1, len(sizes) - 1):
        total += sizes[i - 1] * sizes[i] + sizes[i]
    return total


# %% product_in_wrong_order
# collapse multiplies W1 W2 in place of W2 W1.
# named: collapse_order
def collapse(params):
    W, b = params[0]
    for W2, b2 in params[1:]:
        b = W2 @ b + b2
        W = W @ W2
    return W, b


# %% biases_only_added
# collapse adds the biases up without the later layers' weights.
# named: collapse_adds_biases
def collapse(params):
    W, b = params[0]
    for W2, b2 in params[1:]:
        W = W2 @ W
        b = b + b2
    return W, b


# %% later_biases_left_out
# collapse sends the first bias through the stack and leaves out the later biases.
# named: collapse_first_bias_only
def collapse(params):
    W, b = params[0]
    for Wk, _ in params[1:]:
        W = Wk @ W
        b = Wk @ b
    return W, b


# %% only_the_last_bias
# collapse returns the last layer's bias and drops what the earlier biases give.
# named: collapse_last_bias
def collapse(params):
    W = params[0][0]
    for Wk, bk in params[1:]:
        W = Wk @ W
    return W, params[-1][1]


# %% bias_with_the_whole_product
# collapse updates W first and then multiplies the bias by the product of all weights so far.
# named: collapse_bias_by_the_new_weights
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        W = Wk @ W
        b = W @ b + bk
    return W, b


# %% only_two_layers
# collapse merges the first two layers and ignores the others.
# named: collapse_two
def collapse(params):
    if len(params) == 1:
        return params[0]
    W1, b1 = params[0]
    W2, b2 = params[1]
    return W2 @ W1, W2 @ b1 + b2


# %% bias_of_the_last_two_layers
# collapse computes the bias from the last two layers only; the weights are right.
# named: -
def collapse(params):
    Ws = [W for W, b in params]
    bs = [b for W, b in params]
    W = Ws[0]
    for Wk in Ws[1:]:
        W = Wk @ W
    if len(params) == 1:
        return W, bs[0]
    return W, Ws[-1] @ bs[-2] + bs[-1]


# %% weights_returned_transposed
# collapse returns W with shape [D, C].
# named: collapse_transposed
def collapse(params):
    Wt = params[0][0].T
    b = params[0][1]
    for W2, b2 in params[1:]:
        Wt = Wt @ W2.T
        b = b @ W2.T + b2
    return Wt, b


# %% pair_swapped
# collapse returns (b, W).
# named: -
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        W, b = Wk @ W, Wk @ b + bk
    return b, W


# %% list_for_tuple
# collapse returns a list, not a tuple.
# named: -
def collapse(params):
    one = list(params[0])
    for Wk, bk in params[1:]:
        one = [Wk @ one[0], Wk @ one[1] + bk]
    return one


# %% bias_is_a_column
# collapse returns b with shape [C, 1].
# named: -
def collapse(params):
    W = params[0][0]
    b = params[0][1].reshape(-1, 1)
    for Wk, bk in params[1:]:
        W = Wk @ W
        b = Wk @ b + bk.reshape(-1, 1)
    return W, b


# %% bias_from_the_left
# collapse multiplies b W in place of W b.
# named: collapse_bias_from_the_left
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        b = b @ Wk + bk
        W = Wk @ W
    return W, b


# %% next_bias_changed
# collapse adds to the next layer's bias in place, and that tensor belongs to the caller.
# named: collapse_in_place
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        W = Wk @ W
        bk += Wk @ b
        b = bk
    return W, b


# %% list_turned_around
# collapse reverses the caller's list.
# named: collapse_in_place
def collapse(params):
    params.reverse()
    W, b = params[-1]
    for Wk, bk in params[-2::-1]:
        b = Wk @ b + bk
        W = Wk @ W
    return W, b


# %% single_layer_fails
# collapse fails for a single layer, since multi_dot needs two matrices.
# named: -
def collapse(params):
    b = params[0][1]
    for Wk, bk in params[1:]:
        b = Wk @ b + bk
    W = torch.linalg.multi_dot([W for W, _ in reversed(params)])
    return W, b


# %% exactly_three_layers
# collapse is written for three layers and fails for any other depth.
# named: -
def collapse(params):
    (W1, b1), (W2, b2), (W3, b3) = params
    return W3 @ W2 @ W1, W3 @ (W2 @ b1 + b2) + b3


# %% identity_in_float32
# collapse starts from an identity matrix without the dtype, so float64 layers raise an error.
# named: -
def collapse(params):
    D = params[0][0].shape[1]
    W = torch.eye(D)
    b = torch.zeros(D)
    for Wk, bk in params:
        W = Wk @ W
        b = Wk @ b + bk
    return W, b


# %% collapse_loses_digits
# collapse multiplies in float32 and converts back, so float64 has too few digits.
# named: -
def collapse(params):
    dtype = params[0][0].dtype
    W, b = [t.to(torch.float32) for t in params[0]]
    for Wk, bk in params[1:]:
        Wk = Wk.to(torch.float32)
        W = Wk @ W
        b = Wk @ b + bk.to(torch.float32)
    return W.to(dtype), b.to(dtype)


# %% elementwise_collapse
# collapse multiplies the weights element by element.
# named: collapse_elementwise
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        b = torch.mv(Wk, b) + bk
        W = Wk * W
    return W, b


# %% slope_with_bias_inside
# collapse reads W off the outputs for the unit vectors without taking off the bias.
# named: -
def collapse(params):
    D = params[0][0].shape[1]
    dtype = params[0][0].dtype
    b = mlp_forward(torch.zeros(D, dtype=dtype), params, lambda z: z)
    W = mlp_forward(torch.eye(D, dtype=dtype), params, lambda z: z).T
    return W, b


# %% one_tensor_returned
# collapse returns one tensor with the bias as its last column, not the pair.
# named: -
def collapse(params):
    W, b = params[0]
    for Wk, bk in params[1:]:
        b = Wk @ b + bk
        W = Wk @ W
    return torch.cat([W, b.unsqueeze(1)], dim=1)
