"""What helps to see why a value is wrong: where, with which inputs, a pattern in the numbers, a picture, code to run.
Worked out for failures alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import torch

from grader.checks.again import Again
from grader.checks.closeness import close
from grader.checks.contrast import Inputs, contrast
from grader.checks.diagnose import of_shapes_alone, only_zeros_wrong, pattern_of_shape, pattern_of_values
from grader.checks.failure import CallFailed, Runnable
from grader.checks.findings.call import NoGraph
from grader.checks.findings.effect import InputModified
from grader.checks.findings.finding import Called, Finding
from grader.checks.findings.value import (
    InGradient,
    NoGradient,
    Place,
    WrongNumber,
    WrongNumbers,
    WrongShape,
    WrongValue,
)
from grader.checks.history import unlike_before
from grader.checks.mismatch import as_tensor, numbers
from grader.checks.one_number import pattern_of_number
from grader.checks.pair import around
from grader.checks.picture import picture
from grader.checks.render import argument_names, call_lines, dtype_name, function_name, short
from grader.checks.runnable import runnable, upstream_name
from grader.checks.siblings import siblings
from grader.checks.where_wrong import Belonging, at_one_place, belonging, is_entry, listed_words
from grader.result import Picture
from grader.text import Message, Text, join, listed, say
from grader.wire.values import Call, Outcome


def failed(
    call: Call,
    finding: Finding,
    expected: Outcome,
    got: Outcome,
    *,
    parameter_names: tuple[str, ...] = (),
    about: str | None = None,
    again: Again | None = None,
    passed: Sequence[Call] = (),
    words: Mapping[str, Text] = MappingProxyType({}),
    scenario: Text | None = None,
) -> CallFailed:
    """The finding of `judge` on these outcomes, with all that a report shows of it.

    about: the function that a scenario is about; the called one by default. again: to make such a call once more;
    without it there is no code. passed: calls before, which were right. words: names in a scenario's result, in
    every language; scenario: what it does.
    """
    clues = _Clues(call, finding, expected, got, parameter_names, again, words, scenario)
    return clues.failed(about, passed)


class _Clues:
    """One failed call."""

    def __init__(
        self,
        call: Call,
        finding: Finding,
        expected: Outcome,
        got: Outcome,
        parameter_names: tuple[str, ...],
        again: Again | None,
        words: Mapping[str, Text],
        scenario: Text | None,
    ) -> None:
        self.call = call
        self.finding = finding
        self.expected = expected
        self.got = got
        self.parameter_names = parameter_names
        self.names = argument_names(call, parameter_names)
        self.again = again
        self.words = words
        self.scenario = scenario
        self.inputs = _inputs(call, self.names)

    def failed(self, about: str | None, passed: Sequence[Call]) -> CallFailed:
        found = self.belonging()
        pattern, changed = self.pattern() or unlike_before(self.call, passed, self.names), self.changed()
        told = join([pattern, changed]) if pattern and changed else pattern or changed
        return CallFailed(self.called(about, found), self.finding, told, self.picture(found), self.code(found))

    def changed(self) -> Message | None:
        """The inputs that the call changed beside giving a wrong value: perhaps why it is wrong."""
        places = sorted(set(self.got.modified) - set(self.expected.modified))
        names = [self.names[place] for place in places if 0 <= place < len(self.names)]
        if isinstance(self.finding, InputModified) or not names:
            return None
        return say("The call also changed {names}; inputs are to stay as they are.", names=listed(names))

    def called(self, about: str | None, found: tuple[Belonging, ...]) -> Called:
        values = dict(zip(self.names, [*self.call.args, *self.call.kwargs.values()], strict=True))
        lines = {one.name: around(one.name, values[one.name], one.index) for one in found}
        line, arguments = call_lines(self.call, self.parameter_names, lines=lines)
        at = listed_words(found) if found else None
        weighted = self.differentiated(line)
        if weighted:
            arguments = (*arguments, *self.upstream_lines())
        function, twin = about or function_name(self.call), self.call.twin
        dtypes: dict[str, str] = {}
        for name, tensor in self.inputs.items():
            dtypes.setdefault(dtype_name(tensor), name)
        arrays = any(_holds_array(value) for value in values.values())
        nones = tuple(name for name, value in values.items() if value is None)
        return Called(function, line, arguments, twin, weighted, at, self.scenario, self.words, dtypes, arrays, nones)

    # The gradient

    def differentiated(self, line: str) -> str:
        """Of what the gradient was taken that is wrong."""
        finding = self.finding
        of_gradient = isinstance(finding, NoGradient | NoGraph) or isinstance(self.place(), InGradient)
        if not of_gradient or not self.call.upstream:
            return ""
        v = upstream_name(self.names)
        if len(self.call.upstream) > 1:
            return f"Σ {v}·{line}"
        return f"{v}·{line}" if self.call.upstream[0].ndim == 0 else f"Σ {v}·{line}"

    def upstream_lines(self) -> list[str]:
        v, upstream = upstream_name(self.names), self.call.upstream or ()
        worst = self.finding.worst.index if isinstance(self.finding, WrongNumbers) else ()
        values = self.values()
        if len(upstream) == 1 and values is not None and worst and upstream[0].shape == values[0].shape:
            return [around(v, upstream[0], worst)]
        if len(upstream) == 1:
            return [f"{v} = {short(upstream[0])}"]
        return [f"{v}[{place}] = {short(part)}" for place, part in enumerate(upstream)]

    # The numbers

    def place(self) -> Place | None:
        """Where the wrong value stands."""
        return getattr(self.finding, "place", None)

    def values(self) -> tuple[torch.Tensor, torch.Tensor] | None:
        """The right numbers and the wrong ones."""
        if not isinstance(self.finding, WrongValue | WrongShape):
            return None
        known, answer = (numbers(self.finding.place.value_in(outcome)) for outcome in (self.expected, self.got))
        return None if known is None or answer is None else (known, answer)

    def pattern(self) -> Message | None:
        """The most telling fact."""
        values = self.values()
        if isinstance(self.finding, WrongNumber):
            return self.pattern_of_number(self.finding.place)
        if values is None:
            return siblings(self.finding, self.expected, self.got, self.words)
        known, answer = values
        if isinstance(self.finding, WrongShape):
            return pattern_of_shape(answer, known, self.inputs) or of_shapes_alone(answer, known)
        found = pattern_of_values(answer, known, self.inputs)
        if found is None and isinstance(self.finding, WrongNumbers):
            wrong = ~close(answer, known, self.finding.tolerance)
            of_list = isinstance(self.finding.place.value_in(self.expected), (list, tuple))
            found = contrast(wrong, self.inputs, is_series=of_list) or only_zeros_wrong(wrong, known)
        return found or siblings(self.finding, self.expected, self.got, self.words)

    def pattern_of_number(self, place: Place) -> Message | None:
        known, answer = (place.value_in(outcome) for outcome in (self.expected, self.got))
        sides = [float(side) for side in (known, answer) if _is_float64(side)]
        found = pattern_of_number(sides[1], sides[0], self.inputs) if len(sides) == 2 else None
        return found or siblings(self.finding, self.expected, self.got, self.words)

    def picture(self, found: tuple[Belonging, ...]) -> Picture | None:
        if not isinstance(self.finding, WrongNumbers):
            return None
        known, answer = (self.finding.place.value_in(outcome) for outcome in (self.expected, self.got))
        vectors = _vectors(self.call)
        over = vectors if len(vectors) == 1 and self.comes_alone(self.finding, found) else []
        return picture(known, answer, over, self.finding.worst.index)

    def comes_alone(self, finding: WrongNumbers, found: tuple[Belonging, ...]) -> bool:
        """Whether the worst entry comes of its own inputs alone, not of all as in a softmax: then there is a curve over
        the input. True where it can't be asked."""
        gives, index = self.gives_entry(finding.place, finding.worst.index), finding.worst.index
        if gives is None or not isinstance(self.call.target, str):
            return True
        return bool(found) and gives(at_one_place(self.call, self.names, {b.name: b.index for b in found}, index))

    # The inputs of the worst entry

    def belonging(self) -> tuple[Belonging, ...]:
        """The input numbers from which the worst entry comes."""
        finding, values = self.finding, self.values()
        if not isinstance(finding, WrongNumbers) or values is None or not isinstance(self.call.target, str):
            return ()
        index = finding.worst.index
        return belonging(self.call, self.names, index, tuple(values[0].shape), self.gives_entry(finding.place, index))

    def gives_entry(self, place: Place, index: tuple[int, ...]) -> Callable[[Call], bool] | None:
        again = self.again
        if again is None:
            return None
        known = place.value_in(self.expected)

        def gives(smaller: Call) -> bool:
            outcome = again.expected(smaller)
            return outcome is not None and outcome.error is None and is_entry(place.value_in(outcome), known, index)

        return gives

    def code(self, found: tuple[Belonging, ...]) -> Runnable:
        if self.again is None:
            return Runnable()
        worst = self.finding.worst.index if isinstance(self.finding, WrongNumbers) else ()
        one = at_one_place(self.call, self.names, {b.name: b.index for b in found}, worst) if found else None
        return runnable(self.call, self.names, self.finding, self.again, worst[0] if worst else 0, one)


def _is_float64(value: Any) -> bool:
    """A Python float, or one number of float64 in a block."""
    block = as_tensor(value)
    return isinstance(value, float) or (block is not None and block.numel() == 1 and block.dtype == torch.float64)


def _vectors(call: Call) -> list[torch.Tensor]:
    """The call's arguments that are vectors of floats."""
    tensors = (as_tensor(value) for value in call.args)
    return [tensor for tensor in tensors if tensor is not None and tensor.ndim == 1 and tensor.is_floating_point()]


def _holds_array(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else (value,)
    return any(isinstance(part, np.ndarray) for part in parts)


def _inputs(call: Call, names: list[str]) -> Inputs:
    """The numeric arguments by name, those inside a tuple, list or dict included."""
    inputs: Inputs = {}
    for name, value in zip(names, [*call.args, *call.kwargs.values()], strict=True):
        is_sequence = isinstance(value, (list, tuple)) and len(value) <= 16
        parts = value.items() if isinstance(value, dict) else enumerate(value) if is_sequence else ()
        for label, item in [(name, value), *((f"{name}[{key!r}]", part) for key, part in parts)]:
            tensor = as_tensor(item)
            if tensor is not None:
                inputs[label] = tensor
    return inputs
