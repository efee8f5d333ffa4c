"""What stands in for the losses of a submission while its train_step is judged; and networks and optimizers for that.

Networks start from seeds that are handed in. In training mode nothing is random, and no sample changes what comes out
for another one: D may see real and generated samples in one pass or in two, in either order.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import torch

LEARNING_RATES = {"SGD": 0.5, "SGD with momentum": 0.3, "Adam": 0.02}


def right_d_loss(original: Any, real: Any, fake: Any, *others: Any, **named: Any) -> Any:
    """A right `d_loss`, so that an error in the submission's is not counted again."""
    return right_g_loss(original, real) + right_g_loss(original, -fake)


def right_g_loss(original: Any, fake: Any, *others: Any, **named: Any) -> Any:
    """A right `g_loss`."""
    return torch.logaddexp(-fake, torch.zeros_like(fake)).mean()


class Switch(torch.nn.Module):
    """Shows the mode without chance: in evaluation mode it halves what goes through it."""

    def forward(self, h: torch.Tensor) -> torch.Tensor:
        return h if self.training else h / 2


class Network(torch.nn.Module):
    """x [*, D] → [*, C], or → [*] for C = 0: a hidden layer with tanh, and beside it a direct way, so that large
    numbers count where tanh is flat."""

    def __init__(self, like: torch.Tensor, outputs: int, seed: int, hidden: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        inputs, columns = like.shape[-1], max(1, outputs)
        shapes = {"w1": (hidden, inputs), "b1": (hidden,), "w2": (columns, hidden), "w": (columns, inputs)}
        for name, shape in (shapes | {"b": (columns,)}).items():
            start = torch.randn(shape, generator=generator, dtype=torch.float64)
            self.register_parameter(name, torch.nn.Parameter(start.to(like)))
        self.switch = Switch()
        self.outputs = outputs

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        hidden = torch.tanh(x @ self.w1.T + self.b1)
        output = self.switch(hidden @ self.w2.T + x @ self.w.T + self.b)
        return output if self.outputs else output[..., 0]


class Optimizer(torch.optim.Optimizer):
    """SGD and Adam by their formulas: the first optimizer of torch.optim itself takes long to make."""

    def __init__(self, kind: str, network: torch.nn.Module, before_step: Callable[[], None]) -> None:
        self.kind = kind
        self.before_step = before_step
        super().__init__(network.parameters(), {"lr": LEARNING_RATES[kind]})

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        self.param_groups.append({**self.defaults, **param_group})

    def zero_grad(self, set_to_none: bool = True) -> None:
        for group in self.param_groups:
            for p in group["params"]:
                if set_to_none:
                    p.grad = None
                elif p.grad is not None:
                    p.grad = torch.zeros_like(p.grad)

    def step(self, closure: Callable[[], Any] | None = None) -> Any:  # type: ignore[override]
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        self.before_step()
        with torch.no_grad():
            for group in self.param_groups:
                for p in group["params"]:
                    if p.grad is not None:
                        p -= group["lr"] * DIRECTIONS[self.kind](p.grad, self.state[p])
        return loss


def _momentum(gradient: torch.Tensor, state: dict[str, Any]) -> torch.Tensor:
    state["v"] = 0.9 * state.get("v", 0) + gradient
    return state["v"]


def _adam(gradient: torch.Tensor, state: dict[str, Any]) -> torch.Tensor:
    """With β = 0.5, 0.999, as GANs like it."""
    state["t"] = t = state.get("t", 0) + 1
    state["m"] = 0.5 * state.get("m", 0) + 0.5 * gradient
    state["s"] = 0.999 * state.get("s", 0) + 0.001 * gradient**2
    return state["m"] / (1 - 0.5**t) / ((state["s"] / (1 - 0.999**t)).sqrt() + 1e-8)


DIRECTIONS = {"SGD": lambda gradient, state: gradient, "SGD with momentum": _momentum, "Adam": _adam}


class Bench:
    """Two networks with their optimizers, and what was in the .grad of G whenever the optimizer of D made a step."""

    def __init__(self, real: torch.Tensor, z: torch.Tensor, optimizer: str, seed: int, hidden: int = 4) -> None:
        self.G = Network(z, real.shape[-1], seed, hidden)
        self.D = Network(real, 0, seed + 1, hidden)
        self.seen: list[torch.Tensor] = []
        self.opt_g = Optimizer(optimizer, self.G, lambda: None)
        self.opt_d = Optimizer(optimizer, self.D, lambda: self.seen.append(_gradients(self.G)))

    def leave_gradients(self) -> None:
        """Fill every .grad, as an earlier use of the networks would."""
        for p in (*self.G.parameters(), *self.D.parameters()):
            p.grad = p.detach().cos()

    def step(self, module: types.ModuleType, *batch: torch.Tensor) -> Any:
        """What `train_step` returns, its numbers as numbers."""
        losses = module.train_step(self.G, self.D, *batch, self.opt_g, self.opt_d)
        return tuple(map(_number, losses)) if isinstance(losses, (tuple, list)) else losses


def _vector(tensors: Iterable[torch.Tensor]) -> torch.Tensor:
    """All of them end to end, as they are now."""
    return torch.cat([tensor.detach().reshape(-1) for tensor in tensors])


def _gradients(network: torch.nn.Module) -> torch.Tensor:
    """All that is in .grad; None counts as 0."""
    return _vector(torch.zeros_like(p) if p.grad is None else p.grad for p in network.parameters())


def _number(value: Any) -> Any:
    """A loss as a number, if it is one of any kind."""
    single = isinstance(value, (torch.Tensor, np.ndarray, np.generic)) and value.ndim == 0
    return value.item() if single else value


@torch.enable_grad()
def steps(
    module: types.ModuleType,
    real: torch.Tensor,
    z_d: torch.Tensor,
    z_g: torch.Tensor,
    optimizer: str,
    seed: int,
    old_gradients: bool = False,
) -> list[dict[str, Any]]:
    """`train_step` on one batch after another: all parameters of D and of G after each.

    The batches are along the first axis.
    """
    bench = Bench(real, z_d, optimizer, seed)
    if old_gradients:
        bench.leave_gradients()
    found = []
    for batch in zip(real, z_d, z_g, strict=True):
        bench.step(module, *batch)
        found.append({"D afterwards": _vector(bench.D.parameters()), "G afterwards": _vector(bench.G.parameters())})
    return found


@torch.enable_grad()
def step_of_d(
    module: types.ModuleType, real: torch.Tensor, z_d: torch.Tensor, z_g: torch.Tensor, optimizer: str, seed: int
) -> dict[str, Any]:
    """`train_step` on networks without any gradients: D afterwards, and what is in the .grad of G when the optimizer of
    D makes its step, 0 for None."""
    bench = Bench(real, z_d, optimizer, seed)
    bench.step(module, real, z_d, z_g)
    seen = bench.seen[0] if bench.seen else _gradients(bench.G) * 0
    return {"D afterwards": _vector(bench.D.parameters()), "G.grad when D is updated": seen}


@torch.enable_grad()
def losses(
    module: types.ModuleType,
    real: torch.Tensor,
    z_d: torch.Tensor,
    z_g: torch.Tensor,
    optimizer: str,
    seed: int,
    mode: str = "train",
) -> Any:
    """`train_step`: the two losses that it returns. mode: the one in which both networks are handed over."""
    bench = Bench(real, z_d, optimizer, seed)
    bench.G.train(mode == "train")
    bench.D.train(mode == "train")
    return bench.step(module, real, z_d, z_g)


def trained(module: types.ModuleType, real: torch.Tensor, z: torch.Tensor, counts: list[int]) -> torch.Tensor:
    """What G makes of z after so many steps, each with new noise: [len(counts), len(z), 2]."""
    generator = torch.Generator().manual_seed(30)
    bench = Bench(real, z, "Adam", seed=7, hidden=12)
    found = []
    for number in range(max(counts) + 1):
        if number in counts:
            found.append(bench.G(z).detach())
        noise = 0.5 * torch.randn(2, len(z), 2, generator=generator, dtype=z.dtype)
        bench.step(module, real, *noise)
    return torch.stack(found)
