# grade course: deep-learning-by-exercise
"""Dense layers, one upon the other: a multilayer perceptron, its parameters, and what it is without its function.

A layer is a pair (W, b), W of shape [M, D] and b of shape [M]: it takes D numbers and gives M.

一层叠一层的全连接层：多层感知机怎样计算，有多少参数，去掉函数以后又剩下什么。

一层就是一对 (W, b)，W 的形状是 [M, D]，b 的形状是 [M]：输入 D 个数，输出 M 个数。
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import torch

Layer = tuple[torch.Tensor, torch.Tensor]
Function = Callable[[torch.Tensor], torch.Tensor]


def linear(x: torch.Tensor, W: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """One dense layer: xWᵀ + b for each sample.

    x: [*, D], any axes before the last: none for one sample. W: one neuron's weights per row, [M, D]. b: [M].
    Returns: [*, M], of the inputs' dtype.

    一个全连接层：对每个样本计算 xWᵀ + b。

    x：[*, D]，最后一个轴之前可以有任意多个轴；一个也没有，就是单个样本。W：每行是一个神经元的权重，[M, D]。b：[M]。
    返回：[*, M]，dtype 与输入相同。
    """
    raise NotImplementedError("linear")


def mlp_forward(x: torch.Tensor, params: list[Layer], f: Function) -> torch.Tensor:
    """The output of a stack of dense layers, with f after each of them but the last.

    x: [*, D]. params: at least one layer (W, b), the first to be applied first; each takes as many numbers as the one
    before it gives. f: any function that works element by element. Returns: [*, C], C numbers from the last layer.

    多个全连接层依次计算的输出；除最后一层外，每层之后都用 f。

    x：[*, D]。params：至少一层 (W, b)，按计算的先后排列；每一层的输入个数等于前一层的输出个数。
    f：任意逐元素作用的函数。返回：[*, C]，C 是最后一层的输出个数。
    """
    raise NotImplementedError("mlp_forward")


def count_parameters(sizes: list[int]) -> int:
    """How many numbers all weights and biases of a stack of dense layers have together.

    sizes: the inputs' number D, then how many numbers each layer gives; [D] alone is a stack without a layer.

    多个全连接层的权重和偏置一共有多少个数。

    sizes：先是输入个数 D，然后是每一层的输出个数；只有 [D] 表示一层也没有。
    """
    raise NotImplementedError("count_parameters")


def collapse(params: list[Layer]) -> Layer:
    """The one layer that gives what the whole stack gives where f is the identity.

    params: at least one layer (W, b), as for `mlp_forward`. Returns: (W, b), W of shape [C, D] and b of shape [C].

    求单独一层，它的输出与 f 为恒等函数时整个网络的输出相同。

    params：至少一层 (W, b)，与 `mlp_forward` 相同。返回：(W, b)，W 的形状是 [C, D]，b 的形状是 [C]。
    """
    raise NotImplementedError("collapse")
