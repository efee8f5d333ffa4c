# grade course: deep-learning-by-exercise
"""A layer and a network as Modules: parameters that optimisers find, counted, saved and loaded.

用 Module 写一个层和一个网络：参数能被优化器找到，可以计数、保存和载入。
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from os import PathLike

import torch
from torch import nn


class Linear(nn.Module):
    """A fully connected layer, y = xWᵀ + b.

    weight: a parameter, [out_features, in_features]. bias: a parameter, [out_features], or None.

    全连接层，y = xWᵀ + b。

    weight：参数，[out_features, in_features]。bias：参数，[out_features]，或者 None。
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        """Start values, in float32: every entry of weight and bias uniform in (−1/√in_features, 1/√in_features).

        初始值为 float32：weight 和 bias 的每个元素都在 (−1/√in_features, 1/√in_features) 内均匀分布。
        """
        raise NotImplementedError("Linear.__init__")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: [*, in_features]. Returns: [*, out_features].

        x：[*, in_features]。返回：[*, out_features]。
        """
        raise NotImplementedError("Linear.forward")


class MLP(nn.Module):
    """A multilayer perceptron: layers with biases, and a ReLU between each two, none after the last.

    parameters() gives W1, b1, W2, b2, …, from the input to the output.

    多层感知机：每层都有偏置，相邻两层之间有一个 ReLU，最后一层之后没有。

    parameters() 从输入到输出依次给出 W1、b1、W2、b2……
    """

    def __init__(self, sizes: Sequence[int]) -> None:
        """sizes: inputs, hidden units of each layer, outputs; at least two numbers, for a single layer.

        sizes：输入个数、各隐藏层的单元数、输出个数；至少两个数，这时只有一层。
        """
        raise NotImplementedError("MLP.__init__")

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """x: [*, sizes[0]]. Returns: [*, sizes[-1]].

        x：[*, sizes[0]]。返回：[*, sizes[-1]]。
        """
        raise NotImplementedError("MLP.forward")


def count_parameters(module: nn.Module) -> int:
    """How many numbers a module learns: the entries of all parameters that require gradients, each counted once.

    Returns: a Python int. A parameter that several parts share is one parameter.

    一个模块要学习多少个数：所有需要梯度的参数的元素总数，每个参数只数一次。

    返回：Python 整数。被几个部分共享的参数，算一个参数。
    """
    raise NotImplementedError("count_parameters")


def save(module: nn.Module, path: str | PathLike[str]) -> None:
    """Write the parameters and buffers of a module to the file `path`.

    把一个模块的参数和缓冲区写入文件 `path`。
    """
    raise NotImplementedError("save")


def load(module: nn.Module, path: str | PathLike[str]) -> nn.Module:
    """Put what `save` has written to `path` into a module of the same structure. Runs no code from the file.

    Returns: the module itself.

    把 `save` 写在 `path` 里的内容载入一个结构相同的模块。不执行文件里的任何代码。

    返回：这个模块本身。
    """
    raise NotImplementedError("load")
