"""What a report shows beside a finding: the worst entry's inputs, both lists, what was differentiated, code to run."""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from grader.calls.invoke import Space, invoke, settled
from grader.checks.again import Again
from grader.checks.clues import failed
from grader.checks.failure import CallFailed, Runnable
from grader.checks.judge import judge
from grader.result import FunctionPlot, SeriesPlot
from grader.text import render
from grader.wire.values import Call, Outcome, Probe


def random(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def space(function: Callable[..., Any]) -> Space:
    module = types.ModuleType("either")
    module.f = function  # type: ignore[attr-defined]
    return Space(module, {"scenario": lambda module, *args: module.f(*args)})


def failure(
    right: Callable[..., Any],
    wrong: Callable[..., Any],
    *args: Any,
    names: tuple[str, ...] = ("x", "y"),
    gradient: bool = False,
    target: str | Probe = "f",
    **more: Any,
) -> CallFailed:
    """As a check makes one: the outcomes, the finding, the clues."""

    def outcome(function: Callable[..., Any], call: Call) -> Outcome:
        return settled(invoke(space(function), call))

    call = Call(target=target, args=args)
    if gradient:
        upstream = (torch.arange(1.0, 1 + torch.as_tensor(right(*args)).numel(), dtype=torch.float64),)
        shaped = tuple(part.reshape(right(*args).shape) for part in upstream)
        call = Call(target=target, args=args, requires_grad=(0,), upstream=shaped)
    expected, got = outcome(right, call), outcome(wrong, call)

    def judged(call: Call, expected: Outcome, got: Outcome) -> Any:
        return judge(call, expected, got, parameter_names=names)

    finding = judged(call, expected, got)
    assert finding is not None
    again = Again("lesson", lambda call: outcome(right, call), lambda call: outcome(wrong, call), judged)
    return failed(call, finding, expected, got, parameter_names=names, again=again, **more)


def text(error: CallFailed) -> str:
    return render(error.message, "en")


def run(code: str, function: Callable[..., Any]) -> str:
    """What the code prints, where `lesson` has this `f`."""
    printed: list[str] = []
    lesson = types.ModuleType("lesson")
    lesson.f = function  # type: ignore[attr-defined]
    body = code.replace("from lesson import f\n", "")
    exec(body, {"f": function, "print": lambda *values: printed.append(" ".join(map(str, values)))})
    return "\n".join(printed)


# The worst entry


def test_the_worst_entrys_input_is_named_and_shown() -> None:
    x = torch.linspace(-6, 6, 64, dtype=torch.float64)
    error = failure(torch.sigmoid, lambda x: torch.where(x < -5, 0.0, torch.sigmoid(x)), x)
    assert "Furthest off is index [5] (at x = -5.04762): expected 0.00638" in text(error)
    shown = error.call.arguments[0]
    assert shown == "x = tensor([…, -5.048, -4.857, …], shape=[64], dtype=float64)"
    assert error.finding.shown()[0].startswith("tensor([…, 0.0")


def test_an_input_that_is_broadcast_is_named_where_it_meets_the_entry() -> None:
    x, y = random(6, 4), random(4, seed=1)
    error = failure(lambda x, y: x * y, lambda x, y: x * y * (1 + (torch.arange(24).reshape(6, 4) == 13)), x, y)
    assert f"index [3, 1] (at x = {float(x[3, 1]):.6g}, y = {float(y[1]):.6g})" in text(error)


def test_no_entry_of_a_matrix_is_said_to_belong_to_that_of_a_product() -> None:
    x, y = random(4, 4), random(4, 4, seed=1)
    assert "(at" not in text(failure(lambda x, y: x @ y, lambda x, y: x @ y.T, x, y))


# Shapes, zeros and None


_TOO_MANY = "Is a sum, a mean or an index missing, or was something broadcast?"


@pytest.mark.parametrize(
    ("right", "wrong", "ending"),
    [
        (lambda x: x.sum(0), lambda x: x.exp(), f"There is one axis too many, of length 5. {_TOO_MANY}"),
        (lambda x: x.sum(), lambda x: x.exp().sum(0), f"There is one axis too many, of length 3. {_TOO_MANY}"),
        (lambda x: x, lambda x: x.T.exp(), "The axes stand the other way round. Is a transpose missing, or too many?"),
        (lambda x: x, lambda x: x.exp()[:4], "The result of f(x) has shape [4, 3], and [5, 3] is expected."),
    ],
)
def test_shapes_say_something_where_the_numbers_say_nothing(right: Any, wrong: Any, ending: str) -> None:
    assert text(failure(right, wrong, random(5, 3))).endswith(ending)


@pytest.mark.parametrize(("factor", "tells"), [(1.0, True), (1.5, False)])
def test_a_forgotten_mask_is_seen_by_the_zeros(factor: float, tells: bool) -> None:
    mask = torch.tensor([1.0, 0, 1, 1, 0, 1, 0, 1], dtype=torch.float64)
    error = failure(lambda w, d: (w @ d) * mask, lambda w, d: factor * (w @ d), random(8, 8), random(8, seed=1))
    assert ("Exactly the entries that should be 0 are wrong." in text(error)) == tells


def test_a_none_that_the_exercise_hands_in_is_told() -> None:
    said = "In this call y is None; the exercise allows that."
    assert said in text(failure(lambda x, y: x, lambda x, y: x + y, random(3), None))
    assert said not in text(failure(lambda x, y: x, lambda x, y: x + "a", random(3), None))


def test_an_input_that_a_wrong_call_has_changed_is_told() -> None:
    said = "The call also changed x; inputs are to stay as they are."
    assert said in text(failure(lambda x: x.exp(), lambda x: x.mul_(2).exp(), random(4)))
    assert said not in text(failure(lambda x: x.exp(), lambda x: (2 * x).exp(), random(4)))
    alone = text(failure(lambda x: x * 2, lambda x: x.mul_(2), random(4)))
    assert "f(x) changed its input x." in alone and said not in alone


# Gradients


def test_a_gradient_says_what_was_differentiated() -> None:
    error = failure(torch.tanh, lambda x: torch.tanh(x).detach() * x, random(8), gradient=True)
    assert error.call.differentiated == "" or "Σ v·f(x)" in text(error)
    error = failure(lambda x: x**2, lambda x: x * x.detach(), random(8), gradient=True)
    assert "The gradient of Σ v·f(x) with respect to x: all 8 entries are wrong." in text(error)
    assert any(line.startswith("v = tensor([") for line in error.call.arguments)


def test_a_number_is_multiplied_without_a_sum_and_v_may_be_taken() -> None:
    error = failure(lambda v: (v**2).sum(), lambda v: (v * v.detach()).sum(), random(8), gradient=True, names=("v",))
    assert "The gradient of u·f(v) with respect to v" in text(error)
    assert error.call.arguments[-1].startswith("u = ")


# Lists


@pytest.mark.parametrize(
    ("right", "wrong", "part"),
    [
        ([(5, 4), (4,), (3, 5)], [(5, 4), (3, 5)], "Missing: (4,)."),
        (["a", "b"], ["a", "b", "b"], "Too many: 'b'."),
        ([1, 2, 3], [3, 4], "Missing: 1, 2. Too many: 4."),
    ],
)
def test_both_lists_are_shown_and_what_is_missing(right: list[Any], wrong: list[Any], part: str) -> None:
    error = failure(lambda x: right, lambda x: wrong, 1)
    assert part in text(error)
    assert all(str(item).replace("'", "") in error.finding.shown()[0].replace("'", "") for item in right)


def test_lists_with_nothing_in_common_are_only_shown() -> None:
    assert "Missing" not in text(failure(lambda x: [1, 2], lambda x: [3], 1))
    assert "Missing" not in text(failure(lambda x: [random(2)], lambda x: [], 1))


def test_which_parts_are_right() -> None:
    right = {"w": random(3), "b": random(2), "c": random(4)}
    error = failure(lambda x: right, lambda x: {**right, "b": random(2, seed=5)}, 1)
    assert "these are right: ['w'], ['c']; and these are wrong: ['b']." in text(error)
    steps = [random(2, seed=seed) for seed in range(5)]
    error = failure(lambda x: steps, lambda x: steps[:2] + [step * 1.5 + 1 for step in steps[2:]], 1)
    assert "The first 2 of 5 items are right" in text(error)


def test_a_part_that_may_be_right_or_wrong_is_not_mentioned() -> None:
    """By what tolerance a check judges the parts behind the first wrong one is not known here."""
    right = {"w": random(3), "b": random(2), "c": random(4)}
    error = failure(lambda x: right, lambda x: {"w": right["w"], "b": right["b"] + 1, "c": right["c"] + 3e-8}, 1)
    assert "these are right: ['w']; and these are wrong: ['b']." in text(error)


# The calls before


def test_what_was_right_before() -> None:
    square, other = random(4, 4), random(4, 6)
    passed = [Call(target="f", args=(square,))]
    # At the other shape nothing else tells: unrelated numbers.
    error = failure(lambda x: x * 1, lambda x: random(4, 6, seed=9), other, passed=passed)
    assert "With square inputs (x: [4, 4]) this check's call was right; with x: [4, 6] it is not." in text(error)
    passed = [Call(target="f", args=(random(5), 1))]
    error = failure(lambda x, y: x * 1, lambda x, y: random(5, seed=9), random(5), 3, passed=passed)
    assert "With y=1 this check's call was right; with y=3 it is not." in text(error)
    passed = [Call(target="f", args=(random(1, 3) > 0,))]
    error = failure(lambda x: x * 1, lambda x: random(4, 6, seed=9), random(4, 6), passed=passed)
    assert "this check's call was right" not in text(error)  # the dtype differs as well
    passed = [Call(target="f", args=(random(5), 3))]
    error = failure(lambda x, y: x * 1, lambda x, y: random(5, seed=9), random(5), 3, passed=passed)
    assert "this check's call" not in text(error)


def test_calls_of_another_kind_are_not_held_against_each_other() -> None:
    for passed in (
        Call(target="g", args=(random(5), 1)),
        Call(target="f", args=(random(5), 1), requires_grad=(0,)),
        Call(target="f", args=(random(5), 1), effects=True),
        Call(target="f", args=(random(5), 1), replace={"g": Probe("h")}),
    ):
        error = failure(lambda x, y: x * 1, lambda x, y: random(5, seed=9), random(5), 3, passed=[passed])
        assert "this check's call" not in text(error)


# Samples


@pytest.mark.parametrize(
    ("args", "names", "part"),
    [
        ((random(5), random(5, seed=1)), ("pred", "y"), "Is a mean over the 5 samples missing?"),
        ((random(5, 3),), ("x",), "Is a mean over the 5 samples missing?"),
        ((random(5, 5),), ("x",), "5 is the length of axis 0 of x, the length of axis 1 of x. Is a mean missing?"),
        ((random(3, 5), random(5, 2), random(5)), ("x", "w", "b"), "5 is the length of axis 1 of x, the length of"),
        ((random(3, 2), random(5, 2), random(5)), ("x", "w", "b"), "5 is the length of axis 0 of w, the length of"),
        ((random(2), random(5, 2), random(5)), ("w", "x", "y"), "Is a mean over the 5 samples missing?"),
    ],
)
def test_samples_are_named_or_all_that_it_may_be(args: tuple[Any, ...], names: tuple[str, ...], part: str) -> None:
    assert part in text(failure(lambda *args: args[0].exp(), lambda *args: args[0].exp() * 5, *args, names=names))


@pytest.mark.parametrize(
    ("args", "wrong", "part"),
    [
        ((random(5), random(5, seed=1)), torch.sum, "This is 5 times what it should be. Is a mean over the 5 samples"),
        ((random(5, 3),), torch.sum, "This is 15 times what it should be; 15 is the number of elements of pred."),
        (
            (random(5), random(5, seed=1)),
            lambda x: x.mean() / 5,
            "divided by 5. Is it averaged over the 5 samples once",
        ),
        ((random(5),), lambda x: -x.mean(), "The sign is the opposite"),
        ((random(5),), lambda x: x.mean() / 2, "This is half of"),
        ((torch.full((5,), 2.0, dtype=torch.float64),), torch.sum, ""),
        ((random(5).float(),), torch.sum, ""),
        ((random(5),), lambda x: x.mean() * 5.0001, ""),
    ],
)
@pytest.mark.parametrize("kind", [float, torch.as_tensor])
def test_a_single_number_of_many_digits_is_explained(args: tuple[Any, ...], wrong: Any, part: str, kind: Any) -> None:
    error = failure(
        lambda pred, y=None: kind(pred.mean()), lambda pred, y=None: kind(wrong(pred)), *args, names=("pred", "y")
    )
    # A float32 that has become a Python float has its digits.
    floats = kind is float and args[0].dtype == torch.float32
    assert part in text(error) and (part or floats or "what it should be" not in text(error))


# Code


def grows(x: torch.Tensor) -> torch.Tensor:
    return x * 3


@pytest.mark.parametrize(
    ("right", "wrong", "args"),
    [
        (torch.sigmoid, torch.tanh, (random(64),)),
        (lambda x, y: x / y, lambda x, y: x // y, (random(6, 4), 0.3)),
        (lambda x: x.softmax(1), lambda x: x.exp() / x.exp().sum(), (random(9, 3),)),
        (lambda x: x.mean(), lambda x: x.sum(), (random(30),)),
        (lambda x: x.numpy() * 2.0, lambda x: x.numpy() * 3.0, (random(30),)),
        (lambda x, y: x["w"] @ y, lambda x, y: x["w"].T @ y, ({"w": random(2, 2)}, random(2))),
        (lambda x: x.exp(), lambda x: x.exp().float(), (random(30),)),
        (lambda x: x.float(), lambda x: x.float() + 1, (random(30).float(),)),
        (lambda x: x + 1, lambda x: None, (np.arange(12).reshape(3, 4),)),
        (lambda x: x.sum(), lambda x: x.sum().item(), (torch.empty(0, 3, dtype=torch.float64),)),
    ],
)
def test_code_fails_when_it_is_run(right: Any, wrong: Any, args: tuple[Any, ...]) -> None:
    """A learner's code gives something else than the right one does, and what that gives is told."""
    shown = failure(right, wrong, *args).code
    code = shown.code
    assert "from lesson import f\n" in code
    assert run(code, right) != run(code, wrong)
    number = re.search(r"-?\d+\.?\d?", shown.prints)
    assert number and number[0].removesuffix("0") in run(code, right)


def test_code_of_a_gradient() -> None:
    shown = failure(lambda x: x**2, lambda x: x * x.detach(), random(30), gradient=True).code
    assert "requires_grad=True" in shown.code and shown.code.endswith(".backward()\nprint(x.grad)") and shown.prints
    assert run(shown.code, lambda x: x**2) != run(shown.code, lambda x: x * x.detach())


def test_code_of_an_exception() -> None:
    def refuses(x: torch.Tensor) -> torch.Tensor:
        raise ValueError("negative")

    assert failure(refuses, grows, random(4)).code.prints == "ValueError"
    code = failure(grows, refuses, random(4)).code.code
    with pytest.raises(ValueError, match="negative"):
        run(code, refuses)


def test_no_code_where_small_inputs_are_right() -> None:
    """Only a long input fails."""
    error = failure(lambda x: x * 2, lambda x: x * 2 if len(x) < 40 else x * 3, random(64))
    assert error.code == Runnable()


def test_no_code_for_a_scenario_or_without_numbers_to_write() -> None:
    assert failure(grows, torch.exp, random(4), target=Probe("scenario")).code == Runnable()
    assert failure(grows, torch.exp, random(4).half()).code == Runnable()


# The picture


def test_a_curve_over_the_input_is_drawn_only_where_each_entry_comes_of_its_own_input() -> None:
    x = random(6)
    alone = failure(torch.tanh, lambda x: torch.tanh(x) + 0.1, x, names=("x",))
    together = failure(lambda x: torch.softmax(x, dim=0), lambda x: torch.softmax(x, dim=0) + 0.1, x, names=("x",))
    of_a_gradient = failure(torch.tanh, lambda x: torch.tanh(x.detach()) + 0.5 * x, x, names=("x",), gradient=True)
    assert isinstance(alone.picture, FunctionPlot)
    assert isinstance(together.picture, SeriesPlot)
    assert of_a_gradient.picture is not None
