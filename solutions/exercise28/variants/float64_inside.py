"""Float64 inside and back; no function calls another one; a step for each sequence; -1e9 for what is masked."""

import torch


def attention(q, k, v, mask=None):
    dtype = q.dtype
    q, k, v = q.double(), k.double(), v.double()
    scores = (q.unsqueeze(-2) * k.unsqueeze(-3)).sum(-1) / torch.tensor(q.shape[-1], dtype=torch.float64).sqrt().item()
    if mask is not None:
        scores = torch.where(mask, scores, -1e9)
    scores = scores - scores.amax(dim=-1, keepdim=True)
    weights = scores.exp()
    return ((weights / weights.sum(-1, keepdim=True)).unsqueeze(-1) * v.unsqueeze(-3)).sum(-2).to(dtype)


def causal_mask(T):
    mask = torch.zeros(T, T, dtype=torch.bool)
    for t in range(T):
        mask[t, : t + 1] = True
    return mask


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    dtype = x.dtype
    x, Wq, Wk, Wv, Wo = (each.double() for each in (x, Wq, Wk, Wv, Wo))
    size = x.shape[-1] // heads
    out = torch.zeros_like(x)
    for h in range(heads):
        part = range(h * size, h * size + size)
        q, k, v = (x @ W[list(part)].T for W in (Wq, Wk, Wv))
        scores = q @ k.transpose(1, 2) * size**-0.5
        if mask is not None:
            scores[:, ~mask] = float("-inf")
        out[..., list(part)] = scores.softmax(dim=2) @ v
    return torch.matmul(out, Wo.t()).to(dtype)


def layer_norm(x, g, c, eps=1e-5):
    y = x.double()
    y = y - y.mean(dim=-1).unsqueeze(-1)
    y = y / (y.pow(2).mean(dim=-1).unsqueeze(-1) + eps).pow(0.5)
    return (y * g.double() + c.double()).to(x.dtype)


def gpt_block(x, p, heads):
    dtype = x.dtype
    x = x.double()
    p = {name: value.double() for name, value in p.items()}
    N, T, D = x.shape
    y = (x - x.mean(2, keepdim=True)) / (x.var(2, unbiased=False, keepdim=True) + 1e-5).sqrt() * p["g1"] + p["c1"]
    q, k, v = ((y @ p[name].T).view(N, T, heads, -1).permute(0, 2, 1, 3) for name in ("Wq", "Wk", "Wv"))
    scores = q @ k.permute(0, 1, 3, 2) / (D / heads) ** 0.5
    later = torch.triu(torch.full((T, T), -1e9, dtype=torch.float64, device=x.device), diagonal=1)
    y = torch.softmax(scores + later, dim=3) @ v
    x = x + y.permute(0, 2, 1, 3).flatten(2) @ p["Wo"].T
    y = (x - x.mean(2, keepdim=True)) / (x.var(2, unbiased=False, keepdim=True) + 1e-5).sqrt() * p["g2"] + p["c2"]
    y = y @ p["W1"].T + p["d1"]
    y = y * torch.distributions.Normal(0.0, 1.0).cdf(y)
    return (x + y @ p["W2"].T + p["d2"]).to(dtype)


def generate(model, ids, steps, temperature, top_k, context, u):
    out = torch.cat([ids, ids.new_zeros(len(ids), steps)], dim=1)
    start = ids.shape[1]
    for n in range(len(ids)):
        for t in range(start, start + steps):
            logits = model(out[n : n + 1, max(t - context, 0) : t])[0, -1].double()
            if temperature > 0:
                p = torch.exp((logits - logits.max()) / temperature)
                if top_k > 0:
                    p[logits.argsort()[: len(logits) - top_k]] = 0
                p /= p.sum()
                out[n, t] = torch.nonzero(p.cumsum(0) > u[n, t - start])[0, 0]
            else:
                out[n, t] = logits.argmax()
    return out
