"""What helps to see why a value is wrong: a pattern in the numbers, a picture. Worked out for failures alone."""

from __future__ import annotations

import torch

from grader.checks.diagnose import Inputs, pattern_of_shape, pattern_of_values
from grader.checks.failure import CallFailed
from grader.checks.findings.finding import Called, Finding
from grader.checks.findings.value import WrongNumbers, WrongShape, WrongValue
from grader.checks.mismatch import as_tensor, numbers
from grader.checks.picture import picture
from grader.checks.render import argument_names, call_lines, function_name
from grader.result import Picture
from grader.text import Message
from grader.wire.values import Call, Outcome


def failed(
    call: Call,
    finding: Finding,
    expected: Outcome,
    got: Outcome,
    *,
    parameter_names: tuple[str, ...] = (),
    about: str | None = None,
) -> CallFailed:
    """The finding of `judge` on these outcomes, with all that a report shows of it.

    about: the function that a scenario is about; the called one by default.
    """
    called = Called(about or function_name(call), *call_lines(call, parameter_names), twin=call.twin)
    pattern, drawn = _seen(call, finding, expected, got, parameter_names)
    return CallFailed(called, finding, pattern, drawn)


def _seen(
    call: Call, finding: Finding, expected: Outcome, got: Outcome, parameter_names: tuple[str, ...]
) -> tuple[Message | None, Picture | None]:
    """The pattern and the picture, where there are any."""
    if not isinstance(finding, WrongValue | WrongShape):
        return None, None
    known, answer = (finding.place.value_in(outcome) for outcome in (expected, got))
    drawn = picture(known, answer, _vectors(call), finding.worst.index) if isinstance(finding, WrongNumbers) else None
    of_known, of_answer = numbers(known), numbers(answer)
    if of_known is None or of_answer is None:
        return None, drawn
    look = pattern_of_shape if isinstance(finding, WrongShape) else pattern_of_values
    return look(of_answer, of_known, _inputs(call, parameter_names)), drawn


def _vectors(call: Call) -> list[torch.Tensor]:
    """The call's arguments that are vectors of floats."""
    tensors = (as_tensor(value) for value in call.args)
    return [tensor for tensor in tensors if tensor is not None and tensor.ndim == 1 and tensor.is_floating_point()]


def _inputs(call: Call, parameter_names: tuple[str, ...]) -> Inputs:
    """The numeric arguments by name, those inside a tuple, list or dict included."""
    inputs: Inputs = {}
    names = argument_names(call, parameter_names)
    for name, value in zip(names, [*call.args, *call.kwargs.values()], strict=True):
        is_sequence = isinstance(value, (list, tuple)) and len(value) <= 16
        parts = value.items() if isinstance(value, dict) else enumerate(value) if is_sequence else ()
        for label, item in [(name, value), *((f"{name}[{key!r}]", part) for key, part in parts)]:
            tensor = as_tensor(item)
            if tensor is not None:
                inputs[label] = tensor
    return inputs
