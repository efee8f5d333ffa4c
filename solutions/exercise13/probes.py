"""The functions and modules that a submission is asked to differentiate, and the scenarios around its calls."""

from __future__ import annotations

import contextlib
import functools
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

# Functions to differentiate. The first arguments are bound by the check.


def cubes(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Σ a·x³: a central difference with eps is off by exactly a·eps²."""
    return (a.to(x.dtype) * x**3).sum()


def waves(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Σ a·sin x: no difference formula is exact here, and it keeps its digits far from 0."""
    return (a.to(x.dtype) * x.sin()).sum()


def coupled(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Σ a·(x³ + sin x) + (Σ a·x)²: every entry's slope depends on all the others."""
    return cubes(a, x) + waves(a, x) + (a.to(x.dtype) * x).sum() ** 2


def through_numpy(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """As `coupled`, outside of autograd."""
    weights, values = a.cpu().numpy(), x.cpu().numpy()
    value = (weights * (values**3 + np.sin(values))).sum() + (weights * values).sum() ** 2
    return torch.tensor(value, device=x.device)


def squares(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The squares of a·x, for a [*, n] and x of n entries: [*]."""
    return (a.to(x.dtype) @ x.reshape(-1)) ** 2


def only_entry(x: torch.Tensor) -> torch.Tensor:
    """A 0-d x itself, not a copy of it."""
    return x.reshape(())


def squared_error(w: torch.Tensor, batch: torch.Tensor | tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Σ (x·w − y)² over the rows of a batch (x, y), or one [n, entries of w + 1], whose last column is y."""
    x, y = batch if isinstance(batch, tuple) else (batch[:, :-1], batch[:, -1])
    x, y = x.to(w.dtype), y.to(w.dtype)
    return ((x @ w.reshape(-1) - y) ** 2).sum()


def scenario(run: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Gradients are enabled when it begins, whatever the submission did before; says whether they are when it ends."""

    @functools.wraps(run)
    def recorded(*args: Any) -> dict[str, Any]:
        with torch.enable_grad():
            result = run(*args)
            return {**result, "gradients are recorded afterwards": torch.is_grad_enabled()}

    return recorded


def has_history(value: Any) -> bool:
    """Whether a result hangs on a graph or begins one: a gradient does neither."""
    return isinstance(value, torch.Tensor) and value.requires_grad


# Scenarios of grad_of and vjp.


@scenario
def plain_x(
    module: types.ModuleType, function: str, f: Callable[..., Any], x: torch.Tensor, *v: torch.Tensor
) -> dict[str, Any]:
    """An x that does not require gradients: the result, which the next call leaves alone, and what is left in x."""
    result = getattr(module, function)(f, x, *v)
    now = result.detach().clone() if isinstance(result, torch.Tensor) else result
    getattr(module, function)(f, x.detach() + 1, *v)
    return {
        "returned": now,
        "returned, read after another call": result,
        "the result requires grad": has_history(result),
        "x requires grad afterwards": x.requires_grad,
        "x.grad afterwards": x.grad,
    }


@scenario
def old_gradient(
    module: types.ModuleType,
    function: str,
    old: torch.Tensor | None,
    f: Callable[..., Any],
    x: torch.Tensor,
    *v: torch.Tensor,
) -> dict[str, Any]:
    """A leaf with a gradient: the result, and what is in .grad after a backward of 2·x, which adds 2."""
    x.requires_grad_()
    x.grad = None if old is None else old.clone()
    result = getattr(module, function)(f, x, *v)
    now = result.clone() if isinstance(result, torch.Tensor) else result
    if x.requires_grad:
        (2 * x).sum().backward()
    return {"returned": now, "x.grad after one more backward": x.grad}


@scenario
def inner_node(
    module: types.ModuleType, function: str, f: Callable[..., Any], w: torch.Tensor, *v: torch.Tensor
) -> dict[str, Any]:
    """x = −w, w a leaf: the result, twice, and what is in w.grad after a backward of 2·x, which adds −2."""
    w.requires_grad_()
    x = -w
    result, again = (getattr(module, function)(f, x, *v) for _ in range(2))
    if x.requires_grad:
        (2 * x).sum().backward()
    return {
        "returned": result,
        "a second call gives another tensor": again is not result,
        "w.grad after one more backward": w.grad,
    }


# Scenarios of accumulate.


def recorded(events: list[str]) -> Callable[..., torch.Tensor]:
    """`squared_error`, which writes down its calls and when each one's backward pass begins."""

    def f(w: torch.Tensor, batch: torch.Tensor) -> torch.Tensor:
        events.append("f(w, batch)")
        loss = squared_error(w, batch)
        loss.register_hook(lambda _: events.append("backward"))
        return loss

    return f


def once(batches: list[Any]) -> Iterator[Any]:
    """The batches, one by one, for a single walk, each as a tuple (x, y)."""
    for batch in batches:
        yield batch[:, :-1], batch[:, -1]


@scenario
def accumulated(
    module: types.ModuleType, w: torch.Tensor, batches: list[Any], old: torch.Tensor | None = None
) -> dict[str, Any]:
    """What is returned and what is left in w.grad."""
    w.requires_grad_()
    w.grad = None if old is None else old.clone()
    total = module.accumulate(squared_error, w, batches)
    return {
        "returned": total,
        "w.grad": w.grad,
        "the sums require grad": has_history(total) or has_history(w.grad),
        "w requires grad afterwards": w.requires_grad,
        "batches afterwards": len(batches),
    }


@scenario
def accumulated_in_order(module: types.ModuleType, w: torch.Tensor, batches: list[Any]) -> dict[str, Any]:
    """What happened, with batches that come only once."""
    events: list[str] = []
    w.requires_grad_()
    w.grad = torch.ones_like(w)
    total = module.accumulate(recorded(events), w, once(batches))
    return {"what happened": events, "returned": total}


@scenario
def accumulated_then_reset(module: types.ModuleType, w: torch.Tensor, batches: list[Any]) -> dict[str, Any]:
    """What the returned sum reads once w.grad has been set to zero in place."""
    w.requires_grad_()
    w.grad = torch.ones_like(w)
    total = module.accumulate(squared_error, w, batches)
    if w.grad is not None:
        w.grad.zero_()
    return {"returned, read after w.grad.zero_()": total}


# Scenarios of freeze.


class Block(torch.nn.Module):
    """tanh(h Wᵀ + b), normalised over the batch, times 1 + a weight of its own, 0-d. All parameters are called weight
    or bias, so that it does not matter which of the two somebody looks for."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, mean: torch.Tensor) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.full_like(bias[0], 0.25))
        self.linear = torch.nn.Linear(*weight.shape, dtype=weight.dtype, device=weight.device)
        self.linear.weight = torch.nn.Parameter(weight.clone())
        self.linear.bias = torch.nn.Parameter(bias.clone())
        self.norm = torch.nn.BatchNorm1d(len(bias), dtype=weight.dtype, device=weight.device)
        self.norm.running_mean.copy_(mean)
        self.norm.num_batches_tracked.fill_(7)

    def forward(self, h: torch.Tensor) -> torch.Tensor:
        return (1 + self.weight) * self.norm(torch.tanh(self.linear(h)))


class Network(torch.nn.Module):
    """x [N, D] → [N, D]: a weight of its own, a first block, and all others in a list, one level deeper."""

    def __init__(self, weight: torch.Tensor, blocks: list[tuple[torch.Tensor, ...]]) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(weight.clone())
        self.first = Block(*blocks[0])
        self.others = torch.nn.ModuleList(Block(*tensors) for tensors in blocks[1:])

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = x * self.weight
        for block in (self.first, *self.others):
            h = block(h)
        return h


@scenario
def step_around_frozen(
    module: types.ModuleType,
    weight: torch.Tensor,
    blocks: list[tuple[torch.Tensor, ...]],
    head: torch.Tensor,
    x: torch.Tensor,
) -> dict[str, Any]:
    """A step of descent on all that has a gradient: a frozen network between an input and a head that learn."""
    network = Network(weight, blocks)
    parameters = list(network.parameters())
    returned = module.freeze(network)
    head, x = head.clone().requires_grad_(), x.clone().requires_grad_()
    (network(x) @ head).pow(2).mean().backward()
    with torch.no_grad():
        for parameter in (*network.parameters(), head):
            if parameter.grad is not None:
                parameter -= 0.5 * parameter.grad
    return {
        "parameters after a step": {name: value.detach() for name, value in network.named_parameters()},
        "head after a step": head,
        "gradient at the input": x.grad,
        "the same module returned": returned is network,
        "the same parameters afterwards": _same(parameters, list(network.parameters())),
    }


def _same(before: list[Any], after: list[Any]) -> bool:
    return len(before) == len(after) and all(one is other for one, other in zip(before, after, strict=True))


def _stepped(network: Network, output: torch.Tensor) -> dict[str, torch.Tensor]:
    """The parameters after a step of descent on the mean square of the output, of which those learn that may."""
    (output * torch.ones((), device=output.device, requires_grad=True)).square().mean().backward()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.grad is not None:
                parameter -= 0.5 * parameter.grad
    return {name: value.detach() for name, value in network.named_parameters()}


@scenario
def modes_after_freeze(
    module: types.ModuleType,
    weight: torch.Tensor,
    blocks: list[tuple[torch.Tensor, ...]],
    evaluating: int | None,
    x: torch.Tensor,
) -> dict[str, Any]:
    """What a network gives and counts after it was frozen, and what a step does to it. evaluating: a block that is in
    evaluation mode. One parameter is frozen before."""
    network = Network(weight, blocks)
    network.train(evaluating is not None)
    if evaluating is not None:
        (network.first, *network.others)[evaluating].eval()
    network.first.linear.bias.requires_grad_(False)
    module.freeze(network)
    output = network(x)
    buffers = {name: value.clone() for name, value in network.named_buffers()}
    return {"module(x)": output.detach(), "buffers": buffers, "parameters after a step": _stepped(network, output)}


# Scenarios of detached_copy.


@scenario
def overwritten_copy(module: types.ModuleType, w: torch.Tensor, k: torch.Tensor) -> dict[str, Any]:
    """x = 1/w, whose backward pass needs x itself. The copy is overwritten, then comes a backward pass of
    Σ k·x + Σ k·copy, in which only the first term has a history: −k/w²."""
    w.requires_grad_()
    x = torch.reciprocal(w)
    result = _overwritten(module, x)
    copy = result.pop("the copy itself")
    with contextlib.suppress(RuntimeError):  # autograd notices that x was changed, or finds nothing to go back through
        ((k * x).sum() + (k * copy).sum()).backward()
    return {**result, "w.grad after backward": w.grad}


@scenario
def overwritten_copy_of_a_leaf(module: types.ModuleType, x: torch.Tensor, learning: bool) -> dict[str, Any]:
    """A copy of an x that is no result: one that requires gradients, or one that does not."""
    x = x.clone(memory_format=torch.preserve_format).requires_grad_(learning)
    result = _overwritten(module, x)
    del result["the copy itself"]
    return {**result, "x requires grad afterwards": x.requires_grad, "x.grad afterwards": x.grad}


def _overwritten(module: types.ModuleType, x: torch.Tensor) -> dict[str, Any]:
    """Two copies of x; zeros are written to the first."""
    copy, second = module.detached_copy(x), module.detached_copy(x)
    values = copy.detach().clone()
    with torch.no_grad():
        copy.zero_()
    return {
        "the copy": values,
        "x after zeros were written to the copy": x.detach().clone(),
        "another copy after that": second,
        "the copy requires grad": copy.requires_grad,
        "the copy itself": copy,
    }


# A scenario of numerical_gradient.


@scenario
def of_a_leaf(module: types.ModuleType, a: torch.Tensor, x: torch.Tensor, eps: float) -> dict[str, Any]:
    """One function twice, at an x that requires gradients: the second time it takes no tensor that does."""
    x = x.clone().requires_grad_()
    inside = module.numerical_gradient(functools.partial(coupled, a), x, eps)
    try:
        outside = module.numerical_gradient(functools.partial(through_numpy, a), x, eps)
    except RuntimeError as error:
        outside = f"{type(error).__name__}: {error}"
    return {
        "f in PyTorch": inside,
        "f in NumPy": outside,
        "the result requires grad": has_history(inside),
        "x requires grad afterwards": x.requires_grad,
    }
