"""Scenarios: views of a larger tensor, two devices, and machines that have what this one may lack."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch

CPU = torch.device("cpu")

#: Parts of a matrix of at least 3 rows and 4 columns: in one piece of memory, scattered, and a single number.
VIEWS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "x is two rows": lambda matrix: matrix[1:3],
    "x is every other column": lambda matrix: matrix[:, ::2],
    "x is one row": lambda matrix: matrix[2],
    "x has three axes": lambda matrix: matrix[:, :4].unflatten(1, (1, 4)),
    "x is one number": lambda matrix: matrix[1, 3],
}


def saved(value: Any) -> Any:
    """What stands there now, whatever is written later."""
    return value.detach().clone() if isinstance(value, torch.Tensor) else value


# --- arithmetic


def add_on_views(module: types.ModuleType, function: str, matrix: torch.Tensor, other: torch.Tensor) -> dict[str, Any]:
    """`function` for x a part of the matrix, and y the same part of the other."""
    found = {}
    for name, part in VIEWS.items():
        found[name] = around(module, function, part, matrix.clone(), part(other).clone())
    return found


def affine_on_views(
    module: types.ModuleType, function: str, matrix: torch.Tensor, a: float, c: float
) -> dict[str, Any]:
    """`function` for x a part of the matrix."""
    return {name: around(module, function, part, matrix.clone(), a, c) for name, part in VIEWS.items()}


def around(
    module: types.ModuleType,
    function: str,
    part: Callable[[torch.Tensor], torch.Tensor],
    matrix: torch.Tensor,
    *rest: Any,
) -> dict[str, Any]:
    """What comes back, and what stands in x, in the matrix and in y afterwards; then, once the result is filled with
    ones, in the matrix again; and whether x itself came back."""
    x = part(matrix)
    result = getattr(module, function)(x, *rest)
    seen = {"returned": saved(result), "x afterwards": saved(x), "the matrix afterwards": saved(matrix)}
    if isinstance(rest[0], torch.Tensor):
        seen |= {"y afterwards": saved(rest[0])}
    if isinstance(result, torch.Tensor):
        result.fill_(1)
    return {**seen, "the matrix, result set to 1": matrix, "x itself was returned": result is x}


# --- devices


@contextmanager
def offering(module: types.ModuleType, *, cuda: bool, mps: bool) -> Iterator[None]:
    """A machine that has these: both questions are answered so, under whatever name the module asks them."""
    asked = torch.cuda.is_available, torch.backends.mps.is_available
    answers = (lambda: cuda), (lambda: mps)
    names = vars(module)
    imported = {name: asked.index(value) for name, value in names.items() if value in asked}
    torch.cuda.is_available, torch.backends.mps.is_available = answers
    names.update({name: answers[i] for name, i in imported.items()})
    try:
        yield
    finally:
        torch.cuda.is_available, torch.backends.mps.is_available = asked
        names.update({name: asked[i] for name, i in imported.items()})


def described(device: Any) -> str:
    """What it is and which: "device cpu" for a torch.device, "str cpu" for its name."""
    return f"{type(device).__name__} {device}"


def auto_device(module: types.ModuleType) -> dict[str, str]:
    """What "auto", said or unsaid, means on four machines."""
    found = {}
    for cuda, mps in ((False, True), (True, True), (True, False), (False, False)):
        machine = " and ".join(name for name, there in (("cuda", cuda), ("mps", mps)) if there) or "no GPU"
        with offering(module, cuda=cuda, mps=mps):
            for call, device in (("pick_device()", module.pick_device()), ('"auto"', module.pick_device("auto"))):
                # cuda:0 is cuda as well
                kind = torch.device(device.type) if isinstance(device, torch.device) else device
                found[f"{machine}: {call}"] = described(kind)
    return found


def named_device(module: types.ModuleType, names: list[str]) -> dict[str, str]:
    """What each name means, on a machine that has everything and on one that has nothing."""
    found = {}
    for everything in (True, False):
        with offering(module, cuda=everything, mps=everything):
            machine = "every GPU" if everything else "no GPU"
            found |= {f"{machine}: {name}": described(module.pick_device(name)) for name in names}
    return found


def device(name: str) -> torch.device:
    """The device of this name."""
    return torch.device(name)


def on_cpu(batch: Any) -> Any:
    """The batch on the CPU."""
    if isinstance(batch, torch.Tensor):
        return batch.cpu()
    if isinstance(batch, dict):
        return {key: on_cpu(item) for key, item in batch.items()}
    return type(batch)(map(on_cpu, batch)) if isinstance(batch, (list, tuple)) else batch


def there_and_back(module: types.ModuleType, batch: Any, like: torch.Tensor) -> dict[str, Any]:
    """The batch, moved from the CPU to the device of `like`, and from there to the CPU; and the CPU's batch itself,
    as the call left it."""
    here = on_cpu(batch)
    return {
        "moved to the other device": module.to_device(here, like.device),
        "the batch itself, afterwards": here,
        "moved to the CPU": module.to_device(batch, CPU),
    }


def emptied(module: types.ModuleType, batch: Any) -> dict[str, Any]:
    """The batch, moved to the CPU, where it is already; and the batch itself, once the containers that came back are
    empty."""
    moved = module.to_device(batch, CPU)
    seen = on_cpu(moved)
    empty(moved)
    return {"moved to the CPU": seen, "the batch, once the result is empty": batch}


def empty(batch: Any) -> None:
    """Takes everything out of the batch's dicts and lists."""
    if isinstance(batch, (dict, list, tuple)):
        for item in batch.values() if isinstance(batch, dict) else batch:
            empty(item)
    if isinstance(batch, (dict, list)):
        batch.clear()


class Scaled(torch.nn.Module):
    """x·weight + offset: a parameter and a buffer. Says plainly where its input is, if it is elsewhere."""

    def __init__(self, weight: torch.Tensor, offset: torch.Tensor) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(weight)
        self.register_buffer("offset", offset)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.device != self.weight.device:
            raise RuntimeError(f"the input is on {x.device}, and the module is on {self.weight.device}")
        return x @ self.weight + self.offset


#: Whether the module, its input, and the device asked for are the other device.
ROUTES = {
    "to the other device": (False, False, True),
    "to the CPU": (True, True, False),
    "the module is there already": (True, False, True),
    "x is there already": (False, True, True),
}


@torch.enable_grad()
def run_elsewhere(
    module: types.ModuleType, route: str, weight: torch.Tensor, offset: torch.Tensor, x: torch.Tensor
) -> dict[str, Any]:
    """A module and its input run on a device, then go backward; the other device is that of x. The module is in
    training mode, or, where its input is elsewhere than on the CPU, in evaluation mode. No gradient is asked for x
    where the module is there already."""
    of_module, of_x, target = (x.device if other else CPU for other in ROUTES[route])
    network = Scaled(weight.to(of_module, copy=True), offset.to(of_module, copy=True)).train(of_x == CPU)
    given = x.to(of_x, copy=True).requires_grad_(route != "the module is there already")
    result = module.run_on(network, given, target)
    if isinstance(result, torch.Tensor) and result.requires_grad:
        result.square().sum().backward()
    return {
        "returned": result.detach() if isinstance(result, torch.Tensor) else result,
        "module.weight afterwards": network.weight.detach(),
        "module.training afterwards": network.training,
        "gradient of module.weight": network.weight.grad,
        "x afterwards": given.detach(),
        "x.requires_grad afterwards": given.requires_grad,
        "gradient of x": given.grad,
    }
