# %% heads_untransposed
# x W in place of x W^T for queries, keys and values.
# named: heads_inputs_untransposed
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq).reshape(N, T, heads, D // heads).transpose(1, 2)
    k = (x @ Wk).reshape(N, T, heads, D // heads).transpose(1, 2)
    v = (x @ Wv).reshape(N, T, heads, D // heads).transpose(1, 2)
    out = attention(q, k, v, mask)
    return out.transpose(1, 2).reshape(N, T, D) @ Wo.T

# %% heads_output_untransposed
# Wo without the transpose.
# like: classes
# named: heads_output_untransposed
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    d = x.shape[-1] // heads
    return torch.cat([Head(Wq, Wk, Wv, h, d)(x, mask) for h in range(heads)], dim=-1) @ Wo

# %% heads_without_output
# Wo left out.
# like: doubles_inside
# named: heads_without_output
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    z = x.double()
    q, k, v = ((z @ W.double().T).unflatten(-1, (heads, -1)).transpose(-2, -3) for W in (Wq, Wk, Wv))
    o = attention(q, k, v, mask).transpose(-2, -3).flatten(-2)
    return o.to(x.dtype)

# %% heads_view_only
# [N, T, D] seen as [N, heads, T, D / heads] without exchanging axes.
# named: heads_reshaped_there_and_back
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq.T).reshape(N, heads, T, D // heads)
    k = (x @ Wk.T).reshape(N, heads, T, D // heads)
    v = (x @ Wv.T).reshape(N, heads, T, D // heads)
    out = attention(q, k, v, mask)
    return out.reshape(N, T, D) @ Wo.T

# %% heads_not_exchanged_back
# The axes of heads and tokens are not exchanged back.
# like: residual_stream
# named: heads_merged_by_reshape
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq.T).view(N, T, heads, D // heads).transpose(1, 2)
    k = (x @ Wk.T).view(N, T, heads, D // heads).transpose(1, 2)
    v = (x @ Wv.T).view(N, T, heads, D // heads).transpose(1, 2)
    return attention(q, k, v, mask).reshape(N, T, D) @ Wo.T

# %% heads_strided
# Head h gets every heads-th column.
# like: loops
# named: heads_interleaved
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    q, k, v = x @ Wq.T, x @ Wk.T, x @ Wv.T
    out = torch.empty_like(q)
    for h in range(heads):
        out[..., h::heads] = attention(q[..., h::heads], k[..., h::heads], v[..., h::heads], mask)
    return out @ Wo.T

# %% heads_among_heads
# Attention between the heads of a token, not between tokens.
# named: heads_over_heads, heads_mask_ignored
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq.T).reshape(N, T, heads, D // heads)
    k = (x @ Wk.T).reshape(N, T, heads, D // heads)
    v = (x @ Wv.T).reshape(N, T, heads, D // heads)
    return attention(q, k, v, None).reshape(N, T, D) @ Wo.T

# %% heads_just_one
# One head, whatever heads is.
# like: no_history
# named: heads_single
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    return attention(x @ Wq.t(), x @ Wk.t(), x @ Wv.t(), mask) @ Wo.t()

# %% heads_root_of_D
# Scores divided by the root of D.
# like: numpy_where_free
# named: heads_scaled_by_width
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    a, q, k, v, o = (_np(t) for t in (x, Wq, Wk, Wv, Wo))
    D = a.shape[-1]
    d = D // heads
    Q, K, V = a @ q.T, a @ k.T, a @ v.T
    result = np.empty_like(Q)
    for h in range(heads):
        part = np.s_[..., h * d : (h + 1) * d]
        scores = Q[part] @ K[part].swapaxes(-1, -2) / np.sqrt(D).astype(Q.dtype)
        if mask is not None:
            scores = np.where(_np(mask), scores, -np.inf)
        result[part] = _np_softmax(scores) @ V[part]
    return torch.from_numpy(result @ o.T).to(x.device)

# %% heads_mask_forgotten
# The mask is not passed on.
# like: einsum
# named: heads_mask_ignored
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    D = x.shape[-1]
    q, k, v = (torch.einsum("ntd,hed->nhte", x, W.reshape(heads, D // heads, D)) for W in (Wq, Wk, Wv))
    o = attention(q, k, v)
    return torch.einsum("nhte,dhe->ntd", o, Wo.reshape(D, heads, D // heads))

# %% heads_always_causal
# The causal mask in place of the one given.
# named: heads_always_causal
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq.T).reshape(N, T, heads, D // heads).transpose(1, 2)
    k = (x @ Wk.T).reshape(N, T, heads, D // heads).transpose(1, 2)
    v = (x @ Wv.T).reshape(N, T, heads, D // heads).transpose(1, 2)
    out = attention(q, k, v, causal_mask(T).to(x.device))
    return out.transpose(1, 2).reshape(N, T, D) @ Wo.T

# %% heads_keys_and_values_exchanged
# Keys from Wv, values from Wk.
# like: large_negative_number
# named: heads_exchanged
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    qs = torch.chunk(x @ Wq.T, heads, dim=-1)
    ks = torch.chunk(x @ Wv.T, heads, dim=-1)
    vs = torch.chunk(x @ Wk.T, heads, dim=-1)
    outs = [attention(q, k, v, mask) for q, k, v in zip(qs, ks, vs, strict=True)]
    return torch.cat(outs, dim=-1) @ Wo.T

# %% heads_raw_x_split
# The columns of x are split before the matrices: W[part, part].
# like: masked_exponentials
# named: heads_of_split_x
def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    d = x.shape[-1] // heads
    outs = []
    for h in range(heads):
        r = slice(h * d, (h + 1) * d)
        outs.append(attention(x[..., r] @ Wq[r, r].T, x[..., r] @ Wk[r, r].T, x[..., r] @ Wv[r, r].T, mask))
    return torch.cat(outs, -1) @ Wo.T

# %% norm_unbiased
# x.var divides by D - 1.
# like: no_history
# named: norm_sample_variance
def layer_norm(x, g, c, eps=1e-5):
    mu = torch.mean(x, -1, keepdim=True)
    sd = torch.sqrt(torch.var(x, -1, keepdim=True) + eps)
    return g * (x - mu) / sd + c

# %% norm_epsilon_outside
# eps added to the root.
# named: norm_eps_outside
def layer_norm(x, g, c, eps=1e-5):
    mean = x.mean(dim=-1, keepdim=True)
    var = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
    return g * (x - mean) / (torch.sqrt(var) + eps) + c

# %% norm_epsilon_fixed
# eps is always 1e-5.
# like: numpy_where_free
# named: norm_fixed_eps
def layer_norm(x, g, c, eps=1e-5):
    a = _np(x)
    z = (a - a.mean(-1, keepdims=True)) / np.sqrt(a.var(-1, keepdims=True) + 1e-5)
    return torch.as_tensor(_np(g) * z + _np(c), dtype=x.dtype, device=x.device)

# %% norm_without_epsilon
# eps forgotten.
# like: mask_added
# named: norm_without_eps
def layer_norm(x, g, c, eps=1e-5):
    var, mean = torch.var_mean(x, -1, unbiased=False, keepdim=True)
    return (x - mean) / torch.sqrt(var) * g + c

# %% norm_without_shift
# c forgotten.
# like: einsum
# named: norm_without_shift
def layer_norm(x, g, c, eps=1e-5):
    z = x - x.mean(-1, keepdim=True)
    var = torch.einsum("...d,...d->...", z, z).unsqueeze(-1) / x.shape[-1]
    return z * torch.rsqrt(var + eps) * g

# %% norm_without_factor
# g forgotten.
# like: logsumexp_and_lists
# named: norm_without_gain
def layer_norm(x, g, c, eps=1e-5):
    D = x.shape[-1]
    mu = x.sum(-1, keepdim=True) / D
    sigma2 = ((x - mu) ** 2).sum(-1, keepdim=True) / D
    return (x - mu) / (sigma2 + eps).sqrt() + c

# %% norm_by_variance
# No root.
# named: norm_by_variance
def layer_norm(x, g, c, eps=1e-5):
    mean = x.mean(dim=-1, keepdim=True)
    var = x.var(dim=-1, unbiased=False, keepdim=True)
    return g * (x - mean) / (var + eps) + c

# %% norm_over_the_batch
# Mean and variance along axis 0, as in batch normalization.
# named: norm_first_axis
def layer_norm(x, g, c, eps=1e-5):
    mean = x.mean(dim=0, keepdim=True)
    var = x.var(dim=0, unbiased=False, keepdim=True)
    return g * (x - mean) / torch.sqrt(var + eps) + c

# %% norm_over_everything
# One mean and one variance for all rows.
# like: doubles_inside
# named: norm_all
def layer_norm(x, g, c, eps=1e-5):
    var, mean = torch.var_mean(x, correction=0)
    return (x - mean) / (var + eps).sqrt() * g + c

# %% norm_root_mean_square
# The mean is not subtracted: RMS normalization.
# like: large_negative_number
# named: norm_rms
def layer_norm(x, g, c, eps=1e-5):
    return x / (x.pow(2).mean(-1, keepdim=True) + eps) ** 0.5 * g + c

# %% norm_mean_kept_above
# The variance is right, but the mean is not subtracted above.
# named: norm_without_mean
def layer_norm(x, g, c, eps=1e-5):
    mean = x.mean(dim=-1, keepdim=True)
    var = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
    return g * x / torch.sqrt(var + eps) + c

# %% norm_in_place
# Centres the caller's tensor.
# like: bmm
# named: -
def layer_norm(x, g, c, eps=1e-5):
    with torch.no_grad():
        x -= x.mean(-1, keepdim=True)
    return g * x / (x.square().mean(-1, keepdim=True) + eps).sqrt() + c
