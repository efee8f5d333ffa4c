"""NumPy wherever no gradient is asked for; attention in torch, its weights by log-softmax."""

import math

import numpy as np
import torch


def attention(q, k, v, mask=None):
    scores = torch.matmul(q * k.shape[-1] ** -0.5, k.transpose(-1, -2))
    if mask is not None:
        scores = torch.where(mask, scores, torch.full_like(scores, torch.finfo(scores.dtype).min))
    return torch.matmul(torch.log_softmax(scores, -1).exp(), v)


def causal_mask(T):
    return torch.from_numpy(np.tri(T, dtype=bool))


def array(tensor):
    return tensor.detach().cpu().numpy()


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    data = array(x)
    N, T, D = data.shape
    parts = [(data @ array(W).T).reshape(N, T, heads, D // heads).transpose(0, 2, 1, 3) for W in (Wq, Wk, Wv)]
    q, k, v = (np.ascontiguousarray(part) for part in parts)
    scores = q @ k.swapaxes(2, 3) / math.sqrt(D // heads)
    if mask is not None:
        scores = np.where(array(mask), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    out = weights @ v / weights.sum(axis=-1, keepdims=True)
    out = out.transpose(0, 2, 1, 3).reshape(N, T, D) @ array(Wo).T
    return torch.from_numpy(out.astype(data.dtype)).to(x.device)


def layer_norm(x, g, c, eps=1e-5):
    data = array(x)
    centred = data - data.mean(-1, keepdims=True)
    normal = centred / np.sqrt(data.var(-1, keepdims=True) + eps)
    return torch.from_numpy((array(g) * normal + array(c)).astype(data.dtype)).to(x.device)


def gpt_block(x, p, heads):
    mask = causal_mask(x.shape[1])
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = array(layer_norm(a, p["g2"], p["c2"])) @ array(p["W1"]).T + array(p["d1"])
    h = h * np.vectorize(lambda z: 0.5 * math.erfc(-z / math.sqrt(2)))(h)
    out = h @ array(p["W2"]).T + array(p["d2"])
    return a + torch.from_numpy(out.astype(array(a).dtype)).to(x.device)


def generate(model, ids, steps, temperature, top_k, context, u):
    known, draws = array(ids), array(u)
    for step in range(steps):
        logits = array(model(torch.from_numpy(known[:, -context:].copy()).to(ids.device)))[:, -1]
        if temperature == 0:
            new = logits.argmax(axis=1)
        else:
            if top_k:
                least = np.sort(logits, axis=1)[:, -top_k][:, None]
                logits = np.where(logits >= least, logits, -np.inf)
            weights = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
            bounds = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)
            new = np.array(
                [np.searchsorted(row, value, side="right") for row, value in zip(bounds, draws[:, step], strict=True)]
            )
        known = np.concatenate([known, new[:, None]], axis=1)
    return torch.from_numpy(known.copy()).to(ids.device)
