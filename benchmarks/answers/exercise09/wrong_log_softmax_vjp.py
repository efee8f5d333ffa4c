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
