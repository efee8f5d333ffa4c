"""Scenarios: drop and split with one generator after another, and look at what came out.

Every scenario in which a submission draws first seeds the global generator, so that one that uses it instead of its
own gives the same numbers on both sides; afterwards the global generator is as it was.

A scenario in which chance plays a part has two halves: `draw` runs beside the submission and returns numbers as they
are, `look` makes a few facts of them that no mask and no order decides: shares are rounded so far that all who do the
same see the same, however they draw. A mistake is told by these.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch


def generator(seed: int) -> torch.Generator:
    """A generator of its own, on the CPU."""
    return torch.Generator().manual_seed(seed)


@contextmanager
def global_seed(seed: int) -> Iterator[None]:
    """The global generator, seeded for the moment."""
    before = torch.get_rng_state()
    torch.default_generator.manual_seed(seed)  # torch.manual_seed would seed GPUs as well, a millisecond each time
    try:
        yield
    finally:
        torch.set_rng_state(before)


def drop(module: types.ModuleType, x: torch.Tensor, rates: list[float], training: bool, seed: int) -> list[Any]:
    """`dropout` with one p after another, where chance decides nothing."""
    with global_seed(seed + 1):
        return [module.dropout(x, p, training, generator(seed)) for p in rates]


def times_zero(module: types.ModuleType, x: torch.Tensor, p: float, seed: int) -> torch.Tensor:
    """`dropout` in training, times 0: zeros of the shape and dtype that came out."""
    with global_seed(seed + 1):
        return module.dropout(x, p, True, generator(seed)) * 0


# --- many masks for a few entries


@torch.enable_grad()
def draw_dropped_often(module: types.ModuleType, x: torch.Tensor, p: float, seed: int, times: int) -> torch.Tensor:
    """Outputs, [times, *x.shape]."""
    with global_seed(seed + times):
        return torch.stack([module.dropout(x, p, True, generator(seed + k)).detach() for k in range(times)])


def look_dropped_often(module: Any, outputs: torch.Tensor) -> dict[str, Any]:
    """For each entry what is nearest to 0 among all draws, what is farthest from it, and how many are neither."""
    size = outputs.abs()
    dropped, kept = (outputs.gather(0, at[None])[0] for at in (size.argmin(0), size.argmax(0)))
    neither = int(((outputs != dropped) & (outputs != kept)).sum())
    facts = {"where dropped": dropped, "where kept": kept, "other values": neither}
    if dropped.numel() >= ENOUGH:
        facts |= {"dropped more often than kept": 2 * share(outputs == dropped) > 1}
    return facts


#: With fewer entries chance would decide which of the two is more frequent.
ENOUGH = 12


def dropped_often(module: types.ModuleType, x: torch.Tensor, p: float, seed: int, times: int) -> dict[str, Any]:
    """What becomes of each entry of x in many draws with different seeds."""
    return look_dropped_often(module, draw_dropped_often(module, x, p, seed, times))


@torch.enable_grad()
def draw_gradients(
    module: types.ModuleType, x: torch.Tensor, p: float, v: torch.Tensor, seed: int, times: int
) -> list[torch.Tensor]:
    """Outputs, and the gradients of Σ v·output with respect to x: two tensors [times, *x.shape]."""
    with global_seed(seed + times):
        leaves = [x.detach().clone().requires_grad_() for _ in range(times)]
        outputs = [module.dropout(leaf, p, True, generator(seed + k)) for k, leaf in enumerate(leaves)]
    # One backward pass for all of them, through the sum; an output without a graph has no part in it.
    total = sum((v * output).sum() for output in outputs)
    if total.requires_grad:
        total.backward()
    gradients = [torch.zeros_like(leaf) if leaf.grad is None else leaf.grad for leaf in leaves]
    return [torch.stack(outputs).detach(), torch.stack(gradients)]


def look_gradients(module: Any, drawn: list[torch.Tensor]) -> dict[str, Any]:
    """For each entry the gradient where the output is 0 and where it is farthest from 0, and how many gradients are
    not the one that belongs to their output."""
    outputs, gradients = drawn
    at = outputs.abs().argmax(0), (outputs == 0).byte().argmax(0)
    kept, dropped = (gradients.gather(0, index[None])[0] for index in at)
    others = int((gradients != torch.where(outputs == 0, dropped, kept)).sum())
    return {"where dropped": dropped, "where kept": kept, "other gradients": others}


def gradients(
    module: types.ModuleType, x: torch.Tensor, p: float, v: torch.Tensor, seed: int, times: int
) -> dict[str, Any]:
    """The gradient of Σ v·output with respect to each entry of x, in many draws with different seeds."""
    return look_gradients(module, draw_gradients(module, x, p, v, seed, times))


# --- one mask for many entries


def draw_dropped_once(module: types.ModuleType, x: torch.Tensor, p: float, seed: int) -> torch.Tensor:
    with global_seed(seed + 1):
        return module.dropout(x, p, True, generator(seed)).detach()


def look_dropped_once(module: Any, output: torch.Tensor) -> dict[str, Any]:
    """Which share of the entries is 0, and how often an entry shares this with the next one along each axis."""
    dropped = output == 0
    alike = [tenths(same) for same in alike_along(dropped)]
    return {"share dropped": round(20 * share(dropped)) / 20, "same fate as the next one": alike}


def alike_along(dropped: torch.Tensor) -> Iterator[torch.Tensor]:
    """For each axis: whether an entry and the next one have the same fate."""
    for axis in range(dropped.ndim):
        size = dropped.shape[axis] - 1
        yield dropped.narrow(axis, 0, size) == dropped.narrow(axis, 1, size)


def dropped_once(module: types.ModuleType, x: torch.Tensor, p: float, seed: int) -> dict[str, Any]:
    """How the zeros are spread over a large x; neighbours along each axis."""
    return look_dropped_once(module, draw_dropped_once(module, x, p, seed))


def look_dropped_together(module: Any, output: torch.Tensor) -> dict[str, list[bool]]:
    """Along which axes an entry always has the fate of the next one, although not all entries have the same."""
    dropped = output == 0
    mixed = bool(dropped.any()) and not bool(dropped.all())
    return {"always the same fate along an axis": [mixed and bool(same.all()) for same in alike_along(dropped)]}


def dropped_together(module: types.ModuleType, x: torch.Tensor, p: float, seed: int) -> dict[str, list[bool]]:
    """Whether neighbours in a large x are always both 0 or both not, along each axis."""
    return look_dropped_together(module, draw_dropped_once(module, x, p, seed))


def share(flags: torch.Tensor) -> float:
    """Of the entries that are true."""
    return float(flags.double().mean())


def tenths(flags: torch.Tensor) -> float:
    return round(10 * share(flags)) / 10


def draw_dropped_counts(
    module: types.ModuleType, x: torch.Tensor, rates: list[float], seed: int, times: int
) -> list[torch.Tensor]:
    """All outputs for each p, [times, *x.shape]."""
    with global_seed(seed + times):
        return [
            torch.stack([module.dropout(x, p, True, generator(seed + k)).detach() for k in range(times)]) for p in rates
        ]


def look_dropped_counts(module: Any, outputs: list[torch.Tensor]) -> dict[str, list[bool]]:
    """For each p whether in three quarters of the draws as many entries are 0 as in the first."""
    counts = [(of_one == 0).flatten(1).sum(1) for of_one in outputs]
    return {"most draws drop as many as the first": [share(of_one == of_one[0]) > 0.75 for of_one in counts]}


def dropped_counts(
    module: types.ModuleType, x: torch.Tensor, rates: list[float], seed: int, times: int
) -> dict[str, list[bool]]:
    """Whether always the same number of entries is 0, in draws with different seeds."""
    return look_dropped_counts(module, draw_dropped_counts(module, x, rates, seed, times))


# --- splits


def draw_shuffled(module: types.ModuleType, n: int, n_val: int, n_test: int, seed: int) -> list[torch.Tensor]:
    """The three parts, as float64."""
    with global_seed(seed + 1):
        return [rows.double() for rows in module.split(n, n_val, n_test, generator(seed))]


def parts(module: types.ModuleType, n: int, n_val: int, n_test: int, seed: int) -> dict[str, Any]:
    """`split`: the shapes of its three parts, how many rows two parts have in common, and what else should be 0."""
    with global_seed(seed + 1):
        found = module.split(n, n_val, n_test, generator(seed))
    rows = torch.cat([*found])
    train, val, test = ({*part.tolist()} for part in found)
    return {
        "shapes of the parts": [tuple(part.shape) for part in found],
        "train & val, train & test, val & test": torch.tensor([*map(len, (train & val, train & test, val & test))]),
        "twice in one part": len(rows) - len(train) - len(val) - len(test),
        "in no part": len({*range(n)} - train - val - test),
        "not a row number": sorted({row for row in rows.tolist() if not 0 <= row < n}),
        "rows, times 0": rows * 0,
    }


def look_shuffled(module: Any, found: list[torch.Tensor]) -> dict[str, torch.Tensor]:
    """Of each part: which share is from the first half of all rows, and how often the next row number is larger."""
    n = sum(len(rows) for rows in found)
    return {
        "from the first half": torch.tensor([tenths(2 * rows < n) for rows in found]),
        "next row is larger": torch.tensor([tenths(rows[1:] > rows[:-1]) for rows in found]),
    }


def shuffled(module: types.ModuleType, n: int, n_val: int, n_test: int, seed: int) -> dict[str, torch.Tensor]:
    """How well `split` has shuffled many rows, in each of its three parts."""
    return look_shuffled(module, draw_shuffled(module, n, n_val, n_test, seed))


# --- generators


def draw_repeated(
    module: types.ModuleType, function: str, args: list[Any], seeds: list[int]
) -> dict[str, list[torch.Tensor]]:
    """What comes out with a generator for each seed, then again with the last ones; flat, as float64."""
    with global_seed(seeds[0] + 1):
        generators = [generator(seed) for seed in seeds]
        found = [getattr(module, function)(*args, gen) for gen in [*generators, *generators[:0:-1]]]
    return {function: [torch.cat([part.detach().reshape(-1).double() for part in parts_of(one)]) for one in found]}


def parts_of(result: Any) -> list[torch.Tensor]:
    """What dropout returns, alone, or the three parts of a split."""
    return [result] if isinstance(result, torch.Tensor) else list(result)


def look_repeated(module: Any, drawn: dict[str, list[torch.Tensor]]) -> dict[str, Any]:
    """How many entries of the mask, or rows, are the same with another seed, the same one, the same generator, and the
    other one of this seed, in thousands; and whether nothing at all is shuffled."""
    found = [one != 0 for one in drawn["dropout"]] if "dropout" in drawn else drawn["split"]
    other, _, again, last, further = (1000.0 * round(int((one == found[1]).sum()) / 1000) for one in found)
    return {
        "another seed": other,
        "the same seed": again,
        "the same generator again": further,
        "the other generator again": last,
        "in rising order": bool((found[1] == found[1].sort().values).all()),
    }


def repeated(module: types.ModuleType, function: str, args: list[Any], seeds: list[int]) -> dict[str, Any]:
    """How many entries of the mask, or rows, are the same again, rounded to thousands."""
    return look_repeated(module, draw_repeated(module, function, args, seeds))


def global_generator_after(module: types.ModuleType, function: str, args: list[Any], seed: int) -> dict[str, bool]:
    """Whether the global generator has another seed, or gives other numbers, after the submission has drawn."""
    with global_seed(seed):
        getattr(module, function)(*args, generator(seed + 1))
        seeded, after = torch.initial_seed() != seed, torch.rand(6)
    with global_seed(seed):
        return {"has another seed": seeded, "gives other numbers": not bool(torch.equal(after, torch.rand(6)))}


# --- the penalty


def penalty(module: types.ModuleType, lam: float, *params: torch.Tensor) -> torch.Tensor:
    """`l2_penalty` of these tensors."""
    return module.l2_penalty([*params], lam)
