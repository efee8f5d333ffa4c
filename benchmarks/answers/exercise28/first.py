# %% unscaled_and_untransposed
# 1 attention: no root of d; 2 multi_head: x W without the transpose; 3 layer_norm: unbiased variance.
# named: attention_unscaled, heads_untransposed, norm_sample_variance
def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1)
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq).view(N, T, heads, -1).transpose(1, 2)
    k = (x @ Wk).view(N, T, heads, -1).transpose(1, 2)
    v = (x @ Wv).view(N, T, heads, -1).transpose(1, 2)
    out = attention(q, k, v, mask).transpose(1, 2).reshape(N, T, D)
    return out @ Wo


def layer_norm(x, g, c, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    var = x.var(-1, keepdim=True)
    return g * (x - mean) / torch.sqrt(var + eps) + c

# %% masks_the_wrong_way
# 1 causal_mask: true above the diagonal; 2 attention masks where it is true; 3 gpt_block: tanh gelu.
# named: mask_inverted, attention_mask_inverted, block_tanh_gelu
def causal_mask(T):
    return torch.triu(torch.ones(T, T), diagonal=1).bool()


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(mask, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v


def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    h = 0.5 * h * (1 + torch.tanh(math.sqrt(2 / math.pi) * (h + 0.044715 * h**3)))
    return a + h @ p["W2"].T + p["d2"]

# %% reshapes
# 1 attention for three axes only; 2 multi_head views without exchanging axes; 3 generate: the order of the k largest.
# named: heads_reshaped_there_and_back, generate_sorted, generate_top_k_sorted
def attention(q, k, v, mask=None):
    scores = torch.bmm(q, k.transpose(1, 2)) / q.shape[2] ** 0.5
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.bmm(torch.softmax(scores, dim=2), v)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq.T).reshape(N * heads, T, D // heads)
    k = (x @ Wk.T).reshape(N * heads, T, D // heads)
    v = (x @ Wv.T).reshape(N * heads, T, D // heads)
    return attention(q, k, v, mask).reshape(N, T, D) @ Wo.T


def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        logits = model(ids[:, -context:])[:, -1]
        if temperature == 0:
            new = logits.argmax(-1, keepdim=True)
        else:
            k = top_k if top_k > 0 else logits.shape[-1]
            values, indices = torch.topk(logits / temperature, k)
            cum = torch.cumsum(torch.softmax(values, -1), -1)
            position = (cum <= u[:, t : t + 1]).sum(-1, keepdim=True)
            new = indices.gather(1, position)
        ids = torch.cat([ids, new], dim=1)
    return ids

# %% first_transformer
# 1 gpt_block normalizes after adding; 2 and has relu; 3 layer_norm: eps outside the root; 4 attention: a masked weight is
# set to 0 after the softmax.
# named: attention_mask_after, norm_eps_outside, block_post_norm, block_relu
def attention(q, k, v, mask=None):
    weights = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(k.shape[-1]), dim=-1)
    if mask is not None:
        weights = weights * mask
    return weights @ v


def layer_norm(x, g, c, eps=1e-5):
    mean = x.mean(-1, keepdim=True)
    std = x.std(-1, keepdim=True, unbiased=False)
    return g * (x - mean) / (std + eps) + c


def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    x = layer_norm(x + multi_head(x, p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask), p["g1"], p["c1"])
    h = torch.relu(x @ p["W1"].T + p["d1"]) @ p["W2"].T + p["d2"]
    return layer_norm(x + h, p["g2"], p["c2"])

# %% sampling_in_a_hurry
# 1 generate: times the temperature; 2 and top_k without a new sum; 3 causal_mask as floats.
# named: generate_temperature_multiplied, generate_top_k_not_renormalized, generate_top_k_not_renormalized_last
def causal_mask(T):
    return torch.tril(torch.ones(T, T))


def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).bool().to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    return a + (h / 2 * (1 + torch.erf(h / 2**0.5))) @ p["W2"].T + p["d2"]


def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        logits = model(ids[:, -context:])[:, -1]
        if temperature == 0:
            new = logits.argmax(-1)
        else:
            p = torch.softmax(logits * temperature, -1)
            if top_k > 0:
                kth = torch.topk(p, top_k).values[:, -1:]
                p = p * (p >= kth)
            new = (p.cumsum(-1) <= u[:, t : t + 1]).sum(-1)
            new = new.clamp(max=logits.shape[-1] - 1)
        ids = torch.cat([ids, new[:, None]], dim=1)
    return ids

# %% one_of_everything
# 1 attention divides by d; 2 multi_head forgets Wo; 3 gpt_block adds x again; 4 generate shows the model all ids.
# named: attention_divided_by_d, heads_without_output, block_adds_x_twice, generate_no_context
def attention(q, k, v, mask=None):
    d = q.shape[-1]
    scores = torch.einsum("...td,...sd->...ts", q, k) / d
    if mask is not None:
        scores = scores.masked_fill(mask == 0, float("-inf"))
    return torch.einsum("...ts,...se->...te", scores.softmax(-1), v)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    d = x.shape[-1] // heads
    out = []
    for h in range(heads):
        r = slice(h * d, (h + 1) * d)
        out.append(attention(x @ Wq[r].T, x @ Wk[r].T, x @ Wv[r].T, mask))
    return torch.cat(out, -1)


def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    h = h / 2 * (1 + torch.erf(h / math.sqrt(2)))
    return x + h @ p["W2"].T + p["d2"]


def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        z = model(ids)[:, -1]
        if temperature == 0:
            new = z.argmax(-1, keepdim=True)
        else:
            if top_k > 0:
                z = z.masked_fill(z < torch.topk(z, top_k).values[:, -1:], float("-inf"))
            cum = torch.softmax(z / temperature, -1).cumsum(-1)
            new = (cum <= u[:, t : t + 1]).sum(-1, keepdim=True)
        ids = torch.cat([ids, new], dim=1)
    return ids
