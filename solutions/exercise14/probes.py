"""Scenarios that run beside a submission: draw data, step and fit and go on learning, draw a plot and read it back.

Why a real Matplotlib Axes, and not a small stand-in that notes what is called: there are a dozen ways to draw points
and as many for a line, each with its own rules for shapes, colours and tensors, and all of them are right. So the
artists that are on the axes in the end are read, by their data. No pixel is drawn for it, and no window is needed.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

#: At so many places the height of a line is read.
PLACES = 5
#: What `all_drawn` has room for, and what stands in a row that holds nothing.
MOST, NOTHING = 64, -1

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


def _later_gradients(w: Any, b: Any) -> list[Any]:
    """The gradients that a later 3w + 5b leaves with w and b: none with what is no leaf or requires none."""
    w.grad = b.grad = None
    total = (3 * w + 5 * b).sum()
    if total.requires_grad:
        total.backward()
    return [tensor.grad if tensor.is_leaf else None for tensor in (w, b)]


def _leaves(w: torch.Tensor, b: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    return w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()


@torch.enable_grad()
def stepped(
    module: types.ModuleType, w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: torch.Tensor, lrs: list[float]
) -> dict[str, Any]:
    """A step with each learning rate, on one w and b."""
    w, b = _leaves(w, b)
    losses = [module.step(w, b, x, y, lr) for lr in lrs]
    return {
        "losses": losses,
        "w": w.detach().clone(),
        "b": b.detach().clone(),
        "gradients of 3w + 5b, afterwards": _later_gradients(w, b),
    }


@torch.enable_grad()
def stepped_from_old_gradients(
    module: types.ModuleType,
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
    for lr in lrs:
        module.step(w, b, x, y, lr)
    return {"w": w.detach().clone(), "b": b.detach().clone()}


@torch.enable_grad()
def right_step(original: Any, w: torch.Tensor, b: torch.Tensor, x: torch.Tensor, y: torch.Tensor, lr: float) -> float:
    """A right `step`, so that an error in the submission's is not counted again; also for a w and a b that don't
    require gradients, which is another error."""
    leaves = _leaves(w, b)
    loss = ((x @ leaves[0] + leaves[1] - y) ** 2).mean()
    gradients = torch.autograd.grad(loss, leaves)
    with torch.no_grad():
        for parameter, gradient in zip((w, b), gradients, strict=True):
            parameter -= lr * gradient
            parameter.grad = gradient
    return loss.item()


@torch.enable_grad()
def fitted(module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, lr: float, steps: int) -> dict[str, Any]:
    """What `fit` gives."""
    w, b, losses = module.fit(x, y, lr, steps)
    return {"w": w.detach().clone(), "b": b.detach().clone(), "losses": losses}


@torch.enable_grad()
def used_after_no_step(module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, lr: float) -> dict[str, Any]:
    """What `fit` gives for 0 steps, and what comes of learning on from there."""
    w, b, losses = module.fit(x, y, lr, 0)
    return {
        "w": w.detach().clone(),
        "b": b.detach().clone(),
        "losses": losses,
        "gradients of 3w + 5b, afterwards": _later_gradients(w, b),
    }


@torch.enable_grad()
def own_steps(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, lr: float, steps: int, start: float
) -> torch.Tensor:
    """What the submission's own steps give, one after another, in a row; w and b are `start` at first."""
    w, b = _leaves(x.new_full((1, 1), start), x.new_full((), start))
    losses = [module.step(w, b, x, y, lr) for _ in range(steps)]
    return _row(w, b, losses)


def fitted_in_a_row(module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, lr: float, steps: int) -> torch.Tensor:
    """What `fit` gives, in a row."""
    return _row(*module.fit(x, y, lr, steps))


def _row(w: torch.Tensor, b: torch.Tensor, losses: list[float]) -> torch.Tensor:
    """[2 + steps], float64: w, b and every loss."""
    return torch.tensor([float(w), float(b), *map(float, losses)], dtype=torch.float64)


# --- plots


def points_drawn(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor
) -> dict[str, Any]:
    """All points of the plot, sorted by x, and what `plot_fit` returns."""
    w, b = _leaves(w, b)
    returned, points, _ = _plotted(module, x, y, w, b)
    return {"points drawn": points, "returned": None if returned is None else type(returned).__name__}


def lines_drawn(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor
) -> dict[str, Any]:
    """All lines of the plot, each as five of its points, between the smallest and the largest x."""
    w, b = _leaves(w, b)
    return {"lines drawn": _plotted(module, x, y, w, b)[2]}


def all_drawn(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor
) -> torch.Tensor:
    """For a report: points and lines of the plot, as many as fit into MOST rows of (number of the line, x, y)."""
    w, b = _leaves(w, b)
    _, *found = _plotted(module, x, y, w, b)
    rows = torch.full((MOST, 3), float(NOTHING), dtype=torch.float64)
    place = 0
    for number, block in enumerate([found[0], *found[1]]):
        for row in block[: MOST - place]:
            rows[place] = torch.tensor([float(number), *row.tolist()])
            place += 1
    return rows


def plotted(
    module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor
) -> dict[str, Any]:
    """All of it, and what comes of learning on."""
    w, b = _leaves(w, b)
    _, points, lines = _plotted(module, x, y, w, b)
    return {"points drawn": points, "lines drawn": lines, "gradients of 3w + 5b, afterwards": _later_gradients(w, b)}


@torch.enable_grad()
def _plotted(module: types.ModuleType, x: torch.Tensor, y: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> Any:
    # Imported by whom it concerns: the trusted side only plots when it looks for the name of a mistake.
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    x, y = x.cpu(), y.cpu()
    returned = module.plot_fit(ax, x, y, w, b)
    points, lines = _read(ax, float(x.min()), float(x.max()))
    return returned, points, lines


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
