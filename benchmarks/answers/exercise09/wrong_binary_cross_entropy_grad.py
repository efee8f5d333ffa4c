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
