"""What the submission trains with: a model, a loss, loaders and optimisers that write down what happens to them.

Every number comes from seeds that are handed in, and masks from generators of their own, on the CPU: however a
submission uses global randomness, and on whatever device, both sides meet the same ones.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import torch

HIDDEN = 5
LEARNING_RATES = {"SGD": 0.5, "SGD with momentum": 0.2, "Adam": 0.05}


class Record:
    """What happened, in order; all parameters after each step; whether the model's output ever carried a graph."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.parameters: list[torch.Tensor] = []
        self.graph = False

    def __deepcopy__(self, memo: dict[int, Any]) -> Record:
        return self  # what happens to a copy of the model belongs here as well


class Dropout(torch.nn.Module):
    """Dropout whose masks come from a CPU generator: one more forward in training mode, and all later ones differ."""

    def __init__(self, rate: float, generator: torch.Generator) -> None:
        super().__init__()
        self.rate = rate
        self.generator = generator

    def forward(self, h: torch.Tensor) -> torch.Tensor:
        if not self.training or self.rate == 0:
            return h
        kept = torch.rand(h.shape, generator=self.generator, dtype=torch.float64) >= self.rate
        return h * kept.to(h) / (1 - self.rate)


class Network(torch.nn.Module):
    """x [N, D] → [N]: a hidden layer with tanh and dropout. `watched`: forward passes are written down."""

    def __init__(self, like: torch.Tensor, dropout: float, seed: int, record: Record, watched: bool) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        shapes = {"w1": (HIDDEN, like.shape[1]), "b1": (HIDDEN,), "w2": (HIDDEN,), "b2": ()}
        for name, shape in shapes.items():
            start = torch.randn(shape, generator=generator, dtype=torch.float64)
            self.register_parameter(name, torch.nn.Parameter(start.to(like)))
        self.dropout = Dropout(dropout, generator)
        self.record = record
        self.watched = watched

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.watched:
            self.record.events.append(f"forward ({mode_of(self)} mode)")
        hidden = self.dropout(torch.tanh(x @ self.w1.T + self.b1))
        output = hidden @ self.w2 + self.b2
        self.record.graph = self.record.graph or output.requires_grad
        return output


class Optimizer(torch.optim.Optimizer):
    """The formulas of torch.optim's SGD and Adam.

    The first of those to be made imports torch's compiler, which takes longer than all checks together.
    """

    def __init__(self, kind: str, model: torch.nn.Module, record: Record) -> None:
        self.kind = kind
        self.record = record
        super().__init__(model.parameters(), {"lr": LEARNING_RATES[kind]})

    def add_param_group(self, param_group: dict[str, Any]) -> None:
        self.param_groups.append({**self.defaults, **param_group})

    def zero_grad(self, set_to_none: bool = True) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                if set_to_none:
                    parameter.grad = None
                elif parameter.grad is not None:
                    parameter.grad = torch.zeros_like(parameter.grad)

    def step(self, closure: Callable[[], torch.Tensor] | None = None) -> torch.Tensor | None:  # type: ignore[override]
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        with torch.no_grad():
            for group in self.param_groups:
                for parameter in group["params"]:
                    if parameter.grad is not None:
                        parameter -= group["lr"] * DIRECTIONS[self.kind](parameter.grad, self.state[parameter])
        self.record.events.append("optimizer.step")
        self.record.parameters.append(vector(parameter for group in self.param_groups for parameter in group["params"]))
        return loss


def sgd(gradient: torch.Tensor, state: dict[str, Any]) -> torch.Tensor:
    return gradient


def momentum(gradient: torch.Tensor, state: dict[str, Any]) -> torch.Tensor:
    """v = g at first, then 0.9·v + g."""
    state["v"] = 0.9 * state["v"] + gradient if state else gradient.clone()
    return state["v"]


def adam(gradient: torch.Tensor, state: dict[str, Any]) -> torch.Tensor:
    """m̂/(√v̂ + 1e-8) with β = 0.9, 0.999 and both means corrected for their start at 0."""
    state["t"] = state.get("t", 0) + 1
    state["m"] = 0.9 * state.get("m", 0) + 0.1 * gradient
    state["s"] = 0.999 * state.get("s", 0) + 0.001 * gradient**2
    mean, square = state["m"] / (1 - 0.9 ** state["t"]), state["s"] / (1 - 0.999 ** state["t"])
    return mean / (square.sqrt() + 1e-8)


DIRECTIONS = {"SGD": sgd, "SGD with momentum": momentum, "Adam": adam}


class Loader:
    """Batches of consecutive rows, the last one perhaps short; with a seed, in a new order at every walk."""

    def __init__(self, x: torch.Tensor, y: torch.Tensor, batch_size: int, shuffle_seed: int | None = None) -> None:
        self.x, self.y, self.batch_size = x, y, batch_size
        self.shuffled = None if shuffle_seed is None else torch.Generator().manual_seed(shuffle_seed)

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        order = torch.arange(len(self.x))
        if self.shuffled is not None:
            order = torch.randperm(len(self.x), generator=self.shuffled)
        return iter([(self.x[rows], self.y[rows]) for rows in order.to(self.x.device).split(self.batch_size)])


class SizedLoader(Loader):
    """A loader with a length: how many batches it gives."""

    def __len__(self) -> int:
        return -(-len(self.x) // self.batch_size)


class Bench:
    """A model, its optimiser and its loss around one record."""

    def __init__(
        self, x: torch.Tensor, optimizer: str, dropout: float, seed: int, mode: str, watched: bool = False
    ) -> None:
        self.record = Record()
        self.model = Network(x, dropout, seed, self.record, watched)
        self.model.train(mode == "train")
        self.optimizer = Optimizer(optimizer, self.model, self.record)

    def loss_fn(self, prediction: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Mean binary cross-entropy with logits; not symmetric. Writes down when its backward pass begins."""
        loss = (torch.logaddexp(prediction, torch.zeros_like(prediction)) - prediction * y).mean()
        if loss.requires_grad:
            loss.register_hook(lambda _: self.record.events.append("backward"))
        return loss

    def leave_gradients(self, x: torch.Tensor, y: torch.Tensor) -> None:
        """Fill every .grad, as an earlier use of the model would."""
        mode = self.model.training
        self.model.eval()
        (-5 * self.loss_fn(self.model(x), y)).backward()
        self.model.train(mode)
        self.record.events.clear()


def mode_of(model: torch.nn.Module) -> str:
    return "train" if model.training else "eval"


def vector(parameters: Iterable[torch.Tensor]) -> torch.Tensor:
    """All of them end to end, as they are now."""
    return torch.cat([parameter.detach().reshape(-1) for parameter in parameters])


# Scenarios. Each runs with gradients enabled and, whatever the submission does, leaves that setting as it was.


@torch.enable_grad()
def train_steps(
    module: types.ModuleType,
    optimizer: str,
    x: torch.Tensor,
    y: torch.Tensor,
    batch_size: int,
    seed: int,
    dropout: float = 0.0,
    watched: bool = False,
    old_gradients: bool = False,
    eval_before: int | None = None,
) -> list[dict[str, Any]]:
    """`train_step` on one batch after another: for each, what happened, the loss, and all parameters after it.

    eval_before: the batch before which the model is put into evaluation mode, as an evaluation in between would.
    """
    bench = Bench(x, optimizer, dropout, seed, "train", watched)
    if old_gradients:
        bench.leave_gradients(x, y)
    steps = []
    for number, batch in enumerate(zip(x.split(batch_size), y.split(batch_size), strict=True)):
        if number == eval_before:
            bench.model.eval()
        loss = module.train_step(bench.model, *batch, bench.loss_fn, bench.optimizer)
        happened, bench.record.events = bench.record.events, []
        parameters = vector(bench.model.parameters())
        steps.append({"what happened": happened, "loss returned": loss, "parameters afterwards": parameters})
    return steps


@torch.enable_grad()
def train_epochs(
    module: types.ModuleType,
    optimizer: str,
    epochs: int,
    x: torch.Tensor,
    y: torch.Tensor,
    batch_size: int,
    seed: int,
    dropout: float = 0.0,
    mode: str = "train",
    shuffle: bool = False,
    sized: bool = True,
    old_gradients: bool = False,
) -> dict[str, Any]:
    """`train`: all parameters after each step, what it returned, and whether that holds graphs."""
    bench = Bench(x, optimizer, dropout, seed, mode)
    if old_gradients:
        bench.leave_gradients(x, y)
    loader = (SizedLoader if sized else Loader)(x, y, batch_size, seed if shuffle else None)
    history = module.train(bench.model, loader, bench.loss_fn, bench.optimizer, epochs)
    entries = history if isinstance(history, (list, tuple)) else [history]
    graphs = any(isinstance(entry, torch.Tensor) and entry.requires_grad for entry in entries)
    return {"parameters after each step": bench.record.parameters, "list returned": history, "graphs kept": graphs}


@torch.enable_grad()
def evaluate_once(
    module: types.ModuleType,
    x: torch.Tensor,
    y: torch.Tensor,
    batch_size: int,
    seed: int,
    dropout: float = 0.0,
    mode: str = "train",
    sized: bool = True,
) -> Any:
    """`evaluate`: what it returned."""
    bench = Bench(x, "SGD", dropout, seed, mode)
    loader = (SizedLoader if sized else Loader)(x, y, batch_size)
    return module.evaluate(bench.model, loader, bench.loss_fn)


@torch.enable_grad()
def evaluate_watching_gradients(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, batch_size: int, seed: int
) -> dict[str, Any]:
    """`evaluate`: its value, whether a graph was built, and whether one would be built after it as before."""
    bench = Bench(x, "SGD", 0.0, seed, "train")
    loss = module.evaluate(bench.model, SizedLoader(x, y, batch_size), bench.loss_fn)
    return {
        "graph built": bench.record.graph,
        "gradients enabled afterwards": torch.is_grad_enabled(),
        "parameters require grad afterwards": all(p.requires_grad for p in bench.model.parameters()),
        "loss returned": loss,
    }


@torch.enable_grad()
def evaluate_watching_mode(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, batch_size: int, seed: int, mode: str
) -> dict[str, Any]:
    """`evaluate`: its value, the mode of the model after it, and, to prove that, what dropout makes of x then."""
    bench = Bench(x, "SGD", 0.5, seed, mode)
    loss = module.evaluate(bench.model, SizedLoader(x, y, batch_size), bench.loss_fn)
    mode_afterwards, output = mode_of(bench.model), bench.model(x).detach()
    return {"mode afterwards": mode_afterwards, "loss returned": loss, "model(x) afterwards": output}
