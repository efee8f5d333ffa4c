# %% mse_adds_up
# mse returns the sum of the squared differences in place of their mean.
# named: mse_sum
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    diff = pred - y
    return (diff * diff).sum()


# %% mse_with_one_half
# mse has a factor 1/2 that the formula does not have.
# named: mse_half
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shapes")
    return 0.5 * torch.mean((y - pred) ** 2)


# %% mse_broadcasts
# mse does not check the shapes, so (N, 1) and (N,) give N x N differences and no ValueError.
# named: mse_broadcasts
def mse(pred, y):
    return torch.mean((pred - y) ** 2)


# %% mse_asserts_the_shape
# mse checks the shapes with assert, which raises an AssertionError and not a ValueError.
# named: -
def mse(pred, y):
    assert pred.shape == y.shape, "pred and y must have the same shape"
    return ((pred - y) ** 2).mean()


# %% mse_compares_only_numel
# mse compares only the numbers of elements, so there is no ValueError for (N, 1) and (N,) or for (2, 3) and (3, 2).
# named: mse_reshapes
def mse(pred, y):
    if pred.numel() != y.numel():
        raise ValueError("not the same size")
    return ((pred.flatten() - y.flatten()) ** 2).mean()


# %% mse_compares_only_ndim
# mse compares only the numbers of axes, so (3,) with (1,) or (3, 1) with (3, 3) broadcasts without a ValueError.
# named: -
def mse(pred, y):
    if pred.dim() != y.dim():
        raise ValueError(f"{pred.dim()} axes and {y.dim()} axes")
    return (pred - y).pow(2).mean()


# %% mse_is_a_float
# mse returns a Python float and not a 0-d tensor.
# named: -
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("mse needs equal shapes")
    return ((pred - y) ** 2).mean().item()


# %% mse_float32_result
# mse builds its result from a Python number without the dtype, so that it is float32 for float64 inputs.
# named: -
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("mse needs equal shapes")
    total = 0.0
    for a, b in zip(pred.flatten().tolist(), y.flatten().tolist()):
        total += (a - b) ** 2
    return torch.tensor(total / pred.numel())


# %% mse_absolute
# mse returns the mean of the absolute differences; they are not squared.
# named: mse_absolute
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (pred - y).abs().mean()


# %% mse_with_root
# mse takes the root of the mean square: it returns the RMSE.
# named: mse_root
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return torch.sqrt(((pred - y) ** 2).mean())


# %% mse_square_of_mean
# mse squares the mean of the differences, where the mean of the squares is asked.
# named: mse_square_of_mean
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (pred - y).mean() ** 2


# %% mse_changes_pred
# mse subtracts y from pred in place, so that the caller's predictions are changed.
# named: -
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    pred -= y
    return (pred ** 2).mean()


# %% mse_over_rows
# mse divides by the number of rows and not by the number of elements: wrong from two axes on, and 0-d inputs fail.
# named: mse_over_rows
def mse(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    n = pred.shape[0]
    return ((pred - y) ** 2).sum() / n


# %% mse_grad_without_two
# mse_grad lacks the factor 2 of the derivative of the square.
# named: mse_grad_without_two
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (pred - y) / pred.numel()


# %% mse_grad_of_the_sum
# mse_grad is not divided by the number of elements.
# named: mse_grad_of_sum
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return 2 * (pred - y)


# %% mse_grad_downhill
# mse_grad has the wrong sign: it is the direction of descent, 2 (y - pred) / n.
# named: mse_grad_sign
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    n = pred.numel()
    return 2 * (y - pred) / n


# %% mse_grad_no_shape_check
# mse_grad does not check the shapes: for (N, 1) and (N,) it returns an N x N matrix and raises no ValueError.
# named: mse_grad_broadcasts
def mse_grad(pred, y):
    error = pred - y
    return error * 2.0 / pred.numel()


# %% mse_grad_per_batch_row
# mse_grad divides by the number of rows, which is wrong from two axes on (and fails for 0-d inputs).
# named: mse_grad_over_rows
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return 2 / max(len(pred), 1) * (pred - y)


# %% mse_grad_averaged
# mse_grad returns one number, the mean of all slopes, and not one slope for each element.
# named: mse_grad_one_number
def mse_grad(pred, y):
    if pred.shape != y.shape:
        raise ValueError("shape")
    return (2 * (pred - y)).mean()


# %% bce_only_first_term
# binary_cross_entropy leaves the second term (1 - y) log(1 - p) out.
# named: binary_one_term
def binary_cross_entropy(p, y):
    log_p = torch.clamp(torch.log(p), min=-100)
    return -(y * log_p).mean()


# %% bce_without_minus
# binary_cross_entropy lacks the minus sign, so that it is negative.
# named: binary_sign
def binary_cross_entropy(p, y):
    a = torch.log(p).clamp(min=-100)
    b = torch.log(1 - p).clamp(min=-100)
    return (y * a + (1 - y) * b).mean()


# %% bce_summed
# binary_cross_entropy is the sum over the samples and not the mean.
# named: binary_sum
def binary_cross_entropy(p, y):
    a = torch.log(p).clamp(min=-100)
    b = torch.log1p(-p).clamp(min=-100)
    return -torch.sum(y * a + (1 - y) * b)


# %% bce_no_bound
# binary_cross_entropy has no bound on the logarithms: probabilities of 0 and 1 give nan or inf, small ones less than -100.
# named: binary_without_bound
def binary_cross_entropy(p, y):
    return -(y * torch.log(p) + (1 - y) * torch.log(1 - p)).mean()


# %% bce_probabilities_clamped
# binary_cross_entropy keeps p between 1e-7 and 1 - 1e-7, where the logarithm is asked to have the bound -100.
# named: binary_clamped
def binary_cross_entropy(p, y):
    eps = 1e-7
    q = torch.clamp(p, eps, 1 - eps)
    return torch.mean(-y * torch.log(q) - (1 - y) * torch.log(1 - q))


# %% bce_eps_added
# binary_cross_entropy adds 1e-8 inside both logarithms, which changes all values a little and puts the bound at -18.4.
# named: binary_epsilon_larger, binary_epsilon
def binary_cross_entropy(p, y):
    eps = 1e-8
    return -(y * torch.log(p + eps) + (1 - y) * torch.log(1 - p + eps)).mean()


# %% bce_bound_after_product
# binary_cross_entropy bounds each product at -100 and not each logarithm: label 0.3 at p = 0 counts 100 for 30, and 0 * -inf is nan.
# named: binary_bounds_the_products, binary_bounds_the_loss
def binary_cross_entropy(p, y):
    first = (y * p.log()).clamp(min=-100)
    second = ((1 - y) * (1 - p).log()).clamp(min=-100)
    return -(first + second).mean()


# %% bce_bound_on_log_p_only
# binary_cross_entropy bounds only log p; for p = 1 the logarithm of 1 - p stays -inf.
# named: missing
def binary_cross_entropy(p, y):
    log_p = torch.log(p).clamp(min=-100)
    return -(y * log_p + (1 - y) * torch.log(1 - p)).mean()


# %% bce_hard_labels
# binary_cross_entropy rounds the labels to 0 or 1, so a label in between counts with only one of the two logarithms.
# named: binary_hard_labels
def binary_cross_entropy(p, y):
    losses = []
    for prob, label in zip(p, y):
        if label > 0.5:
            losses.append(-torch.log(prob).clamp(min=-100))
        else:
            losses.append(-torch.log1p(-prob).clamp(min=-100))
    return torch.stack(losses).mean()


# %% bce_log_base_two
# binary_cross_entropy takes the logarithm to base 2.
# named: -
def binary_cross_entropy(p, y):
    a = torch.log2(p).clamp(min=-100)
    b = torch.log2(1 - p).clamp(min=-100)
    return -(y * a + (1 - y) * b).mean()


# %% bce_bound_as_probability
# binary_cross_entropy clamps the probability at e**-100, a number that float32 holds only roughly, so the bound is -99.98 there.
# named: -
def binary_cross_entropy(p, y):
    tiny = float(torch.exp(torch.tensor(-100.0, dtype=torch.float64)))
    return -(y * torch.log(p.clamp(min=tiny)) + (1 - y) * torch.log((1 - p).clamp(min=tiny))).mean()


# %% bce_labels_swapped
# binary_cross_entropy gives the weight y to log(1 - p) and 1 - y to log p.
# named: binary_labels_exchanged
def binary_cross_entropy(p, y):
    log_p = torch.log(p).clamp(min=-100)
    log_not_p = torch.log(1 - p).clamp(min=-100)
    return -((1 - y) * log_p + y * log_not_p).mean()


# %% bce_grad_of_the_sum
# binary_cross_entropy_grad is not divided by N.
# named: binary_grad_of_sum
def binary_cross_entropy_grad(p, y):
    return (p - y) / (p * (1 - p))


# %% bce_grad_is_p_minus_y
# binary_cross_entropy_grad returns (p - y) / N, which is the gradient for logits: the division by p (1 - p) is missing.
# named: binary_grad_by_logits
def binary_cross_entropy_grad(p, y):
    return (p - y) / len(p)


# %% bce_grad_sign
# binary_cross_entropy_grad has the wrong sign.
# named: binary_grad_sign
def binary_cross_entropy_grad(p, y):
    n = p.numel()
    return (y / p - (1 - y) / (1 - p)) / n


# %% bce_grad_first_term_only
# binary_cross_entropy_grad is -y / p / N: the derivative of the second term is missing, so samples with y = 0 get 0.
# named: binary_grad_one_term
def binary_cross_entropy_grad(p, y):
    return -y / p / p.shape[0]


# %% bce_grad_inner_derivative
# binary_cross_entropy_grad forgets the inner derivative -1 of 1 - p, so that the second term has the wrong sign.
# named: binary_grad_inner_derivative
def binary_cross_entropy_grad(p, y):
    dlog_p = 1 / p
    dlog_q = 1 / (1 - p)
    return -(y * dlog_p + (1 - y) * dlog_q) / p.shape[0]


# %% logits_loss_through_p
# binary_cross_entropy_with_logits goes through the probability and the bounded loss: large logits cost what a rounded p costs, at most 100.
# named: logits_through_the_sigmoid
def binary_cross_entropy_with_logits(z, y):
    return binary_cross_entropy(torch.sigmoid(z), y)


# %% logits_loss_overflows
# binary_cross_entropy_with_logits uses log(1 + exp(-z)) for both signs of z, inf for z below about -710 (-88 in float32).
# named: logits_overflow, missing
def binary_cross_entropy_with_logits(z, y):
    return ((1 - y) * z + torch.log(1 + torch.exp(-z))).mean()


# %% logits_loss_two_sigmoids
# binary_cross_entropy_with_logits applies the sigmoid twice: it treats sigmoid(z) as if it were the logit.
# named: logits_sigmoid_twice
def binary_cross_entropy_with_logits(z, y):
    z = torch.sigmoid(z)
    losses = torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))
    return losses.mean()


# %% logits_loss_product_sign
# binary_cross_entropy_with_logits adds z * y where it must be subtracted.
# named: logits_sign_of_the_label, logits_sign_of_the_product
def binary_cross_entropy_with_logits(z, y):
    return (z.clamp(min=0) + z * y + torch.log1p(torch.exp(-z.abs()))).mean()


# %% logits_loss_without_max
# binary_cross_entropy_with_logits lacks the term max(z, 0), so that it is wrong by z for positive logits.
# named: logits_without_max
def binary_cross_entropy_with_logits(z, y):
    return (torch.log1p(torch.exp(-torch.abs(z))) - z * y).mean()


# %% logits_loss_plus_minus_one
# binary_cross_entropy_with_logits uses the formula for labels -1 and 1 with 2 y - 1, which is wrong for labels in between.
# named: logits_hard_labels
def binary_cross_entropy_with_logits(z, y):
    margin = (2 * y - 1) * z
    return (torch.relu(-margin) + torch.log1p(torch.exp(-margin.abs()))).mean()


# %% logits_loss_clipped
# binary_cross_entropy_with_logits clips the logits to -30 ... 30 against the overflow, so larger ones cost too little.
# named: logits_clamped_early, logits_clamped, logits_clamped_later
def binary_cross_entropy_with_logits(z, y):
    s = torch.clamp(z, -30, 30)
    return (torch.log(1 + torch.exp(s)) - s * y).mean()


# %% logits_loss_summed
# binary_cross_entropy_with_logits is the sum over the samples and not the mean.
# named: logits_sum
def binary_cross_entropy_with_logits(z, y):
    total = z.new_zeros(())
    for a, t in zip(z, y):
        total = total + a.clamp(min=0) - a * t + torch.log1p(torch.exp(-a.abs()))
    return total


# %% logits_loss_marks_z
# binary_cross_entropy_with_logits turns requires_grad on for the caller's z, so z is marked afterwards and the loss has a history.
# named: -
def binary_cross_entropy_with_logits(z, y):
    z.requires_grad_(True)
    return (torch.relu(z) - z * y + torch.log1p(torch.exp(-z.abs()))).mean()


# %% logits_grad_like_squared_error
# binary_cross_entropy_with_logits_grad has an extra factor p (1 - p), as for the squared error of a sigmoid.
# named: logits_grad_extra_factor
def binary_cross_entropy_with_logits_grad(z, y):
    p = torch.sigmoid(z)
    return (p - y) * p * (1 - p) / z.numel()


# %% logits_grad_of_the_sum
# binary_cross_entropy_with_logits_grad is not divided by N.
# named: logits_grad_of_sum
def binary_cross_entropy_with_logits_grad(z, y):
    return torch.sigmoid(z) - y


# %% logits_grad_to_p
# binary_cross_entropy_with_logits_grad returns the gradient to p and not to z: the factor p (1 - p) of the chain rule is missing.
# named: logits_grad_by_p
def binary_cross_entropy_with_logits_grad(z, y):
    p = torch.sigmoid(z)
    return (p - y) / (p * (1 - p)) / len(z)


# %% logits_grad_chain_rule_nan
# binary_cross_entropy_with_logits_grad multiplies the gradient to p with p (1 - p): for large logits that is 0 / 0 or inf * 0, nan.
# named: logits_grad_by_chain_rule
def binary_cross_entropy_with_logits_grad(z, y):
    p = torch.sigmoid(z)
    return binary_cross_entropy_grad(p, y) * p * (1 - p)


# %% logits_grad_own_sigmoid
# binary_cross_entropy_with_logits_grad writes the sigmoid as exp(z) / (1 + exp(z)), which is inf / inf = nan for large positive logits.
# named: logits_grad_overflow
def binary_cross_entropy_with_logits_grad(z, y):
    e = torch.exp(z)
    return (e / (1 + e) - y) / z.shape[0]


# %% logits_grad_forgets_sigmoid
# binary_cross_entropy_with_logits_grad subtracts the label from the logit itself; the sigmoid is missing.
# named: logits_grad_without_sigmoid
def binary_cross_entropy_with_logits_grad(z, y):
    return (z - y) / z.shape[0]


# %% logits_grad_shared_buffer
# binary_cross_entropy_with_logits_grad writes into one buffer for each size and returns it, so the next call overwrites the last result.
# named: -
buffers = {}


def binary_cross_entropy_with_logits_grad(z, y):
    key = (z.shape, z.dtype)
    if key not in buffers:
        buffers[key] = torch.empty(z.shape, dtype=z.dtype)
    out = buffers[key]
    out.copy_(torch.sigmoid(z)).sub_(y).div_(z.numel())
    return out


# %% softmax_without_max
# softmax does not subtract the maximum, so that large logits give inf / inf = nan and very negative ones 0 / 0.
# named: softmax_overflow
def softmax(z):
    e = torch.exp(z)
    return e / e.sum(dim=-1, keepdim=True)


# %% softmax_first_axis
# softmax adds up along the first axis (the batch) and not along the last.
# named: softmax_batch_axis
def softmax(z):
    e = torch.exp(z - z.amax(dim=0, keepdim=True))
    return e / e.sum(dim=0, keepdim=True)


# %% softmax_axis_one
# softmax works along axis 1, which is the last one only for matrices; 1-d inputs fail and 3-d ones are normalised over the wrong axis.
# named: softmax_axis_one
def softmax(z):
    z = z - z.max(dim=1, keepdim=True).values
    e = torch.exp(z)
    return e / e.sum(dim=1, keepdim=True)


# %% softmax_over_everything
# softmax divides by the sum over all elements, so that only the whole tensor adds up to 1, not each row.
# named: softmax_whole_sum, softmax_whole_array
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.sum()


# %% softmax_global_max
# softmax subtracts the largest logit of the whole tensor; rows far below it underflow to 0 / 0, and a tensor with no rows fails.
# named: softmax_global_maximum
def softmax(z):
    e = torch.exp(z - z.max())
    return e / e.sum(dim=-1, keepdim=True)


# %% softmax_abs_max
# softmax subtracts the largest absolute value, which makes rows of very negative logits underflow to 0 / 0.
# named: softmax_absolute_maximum
def softmax(z):
    e = torch.exp(z - z.abs().amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)


# %% softmax_changes_z
# softmax subtracts the maximum in place, so that the caller's logits are changed.
# named: softmax_changes_z
def softmax(z):
    z -= z.amax(dim=-1, keepdim=True)
    e = torch.exp(z)
    return e / e.sum(dim=-1, keepdim=True)


# %% softmax_euclidean
# softmax divides by the root of the sum of squares (the L2 norm) and not by the sum.
# named: softmax_euclidean
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.norm(dim=-1, keepdim=True)


# %% softmax_with_eps
# softmax adds 1e-6 to the denominator, so that rows do not add up to 1.
# named: missing
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / (e.sum(dim=-1, keepdim=True) + 1e-6)


# %% softmax_float32
# softmax computes in float32, so float64 logits get a float32 result.
# named: -
def softmax(z):
    z = z.float()
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)


# %% softmax_view
# softmax flattens with view, which raises a RuntimeError for non-contiguous logits.
# named: -
def softmax(z):
    n_classes = z.shape[-1]
    flat = z.view(-1)
    out = torch.empty(flat.shape, dtype=z.dtype)
    for start in range(0, len(flat), n_classes):
        row = flat[start : start + n_classes]
        e = torch.exp(row - row.max())
        out[start : start + n_classes] = e / e.sum()
    return out.reshape(z.shape)


# %% softmax_cached
# softmax is kept in an lru_cache, which knows tensors by identity: it returns the same tensor again, an old one if z was changed in place.
# named: -
import functools


@functools.lru_cache(maxsize=None)
def softmax(z):
    e = torch.exp(z - z.amax(dim=-1, keepdim=True))
    return e / e.sum(dim=-1, keepdim=True)


# %% softmax_matrices_only
# softmax takes each z[i] for one row, which holds for matrices only: a 1-d input gives ones, a 3-d one is normalised over whole matrices.
# named: softmax_matrices_only
def softmax(z):
    out = torch.zeros_like(z)
    for i in range(z.shape[0]):
        e = torch.exp(z[i] - z[i].max())
        out[i] = e / e.sum()
    return out


# %% log_softmax_of_probability
# log_softmax takes the logarithm of the softmax: -inf where a probability underflows to 0.
# named: log_softmax_of_probabilities
def log_softmax(z):
    return torch.log(softmax(z))


# %% log_softmax_bounded
# log_softmax keeps the probability above 1e-12 before the logarithm, so no value is below -27.6; there should be no bound.
# named: log_softmax_clamped
def log_softmax(z):
    return softmax(z).clamp(min=1e-12).log()


# %% log_softmax_max_lost
# log_softmax subtracts the maximum inside the exponentials but not from z outside, so it is too large by the row's maximum.
# named: log_softmax_maximum_lost
def log_softmax(z):
    m = z.amax(dim=-1, keepdim=True)
    return z - torch.log(torch.exp(z - m).sum(dim=-1, keepdim=True))


# %% log_softmax_overflows
# log_softmax does not subtract the maximum: the sum of exponentials is inf for large logits and 0 for very negative ones.
# named: log_softmax_overflow
def log_softmax(z):
    return z - torch.exp(z).sum(dim=-1, keepdim=True).log()


# %% log_softmax_negated
# log_softmax has the wrong sign: it returns the logarithm of the sum minus z.
# named: cross_entropy_sign
def log_softmax(z):
    s = z - z.amax(dim=-1, keepdim=True)
    return torch.log(torch.exp(s).sum(dim=-1, keepdim=True)) - s


# %% log_softmax_divides
# log_softmax divides by the logarithm of the sum where it must subtract it.
# named: log_softmax_quotient
def log_softmax(z):
    s = z - z.amax(dim=-1, keepdim=True)
    return s / torch.log(torch.exp(s).sum(dim=-1, keepdim=True))


# %% log_softmax_no_keepdim
# log_softmax sums without keepdim: right for 1-d inputs, silently wrong for square ones, an error for N != C.
# named: log_softmax_sum_without_keepdim
def log_softmax(z):
    s = z - z.amax(dim=-1, keepdim=True)
    log_total = torch.log(torch.exp(s).sum(dim=-1))
    return s - log_total


# %% log_softmax_has_history
# log_softmax turns requires_grad on for a copy of z, so the result has a history though the input has none.
# named: -
def log_softmax(z):
    s = z.detach().clone().requires_grad_(True)
    s = s - s.amax(dim=-1, keepdim=True)
    return s - s.exp().sum(dim=-1, keepdim=True).log()


# %% softmax_vjp_diagonal
# softmax_vjp uses only the diagonal p (1 - p) of the Jacobian, as if the softmax worked element by element.
# named: softmax_vjp_diagonal
def softmax_vjp(z, v):
    p = softmax(z)
    return v * p * (1 - p)


# %% softmax_vjp_whole_sum
# softmax_vjp subtracts the sum of p v over all rows, where each row has its own sum.
# named: softmax_vjp_whole_sum
def softmax_vjp(z, v):
    p = softmax(z)
    return p * (v - torch.sum(p * v))


# %% softmax_vjp_plain_sum
# softmax_vjp subtracts the sum of v without the weights p.
# named: softmax_vjp_sum_without_p
def softmax_vjp(z, v):
    p = softmax(z)
    return p * (v - v.sum(dim=-1, keepdim=True))


# %% softmax_vjp_sign
# softmax_vjp has the wrong sign.
# named: softmax_vjp_negated
def softmax_vjp(z, v):
    p = softmax(z)
    weighted = (v * p).sum(dim=-1, keepdim=True)
    return p * weighted - p * v


# %% softmax_vjp_z_is_p
# softmax_vjp takes z for the probabilities; the softmax of z is not computed.
# named: softmax_vjp_of_logits
def softmax_vjp(z, v):
    return z * (v - (z * v).sum(dim=-1, keepdim=True))


# %% softmax_vjp_outer_factor
# softmax_vjp lacks the factor p in front of the bracket.
# named: softmax_vjp_without_factor
def softmax_vjp(z, v):
    p = softmax(z)
    return v - (p * v).sum(dim=-1, keepdim=True)


# %% softmax_vjp_mean
# softmax_vjp takes the mean of p v over the classes in place of the sum.
# named: -
def softmax_vjp(z, v):
    p = softmax(z)
    return p * (v - (p * v).mean(dim=-1, keepdim=True))


# %% softmax_vjp_jacobian_sign
# softmax_vjp builds a Jacobian with plus p_i p_j beside the diagonal, where it is minus.
# named: -
def softmax_vjp(z, v):
    p = softmax(z)
    outer = p.unsqueeze(-1) * p.unsqueeze(-2)
    diagonal = torch.diag_embed(p * (1 - p))
    off = outer - torch.diag_embed(p * p)
    return ((diagonal + off) * v.unsqueeze(-1)).sum(dim=-2)


# %% softmax_vjp_vectors_only
# softmax_vjp builds the Jacobian with torch.diag and torch.outer, so that it works for 1-d inputs only.
# named: -
def softmax_vjp(z, v):
    p = softmax(z)
    J = torch.diag(p) - torch.outer(p, p)
    return v @ J


# %% log_softmax_vjp_jv
# log_softmax_vjp returns J v, which is v - sum(p v), and not v^T J: this Jacobian is not symmetric.
# named: log_softmax_vjp_transposed
def log_softmax_vjp(z, v):
    p = softmax(z)
    return v - (p * v).sum(dim=-1, keepdim=True)


# %% log_softmax_vjp_diagonal
# log_softmax_vjp uses only the diagonal 1 - p of the Jacobian.
# named: log_softmax_vjp_elementwise
def log_softmax_vjp(z, v):
    return v * (1 - softmax(z))


# %% log_softmax_vjp_sum_is_one
# log_softmax_vjp subtracts p itself, as if v always added up to 1.
# named: log_softmax_vjp_sum_of_one
def log_softmax_vjp(z, v):
    return v - softmax(z)


# %% log_softmax_vjp_whole_sum
# log_softmax_vjp uses the sum of v over all rows, where each row has its own sum.
# named: log_softmax_vjp_whole_sum
def log_softmax_vjp(z, v):
    return v - softmax(z) * v.sum()


# %% log_softmax_vjp_changes_v
# log_softmax_vjp subtracts in place, so that the caller's v is changed (and returned).
# named: -
def log_softmax_vjp(z, v):
    p = softmax(z)
    v -= p * v.sum(dim=-1, keepdim=True)
    return v


# %% log_softmax_vjp_through_p
# log_softmax_vjp goes through the softmax with v / p, which is inf * 0 or nan where a probability underflows to 0.
# named: log_softmax_vjp_divides
def log_softmax_vjp(z, v):
    return softmax_vjp(z, v / softmax(z))


# %% log_softmax_vjp_plus
# log_softmax_vjp adds p times the sum of v where it must be subtracted.
# named: log_softmax_vjp_sign
def log_softmax_vjp(z, v):
    return v + softmax(z) * torch.sum(v, dim=-1, keepdim=True)


# %% ce_log_of_softmax
# cross_entropy takes the logarithm of the softmax: inf where the right class's probability underflows to 0.
# named: log_softmax_of_probabilities
def cross_entropy(z, y):
    p = softmax(z)
    right = p[torch.arange(len(y)), y]
    return -torch.log(right).mean()


# %% ce_log_with_eps
# cross_entropy adds 1e-9 to the probability before the logarithm: no row can cost more than 20.7, and all values change a little.
# named: missing
def cross_entropy(z, y):
    p = softmax(z).gather(1, y.unsqueeze(1))
    return -(p + 1e-9).log().mean()


# %% ce_summed
# cross_entropy is the sum over the rows and not the mean.
# named: cross_entropy_sum
def cross_entropy(z, y):
    loss = z.new_zeros(())
    log_p = log_softmax(z)
    for i in range(len(y)):
        loss = loss - log_p[i, y[i]]
    return loss


# %% ce_softmax_twice
# cross_entropy applies the softmax to the logits before log_softmax does it a second time.
# named: cross_entropy_twice
def cross_entropy(z, y):
    p = softmax(z)
    return -log_softmax(p)[torch.arange(len(y)), y].mean()


# %% ce_every_pair
# cross_entropy indexes with [:, y], which picks N x N values: each row with the classes of all rows.
# named: cross_entropy_all_columns
def cross_entropy(z, y):
    return -log_softmax(z)[:, y].mean()


# %% ce_of_probabilities
# cross_entropy averages minus the probability of the right class; the logarithm is missing.
# named: cross_entropy_without_log
def cross_entropy(z, y):
    return -softmax(z).gather(1, y.view(-1, 1)).mean()


# %% ce_mean_over_classes
# cross_entropy averages the one-hot products over all N * C entries, so that the loss is too small by C.
# named: cross_entropy_over_everything
def cross_entropy(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1])
    return -(hot * log_softmax(z)).mean()


# %% ce_without_minus
# cross_entropy lacks the minus sign.
# named: cross_entropy_sign
def cross_entropy(z, y):
    log_p = log_softmax(z)
    return log_p[range(len(y)), y.tolist()].mean()


# %% ce_index_swapped
# cross_entropy swaps the two indices: it takes row y and column n, silently for N = C.
# named: cross_entropy_indices_exchanged
def cross_entropy(z, y):
    log_p = log_softmax(z)
    return -log_p[y, torch.arange(len(y))].mean()


# %% ce_float32_number
# cross_entropy builds its result from Python numbers without the dtype, so that it is float32 for float64 logits.
# named: -
def cross_entropy(z, y):
    log_p = log_softmax(z).tolist()
    losses = [-row[c] for row, c in zip(log_p, y.tolist())]
    return torch.tensor(sum(losses) / len(losses))


# %% ce_changes_labels
# cross_entropy unsqueezes y in place, so that the caller's labels have the shape (N, 1) afterwards.
# named: -
def cross_entropy(z, y):
    n = len(y)
    return -log_softmax(z).gather(1, y.unsqueeze_(1)).sum() / n


# %% ce_grad_of_the_sum
# cross_entropy_grad is not divided by N.
# named: cross_entropy_grad_of_sum
def cross_entropy_grad(z, y):
    p = softmax(z)
    p[torch.arange(len(y)), y] -= 1
    return p


# %% ce_grad_over_all_entries
# cross_entropy_grad divides by N * C, the number of logits, and not by N.
# named: cross_entropy_grad_over_everything
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1]).to(z.dtype)
    return (softmax(z) - hot) / z.numel()


# %% ce_grad_sign
# cross_entropy_grad has the wrong sign, one-hot minus p.
# named: cross_entropy_grad_sign
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1])
    return (hot - softmax(z)) / len(y)


# %% ce_grad_guesses_classes
# cross_entropy_grad lets one_hot guess the number of classes from the largest label, which is wrong if the last class does not occur.
# named: -
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y)
    return (softmax(z) - hot) / len(y)


# %% ce_grad_every_row
# cross_entropy_grad subtracts 1 at [:, y]: in every row at the classes of all rows, not in each row at its own.
# named: cross_entropy_grad_all_columns
def cross_entropy_grad(z, y):
    p = softmax(z)
    p[:, y] -= 1
    return p / z.shape[0]


# %% ce_grad_right_class_only
# cross_entropy_grad is zero for all wrong classes; only the right class gets p - 1.
# named: cross_entropy_grad_right_class_only
def cross_entropy_grad(z, y):
    p = softmax(z)
    g = torch.zeros_like(z)
    for i, c in enumerate(y):
        g[i, c] = (p[i, c] - 1) / len(y)
    return g


# %% ce_grad_forgets_labels
# cross_entropy_grad returns p / N; the one-hot labels are not subtracted.
# named: cross_entropy_grad_without_labels
def cross_entropy_grad(z, y):
    return softmax(z) / y.shape[0]


# %% ce_grad_of_logits
# cross_entropy_grad subtracts the one-hot labels from the logits; the softmax is missing.
# named: cross_entropy_grad_of_logits
def cross_entropy_grad(z, y):
    g = z.clone()
    g[torch.arange(len(y)), y] -= 1
    return g / len(y)


# %% ce_grad_changes_z
# cross_entropy_grad computes the softmax in the memory of z, so that the caller's logits are overwritten.
# named: -
def cross_entropy_grad(z, y):
    z.sub_(z.max(dim=1, keepdim=True).values).exp_()
    z.div_(z.sum(dim=1, keepdim=True))
    z[torch.arange(len(y)), y] -= 1
    return z / len(y)


# %% ce_grad_squared_error
# cross_entropy_grad is the gradient of a squared error of the probabilities: (p - one-hot) goes through softmax_vjp once more.
# named: -
def cross_entropy_grad(z, y):
    hot = torch.nn.functional.one_hot(y, z.shape[1]).to(z.dtype)
    return softmax_vjp(z, softmax(z) - hot) / len(y)
