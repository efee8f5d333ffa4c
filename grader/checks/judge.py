"""The verdict on one call: is what the submission gave what the reference gives?

Pure functions on two `Outcome`s. The submission's is data and nothing else; it is looked at in the order in which
a learner would mend it: did it run, is it the right kind of thing, are its numbers right, are the gradients, and
were the inputs left alone.
"""

from __future__ import annotations

import builtins
from typing import Any, cast

import msgspec
import torch

from grader.checks.advice.quote import raised_text
from grader.checks.closeness import Tolerance, close, tight_tolerance, tolerance_for
from grader.checks.diagnose import Inputs, pattern_of_shape, pattern_of_values
from grader.checks.failure import Failure, Kind
from grader.checks.mismatch import Difference, Mismatch, Path, Rules, as_tensor, find, kind_of
from grader.checks.pair import pair
from grader.checks.picture import picture
from grader.checks.render import argument_names, call_text, clean, function_name, number_text, short
from grader.wire.values import Call, Frame, Opaque, Outcome, Raised, Remote


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
) -> Failure | None:
    """Why `got` is not `expected`, the reference's outcome; None where it is right.

    rtol, atol: in place of the dtype's own tolerance, for floating and complex numbers.
    parameter_names: of the function, in the order of `call.args`.
    numpy_scalars: accept a NumPy floating scalar where the reference gives a Python float, and the other way round.
    scale: judge by tolerances so many times as wide, to see how much slack there is. Those of float32 and narrower
        types stay as they are: rounding alone comes near them.
    raises: names of exceptions that are as good as the reference's own, where that raises one.
    max_operations: how many operations PyTorch may dispatch; the call must be one that counts them.
    """

    def tolerance(known: torch.Tensor) -> Tolerance:
        own = rtol is not None or atol is not None or known.dtype in (torch.float64, torch.complex128)
        return tolerance_for(known.dtype, rtol, atol).scaled(scale if own else 1.0)

    rules = Rules(tolerance, numpy_scalars, expected.facts, got.facts)
    case = _Case(call, parameter_names, rules)
    if expected.error or got.error:
        return case.of_errors(expected, got, raises)
    if found := find(expected.value, got.value, rules):
        return case.failure(found)
    return case.of_gradients(expected, got) or case.of_inputs(expected, got) or case.of_operations(got, max_operations)


def same(a: Outcome, b: Outcome, tolerance: Tolerance | None = None) -> bool:
    """Whether two outcomes come of the same mistake: equal in kind, shape, numbers, gradients and exception.

    Without a `tolerance` only rounding may differ, which keeps apart mistakes that a check's tolerance would blur.
    """
    if a.error or b.error:
        return _error_kind(a) == _error_kind(b)
    rules = Rules(lambda known: tolerance or tight_tolerance(known), numpy_scalars=True, details=False)
    if set(a.modified) != set(b.modified) or (a.gradients is None) != (b.gradients is None):
        return False
    if any(a.facts[path].device != b.facts[path].device for path in a.facts.keys() & b.facts.keys()):
        return False
    return find([a.value, a.gradients], [b.value, b.gradients], rules) is None


def _error_kind(outcome: Outcome) -> tuple[str, str, str] | None:
    """With its text: many a wrong line raises a TypeError, but not with the same words."""
    error = outcome.error
    return (error.kind, error.type_name, error.message) if error else None


class _Case:
    """One call under judgement: turns what was found wrong into a `Failure`."""

    def __init__(self, call: Call, parameter_names: tuple[str, ...], rules: Rules) -> None:
        self.call = call
        self.names = argument_names(call, parameter_names)
        self.parameter_names = parameter_names
        self.rules = rules

    def of_errors(self, expected: Outcome, got: Outcome, raises: tuple[str, ...]) -> Failure | None:
        wanted, had = expected.error, got.error
        if had is None:
            return self._fail("raised", should_raise=_type_name(wanted), got=short(got.value))
        due = (wanted.type_name, *raises) if wanted is not None and wanted.kind == had.kind else ()
        if any(is_a(had.type_name, name) for name in due):
            return None
        from grader.checks.advice.advise import advise

        return self._fail(
            "raised" if had.kind == "exception" else had.kind,
            should_raise=_type_name(wanted),
            expected=_type_name(wanted) or short(expected.value),
            got=raised_text(had),
            advice=advise(had),
            frames=tuple(_clean_frame(frame) for frame in had.frames),
        )

    def failure(self, found: Mismatch, respect_to: str = "") -> Failure:
        counts = found.difference
        details: dict[str, Any] = {"expected": _shown(found, found.expected), "got": _shown(found, found.got)}
        if counts is not None:
            details |= self._pair(found, counts)
            details["picture"] = picture(found.expected, found.got, self._vectors(), counts.worst.index)
            details |= {name: getattr(counts, name) for name in ("worst", "differing", "total", "nan", "inf")}
        if found.kind in ("none", "kind"):
            details |= {"expected_kind": kind_of(found.expected), "got_kind": kind_of(found.got)}
        return self._fail(
            "gradient" if respect_to else found.kind,
            aspect=found.kind if respect_to else "",
            where=path_text(found.path),
            respect_to=respect_to,
            pattern=self._pattern(found),
            **details,
        )

    def _pair(self, found: Mismatch, counts: Difference) -> dict[str, Any]:
        """Both sides' texts, to be read one below the other, where they are blocks of numbers."""
        known, answer = as_tensor(found.expected), as_tensor(found.got)
        if known is None or answer is None or known.ndim == 0:
            return {}
        wrong = ~close(answer, known, self.rules.tolerance(known))
        return msgspec.structs.asdict(pair(found.expected, found.got, wrong, counts.worst.index))

    def _vectors(self) -> list[torch.Tensor]:
        """The call's arguments that are vectors of floats."""
        tensors = (as_tensor(value) for value in self.call.args)
        return [tensor for tensor in tensors if tensor is not None and tensor.ndim == 1 and tensor.is_floating_point()]

    def of_gradients(self, expected: Outcome, got: Outcome) -> Failure | None:
        answers = got.gradients or ()
        for i, wanted in enumerate(expected.gradients or ()):
            answer = answers[i] if i < len(answers) else None
            # Where no path leads to an input its gradient is 0: None and zeros are the same answer.
            if (wanted is None or answer is None) and _is_zero(wanted) and _is_zero(answer):
                continue
            if found := find(wanted, answer, self.rules, ("gradients", i)):
                return self.failure(Mismatch(found.kind, (), *_rest(found)), self._respect_to(i))
        return None

    def of_inputs(self, expected: Outcome, got: Outcome) -> Failure | None:
        changed = sorted(set(got.modified) - set(expected.modified))
        if not changed:
            return None
        kinds = {kind_of(self.call.args[position]) for position in changed if 0 <= position < len(self.call.args)}
        return self._fail("modified", got=", ".join(map(self._name, changed)), got_kind=kinds.pop() if kinds else "")

    def of_operations(self, got: Outcome, most: int | None) -> Failure | None:
        if most is None or got.operations <= most:
            return None
        return self._fail("operations", expected=str(most), got=str(got.operations))

    def _respect_to(self, i: int) -> str:
        return self._name(self.call.requires_grad[i]) if i < len(self.call.requires_grad) else f"args[{i}]"

    def _name(self, position: int) -> str:
        return self.names[position] if 0 <= position < len(self.names) else f"args[{position}]"

    def _pattern(self, found: Mismatch) -> Any:
        known, answer = _numbers(found.expected), _numbers(found.got)
        if found.kind not in ("values", "shape") or known is None or answer is None:
            return None
        look = pattern_of_values if found.kind == "values" else pattern_of_shape
        return look(answer, known, self._inputs())

    def _inputs(self) -> Inputs:
        """The numeric arguments by name, those inside a tuple, list or dict included."""
        inputs: Inputs = {}
        for name, value in zip(self.names, [*self.call.args, *self.call.kwargs.values()], strict=True):
            parts = value.items() if isinstance(value, dict) else enumerate(value) if _is_sequence(value) else ()
            for label, item in [(name, value), *((f"{name}[{key!r}]", part) for key, part in parts)]:
                tensor = as_tensor(item)
                if tensor is not None:
                    inputs[label] = tensor
        return inputs

    def _fail(self, kind: str, **details: Any) -> Failure:
        return Failure(
            kind=cast(Kind, kind),
            function=function_name(self.call),
            called=call_text(self.call, self.parameter_names),
            twin=self.call.twin,
            **details,
        )


def path_text(path: Path) -> str:
    """`[1]['w']` for (1, "w")."""
    return "".join(f"[{short(step, 30)}]" for step in path)


def _type_name(error: Raised | None) -> str:
    return clean(error.type_name, 60) if error else ""


def _clean_frame(frame: Frame) -> Frame:
    return Frame(frame.number, clean(frame.source.expandtabs(4)), clean(frame.function, 60))


def is_a(name: str, wanted: str) -> bool:
    """Whether the exception `name` is `wanted` or, as far as Python's own go, one of its subclasses."""
    kind, base = getattr(builtins, name, None), getattr(builtins, wanted, None)
    if isinstance(kind, type) and isinstance(base, type):
        return issubclass(kind, base)
    return name == wanted


def _rest(found: Mismatch) -> tuple[Any, ...]:
    return found.expected, found.got, found.difference


def _is_zero(gradient: Any) -> bool:
    return gradient is None or (isinstance(gradient, torch.Tensor) and not bool(gradient.any()))


def _is_sequence(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and len(value) <= 16


def _numbers(value: Any) -> torch.Tensor | None:
    if isinstance(value, (list, tuple)) and value and all(type(item) is float for item in value):
        return torch.tensor(value, dtype=torch.float64)
    return as_tensor(value)


def _shown(found: Mismatch, value: Any) -> str:
    """The text of that side of the mismatch: the property that differs, or the value."""
    match found.kind:
        case "dtype":
            return str(value.dtype).removeprefix("torch.")
        case "shape":
            return str(list(value.shape))
        case "length":
            return str(len(value))
        case "keys":
            return ", ".join(short(key, 30) for key in value[:8])
        case "device":
            return clean(str(value), 40)
        case "class":
            return clean(value.type_name, 60) if isinstance(value, (Remote, Opaque)) else type(value).__name__
        case "values" if isinstance(value, float):
            return number_text(value, 8)
    return short(value)
