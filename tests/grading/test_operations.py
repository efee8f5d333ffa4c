"""`compare(..., max_operations=N)` in whole runs on real workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.result import CheckResult
from grader.text import render
from tests.tiny import exercise_toml, grading, tiny_course

pytestmark = pytest.mark.slow

_REFERENCE = '''
import torch


def squares(x):
    """The sum of each row's squares."""
    return (x * x).sum(1)
'''
_CHECKS = """
from grader.checks import check


@check(points=1, title="values")
def test_values(compare, sample):
    compare("squares", sample(40, 3))


@check(points=1, title="one operation for all rows")
def test_vectorised(compare, sample):
    compare("squares", sample(40, 3), max_operations=10)


@check(points=1, title="with gradients")
def test_gradients(compare, sample):
    compare("squares", sample(40, 3), gradient=True, max_operations=10)
"""
_MISTAKES = """
from grader.checks import mistake


@mistake("squares", "each column's")
def squares_of_columns(x):
    return (x * x).sum(0)
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], dict[str, CheckResult]]]:
    """Grades a source; the checks by id."""
    exercise = {
        "exercise.toml": exercise_toml("sums", 3),
        "reference.py": _REFERENCE,
        "checks.py": _CHECKS,
        "mistakes.py": _MISTAKES,
    }
    folder = tmp_path_factory.mktemp("operations")
    with grading(tiny_course(folder / "course", {"exercise01": exercise}), "1") as one:

        def grade(source: str) -> dict[str, CheckResult]:
            (folder / "sums.py").write_text(source, "utf-8")
            result = one(folder / "sums.py", 1)
            assert result.status == "graded", result.message
            return {check.id: check for check in result.checks}

        yield grade


@pytest.mark.parametrize(
    "body",
    [
        "return (x * x).sum(1)",
        "return torch.einsum('ij,ij->i', x, x)",
        "return torch.linalg.vector_norm(x, dim=1) ** 2",
        "return sum(x[:, j] ** 2 for j in range(3))",  # few enough: what counts is not how it is written
    ],
)
def test_few_operations_pass(graded: Callable[[str], dict[str, CheckResult]], body: str) -> None:
    checks = graded(f"import torch\n\n\ndef squares(x):\n    {body}\n")
    assert {name: check.verdict for name, check in checks.items()} == dict.fromkeys(checks, "passed")


def test_a_loop_is_told_with_its_line(graded: Callable[[str], dict[str, CheckResult]]) -> None:
    source = (
        "import torch\n\n\ndef row(v):\n    total = 0\n    for e in v:\n"
        "        total = total + e * e\n    return total\n"
        "\n\ndef squares(x):\n    return torch.stack([row(v) for v in x])\n"
    )
    checks = graded(source)
    assert checks["values"].passed
    for name in ("vectorised", "gradients"):
        check = checks[name]
        assert check.verdict == "failed" and check.points == 0 and check.mistakes == ()
        assert check.message is not None and check.detail is not None
        english = render(check.message, "en")
        assert "gives the right result, but uses " in english and "10 are enough" in english
        assert "循环" in render(check.message, "zh-CN")
        assert [(line.number, line.function) for line in check.detail.lines] == [(12, "squares"), (6, "row")]


def test_a_forged_count_gains_no_more_than_a_vectorised_answer(graded: Callable[[str], dict[str, CheckResult]]) -> None:
    """It costs nothing then, and gives nothing: a wrong value is a wrong value."""
    source = (
        "import torch\nfrom grader.calls import invoke\n"
        "invoke.OperationCount.__torch_dispatch__ = lambda self, f, t, a=(), k=None: f(*a, **(k or {}))\n"
        "\n\ndef squares(x):\n    return torch.stack([v.sum() for v in x])\n"
    )
    assert {name: check.points for name, check in graded(source).items()} == {
        "values": 0,
        "vectorised": 0,
        "gradients": 0,
    }
