"""What tells the wrong entries of a block of numbers from its right ones: where they stand, what their inputs are.

Each function tests one hypothesis on the numbers of this call and says only what holds for every entry. The first that
holds is said. None of them guesses how the code was written. Half precision is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from math import comb

import torch

from grader.checks.closeness import largest, wide
from grader.text import Message, say

#: Numeric arguments of the call by name.
Inputs = dict[str, torch.Tensor]
#: Tested on: which entries are wrong; the inputs.
_OfEntries = Callable[[torch.Tensor, Inputs], Iterator[Message]]

#: A condition on the inputs that separates right and wrong entries by chance does so in one of so many cases at most.
_CHANCE = 5_000
#: The same for a place in the block, such as its last row: there are few such conditions.
_CHANCE_OF_PLACE = 40
_LARGEST = 1 << 13  # entries; beyond it a contrast costs more than it tells


def contrast(wrong: torch.Tensor, inputs: Inputs, *, is_series: bool = False) -> Message | None:
    """Where the wrong entries are; None where all are wrong, or where nothing separates them from the right ones.

    wrong: bool, in the shape of the result. is_series: the result is a list of numbers, such as a loss for each step.
    """
    if not 4 <= wrong.numel() <= _LARGEST or bool(wrong.all()) or not bool(wrong.any()):
        return None
    hypotheses: tuple[_OfEntries, ...] = (_by_input, _by_diagonal, _by_row)
    if is_series:
        hypotheses = (_by_step, *hypotheses)
    return next(chain.from_iterable(tested(wrong, inputs) for tested in hypotheses), None)


# By the inputs that belong to the entries


def _by_input(wrong: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    for name, values in inputs.items():
        for marks, numbers in _aligned(wrong, values):
            yield from _by_label(name, numbers, marks)
            if comb(marks.numel(), int(marks.sum())) >= _CHANCE and numbers.isfinite().all():
                yield from _by_sign(name, numbers, marks)
                yield from _by_size(name, numbers, marks)


def _aligned(wrong: torch.Tensor, values: torch.Tensor) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
    """Marks and the input numbers that belong to them, both flat: entry by entry, or one for each row of the result."""
    if values.dtype.is_complex or values.ndim == 0 or values.numel() == 0:
        return
    if values.shape == wrong.shape:
        yield wrong.reshape(-1), wide(values).reshape(-1)
    elif values.ndim < wrong.ndim and values.shape == wrong.shape[: values.ndim]:
        rows = wrong.reshape(*values.shape, -1)
        # A row with right and wrong entries is neither.
        if bool((rows.all(-1) | ~rows.any(-1)).all()):
            yield rows.all(-1).reshape(-1), wide(values).reshape(-1)


def _by_label(name: str, numbers: torch.Tensor, marks: torch.Tensor) -> Iterator[Message]:
    """Exactly the entries are wrong, or right, where the input is one certain number: 0, or one that is there often."""
    count = int(marks.sum())
    if comb(len(marks), count) < _CHANCE_OF_PLACE:
        return
    value = numbers[marks][0]
    if (count > 1 or value == 0) and bool(((numbers == value) == marks).all()):
        yield say("Exactly those entries are wrong where {name} is {value}.", name=name, value=f"{float(value):.4g}")
    value = numbers[~marks][0]
    if (len(marks) - count > 1 or value == 0) and bool(((numbers == value) == ~marks).all()):
        yield say("Exactly those entries are right where {name} is {value}.", name=name, value=f"{float(value):.4g}")


def _by_sign(name: str, numbers: torch.Tensor, marks: torch.Tensor) -> Iterator[Message]:
    of_wrong, of_right = numbers[marks], numbers[~marks]
    if bool((of_wrong < 0).all()) and bool((of_right >= 0).all()):
        yield say("Exactly those entries are wrong where {name} is negative.", name=name)
    if bool((of_wrong > 0).all()) and bool((of_right <= 0).all()):
        yield say("Exactly those entries are wrong where {name} is positive.", name=name)
    if bool((of_wrong <= 0).all()) and bool((of_right > 0).all()):
        yield say("Exactly those entries are right where {name} is positive.", name=name)
    if bool((of_wrong >= 0).all()) and bool((of_right < 0).all()):
        yield say("Exactly those entries are right where {name} is negative.", name=name)


def _by_size(name: str, numbers: torch.Tensor, marks: torch.Tensor) -> Iterator[Message]:
    for label, sizes in ((name, numbers), (f"|{name}|", numbers.abs())):
        wrong, right = sizes[marks], sizes[~marks]
        if float(right.max()) < float(wrong.min()):
            yield say(
                "Every entry is right where {name} is at most {right}, and wrong where it is {wrong} or more.",
                name=label,
                right=f"{float(right.max()):.4g}",
                wrong=f"{float(wrong.min()):.4g}",
            )
        if float(wrong.max()) < float(right.min()):
            yield say(
                "Every entry is wrong where {name} is at most {wrong}, and right where it is {right} or more.",
                name=label,
                right=f"{float(right.min()):.4g}",
                wrong=f"{float(wrong.max()):.4g}",
            )


# By the place in the block


def _by_step(wrong: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    """A series that is right at first."""
    first = int(wrong.reshape(-1).double().argmax())
    if wrong.ndim == 1 and first > 0 and len(wrong) - first >= 2 and bool(wrong[first:].all()):
        yield (
            say("The first is right, and all after it are wrong.")
            if first == 1
            else say("The first {count} are right, and all after them are wrong.", count=first)
        )


def _by_diagonal(wrong: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    if wrong.ndim != 2 or wrong.shape[0] != wrong.shape[1] or len(wrong) < 3:
        return
    eye = torch.eye(len(wrong), dtype=torch.bool)
    if torch.equal(wrong, eye):
        yield say("Only the diagonal is wrong.")
    if torch.equal(wrong, ~eye):
        yield say("Only the diagonal is right.")
    above = torch.ones_like(wrong).triu(1)
    if torch.equal(wrong, above):
        yield say("Exactly the entries above the diagonal are wrong.")
    if torch.equal(wrong, above.T):
        yield say("Exactly the entries below the diagonal are wrong.")


def _by_row(wrong: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    """One row or one column, or all but one; of a vector its first or its last entry."""
    if wrong.ndim == 1:
        yield from _at_an_end(wrong)
        return
    for axis in range(min(wrong.ndim, 2)):
        lines = wrong.movedim(axis, 0).reshape(wrong.shape[axis], -1)
        hit, whole = lines.any(1), lines.all(1)
        if len(lines) >= 3 and int(hit.sum()) == 1 and comb(wrong.numel(), int(wrong.sum())) >= _CHANCE_OF_PLACE:
            yield _only_wrong(axis, int(hit.double().argmax()), len(lines))
        if len(lines) >= 3 and int((~hit).sum()) == 1 and bool(whole[hit].all()):
            yield _only_right(axis, int(hit.double().argmin()), len(lines))


def _at_an_end(wrong: torch.Tensor) -> Iterator[Message]:
    count, total = int(wrong.sum()), len(wrong)
    if count == 1 and bool(wrong[-1]):
        yield say("Only the last entry is wrong.")
    if count == 1 and bool(wrong[0]):
        yield say("Only the first entry is wrong.")
    if count == total - 1 and not bool(wrong[0]):
        yield say("Only the first entry is right.")
    if count == total - 1 and not bool(wrong[-1]):
        yield say("Only the last entry is right.")


def _only_wrong(axis: int, place: int, count: int) -> Message:
    fields = {"axis": axis, "place": place}
    if place == count - 1:
        last = say("Only the last row is wrong (index {place} of axis {axis}).", **fields)
        return last if axis == 0 else say("Only the last column is wrong (index {place} of axis {axis}).", **fields)
    row = say("Only row {place} is wrong (axis {axis}).", **fields)
    return row if axis == 0 else say("Only column {place} is wrong (axis {axis}).", **fields)


def _only_right(axis: int, place: int, count: int) -> Message:
    fields = {"axis": axis, "place": place}
    row = say("Only row {place} is right (axis {axis}).", **fields)
    return row if axis == 0 else say("Only column {place} is right (axis {axis}).", **fields)


# By the numbers themselves


def adds_up_elsewhere(got: torch.Tensor, expected: torch.Tensor) -> Iterator[Message]:
    """What is expected adds up to 1 in each row (or column), and what came in each column (or row), or as a whole."""
    if got.ndim != 2 or min(got.shape) < 2 or got.dtype not in (torch.float64, torch.float32):
        return
    for axis, (crossed, whole) in enumerate(_SUMS):
        if not _is_one(expected.sum(1 - axis)) or _is_one(got.sum(1 - axis)):
            continue
        if _is_one(got.sum(axis)):
            yield crossed
        if _is_one(got.sum()):
            yield whole


def _is_one(sums: torch.Tensor) -> bool:
    rounding = 1e-9 if sums.dtype == torch.float64 else 1e-5
    return bool(((wide(sums) - 1).abs() <= rounding).all())


_SUMS = (
    (
        say("Each row should add up to 1, and here each column does."),
        say("Each row should add up to 1, and here all entries together do."),
    ),
    (
        say("Each column should add up to 1, and here each row does."),
        say("Each column should add up to 1, and here all entries together do."),
    ),
)


def line_by_line(got: torch.Tensor, expected: torch.Tensor) -> Iterator[Message]:
    """Each row, or each column, is right but for a factor or an amount of its own: it is the sum or the mean of the
    wrong thing that went in."""
    if got.ndim != 2 or min(got.shape) < 2 or not got.dtype.is_floating_point:
        return
    answer, known = wide(got), wide(expected)
    rounding = 1e-9 if got.dtype == torch.float64 else 1e-5
    for axis, (by_factor, by_amount) in enumerate(_OF_LINES):
        if _constant(known, 1 - axis, 1e-3):
            continue
        # Along the other axis nothing may vary but by rounding.
        ratio = answer / known
        is_factor = ratio.isfinite() & (ratio.abs() > 1e-12)
        if bool(is_factor.all()) and _constant(ratio, 1 - axis, rounding) and _varies(ratio):
            factors = ratio.select(1 - axis, 0)
            yield Message(by_factor.template, {"factors": _first_few(factors)})
        added = answer - known
        scale = max(largest(answer), largest(known))
        if bool(added.isfinite().all()) and _constant(added, 1 - axis, rounding, scale) and _varies(added):
            yield Message(by_amount.template, {"amounts": _first_few(added.select(1 - axis, 0))})


_OF_LINES = (
    (
        say("Each row is right but for a factor of its own: {factors}.", factors=""),
        say("Each row is right but for an amount of its own that is added: {amounts}.", amounts=""),
    ),
    (
        say("Each column is right but for a factor of its own: {factors}.", factors=""),
        say("Each column is right but for an amount of its own that is added: {amounts}.", amounts=""),
    ),
)


def _constant(values: torch.Tensor, axis: int, rounding: float, scale: float | None = None) -> bool:
    spread = values.amax(axis) - values.amin(axis)
    allowed = values.abs().amax(axis) * rounding if scale is None else torch.full_like(spread, scale * rounding)
    return values.shape[axis] >= 2 and bool((spread <= allowed).all())


def _varies(values: torch.Tensor) -> bool:
    return float(values.max() - values.min()) > 1e-3 * float(values.abs().max())


def _first_few(values: torch.Tensor) -> str:
    texts = [f"{value:.4g}" for value in values[:4].tolist()]
    return ", ".join(texts) + (", …" if len(values) > 4 else "")


#: Step widths that people choose; twice as wide a one, as in (f(x + h) − f(x − h))/2h, is found with them.
_STEPS = torch.tensor([10.0**-power for power in range(3, 10)], dtype=torch.float64)
#: Values of f are stored in multiples of such a power of two, each in those of its own size, and so are differences.
_GRIDS = torch.tensor([2.0**power for power in range(40, 64)], dtype=torch.float64)
_ENTRIES = 24


def difference_quotient(got: torch.Tensor, expected: torch.Tensor) -> Iterator[Message]:
    """float64 numbers that, times a step h, are whole multiples of a float64's last digit: so are differences of two
    values of a function, and hardly anything else is."""
    if got.dtype != torch.float64 or not bool(got.isfinite().all()):
        return
    answer, known = got.reshape(-1), expected.reshape(-1)
    # The quotient of a small step is nearly the derivative; and exactly 0 is a multiple of everything.
    if float((answer - known).abs().max()) > 1e-2 * largest(known):
        return
    answer = answer[answer.abs() > 1e-3 * largest(answer)][:_ENTRIES]
    if len(answer) < 4:
        return
    # [steps, grids, entries]. The more digits a multiple has, the less of a fraction could be seen in it.
    multiples = answer * _STEPS[:, None, None] * _GRIDS[None, :, None]
    telling = (multiples.abs() < 2.0**42) & (multiples.abs() > 2.0**12)
    whole = (multiples - multiples.round()).abs() <= multiples.abs() * 2.0**-50
    if bool((whole & telling).any(1).all(1).any()):
        yield say("The error is that of a difference quotient: these numbers are differences divided by a small step.")
