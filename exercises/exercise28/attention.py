# grade course: deep-learning-by-exercise
"""Attention and GPT: masks, heads, layer normalization, one block, and sampling token by token.

N sequences, T tokens, D numbers for each. Matrices are W[out, in], as in exercise 05: y = x Wᵀ. Floats are float32 or
float64, and results have their dtype and device. No function changes its inputs.

注意力与 GPT：掩码、多头、层规范化、一个块，以及逐个词元地生成。

N 个序列，T 个词元，每个词元 D 个数。矩阵是 W[输出, 输入]，与练习 05 相同：y = x Wᵀ。浮点数是 float32 或 float64，结果的 dtype 和设备与它们相同。所有函数都不改动输入。
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch


def attention(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
    """For each query a mean of the values, weighted by how well their keys fit it: softmax(q kᵀ / √d) v.

    q: [*, T, d]. k: [*, S, d]. v: [*, S, e]. mask: None, or bool, [T, S] or [*, T, S], true where the query may attend
    to the key; no row is all false. Returns: [*, T, e]; autograd goes through it.

    对每个查询，求各个值的加权平均，权重取决于它与各个键的匹配程度：softmax(q kᵀ / √d) v。

    q：[*, T, d]。k：[*, S, d]。v：[*, S, e]。mask：None，或者 bool，[T, S] 或 [*, T, S]，查询可以看这个键时为真；没有一行全是假。返回：[*, T, e]；要能经过它反向传播。
    """
    raise NotImplementedError("attention")


def causal_mask(T: int) -> torch.Tensor:
    """The mask by which each token attends to itself and to those before it.

    T: at least 1. Returns: [T, T], bool, on the CPU.

    每个词元可以看自己和前面的词元的掩码。

    T：至少是 1。返回：[T, T]，bool，在 CPU 上。
    """
    raise NotImplementedError("causal_mask")


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

    多头自注意力：每个头用查询、键、值里自己的 D/heads 个相邻的列。

    x：[N, T, D]。Wq、Wk、Wv、Wo：[D, D]。heads：能整除 D。mask：None，或者 bool，[T, T]，含义与 attention 相同，所有序列、所有头共用。返回：[N, T, D]。
    """
    raise NotImplementedError("multi_head")


def layer_norm(x: torch.Tensor, g: torch.Tensor, c: torch.Tensor, eps: float = 1e-5) -> torch.Tensor:
    """g (x − mean) / √(variance + eps) + c, with mean and variance of each row of D numbers by itself.

    x: [*, D]. g, c: [D]. eps: above 0. The variance is divided by D. Returns: [*, D].

    g (x − 均值) / √(方差 + eps) + c，均值和方差由每一行 D 个数各自求得。

    x：[*, D]。g、c：[D]。eps：大于 0。方差除以 D。返回：[*, D]。
    """
    raise NotImplementedError("layer_norm")


def gpt_block(x: torch.Tensor, p: dict[str, torch.Tensor], heads: int) -> torch.Tensor:
    """A block of a GPT: causal attention between the tokens, then two layers on each token; each is added to its input.

    x: [N, T, D]. p: g1, c1, g2, c2, d2, of [D]; Wq, Wk, Wv, Wo, of [D, D]; W1 [4D, D], d1 [4D], W2 [D, 4D]. heads:
    divides D. Returns: [N, T, D].

    GPT 的一个块：先是词元之间的因果注意力，再是对每个词元单独计算的两层；两者都加上各自的输入。

    x：[N, T, D]。p：g1、c1、g2、c2、d2，[D]；Wq、Wk、Wv、Wo，[D, D]；W1，[4D, D]；d1，[4D]；W2，[D, 4D]。heads：能整除 D。返回：[N, T, D]。
    """
    raise NotImplementedError("gpt_block")


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

    逐个接上新词元，每一个由模型在目前最后一个词元处的 logits 决定。

    model：接受 [N, t]，int64，t 从 1 到 context，返回 logits [N, t, V]。ids：[N, T]，int64。temperature：至少是 0；为 0 时取最大的 logit。top_k：只能从 logit 最大的这么多个里选，0 … V，0 表示都可以选。u：[N, steps]，从 0 到 1 的均匀随机数，不含 1。返回：[N, T + steps]，int64；0 步时可以就是 ids 本身。
    """
    raise NotImplementedError("generate")
