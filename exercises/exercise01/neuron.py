# grade course: deep-learning-by-exercise
"""The artificial neuron: one by itself, and several for a batch of inputs.

`f` is handed in: a function that takes a floating tensor of any shape and works on it element by element.

人工神经元：先写单独一个，再写一组神经元对一批输入的计算。

`f` 由调用者传入：它接收任意形状的浮点张量，对其中每个元素分别作用。
"""

from __future__ import annotations

from collections.abc import Callable

import torch

Function = Callable[[torch.Tensor], torch.Tensor]


def neuron(a: torch.Tensor, w: torch.Tensor, b: torch.Tensor, f: Function) -> torch.Tensor:
    """One neuron's output, f(Σ aᵢwᵢ + b).

    a: the inputs, [D]. w: their weights, [D]. b: the bias, 0-d. Returns: a 0-d tensor of the inputs' dtype.

    一个神经元的输出，f(Σ aᵢwᵢ + b)。

    a：输入，[D]。w：对应的权重，[D]。b：偏置，0 维。返回：0 维张量，dtype 与输入相同。
    """
    raise NotImplementedError("neuron")


def neuron_batch(A: torch.Tensor, W: torch.Tensor, b: torch.Tensor, f: Function) -> torch.Tensor:
    """The outputs of M neurons for each of N samples.

    A: one sample per row, [N, D]. W: one neuron's weights per row, [M, D]. b: one bias per neuron, [M].
    Returns: [N, M], of the inputs' dtype; entry n, m is neuron m's output for sample n.

    M 个神经元对 N 个样本的输出。

    A：每行一个样本，[N, D]。W：每行是一个神经元的权重，[M, D]。b：每个神经元一个偏置，[M]。
    返回：[N, M]，dtype 与输入相同；第 n 行第 m 列是第 m 个神经元对第 n 个样本的输出。
    """
    raise NotImplementedError("neuron_batch")
