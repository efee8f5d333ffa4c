"""In whole runs on real workers: effects, identity, and what a forbidden use costs where scenarios call functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.result import CheckResult
from grader.text import render
from tests.tiny import exercise_toml, grading, tiny_course

pytestmark = pytest.mark.slow

_REFERENCE = '''
import torch


def double(x):
    """2·x"""
    return 2 * x


def half(x):
    """x/2"""
    return x / 2


def add_(x, y):
    """x + y, in x."""
    return x.add_(y)


def run(model, x):
    """model(x), without a graph."""
    with torch.no_grad():
        return model(x)
'''
_CHECKS = """
from grader.checks import check


@check(points=1, title="double")
def test_double(compare, sample):
    compare("double", sample(3), effects=True)
    compare("double", x=sample(3), effects=True, gradient=True)


@check(points=1, title="half")
def test_half(compare, sample, probe):
    compare(probe("halves"), sample(3), about="half")


@check(points=1, title="both")
def test_both(compare, sample, probe):
    compare(probe("called"), ["half", "double"], sample(3), about="half, double")


@check(points=1, title="add")
def test_add(compare, sample):
    compare("add_", sample(3), sample(3), identity=True)


@check(points=1, title="run")
def test_run(compare, sample, probe):
    compare("run", probe.build("model", sample(2, 3)), sample(4, 3), effects=True)
"""
_PROBES = """
import torch


def halves(module, x):
    return twice(module.half, x)


def twice(f, x):
    return f(f(x))


def called(module, functions, x):
    return [getattr(module, function)(x) for function in functions]


def model(weight):
    layer = torch.nn.Linear(3, 2, bias=False)
    layer.weight = torch.nn.Parameter(weight)
    return layer
"""
_MISTAKES = """
import torch
from grader.checks import mistake

from reference import double


@mistake("double", "every call writes into the same memory")
def buffered(x, memory=[]):
    memory.append(2 * x)
    return memory[0].copy_(2 * x)


@mistake("half", "this is x/3")
def third(x):
    return x / 3
"""

Grade = Callable[[str], dict[str, CheckResult]]


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grade]:
    """The checks of the reference with `changes` after it."""
    folder = tmp_path_factory.mktemp("besides")
    exercise = {
        "exercise.toml": exercise_toml("besides", 5, 'forbidden = ["torch.mul", ".mul"]'),
        "reference.py": _REFERENCE,
        "checks.py": _CHECKS,
        "probes.py": _PROBES,
        "mistakes.py": _MISTAKES,
    }
    with grading(tiny_course(folder / "course", {"exercise01": exercise}), "1") as graded:

        def grade(changes: str = "") -> dict[str, CheckResult]:
            (folder / "besides.py").write_text(_REFERENCE + changes, "utf-8")
            return {check.id: check for check in graded(folder / "besides.py", 3).checks}

        yield grade


def failing(checks: dict[str, CheckResult]) -> dict[str, str]:
    """The failing checks and what is said of them."""
    return {id: render(check.message or "", "en") for id, check in checks.items() if not check.passed}


def test_the_reference_passes(grade: Grade) -> None:
    assert failing(grade("")) == {}


def test_an_effect_costs_its_check_and_its_mistake_is_named(grade: Grade) -> None:
    checks = grade("M = []\ndef double(x):\n    M.append(2 * x)\n    M[0].copy_(2 * x)\n    return M[0]")
    assert failing(checks).keys() == {"double"} and "two results in" in failing(checks)["double"]
    assert checks["double"].mistakes == ("buffered",)


def test_a_check_of_two_functions_shows_the_one_whose_mistake_it_is(grade: Grade) -> None:
    both = grade("def half(x): return x / 3")["both"]
    assert (both.mistakes, both.function) == (("third",), "half")
    assert both.detail is not None and both.detail.lines[-1].source == "def half(x): return x / 3"


@pytest.mark.parametrize("setting", ["set_default_dtype(torch.float64)", "manual_seed(1)", "set_grad_enabled(False)"])
def test_a_setting_that_is_left_costs_nothing(grade: Grade, setting: str) -> None:
    """The grader puts it back before every call, and says so."""
    assert failing(grade(f"def double(x):\n    torch.{setting}\n    return x + x")) == {}


def test_a_view_in_the_place_of_the_argument(grade: Grade) -> None:
    said = failing(grade("def add_(x, y): return x.add_(y).view_as(x)"))
    assert said.keys() == {"add"}
    assert said["add"].startswith(
        "The result of add_(x, y) is in the memory of x, as a view is, and should be x itself."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("def run(model, x): return model(x)", "requires gradients, and should not"),
        ("def run(model, x):\n    model.eval()\n    return model(x).detach()", "left its input in another mode"),
        (
            "def run(model, x):\n    return model.requires_grad_(False)(x)",
            "requires_grad of parameters of its input: model",
        ),
        (
            "def run(model, x):\n    y = model(x)\n    y.sum().backward()\n    return y.detach()",
            "changed .grad of parameters",
        ),
    ],
)
def test_what_a_module_given_suffers(grade: Grade, changes: str, said: str) -> None:
    failed = failing(grade(changes))
    assert failed.keys() == {"run"} and said in failed["run"]


def test_a_forbidden_use_costs_the_scenarios_that_name_its_function(grade: Grade) -> None:
    failed = failing(grade("def double(x): return torch.mul(x, 2)"))
    assert failed.keys() == {"double", "both"} and all("torch.mul" in said for said in failed.values())
    assert failing(grade("def half(x): return x.mul(0.5)")).keys() == {"half", "both"}
    everywhere = failing(grade("[torch.mul(1, 2) for i in range(1)]"))
    assert everywhere.keys() == {"double", "half", "both", "add", "run"}
