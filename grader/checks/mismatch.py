"""The first thing in which one value differs from another: kind, lengths, dtype, shape, device, numbers.

Nothing here trusts the got value beyond its exact type: the expected one is walked, the got one is only looked at,
and no arithmetic is done before both have one dtype and one shape.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec
import numpy as np
import torch

from grader.checks.closeness import Tolerance, clearly_close, close, wide
from grader.checks.findings.value import Difference
from grader.checks.findings.value_kinds import kind_of
from grader.result import Worst
from grader.wire.values import Facts, Remote

#: A place inside a value: indices and keys from the outside in.
Path = tuple[Any, ...]


class Mismatch(msgspec.Struct, frozen=True):
    """What differs, where, and the two values there. For "keys" they are the missing and the extra keys."""

    kind: Literal["none", "kind", "class", "length", "keys", "dtype", "shape", "device", "values"]
    path: Path
    expected: Any
    got: Any
    difference: Difference | None = None


class Rules(msgspec.Struct, frozen=True):
    """What counts as equal. `tolerance` is asked with each expected tensor. details: not only whether, but how.

    form_only: any value of the expected kind, dtype and shape will do, and of a float any that is finite where the
    expected one is; `tolerance` has to be infinite.
    single: where every Python float of an answer is a float32 number, which chance hardly gives, it was computed in
    float32, and is compared as such.
    """

    tolerance: Callable[[torch.Tensor], Tolerance]
    numpy_scalars: bool = False
    expected_facts: dict[Path, Facts] = {}
    got_facts: dict[Path, Facts] = {}
    details: bool = True
    form_only: bool = False
    single: bool = False


def find(expected: Any, got: Any, rules: Rules, path: Path = ()) -> Mismatch | None:
    """The first mismatch, from the outside in and from left to right; None where there is none."""
    kind, got_kind = kind_of(expected), kind_of(got)
    floats = isinstance(expected, float | np.floating) and isinstance(got, float | np.floating)
    if kind != got_kind and not (floats and rules.numpy_scalars):
        return Mismatch("none" if got_kind == "none" else "kind", path, expected, got)
    match kind:
        case "tensor" | "array":
            return _find_in_block(expected, got, rules, path)
        case "float" | "complex" | "numpy_scalar":
            return _find_in_scalar(expected, got, rules, path)
        case "list" | "tuple":
            return _find_in_sequence(expected, got, rules, path)
        case "dict":
            return _find_in_dict(expected, got, rules, path)
        case "object":
            return None if _same_class(expected, got) else Mismatch("class", path, expected, got)
    return None if rules.form_only or expected == got else Mismatch("values", path, expected, got)


def _same_class(expected: Any, got: Any) -> bool:
    """Objects that stay in the worker are judged by their use; of those that were not kept only the type is known."""
    if isinstance(expected, Remote) and isinstance(got, Remote):
        return True
    return type(expected) is type(got) and getattr(expected, "type_name", "") == getattr(got, "type_name", "")


def _find_in_block(expected: Any, got: Any, rules: Rules, path: Path) -> Mismatch | None:
    if expected.dtype != got.dtype:
        return Mismatch("dtype", path, expected, got)
    if tuple(expected.shape) != tuple(got.shape):
        return Mismatch("shape", path, expected, got)
    devices = [facts[path].device for facts in (rules.expected_facts, rules.got_facts) if path in facts]
    if len(set(devices)) > 1:
        return Mismatch("device", path, devices[0], devices[1])
    return _find_in_numbers(expected, got, rules, path)


def _find_in_scalar(expected: Any, got: Any, rules: Rules, path: Path) -> Mismatch | None:
    known, answer = np.asarray(expected), np.asarray(got)
    if kind_of(expected) != kind_of(got):  # a Python float and a NumPy one, which the rules allow
        known, answer = known.astype(np.float64), answer.astype(np.float64)
    if known.dtype != answer.dtype:
        return Mismatch("dtype", path, known, answer)
    return _find_in_numbers(known, answer, rules, path, (expected, got))


def _find_in_numbers(
    expected: Any, got: Any, rules: Rules, path: Path, shown: tuple[Any, Any] | None = None
) -> Mismatch | None:
    """Values of one shape and dtype; `shown` are the learner's forms of them."""
    known, answer = as_tensor(expected), as_tensor(got)
    if known is None or answer is None:
        return None if expected.tobytes() == got.tobytes() else Mismatch("values", path, expected, got)
    if rules.single and shown is not None and answer.dtype == torch.float64 and bool((answer == answer.float()).all()):
        known, answer = known.float(), answer.float()
    if rules.form_only and not (known.is_floating_point() or known.is_complex()):
        return None
    differing = difference(answer, known, rules.tolerance(known), details=rules.details)
    return None if differing is None else Mismatch("values", path, *(shown or (expected, got)), differing)


def _find_in_sequence(expected: Any, got: Any, rules: Rules, path: Path) -> Mismatch | None:
    if len(expected) != len(got):
        return Mismatch("length", path, expected, got)
    if len(expected) > 1 and all(type(item) is float for item in (*expected, *got)):
        return _find_in_numbers(np.array(expected), np.array(got), rules, path, (expected, got))
    items = enumerate(zip(expected, got, strict=True))
    return _first(find(item, answer, rules, (*path, i)) for i, (item, answer) in items)


def _find_in_dict(expected: dict[Any, Any], got: dict[Any, Any], rules: Rules, path: Path) -> Mismatch | None:
    # The types count as well: True and 1 are one key to a dict, and two to a reader.
    wanted, had = ({(type(key), key) for key in keys} for keys in (expected, got))
    if wanted != had:
        missing = [key for key in expected if (type(key), key) not in had]
        return Mismatch("keys", path, missing, [key for key in got if (type(key), key) not in wanted])
    return _first(find(item, got[key], rules, (*path, key)) for key, item in expected.items())


def _first(mismatches: Iterator[Mismatch | None]) -> Mismatch | None:
    return next(filter(None, mismatches), None)


def as_tensor(value: Any) -> torch.Tensor | None:
    """A tensor or numeric array as a plain tensor in CPU memory; None for what torch has no numbers for."""
    if isinstance(value, torch.Tensor):
        plain = value.detach().cpu()
        return plain if plain.layout == torch.strided else plain.to_dense()
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "biufc":
        return None
    native = value.dtype.newbyteorder("=")
    if native.char in "gG":  # long double
        native = np.dtype("f8" if native.char == "g" else "c16")
    return torch.from_numpy(np.array(value, dtype=native, order="C"))


def numbers(value: Any) -> torch.Tensor | None:
    """As `as_tensor`, and a list or tuple of Python floats as well."""
    if isinstance(value, (list, tuple)) and value and all(type(item) is float for item in value):
        return torch.tensor(value, dtype=torch.float64)
    return as_tensor(value)


def difference(
    got: torch.Tensor, expected: torch.Tensor, tolerance: Tolerance, *, details: bool = True
) -> Difference | None:
    """How `got` differs from `expected`, both of one shape and dtype; None where every entry is close."""
    if clearly_close(got, expected, tolerance):
        return None
    wrong = ~close(got, expected, tolerance)
    if not wrong.any():
        return None
    if not details:
        return _SOMEHOW
    nan, inf = (int((wrong & odd).sum()) for odd in (got.isnan(), got.isinf()))
    return Difference(_worst(got, expected, wrong), int(wrong.sum()), wrong.numel(), nan, inf)


#: For those who only ask whether there is one.
_SOMEHOW = Difference(Worst((), 0.0, 0.0, 0.0, 0.0), 1, 1, 0, 0)


def _worst(got: torch.Tensor, expected: torch.Tensor, wrong: torch.Tensor) -> Worst:
    """NaN and infinities count as furthest; among finite entries the largest absolute error does."""
    error = (wide(got) - wide(expected)).abs().nan_to_num(nan=math.inf)
    position = int(torch.where(wrong, error, -1.0).reshape(-1).argmax())
    index = tuple(int(i) for i in np.unravel_index(position, tuple(wrong.shape)))
    known, answer = expected[index].item(), got[index].item()
    off = float(abs(answer - known))
    size = abs(known)
    return Worst(index, _plain(known), _plain(answer), _plain(off), _plain(off / size if size else math.inf))


def _plain(value: Any) -> float | str:
    """What JSON can carry: NaN, infinities, bools, complex and huge integers become strings."""
    if isinstance(value, (bool, complex)) or (isinstance(value, int) and value.bit_length() > 53):
        return str(value)
    return value if math.isfinite(value) else str(value)
