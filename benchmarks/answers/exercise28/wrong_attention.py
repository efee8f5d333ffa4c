# %% attention_not_scaled
# No division by the root of d.
# named: attention_unscaled
def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v

# %% attention_by_d
# Divided by d, not its root.
# like: loops
# named: attention_divided_by_d
def attention(q, k, v, mask=None):
    T, d = q.shape[-2:]
    outputs = []
    for t in range(T):
        s = (q[..., t : t + 1, :] * k).sum(-1) / d
        if mask is not None:
            s = torch.where(mask[..., t, :], s, torch.full_like(s, -math.inf))
        w = torch.softmax(s, -1)
        outputs.append((w.unsqueeze(-1) * v).sum(-2))
    return torch.stack(outputs, -2)

# %% attention_root_of_e
# The root of the values' size, not the keys'.
# like: einsum
# named: attention_scaled_by_values
def attention(q, k, v, mask=None):
    scores = torch.einsum("...td,...sd->...ts", q, k) * v.size(-1) ** -0.5
    if mask is not None:
        scores = torch.where(mask, scores, -torch.inf)
    return torch.einsum("...ts,...se->...te", scores.softmax(-1), v)

# %% attention_root_of_s
# The root of the number of keys.
# named: attention_scaled_by_keys
def attention(q, k, v, mask=None):
    S = k.shape[-2]
    scores = q @ k.transpose(-2, -1) / math.sqrt(S)
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v

# %% attention_softmax_over_queries
# Softmax along the queries' axis.
# like: no_history
# named: attention_over_queries
def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, dim=-2) @ v

# %% attention_softmax_axis_one
# Softmax along axis 1, as if there were always one axis before.
# named: attention_over_axis_one, attention_over_queries
def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, 1) @ v

# %% attention_mask_inverted
# Masks where the mask is true.
# like: residual_stream
# named: attention_mask_inverted
def attention(q, k, v, mask=None):
    att = (q @ k.transpose(-2, -1)) * (1.0 / math.sqrt(k.size(-1)))
    if mask is not None:
        att = att.masked_fill(mask, float("-inf"))
    att = att.softmax(dim=-1)
    return att @ v

# %% attention_mask_after_softmax
# Weights set to 0 after the softmax, without dividing again.
# like: bmm
# named: attention_mask_after
def attention(q, k, v, mask=None):
    weights = torch.softmax(q @ k.mT / math.sqrt(q.shape[-1]), dim=-1)
    if mask is not None:
        weights = weights * mask
    return weights @ v

# %% attention_masked_scores_zero
# A masked score becomes 0.
# like: mask_added
# named: attention_mask_zero
def attention(q, k, v, mask=None):
    scores = q.matmul(k.transpose(-2, -1)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores * mask
    return torch.softmax(scores, dim=-1).matmul(v)

# %% attention_mask_as_a_number
# The mask's 1 and 0 added to the scores.
# like: mask_added
# named: attention_mask_added
def attention(q, k, v, mask=None):
    bias = 0.0
    if mask is not None:
        bias = mask.to(q.dtype)
    A = torch.softmax(q.matmul(k.transpose(-2, -1)) / q.shape[-1] ** 0.5 + bias, dim=-1)
    return A.matmul(v)

# %% attention_naive_exp
# exp of the scores as they are: inf / inf.
# like: einsum
# named: attention_overflow
def attention(q, k, v, mask=None):
    scores = torch.einsum("...td,...sd->...ts", q, k) * q.size(-1) ** -0.5
    e = scores.exp()
    if mask is not None:
        e = torch.where(mask, e, 0.0)
    return torch.einsum("...ts,...se->...te", e / e.sum(-1, keepdim=True), v)

# %% attention_maximum_of_all
# The maximum over masked scores too: 0 / 0.
# like: masked_exponentials
# named: attention_mask_renormalized
def attention(q, k, v, mask=None):
    S = q @ k.mT / q.shape[-1] ** 0.5
    E = torch.exp(S - S.amax(dim=-1, keepdim=True).detach())
    if mask is not None:
        E = E.masked_fill(~mask, 0.0)
    return (E @ v) / E.sum(-1, keepdim=True)

# %% attention_weights_divided_again
# Softmax over all keys, masked, divided by the sum again: 0 / 0 where a masked score is far above.
# like: numpy_where_free
# named: attention_mask_renormalized
def attention(q, k, v, mask=None):
    A = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1]), -1)
    if mask is not None:
        A = A * mask
        A = A / A.sum(-1, keepdim=True)
    return A @ v

# %% attention_minus_thousand
# A masked score becomes -1000, and not lower.
# like: large_negative_number
# named: attention_mask_high
def attention(q, k, v, mask=None):
    d = q.shape[-1]
    scores = torch.matmul(q, k.swapaxes(-1, -2)) / d**0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, -1e3)
    return torch.softmax(scores, -1) @ v

# %% attention_one_maximum
# One maximum for all rows.
# like: einsum
# named: attention_one_maximum
def attention(q, k, v, mask=None):
    scores = torch.einsum("...td,...sd->...ts", q, k) * q.size(-1) ** -0.5
    if mask is not None:
        scores = torch.where(mask, scores, -torch.inf)
    if scores.numel():
        scores = scores - scores.max()
    e = scores.exp()
    return torch.einsum("...ts,...se->...te", e / e.sum(-1, keepdim=True), v)

# %% attention_epsilon
# A small number in the denominator.
# like: masked_exponentials
# named: attention_epsilon
def attention(q, k, v, mask=None):
    S = q @ k.mT / q.shape[-1] ** 0.5
    if mask is not None:
        S = S.masked_fill(~mask, -float("inf"))
    E = torch.exp(S - S.amax(dim=-1, keepdim=True))
    return (E @ v) / (E.sum(-1, keepdim=True) + 1e-8)

# %% attention_through_numpy
# Right numbers without a gradient.
# like: numpy_where_free
# named: -
def attention(q, k, v, mask=None):
    s = _np(q) @ _np(k).swapaxes(-1, -2) / np.sqrt(q.shape[-1])
    if mask is not None:
        s = np.where(_np(mask), s, -np.inf)
    return torch.from_numpy(_np_softmax(s) @ _np(v)).to(q.dtype).to(q.device)

# %% attention_changes_queries
# Divides the caller's queries in place.
# like: logsumexp_and_lists
# named: -
def attention(q, k, v, mask=None):
    with torch.no_grad():
        q /= q.shape[-1] ** 0.5
    scores = q @ k.transpose(-1, -2)
    if mask is not None:
        scores = scores.masked_fill(mask.logical_not(), -torch.inf)
    return torch.softmax(scores, -1) @ v

# %% attention_three_axes
# bmm and transpose(1, 2): fails unless there is one axis before.
# like: bmm
# named: -
def attention(q, k, v, mask=None):
    scores = torch.bmm(q, k.transpose(1, 2)) / math.sqrt(q.size(2))
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.bmm(scores.softmax(dim=2), v)

# %% attention_queries_scaled_to_length_one
# The cosine of query and key.
# named: -
def attention(q, k, v, mask=None):
    q = q / q.norm(dim=-1, keepdim=True)
    k = k / k.norm(dim=-1, keepdim=True)
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v

# %% attention_always_causal
# Causal where no mask is given.
# like: no_history
# named: attention_always_causal
def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is None:
        mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=q.device).tril()
    scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v

# %% attention_mask_transposed
# The mask with its axes exchanged.
# like: loops
# named: attention_mask_transposed
def attention(q, k, v, mask=None):
    scores = torch.matmul(q, k.transpose(-1, -2)) / q.shape[-1] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask.transpose(-1, -2), -math.inf)
    return torch.softmax(scores, -1) @ v

# %% mask_without_itself
# Only the tokens before.
# named: mask_strict
def causal_mask(T):
    return torch.tril(torch.ones(T, T, dtype=torch.bool), diagonal=-1)

# %% mask_upper
# The transposed mask.
# like: residual_stream
# named: mask_upper
def causal_mask(T):
    return torch.triu(torch.ones(T, T, dtype=torch.bool))

# %% mask_true_means_masked
# True where the query may not attend.
# like: einsum
# named: mask_inverted
def causal_mask(T):
    i = torch.arange(T)
    return i[None, :] > i[:, None]

# %% mask_float
# Ones and zeros as floats.
# named: -
def causal_mask(T):
    return torch.tril(torch.ones(T, T))

# %% mask_minus_infinity
# 0 and -inf, to be added.
# like: mask_added
# named: -
def causal_mask(T):
    return torch.full((T, T), float("-inf")).triu(1)

# %% mask_one_too_far
# Each token also sees the next one.
# like: loops
# named: mask_one_further
def causal_mask(T):
    mask = torch.zeros(T, T, dtype=torch.bool)
    for t in range(T):
        for s in range(min(t + 2, T)):
            mask[t, s] = True
    return mask
