"""Attention and GPT: masks, heads, layer normalization, one block, and sampling token by token.

N sequences, T tokens, D numbers for each. Matrices are W[out, in], as in exercise 05: y = x Wᵀ. Floats are float32 or
float64, and results have their dtype and device. No function changes its inputs.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch


def attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
    """For each query a mean of the values, weighted by how well their keys fit it: softmax(q kᵀ / √d) v.

    q: [*, T, d]. k: [*, S, d]. v: [*, S, e]. mask: None, or bool, [T, S] or [*, T, S], true where the query may attend
    to the key; no row is all false. Returns: [*, T, e]; autograd goes through it.
    """
    ### BEGIN SOLUTION
    scores = q @ k.mT / math.sqrt(q.shape[-1])  # [*, T, S]
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    return torch.softmax(scores, dim=-1) @ v
    ### END SOLUTION


def causal_mask(T: int) -> torch.Tensor:
    """The mask by which each token attends to itself and to those before it.

    T: at least 1. Returns: [T, T], bool, on the CPU.
    """
    ### BEGIN SOLUTION
    return torch.ones(T, T, dtype=torch.bool).tril()
    ### END SOLUTION


def multi_head(
    x: torch.Tensor,
    Wq: torch.Tensor,
    Wk: torch.Tensor,
    Wv: torch.Tensor,
    Wo: torch.Tensor,
    heads: int,
    mask: torch.Tensor | None,
) -> torch.Tensor:
    """Self-attention with several heads, each on its own D/heads consecutive columns of queries, keys and values.

    x: [N, T, D]. Wq, Wk, Wv, Wo: [D, D]. heads: divides D. mask: None, or bool, [T, T], as in attention, the same for
    all sequences and heads. Returns: [N, T, D].
    """
    ### BEGIN SOLUTION
    N, T, D = x.shape

    def split(y: torch.Tensor) -> torch.Tensor:
        return y.reshape(N, T, heads, D // heads).permute(0, 2, 1, 3)  # [N, heads, T, D/heads]

    out = attention(split(x @ Wq.T), split(x @ Wk.T), split(x @ Wv.T), mask)
    return out.permute(0, 2, 1, 3).reshape(N, T, D) @ Wo.T
    ### END SOLUTION


def layer_norm(x: torch.Tensor, g: torch.Tensor, c: torch.Tensor, eps: float = 1e-5) -> torch.Tensor:
    """g (x − mean) / √(variance + eps) + c, with mean and variance of each row of D numbers by itself.

    x: [*, D]. g, c: [D]. eps: above 0. The variance is divided by D. Returns: [*, D].
    """
    ### BEGIN SOLUTION
    mean = x.mean(dim=-1, keepdim=True)
    variance = x.var(dim=-1, correction=0, keepdim=True)  # divided by D
    return g * (x - mean) / torch.sqrt(variance + eps) + c
    ### END SOLUTION


def gpt_block(x: torch.Tensor, p: dict[str, torch.Tensor], heads: int) -> torch.Tensor:
    """A block of a GPT: causal attention between the tokens, then two layers on each token; each is added to its input.

    x: [N, T, D]. p: g1, c1, g2, c2, d2, of [D]; Wq, Wk, Wv, Wo, of [D, D]; W1 [4D, D], d1 [4D], W2 [D, 4D]. heads:
    divides D. Returns: [N, T, D].
    """
    ### BEGIN SOLUTION
    mask = causal_mask(x.shape[1]).to(x.device)
    a = x + multi_head(layer_norm(x, p["g1"], p["c1"]), p["Wq"], p["Wk"], p["Wv"], p["Wo"], heads, mask)
    h = layer_norm(a, p["g2"], p["c2"]) @ p["W1"].T + p["d1"]
    h = h * (1 + torch.erf(h / math.sqrt(2))) / 2  # gelu
    return a + h @ p["W2"].T + p["d2"]
    ### END SOLUTION


def generate(
    model: Callable[[torch.Tensor], torch.Tensor],
    ids: torch.Tensor,
    steps: int,
    temperature: float,
    top_k: int,
    context: int,
    u: torch.Tensor,
) -> torch.Tensor:
    """Appends tokens one by one, each chosen by the model's logits at the last token so far.

    model: takes [N, t], int64, with t from 1 to context, and returns logits [N, t, V]. ids: [N, T], int64. temperature:
    at least 0; 0 takes the largest logit. top_k: so many of the largest logits can be chosen, 0 … V, where 0 stands for
    all. u: [N, steps], uniform numbers from 0 to below 1. Returns: [N, T + steps], int64; with 0 steps
    it may be ids itself.
    """
    ### BEGIN SOLUTION
    for step in range(steps):
        logits = model(ids[:, -context:])[:, -1]
        if temperature == 0:
            new = logits.argmax(dim=1)
        else:
            if top_k > 0:
                least = logits.topk(top_k).values[:, -1:]
                logits = logits.masked_fill(logits < least, -torch.inf)
            total = torch.softmax(logits / temperature, dim=1).cumsum(dim=1)
            new = (total <= u[:, step, None]).sum(dim=1)  # so many ids come before the first with total > u
        ids = torch.cat([ids, new[:, None]], dim=1)
    return ids
    ### END SOLUTION
