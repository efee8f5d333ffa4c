# %% base
# Plain formulas on tensors.
import math

import torch


def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, dim=-1) @ v


def causal_mask(T):
    return torch.tril(torch.ones(T, T, dtype=torch.bool))


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    N, T, D = x.shape
    q = (x @ Wq.T).reshape(N, T, heads, D // heads).transpose(1, 2)
    k = (x @ Wk.T).reshape(N, T, heads, D // heads).transpose(1, 2)
    v = (x @ Wv.T).reshape(N, T, heads, D // heads).transpose(1, 2)
    out = attention(q, k, v, mask)
    return out.transpose(1, 2).reshape(N, T, D) @ Wo.T


def layer_norm(x, g, c, eps=1e-5):
    mean = x.mean(dim=-1, keepdim=True)
    var = ((x - mean) ** 2).mean(dim=-1, keepdim=True)
    return g * (x - mean) / torch.sqrt(var + eps) + c


def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    h = h / 2 * (1 + torch.erf(h / math.sqrt(2)))
    return a + h @ p["W2"].T + p["d2"]


def generate(model, ids, steps, temperature, top_k, context, u):
    for t in range(steps):
        logits = model(ids[:, -context:])[:, -1]
        if temperature == 0:
            new = logits.argmax(dim=-1, keepdim=True)
        else:
            logits = logits / temperature
            if top_k > 0:
                smallest = torch.topk(logits, top_k).values[:, -1:]
                logits = logits.masked_fill(logits < smallest, float("-inf"))
            cumulative = torch.softmax(logits, dim=-1).cumsum(dim=-1)
            new = (cumulative <= u[:, t : t + 1]).sum(dim=-1, keepdim=True)
        ids = torch.cat([ids, new], dim=1)
    return ids

# %% loops
# Loops over queries, heads, tokens and sequences.
import math


def attention(q, k, v, mask=None):
    T, d = q.shape[-2:]
    outputs = []
    for t in range(T):
        s = (q[..., t : t + 1, :] * k).sum(-1) / d**0.5
        if mask is not None:
            s = torch.where(mask[..., t, :], s, torch.full_like(s, -math.inf))
        w = torch.softmax(s, -1)
        outputs.append((w.unsqueeze(-1) * v).sum(-2))
    return torch.stack(outputs, -2)


def causal_mask(T):
    mask = torch.zeros(T, T, dtype=torch.bool)
    for t in range(T):
        for s in range(t + 1):
            mask[t, s] = True
    return mask


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    size = x.shape[2] // heads
    result = []
    for sequence in x:
        q, k, v = sequence @ Wq.T, sequence @ Wk.T, sequence @ Wv.T
        parts = []
        for h in range(heads):
            cols = slice(h * size, (h + 1) * size)
            parts.append(attention(q[:, cols], k[:, cols], v[:, cols], mask))
        result.append(torch.cat(parts, 1) @ Wo.T)
    return torch.stack(result)


def gpt_block(x, p, heads):
    T = x.shape[1]
    norm = layer_norm(x, p["g1"], p["c1"], 1e-5)
    a = x + multi_head(norm, p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, causal_mask(T).to(x.device))
    y = torch.empty_like(a)
    for t in range(T):
        hidden = layer_norm(a[:, t], p["g2"], p["c2"], 1e-5) @ p["W1"].T + p["d1"]
        hidden = hidden * 0.5 * (1.0 + torch.erf(hidden / 2**0.5))
        y[:, t] = a[:, t] + hidden @ p["W2"].T + p["d2"]
    return y


def generate(model, ids, steps, temperature, top_k, context, u):
    rows = []
    for n in range(ids.shape[0]):
        row = ids[n].tolist()
        for t in range(steps):
            z = model(torch.tensor([row[-context:]], device=ids.device))[0, -1].tolist()
            order = sorted(range(len(z)), key=lambda i: -z[i])
            if temperature == 0:
                row.append(order[0])
                continue
            allowed = order[:top_k] if top_k else order
            top = z[order[0]]
            e = [math.exp((z[i] - top) / temperature) if i in allowed else 0.0 for i in range(len(z))]
            total, goal = 0.0, float(u[n, t]) * sum(e)
            for i, value in enumerate(e):
                total += value
                if total > goal:
                    row.append(i)
                    break
        rows.append(row)
    return torch.tensor(rows, device=ids.device)

# %% einsum
# einsum everywhere; the softmax by hand.
def attention(q, k, v, mask=None):
    scores = torch.einsum("...td,...sd->...ts", q, k) * q.size(-1) ** -0.5
    if mask is not None:
        scores = torch.where(mask, scores, -torch.inf)
    scores = scores - scores.amax(-1, keepdim=True)
    e = scores.exp()
    return torch.einsum("...ts,...se->...te", e / e.sum(-1, keepdim=True), v)


def causal_mask(T):
    i = torch.arange(T)
    return i[None, :] <= i[:, None]


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    D = x.shape[-1]
    q, k, v = (torch.einsum("ntd,hed->nhte", x, W.reshape(heads, D // heads, D)) for W in (Wq, Wk, Wv))
    o = attention(q, k, v, mask)
    return torch.einsum("nhte,dhe->ntd", o, Wo.reshape(D, heads, D // heads))


def layer_norm(x, g, c, eps=1e-5):
    z = x - x.mean(-1, keepdim=True)
    var = torch.einsum("...d,...d->...", z, z).unsqueeze(-1) / x.shape[-1]
    return z * torch.rsqrt(var + eps) * g + c


def gpt_block(x, p, heads):
    def norm(z, i):
        return layer_norm(z, p[f"g{i}"], p[f"c{i}"])

    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(norm(x, 1), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = torch.einsum("ntd,fd->ntf", norm(a, 2), p["W1"]) + p["d1"]
    return a + torch.einsum("ntf,df->ntd", h * torch.special.ndtr(h), p["W2"]) + p["d2"]


def generate(model, ids, steps, temperature, top_k, context, u):
    N, T = ids.shape
    out = ids.new_zeros(N, T + steps)
    out[:, :T] = ids
    for t in range(steps):
        end = T + t
        z = model(out[:, max(0, end - context) : end])[:, -1, :]
        if temperature == 0:
            out[:, end] = z.argmax(-1)
            continue
        V = z.shape[-1]
        values, which = z.topk(top_k or V, dim=-1)
        probs = torch.zeros_like(z).scatter(-1, which, torch.softmax(values / temperature, -1))
        out[:, end] = torch.searchsorted(probs.cumsum(-1), u[:, t : t + 1].contiguous(), right=True).squeeze(-1)
    return out

# %% numpy_where_free
# NumPy in all functions but attention.
import numpy as np


def _np(tensor):
    return tensor.detach().cpu().numpy()


def _np_softmax(z):
    e = np.exp(z - z.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def causal_mask(T):
    return torch.from_numpy(np.tri(T, dtype=bool))


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    a, q, k, v, o = (_np(t) for t in (x, Wq, Wk, Wv, Wo))
    d = a.shape[-1] // heads
    Q, K, V = a @ q.T, a @ k.T, a @ v.T
    result = np.empty_like(Q)
    for h in range(heads):
        part = np.s_[..., h * d : (h + 1) * d]
        scores = Q[part] @ K[part].swapaxes(-1, -2) / np.sqrt(d).astype(Q.dtype)
        if mask is not None:
            scores = np.where(_np(mask), scores, -np.inf)
        result[part] = _np_softmax(scores) @ V[part]
    return torch.from_numpy(result @ o.T).to(x.device)


def layer_norm(x, g, c, eps=1e-5):
    a = _np(x)
    z = (a - a.mean(-1, keepdims=True)) / np.sqrt(a.var(-1, keepdims=True) + eps)
    return torch.as_tensor(_np(g) * z + _np(c), dtype=x.dtype, device=x.device)


def generate(model, ids, steps, temperature, top_k, context, u):
    uu = _np(u)
    for t in range(steps):
        z = _np(model(ids[:, -context:]))[:, -1].astype(np.float64)
        if temperature == 0:
            new = z.argmax(1)
        else:
            if top_k:
                small = np.argsort(z, 1)[:, : z.shape[1] - top_k]
                np.put_along_axis(z, small, -np.inf, 1)
            p = _np_softmax(z / temperature)
            new = (np.cumsum(p, 1) > uu[:, [t]]).argmax(1)
        ids = torch.cat((ids, torch.from_numpy(new)[:, None].to(ids.device)), 1)
    return ids
