# grade course: deep-learning-by-exercise
"""Autograd, used with care: gradients that leave no trace, gradients that add up, and tensors without a history.

[*] is any shape. Functions and modules are handed in; nothing here knows what is inside them.

用好自动微分：不留痕迹的梯度，累加起来的梯度，以及没有计算历史的张量。

[*] 表示任意形状。函数和模块都由调用者传入；这里的代码不需要知道它们内部是什么样。
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch

ScalarFunction = Callable[[torch.Tensor], torch.Tensor]


def grad_of(f: ScalarFunction, x: torch.Tensor) -> torch.Tensor:
    """The gradient of f at x.

    f: gives a 0-d tensor. x: [*]; may require gradients or not, may be a leaf or the result of a computation.
    Returns: [*], a new tensor. x, its .grad and its graph stay as they are.

    f 在 x 处的梯度。

    f：返回 0 维张量。x：[*]；可以需要梯度，也可以不需要；可以是叶子节点，也可以是计算的结果。
    返回：[*]，新张量。x、它的 .grad 和它的计算图都保持原样。
    """
    raise NotImplementedError("grad_of")


def accumulate(f: Callable[[torch.Tensor, Any], torch.Tensor], w: torch.Tensor, batches: Iterable[Any]) -> torch.Tensor:
    """The gradient of f(w, batch) with respect to w, summed over the batches, with a backward pass for each.

    f: gives a 0-d tensor. w: a leaf that requires gradients. batches: at least one; can be walked through once.
    Returns: the sum, like w, in memory of its own. w.grad holds the same sum, and nothing of what it held before.

    f(w, batch) 对 w 的梯度，沿所有小批量求和；每个小批量做一次反向传播。

    f：返回 0 维张量。w：需要梯度的叶子节点。batches：至少有一个小批量；只能遍历一次也没关系。
    返回：梯度之和，形状和 dtype 同 w，有自己的内存。w.grad 里是同一个和，不含它原有的内容。
    """
    raise NotImplementedError("accumulate")


def vjp(f: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
    """The vector-Jacobian product: for each entry of x, the sum over the entries of f(x) of v·∂f(x)/∂x.

    f: gives a tensor of any shape. x: as for `grad_of`. v: like f(x). Returns: like x. x stays as it is.

    向量-雅可比积：对 x 的每个元素，把 v·∂f(x)/∂x 沿 f(x) 的所有元素求和。

    f：返回任意形状的张量。x：与 `grad_of` 相同。v：形状同 f(x)。返回：形状同 x。x 保持原样。
    """
    raise NotImplementedError("vjp")


def freeze(module: torch.nn.Module) -> torch.nn.Module:
    """Stop a module from learning: afterwards none of its parameters requires gradients, however deep it lies.

    Returns: the module itself. Its values, buffers and modes stay, and gradients still pass through it.

    让一个模块不再学习：此后它的参数都不需要梯度，无论嵌套多深。

    返回：这个模块本身。数值、缓冲区和模式都不变，梯度仍能经过它。
    """
    raise NotImplementedError("freeze")


def detached_copy(x: torch.Tensor) -> torch.Tensor:
    """The values of x in memory of their own, without a history and without requiring gradients.

    x: [*]. Returns: [*], same dtype. Whatever is written to the copy, x and its graph stay as they are.

    x 的数值，放在自己的内存里，没有计算历史，也不需要梯度。

    x：[*]。返回：[*]，dtype 不变。无论往副本里写什么，x 和它的计算图都保持原样。
    """
    raise NotImplementedError("detached_copy")


def numerical_gradient(f: ScalarFunction, x: torch.Tensor, eps: float) -> torch.Tensor:
    """The gradient of f at x from central differences: (f(x + eps·e) − f(x − eps·e)) / 2eps for each unit vector e.

    f: gives a 0-d tensor for float64 tensors of x's shape; may compute outside of autograd, in NumPy, say.
    x: [*], float32 or float64. Returns: [*], x's dtype, computed in float64. x stays as it is.

    用中心差分算 f 在 x 处的梯度：对每个单位向量 e，取 (f(x + eps·e) − f(x − eps·e)) / 2eps。

    f：接受与 x 形状相同的 float64 张量，返回 0 维张量；它可以不经过自动微分，例如用 NumPy 计算。
    x：[*]，float32 或 float64。返回：[*]，dtype 与 x 相同，但用 float64 计算。x 保持原样。
    """
    raise NotImplementedError("numerical_gradient")
