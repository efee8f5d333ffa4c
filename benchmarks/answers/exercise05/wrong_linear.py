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
