# grade course: deep-learning-by-exercise
"""Three optimizers: SGD with momentum, RMSprop and Adam. Each moves tensors in place, by what is in their .grad.

三个优化器：带动量的 SGD、RMSprop 和 Adam。每个都按张量的 .grad 原地更新张量。
"""

from __future__ import annotations

from collections.abc import Iterable

import torch


class SGD:
    """Gradient descent with momentum: v ← μ·v + g, p ← p − lr·v. `lr` may be set at any time.

    带动量的梯度下降：v ← μ·v + g，p ← p − lr·v。`lr` 随时可以重新设置。
    """

    def __init__(
        self, params: Iterable[torch.Tensor], lr: float, momentum: float = 0.0, weight_decay: float = 0.0
    ) -> None:
        """params: the tensors to move, of any shapes; a list, or an iterator, which can be gone through only once.

        params：要更新的张量，形状任意；列表，或者只能遍历一遍的迭代器。
        """
        raise NotImplementedError("SGD.__init__")

    def step(self) -> None:
        """Move every tensor that has a gradient, in place. What is in .grad stays as it is.

        原地更新每个有梯度的张量。.grad 的内容保持原样。
        """
        raise NotImplementedError("SGD.step")

    def zero_grad(self) -> None:
        """Reset the .grad of every tensor, to None or to zeros.

        清空每个张量的 .grad，设成 None 或清成零。
        """
        raise NotImplementedError("SGD.zero_grad")


class RMSprop:
    """s ← α·s + (1 − α)·g², p ← p − lr·g/(√s + eps). `lr` may be set at any time.

    s ← α·s + (1 − α)·g²，p ← p − lr·g/(√s + eps)。`lr` 随时可以重新设置。
    """

    def __init__(
        self, params: Iterable[torch.Tensor], lr: float = 0.01, alpha: float = 0.99, eps: float = 1e-8
    ) -> None:
        """params: the tensors to move, of any shapes; a list, or an iterator, which can be gone through only once.

        params：要更新的张量，形状任意；列表，或者只能遍历一遍的迭代器。
        """
        raise NotImplementedError("RMSprop.__init__")

    def step(self) -> None:
        """Move every tensor that has a gradient, in place. What is in .grad stays as it is.

        原地更新每个有梯度的张量。.grad 的内容保持原样。
        """
        raise NotImplementedError("RMSprop.step")

    def zero_grad(self) -> None:
        """Reset the .grad of every tensor, to None or to zeros.

        清空每个张量的 .grad，设成 None 或清成零。
        """
        raise NotImplementedError("RMSprop.zero_grad")


class Adam:
    """Both means, corrected for their start at 0: p ← p − lr·m̂/(√v̂ + eps). `lr` may be set at any time.

    两个滑动平均，都校正从 0 开始的偏差：p ← p − lr·m̂/(√v̂ + eps)。`lr` 随时可以重新设置。
    """

    def __init__(
        self,
        params: Iterable[torch.Tensor],
        lr: float = 0.001,
        betas: tuple[float, float] = (0.9, 0.999),
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ) -> None:
        """params: the tensors to move, of any shapes; a list, or an iterator, which can be gone through only once.

        params：要更新的张量，形状任意；列表，或者只能遍历一遍的迭代器。
        """
        raise NotImplementedError("Adam.__init__")

    def step(self) -> None:
        """Move every tensor that has a gradient, in place. What is in .grad stays as it is.

        原地更新每个有梯度的张量。.grad 的内容保持原样。
        """
        raise NotImplementedError("Adam.step")

    def zero_grad(self) -> None:
        """Reset the .grad of every tensor, to None or to zeros.

        清空每个张量的 .grad，设成 None 或清成零。
        """
        raise NotImplementedError("Adam.zero_grad")
