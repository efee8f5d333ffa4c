"""`compare(..., twin=True)` in whole runs on real workers: what passes, and what a learner reads where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.result import CheckResult
from grader.text import render
from tests.tiny import exercise_toml, grading, tiny_course

pytestmark = pytest.mark.slow

_REFERENCE = '''
import torch


def with_ones(x):
    """x and a column of ones."""
    return torch.cat([x, torch.ones_like(x[:, :1])], dim=1)


def parts(batch):
    """Its sum and its mean."""
    return {"sum": batch["x"].sum(), "both": [batch["x"].mean(0), batch["y"]]}


def applied(model, x):
    """model(x) of a moved model."""
    return model(x)


def answer(f, x):
    """f of x."""
    return f(x)
'''
_CHECKS = """
from grader.checks import check


@check(points=1, title="ones")
def test_ones(compare, sample):
    compare("with_ones", sample(3, 2), twin=True, gradient=True)


@check(points=1, title="parts")
def test_parts(compare, sample):
    compare("parts", {"x": sample(3, 2), "y": sample.integers(3, low=0, high=5)}, twin=True)


@check(points=1, title="a model")
def test_model(compare, sample, probe):
    compare("applied", probe.build("model", sample(2, 3)), sample(4, 3), twin=True)


@check(points=1, title="a function")
def test_function(compare, sample, probe):
    compare("answer", probe("scaled", sample(2)), sample(3, 2), twin=True)
    compare("answer", probe("scaled", sample(2)), sample(3, 2))
"""
_PROBES = """
import torch


def model(weight):
    layer = torch.nn.Linear(3, 2, bias=False)
    layer.weight = torch.nn.Parameter(weight)
    return layer


def scaled(by, x):
    return x * by
"""
_MISTAKES = """
import torch
from grader.checks import mistake


@mistake("with_ones", "the ones are on the CPU")
def ones_on_the_cpu(x):
    return torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1)


@mistake("parts", "the labels stay behind")
def labels_left(batch):
    x = batch["x"]
    return {"sum": x.sum(), "both": [x.mean(0), batch["y"].cpu()]}


@mistake("parts", "the mean stays behind")
def mean_left(batch):
    x = batch["x"]
    return {"sum": x.sum(), "both": [x.mean(0).cpu(), batch["y"]]}
"""

Grade = Callable[[str], dict[str, CheckResult]]


@pytest.fixture(scope="module")
def grade(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grade]:
    """The checks of the reference with `changes` after it."""
    folder = tmp_path_factory.mktemp("twin")
    exercise = {
        "exercise.toml": exercise_toml("biased", 4),
        "reference.py": _REFERENCE,
        "checks.py": _CHECKS,
        "probes.py": _PROBES,
        "mistakes.py": _MISTAKES,
    }
    with grading(tiny_course(folder / "course", {"exercise01": exercise}), "1") as graded:

        def grade(changes: str = "") -> dict[str, CheckResult]:
            (folder / "biased.py").write_text(_REFERENCE + changes, "utf-8")
            return {check.id: check for check in graded(folder / "biased.py", 3).checks}

        yield grade


def text(check: CheckResult, language: str = "en") -> str:
    assert check.message is not None
    return render(check.message, language)


def test_good_code_passes(grade: Grade) -> None:
    assert all(check.passed for check in grade("").values())
    other = "def with_ones(x): return torch.hstack((x, torch.ones(len(x), 1, dtype=x.dtype, device=x.device)))"
    assert all(check.passed for check in grade(other).values())


def test_mixing_names_the_line(grade: Grade) -> None:
    made = "    ones = torch.ones(len(x), 1, dtype=x.dtype)\n"
    wrong = f"\ndef with_ones(x):\n{made}    return torch.cat([x, ones], dim=1)\n"
    checks = grade(wrong)
    assert [id for id, check in checks.items() if not check.passed] == ["ones"]
    number = len((_REFERENCE + wrong).splitlines())
    said = text(checks["ones"])
    assert "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu! " in said
    assert "This check uses a second device" in said and "write device=x.device" in said
    assert f"It happened in line {number}: return torch.cat([x, ones], dim=1)" in said
    chinese = text(checks["ones"], "zh-CN")
    assert "第二个设备" in chinese and f"第 {number} 行" in chinese
    assert checks["ones"].mistakes == ()  # an exception's text is no proof of its cause


@pytest.mark.parametrize(
    ("item", "left", "mistake"),
    [("['both'][1]", "[x.mean(0), y.cpu()]", "labels_left"), ("['both'][0]", "[x.mean(0).cpu(), y]", "mean_left")],
)
def test_what_is_left_behind_is_named(grade: Grade, item: str, left: str, mistake: str) -> None:
    body = f"    x, y = batch['x'], batch['y']\n    return {{'sum': x.sum(), 'both': {left}}}\n"
    checks = grade("\ndef parts(batch):\n" + body)
    assert [id for id, check in checks.items() if not check.passed] == ["parts"]
    assert text(checks["parts"]).startswith(f"{item} of the result of parts(batch) is on cpu, and belongs on cuda:0.")
    assert checks["parts"].mistakes == (mistake,)


def test_a_wrong_value_is_still_wrong(grade: Grade) -> None:
    checks = grade("\ndef with_ones(x): return torch.cat([x, torch.zeros_like(x[:, :1])], dim=1)\n")
    assert "is wrong in 3 of 9 entries" in text(checks["ones"])


def test_a_gradient_is_judged_there(grade: Grade) -> None:
    checks = grade("\ndef with_ones(x): return torch.cat([x.detach(), torch.ones_like(x[:, :1])], dim=1)\n")
    assert not checks["ones"].passed and "gradient" in text(checks["ones"])


def test_numpy_is_refused_with_a_word_on_why(grade: Grade) -> None:
    checks = grade("\ndef applied(model, x): return torch.from_numpy(x.numpy() @ model.weight.detach().numpy().T)\n")
    said = text(checks["model"])
    assert "can't convert cuda:0 device type tensor to numpy" in said and "NumPy works on the CPU only" in said


def test_claiming_another_device_gains_nothing(grade: Grade) -> None:
    """The device is the worker's word: it may cost points, and the values are compared all the same."""
    made = "    out = sys.modules['grader.twin'].put_on_twin(torch.zeros(len(x), 3, dtype=x.dtype))\n"
    checks = grade(f"\nimport sys\n\ndef with_ones(x):\n{made}    return out\n")
    assert "entries are wrong" in text(checks["ones"])
