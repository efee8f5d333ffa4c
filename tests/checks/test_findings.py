"""Every finding has a full explanation, in every language that has a catalogue."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import torch

from grader.checks.clues import failed
from grader.checks.failure import CallFailed, CheckFailed
from grader.checks.findings.call import MissingFunction, NothingToCall, NoValue
from grader.checks.findings.effect import InputTouched
from grader.checks.findings.finding import Finding
from grader.checks.findings.value import Differing, ValueFinding, apart
from grader.checks.judge import judge
from grader.source_line import SourceLine
from grader.text import render, say
from grader.wire.values import Call, Effects, Facts, Opaque, Outcome, Probe, Raised

X = torch.linspace(-6, 6, 64, dtype=torch.float64)
CALL = Call(target="sigmoid_grad", args=(X,), requires_grad=(0,))
BESIDES = Call(target="sigmoid_grad", args=(X,), effects=True, identity=True)


#: What several findings have in common; none of these is found itself.
BASES = {Finding, NoValue, NothingToCall, ValueFinding, Differing, InputTouched}


def on(device: str) -> Outcome:
    return Outcome(value=X, facts={(): Facts((1,), device, requires_grad=False, is_leaf=True)})


def besides(in_graph: bool = False, same_as: tuple[int, ...] = (), **effects: Any) -> Outcome:
    """The right value, with such effects."""
    facts = {(): Facts((1,), "cpu", requires_grad=in_graph, is_leaf=not in_graph, shares=same_as)}
    return Outcome(value=X, facts=facts, effects=Effects(**effects), same_as=same_as)


def failure(expected: Any, got: Any) -> CallFailed:
    outcomes = [value if isinstance(value, Outcome) else Outcome(value=value) for value in (expected, got)]
    call = CALL if outcomes[1].effects is outcomes[1].same_as is None else BESIDES
    found = judge(call, *outcomes, parameter_names=("x",), max_operations=5)
    assert found is not None
    return failed(call, found, *outcomes, parameter_names=("x",))


def explained(expected: Any, got: Any) -> str:
    return render(failure(expected, got).message, "en")


def error(kind: str, name: str, message: str = "", *frames: SourceLine) -> Outcome:
    return Outcome(error=Raised(kind, name, message, frames))


CASES: list[tuple[Any, Any, str]] = [
    (X, None, "sigmoid_grad(x) returned None. Is there a `return` at the end?"),
    (X.sum(), 1.5, "is a Python float, and should be a tensor. Keep the result a tensor, even with"),
    (X, [1.0], "is a list, and should be a tensor. Make one tensor of it"),
    (2.5, 2, "is a Python int, and should be a Python float. Is there a // where / is meant"),
    ((X, X), (X,), "The result of sigmoid_grad(x) has the wrong length: 1 instead of 2."),
    ({"w": X}, {"b": X}, "lacks these keys: 'w'. The result of sigmoid_grad(x) has keys that don't belong there: 'b'."),
    (X, X.float(), "has dtype float32, and float64 is expected. What is made anew needs"),
    (X, X > 0, "has dtype bool, and float64 is expected. Whole numbers and truth values are turned"),
    (
        X,
        Opaque("builtin_function_or_method"),
        "is an object (<builtin_function_or_method>), and should be a tensor. This is a function or method, not what",
    ),
    (X, X[:, None], "has shape [64, 1], and [64] is expected. The numbers are right; an axis of length 1"),
    (2.5, 2.0, "The result of sigmoid_grad(x) is 2, and 2.5 is expected: off by 0.5 (20%)."),
    (2.5, math.nan, "The result of sigmoid_grad(x) is nan, and 2.5 is expected."),
    ([X, 3], [X, 4], "[1] of the result of sigmoid_grad(x) is 4, and 3 is expected."),
    ([X, None], [X, 4], "[1] of the result of sigmoid_grad(x) is a Python int, and should be None."),
    ([X, 4], [X, None], "[1] of the result of sigmoid_grad(x) is None, and a Python int is expected."),
    (
        X,
        error("exception", "ValueError", "no", SourceLine(3, "    g(x)", "f"), SourceLine(9, "  raise", "g")),
        "sigmoid_grad(x) raised ValueError: no. It happened in line 9: raise",
    ),
    (error("exception", "ValueError"), X, "sigmoid_grad(x) should raise ValueError here, but returned tensor("),
    (
        error("exception", "ValueError"),
        error("exception", "KeyError", "k"),
        "should raise ValueError here, but raised KeyError: k.",
    ),
    (X, error("not_implemented", "NotImplementedError"), "sigmoid_grad is not written yet."),
    (X, error("missing", "", "other"), "There is no other in your file."),
    (X, error("signature", "()", "takes 0"), "sigmoid_grad(x) does not fit your function's parameters (): takes 0."),
    (X, error("graph", "RuntimeError"), "No gradient can flow back through sigmoid_grad(x)"),
    (X, error("memory", "MemoryError"), "sigmoid_grad(x) asked for more memory"),
    (
        Outcome(value=X, gradients=(X,)),
        Outcome(value=X, gradients=(None,)),
        "There is no gradient of sigmoid_grad(x) with respect to x: the graph was cut.",
    ),
    (
        Outcome(value=X, gradients=(X,)),
        Outcome(value=X, gradients=(X * 64,)),
        "Every entry is 64 times what it should be. Is a mean over the 64 samples missing?",
    ),
    (X, Outcome(value=X, modified=(0,)), "sigmoid_grad(x) changed its input x. Work on a copy"),
    (X, error("missing", "int", "sigmoid_grad"), "sigmoid_grad in your file is not a function, but of type int."),
    (X, error("absent", "ModuleNotFoundError", "rich"), "sigmoid_grad(x) uses rich, a module that is not installed"),
    (X, error("too_large", ""), "The result of sigmoid_grad(x) is too large to be looked at"),
    (X, Opaque("Tensor (sparse)", is_tensor=True), "is an object (<Tensor (sparse)>), and should be a tensor. Only"),
    (Opaque("Figure"), Opaque("Axes"), "is an object of type Axes, and Figure is expected."),
    (on("cuda:0"), on("cpu"), "is on cpu, and belongs on cuda:0. Was it made there, or not moved?"),
    (X, X.clamp(min=0), "Every negative entry came out as 0; all others are right."),
    (X, X + 1, ": all 64 entries are wrong. Furthest off is index ["),
    # Of labels one sees how far off they are, and a percentage would mean nothing.
    (torch.tensor([2, 0]), torch.tensor([1, 0]), "in 1 of 2 entries (marked *). Index [0]: expected 2, got 1."),
    (3, 4, "The result of sigmoid_grad(x) is 4, and 3 is expected."),
    (X[:1], X[:1] + 1, "is wrong in its only entry. Index [0]: expected -6, got -5."),
    (besides(), besides(again="shared"), "Called twice with equal inputs, sigmoid_grad(x) returned two results in"),
    (besides(), besides(again="changed"), "a second time with equal inputs, sigmoid_grad(x) changed what the first"),
    (besides(), besides(in_graph=True), "The result of sigmoid_grad(x) requires gradients, and should not: it keeps"),
    (besides(), besides(requires_grad=(0,)), "sigmoid_grad(x) changed requires_grad of its input: x. Work on a tensor"),
    (besides(grad=(1,)), besides(grad=(0, 1)), "sigmoid_grad(x) changed .grad of its input: x. torch.autograd.grad"),
    (besides(), besides(mode=(0,)), "sigmoid_grad(x) left its input in another mode, training or evaluation, than"),
    (besides(), besides(contents=(0, 99)), "changed parameters or buffers of its input: x. In training"),
    (besides(same_as=(0,)), besides(), "The result of sigmoid_grad(x) is an object of its own, and should be x itself"),
    (X, Outcome(value=X, operations=99), "uses 99 PyTorch operations; 5 are enough."),
]


@pytest.mark.parametrize(("expected", "got", "text"), CASES)
def test_sentences(expected: Any, got: Any, text: str) -> None:
    assert text in explained(expected, got)


NUMBERS = np.linspace(-6, 6, 8)


@pytest.mark.parametrize(
    ("x", "expected", "got", "text"),
    [
        (X, X, X > 0, "turned into it by .to(x.dtype)."),
        (X > 0, X, X > 0, "turned into it by .to(torch.float64)."),
        (NUMBERS, NUMBERS, NUMBERS > 0, "turned into it by .astype(x.dtype)."),
        (NUMBERS > 0, NUMBERS, NUMBERS > 0, "turned into it by .astype(np.float64)."),
        ({"w": NUMBERS}, NUMBERS, NUMBERS > 0, "turned into it by .astype(x['w'].dtype)."),
        (X, X, X.float(), "needs the input's dtype: dtype=x.dtype, or torch.zeros_like(x)."),
        (NUMBERS, NUMBERS, NUMBERS.astype(np.float32), "needs the input's dtype: dtype=x.dtype, or np.zeros_like(x)."),
        (X > 0, X, X.float(), "needs this dtype: dtype=torch.float64."),
    ],
)
def test_a_dtype_is_converted_as_the_inputs_library_does(x: Any, expected: Any, got: Any, text: str) -> None:
    call = Call(target="sigmoid_grad", args=(x,))
    outcomes = Outcome(value=expected), Outcome(value=got)
    found = judge(call, *outcomes, parameter_names=("x",))
    assert found is not None
    assert text in render(failed(call, found, *outcomes, parameter_names=("x",)).message, "en")


def test_what_a_scenario_does_is_told_as_the_checks_own() -> None:
    call = Call(target=Probe("twice"), args=(X,))
    outcomes = Outcome(value=X), Outcome(value=X + 1)
    found = judge(call, *outcomes, parameter_names=("x",))
    assert found is not None
    told = failed(call, found, *outcomes, parameter_names=("x",), about="f", scenario={"en": "f, called twice."})
    assert render(told.message, "en").endswith(" twice belongs to this check: f, called twice.")
    own = failed(call, found, *outcomes, parameter_names=("x",), about="twice", scenario={"en": "twice, twice."})
    assert render(own.message, "en").endswith(" What this check looks at: twice, twice.")
    missing = failed(call, MissingFunction("g"), *outcomes, about="f", scenario={"en": "f, called twice."})
    assert render(missing.message, "en").endswith("Was it renamed or deleted?")


def test_values_say_where_and_by_how_much() -> None:
    got = X.clone()
    got[3], got[5], got[7] = 1.0, math.nan, math.inf
    assert explained(X, got).startswith(
        "The result of sigmoid_grad(x) is wrong in 3 of 64 entries (marked *). "
        "Entries that are NaN (not a number) and should not be: 1. Entries that are infinite and should not be: 1. "
        "Index [5] (at x = -5.04762): expected -5.04762, got nan."
    )
    got = X.clone()
    got[3] += 1
    assert (
        "Furthest off is index [3] (at x = -5.42857): expected -5.42857, got -4.42857, off by 1 (18.4%)."
        in explained(X, got)
    )


def subclasses(kind: type[Finding]) -> set[type[Finding]]:
    return {kind}.union(*map(subclasses, kind.__subclasses__()))


def test_every_finding_is_made_and_told_in_every_language() -> None:
    failures = [failure(expected, got) for expected, got, _ in CASES]
    assert {type(one.finding) for one in failures} == subclasses(Finding) - BASES
    assert all(render(one.message, "zh-CN") != render(one.message, "en") for one in failures)


def test_str_is_the_explanation_with_both_values() -> None:
    lines = str(failure(X, X * 2)).splitlines()
    assert lines[0].endswith("Every entry is twice what it should be.")
    assert lines[1:] == [
        "Call: sigmoid_grad(x)",
        "x = tensor([-6.0, -5.81, -5.619, …], shape=[64], dtype=float64)",
        "Expected: tensor([-6.0, -5.81, -5.619, …], shape=[64], dtype=float64)",
        "Got: tensor([-12.0, -11.62, -11.24, …], shape=[64], dtype=float64)",
    ]


def test_a_hand_made_failure_says_its_message() -> None:
    own = CheckFailed(say("Row {row} must add up to 1.", row=3))
    assert str(own) == "Row 3 must add up to 1." and own.finding is None
    assert isinstance(own, AssertionError)


def test_braces_of_the_submission_are_text() -> None:
    assert "raised ValueError: {x} {0.__class__}." in explained(
        X, error("exception", "ValueError", "{x} {0.__class__}")
    )


def test_numbers_that_differ_look_different() -> None:
    assert apart(1.0, 1.00000001) == ("1", "1.00000001")
    assert apart(0.00239968499, 0.00239968501) == ("0.00239968499", "0.00239968501")  # and as far apart as they are
    assert apart(2.0, 3.5) == ("2", "3.5")
    assert apart(10**400, 10**400 + 1) == (str(10**400), str(10**400 + 1))
    assert apart(math.pi, "nan") == ("3.14159", "nan")
