"""Classes for the parts; attention with another order of axes inside; its own convention between its own functions."""

import math

import torch


def attention(q, k, v, mask=None):
    blocked = None if mask is None else ~mask
    return attend(q, k, v, blocked)


def attend(q, k, v, blocked):
    scores = (k @ q.transpose(-2, -1)) / math.sqrt(q.size(-1))  # [*, S, T]
    if blocked is not None:
        scores = scores.masked_fill(blocked.transpose(-2, -1), float("-inf"))
    weights = torch.softmax(scores, dim=-2)
    return weights.transpose(-2, -1) @ v


def causal_mask(T):
    return ~torch.triu(torch.ones((T, T)), diagonal=1).bool()


class Heads:
    def __init__(self, Wq, Wk, Wv, Wo, heads):
        self.together = torch.cat([Wq, Wk, Wv])
        self.out = Wo
        self.heads = heads

    def __call__(self, x, mask):
        q, k, v = (x @ self.together.T).chunk(3, dim=-1)
        pieces = []
        for part in zip(*(y.chunk(self.heads, dim=2) for y in (q, k, v)), strict=True):
            pieces.append(attention(*part, mask=mask))
        return torch.cat(pieces, dim=2) @ self.out.T


def multi_head(x, Wq, Wk, Wv, Wo, heads, mask):
    return Heads(Wq, Wk, Wv, Wo, heads)(x, mask)


class Norm:
    def __init__(self, g, c, eps=1e-5):
        self.g, self.c, self.eps = g, c, eps

    def __call__(self, x):
        std = (x.var(dim=-1, correction=0, keepdim=True) + self.eps).sqrt()
        return (x - x.mean(-1, keepdim=True)) / std * self.g + self.c


def layer_norm(x, g, c, eps=1e-5):
    return Norm(g, c, eps)(x)


class Block:
    def __init__(self, p, heads):
        self.norm1, self.norm2 = Norm(p["g1"], p["c1"]), Norm(p["g2"], p["c2"])
        self.heads = Heads(p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads)
        self.p = p

    def feed(self, h):
        h = h @ self.p["W1"].mT + self.p["d1"]
        return (0.5 * h * torch.erfc(-h / math.sqrt(2))) @ self.p["W2"].mT + self.p["d2"]

    def __call__(self, x):
        T = x.shape[1]
        mask = torch.tril(torch.ones(T, T, dtype=torch.bool, device=x.device))
        x = x + self.heads(self.norm1(x), mask)
        return x + self.feed(self.norm2(x))


def gpt_block(x, p, heads):
    return Block(p, heads)(x)


def generate(model, ids, steps, temperature, top_k, context, u):
    def choose(logits, u):
        if not temperature:
            return torch.argmax(logits, dim=-1, keepdim=True)
        if top_k:
            others = logits.topk(logits.shape[-1]).indices[:, top_k:]
            logits = logits.scatter(1, others, float("-inf"))
        probs = torch.softmax(logits / temperature, dim=-1)
        return torch.searchsorted(probs.cumsum(dim=-1), u[:, None].contiguous(), right=True)

    with torch.no_grad():
        new = [ids]
        for step in range(steps):
            shown = torch.cat(new, dim=1)[:, -context:]
            new.append(choose(model(shown)[:, -1], u[:, step]))
        return torch.cat(new, dim=1)
