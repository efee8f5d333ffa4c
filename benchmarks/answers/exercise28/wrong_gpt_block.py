# %% block_norm_after
# Normalizes after adding, as in the first transformer.
# named: block_post_norm
def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = layer_norm(x + multi_head(x, p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask), p["g1"], p["c1"])
    h = a @ p["W1"].T + p["d1"]
    h = h / 2 * (1 + torch.erf(h / math.sqrt(2)))
    return layer_norm(a + h @ p["W2"].T + p["d2"], p["g2"], p["c2"])

# %% block_without_mask
# All tokens see all tokens.
# like: residual_stream
# named: block_not_causal
def gpt_block(x, p, heads):
    x = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, None)
    x = x + (new_gelu(layer_norm(x, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]) @ p["W2"].T + p["d2"])
    return x

# %% block_first_sum_lost
# x is not added to the attention.
# like: classes
# named: block_first_not_added
class Block:
    def __call__(self, x):
        x = self.mix(x)
        return x + self.think(x)

# %% block_second_sum_lost
# a is not added to the two layers.
# like: classes
# named: block_second_not_added
class Block:
    def __call__(self, x):
        x = x + self.mix(x)
        return self.think(x)

# %% block_adds_x_again
# The second sum begins with x, not a.
# like: loops
# named: block_adds_x_twice
def gpt_block(x, p, heads):
    T = x.shape[1]
    norm = layer_norm(x, p["g1"], p["c1"], 1e-5)
    a = x + multi_head(norm, p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, causal_mask(T).to(x.device))
    y = torch.empty_like(a)
    for t in range(T):
        hidden = layer_norm(a[:, t], p["g2"], p["c2"], 1e-5) @ p["W1"].T + p["d1"]
        hidden = hidden * 0.5 * (1.0 + torch.erf(hidden / 2**0.5))
        y[:, t] = x[:, t] + hidden @ p["W2"].T + p["d2"]
    return y

# %% block_adds_the_normalized
# What is added on the left is normalized.
# like: no_history
# named: block_adds_normalized, block_second_adds_normalized
@torch.no_grad()
def gpt_block(x, p, heads):
    n1 = layer_norm(x, p["g1"], p["c1"])
    a = n1 + multi_head(n1, p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, causal_mask(x.size(1)).to(x.device))
    n2 = layer_norm(a, p["g2"], p["c2"])
    z = n2.matmul(p["W1"].t()).add(p["d1"])
    phi = (torch.erf(z / 1.4142135623730951) + 1) / 2
    return (z * phi).matmul(p["W2"].t()).add(p["d2"]).add(n2)

# %% block_tanh_gelu
# gelu by tanh.
# like: residual_stream
# named: block_tanh_gelu
def new_gelu(h):
    return 0.5 * h * (1.0 + torch.tanh(math.sqrt(2.0 / math.pi) * (h + 0.044715 * h**3)))

# %% block_sigmoid_gelu
# gelu by a sigmoid.
# like: classes
# named: block_sigmoid_gelu
class Block:
    @staticmethod
    def gelu(h):
        return h * torch.sigmoid(1.702 * h)

# %% block_relu
# relu in place of gelu.
# like: einsum
# named: block_relu
def gpt_block(x, p, heads):
    def norm(z, i):
        return layer_norm(z, p[f"g{i}"], p[f"c{i}"])

    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(norm(x, 1), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = torch.einsum("ntd,fd->ntf", norm(a, 2), p["W1"]) + p["d1"]
    return a + torch.einsum("ntf,df->ntd", h.clamp(min=0), p["W2"]) + p["d2"]

# %% block_erf_without_root
# erf(h) in place of erf(h / root 2).
# like: residual_stream
# named: block_erf_unscaled
def new_gelu(h):
    return h * 0.5 * (1.0 + torch.erf(h))

# %% block_phi_only
# Phi(h) without the factor h.
# like: classes
# named: block_normal_share
class Block:
    @staticmethod
    def gelu(h):
        return 0.5 * (1 + torch.erf(h / math.sqrt(2)))

# %% block_second_norm_of_x
# LN2 of x, not of a.
# like: own_block
# named: block_parallel
def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(x, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    return a + (h * (0.5 + 0.5 * torch.erf(h / math.sqrt(2)))) @ p["W2"].T + p["d2"]

# %% block_first_norm_twice
# g1 and c1 in both normalizations.
# named: block_first_norm_twice
def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g1"], p["c1"]) @ p["W1"].T + p["d1"]
    h = h / 2 * (1 + torch.erf(h / math.sqrt(2)))
    return a + h @ p["W2"].T + p["d2"]

# %% block_first_norm_lost
# The attention gets x itself.
# like: doubles_inside
# named: block_first_not_normalized
def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(x, p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    return a + (h * (1 + torch.erf(h / 2**0.5)) / 2) @ p["W2"].T + p["d2"]

# %% block_second_norm_lost
# The two layers get a itself.
# like: residual_stream
# named: block_second_not_normalized
def gpt_block(x, p, heads):
    bias = causal_mask(x.size(1)).to(x.device)
    x = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, bias)
    return x + (new_gelu(x @ p["W1"].T + p["d1"]) @ p["W2"].T + p["d2"])

# %% block_last_bias_lost
# d2 forgotten.
# like: bmm
# named: block_without_second_bias
def gpt_block(x, p, heads):
    T = x.shape[1]
    y = x.detach().clone()
    y += multi_head(layer_norm(y, p["g1"], p["c1"]), *(p["W" + m] for m in "qkvo"), heads, causal_mask(T).to(x.device))
    h = layer_norm(y, p["g2"], p["c2"]) @ p["W1"].T
    h += p["d1"]
    h *= 0.5 * torch.erfc(-h / math.sqrt(2))
    y += h @ p["W2"].T
    return y

# %% block_first_bias_lost
# d1 forgotten.
# named: block_without_first_bias
def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T
    h = h / 2 * (1 + torch.erf(h / math.sqrt(2)))
    return a + h @ p["W2"].T + p["d2"]

# %% block_parallel
# Both halves read x, and are added at the same time.
# like: classes
# named: block_parallel
class Block:
    def __call__(self, x):
        return x + self.mix(x) + self.think(x)

# %% block_one_head
# heads is not passed on.
# named: block_one_head
def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], 1, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    h = h / 2 * (1 + torch.erf(h / math.sqrt(2)))
    return a + h @ p["W2"].T + p["d2"]
