"""The verdict on one call: is what the submission gave what the reference gives?

Pure functions on two `Outcome`s. The submission's is data and nothing else; it is looked at in the order in which
a learner would correct it: did it run, is it the right kind of thing, are its numbers right, are the gradients, and
were the inputs left alone.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from grader.checks.advice.quote import message_text, quoted, raised_text
from grader.checks.closeness import Tolerance, close, tight_tolerance, tolerance_for
from grader.checks.findings import call as calls
from grader.checks.findings import effect
from grader.checks.findings import value as values
from grader.checks.findings.effect import InputModified, TooManyOperations
from grader.checks.findings.finding import Finding
from grader.checks.findings.value import InGradient, InResult, NoGradient, Place
from grader.checks.findings.value_kinds import kind_of
from grader.checks.mismatch import Mismatch, Rules, as_tensor, find
from grader.checks.pair import Pair, of_numbers, pair
from grader.checks.render import argument_names, clean, dtype_name, short
from grader.source_line import SourceLine
from grader.wire.values import Call, Effects, Opaque, Outcome, Probe, Raised, RaisedKind, Remote

#: Why a call gave no value → what is found, where nothing but the exception and its lines is told.
_NO_VALUE: dict[RaisedKind, type[calls.NoValue]] = {
    "not_implemented": calls.NotWritten,
    "signature": calls.WrongSignature,
    "graph": calls.NoGraph,
    "memory": calls.OutOfMemory,
    "too_large": calls.TooLarge,
}
#: So many of a dict's missing keys are told, and of those too many.
_KEYS = 8
#: Items of longer lists are not compared with each other.
_COMPARED = 64


def judge(
    call: Call,
    expected: Outcome,
    got: Outcome,
    *,
    rtol: float | None = None,
    atol: float | None = None,
    parameter_names: tuple[str, ...] = (),
    numpy_scalars: bool = False,
    scale: float = 1.0,
    raises: tuple[str, ...] = (),
    max_operations: int | None = None,
    form_only: bool = False,
) -> Finding | None:
    """Why `got` is not `expected`, the reference's outcome; None where it is right.

    rtol, atol: in place of the dtype's own tolerance, for floating and complex numbers.
    parameter_names: of the function, in the order of `call.args`.
    numpy_scalars: accept a NumPy floating scalar where the reference gives a Python float, and the other way round.
    scale: judge by tolerances so many times as wide, to see how much slack there is. Those of float32 and narrower
        types stay as they are: rounding alone comes near them.
    raises: names of exceptions that are as good as the reference's own, where that raises one.
    max_operations: how many operations PyTorch may dispatch; the call must be one that counts them.
    form_only: any value of the reference's kind, dtype and shape is right, but for a NaN or an infinity.

    Identity and effects are judged where the call asked for them; what the reference does as well is right.
    """

    def tolerance(known: torch.Tensor) -> Tolerance:
        if form_only:
            return Tolerance(0.0, math.inf)
        own = rtol is not None or atol is not None or known.dtype in (torch.float64, torch.complex128)
        return tolerance_for(known.dtype, rtol, atol).scaled(scale if own else 1.0)

    rules = Rules(tolerance, numpy_scalars, expected.facts, got.facts, form_only=form_only)
    case = _Case(call, parameter_names, rules)
    if expected.error or got.error:
        return case.of_errors(expected, got, raises)
    finding = case.of_values(expected, got) or case.of_gradients(expected, got) or case.of_inputs(expected, got)
    if finding is None and call.identity:
        finding = case.of_identity(expected, got)
    if finding is None and call.effects:
        finding = case.of_effects(expected, got)
    if finding is None and max_operations is not None and got.operations > max_operations:
        return TooManyOperations(max_operations, got.operations)
    return finding


def same(a: Outcome, b: Outcome, tolerance: Tolerance | None = None) -> bool:
    """Whether two outcomes come of the same mistake: equal in kind, shape, numbers, gradients and exception.

    Without a `tolerance` only rounding may differ, which keeps apart mistakes that a check's tolerance would blur.
    """
    if a.error or b.error:
        return _error_kind(a) == _error_kind(b)
    rules = Rules(
        lambda known: tolerance or tight_tolerance(known), numpy_scalars=True, details=False, single=tolerance is None
    )
    if set(a.modified) != set(b.modified) or (a.gradients is None) != (b.gradients is None):
        return False
    if not _same_besides(a, b):
        return False
    if any(a.facts[path].device != b.facts[path].device for path in a.facts.keys() & b.facts.keys()):
        return False
    return find([a.value, a.gradients], [b.value, b.gradients], rules) is None


def _same_besides(a: Outcome, b: Outcome) -> bool:
    """Whether effects and identity are the same, as far as both were asked for them."""
    both = [(a.facts[path], b.facts[path]) for path in a.facts.keys() & b.facts.keys()]
    asked = a.effects is not None and b.effects is not None
    if asked and (a.effects != b.effects or any(x.in_graph != y.in_graph for x, y in both)):
        return False
    if a.same_as is not None and b.same_as is not None:
        return set(a.same_as) == set(b.same_as) and all(set(x.shares) == set(y.shares) for x, y in both)
    return True


def _error_kind(outcome: Outcome) -> tuple[str, str, str] | None:
    """With its text: many a wrong line raises a TypeError, but not with the same words."""
    error = outcome.error
    return (error.kind, error.type_name, error.message) if error else None


class _Case:
    """One call under judgement: turns what is wrong into a `Finding`."""

    def __init__(self, call: Call, parameter_names: tuple[str, ...], rules: Rules) -> None:
        self.call = call
        self.names = argument_names(call, parameter_names)
        self.rules = rules

    def of_errors(self, expected: Outcome, got: Outcome, raises: tuple[str, ...]) -> Finding | None:
        wanted, had = expected.error, got.error
        if had is None:
            return calls.RaisedNothing(_type_name(wanted), short(got.value))
        due = (wanted.type_name, *raises) if wanted is not None and wanted.kind == had.kind else ()
        if any(is_a(had.type_name, name) for name in due):
            return None
        if had.kind == "missing":
            name = message_text(had)
            return calls.NotAFunction(name, quoted(had.type_name, 60)) if had.type_name else calls.MissingFunction(name)
        facts = (_type_name(wanted) or short(expected.value), raised_text(had), tuple(map(_clean_frame, had.frames)))
        if had.kind == "absent":
            return calls.ModuleAbsent(*facts, module=message_text(had))
        if had.kind == "exception":
            from grader.checks.advice.advise import advise

            return (calls.RaisedOtherError if wanted else calls.RaisedError)(*facts, advise(had))
        return _NO_VALUE[had.kind](*facts)

    def of_values(self, expected: Outcome, got: Outcome) -> Finding | None:
        mismatch = find(expected.value, got.value, self.rules)
        return self._finding(mismatch, InResult(mismatch.path)) if mismatch else None

    def of_gradients(self, expected: Outcome, got: Outcome) -> Finding | None:
        answers = got.gradients or ()
        for i, wanted in enumerate(expected.gradients or ()):
            answer = answers[i] if i < len(answers) else None
            # Where no path leads to an input its gradient is 0: None and zeros are the same answer.
            if (wanted is None or answer is None) and _is_zero(wanted) and _is_zero(answer):
                continue
            if mismatch := find(wanted, answer, self.rules, ("gradients", i)):
                return self._finding(mismatch, InGradient(self._respect_to(i), i))
        return None

    def of_inputs(self, expected: Outcome, got: Outcome) -> Finding | None:
        changed = sorted(set(got.modified) - set(expected.modified))
        if not changed:
            return None
        inputs = [*self.call.args, *self.call.kwargs.values()]
        kinds = {kind_of(inputs[position]) for position in changed if 0 <= position < len(inputs)}
        return InputModified(tuple(map(self._name, changed)), kinds.pop() if len(kinds) == 1 else None)

    def of_identity(self, expected: Outcome, got: Outcome) -> Finding | None:
        """Whether the result is an argument itself, and each tensor in it in an argument's memory."""
        for path in sorted(expected.facts.keys() & got.facts.keys() | {()}, key=repr):
            wanted, had = (self._origin(outcome, path) for outcome in (expected, got))
            if wanted[0] != had[0] or not (wanted[1] & had[1] or wanted[1] == had[1]):
                return effect.WrongIdentity(InResult(path), *self._told(wanted), *self._told(had))
        return None

    def _origin(self, outcome: Outcome, path: tuple[Any, ...]) -> tuple[effect.Origin, frozenset[int]]:
        if not path and outcome.same_as:
            return "itself", frozenset(outcome.same_as)
        shares = outcome.facts[path].shares if path in outcome.facts else ()
        return ("shared" if shares else "own"), frozenset(shares)

    def _told(self, origin: tuple[effect.Origin, frozenset[int]]) -> tuple[effect.Origin, str]:
        return origin[0], self._name(min(origin[1])) if origin[1] else ""

    def of_effects(self, expected: Outcome, got: Outcome) -> Finding | None:
        """What the call did beside giving its value, and the reference's did not."""
        due, done = expected.effects or Effects(), got.effects or Effects()
        if not due.again and (kind := effect.AGAIN.get(done.again)):
            return kind()
        if not self.call.requires_grad and (path := _with_history(expected, got)) is not None:
            return effect.KeepsHistory(InResult(path))
        for kind_of_change in effect.OF_INPUTS:
            named, known = (getattr(effects, kind_of_change.field) for effects in (done, due))
            # A position that no argument has is no honest worker's.
            if changed := sorted(set(named).difference(known).intersection(range(len(self.names)))):
                return kind_of_change(tuple(map(self._name, changed)), all(map(self._is_object, changed)))
        return None

    def _is_object(self, position: int) -> bool:
        """Whether an argument is one that stays in the worker, such as a module."""
        inputs = [*self.call.args, *self.call.kwargs.values()]
        return 0 <= position < len(inputs) and isinstance(inputs[position], (Remote, Probe))

    def _respect_to(self, i: int) -> str:
        return self._name(self.call.requires_grad[i]) if i < len(self.call.requires_grad) else f"args[{i}]"

    def _name(self, position: int) -> str:
        return self.names[position] if 0 <= position < len(self.names) else f"args[{position}]"

    def _finding(self, mismatch: Mismatch, place: Place) -> Finding:
        expected, got = mismatch.expected, mismatch.got
        if mismatch.kind == "none":
            return _none(expected, place)
        if mismatch.kind == "kind":
            kind = values.OddTensor if isinstance(got, Opaque) and got.is_tensor else values.WrongKind
            return kind(place, short(expected), short(got), kind_of(expected), kind_of(got))
        if mismatch.kind == "values":
            return self._wrong_value(mismatch, place)
        if mismatch.kind == "length":
            return _wrong_length(expected, got, place)
        finding, fact = _DIFFERENCES[mismatch.kind]
        return finding(place, fact(expected), fact(got))

    def _wrong_value(self, mismatch: Mismatch, place: Place) -> Finding:
        counts = mismatch.difference
        if counts is None:
            return values.WrongValue(place, short(mismatch.expected), short(mismatch.got))
        if counts.total == 1 and not counts.worst.index:
            texts = _number_texts(mismatch.expected, mismatch.got)
            return values.WrongNumber(place, texts.expected, texts.got, counts.worst)
        texts = Pair(short(mismatch.expected), short(mismatch.got), marked=False)
        known, answer = as_tensor(mismatch.expected), as_tensor(mismatch.got)
        if known is not None and answer is not None:  # else they are lists
            wrong = ~close(answer, known, self.rules.tolerance(known))
            texts = pair(mismatch.expected, mismatch.got, wrong, counts.worst.index)
        tolerance = self.rules.tolerance(torch.zeros(()) if known is None else known)
        return values.WrongNumbers(place, texts.expected, texts.got, counts, texts.marked, tolerance)


def _type_name(error: Raised | None) -> str:
    return clean(error.type_name, 60) if error else ""


def _clean_frame(frame: SourceLine) -> SourceLine:
    cell = frame.cell and clean(frame.cell, 60)
    return SourceLine(frame.number, clean(frame.source.expandtabs(4)), clean(frame.function, 60), cell)


def is_a(name: str, wanted: str) -> bool:
    """Whether the exception `name` is `wanted` or, as far as Python's own go, one of its subclasses."""
    kind, base = getattr(builtins, name, None), getattr(builtins, wanted, None)
    if isinstance(kind, type) and isinstance(base, type):
        return issubclass(kind, base)
    return name == wanted


def _is_zero(gradient: Any) -> bool:
    return gradient is None or (isinstance(gradient, torch.Tensor) and not bool(gradient.any()))


def _with_history(expected: Outcome, got: Outcome) -> tuple[Any, ...] | None:
    """Where the result is part of a graph, and the reference's is not."""
    for path, facts in got.facts.items():
        known = expected.facts.get(path)
        if facts.in_graph and known is not None and not known.requires_grad:
            return path
    return None


def _none(expected: Any, place: Place) -> Finding:
    if isinstance(place, InGradient):
        return NoGradient(place.name, short(expected))
    if place.path:
        return values.ItemIsNone(place, kind_of(expected), short(expected))
    return values.ReturnedNone(short(expected))


def _wrong_length(expected: Any, got: Any, place: Place) -> Finding:
    """Both lists, and what of one has no partner in the other, where items are numbers, texts or tuples of them."""
    missing, extra = _unpaired(expected, got), _unpaired(got, expected)
    # Where nothing fits, all is missing and all is too many: that is no news.
    news = len(missing) < len(expected) or len(extra) < len(got)
    texts = [tuple(short(item, 30) for item in items[:_KEYS]) if news else () for items in (missing, extra)]
    return values.WrongLength(place, len(expected), len(got), short(expected), short(got), *texts)


def _unpaired(items: Any, others: Any) -> list[Any]:
    """The items that the others lack, each as often as it is there more often; none where items are no plain data."""
    own, left = ([_comparable(item) for item in side[:_COMPARED]] for side in (items, others))
    if max(len(items), len(others)) > _COMPARED or None in own or None in left:
        return []
    found = []
    for item, comparable in zip(items, own, strict=True):
        if comparable in left:
            left.remove(comparable)
        else:
            found.append(item)
    return found


def _comparable(item: Any, depth: int = 2) -> Any:
    """The item with its type, since True and 1 are equal; None for what is compared by more than equality."""
    if isinstance(item, (bool, int, str)):
        return (type(item), item)
    if not isinstance(item, (tuple, list)) or len(item) > _COMPARED or depth == 0:
        return None
    parts = [_comparable(part, depth - 1) for part in item]
    return None if None in parts else (type(item), parts)


def _class_name(value: Any) -> str:
    return clean(value.type_name, 60) if isinstance(value, (Remote, Opaque)) else type(value).__name__


def _number_texts(expected: Any, got: Any) -> Pair:
    blocks = (torch.Tensor, np.ndarray)
    if (type(expected) is float and type(got) is float) or (isinstance(expected, blocks) and isinstance(got, blocks)):
        return of_numbers(expected, got)
    return Pair(short(expected), short(got), marked=False)


#: A kind of mismatch → its finding, and what that tells of each side.
_DIFFERENCES: dict[str, tuple[Callable[[Place, Any, Any], Finding], Callable[[Any], Any]]] = {
    "class": (values.WrongClass, _class_name),
    "keys": (values.WrongKeys, lambda keys: tuple(short(key, 30) for key in keys[:_KEYS])),
    "dtype": (values.WrongDtype, dtype_name),
    "shape": (values.WrongShape, lambda block: tuple(block.shape)),
    "device": (values.WrongDevice, lambda device: clean(device, 40)),
}
