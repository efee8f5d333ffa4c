"""The artificial neuron: one by itself, and several for a batch of inputs.

`f` is handed in: a function that takes a floating tensor of any shape and works on it element by element.
"""

from __future__ import annotations

from collections.abc import Callable

import torch

Function = Callable[[torch.Tensor], torch.Tensor]


def neuron(a: torch.Tensor, w: torch.Tensor, b: torch.Tensor, f: Function) -> torch.Tensor:
    """One neuron's output, f(Σ aᵢwᵢ + b).

    a: the inputs, [D]. w: their weights, [D]. b: the bias, 0-d. Returns: a 0-d tensor of the inputs' dtype.
    """
    ### BEGIN SOLUTION
    return f((a * w).sum() + b)
    ### END SOLUTION


def neuron_batch(A: torch.Tensor, W: torch.Tensor, b: torch.Tensor, f: Function) -> torch.Tensor:
    """The outputs of M neurons for each of N samples.

    A: one sample per row, [N, D]. W: one neuron's weights per row, [M, D]. b: one bias per neuron, [M].
    Returns: [N, M], of the inputs' dtype; entry n, m is neuron m's output for sample n.
    """
    ### BEGIN SOLUTION
    return f(A @ W.T + b)
    ### END SOLUTION
