"""What the submission trains with: a model, a loss, loaders and optimisers that write down what happens to them.

Every number comes from seeds that are handed in, and masks from generators of their own, on the CPU: however a
submission uses global randomness, and on whatever device, both sides meet the same ones.
"""

from __future__ import annotations

import contextlib
import types
import weakref
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
import torch

HIDDEN = 5
LEARNING_RATES = {"SGD": 0.5, "SGD with momentum": 0.2, "Adam": 0.05}


class Record:
    """What happened, in order; all parameters after each step; whether the model's output ever carried a graph; how
    many graphs of earlier batches there were at most when a loss was computed."""

    def __init__(self) -> None:
        self.events: list[str] = []
        self.parameters: list[torch.Tensor] = []
        self.graph = False
        self.most_graphs = 0

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
    """x [*, D] → [*]: a hidden layer with tanh and dropout; a little of x is added, so that numbers that are far beyond
    where tanh is flat still count. `watched`: forward passes are written down."""

    def __init__(self, like: torch.Tensor, dropout: float, seed: int, record: Record, watched: bool) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        shapes = {"w1": (HIDDEN, like.shape[-1]), "b1": (HIDDEN,), "w2": (HIDDEN,), "b2": ()}
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
        output = hidden @ self.w2 + self.b2 + 1e-3 * x.sum(-1)
        self.record.graph = self.record.graph or output.requires_grad
        if output.requires_grad:
            output.register_hook(self._reached)
        return output

    def _reached(self, _: torch.Tensor) -> None:
        self.record.events.append("backward")


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
        self.graphs: list[weakref.ref[Any]] = []

    def loss_fn(self, prediction: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        """Mean binary cross-entropy with logits; not symmetric."""
        loss = (torch.logaddexp(prediction, torch.zeros_like(prediction)) - prediction * y).mean()
        self.graphs = [graph for graph in self.graphs if graph() is not None]
        self.record.most_graphs = max(self.record.most_graphs, len(self.graphs))
        if loss.requires_grad:

            def kept(_: torch.Tensor) -> None:
                pass

            loss.register_hook(kept)
            self.graphs.append(weakref.ref(kept))  # the graph keeps it, and nothing else does
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


# Right functions, and scenarios. Each runs with gradients enabled and, whatever the submission does, leaves that
# setting as it was.


def right_train_step(model: Any, x: torch.Tensor, y: torch.Tensor, loss_fn: Any, optimizer: Any) -> torch.Tensor:
    """A right step; the loss as a tensor."""
    model.train()
    optimizer.zero_grad()
    loss = loss_fn(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.detach()


def as_number(*args: Any, **kwargs: Any) -> float:
    return right_train_step(*args, **kwargs).item()


#: What may stand in for the submission's train_step, so that an error in that is not counted again.
RIGHT = {"a right train_step": as_number, "one that returns a tensor": right_train_step}


@contextlib.contextmanager
def _standing_in(module: types.ModuleType, given: str) -> Iterator[None]:
    names = vars(module)
    before = names.get("train_step")
    if given:
        names["train_step"] = RIGHT[given]
    try:
        with torch.enable_grad():
            yield
    finally:
        if before is None:
            names.pop("train_step", None)
        else:
            names["train_step"] = before


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
    losses: bool = False,
) -> list[dict[str, Any]]:
    """`train_step` on one batch after another: for each, what happened, all parameters after it, and the loss if asked.

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
        returned = {"loss returned": loss} if losses else {}
        parameters = vector(bench.model.parameters())
        steps.append({"what happened": happened, **returned, "parameters afterwards": parameters})
    return steps


def train_epochs(
    module: types.ModuleType,
    given: str,
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
    judged: str = "numbers",
) -> dict[str, Any]:
    """`train`: all parameters after each step, and what it returned.

    judged: that "as it is", with whether graphs were kept, or its "numbers" alone, or its "length". given: what stands
    in for train_step, if anything.
    """
    with torch.enable_grad():
        bench = Bench(x, optimizer, dropout, seed, mode)
        if old_gradients:
            bench.leave_gradients(x, y)
    loader = (SizedLoader if sized else Loader)(x, y, batch_size, seed if shuffle else None)
    with _standing_in(module, given):
        history = module.train(bench.model, loader, bench.loss_fn, bench.optimizer, epochs)
        still_recorded = torch.is_grad_enabled()
    result: dict[str, Any] = {"parameters after each step": bench.record.parameters}
    if judged == "numbers":
        result["list returned"] = [_number(entry) for entry in history]
    elif judged == "length":
        result["entries in the list returned"] = len(history)
    elif judged == "as it is":
        entries = history if isinstance(history, (list, tuple)) else [history]
        holding = any(isinstance(entry, torch.Tensor) and entry.requires_grad for entry in entries)
        result |= {"list returned": history, "graphs kept": holding or bench.record.most_graphs > 1}
        result["gradients enabled afterwards"] = still_recorded
    return result


def tried(module: types.ModuleType, given: str, size: int, *args: Any, **kwargs: Any) -> torch.Tensor:
    """All numbers that `train_epochs` gives, [size], float64. Whatever goes wrong shows in them, so that there is
    always something to choose by."""
    row = torch.full((size,), NOTHING, dtype=torch.float64)
    try:
        found = torch.tensor(numbers(train_epochs(module, given, *args, **kwargs)), dtype=torch.float64)
    except Exception as error:  # it will be told by whoever makes the call that is chosen
        del error
        return row
    return found.nan_to_num(NOTHING, NOTHING, -NOTHING).clamp(-NOTHING, NOTHING) if len(found) == size else row


#: Stands for what is no number, or not there.
NOTHING = 1e300


def in_numbers(module: types.ModuleType, value: Any) -> list[float]:
    """A right result as `tried` gives one."""
    return numbers(value)


def numbers(value: Any) -> list[float]:
    """All numbers in a scenario's result, in order."""
    if isinstance(value, torch.Tensor):
        return [float(number) for number in value.detach().reshape(-1).tolist()]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in numbers(item)]
    return [float(value)]


def _number(value: Any) -> Any:
    """A loss as a number, where it is one of any kind."""
    return value.item() if isinstance(value, (torch.Tensor, np.ndarray, np.generic)) else value


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
    """`evaluate`: its value, whether a graph was built, whether one would be built after it as before, and what it has
    left of the parameters and of the gradients that were there."""
    bench = Bench(x, "SGD", 0.0, seed, "train")
    bench.leave_gradients(x, y)
    bench.record.graph = False
    loss = module.evaluate(bench.model, SizedLoader(x, y, batch_size), bench.loss_fn)
    gradients = [parameter.grad for parameter in bench.model.parameters()]
    return {
        "graph built": bench.record.graph,
        "gradients enabled afterwards": torch.is_grad_enabled(),
        "parameters require grad afterwards": all(p.requires_grad for p in bench.model.parameters()),
        "loss returned, as a number": _number(loss),
        "parameters afterwards": vector(bench.model.parameters()),
        "gradients afterwards": None if any(grad is None for grad in gradients) else vector(gradients),
    }


@torch.enable_grad()
def evaluate_watching_mode(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, batch_size: int, seed: int, mode: str
) -> dict[str, Any]:
    """`evaluate`: its value, the mode of the model after it, and, to prove that, what dropout makes of x then."""
    bench = Bench(x, "SGD", 0.5, seed, mode)
    loss = module.evaluate(bench.model, SizedLoader(x, y, batch_size), bench.loss_fn)
    mode_afterwards, output = mode_of(bench.model), bench.model(x).detach()
    return {
        "mode afterwards": mode_afterwards,
        "loss returned, as a number": _number(loss),
        "model(x) afterwards": output,
    }
