"""What a wrong block of numbers has in common with the right one: a factor, a transpose, a forgotten sum.

A pattern is said only when every entry shows it, to within rounding, and at least two different numbers do.
Half precision is left alone: too much agrees there by chance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, combinations

import torch

from grader.checks.advice.quote import MORE
from grader.checks.closeness import Tolerance, close, largest, tight_tolerance, wide
from grader.checks.contrast import Inputs, adds_up_elsewhere, difference_quotient, line_by_line
from grader.checks.render import short
from grader.checks.sizes import input_sizes, is_samples
from grader.text import Message, listed, say

_Pattern = Callable[[torch.Tensor, torch.Tensor, Inputs], Iterator[Message]]

#: The relative error that rounding explains.
_ROUNDING = {torch.float64: 1e-9, torch.complex128: 1e-9, torch.float32: 1e-5, torch.complex64: 1e-5}
_LOOKED_AT = {*_ROUNDING, torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64}
_LARGEST = 1 << 13  # entries; beyond it a diagnosis costs more than it tells
_ROWS, _SHOWN = 64, 4  # of blocks of different lengths: so many rows are compared, so many of these told
_LARGE = 20.0  # from here on exp begins to lose what is added to it
_SIMPLE = {
    -1.0: say("Every sign is the opposite of what it should be."),
    2.0: say("Every entry is twice what it should be."),
    0.5: say("Every entry is half of what it should be."),
}


def pattern_of_values(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Message | None:
    """What explains all of `got`, which has the shape and dtype of `expected`; None where nothing surely does."""
    patterns: tuple[_Pattern, ...] = ()
    if not _worth_a_look(got, expected):
        return None
    if not bool(got.isfinite().all()) or not bool(expected.isfinite().all()):
        patterns = (_not_finite_where_large,)
    elif got.dtype == torch.bool:
        patterns = (_opposite,)
    elif _equal(got, expected):
        # So near that they also agree in another order, or with another sign: only the kind of the error tells.
        patterns = _OF_ERRORS
    elif (different := _different_numbers(expected)) >= 2:
        patterns = _OF_VALUES + (_OF_SEVERAL if different >= 3 and not got.dtype.is_complex else ())
    return next(chain.from_iterable(pattern(got, expected, inputs) for pattern in patterns), None)


def pattern_of_shape(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Message | None:
    """What explains that `got` has another shape than `expected`; None where nothing surely does."""
    if not _worth_a_look(got, expected):
        return None
    patterns = _OF_SHAPES if _different_numbers(expected) >= 2 else (_met_by_broadcasting,)
    return next(chain.from_iterable(pattern(got, expected, inputs) for pattern in patterns), None)


def of_shapes_alone(got: torch.Tensor, expected: torch.Tensor) -> Message | None:
    """What two shapes have in common, where the numbers tell nothing."""
    shape = tuple(got.shape)
    if len(shape) == 2 and shape[::-1] == tuple(expected.shape):
        return say("The axes stand the other way round. Is a transpose missing, or too many?")
    sizes = [size for axis, size in enumerate(shape) if shape[:axis] + shape[axis + 1 :] == tuple(expected.shape)]
    if not sizes or sizes[0] <= 1:
        return None
    return say(
        "There is one axis too many, of length {n}. Is a sum, a mean or an index missing, or was something broadcast?",
        n=sizes[0],
    )


def only_zeros_wrong(wrong: torch.Tensor, expected: torch.Tensor) -> Message | None:
    """As where a mask is missing. wrong: which entries are."""
    if not torch.equal(wrong, expected == 0) or int((~wrong).sum()) < 2:
        return None
    return say("Exactly the entries that should be 0 are wrong.")


def _worth_a_look(got: torch.Tensor, expected: torch.Tensor) -> bool:
    fits = 0 < got.numel() <= _LARGEST and expected.numel() <= _LARGEST
    return fits and got.dtype == expected.dtype and got.dtype in _LOOKED_AT


def _different_numbers(values: torch.Tensor) -> int:
    """How many magnitudes above rounding are in `values`, 0 not counted."""
    scale = largest(values)
    if scale == 0:
        return 0
    steps = (wide(values).abs() / scale * 1e6).round()
    ordered = steps[steps.isfinite() & (steps > 0)].sort().values
    return int((ordered.diff() > 0).sum()) + 1


def _equal(got: torch.Tensor, expected: torch.Tensor) -> bool:
    """Equal in shape and, up to rounding, in every entry."""
    return got.shape == expected.shape and bool(close(got, expected, tight_tolerance(expected)).all())


# Values of the right shape


def _not_finite_where_large(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    odd = expected.isfinite() & ~got.isfinite()
    if not bool(odd.any()) or bool(odd.all()):
        return
    for name, values in inputs.items():
        for size in _sizes_like(values, got):
            least = float(size[odd].min())
            if least >= _LARGE and least > float(size[~odd].max()):
                yield say(
                    "NaN or infinity stands exactly where {name} is large (from {least} on): "
                    "something overflows there.",
                    name=name,
                    least=f"{least:.4g}",
                )


def _cut_off(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    """As by a ReLU too many."""
    if expected.is_floating_point() and bool((expected < 0).any()) and _equal(got, expected.clamp(min=0)):
        yield say("Every negative entry came out as 0; all others are right.")


def _sizes_like(values: torch.Tensor, got: torch.Tensor) -> Iterator[torch.Tensor]:
    """Magnitudes of an input, entry by entry and by row, in the shape of `got`."""
    if values.ndim == 0 or values.numel() == 0:
        return
    sizes = wide(values).abs()
    if values.shape == got.shape:
        yield sizes
        yield sizes.amax(-1, keepdim=True).expand(got.shape)
    elif values.shape[:-1] == got.shape:
        yield sizes.amax(-1)


def _not_computed(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    first = got.reshape(-1)[0]
    if bool((got == first).all()):
        yield say("Every entry of it is the same number.") if bool(first) else say("Every entry of it is 0.")
    for name, values in inputs.items():
        if values.dtype == got.dtype and torch.equal(values, got):
            yield say("This is {name} itself, unchanged.", name=name)


def _opposite(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    if bool(expected.any()) and not bool(expected.all()) and torch.equal(got, ~expected):
        yield say("Every True should be False, and every False True.")


def _factor(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    answer, known = wide(got), wide(expected)
    at = int(known.abs().argmax())
    factor = complex((answer.reshape(-1)[at] / known.reshape(-1)[at]).item())
    if abs(factor.imag) <= 1e-12 and _all_near(answer, known * factor.real, _rounding(got)):
        yield from _named_factor(factor.real, _rounding(got), inputs, _different_numbers(expected))


def _named_factor(factor: float, rounding: float, inputs: Inputs, different: int) -> Iterator[Message]:
    def is_near(number: float) -> bool:
        return abs(factor - number) <= rounding * abs(number)

    for size, message in _SIMPLE.items():
        if is_near(size):
            yield message
    for size, named in input_sizes(inputs).items():
        if size > 2 and is_near(size):
            yield _multiplied(size, named, inputs)
        if size > 2 and is_near(1 / size):
            yield _divided(size, named, inputs)
    if different >= 3 and abs(factor - 1) > 1e-3:  # nearer to 1 it would read as 1
        yield say("Every entry is {factor} times what it should be.", factor=f"{factor:.4g}")


def _multiplied(size: int, named: list[Message | str], inputs: Inputs) -> Message:
    if is_samples(size, inputs):
        return say("Every entry is {n} times what it should be. Is a mean over the {n} samples missing?", n=size)
    return say(
        "Every entry is {n} times what it should be; {n} is {sizes}. Is a mean missing?", n=size, sizes=listed(named)
    )


def _divided(size: int, named: list[Message | str], inputs: Inputs) -> Message:
    if is_samples(size, inputs):
        return say(
            "Every entry is what it should be divided by {n}. Is it averaged over the {n} samples once too often, or "
            "where a sum is asked?",
            n=size,
        )
    return say(
        "Every entry is what it should be divided by {n}; {n} is {sizes}. Is it averaged once too often, or where a "
        "sum is asked?",
        n=size,
        sizes=listed(named),
    )


def _swapped(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    for a, b in combinations(range(min(got.ndim, 4)), 2):
        if _equal(got.transpose(a, b), expected):
            transpose = say("This is the transpose of what is expected.")
            yield transpose if got.ndim == 2 else say("Axes {a} and {b} are swapped.", a=a, b=b)


def _out_of_place(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    for axis in range(min(got.ndim, 4)):
        if _equal(got.flip(axis), expected):
            yield say("The order along axis {axis} is reversed.", axis=axis)
        for step in (1, -1):
            if got.shape[axis] > 2 and _equal(got.roll(step, axis), expected):
                yield say("Everything along axis {axis} stands one place off.", axis=axis)
    if _equal(got.reshape(-1).sort().values, expected.reshape(-1).sort().values):
        yield say("These are the right numbers, in another order.")
    if _equal(got.abs(), expected.abs()):
        yield say("The sizes are right; some signs are not.")


def _offset(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    answer, known = wide(got), wide(expected)
    by = float((answer - known).median())
    scale = max(largest(answer), largest(known))
    if abs(by) <= 100 * _rounding(got) * scale or not _all_near(answer, known + by, _rounding(got), scale):
        return
    amount = f"{abs(by):.4g}"
    too_small = say("Every entry is too small by the same amount, {by}.", by=amount)
    yield say("Every entry is too large by the same amount, {by}.", by=amount) if by > 0 else too_small


def _single_precision(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    """float64 numbers with float32's rounding: all representable there, or off by as much, either way."""
    if got.dtype != torch.float64 or _different_numbers(expected) < 4 or largest(expected) > 1e30:
        return
    error = (got - expected) / largest(expected)
    if float(error.abs().max()) > 2**-17:
        return
    rounded = bool((got.float().double() == got).all()) and not bool((expected.float().double() == expected).all())
    own = ((got - expected) / expected)[expected != 0]
    either_way = min(float((own > 0).double().mean()), float((own < 0).double().mean())) >= 0.25
    typical = own.numel() >= 8 and 2**-28 <= float(own.abs().median()) <= 2**-21
    if rounded or (either_way and typical and float(own.abs().max()) <= 2**-17):
        yield say("The errors are those of rounding to float32: something on the way is computed in float32.")


def _rounding(values: torch.Tensor) -> float:
    return _ROUNDING.get(values.dtype, 1e-12)


def _all_near(got: torch.Tensor, expected: torch.Tensor, rounding: float, scale: float | None = None) -> bool:
    """Equal up to `rounding`; `scale`: of the numbers that were subtracted."""
    allowed = Tolerance(rounding, 1e-3 * rounding * (largest(expected) if scale is None else scale))
    return bool(close(got, expected, allowed).all())


def _wrong_axis(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    """Both are sums, or both means, of one input, along different axes."""
    if not expected.dtype.is_floating_point:
        return
    for name, values in inputs.items():
        if values.dtype != expected.dtype or not 2 <= values.ndim <= 4 or not 0 < values.numel() <= _LARGEST:
            continue
        for reduce in (torch.sum, torch.mean, torch.amax):
            reduced = [reduce(values, axis).squeeze() for axis in range(values.ndim)]
            wanted = [axis for axis, result in enumerate(reduced) if _equal(result, expected.squeeze())]
            done = [axis for axis, result in enumerate(reduced) if _equal(result, got.squeeze())]
            if len(wanted) == len(done) == 1 and wanted != done:
                yield say("This runs over axis {done} of {name}, and should run over another.", done=done[0], name=name)


# Other shapes


def _met_by_broadcasting(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    n = expected.numel()
    if n < 2 or tuple(got.shape) != (n, n) or n not in expected.shape:
        return
    shapes = {tuple(values.shape) for values in inputs.values()}
    if ((n,) in shapes and bool(shapes & {(n, 1), (1, n)})) or _equal(got.diagonal(), expected.reshape(-1)):
        yield say(
            "A [{n}, 1] combined with a [{n}] broadcasts to every pair, a [{n}, {n}]. Did that happen? "
            "Bring both to one shape first.",
            n=n,
        )


def _reshaped(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    if got.numel() != expected.numel() or not _equal(got.reshape(expected.shape), expected):
        return
    if got.squeeze().shape != expected.squeeze().shape:
        yield say("The numbers are right; only the shape is not.")
    if got.ndim > expected.ndim:
        yield say("The numbers are right; an axis of length 1 is too many (from keepdim, unsqueeze or [:, None]).")
    yield say(
        "The numbers are right; an axis of length 1 is missing (keepdim=True, in NumPy keepdims=True, keeps one, and "
        "[:, None] adds one)."
    )


def _repeated(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    if got.numel() <= expected.numel() or expected.ndim > got.ndim:
        return
    if any(a not in (1, b) for a, b in zip(reversed(expected.shape), reversed(got.shape), strict=False)):
        return
    if _equal(got, expected.expand(got.shape)):
        yield say("The right numbers stand here several times: something was broadcast.")


def _too_many_or_too_few(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    """All rows of the shorter block stand in the longer one, in their order."""
    alike = got.ndim == expected.ndim and got.shape[1:] == expected.shape[1:]
    if not alike or got.ndim > 2 or got.dtype.is_complex or max(len(got), len(expected)) > _ROWS:
        return
    longer, shorter = (got, expected) if len(got) > len(expected) else (expected, got)
    left = _left_over(wide(longer), wide(shorter), _rounding(got) * max(largest(expected), 1e-300))
    if len(shorter) >= 2 and left is not None:
        rows = listed([*(short(longer[place].tolist()) for place in left[:_SHOWN]), *([MORE] if left[_SHOWN:] else [])])
        too_many = say("Too many: {rows}. All others are right.", rows=rows)
        yield too_many if longer is got else say("Missing: {rows}. All others are right.", rows=rows)


def _left_over(longer: torch.Tensor, shorter: torch.Tensor, allowed: float) -> list[int] | None:
    """Places of the longer one's rows that no row of the shorter one takes; None where one finds no place."""
    left, place = [], 0
    for number, row in enumerate(longer):
        if place < len(shorter) and bool(((row - shorter[place]).abs() <= allowed).all()):
            place += 1
        else:
            left.append(number)
    return left if place == len(shorter) else None


def _not_reduced(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    if got.ndim > 4 or not expected.dtype.is_floating_point:
        return
    for axis in range(got.ndim):
        if _equal(got.sum(axis).squeeze(), expected.squeeze()):
            yield say("Added up along axis {axis} it would be right: a sum is missing.", axis=axis)
        if _equal(got.mean(axis).squeeze(), expected.squeeze()):
            yield say("Averaged along axis {axis} it would be right: a mean is missing.", axis=axis)


def _difference_quotient(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    return difference_quotient(got, expected)


def _adds_up_elsewhere(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    return adds_up_elsewhere(got, expected)


def _line_by_line(got: torch.Tensor, expected: torch.Tensor, inputs: Inputs) -> Iterator[Message]:
    return line_by_line(got, expected)


_OF_ERRORS: tuple[_Pattern, ...] = (_difference_quotient, _single_precision)
_OF_VALUES: tuple[_Pattern, ...] = (_not_computed, *_OF_ERRORS, _cut_off, _factor, _swapped, _wrong_axis)
#: Of real numbers, if there are three different ones: too much agrees by chance where there are fewer.
_OF_SEVERAL: tuple[_Pattern, ...] = (_out_of_place, _offset, _adds_up_elsewhere, _line_by_line)
_OF_SHAPES: tuple[_Pattern, ...] = (
    _met_by_broadcasting,
    _swapped,
    _reshaped,
    _too_many_or_too_few,
    _repeated,
    _not_reduced,
    _wrong_axis,
)
