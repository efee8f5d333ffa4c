"""Which mistakes are named. The submission runs in this process; that further calls are bounded is in boundary/."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import pytest
import torch

from grader.calls.invoke import Space
from grader.checks import bounded
from grader.checks.context import CheckContext
from grader.checks.evidence import JudgedCall
from grader.checks.exercise import LoadedExercise
from grader.checks.failure import CheckFailed
from grader.checks.variations import variations
from grader.wire.values import Call
from tests.checks.test_context import HereRun

REFERENCE = """
import torch

def sigmoid(x):
    return torch.where(x >= 0, 1 / (1 + torch.exp(-x)), torch.exp(x) / (1 + torch.exp(x)))

def standardised(x):
    centred = x - x.mean(0)
    return centred / centred.std(0)

def steps(x, lr, n):
    for _ in range(n):
        x = x - lr * x
    return x

def count(sizes):
    return sum(m * n + n for m, n in zip(sizes, sizes[1:]))

def loss(x):
    return standardised(x).abs().sum(1).mean()

def always():
    return False

def refuses(x):
    return x

def share(x):
    return float(x[0].sum() / x.sum())

def halved(x, tol):
    while float(x.abs().max()) > tol:
        x = x / 2
    return x
"""
MISTAKES = """
from grader.checks import edit

overflow = edit("sigmoid", "return torch.exp(x) / (1 + torch.exp(x))").says("NaN for large x")
overflow_earlier = edit("sigmoid", "return torch.exp(2 * x) / (torch.exp(x) + torch.exp(2 * x))").says("NaN earlier")
float32 = edit("sigmoid", {"return torch": "return 1.0 * torch", "exp(x)))": "exp(x))).float()"}).says("float32")

not_centred = edit("standardised", {"x - x.mean(0)": "x"}).says("the mean stays")
rows = edit("standardised", {"std(0)": "std(1, keepdim=True)"}).says("each row's deviation")
variance = edit("standardised", {"centred.std(0)": "centred.var(0)"}).says("the variance")

ascent = edit("steps", {"x - lr": "x + lr"}).says("uphill")
one_less = edit("steps", {"range(n)": "range(n - 1)"}).says("a step too few")

last_left_out = edit("count", {"sizes[1:]": "sizes[1:-1]"}).says("the last layer is left out")
weights_only = edit("count", {" + n": ""}).says("no biases")
no_biases = edit("count", {"m * n + n": "n * m"}).says("no biases, said otherwise")

yes = edit("always", "return True").says("True")
refusal = edit("refuses", "raise ValueError('no')").says("refuses everything")

doubled = edit("halved", {"return x": "return 2 * x"}).says("twice as much")
added = edit("halved", {"return x": "return x + x"}).says("twice as much, said otherwise")

of_the_rest = edit("share", {"/ x.sum()": "/ x[1:].sum()"}).says("of the others")
of_the_mean = edit("share", {"/ x.sum()": "/ x.mean()"}).says("of the mean")

summed = edit("loss", {".mean()": ".sum()"}).says("a sum")
"""

X = torch.tensor([[1.0, 2.5, 4.0], [2.0, 7.5, 1.5], [4.5, 3.5, 0.5], [9.0, 0.25, 6.5]], dtype=torch.float64)
Named = Callable[..., dict[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> LoadedExercise:
    folder = tmp_path_factory.mktemp("exercise01")
    (folder / "reference.py").write_text(REFERENCE, "utf-8")
    (folder / "mistakes.py").write_text(MISTAKES, "utf-8")
    return LoadedExercise(folder, id="exercise01")


@pytest.fixture
def named(exercise: LoadedExercise) -> Named:
    """By function, the mistakes that explain one check's calls. A call is a function's name and its arguments."""

    def names(changes: str, *calls: tuple[Any, ...], **options: Any) -> dict[str, tuple[str, ...]]:
        module = types.ModuleType("submission")
        exec(REFERENCE + changes, vars(module))
        context = CheckContext(exercise, HereRun(Space(module)), check="values", seed=1)  # type: ignore[arg-type]
        for function, *arguments in calls:
            context.compare(function, *arguments, **options)
        assert context.failure is not None
        return {explanation.function: explanation.mistakes for explanation in context.explanations()}

    return names


STANDARDISED = "\ndef standardised(x):\n    {}\n"


def test_a_mistake_is_named_whose_numbers_these_are(named: Named) -> None:
    wrong = STANDARDISED.format("return (x - x.mean(0)) / x.var(0)")
    assert named(wrong, ("standardised", X)) == {"standardised": ("variance",)}


def test_two_mistakes_at_once_are_named_both(named: Named) -> None:
    wrong = STANDARDISED.format("return x / x.var(0)")
    assert named(wrong, ("standardised", X)) == {"standardised": ("not_centred", "variance")}
    assert named("\ndef steps(x, lr, n):\n    return x * (1 + lr) ** (n - 1)\n", ("steps", X, 0.3, 4)) == {
        "steps": ("ascent", "one_less")
    }


def test_of_two_the_one_comes_first_that_the_report_shows_alone(named: Named) -> None:
    """With one step it is only the step too few that shows."""
    wrong = "\ndef steps(x, lr, n):\n    return x * (1 + lr) ** (n - 1)\n"
    assert named(wrong, ("steps", X, 0.3, 1), ("steps", X, 0.3, 4)) == {"steps": ("one_less", "ascent")}


def test_two_functions_have_each_its_own(named: Named) -> None:
    wrong = STANDARDISED.format("return (x - x.mean(0)) / x.var(0)") + "\ndef steps(x, lr, n): return x * (1 + lr) ** n"
    calls = (("steps", X, 0.3, 4), ("standardised", X))
    assert named(wrong, *calls) == {"steps": ("ascent",), "standardised": ("variance",)}


def test_mistakes_in_two_functions_of_which_one_calls_the_other(named: Named) -> None:
    wrong = STANDARDISED.format("return (x - x.mean(0)) / x.var(0)")
    wrong += "\ndef loss(x): return standardised(x).abs().sum(1).sum()"
    assert named(wrong, ("loss", X)) == {"loss": ("variance", "summed")}


def test_a_single_number_that_was_computed_in_float32_is_named(named: Named) -> None:
    wrong = "\ndef share(x): x = x.float(); return float(x[0].sum() / x[1:].sum())"
    assert named(wrong, ("share", X), ("share", X[:3])) == {"share": ("of_the_rest",)}
    other = "\ndef share(x): x = x.float(); return float(x[0].sum() / x[1:].sum() * 1.001)"
    assert named(other, ("share", X), ("share", X[:3])) == {"share": ()}


def test_numbers_of_no_mistake_name_nothing(named: Named) -> None:
    assert named(STANDARDISED.format("return x * 0.3125"), ("standardised", X)) == {"standardised": ()}


def test_every_wrong_output_of_the_check_must_be_explained(named: Named) -> None:
    wrong = STANDARDISED.format("return (x - x.mean(0)) / x.var(0) if len(x) > 3 else x * 0.3125")
    assert named(wrong, ("standardised", X), ("standardised", X[:3])) == {"standardised": ()}


def test_what_agrees_on_the_checks_inputs_alone_is_not_named(named: Named) -> None:
    """With three sizes the first layer alone is all but the last."""
    first_only = "\ndef count(sizes): return sizes[0] * sizes[1] + sizes[1]\n"
    assert named(first_only, ("count", [5, 3, 2])) == {"count": ()}
    left_out = "\ndef count(sizes): return sum(m * n + n for m, n in zip(sizes[:-1], sizes[1:-1]))\n"
    assert named(left_out, ("count", [5, 3, 2])) == {"count": ("last_left_out",)}


def test_a_formula_that_is_right_elsewhere_is_not_the_mistake(named: Named) -> None:
    for_tall = STANDARDISED.format("return (x - x.mean(0)) / (x.var(0) if len(x) == 4 else x.std(0))")
    assert named(for_tall, ("standardised", X)) == {"standardised": ()}


def test_of_two_that_nothing_tells_apart_neither_is_named(named: Named) -> None:
    assert named("\ndef count(sizes): return sum(m * n for m, n in zip(sizes, sizes[1:]))", ("count", [5, 3, 2])) == {
        "count": ()
    }


def test_right_calls_contradict_a_mistake(named: Named) -> None:
    wrong = STANDARDISED.format("return (x - x.mean(0)) / (x.var(0) if bool((x > 0).all()) else x.std(0))")
    assert named(wrong, ("standardised", X)) == {"standardised": ("variance",)}
    assert named(wrong, ("standardised", X), ("standardised", -X)) == {"standardised": ()}


def test_what_is_right_beside_the_submissions_own_values_contradicts_nothing(exercise: LoadedExercise) -> None:
    module = types.ModuleType("submission")
    exec(REFERENCE + STANDARDISED.format("return (x - x.mean(0)) / x.var(0)"), vars(module))
    right: list[JudgedCall] = []
    run = HereRun(Space(module))
    consistent, judged = (CheckContext(exercise, run, check=name, seed=1, right=right) for name in "ab")  # type: ignore[arg-type]
    consistent.expect("standardised", X, equals=consistent.call(None, "standardised", X))
    assert consistent.failure is None
    judged.compare("standardised", X)
    assert [explanation.mistakes for explanation in judged.explanations()] == [("variance",)]


def test_overflow_is_named_by_where_it_begins(named: Named) -> None:
    far = torch.tensor([-900.0, -820.5, 810.5, 950.0], dtype=torch.float64)
    assert named("\ndef sigmoid(x): return torch.exp(x) / (1 + torch.exp(x))", ("sigmoid", far)) == {
        "sigmoid": ("overflow",)
    }
    earlier = "\ndef sigmoid(x): return torch.exp(2 * x) / (torch.exp(x) + torch.exp(2 * x))"
    assert named(earlier, ("sigmoid", far)) == {"sigmoid": ("overflow_earlier",)}
    otherwise = "\ndef sigmoid(x): return torch.where(x > 100, torch.nan, 1 / (1 + torch.exp(-x)))"
    assert named(otherwise, ("sigmoid", far)) == {"sigmoid": ()}


def test_a_wrong_kind_is_named_where_further_calls_confirm_it(named: Named) -> None:
    assert named("\ndef sigmoid(x): return torch.sigmoid(x).float()", ("sigmoid", X)) == {"sigmoid": ("float32",)}
    for_some = "\ndef sigmoid(x): return torch.sigmoid(x).float() if len(x) == 4 else torch.sigmoid(x)"
    assert named(for_some, ("sigmoid", X)) == {"sigmoid": ()}
    assert named("\ndef always(): return True", ("always",)) == {"always": ()}  # there is no other call to ask


def test_an_exception_alone_names_nothing(named: Named) -> None:
    assert named("\ndef sigmoid(x): raise ValueError('no')", ("sigmoid", X)) == {"sigmoid": ()}
    assert named("\ndef refuses(x): raise ValueError('no')", ("refuses", X)) == {"refuses": ()}


def test_gradients_are_compared_in_further_calls_too(named: Named) -> None:
    wrong = STANDARDISED.format("return ((x - x.mean(0)) / x.std(0).detach())")
    assert named(wrong, ("standardised", X), gradient=True) == {"standardised": ()}
    wrong = STANDARDISED.format("return (x - x.mean(0)) / x.var(0)")
    assert named(wrong, ("standardised", X), gradient=True) == {"standardised": ("variance",)}


def test_inputs_on_which_the_reference_never_ends_name_nothing(named: Named, monkeypatch: pytest.MonkeyPatch) -> None:
    """To tell two mistakes apart, `tol` is given another sign, too."""
    monkeypatch.setattr(bounded, "SECONDS", 0.2)
    wrong = """
def halved(x, tol):
    if tol < 0:
        raise ValueError
    while float(x.abs().max()) > tol:
        x = x / 2
    return 2 * x
"""
    assert named(wrong, ("halved", X, 0.5)) == {"halved": ()}


def test_further_calls_are_the_same_in_every_run(exercise: LoadedExercise) -> None:
    """A class's results must not depend on who was graded before."""
    seen = []
    for _ in range(2):
        module = types.ModuleType("submission")
        exec(REFERENCE + STANDARDISED.format("return (x - x.mean(0)) / x.var(0)"), vars(module))
        run = Recording(Space(module))
        context = CheckContext(exercise, run, check="values", seed=1)  # type: ignore[arg-type]
        context.compare("standardised", X)
        context.explanations()
        seen.append(run.digests)
    assert seen[0] == seen[1] and len(seen[0]) > 2


class Recording(HereRun):
    def __init__(self, space: Space) -> None:
        super().__init__(space)
        self.digests: list[bytes] = []

    def call(self, call: Any, *, seconds: float | None = None) -> Any:
        self.digests.append(call.digest)
        return super().call(call)


def test_nothing_is_named_where_a_later_call_ends_the_check(exercise: LoadedExercise) -> None:
    module = types.ModuleType("submission")
    exec(REFERENCE + STANDARDISED.format("return x.var(0)") + "\ndel steps", vars(module))
    context = CheckContext(exercise, HereRun(Space(module)), check="values", seed=1)  # type: ignore[arg-type]
    context.compare("standardised", X)
    with pytest.raises(CheckFailed, match="There is no steps"):
        context.compare("steps", X, 0.5, 2)
    assert context.failure is not None and "standardised" in str(context.failure)
    assert context.explanations() == ()


def test_small_whole_numbers_weigh_little(named: Named) -> None:
    """A count that is off by one comes of many mistakes: of three different ones a name may be sure, of one not."""
    few, many = [("count", [3, 4])], [("count", [3, 4]), ("count", [2, 3]), ("count", [4, 2])]
    wrong = "\ndef count(sizes): return sum(m * n + n for m, n in zip(sizes[:-1], sizes[1:-1]))\n"
    assert named(wrong, *few) == {"count": ()}
    assert named(wrong, *many) == {"count": ("last_left_out",)}


def test_names_of_things_to_do_are_not_varied() -> None:
    call = Call(target="f", args=(["relu", "tanh"], [1.5, 2.5], 1, 3))
    changed = {kind: varied.args for kind, varied in variations(call, torch.Generator(), ("shorter", "counts"))}
    assert changed["shorter"] == (["relu", "tanh"], [1.5], 1, 3)
    assert changed["counts"] == (["relu", "tanh"], [1.5, 2.5], 1, 4)
