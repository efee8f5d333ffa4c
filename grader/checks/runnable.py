"""A failed call as code that a learner can paste and run: imports, and inputs so few and short that they can be read.

The inputs are cut down to the entry that is furthest off, to its row, or to a few rows, and rounded to four digits.
Both sides are asked again with exactly these inputs, so what the code says is expected is what the reference gives on
them, and the submission fails there in the same way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import torch
from msgspec import structs

from grader.checks.again import Again
from grader.checks.failure import Runnable
from grader.checks.findings.effect import InputModified, TooManyOperations
from grader.checks.findings.finding import Finding
from grader.checks.findings.value import InGradient, NoGradient, WrongDevice, WrongNumber, WrongNumbers
from grader.checks.mismatch import as_tensor
from grader.checks.render import dtype_name, short
from grader.wire.values import Call, Outcome

#: More numbers than that nobody reads.
_NUMBERS = 24
#: Of many rows so many are tried.
_ROWS = (1, 2, 3)
#: So often the submission is asked.
_TRIES = 5
_TEXT_TYPES = (bool, int, float, str, type(None))


def runnable(
    call: Call, names: list[str], finding: Finding, again: Again, row: int = 0, one: Call | None = None
) -> Runnable:
    """The code; none for a scenario, and where no small inputs make the submission fail in the same way.

    names: of the arguments. row: of the worst entry, along axis 0. one: the call at the worst entry's place alone.
    """
    if not isinstance(call.target, str) or call.replace or call.twin or call.counted:
        return Runnable()
    if isinstance(finding, TooManyOperations | WrongDevice) or not all(map(str.isidentifier, names)):
        return Runnable()
    tries = 0
    for smaller in _candidates(call, row, one):
        expected = again.expected(smaller)
        if expected is None or (expected.error is not None and call.requires_grad):
            continue
        tries += 1
        got = again.got(smaller)
        if got is None or tries > _TRIES:
            return Runnable()
        found = again.judge(smaller, expected, got)
        if found is not None and _kind(found) is _kind(finding):
            return _code(smaller, names, found, expected, again.module)
    return Runnable()


def _kind(finding: Finding) -> type[Finding]:
    """A block of one entry is wrong as one of several is."""
    return WrongNumbers if isinstance(finding, WrongNumber) else type(finding)


# Smaller inputs


def _candidates(call: Call, row: int, one: Call | None) -> Iterator[Call]:
    """Calls with few numbers, the fewest first; at last the call's own inputs, if these are few."""
    whole = [one] if one is not None else []
    whole += [smaller for count in _ROWS if (smaller := _first_rows(call, row, count)) is not None]
    for smaller in [*whole, call]:
        if _count(smaller) <= _NUMBERS:
            yield _rounded(smaller)
    # Where it takes more digits for the error to show.
    for smaller in [*([] if one is None else [one]), call]:
        if _count(smaller) <= _NUMBERS:
            yield smaller


def _first_rows(call: Call, row: int, count: int) -> Call | None:
    """The call with so many samples, `row` among them; None where not all blocks of numbers have the same number of
    them, or they are no more."""
    arguments = [*call.args, *call.kwargs.values()]
    blocks = [block for block in arguments if isinstance(block, (torch.Tensor, np.ndarray)) and block.ndim]
    sizes = {len(block) for block in blocks}
    if call.upstream or len(sizes) != 1 or (size := sizes.pop()) <= count:
        return None
    start = min(row, size - count)

    def cut(value: Any) -> Any:
        is_block = isinstance(value, (torch.Tensor, np.ndarray)) and value.ndim
        return value[start : start + count] if is_block else value

    kwargs = {name: cut(value) for name, value in call.kwargs.items()}
    return structs.replace(call, args=tuple(map(cut, call.args)), kwargs=kwargs)


def _count(value: Any) -> float:
    """How many numbers are written out; infinitely many for what can't be."""
    if isinstance(value, Call):
        return sum(map(_count, [*value.args, *value.kwargs.values(), *(value.upstream or ())]))
    if isinstance(value, (list, tuple)):
        return sum(map(_count, value))
    if isinstance(value, dict):
        return sum(map(_count, value.values()))
    block = as_tensor(value)
    if block is not None:
        fits = block.dtype.is_floating_point or block.dtype in (torch.bool, torch.int64, torch.int32)
        return block.numel() if fits and block.dtype not in (torch.float16, torch.bfloat16) else math.inf
    short_text = isinstance(value, str) and len(value) <= 40 and value.isprintable()
    return 0 if short_text or (isinstance(value, _TEXT_TYPES) and not isinstance(value, str)) else math.inf


def _rounded(call: Call) -> Call:
    args, kwargs = (
        tuple(map(_short_numbers, call.args)),
        {key: _short_numbers(value) for key, value in call.kwargs.items()},
    )
    upstream = call.upstream and tuple(map(_short_numbers, call.upstream))
    return structs.replace(call, args=args, kwargs=kwargs, upstream=upstream)


def _short_numbers(value: Any) -> Any:
    """The value with every float rounded to four digits."""
    if isinstance(value, (list, tuple)):
        return type(value)(map(_short_numbers, value))
    if isinstance(value, dict):
        return {key: _short_numbers(item) for key, item in value.items()}
    if isinstance(value, float):
        return float(f"{value:.4g}")
    if isinstance(value, torch.Tensor) and value.is_floating_point():
        numbers = [float(f"{number:.4g}") for number in value.reshape(-1).tolist()]
        return torch.tensor(numbers, dtype=value.dtype).reshape(value.shape)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return np.array([float(f"{number:.4g}") for number in value.reshape(-1)], value.dtype).reshape(value.shape)
    return value


# The code


def _code(call: Call, names: list[str], finding: Finding, expected: Outcome, module: str) -> Runnable:
    values = [*call.args, *call.kwargs.values()]
    places = {names[position] for position in call.requires_grad}
    setup = [
        f"{name} = {_literal(value, name in places)}"
        for name, value in zip(names, values, strict=True)
        if _own_line(value)
    ]
    inline = [name if _own_line(value) else _literal(value) for name, value in zip(names, values, strict=True)]
    inline = [
        *inline[: len(call.args)],
        *(f"{key}={text}" for key, text in zip(call.kwargs, inline[len(call.args) :], strict=True)),
    ]
    text = f"{call.target}({', '.join(inline)})"
    imports = ["import numpy as np"] if any(map(_has_array, values)) else []
    imports += ["import torch"] if any(map(_has_tensor, values)) else []
    body, prints = _last_lines(call, names, text, finding, expected)
    lines = [*imports, f"from {module} import {call.target}", "", *setup, *body]
    return Runnable("\n".join(lines), prints)


def _last_lines(call: Call, names: list[str], text: str, finding: Finding, expected: Outcome) -> tuple[list[str], str]:
    """The call itself, and what the last line prints with the reference."""
    if expected.error is not None:
        return [f"print({text})"], expected.error.type_name
    if isinstance(finding, InputModified):
        before = dict(zip(names, [*call.args, *call.kwargs.values()], strict=True))
        return [text, f"print({', '.join(finding.names)})"], ", ".join(short(before[name]) for name in finding.names)
    if call.upstream and (place := _gradient(call, names, finding)) is not None:
        name, number = place
        v = upstream_name(names)
        gradient = (expected.gradients or ())[number]
        weights = _literal(call.upstream[0])
        return [f"{v} = {weights}", f"({v} * {text}).sum().backward()", f"print({name}.grad)"], short(gradient)
    return [f"print({text})"], short(expected.value)


def _gradient(call: Call, names: list[str], finding: Finding) -> tuple[str, int] | None:
    """The name of the input whose gradient is wrong, and the gradient's number."""
    if len(call.upstream or ()) != 1:
        return None
    if isinstance(finding, NoGradient):
        return finding.name, [names[position] for position in call.requires_grad].index(finding.name)
    place = getattr(finding, "place", None)
    return (place.name, place.number) if isinstance(place, InGradient) else None


def upstream_name(names: list[str]) -> str:
    """What the vector is called by which a result is multiplied before its gradient is taken."""
    return next(name for name in ("v", "u", "upstream", "_v") if name not in names)


def _own_line(value: Any) -> bool:
    return not isinstance(value, _TEXT_TYPES)


def _has_array(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return isinstance(value, np.ndarray) or any(map(_has_array, items))


def _has_tensor(value: Any) -> bool:
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return isinstance(value, torch.Tensor) or any(map(_has_tensor, items))


def _literal(value: Any, requires_grad: bool = False) -> str:
    """The value as an expression of Python."""
    if isinstance(value, torch.Tensor):
        wanted = (
            [f"dtype={value.dtype}"]
            if value.dtype not in (torch.float32, torch.int64, torch.bool) or 0 in value.shape
            else []
        )
        wanted += ["requires_grad=True"] if requires_grad else []
        if 0 in value.shape:
            return f"torch.empty({', '.join([repr(tuple(value.shape)), *wanted])})"
        return f"torch.tensor({', '.join([_literal(_entries(value.numpy())), *wanted])})"
    if isinstance(value, np.ndarray):
        wanted = (
            [f"dtype=np.{dtype_name(value)}"]
            if dtype_name(value) not in ("float64", "int64", "bool") or 0 in value.shape
            else []
        )
        if 0 in value.shape:
            return f"np.empty({', '.join([repr(value.shape), *wanted])})"
        return f"np.array({', '.join([_literal(_entries(value)), *wanted])})"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(_literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_literal(key)}: {_literal(item)}' for key, item in value.items())}}}"
    return repr(value)


def _entries(block: np.ndarray) -> Any:
    """Nested lists of Python's numbers; of float32 the shortest ones that round to it."""
    if block.dtype != np.float32:
        return block.tolist()
    return np.array([float(str(number)) for number in block.reshape(-1)]).reshape(block.shape).tolist()


def _float(value: float) -> str:
    if math.isfinite(value):
        short_text = f"{value:.6g}"
        text = short_text if float(short_text) == value else repr(value)
        return text if any(mark in text for mark in ".en") else text + ".0"
    return f'float("{value}")'
