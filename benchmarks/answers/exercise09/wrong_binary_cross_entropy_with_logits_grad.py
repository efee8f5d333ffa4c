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
