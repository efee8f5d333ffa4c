"""Plain loops: over queries, heads, tokens, sequences and ids."""

import math

import torch


def attention(q, k, v, mask=None):
    if q.dim() > 2 and len(q) == 0:
        return q.new_empty(*q.shape[:-1], v.shape[-1])
    if q.dim() > 2:
        masks = [mask] * len(q) if mask is None or mask.dim() == 2 else mask
        return torch.stack([attention(*each) for each in zip(q, k, v, masks, strict=True)])
    rows = []
    for t in range(len(q)):
        scores = (k * q[t]).sum(dim=1) / math.sqrt(len(q[t]))
        allowed = torch.ones_like(scores, dtype=torch.bool) if mask is None else mask[t]
        weights = torch.exp(scores[allowed] - scores[allowed].max().detach())
        rows.append((weights / weights.sum()) @ v[allowed])
    return torch.stack(rows)


def causal_mask(T):
    return torch.tensor([[s <= t for s in range(T)] for t in range(T)])


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    size = x.shape[-1] // heads
    result = torch.empty_like(x)
    for n in range(len(x)):
        outputs = []
        for h in range(heads):
            rows = slice(h * size, (h + 1) * size)
            outputs.append(attention(x[n] @ Wq[rows].T, x[n] @ Wk[rows].T, x[n] @ Wv[rows].T, mask))
        result[n] = torch.cat(outputs, dim=1) @ Wo.T
    return result


def layer_norm(x, g, c, eps=1e-5):
    if x.numel() == 0:
        return x.clone()
    if x.dim() > 1:
        return torch.stack([layer_norm(row, g, c, eps) for row in x])
    mean = sum(x) / len(x)
    variance = sum((number - mean) ** 2 for number in x) / len(x)
    return torch.stack([g[i] * (x[i] - mean) / (variance + eps) ** 0.5 + c[i] for i in range(len(x))])


def gpt_block(x, p, heads):
    result = x.clone()
    for n in range(len(x)):
        h = layer_norm(x[n], p["g1"], p["c1"])
        mask = causal_mask(len(h)).to(x.device)
        a = x[n] + multi_head(h[None], p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)[0]
        for t in range(len(a)):
            h = p["W1"] @ layer_norm(a[t], p["g2"], p["c2"]) + p["d1"]
            h = 0.5 * h * (1 + torch.erf(h / 2**0.5))
            result[n, t] = a[t] + p["W2"] @ h + p["d2"]
    return result


def generate(model, ids, steps, temperature, top_k, context, u):
    rows = ids.tolist()
    for step in range(steps):
        for n in range(len(rows)):
            shown = torch.tensor([rows[n][-context:]], device=ids.device)
            logits = model(shown)[0, -1].tolist()
            order = sorted(range(len(logits)), key=lambda i: -logits[i])
            if temperature == 0:
                rows[n].append(order[0])
                continue
            kept = sorted(order[:top_k] if top_k else order)
            weights = [math.exp((logits[i] - logits[order[0]]) / temperature) for i in kept]
            total, target = 0.0, float(u[n, step]) * sum(weights)
            for i, weight in zip(kept, weights, strict=True):
                total += weight
                if total > target:
                    rows[n].append(i)
                    break
    return torch.tensor(rows, dtype=torch.int64, device=ids.device).reshape(len(ids), -1)
