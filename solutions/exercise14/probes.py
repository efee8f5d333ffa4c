"""Scenarios that run beside a submission: draw data, step and fit and go on learning, draw a plot and read it back.

Why a real Matplotlib Axes, and not a small stand-in that notes what is called: there are a dozen ways to draw points
and as many for a line, each with its own rules for shapes, colours and tensors, and all of them are right. So the
artists that are on the axes in the end are read, by their data. No pixel is drawn for it, and no window is needed.
"""

from __future__ import annotations

import types
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

#: At so many places the height of a line is read.
PLACES = 5
#: Nearer to what it should be than this, in units of the largest of its kind, a place of a plot is taken to be there.
NEAR = 1e-4
#: Stands for what is no number, or not there.
NOTHING = 1e300

# --- data


@contextmanager
def _global_seed(seed: int) -> Iterator[None]:
    """The global generator seeded, so that who draws from it by mistake draws the same on both sides."""
    before = torch.get_rng_state()
    torch.default_generator.manual_seed(seed)
    try:
        yield
    finally:
        torch.set_rng_state(before)


def made(module: types.ModuleType, n: int, seed: int) -> dict[str, Any]:
    """The data drawn with a new generator."""
    with _global_seed(seed):
        x, y = module.make_data(n, torch.Generator().manual_seed(seed))
    return {"x": x, "y": y}


def drawn(module: types.ModuleType, n: int, seed: int) -> list[torch.Tensor]:
    """Four times x: with a seed, with another one, with the first one again, and with that generator once more."""
    with _global_seed(seed + 2):
        generators = [torch.Generator().manual_seed(number) for number in (seed, seed + 1, seed)]
        return [module.make_data(n, generator)[0] for generator in (*generators, generators[-1])]


def summary(module: types.ModuleType, draws: list[torch.Tensor]) -> dict[str, Any]:
    """What there is to say of `drawn`; the submission has no part in it."""
    first, other, again, further = draws
    return {
        "shares of x in the quarters of [0, 1)": [_share((first * 4).floor() == part) for part in range(4)],
        "repeated with another seed": [_share(other == first)],
        "repeated with the same seed": [_share(again == first)],
        "repeated by the generator's next call": [_share(further == again)],
    }


def _share(which: torch.Tensor) -> float:
    return float(which.double().mean())


def drawn_and_summarised(module: types.ModuleType, n: int, seed: int) -> dict[str, Any]:
    """Both."""
    return summary(module, drawn(module, n, seed))


def drawn_globally_after(module: types.ModuleType, n: int, seed: int) -> torch.Tensor:
    """What the global generator gives when the submission has drawn."""
    with _global_seed(seed):
        module.make_data(n, torch.Generator().manual_seed(seed + 1))
        return torch.rand(6, dtype=torch.float64)


# --- learning


def _later_gradients(w: Any, b: Any, *, reset: bool = True) -> list[Any]:
    """The gradients that a later 3w + 5b leaves with w and b: none with what is no leaf or requires none."""
    if reset:
        w.grad = b.grad = None
    total = (3 * w + 5 * b).sum()
    if total.requires_grad:
        total.backward()
    return [tensor.grad if tensor.is_leaf else None for tensor in (w, b)]


def _leaves(w: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()


def right_predict(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return x @ w + b


def right_loss(pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return ((pred - y) ** 2).mean()


@torch.enable_grad()
def right_step(w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: torch.Tensor, lr: float) -> float:
    """Also for a w and a b that don't require gradients, which is another error."""
    leaves = _leaves(w, b)
    loss = right_loss(right_predict(x, *leaves), y)
    gradients = torch.autograd.grad(loss, leaves)
    with torch.no_grad():
        for parameter, gradient in zip((w, b), gradients, strict=True):
            parameter -= lr * gradient
            parameter.grad = gradient
    return loss.item()


RIGHT = {"predict": right_predict, "loss": right_loss, "step": right_step}


@contextmanager
def _standing_in(module: types.ModuleType, given: str) -> Iterator[None]:
    """Right functions for the submission's, so that an error in those is not counted again. given: their names; no
    list, which further calls, made to confirm a mistake, would shorten."""
    names, chosen = vars(module), given.split()
    before = {name: names[name] for name in chosen if name in names}
    names.update({name: RIGHT[name] for name in chosen})
    try:
        with torch.enable_grad():
            yield
    finally:
        for name in chosen:
            del names[name]
        names.update(before)


def stepped(
    module: types.ModuleType,
    given: str,
    w: torch.Tensor,
    b: torch.Tensor,
    x: torch.Tensor,
    y: torch.Tensor,
    lrs: list[float],
) -> dict[str, Any]:
    """A step with each learning rate, on one w and b."""
    w, b = _leaves(w, b)
    with _standing_in(module, given):
        losses = [module.step(w, b, x, y, lr) for lr in lrs]
        return {
            "losses": losses,
            "w": w.detach().clone(),
            "b": b.detach().clone(),
            "gradients of 3w + 5b, afterwards": _later_gradients(w, b),
            "gradients are recorded afterwards": torch.is_grad_enabled(),
        }


def stepped_from_old_gradients(
    module: types.ModuleType,
    given: str,
    w: torch.Tensor,
    b: torch.Tensor,
    x: torch.Tensor,
    y: torch.Tensor,
    lrs: list[float],
    old_w: torch.Tensor,
    old_b: torch.Tensor,
) -> dict[str, Any]:
    """Where w and b are after a step with each learning rate. old_w, old_b: what w.grad and b.grad hold before."""
    w, b = _leaves(w, b)
    w.grad, b.grad = old_w.clone(), old_b.clone()
    with _standing_in(module, given):
        for lr in lrs:
            module.step(w, b, x, y, lr)
    return {"w": w.detach().clone(), "b": b.detach().clone()}


def fitted(
    module: types.ModuleType, given: str, x: torch.Tensor, y: torch.Tensor, lr: float, steps: int
) -> dict[str, Any]:
    """What `fit` gives."""
    with _standing_in(module, given):
        w, b, losses = module.fit(x, y, lr, steps)
    return {"w": w.detach().clone(), "b": b.detach().clone(), "losses": losses}


def used_after_steps(
    module: types.ModuleType, given: str, x: torch.Tensor, y: torch.Tensor, lr: float, steps: int
) -> dict[str, Any]:
    """What `fit` gives, what a second fit gives after it, and what comes of learning on from the first."""
    with _standing_in(module, given):
        w, b, losses = module.fit(x, y, lr, steps)
        again = module.fit(x, y, lr, steps)
        return {
            "w": w.detach().clone(),
            "b": b.detach().clone(),
            "losses": losses,
            "gradients of 3w + 5b, afterwards": _later_gradients(w, b),
            "a second fit": [again[0].detach().clone(), again[1].detach().clone(), again[2]],
            "its w and b are new ones": again[0] is not w and again[1] is not b and again[2] is not losses,
        }


def own_steps(
    module: types.ModuleType, given: str, x: torch.Tensor, y: torch.Tensor, lr: float, steps: int, start: float
) -> dict[str, Any]:
    """What the submission's own steps give, one after another; w and b are `start` at first."""
    w, b = _leaves(x.new_full((1, 1), start), x.new_full((), start))
    with _standing_in(module, given):
        losses = [module.step(w, b, x, y, lr) for _ in range(steps)]
    return {"w": w.detach().clone(), "b": b.detach().clone(), "losses": losses}


def tried(module: types.ModuleType, scenario: str, given: str, size: int, *args: Any) -> torch.Tensor:
    """All numbers that a scenario gives, [size], float64. Whatever goes wrong shows in them, so that there is always
    something to choose by."""
    row = torch.full((size,), NOTHING, dtype=torch.float64)
    try:
        found = torch.tensor(numbers(globals()[scenario](module, given, *args)), dtype=torch.float64)
    except Exception as error:  # it will be told by whoever makes the call that is chosen
        del error
        return row
    return found.nan_to_num(NOTHING, NOTHING, -NOTHING).clamp(-NOTHING, NOTHING) if len(found) == size else row


def in_numbers(module: types.ModuleType, value: Any) -> list[float]:
    """A right result as `tried` gives one."""
    return numbers(value)


def numbers(value: Any) -> list[float]:
    """All numbers in a scenario's result, in order; a text counts as one that stands for it."""
    if isinstance(value, torch.Tensor):
        return [float(number) for number in value.detach().reshape(-1).tolist()]
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in numbers(item)]
    return [float(zlib.crc32(value.encode()) if isinstance(value, str) else 0 if value is None else value)]


# --- plots


def plotted(
    module: types.ModuleType,
    given: str,
    parts: list[str],
    x: torch.Tensor,
    y: torch.Tensor,
    w: torch.Tensor,
    b: torch.Tensor,
) -> dict[str, Any]:
    """These parts of: all points of the plot, sorted by x; all its lines, between the smallest and the largest x; what
    `plot_fit` returns; what comes of learning on."""
    # Imported by whom it concerns: the trusted side only plots when it looks for the name of a mistake.
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    w, b = _leaves(w, b)
    x, y = x.cpu(), y.cpu()
    with _standing_in(module, given):
        returned = module.plot_fit(ax, x, y, w, b)
        points, lines = _read(ax, float(x.min()), float(x.max()))
        found = {
            "points drawn": point_texts(points, x, y),
            "lines drawn": [line_text(line, w, b) for line in lines],
            "bent lines drawn": [line_text(line, w, b) for line in lines if _bent(line)],
            "anything drawn": bool(len(points) or lines),
            "returned": None if returned is None else type(returned).__name__,
            "gradients of 3w + 5b, afterwards": _later_gradients(w, b, reset=False),
        }
    return {part: found[part] for part in parts}


def right_plot(
    module: types.ModuleType, parts: list[str], x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor
) -> dict[str, Any]:
    """What `plotted` gives of a right plot, without drawing one."""
    samples = torch.cat([x, y], dim=1).double().cpu()
    places = torch.linspace(float(x.min()), float(x.max()), PLACES, dtype=torch.float64)
    right = {
        "points drawn": point_texts(samples[samples[:, 0].argsort()], x, y),
        "lines drawn": [line_text(torch.stack([places, places * w.item() + b.item()], dim=1), w, b)],
        "bent lines drawn": [],
        "anything drawn": True,
        "returned": None,
        "gradients of 3w + 5b, afterwards": [torch.full_like(w, 3), torch.full_like(b, 5)],
    }
    return {part: right[part] for part in parts}


def point_texts(points: torch.Tensor, x: torch.Tensor, y: torch.Tensor) -> list[str]:
    """ "(x, y)" for each point [n, 2], in their order; one that is at a sample but for rounding has its numbers."""
    samples = torch.cat([x, y], dim=1).double().cpu()
    room = NEAR * samples.abs().amax(0)
    at = ((points[:, None] - samples).abs() <= room).all(-1)
    return [
        _place(samples[here.int().argmax()] if here.any() else point) for point, here in zip(points, at, strict=True)
    ]


def line_text(line: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> str:
    """A line [PLACES, 2] by its ends, or by all of its places if it is bent; the model's own height where it has that
    but for rounding."""
    model = line[:, 0] * w.item() + b.item()
    if (line[:, 1] - model).abs().max() <= NEAR * model.abs().max():
        line = torch.stack([line[:, 0], model], dim=1)
    shown = line if _bent(line) else line[[0, -1]]
    return "–".join(map(_place, shown))


def _bent(line: torch.Tensor) -> bool:
    (first_x, first_y), (last_x, last_y) = line[0].tolist(), line[-1].tolist()
    if last_x == first_x:
        return True
    straight = first_y + (line[:, 0] - first_x) * (last_y - first_y) / (last_x - first_x)
    return bool((straight - line[:, 1]).abs().max() > 1e-3)


def _place(place: torch.Tensor) -> str:
    x, y = place.tolist()
    return f"({x:.3g}, {y:.3g})"


def _read(ax: Any, low: float, high: float) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """The points [n, 2] and the lines [PLACES, 2] on these axes.

    Left out: what is invisible, what is no point and no line (text, areas), what does not lie at data coordinates
    (legends, axhline, axvline), vertical strokes (residuals), and the bars of errorbar and stem.
    """
    from matplotlib.collections import CircleCollection, LineCollection, PathCollection, RegularPolyCollection
    from matplotlib.lines import AxLine, Line2D

    markers = (PathCollection, RegularPolyCollection, CircleCollection)
    points, lines = [np.empty((0, 2))], []
    aside = _belongs_to_bars(ax)
    for artist in ax.get_children():
        if artist in aside or not artist.get_visible():
            continue
        if isinstance(artist, AxLine):
            lines.append(_endless(artist, low, high))
        elif isinstance(artist, Line2D) and _at_data(ax, artist.get_transform()):
            path = np.column_stack([artist.get_xdata(orig=False), artist.get_ydata(orig=False)]).astype(float)
            if artist.get_linestyle() not in ("None", "none", "", " "):
                lines.append(path)
            if artist.get_marker() not in (None, "None", "none", "", " "):
                points.append(path)
        elif isinstance(artist, LineCollection) and _at_data(ax, artist.get_transform()):
            lines += [np.asarray(segment, float) for segment in artist.get_segments()]
        elif isinstance(artist, markers) and _at_data(ax, artist.get_offset_transform()):
            points.append(np.ma.filled(artist.get_offsets().astype(float), np.nan))
    found = np.concatenate(points)
    found = found[np.isfinite(found).all(axis=1)]
    order = np.lexsort((found[:, 1], found[:, 0]))
    wide = [line for line in map(_whole, lines) if len(line) > 1 and np.ptp(line[:, 0]) > 0]
    return torch.tensor(found[order]), [torch.tensor(_heights(line, low, high)) for line in wide]


def _belongs_to_bars(ax: Any) -> list[Any]:
    from matplotlib.container import ErrorbarContainer, StemContainer

    aside: list[Any] = []
    for container in ax.containers:
        if isinstance(container, ErrorbarContainer):
            aside += [*container.lines[1], *container.lines[2]]
        elif isinstance(container, StemContainer):
            aside.append(container.baseline)
    return aside


def _at_data(ax: Any, transform: Any) -> bool:
    return all(transform.contains_branch_seperately(ax.transData))


def _endless(line: Any, low: float, high: float) -> np.ndarray:
    """A line without ends, as Axes.axline makes it, from low to high."""
    (x, y), slope = line.get_xy1(), line.get_slope()
    if slope is None:
        other_x, other_y = line.get_xy2()
        if other_x == x:
            return np.empty((0, 2))
        slope = (other_y - y) / (other_x - x)
    x, y, slope = float(x), float(y), float(slope)
    return np.array([[low, y + slope * (low - x)], [high, y + slope * (high - x)]])


def _whole(line: np.ndarray) -> np.ndarray:
    return line[np.isfinite(line).all(axis=1)]


def _heights(line: np.ndarray, low: float, high: float) -> np.ndarray:
    """The line's height at evenly spaced places, from end to end; what reaches beyond [low, high] is cut off."""
    line = line[np.argsort(line[:, 0], kind="stable")]
    left, right = max(low, line[0, 0]), min(high, line[-1, 0])
    if left >= right:  # it lies elsewhere
        left, right = line[0, 0], line[-1, 0]
    places = np.linspace(left, right, PLACES)
    return np.column_stack([places, np.interp(places, line[:, 0], line[:, 1])])
