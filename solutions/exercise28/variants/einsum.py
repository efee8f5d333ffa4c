"""Sums written as einsum; an additive mask; a result that is filled in place."""

import torch


def attention(q, k, v, mask=None):
    scores = torch.einsum("...td,...sd->...ts", q, k).mul(q.size(-1) ** -0.5)
    if mask is not None:
        scores = scores + torch.zeros_like(scores).masked_fill_(mask.logical_not(), float("-inf"))
    return torch.einsum("...ts,...se->...te", scores.softmax(-1), v)


def causal_mask(T):
    place = torch.arange(T)
    return place.unsqueeze(0) <= place.unsqueeze(1)


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    def project(W):
        return torch.einsum("ntd,hed->nhte", x, W.unflatten(0, (heads, -1)))

    out = attention(project(Wq), project(Wk), project(Wv), mask)
    return torch.einsum("nhte,dhe->ntd", out, Wo.unflatten(1, (heads, -1)))


def layer_norm(x, g, c, eps=1e-5):
    variance, mean = torch.var_mean(x, dim=-1, unbiased=False, keepdim=True)
    return torch.addcmul(c, g, (x - mean) * torch.rsqrt(variance + eps))


def gpt_block(x, p, heads):
    T = x.size(1)
    h = layer_norm(x, p["g1"], p["c1"])
    x = x + multi_head(h, *[p[name] for name in ("Wq", "Wk", "Wv", "Wo")], heads, causal_mask(T).to(device=x.device))
    h = torch.einsum("ntd,fd->ntf", layer_norm(x, p["g2"], p["c2"]), p["W1"]) + p["d1"]
    h *= torch.special.ndtr(h)
    return x + torch.einsum("ntf,df->ntd", h, p["W2"]) + p["d2"]


def generate(model, ids, steps, temperature, top_k, context, u):
    N, T = ids.shape
    result = torch.zeros(N, T + steps, dtype=torch.long, device=ids.device)
    result[:, :T] = ids
    for end in range(T, T + steps):
        logits = model(result[:, max(0, end - context) : end])[:, -1, :]
        if temperature == 0:
            result[:, end] = logits.max(dim=1).indices
            continue
        values, kept = logits.topk(top_k or logits.shape[1], dim=1)
        probs = torch.zeros_like(logits).scatter(1, kept, torch.softmax(values / temperature, dim=1))
        above = torch.cumsum(probs, 1) > u[:, end - T].unsqueeze(1)
        result[:, end] = above.to(torch.uint8).argmax(dim=1)
    return result
