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
