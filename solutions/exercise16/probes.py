"""Modules stay where they are made: scenarios that build, fill, train, save and load them, and return numbers."""

from __future__ import annotations

import contextlib
import copy
import functools
import itertools
import math
import os
import pathlib
import pickle
import tempfile
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import nn


class RightLinear(nn.Module):
    """A right layer, to stand in for the submission's where its MLP is judged."""

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        bound = in_features**-0.5
        self.weight = nn.Parameter(torch.empty(out_features, in_features).uniform_(-bound, bound))
        self.bias = nn.Parameter(torch.empty(out_features).uniform_(-bound, bound)) if bias else None

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias


@contextlib.contextmanager
def _standing_in(module: types.ModuleType, given: bool) -> Iterator[None]:
    names = vars(module)
    before = names.get("Linear")
    if given:
        names["Linear"] = RightLinear
    try:
        yield
    finally:
        if before is None:
            names.pop("Linear", None)
        else:
            names["Linear"] = before


def own_draws(scenario: Callable[..., Any]) -> Callable[..., Any]:
    """Leaves the global generator as it was: drawing start values from it is no change that a report should mention."""

    @functools.wraps(scenario)
    def run(*args: Any, **kwargs: Any) -> Any:
        state = torch.default_generator.get_state()
        try:
            with torch.enable_grad():
                return scenario(*args, **kwargs)
        finally:
            torch.default_generator.set_state(state)

    return run


def filled(module: nn.Module, values: list[torch.Tensor]) -> list[nn.Parameter] | None:
    """The parameters that have been given these values and their dtype, in the order of the values; None if the
    module has others. Each value goes to the first that is left of its shape: the order is another matter."""
    module.to(values[0].dtype)
    left, taken = list(module.parameters()), []
    for value in values:
        found = next((parameter for parameter in left if parameter.shape == value.shape), None)
        if found is None:
            return None
        with torch.no_grad():
            found.copy_(value)
        taken.append(found)
        left = [parameter for parameter in left if parameter is not found]
    return None if left else taken


# Scenarios of Linear.


@own_draws
def linear(
    module: types.ModuleType, weight: torch.Tensor, bias: torch.Tensor | None, x: torch.Tensor
) -> dict[str, Any]:
    """A layer's parameters in their order, and what it makes of x once they have the given values; where that value has
    a graph, the gradients that half the sum of its squares leaves."""
    outputs, inputs = weight.shape
    layer = module.Linear(inputs, outputs) if bias is not None else module.Linear(inputs, outputs, bias=False)
    layer.to(x.device)
    result: dict[str, Any] = {"parameters": [[name, *value.shape] for name, value in layer.named_parameters()]}
    if bias is None:
        found = getattr(layer, "bias", "no such attribute")
        result["bias"] = "a tensor" if isinstance(found, torch.Tensor) else found
    known = filled(layer, [weight] if bias is None else [weight, bias])
    if known is None:
        return result | dict.fromkeys(("layer(x)", "layer(2x)", "the first value, read again", "gradients"))
    x = x.clone(memory_format=torch.preserve_format).requires_grad_()
    value = layer(x)
    result["layer(x)"] = value.detach().clone()
    result["layer(2x)"] = layer(2 * x.detach()).detach()
    result["the first value, read again"] = value.detach()
    if value.requires_grad:
        (value.square().sum() / 2).backward()
    names = ("x", "weight", "bias")
    gradients = (torch.zeros_like(tensor) if tensor.grad is None else tensor.grad for tensor in (x, *known))
    result["gradients"] = dict(zip(names, gradients, strict=False))
    return result


def rounded(value: torch.Tensor | float) -> float:
    """To the nearest quarter, and no more than 3: the same for any draws from one distribution."""
    return min(round(4 * float(value)), 12) / 4 + 0.0


def spread(values: torch.Tensor, in_features: int) -> dict[str, Any]:
    """Mean and √3 × standard deviation (1 if they are uniform in the bounds), both in units of 1/√in_features.

    How likely is it that n right values come out as anything but 0 and 1? Let u be one of them in these units: mean 0,
    variance 1/3; u² has mean 1/3, variance 4/45. Bernstein's inequality says of a mean of n, from values that are off
    by b at most and have variance σ²: it is off by t with a probability below 2·exp(−nt²/2(σ² + bt/3)). For the mean
    to be off by 1/8 (b = 1) that is 2·exp(−0.0208n); for √3 × standard deviation to be off by 1/8, which takes a mean
    of u² that is off by 0.078 (b = 2/3), it is 2·exp(−0.0286n). The smallest n here is 4096: less than 1e−36.
    """
    scaled = values.detach().double() * in_features**0.5
    share = {"share of different values": different(values), "within the bounds": within(values, in_features)}
    if different(values) < 1:
        return {**share, "mean": None, "√3 × standard deviation": None}
    width = math.sqrt(3) * float(scaled.std(correction=0))
    return {
        **share,
        # Of values that spread too far the mean strays as far; then it is told in units of that spread.
        "mean": rounded(scaled.mean() / max(width, 1)),
        "√3 × standard deviation": rounded(width),
    }


def different(values: torch.Tensor) -> float:
    """The share of different values, to the nearest quarter."""
    return rounded(len(values.detach().unique()) / values.numel())


def independence(values: torch.Tensor) -> dict[str, float]:
    """Of values [rows, columns], how neighbours correlate along the axis where they do more, to the nearest quarter. In
    units of the bounds the product of two independent values has mean 0 and variance 1/9."""
    found = values.detach().double()
    products = (found[1:] * found[:-1]).mean(), (found[:, 1:] * found[:, :-1]).mean()
    variance = float(found.square().mean().clamp(min=1e-300))
    return {"correlation of neighbours": rounded(max(abs(float(product)) for product in products) / variance)}


def within(values: torch.Tensor, in_features: int) -> bool:
    """Whether all lie within ±1/√in_features, up to the rounding of float32."""
    return bool((values.detach().double().abs() * in_features**0.5 <= 1 + 1e-6).all())


@own_draws
def start_values(module: types.ModuleType, many: int, few: int) -> dict[str, Any]:
    """How weight and bias are spread at the start: in a layer with `few` inputs and `many` outputs, and in others the
    other way round.

    The biases of those are too few to tell more than their bounds: of one such layer, even normal numbers would all
    lie within them every thirtieth time.
    """
    wide, narrow = module.Linear(few, many), [module.Linear(many, few) for _ in range(8)]
    biases = torch.cat([layer.bias for layer in narrow])
    # The range first: a report tells the first difference.
    return {
        "dtype": str(wide.weight.dtype),
        "in ≪ out": {"weight": spread(wide.weight, few), "bias": spread(wide.bias, few)},
        "in ≫ out": {"weight": spread(narrow[0].weight, many), "bias within the bounds": within(biases, many)},
        "each entry for itself": {
            "weight, in ≪ out": independence(wide.weight),
            "weight, in ≫ out": independence(narrow[0].weight),
            "bias, in ≪ out": independence(wide.bias[: many // 16 * 16].reshape(-1, 16)),
            "share of the bias that is in the weight, too": _share_within(wide.bias, wide.weight),
        },
    }


def _share_within(values: torch.Tensor, others: torch.Tensor) -> float:
    return rounded(torch.isin(values.detach().reshape(-1), others.detach()).double().mean())


@own_draws
def correlated(module: types.ModuleType, in_features: int, out_features: int) -> bool:
    """Whether the weights of two layers that are made one after the other are correlated.

    In units of the bounds the product of two independent values has mean 0 and variance 1/9. For the correlation to be
    off by 1/8 the mean of n = 36,864 products has to be off by 1/24: by the same inequality less likely than 1e−100.
    """
    first, second = (module.Linear(in_features, out_features).weight.detach().reshape(-1) for _ in range(2))
    return abs(float(torch.corrcoef(torch.stack([first, second]))[0, 1])) > 1 / 8


# Scenarios of MLP.


def sorted_shapes(network: nn.Module) -> list[list[int]]:
    return sorted(list(parameter.shape) for parameter in network.parameters())


@own_draws
def shapes(module: types.ModuleType, given: bool, sizes: list[int]) -> list[list[int]]:
    """The shapes of what parameters() gives, in its order.

    given: whether a right Linear stands in for the submission's; so below.
    """
    with _standing_in(module, given):
        return [list(parameter.shape) for parameter in module.MLP(sizes).parameters()]


@own_draws
def mlp(
    module: types.ModuleType, given: bool, sizes: list[int], values: list[torch.Tensor], x: torch.Tensor
) -> dict[str, Any]:
    """What a network makes of x once its parameters have the given values."""
    with _standing_in(module, given):
        network = module.MLP(sizes).to(x.device)
        known = filled(network, values)
        value = None if known is None else network(x).detach()
    return {"shapes, sorted": sorted_shapes(network), "mlp(x)": value}


@own_draws
def mlp_twice(
    module: types.ModuleType, given: bool, first: tuple[Any, ...], second: tuple[Any, ...]
) -> list[dict[str, Any]]:
    """Two networks: for each its sizes, values and x."""
    return [mlp(module, given, *network) for network in (first, second)]


@own_draws
def trained(
    module: types.ModuleType,
    given: bool,
    sizes: list[int],
    values: list[torch.Tensor],
    x: torch.Tensor,
    y: torch.Tensor,
) -> dict[str, Any]:
    """The parameters after three steps of descent on the mean square, and the gradient at x in the last."""
    x = x.clone().requires_grad_()
    with _standing_in(module, given):
        return _trained(module.MLP(sizes).to(x.device), sizes, values, x, y)


def _trained(
    network: nn.Module, sizes: list[int], values: list[torch.Tensor], x: torch.Tensor, y: torch.Tensor
) -> dict[str, Any]:
    known = filled(network, values)
    names = [f"{kind}{layer + 1} after three steps" for layer in range(len(sizes) - 1) for kind in ("W", "b")]
    if known is None:
        return {"shapes, sorted": sorted_shapes(network), **dict.fromkeys([*names, "gradient at x"])}
    for _ in range(3):
        for parameter in (*known, x):
            parameter.grad = None
        loss = ((network(x) - y) ** 2).mean()
        if loss.requires_grad:
            loss.backward()
        with torch.no_grad():
            for parameter in known:
                if parameter.grad is not None:
                    parameter -= 0.1 * parameter.grad
    learned = dict(zip(names, (parameter.detach() for parameter in known), strict=True))
    return {"shapes, sorted": sorted_shapes(network), **learned, "gradient at x": x.grad}


@own_draws
def gradient_sizes(module: types.ModuleType, sizes: list[int], factor: float) -> list[float]:
    """How large the gradient of each weight matrix is in the mean, before any training: for a picture.

    factor: of all weights, after they have been drawn.
    """
    torch.manual_seed(16)
    network = module.MLP(sizes).double()
    weights = [parameter for parameter in network.parameters() if parameter.dim() == 2]
    with torch.no_grad():
        for weight in weights:
            weight *= factor
    x = torch.randn(64, sizes[0], dtype=torch.float64)
    ((network(x) - torch.randn(64, sizes[-1], dtype=torch.float64)) ** 2).mean().backward()
    return [float("nan") if weight.grad is None else weight.grad.abs().mean().item() for weight in weights]


def tried(module: types.ModuleType, scenario: str, given: bool, size: int, *args: Any) -> torch.Tensor:
    """All numbers that a scenario gives, [size], float64. Whatever goes wrong shows in them, so that there is always
    something to choose by; that an input is changed, the call that is chosen tells."""
    row = torch.full((size,), NOTHING, dtype=torch.float64)
    try:
        found = torch.tensor(numbers(globals()[scenario](module, given, *copy.deepcopy(args))), dtype=torch.float64)
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
    return [NOTHING if value is None else float(value)]


# Modules to count, to save and to load.


class Part(nn.Module):
    """Parameters and buffers, and other parts below."""

    def __init__(self, parts: dict[str, nn.Module] | None = None) -> None:
        super().__init__()
        for name, part in (parts or {}).items():
            self.add_module(name, part)

    def learn(self, name: str, *shape: int, frozen: bool = False) -> Part:
        self.register_parameter(name, nn.Parameter(torch.zeros(shape), requires_grad=not frozen))
        return self


def nested(own: int, inner: int, frozen: int, buffer: int) -> nn.Module:
    """Learns `own` + 11·`inner` numbers; beside them 100·`frozen` that are fixed and 1000·`buffer` in a buffer."""
    deep = Part().learn("weight", inner, 9).learn("bias", inner)
    middle = Part({"deep": deep}).learn("bias", inner).learn("fixed", frozen, 100, frozen=True)
    deep.register_buffer("statistics", torch.zeros(buffer, 1000))
    return Part({"middle": middle}).learn("gain", own)


def tied(own: int, shared: int) -> nn.Module:
    """Learns 1 + 7·`own` + 10·`shared` numbers: the last belong to two parts, and the 1 is a scalar; 6·`own` are in a
    part that is there twice. A buffer holds 1000."""
    first, second = Part().learn("weight", shared, 10), Part().learn("bias", own)
    second.weight = first.weight
    second.register_buffer("statistics", torch.zeros(1000))
    cube = Part().learn("cube", own, 2, 3, 1).learn("none", 0, 7)
    return Part({"first": first, "second": second, "cube": cube, "cube again": cube}).learn("scale")


class Normalised(nn.Module):
    """((x − mean)·g)·Wᵀ + b; the mean, how many samples it is of, and which inputs count are buffers. Without a mean
    there are none."""

    def __init__(
        self, weight: torch.Tensor, bias: torch.Tensor, mean: torch.Tensor | None = None, count: int = 0
    ) -> None:
        super().__init__()
        self.layer = nn.Module()
        self.layer.weight = nn.Parameter(weight.clone())
        self.layer.bias = nn.Parameter(bias.clone())
        self.gain = nn.Module()
        self.gain.weight = nn.Parameter(1 + weight[0] ** 2)  # a name that the layer has, too
        self.statistics = nn.Module()
        self.has_mean = mean is not None
        if mean is not None:
            self.statistics.register_buffer("mean", mean.clone())
            self.statistics.register_buffer("count", torch.tensor(count, device=mean.device))
            self.statistics.register_buffer("positive", mean > 0)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.has_mean:
            x = (x - self.statistics.mean) * self.statistics.positive
        return x * self.gain.weight @ self.layer.weight.T + self.layer.bias


def contents(module: nn.Module) -> dict[str, torch.Tensor]:
    return {name: value.detach().clone() for name, value in module.state_dict().items()}


Tensors = tuple[Any, ...]


@own_draws
def save_and_load(
    module: types.ModuleType, saved: Tensors, other: Tensors, x: torch.Tensor, as_path: bool = False
) -> dict[str, Any]:
    """A module of the numbers `saved` is saved, then one of `other` into another file, and the first file is moved; a
    third one, of `other`, is loaded from there."""
    source, second, target = Normalised(*saved), Normalised(*other), Normalised(*other)
    learning = [*source.parameters(), *target.parameters()]
    for parameter in learning:
        parameter.grad = torch.full_like(parameter, 2)
    with tempfile.TemporaryDirectory() as folder:
        path, moved, another = (os.path.join(folder, name) for name in ("first.pt", "moved.pt", "another.pt"))
        module.save(source, pathlib.Path(path) if as_path else path)
        after_saving = contents(source)
        if not os.path.isfile(path):
            return {"the file is there": False}
        os.replace(path, moved)
        with torch.no_grad():
            for value in (*source.state_dict().values(), *second.state_dict().values()):
                value.zero_()
        module.save(second, pathlib.Path(another) if as_path else another)
        returned = module.load(target, pathlib.Path(moved) if as_path else moved)
    return {
        "the file is there": True,
        "parameters and buffers": contents(target),
        "module(x)": target(x).detach(),
        "returned": "the module" if returned is target else "another module" if _is_module(returned) else "no module",
        "the saved module, after saving": after_saving,
        "it learns as before": all(parameter.requires_grad for parameter in target.parameters()),
        "both are in training mode": source.training and target.training,
        "both have their parameters": _same(learning, [*source.parameters(), *target.parameters()]),
        "these have their gradients": all(p.grad is not None and bool((p.grad == 2).all()) for p in learning),
    }


def _same(some: list[Any], others: list[Any]) -> bool:
    return [id(one) for one in some] == [id(other) for other in others]


def _is_module(value: Any) -> bool:
    return isinstance(value, nn.Module)


class Trap:
    """Pickled as the order to make a folder, which whoever unpickles it without care carries out."""

    def __init__(self, folder: str, by_eval: bool) -> None:
        self.folder = folder
        self.by_eval = by_eval

    def __reduce__(self) -> Any:
        if self.by_eval:
            return eval, (f"__import__('os').mkdir({self.folder!r})",)
        return os.mkdir, (self.folder,)


def _write_with_torch(content: Any, path: str) -> None:
    torch.save(content, path)


def _write_with_pickle(content: Any, path: str) -> None:
    with open(path, "wb") as file:
        pickle.dump(content, file, protocol=2)  # of a later one torch.load would warn


def _write_with_new_pickle(content: Any, path: str) -> None:
    """Here what is called has the name of its module in Python 3."""
    with open(path, "wb") as file:
        pickle.dump(content, file)


@own_draws
def load_a_trap(module: types.ModuleType, saved: Tensors, other: Tensors, x: torch.Tensor) -> dict[str, Any]:
    """Whether code from a file was run, in whichever format it is read; and an honest file."""
    ran = False
    with tempfile.TemporaryDirectory() as folder:
        for number, (write, by_eval) in enumerate(
            itertools.product((_write_with_torch, _write_with_pickle, _write_with_new_pickle), (False, True))
        ):
            path, trap = os.path.join(folder, f"trap {number}.pt"), os.path.join(folder, f"code was here {number}")
            write({"layer.weight": Trap(trap, by_eval)}, path)
            try:
                with warnings.catch_warnings(action="ignore"):
                    module.load(Normalised(*other), path)
            except NotImplementedError:
                raise
            except Exception as error:  # refused, as it should be, or for another reason: the honest file will show
                del error
            ran = ran or os.path.isdir(trap)
    return {"code in a file was run": ran, **save_and_load(module, saved, other, x, as_path=True)}
