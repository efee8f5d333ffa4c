"""What runs beside the submission: models that write down what is done with them, and scenarios around its Net.

Facts in words only ever take points: the checks judge numbers as well, most of them of one training (records.py).
"""

from __future__ import annotations

import base64
import contextlib
import copy
import functools
import math
import os
import pathlib
import tempfile
import types
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

Module, Tensor = types.ModuleType, torch.Tensor
Pair = tuple[Tensor, Tensor]  # images and labels

MOST_PARAMETERS = 20_000
MOST_BYTES = 400_000
POINTS = 13
LOSSES = ("train_loss", "val_loss", "val_accuracy")


#: Scenarios leave the global generator as it was: Net() and dropout may draw from it.
own_draws = torch.random.fork_rng(devices=[])


class Convolutions(TorchDispatchMode):
    """Counts the convolutions of images whose kernels are larger than 1×1 and smaller than the whole image."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def __torch_dispatch__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if "convolution" in str(function) and "backward" not in str(function) and len(args) > 1:
            _, _, *kernel = args[1].shape
            self.count += len(kernel) == 2 and math.prod(kernel) > 1 and min(kernel) < 8
        return function(*args, **(kwargs or {}))


def parameters_of(net: nn.Module) -> int:
    return sum(parameter.numel() for parameter in net.parameters())


def convolutions_of(net: nn.Module, x: Tensor) -> int:
    with Convolutions() as seen:
        net(x)
    return seen.count


@own_draws
def described(module: Module, x: Tensor) -> dict[str, Any]:
    """What kind of network Net() is: its size, its convolutions, its logits."""
    net = module.Net()
    if not isinstance(net, nn.Module):
        return {"Net()": type(net).__name__}
    logits = net.eval()(x)
    count, found = parameters_of(net), convolutions_of(net, x)
    learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    gradients = torch.autograd.grad(logits.sum(), learned, allow_unused=True) if logits.requires_grad else [None]
    sums = logits.detach().double().sum(dim=-1)
    return {
        "parameters": "at most 20,000" if count <= MOST_PARAMETERS else "more than 20,000",
        "convolutions": "two or more" if found > 1 else ("none", "one")[found],
        "logits": {
            "shape": list(logits.shape),
            "dtype": str(logits.dtype),
            "each row adds up to 1": bool(((sums - 1).abs() < 1e-4).all()),
            "they have a graph to every parameter": all(gradient is not None for gradient in gradients),
        },
    }


@own_draws
def logits_of_batches(module: Module, x: Tensor, order: Tensor, seed: int) -> list[Tensor]:
    """A new Net in evaluation mode: its logits for images, for the same ones in another order, for each by itself."""
    torch.manual_seed(seed)
    net = module.Net().eval()
    with torch.no_grad():
        return [net(x).clone(), net(x[order]).clone(), torch.cat([net(image[None]) for image in x])]


EDGES = {"constant": "zeros", "circular": "the opposite edge", "replicate": "the edge once more"}


def moves_of(x: Tensor, result: Tensor, edge: str = "constant") -> Tensor:
    """For each image which of nine moves gives its result, 0 to 8; −1 where none does."""
    padded = F.pad(x, (1, 1, 1, 1), mode=edge)
    found = torch.full((len(x),), -1)
    for down in range(3):
        for right in range(3):
            window = padded[:, :, 2 - down : 10 - down, 2 - right : 10 - right]
            found[(window == result).flatten(1).all(dim=1)] = 3 * down + right
    return found


def shifted(module: Module, x: Tensor, seed: int) -> dict[str, Any]:
    """`shift` with a generator of this seed: which moves the images have made."""
    gen = torch.Generator().manual_seed(seed)
    before, kept = torch.default_generator.get_state(), x.clone()
    result = module.shift(x, gen)
    untouched = bool((torch.default_generator.get_state() == before).all())
    form = {
        "shape": list(result.shape),
        "dtype": str(result.dtype),
        "images given are unchanged": torch.equal(x, kept),
        "a new tensor without a graph": result.data_ptr() != x.data_ptr() and not result.requires_grad,
    }
    if result.shape != kept.shape:
        return form
    edge = next((edge for edge in EDGES if (moves_of(kept, result, edge) >= 0).all()), "constant")
    moves = moves_of(kept, result, edge)
    known = moves[moves >= 0]
    first, again = result.clone(), moves_of(kept, module.shift(kept.clone(), gen), edge)
    overwritten = not torch.equal(result, first)
    anew = moves_of(kept, module.shift(kept.clone(), torch.Generator().manual_seed(seed)), edge)
    return form | {
        "what comes in at the edge": EDGES[edge] if len(known) == len(moves) else "something else",
        "different moves down": len((known // 3).unique()),
        "different moves to the right": len((known % 3).unique()),
        "the nine moves are equally likely": _even(known.bincount(minlength=9)),
        "neighbours move alike": bool((moves[1:] == moves[:-1]).double().mean() > 0.5),
        "the same seed moves them alike": torch.equal(moves, anew),
        "a second call moves them alike": torch.equal(moves, again),
        "a second call changes the first result": overwritten,
        "global generator untouched": untouched,
    }


def _even(counts: Tensor) -> bool:
    """Whether no move is made less than a third as often as expected, or more than three times as often.

    Of n = 1000 right draws a move is expected m = n/9 times; by Chernoff's bound it is made less than a third as often
    with a probability below exp(−0.3·m), more than three times as often below exp(−1.2·m): for nine of them 3e−14.
    """
    expected = int(counts.sum()) / 9
    return bool(((counts > expected / 3) & (counts < 3 * expected)).all())


def shift_of(module: Module, x: Tensor, seed: int) -> Tensor:
    """`shift` with a generator of this seed: the images."""
    return module.shift(x, torch.Generator().manual_seed(seed))


class Given(nn.Module):
    """x [N, 1, 8, 8] → x·Wᵀ + b; in training mode with dropout, whose masks come from a generator of its own."""

    def __init__(self, weight: Tensor, bias: Tensor, seed: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight.clone())
        self.bias = nn.Parameter(bias.clone())
        self.draws = torch.Generator().manual_seed(seed)
        self.graph = False

    def forward(self, x: Tensor) -> Tensor:
        x = x.flatten(1)
        if self.training:
            x = x * (torch.rand(x.shape, generator=self.draws) < 0.5) / 0.5
        logits = x @ self.weight.T + self.bias
        self.graph = self.graph or logits.requires_grad
        return logits


def mode_of(model: nn.Module) -> str:
    return "training" if model.training else "evaluation"


@own_draws
def evaluated(module: Module, weight: Tensor, bias: Tensor, x: Tensor, y: Tensor, mode: str) -> Any:
    """`evaluate`: what it returned for a given model."""
    model = Given(weight, bias, 0).train(mode == "training")
    return module.evaluate(model, x, y)


@own_draws
def evaluated_watching(module: Module, weight: Tensor, bias: Tensor, x: Tensor, y: Tensor, mode: str) -> dict[str, Any]:
    """`evaluate`: what it returned, and what it has left of mode, graph, parameters and gradients."""
    model = Given(weight, bias, 0).train(mode == "training")
    model.weight.grad = torch.ones_like(weight)
    returned = module.evaluate(model, x, y)
    same = torch.equal(model.weight.detach(), weight) and torch.equal(model.bias.detach(), bias)
    grad = model.weight.grad
    return {
        "returned": returned,
        "mode afterwards": mode_of(model),
        "graph built": model.graph,
        "gradients enabled afterwards": torch.is_grad_enabled(),
        "parameters unchanged": same and all(p.requires_grad for p in model.parameters()),
        "gradients unchanged": grad is not None and bool((grad == 1).all()) and model.bias.grad is None,
    }


class Watched(nn.Module):
    """x [N, 1, 8, 8] → logits, linear in 8·(x − its mean): what is added to a whole image changes nothing.

    It writes down what is done with it. Validation images are so bright that no shift makes them dark.
    """

    def __init__(self, start: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(start.clone())
        # The first class seems all but certain: only a loss that the softmax does not flatten moves that.
        self.bias = nn.Parameter(4.0 * (torch.arange(10) == 0))
        self.log = Log()
        for parameter in self.parameters():
            parameter.register_hook(functools.partial(self.log.arrived, parameter))
            parameter.register_post_accumulate_grad_hook(self.log.accumulated)

    def forward(self, x: Tensor) -> Tensor:
        log = self.log
        log.states.append((self.weight.detach().clone(), self.bias.detach().clone()))
        if self.training:
            log.passes += 1
            log.images += len(x)
            log.bright += int((x.flatten(1).mean(dim=1) > BRIGHT).sum())
        logits = watched_logits(x, self.weight, self.bias)
        if logits.requires_grad:
            logits.register_hook(functools.partial(log.backward, self.training))
        return logits


#: Digits made darker have a mean below 0.2, and brighter ones one above 0.35, even with a row and a column lost.
BRIGHT = 0.28


def watched_logits(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    x = x.flatten(1)
    return 8 * (x - x.mean(dim=1, keepdim=True)) @ weight.T + bias


class Log:
    """passes, images, bright: in training mode, how many forward passes, images, and validation images. states: the
    parameters at each pass. trained: the modes in which passes were made that backward came back to."""

    def __init__(self) -> None:
        self.passes = self.images = self.bright = self.backwards = 0
        self.states: list[tuple[Tensor, Tensor]] = []
        self.trained: set[bool] = set()
        self.largest = 0.0
        self.mixed = False
        self._new: dict[int, Tensor] = {}

    def __deepcopy__(self, memo: dict[int, Any]) -> Log:
        return self

    def backward(self, training: bool, gradient: Tensor) -> None:
        if not self.backwards:
            self.largest = float(gradient.abs().max()) * len(gradient)
        self.backwards += 1
        self.trained.add(training)

    def arrived(self, parameter: Tensor, gradient: Tensor) -> None:
        self._new[id(parameter)] = gradient.detach().clone()

    def accumulated(self, parameter: Tensor) -> None:
        new = self._new.get(id(parameter))
        if new is not None and parameter.grad is not None:
            self.mixed = self.mixed or not torch.allclose(parameter.grad, new, rtol=1e-4, atol=1e-7)


def watched(module: Module, start: Tensor, train: Pair, val: Pair, max_steps: int, seed: int) -> dict[str, Any]:
    """`train` with a small given model that writes down what is done with it."""
    model = Watched(start).eval()
    before = torch.default_generator.get_state()
    found = module.train(model, train, val, max_steps, torch.Generator().manual_seed(seed))
    untouched = bool((torch.default_generator.get_state() == before).all())
    log = model.log
    if not isinstance(found, dict):
        return {"returned": type(found).__name__}
    losses = {"train_loss": (*train, False), "val_loss": (*val, False), "val_accuracy": (*val, True)}
    return {
        "returned": "a dict" if losses.keys() <= found.keys() else "a dict without all losses",
        "steps": steps_in_words(found.get("steps"), log, max_steps),
        "images in training mode": "at most 64·max_steps" if log.images <= 64 * max_steps else "more",
        "validation images in training mode": log.bright > 0,
        "trained in": sorted("training mode" if mode else "evaluation mode" for mode in log.trained),
        "passes in training mode without backward": log.passes > log.backwards,
        "gradients of earlier batches in .grad": log.mixed,
        "a label that seems all but impossible changes the logits": log.largest > 0.2,
        "parameters moved": not torch.equal(model.weight.detach(), start),
        "global generator untouched": untouched,
        **{name: in_words(found.get(name), model, *data) for name, data in losses.items()},
    }


def steps_in_words(steps: Any, log: Log, max_steps: int) -> str:
    """What the number of steps is the number of."""
    if type(steps) is not int:
        return f"{type(steps).__name__} in place of an int"
    if steps == log.passes:
        return "as many as passes in training mode" if steps <= max_steps else "more than max_steps"
    return "max_steps, though it is not what was made" if steps == max_steps else "another number"


def in_words(value: Any, model: Watched, x: Tensor, y: Tensor, is_accuracy: bool) -> str:
    """What a reported number is."""
    if type(value) is not float:
        return f"{type(value).__name__} in place of a float"

    def of(state: tuple[Tensor, Tensor]) -> float:
        logits = watched_logits(x, *state).detach()
        return float((logits.argmax(dim=1) == y).double().mean() if is_accuracy else F.cross_entropy(logits, y))

    def fits(number: float) -> bool:
        # Rounding may make two logits change places, and the answer for one image another one.
        return math.isclose(value, number, rel_tol=1e-3, abs_tol=1.01 / len(x) if is_accuracy else 1e-4)

    if fits(of((model.weight, model.bias))):
        return "of the model left"
    return "of another state" if any(fits(of(state)) for state in model.log.states) else "something else"


def small_training(module: Module, start: Tensor, train: Pair, val: Pair, max_steps: int, seed: int) -> dict[str, Any]:
    """`train` with the same model: what it returned, and the parameters that it left."""
    model = Watched(start).eval()
    found = module.train(model, train, val, max_steps, torch.Generator().manual_seed(seed))
    numbers = {name: _number(found.get(name)) for name in LOSSES}
    return {"returned": numbers, "weight": model.weight.detach(), "bias": model.bias.detach()}


def _number(value: Any) -> float:
    """A number of any kind as a float; NaN where it is missing. What kind it is, another scenario tells."""
    return math.nan if value is None else float(value)


#: The Net trained on the digits, for the scenarios that follow in this process: net; train, val: its data; snapshots:
#: (steps, parameters and buffers) during training.
KEPT: dict[str, Any] = {}


@own_draws
def trained(module: Module, train: Pair, val: Pair, max_steps: int, seed: int) -> dict[str, Any]:
    """Your Net after `train` on the digits."""
    torch.manual_seed(seed)
    net = module.Net()
    convolutions, size = convolutions_of(net.eval(), train[0][:2]), parameters_of(net)
    snapshots: list[tuple[int, dict[str, Tensor]]] = []
    KEPT.update(net=net.train(), train=train, val=val, snapshots=snapshots)
    images = passes = 0

    def count(model: nn.Module, args: tuple[Any, ...]) -> None:
        nonlocal images, passes
        if model.training and args:
            images += len(args[0])
            if passes % math.ceil(max_steps / (POINTS - 1)) == 0:
                snapshots.append((passes, copy.deepcopy(net.state_dict())))
            passes += 1

    gen = torch.Generator().manual_seed(seed + 1)
    hook = net.register_forward_pre_hook(count)
    try:
        returned = module.train(net, copy.deepcopy(train), copy.deepcopy(val), max_steps, gen)
    finally:
        hook.remove()
    snapshots.append((passes, copy.deepcopy(net.state_dict())))
    return {
        "returned": {name: _number(returned.get(name)) for name in ("steps", *LOSSES)},
        "parameters": size,
        "convolutions": convolutions,
        "images in training mode": images,
    }


@own_draws
def logits_of_the_kept(module: Module, x: Tensor) -> Tensor:
    """The trained Net's logits in evaluation mode, in its own file's float32."""
    with torch.no_grad():
        return KEPT["net"].eval()(x).clone()


@own_draws
def file_of_the_kept(module: Module) -> str:
    """What `save` writes of the trained Net, as text; nothing where it writes no file, or too large a one."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "trained.pt")
        with contextlib.suppress(Exception):  # another scenario tells of it
            module.save(KEPT["net"], path)
        fits = path.is_file() and path.stat().st_size <= MOST_BYTES
        return base64.b64encode(path.read_bytes()).decode() if fits else ""


@own_draws
def logits_of_the_loaded(module: Module, file: str, x: Tensor) -> Tensor:
    """The logits of what `load` makes of a file, as it comes from it."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "moved.pt")
        path.write_bytes(base64.b64decode(file))
        net = module.load(path)
    with torch.no_grad():
        return net(x).clone()


def curve(module: Module) -> Tensor:
    """[3, POINTS]: steps, training loss and validation loss during the kept training."""
    net = copy.deepcopy(KEPT["net"]).eval()
    points = []
    for steps, state in KEPT["snapshots"][: POINTS - 1] + KEPT["snapshots"][-1:]:
        net.load_state_dict(state)
        with torch.no_grad():
            points.append([steps, *(float(F.cross_entropy(net(x), y)) for x, y in (KEPT["train"], KEPT["val"]))])
    points += [points[-1]] * (POINTS - len(points))
    return torch.tensor(points).T.contiguous()


def filters(module: Module) -> Tensor:
    """[8, 8, 8]: the first kernels of the first convolution, from dark for its lowest to bright for its highest number;
    black where there are no more."""
    kernels = next(p.detach() for p in KEPT["net"].parameters() if p.ndim == 4)[:8, :1]
    shown = torch.zeros(8, 8, 8)
    low, high = kernels.amin(dim=(2, 3), keepdim=True), kernels.amax(dim=(2, 3), keepdim=True)
    scaled = (kernels - low) / (high - low).clamp(min=1e-6)
    shown[: len(kernels)] = F.interpolate(scaled.float(), size=(8, 8))[:, 0]
    return shown


def changed(net: nn.Module, seed: int) -> nn.Module:
    """The Net with other parameters and buffers than those that it was made with."""
    draws = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for value in filter(torch.is_floating_point, [*net.parameters(), *net.buffers()]):
            value += 0.2 * torch.rand(value.shape, generator=draws)
    return net


@own_draws
def saved_and_loaded(module: Module, x: Tensor, seed: int, mode: str) -> dict[str, Any]:
    """A Net with parameters of its own is saved in this mode, the file moved, another one saved, and the first one
    loaded."""
    torch.manual_seed(seed)
    net, other = changed(module.Net(), seed), changed(module.Net(), seed + 1)
    net.train(mode == "training")
    kept = copy.deepcopy(net.state_dict())
    with tempfile.TemporaryDirectory() as folder:
        first, moved = pathlib.Path(folder, "first.pt"), pathlib.Path(folder, "moved.pt")
        module.save(net, str(first))
        if not first.is_file():
            return {"file": "not there"}
        size = os.path.getsize(first)
        first.rename(moved)
        module.save(other, first)
        found, second = module.load(moved), module.load(moved)
    if not isinstance(found, nn.Module):
        return {"file": "there", "loaded": f"{type(found).__name__} in place of a Net"}
    mode_saved, modes_loaded = mode_of(net), sorted({mode_of(part) for part in found.modules()})
    unchanged = all(torch.equal(value, kept[name]) for name, value in net.state_dict().items())
    unchanged = unchanged and all(parameter.grad is None for parameter in net.parameters())
    with torch.no_grad():
        before, after = net.eval()(x), found.eval()(x)
    return {
        "file": "there" if size <= MOST_BYTES else "there, but larger than 400 KB",
        "parameters and buffers that came back": came_back(kept, found),
        "logits": "equal" if torch.allclose(before, after, rtol=1e-5, atol=1e-6) else "others",
        "modes of the loaded": modes_loaded,
        "mode of the saved": mode_saved,
        "the saved is unchanged": unchanged,
        "the loaded learns": all(p.requires_grad and p.is_leaf for p in found.parameters()),
        "each call gives a new Net": found is not net and found is not second,
    }


def came_back(kept: dict[str, Tensor], found: nn.Module) -> str:
    """How many of the tensors saved are in the Net that was loaded, and how exactly."""
    state = {name: value for name, value in found.state_dict().items() if name in kept}
    if state.keys() != kept.keys() or any(state[name].shape != kept[name].shape for name in kept):
        return "others are there"
    same = [torch.equal(state[name], kept[name]) for name in kept]
    if not all(same) and all(torch.allclose(state[name], kept[name], rtol=0.01, atol=0.01) for name in kept):
        return "all, but rounded"
    return "all" if all(same) else "some" if any(same) else "none"


class Trap:
    """Code in a file: whoever runs what it finds there makes a folder."""

    def __init__(self, folder: str) -> None:
        self.folder = folder

    def __reduce__(self) -> Any:
        return os.mkdir, (self.folder,)


@own_draws
def load_a_trap(module: Module, number: int) -> dict[str, bool]:
    """`load` is given a file that holds code."""
    with tempfile.TemporaryDirectory() as folder:
        trap, path = os.path.join(folder, f"code was here {number}"), os.path.join(folder, "trap.pt")
        torch.save({"layers.0.weight": Trap(trap)}, path)
        with contextlib.suppress(Exception):  # refused, as it should be
            module.load(path)
        return {"code in a file was run": os.path.isdir(trap)}
