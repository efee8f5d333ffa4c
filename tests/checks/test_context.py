"""One check of one submission. The submission runs in this process: what crosses to a worker is tested elsewhere."""

from __future__ import annotations

import os
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, example, given, settings

from grader.boundary.encoded_call import EncodedCall
from grader.boundary.limit_reached import LimitReached
from grader.calls.invoke import Space, invoke, settled
from grader.calls.probes import run_probes
from grader.checks.context import CheckContext, Implementation, Probes
from grader.checks.exercise import LoadedExercise
from grader.checks.explanation import Explanation
from grader.checks.failure import CheckFailed
from grader.checks.reference import ReferenceFailed
from grader.checks.verdict import limit_message, verdict_on
from grader.course.model import CheckInfo, Limits
from grader.source_line import SourceLine
from grader.text import Message, render, say
from grader.wire.values import Call, Outcome, Probe, Raised
from tests.checks.outcomes import outcomes

REFERENCE = """
import numpy as np
import torch

def square(x):
    return x * x

def fourth(x):
    return square(x) * square(x)

def scaled(x, by=2.0):
    return x * by

def roots(x):
    if bool((x < 0).any()):
        raise ValueError("negative")
    return x.sqrt()

def number(x):
    return float(x.sum())

def unwritten():
    raise NotImplementedError

def array(x):
    return x.numpy() * 2

def parts(x):
    return {"mean": x.mean(), "sizes": (x.numel(), [x.ndim])}
"""
MISTAKES = """
from reference import square
from grader.checks import mistake

@mistake("square", "the square is doubled")
def doubled(x):
    return 2 * square(x)

@mistake("square", "this is 2x")
def twice(x):
    return 2 * x

@mistake("fourth", "one square is missing")
def once(x):
    return square(x)
"""
PROBES = """
def negated(original, x):
    return -x

def power_of_sum(module, x, y):
    return module.square(x + y)

def power_of_difference(module, x):
    return {}["y"]

def one_more(module, x):
    return module.square(x) + 1

def both(module, x):
    return module.square(x) + module.scaled(x)
"""


class Timed:
    """A run's budget: `left` of `limits`."""

    limits = Limits(total_seconds=30)
    left = 30.0
    slug = "numbers"
    hidden = False

    def call(self, call: Call | EncodedCall, *, seconds: float | None = None) -> Outcome:
        raise NotImplementedError

    def begin_call(self, call: EncodedCall) -> None:
        """There is nobody who could begin it."""

    @contextmanager
    def paused(self) -> Iterator[None]:
        yield


class HereRun(Timed):
    """Stands for a submission's run: its functions are called in this process. `calls` counts."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.calls = 0

    def call(self, call: Call | EncodedCall, *, seconds: float | None = None) -> Outcome:
        self.calls += 1
        return settled(invoke(self.space, call.call if isinstance(call, EncodedCall) else call))

    def try_call(self, call: EncodedCall) -> Outcome:
        return self.call(call)


@pytest.fixture(scope="module")
def exercise(tmp_path_factory: pytest.TempPathFactory) -> LoadedExercise:
    folder = tmp_path_factory.mktemp("exercise01")
    for name, text in (("reference.py", REFERENCE), ("mistakes.py", MISTAKES), ("probes.py", PROBES)):
        (folder / name).write_text(text, "utf-8")
    return LoadedExercise(folder, id="exercise01")


Make = Callable[..., CheckContext]


@pytest.fixture
def make(exercise: LoadedExercise) -> Make:
    """A check's context on a submission that is the reference with `changes` after it."""

    def context(changes: str = "", *, naming: bool = False, seed: int = 1, **more: Any) -> CheckContext:
        more = {"check": "values", "naming": naming} | more
        module = types.ModuleType("submission")
        exec(REFERENCE + changes, vars(module))
        run = HereRun(Space(module, run_probes(PROBES)))
        return CheckContext(exercise, run, seed=seed, **more)  # type: ignore[arg-type]

    return context


def reason(raised: pytest.ExceptionInfo[CheckFailed]) -> str:
    return str(raised.value)


X = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)


# --- compare


def test_right_answer_gives_its_value(make: Make) -> None:
    context = make()
    assert context.compare("square", X).tolist() == [1, 4, 9]
    assert context.compare("scaled", X, by=3.0).tolist() == [3, 6, 9]
    assert context.failure is None


def test_wrong_answer_fails_and_the_check_goes_on_with_the_right_value(make: Make) -> None:
    context = make("def square(x): return 2 * x * x", naming=True)
    assert context.compare("square", X).tolist() == [1, 4, 9]
    assert context.compare("fourth", X).tolist() == [1, 16, 81]
    assert context.failure is not None and "square(x): all 3 entries are wrong" in str(context.failure)


def test_check_ends_with_its_first_wrong_call_where_nothing_is_named(make: Make) -> None:
    with pytest.raises(CheckFailed, match=r"square\(x\): all 3 entries are wrong"):
        make("def square(x): return 2 * x * x").compare("square", X)


def test_calls_after_a_wrong_one_use_half_of_the_submissions_time(make: Make) -> None:
    """The other half is for its checks."""
    context = make("def square(x): return 2 * x", naming=True)
    context.run.left = 15.1  # type: ignore[misc]
    context.compare("square", X)
    assert context.explanations() == (Explanation("square", ("twice",)),)
    context.run.left = 14.9  # type: ignore[misc]
    with pytest.raises(CheckFailed):
        context.compare("square", X)


def test_gradient_is_compared_only_when_asked(make: Make) -> None:
    detached = "def square(x): return x.detach() ** 2 + x - x.detach()"
    make(detached).compare("square", X)
    with pytest.raises(CheckFailed, match="gradient of Σ v·square"):
        make(detached).compare("square", X, gradient=True)


def test_gradient_at_chosen_arguments_only(make: Make) -> None:
    context = make("def scaled(x, by=2.0): return x * (by.detach() if isinstance(by, torch.Tensor) else by)")
    by = torch.tensor(2.0, dtype=torch.float64)
    context.compare("scaled", X, by, gradient=(0,))
    with pytest.raises(CheckFailed, match="with respect to by"):
        context.compare("scaled", X, by, gradient=True)


def test_gradient_is_taken_along_a_direction_of_the_checks_own(make: Make) -> None:
    sums = "class Sum(torch.autograd.Function):\n    @staticmethod\n    def forward(ctx, x):\n        ctx.x = x\n"
    sums += "        return x * x\n    @staticmethod\n    def backward(ctx, g):\n        return 2 * ctx.x\n"
    context = make(sums + "def square(x): return Sum.apply(x)")  # right for a gradient of ones only
    with pytest.raises(CheckFailed, match="gradient of Σ v·square"):
        context.compare("square", X, gradient=True)


def test_replaced_function_stands_in_on_both_sides(make: Make) -> None:
    replace = {"square": Probes()("negated")}
    make().compare("fourth", X, replace=replace)
    with pytest.raises(CheckFailed):
        make("def fourth(x): return x ** 4").compare("fourth", X, replace=replace)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ("square", "Not run: square had already been stopped in an earlier check."),
        (None, "Not run: a call like this one had already been stopped in an earlier check."),
    ],
)
def test_what_a_stopped_scenario_is_about_is_told_and_not_its_name(about: str | None, said: str, make: Make) -> None:
    context = make()

    def stopped(call: Call | EncodedCall, *, seconds: float | None = None) -> Outcome:
        raise LimitReached("not_run", detail="power_of_sum")

    context.run.call = stopped  # type: ignore[method-assign]
    with pytest.raises(LimitReached) as caught:
        context.compare(Probes()("power_of_sum"), X, X, about=about)
    assert render(limit_message(caught.value), "en") == said


def test_tolerance_is_the_dtypes_own_or_the_checks(make: Make) -> None:
    slightly = make("def square(x): return x * x * (1 + 1e-5)")
    with pytest.raises(CheckFailed):
        slightly.compare("square", X)
    slightly.compare("square", X, rtol=1e-4)
    with pytest.raises(CheckFailed):
        make("def square(x): return x * x * (1 + 1e-15)").compare("square", X, rtol=0, atol=0)


def test_modified_input_fails(make: Make) -> None:
    with pytest.raises(CheckFailed, match="changed its input x"):
        make("def square(x): return x.mul_(x).clone()").compare("square", X)
    assert X.tolist() == [1, 2, 3]


def test_probes_scenario_is_judged_as_the_function_it_is_about(make: Make) -> None:
    scenario = Probes()("power_of_sum")
    make().compare(scenario, X, X)
    context = make("def square(x): return 2 * x * x", naming=True)
    context.compare(scenario, X, X, about="square")
    assert context.explanations() == (Explanation("square", ("doubled",)),)


def test_expect_judges_against_the_checks_own_value(make: Make) -> None:
    context = make()
    assert context.expect("number", X, equals=6.0) == 6.0
    with pytest.raises(CheckFailed, match="is 6, and 7 is expected"):
        context.expect("number", X, equals=7.0)
    with pytest.raises(CheckFailed, match="should be a tensor"):
        context.expect("number", X, equals=torch.tensor(6.0))


def test_a_scenario_that_fails_on_the_reference_too_is_not_the_submissions_error(make: Make) -> None:
    with pytest.raises(ReferenceFailed, match="raised KeyError"):
        make().expect(Probe("power_of_difference"), X, equals=X)
    with pytest.raises(CheckFailed, match="raised TypeError"):  # it works there, and what the submission gives is wrong
        make("def square(x): return None").expect(Probe("one_more"), X, equals=X * X + 1)


@pytest.mark.parametrize("name", ["square", "scaled"])
def test_a_scenario_names_the_function_that_is_missing(name: str, make: Make) -> None:
    context = make(f"del {name}")
    for ask in (
        lambda: context.compare(Probe("both"), X, about="scaled"),
        lambda: context.expect(Probe("both"), X, equals=X, about="scaled"),
        lambda: Implementation(context, None)(Probe("both"), X),
    ):
        with pytest.raises(CheckFailed, match=f"There is no {name} in your file") as raised:
            ask()
        result = verdict_on(INFO, raised.value).result
        assert (result.verdict, result.function, result.detail) == ("error", name, None)
    assert context.explanations() == ()


def test_a_scenario_names_the_function_that_is_not_written(exercise: LoadedExercise) -> None:
    frames = (SourceLine(1, "return square(x)", "fourth"), SourceLine(2, "raise NotImplementedError", "square"))
    outcome = Outcome(error=Raised("not_implemented", "NotImplementedError", "", frames))
    context = CheckContext(exercise, Forged(outcome), check="values", seed=1)  # type: ignore[arg-type]
    with pytest.raises(CheckFailed, match="square is not written yet"):
        Implementation(context, None)(Probe("both"), X)


def test_right_exception_is_right(make: Make) -> None:
    make().compare("roots", -X, raises=ValueError)
    with pytest.raises(CheckFailed, match="should raise ValueError here, but returned") as raised:
        make("def roots(x): return x.abs().sqrt()").compare("roots", -X, raises=ValueError)
    assert verdict_on(INFO, raised.value).result.verdict == "failed"  # it raised nothing, so it is no error


def test_of_several_exceptions_any_is_right(make: Make) -> None:
    other = make("def roots(x): raise KeyError('x')")
    other.compare("roots", -X, raises=(ValueError, LookupError))
    with pytest.raises(CheckFailed, match="should raise ValueError here, but raised KeyError"):
        other.compare("roots", -X, raises=ValueError)
    with pytest.raises(CheckFailed, match="not written yet"):
        make("def roots(x): raise NotImplementedError").compare("roots", -X, raises=(ValueError, RuntimeError))


# --- inputs


def test_inputs_and_directions_depend_on_seed_and_check_alone(make: Make) -> None:
    drawn = [make(changes).sample(5) for changes in ("", "def square(x): return None")]
    assert torch.equal(*drawn)
    others = [make(seed=2).sample(5), make(check="other").sample(5)]
    assert all(not torch.equal(drawn[0], other) for other in others)


# --- forbidden names

REFUSAL = say("No ready-made squares.")


@pytest.mark.parametrize("names", [{"square": REFUSAL}, {"": REFUSAL}])
def test_function_that_reaches_a_forbidden_name_is_not_called(names: dict[str, Message], make: Make) -> None:
    context = make(forbidden=names)
    for ask in (
        lambda: context.compare("square", X),
        lambda: context.expect("square", X, equals=X * X),
        lambda: Implementation(context, None).square(X),
        lambda: context.compare(Probes()("power_of_sum"), X, X),
    ):
        with pytest.raises(CheckFailed, match=r"No ready-made squares\."):
            ask()
    assert context.run.calls == 0  # type: ignore[attr-defined]
    assert context.explanations() == ()


def test_other_functions_of_such_a_file_are_graded(make: Make) -> None:
    context = make(forbidden={"square": REFUSAL})
    assert context.compare("scaled", X).tolist() == [2, 4, 6]


# --- student and reference


def test_plain_values_of_both_sides(make: Make) -> None:
    context = make("def number(x): return 5.0")
    assert Implementation(context, None).number(X) == 5.0  # wrong, and left to the check to judge
    assert Implementation(context, context.exercise.reference).number(X) == 6.0
    assert Implementation(context, None)(Probes()("power_of_sum"), X, X).tolist() == [4, 16, 36]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ("def square(x): return x.tolist()", "is a list, and should be a tensor"),
        ("def square(x): return x.float()", "has dtype float32, and float64 is expected"),
        ("def square(x): return x[:2]", "has shape [2], and [3] is expected"),
        ("def square(x): return None", "returned None"),
        ("def square(x): return x * float('nan')", "NaN"),
        ("def square(x): raise KeyError('k')", "raised KeyError"),
        ("def square(x): raise NotImplementedError", "not written yet"),
        ("square = 3", "square in your file is not a function"),
        ("del square", "There is no square"),
        ("def square(): pass", "does not fit your function's parameters"),
    ],
)
def test_student_value_of_another_kind_fails_as_the_learners_fault(changes: str, sentence: str, make: Make) -> None:
    with pytest.raises(CheckFailed) as raised:
        float(Implementation(make(changes), None).square(X).sum())
    assert sentence in reason(raised)
    assert verdict_on(INFO, raised.value).result.verdict in ("failed", "error", "not_implemented")


def test_reference_that_raises_is_the_graders_fault(make: Make) -> None:
    context = make()
    line = next(number for number, text in enumerate(REFERENCE.split("\n"), start=1) if "raise ValueError" in text)
    told = rf"the reference's roots raised ValueError: negative in reference\.py, line {line}; .*raises=ValueError"
    for ask in (
        lambda: Implementation(context, context.exercise.reference).roots(-X),
        lambda: Implementation(context, None).roots(-X),
        lambda: context.compare("roots", -X),
        lambda: context.compare("roots", -X, gradient=True),
    ):
        with pytest.raises(ReferenceFailed, match=told) as raised:
            ask()
        judged = verdict_on(INFO, raised.value).result
        assert (judged.verdict, judged.points) == ("grader_error", 0)
        assert judged.message is not None and f"reference.py 第 {line} 行" in judged.message["zh-CN"]


def test_reference_that_does_not_raise_what_the_check_says_is_the_graders_fault(make: Make) -> None:
    with pytest.raises(ReferenceFailed, match="was to raise ValueError, and returned tensor"):
        make().compare("roots", X, raises=ValueError)
    with pytest.raises(ReferenceFailed, match="was to raise KeyError, IndexError, and raised ValueError: negative in"):
        make().compare("roots", -X, raises=(KeyError, IndexError))
    with pytest.raises(ReferenceFailed, match=r"power_of_difference raised .* in probes\.py, line \d+"):
        make().compare(Probes()("power_of_difference"), X)


def test_an_unwritten_reference_is_never_what_is_due(make: Make) -> None:
    with pytest.raises(ReferenceFailed, match="was to raise NotImplementedError"):
        make().compare("unwritten", raises=NotImplementedError)


EXAMPLES = int(os.environ.get("GRADE_FUZZ", "20000")) // 100
INFO = CheckInfo("values", {"en": "the values", "zh-CN": "数值"}, 1.0, False)

# --- whatever comes back


class Forged(Timed):
    """Stands for a run whose worker answers what it likes."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome

    def call(self, call: Call | EncodedCall, *, seconds: float | None = None) -> Outcome:
        return self.outcome

    try_call = call


def _checks(context: CheckContext) -> list[Callable[[], Any]]:
    """What a check's author may well write, with no thought of hostile values."""
    student = Implementation(context, None)
    return [
        lambda: float((student.square(X) - X).abs().max()) + int(student.square(X)[0].item()),
        lambda: torch.linalg.norm(student.square(X).reshape(1, 3) @ torch.ones(3, 1, dtype=torch.float64)).item(),
        lambda: round(student.number(X)) + student.number(X) ** 2 if abs(student.number(X)) < 1e9 else 0,
        lambda: np.linalg.norm(student.array(X) + np.ones(3)) + int(student.array(X)[2]),
        lambda: float(student.parts(X)["mean"]) + student.parts(X)["sizes"][0] + student.parts(X)["sizes"][1][0],
        lambda: context.compare("square", X, gradient=True),
        lambda: context.compare("number", X, numpy_scalars=True),
        lambda: context.compare("parts", X),
        lambda: context.compare("roots", -X, raises=ValueError),
        lambda: context.expect("array", X, equals=np.arange(3.0)),
    ]


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # as in grading: a check's arithmetic may overflow
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(outcome=outcomes)
@example(outcome=Outcome(value=0.0, modified=(-2,)))
def test_whatever_a_worker_answers_the_verdict_is_on_the_submission(outcome: Outcome, exercise: LoadedExercise) -> None:
    context = CheckContext(exercise, Forged(outcome), check="values", seed=1)  # type: ignore[arg-type]
    for ask in _checks(context):
        error = None
        try:
            ask()
        except Exception as raised:
            error = raised
        judged = verdict_on(INFO, error or context.failure, context.explanations())
        assert judged.result.verdict != "grader_error", judged.result.message
        if isinstance(error, CheckFailed):
            assert str(error) and render(error.message, "zh-CN")
