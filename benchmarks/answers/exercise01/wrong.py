# %% bias_after_f
# neuron adds the bias after f, f(sum) + b.
# named: neuron_bias_after_f
def neuron(a, w, b, f):
    return f(torch.dot(a, w)) + b

# %% f_on_each_product
# neuron applies f to each product, adds these up, and then adds the bias.
# named: neuron_f_on_products
def neuron(a, w, b, f):
    total = 0
    for ai, wi in zip(a, w):
        total = total + f(ai * wi)
    return total + b

# %% bias_once_per_product
# neuron counts the bias once per product instead of once.
# named: neuron_bias_in_every_term
def neuron(a, w, b, f):
    z = torch.tensor(0, dtype=a.dtype)
    for i in range(len(a)):
        z += a[i] * w[i] + b
    return f(z)

# %% bias_forgotten
# neuron leaves out the bias.
# named: neuron_without_bias
def neuron(a, w, b, f):
    z = a @ w
    return f(z)

# %% bias_subtracted
# neuron treats the bias as a threshold and subtracts it.
# named: neuron_bias_as_threshold
def neuron(a, w, b, f):
    threshold = b
    return f(torch.sum(a * w) - threshold)

# %% f_forgotten
# neuron returns the sum z itself, without f.
# named: neuron_without_f
def neuron(a, w, b, f):
    z = (a * w).sum() + b
    return z

# %% f_applied_twice
# neuron applies f to the sum and then again to the result.
# named: neuron_f_twice
def neuron(a, w, b, f):
    out = f(a @ w + b)
    return f(out)

# %% mean_of_products
# neuron takes the mean of the products instead of their sum.
# named: neuron_mean
def neuron(a, w, b, f):
    return f(torch.mean(a * w) + b)

# %% relu_for_every_f
# neuron always uses relu and ignores the f that is handed in.
# named: neuron_always_relu
def neuron(a, w, b, f):
    z = torch.dot(a, w) + b
    return torch.relu(z)

# %% f_on_the_inputs
# neuron applies f to the inputs before weighting them, not to the sum.
# named: neuron_f_on_inputs
def neuron(a, w, b, f):
    activated = f(a)
    return (activated * w).sum() + b

# %% axis_of_one_kept
# neuron returns a tensor of shape [1] instead of a 0-d tensor.
# named: neuron_one_axis
def neuron(a, w, b, f):
    z = (a * w).sum(dim=0, keepdim=True) + b
    return f(z)

# %% python_number_returned
# neuron returns a Python number instead of a 0-d tensor.
# named: neuron_item
def neuron(a, w, b, f):
    z = torch.dot(a, w) + b
    return f(z).item()

# %% python_number_into_f
# neuron hands f a Python number, which f need not accept.
# named: neuron_f_of_a_number
def neuron(a, w, b, f):
    z = sum(x * y for x, y in zip(a.tolist(), w.tolist())) + b.item()
    return torch.as_tensor(f(z), dtype=a.dtype)

# %% float32_in_between
# neuron computes in float32 and only turns the result back into the inputs' dtype.
# named: -
def neuron(a, w, b, f):
    z = (a.float() * w.float()).sum() + b.float()
    return f(z).to(a.dtype)

# %% default_dtype_result
# neuron builds a tensor without a dtype, so float64 inputs give a float32 result.
# named: neuron_single
def neuron(a, w, b, f):
    s = 0.0
    for i in range(len(a)):
        s += float(a[i]) * float(w[i])
    s += float(b)
    return f(torch.tensor(s))

# %% always_double
# neuron returns float64 even if the inputs are float32.
# named: neuron_double
import numpy as np
def neuron(a, w, b, f):
    a, w = np.array(a.tolist()), np.array(w.tolist())
    z = np.sum(a * w) + b.item()
    return f(torch.tensor(z, dtype=torch.float64))

# %% bias_used_as_accumulator
# neuron sums into the caller's bias with +=, so b is changed.
# named: neuron_adds_into_b
def neuron(a, w, b, f):
    z = b
    for ai, wi in zip(a, w):
        z += ai * wi
    return f(z)

# %% inputs_multiplied_in_place
# neuron multiplies the caller's inputs in place, so a is changed.
# named: -
def neuron(a, w, b, f):
    a *= w
    return f(a.sum() + b)

# %% product_of_two_sums
# neuron multiplies the sum of the inputs with the sum of the weights.
# named: neuron_product_of_sums
def neuron(a, w, b, f):
    return f(a.sum() * w.sum() + b)

# %% products_multiplied
# neuron multiplies the products together instead of adding them up.
# named: -
def neuron(a, w, b, f):
    z = torch.prod(a * w) + b
    return f(z)

# %% last_input_skipped
# The loop in neuron ends one step early, so the last input is left out.
# named: neuron_last_input_left_out
def neuron(a, w, b, f):
    z = b.clone()
    for i in range(len(a) - 1):
        z = z + a[i] * w[i]
    return f(z)

# %% sum_overwritten_in_loop
# The loop in neuron overwrites z each time, so only the last product counts.
# named: neuron_only_last_product
def neuron(a, w, b, f):
    for i in range(a.shape[0]):
        z = a[i] * w[i]
    return f(z + b)

# %% only_positive_sums_fire
# neuron returns 0 where the sum is not positive, and uses f only for positive sums.
# named: neuron_always_relu
def neuron(a, w, b, f):
    z = torch.dot(a, w) + b
    if z > 0:
        return f(z)
    return torch.zeros_like(z)

# %% weights_reversed
# neuron runs through the weights backwards, so the first input is paired with the last weight.
# named: -
def neuron(a, w, b, f):
    s = 0
    D = len(a)
    for i in range(D):
        s = s + a[i] * w[D - 1 - i]
    return f(s + b)

# %% memory_read_with_stride_one
# neuron reads a as if its numbers were next to each other in memory, which is false for a column.
# named: -
def neuron(a, w, b, f):
    flat = a.as_strided((a.numel(),), (1,))
    return f((flat * w).sum() + b)

# %% columns_of_w
# neuron_batch multiplies with the columns of W, A @ W instead of A @ W.T.
# named: batch_w_untransposed
def neuron_batch(A, W, b, f):
    return f(torch.matmul(A, W) + b)

# %% bias_down_the_columns
# neuron_batch adds b down the columns, one bias per sample instead of one per neuron.
# named: batch_bias_on_the_wrong_axis
def neuron_batch(A, W, b, f):
    Z = A @ W.T
    return f(Z + b.view(-1, 1))

# %% batch_bias_after_f
# neuron_batch adds the biases after f.
# named: batch_bias_after_f
def neuron_batch(A, W, b, f):
    out = f(A.mm(W.t()))
    return out + b

# %% batch_f_forgotten
# neuron_batch never applies f.
# named: batch_without_f
def neuron_batch(A, W, b, f):
    return torch.einsum('nd,md->nm', A, W) + b

# %% axes_of_one_dropped
# neuron_batch squeezes the result, so a batch of one sample or a single neuron loses an axis.
# named: batch_squeezes_samples, batch_squeezes_neurons
def neuron_batch(A, W, b, f):
    return f(A @ W.T + b).squeeze()

# %% result_transposed
# neuron_batch returns [M, N], one neuron per row, instead of [N, M].
# named: batch_transposed
def neuron_batch(A, W, b, f):
    rows = []
    for m in range(W.shape[0]):
        rows.append(A @ W[m] + b[m])
    return f(torch.stack(rows))

# %% reshape_for_transpose
# neuron_batch turns W into [D, M] with reshape, which mixes up the weights, instead of transposing it.
# named: batch_view_as_transpose
def neuron_batch(A, W, b, f):
    M, D = W.shape
    return f(A @ W.reshape(D, M) + b)

# %% result_reshaped
# neuron_batch computes [M, N] and reshapes it to [N, M] instead of transposing it.
# named: batch_reshapes_result
def neuron_batch(A, W, b, f):
    Z = W @ A.T + b[:, None]
    return f(Z.reshape(len(A), len(W)))

# %% batch_f_on_each_product
# neuron_batch applies f to every product before the sum, and then adds b.
# named: batch_f_on_products
def neuron_batch(A, W, b, f):
    P = f(A.unsqueeze(1) * W.unsqueeze(0))
    return P.sum(-1) + b

# %% batch_bias_in_the_inner_loop
# neuron_batch adds the bias in the innermost loop, once per input.
# named: batch_bias_in_every_term
def neuron_batch(A, W, b, f):
    N, D = A.shape
    M = len(W)
    out = torch.zeros(N, M, dtype=A.dtype)
    for n in range(N):
        for m in range(M):
            for d in range(D):
                out[n, m] += A[n, d] * W[m, d] + b[m]
    return f(out)

# %% first_bias_for_all
# neuron_batch uses the bias of the first neuron for all neurons.
# named: batch_first_bias
def neuron_batch(A, W, b, f):
    return f(A @ W.T + b[0])

# %% all_biases_added_up
# neuron_batch adds the sum of all biases to every entry.
# named: -
def neuron_batch(A, W, b, f):
    bias = sum(b)
    return f(torch.mm(A, W.T) + bias)

# %% sum_over_the_neurons
# neuron_batch sums the products [N, M, D] over the neurons instead of over the inputs.
# named: batch_sums_over_neurons
def neuron_batch(A, W, b, f):
    P = A[:, None, :] * W[None, :, :]
    return f(P.sum(dim=1) + b)

# %% elementwise_rows
# neuron_batch multiplies A and W element by element, row with row, so it returns one number per row.
# named: batch_elementwise, batch_squeezes_samples
def neuron_batch(A, W, b, f):
    return f((A * W).sum(dim=1) + b)

# %% loop_bounds_for_square_only
# Both loops of neuron_batch run over the neurons, so it is right only if N = M.
# named: -
def neuron_batch(A, W, b, f):
    out = torch.zeros(len(A), len(W), dtype=A.dtype)
    for i in range(len(W)):
        for j in range(len(W)):
            out[i, j] = A[i].dot(W[j]) + b[j]
    return f(out)

# %% float32_buffer
# neuron_batch collects the sums in a torch.zeros of the default dtype, so float64 inputs give float32.
# named: batch_filled_float32
def neuron_batch(A, W, b, f):
    N, M = A.shape[0], W.shape[0]
    z = torch.zeros(N, M)
    for n in range(N):
        for m in range(M):
            z[n, m] = (A[n] * W[m]).sum() + b[m]
    return f(z)

# %% sum_not_reset
# neuron_batch does not set the running sum back to 0 for the next entry, so earlier sums are carried over.
# named: batch_sum_not_reset
def neuron_batch(A, W, b, f):
    Z = A.new_zeros(len(A), len(W))
    s = 0
    for n in range(len(A)):
        for m in range(len(W)):
            for i in range(A.shape[1]):
                s = s + A[n, i] * W[m, i]
            Z[n, m] = s + b[m]
    return f(Z)

# %% weights_transposed_in_place
# neuron_batch transposes the caller's W in place with t_().
# named: -
def neuron_batch(A, W, b, f):
    W.t_()
    return f(A @ W + b)

# %% bias_overwritten_for_one_sample
# expand and contiguous give no copy for one sample, so += changes the caller's b if N = 1.
# named: -
def neuron_batch(A, W, b, f):
    Z = b.expand(len(A), len(W)).contiguous()
    Z += A @ W.T
    return f(Z)

# %% same_buffer_each_call
# neuron_batch writes into one buffer per shape, so a later call overwrites an earlier result.
# named: -
_buffers = {}
def neuron_batch(A, W, b, f):
    key = (len(A), len(W), A.dtype)
    if key not in _buffers:
        _buffers[key] = torch.empty(len(A), len(W), dtype=A.dtype)
    Z = _buffers[key]
    torch.matmul(A, W.T, out=Z)
    Z += b
    return f(Z)

# %% rounded_to_four_places
# neuron_batch rounds the sums to four decimal places, so tiny numbers become 0.
# named: -
def neuron_batch(A, W, b, f):
    z = A @ W.T + b
    return f(torch.round(z, decimals=4))

# %% batch_mean_over_inputs
# neuron_batch divides the sum of products by the number of inputs.
# named: batch_mean
def neuron_batch(A, W, b, f):
    D = A.size(1)
    return f(A @ W.T / D + b)

# %% one_sample_as_a_vector
# neuron_batch sends a batch of one sample through a vector formula and returns [M] instead of [1, M].
# named: batch_squeezes_samples
def neuron_batch(A, W, b, f):
    if A.shape[0] == 1:
        return f(W @ A[0] + b)
    return f(A @ W.T + b)

# %% batch_computed_in_float32
# neuron_batch computes in NumPy float32 and then casts back, so float64 loses digits.
# named: -
import numpy as np
def neuron_batch(A, W, b, f):
    A_ = np.array(A, dtype=np.float32)
    W_ = np.array(W, dtype=np.float32)
    b_ = np.array(b, dtype=np.float32)
    return f(torch.from_numpy(A_ @ W_.T + b_).to(A.dtype))
