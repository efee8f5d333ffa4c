"""When two numbers count as the same: the tolerances of `torch.testing.assert_close`, without its imports.

`torch.testing` costs 0.3 s at its first use, so its table is copied here; a property test holds the two together.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
import torch


class Tolerance(msgspec.Struct, frozen=True):
    """`got` is close to `expected` where |got − expected| ≤ atol + rtol·|expected|."""

    rtol: float
    atol: float

    @property
    def exact(self) -> bool:
        """Whether only equal numbers are close."""
        return self.rtol == 0 and self.atol == 0

    def scaled(self, factor: float) -> Tolerance:
        """A tolerance `factor` times as wide."""
        return Tolerance(self.rtol * factor, self.atol * factor)


EXACT = Tolerance(0.0, 0.0)

#: The defaults of `torch.testing.assert_close`; every other dtype (integers, bool) is compared exactly.
DEFAULTS: dict[torch.dtype, Tolerance] = {
    **dict.fromkeys((torch.float64, torch.complex128), Tolerance(1e-7, 1e-7)),
    **dict.fromkeys((torch.float32, torch.complex64), Tolerance(1.3e-6, 1e-5)),
    **dict.fromkeys((torch.float16, torch.complex32), Tolerance(1e-3, 1e-5)),
    torch.bfloat16: Tolerance(1.6e-2, 1e-5),
}

#: Relative error and error relative to the largest entry below which two results come of the same formula.
_TIGHT = {
    **dict.fromkeys((torch.float64, torch.complex128), (1e-9, 1e-12)),
    **dict.fromkeys((torch.float32, torch.complex64), (1e-5, 1e-6)),
    **dict.fromkeys((torch.float16, torch.complex32), (5e-3, 1e-3)),
    torch.bfloat16: (4e-2, 8e-3),
}


def tolerance_for(dtype: torch.dtype, rtol: float | None = None, atol: float | None = None) -> Tolerance:
    """The default of `dtype`, with what the check's author set in its place. Integers and bools stay exact."""
    default = DEFAULTS.get(dtype, EXACT)
    if default.exact:
        return default
    return Tolerance(default.rtol if rtol is None else rtol, default.atol if atol is None else atol)


def tight_tolerance(expected: torch.Tensor) -> Tolerance:
    """What rounding alone may change in `expected`: far below any difference between two formulas."""
    relative, to_largest = _TIGHT.get(expected.dtype, (0.0, 0.0))
    return Tolerance(relative, to_largest * largest(expected))


def largest(values: torch.Tensor) -> float:
    """The largest finite magnitude in `values`, 0.0 where there is none."""
    magnitudes = wide(values).abs()
    finite = magnitudes[magnitudes.isfinite()]
    return float(finite.max()) if finite.numel() else 0.0


def wide(values: torch.Tensor) -> torch.Tensor:
    """`values` as float64, or complex128 if complex."""
    return values.to(torch.complex128 if values.dtype.is_complex else torch.float64)


def close(got: torch.Tensor, expected: torch.Tensor, tolerance: Tolerance) -> torch.Tensor:
    """Which entries of `got` are close to those of `expected`: a bool tensor of their shape.

    NaN is close to NaN only, an infinity to itself only. Both need one shape and one dtype (ValueError): nothing
    is broadcast or promoted here, since either would make a wrong answer look right.
    """
    if got.shape != expected.shape or got.dtype != expected.dtype:
        raise ValueError(
            f"{got.dtype} {tuple(got.shape)} can't be held against {expected.dtype} {tuple(expected.shape)}"
        )
    if expected.dtype.itemsize == 1 and expected.dtype.is_floating_point:  # isclose lacks the 8-bit floats
        got, expected = got.float(), expected.float()
    if tolerance.exact and not (expected.dtype.is_floating_point or expected.dtype.is_complex):
        return got == expected
    return torch.isclose(got, expected, rtol=tolerance.rtol, atol=tolerance.atol, equal_nan=True)


#: Of larger blocks torch compares as fast.
_SMALL = 4096


def clearly_close(got: torch.Tensor, expected: torch.Tensor, tolerance: Tolerance) -> bool:
    """Whether every entry is close, by arithmetic that costs a tenth of torch's: a right answer's usual case.

    False says nothing: where an entry is in the outer half of the tolerance, or is no finite number, `close` decides.
    Both of one shape and dtype, in CPU memory.
    """
    if expected.dtype not in (torch.float64, torch.float32) or expected.numel() > _SMALL or tolerance.atol == math.inf:
        return False
    known, answer = expected.numpy(), got.numpy()
    with np.errstate(all="ignore"):
        error, bound = np.abs(answer - known), 0.5 * (tolerance.atol + tolerance.rtol * np.abs(known))
        return bool(((error <= bound) & (error < math.inf)).all())
