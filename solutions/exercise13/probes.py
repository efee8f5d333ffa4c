"""The functions and modules that a submission is asked to differentiate, and the scenarios around its calls."""

from __future__ import annotations

import contextlib
import functools
import types
from collections.abc import Callable, Iterator
from typing import Any

import torch

# Functions to differentiate. The first arguments are bound by the check.


def cubes(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Σ a·x³: a central difference with eps is off by exactly a·eps²."""
    return (a.to(x.dtype) * x**3).sum()


def coupled(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """Σ a·x³ + (Σ a·x)²: every entry's slope depends on all the others."""
    return cubes(a, x) + (a.to(x.dtype) * x).sum() ** 2


def through_numpy(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """As `coupled`, outside of autograd."""
    weights, values = a.cpu().numpy(), x.cpu().numpy()
    return torch.tensor((weights * values**3).sum() + (weights * values).sum() ** 2, device=x.device)


def squares(a: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The squares of a·x, for a [*, n] and x of n entries: [*]."""
    return (a @ x.reshape(-1)) ** 2


def squared_error(w: torch.Tensor, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
    """Σ (x·w − y)² over the rows of a batch (x, y)."""
    x, y = batch
    return ((x @ w - y) ** 2).sum()


# Scenarios of grad_of and vjp. Each runs with gradients enabled, whatever the submission did before.


@torch.enable_grad()
def plain_x(
    module: types.ModuleType, function: str, f: Callable[..., Any], x: torch.Tensor, *v: torch.Tensor
) -> dict[str, Any]:
    """An x that does not require gradients: the result, and whether x does afterwards."""
    result = getattr(module, function)(f, x, *v)
    return {"returned": result, "x requires grad afterwards": x.requires_grad, "x.grad afterwards": x.grad}


@torch.enable_grad()
def old_gradient(
    module: types.ModuleType, function: str, old: torch.Tensor, f: Callable[..., Any], x: torch.Tensor, *v: torch.Tensor
) -> dict[str, Any]:
    """A leaf with a gradient: the result, and what is in .grad after a backward of 2·x, which adds 2."""
    x.requires_grad_()
    x.grad = old
    result = getattr(module, function)(f, x, *v)
    if x.requires_grad:
        (2 * x).sum().backward()
    return {"returned": result, "x.grad after one more backward": x.grad}


@torch.enable_grad()
def inner_node(
    module: types.ModuleType, function: str, f: Callable[..., Any], w: torch.Tensor, *v: torch.Tensor
) -> dict[str, Any]:
    """x = −w, w a leaf: the result, and what is in w.grad after a backward of 2·x, which adds −2."""
    w.requires_grad_()
    x = -w
    result = getattr(module, function)(f, x, *v)
    if x.requires_grad:
        (2 * x).sum().backward()
    return {"returned": result, "w.grad after one more backward": w.grad}


# Scenarios of accumulate.


def recorded(events: list[str]) -> Callable[..., torch.Tensor]:
    """`squared_error`, which writes down its calls and when each one's backward pass begins."""

    def f(w: torch.Tensor, batch: tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        events.append("f(w, batch)")
        loss = squared_error(w, batch)
        loss.register_hook(lambda _: events.append("backward"))
        return loss

    return f


def once(batches: list[Any]) -> Iterator[Any]:
    """The batches, one by one, for a single walk."""
    yield from batches


@torch.enable_grad()
def accumulated(
    module: types.ModuleType, w: torch.Tensor, batches: list[Any], old: torch.Tensor | None = None
) -> dict[str, Any]:
    """What is returned and what is left in w.grad."""
    w.requires_grad_()
    w.grad = old
    total = module.accumulate(squared_error, w, batches)
    return {"returned": total, "w.grad": w.grad}


@torch.enable_grad()
def accumulated_in_order(module: types.ModuleType, w: torch.Tensor, batches: list[Any]) -> dict[str, Any]:
    """What happened, with batches that come only once."""
    events: list[str] = []
    w.requires_grad_()
    w.grad = torch.ones_like(w)
    total = module.accumulate(recorded(events), w, once(batches))
    return {"what happened": events, "returned": total}


@torch.enable_grad()
def accumulated_then_reset(module: types.ModuleType, w: torch.Tensor, batches: list[Any]) -> dict[str, Any]:
    """What the returned sum reads once w.grad has been set to zero in place."""
    w.requires_grad_()
    w.grad = torch.ones_like(w)
    total = module.accumulate(squared_error, w, batches)
    if w.grad is not None:
        w.grad.zero_()
    return {"returned, read after w.grad.zero_()": total}


# Scenarios of freeze.


class Scaling(torch.nn.Module):
    """Doubles in training mode and counts that; adds its buffer in either mode."""

    def __init__(self, offset: torch.Tensor) -> None:
        super().__init__()
        self.register_buffer("offset", offset)
        self.register_buffer("count", torch.zeros((), dtype=torch.int64))

    def forward(self, h: torch.Tensor) -> torch.Tensor:
        if self.training:
            self.count += 1
            h = 2 * h
        return h + self.offset


class Block(torch.nn.Module):
    """tanh(h Wᵀ + b), scaled."""

    def __init__(self, weight: torch.Tensor, bias: torch.Tensor, offset: torch.Tensor) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(weight)
        self.bias = torch.nn.Parameter(bias)
        self.scaling = Scaling(offset)

    def forward(self, h: torch.Tensor) -> torch.Tensor:
        return self.scaling(torch.tanh(h @ self.weight.T + self.bias))


class Network(torch.nn.Module):
    """x [N, D] → [N, D]: a gain of its own, then two blocks."""

    def __init__(self, gain: torch.Tensor, blocks: list[tuple[torch.Tensor, ...]]) -> None:
        super().__init__()
        self.gain = torch.nn.Parameter(gain)
        self.blocks = torch.nn.ModuleList(Block(*tensors) for tensors in blocks)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        h = x * self.gain
        for block in self.blocks:
            h = block(h)
        return h


@torch.enable_grad()
def step_around_frozen(
    module: types.ModuleType,
    gain: torch.Tensor,
    blocks: list[tuple[torch.Tensor, ...]],
    head: torch.Tensor,
    x: torch.Tensor,
) -> dict[str, Any]:
    """A step of descent on all that has a gradient: a frozen network between an input and a head that learn."""
    network = Network(gain, blocks)
    returned = module.freeze(network)
    head.requires_grad_()
    x.requires_grad_()
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
    }


def _stepped(network: Network, output: torch.Tensor) -> dict[str, torch.Tensor]:
    """The parameters after a step of descent on the mean square of the output, of which those learn that may."""
    (output * torch.ones((), device=output.device, requires_grad=True)).square().mean().backward()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.grad is not None:
                parameter -= 0.5 * parameter.grad
    return {name: value.detach() for name, value in network.named_parameters()}


@torch.enable_grad()
def modes_after_freeze(
    module: types.ModuleType,
    gain: torch.Tensor,
    blocks: list[tuple[torch.Tensor, ...]],
    evaluating: int | None,
    x: torch.Tensor,
) -> dict[str, Any]:
    """What a network gives and counts after it was frozen, and what a step does to it. evaluating: a block that is in
    evaluation mode."""
    network = Network(gain, blocks)
    network.train(evaluating is not None)
    if evaluating is not None:
        network.blocks[evaluating].eval()
    module.freeze(network)
    output = network(x)
    buffers = {name: value.clone() for name, value in network.named_buffers()}
    return {"module(x)": output.detach(), "buffers": buffers, "parameters after a step": _stepped(network, output)}


# Scenarios of detached_copy.


@torch.enable_grad()
def overwritten_copy(module: types.ModuleType, w: torch.Tensor, k: torch.Tensor) -> dict[str, Any]:
    """x = eʷ, whose backward pass needs x itself. The copy is overwritten, then comes a backward pass of
    Σ k·x + Σ k·copy, in which only the first term has a history: k·eʷ."""
    w.requires_grad_()
    x = torch.exp(w)
    copy = module.detached_copy(x)
    values = copy.detach().clone()
    with torch.no_grad():
        copy.zero_()
    with contextlib.suppress(RuntimeError):  # autograd notices that x was changed, or finds nothing to go back through
        ((k * x).sum() + (k * copy).sum()).backward()
    return {
        "the copy": values,
        "x after zeros were written to the copy": x.detach(),
        "w.grad after backward": w.grad,
        "the copy requires grad": copy.requires_grad,
    }


# A scenario of numerical_gradient.


@torch.enable_grad()
def of_a_leaf(module: types.ModuleType, a: torch.Tensor, x: torch.Tensor, eps: float) -> dict[str, Any]:
    """One function twice, at an x that requires gradients: the second time it takes no tensor that does."""
    x.requires_grad_()
    inside = module.numerical_gradient(functools.partial(coupled, a), x, eps)
    try:
        outside = module.numerical_gradient(functools.partial(through_numpy, a), x, eps)
    except RuntimeError as error:
        outside = f"{type(error).__name__}: {error}"
    return {"f in PyTorch": inside, "f in NumPy": outside}
