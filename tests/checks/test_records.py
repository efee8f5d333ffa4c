"""What is made once for a submission and judged by several checks: records.py, `record`, `ask`."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.result import CheckResult
from tests.tiny import exercise_toml, grading, tiny_course

REFERENCE = '''
def double(x):
    """2·x"""
    return 2 * x
'''
PROBES = """
import time

calls = 0


def counted(module, x):
    global calls
    calls += 1
    return [float(calls), module.double(x)]


def remembered(module):
    return calls


def slow(module, seconds):
    time.sleep(seconds)
    return module.double(seconds)
"""
RECORDS = """
from pathlib import Path

LIES_HERE = Path(__file__).name


def doubled(ask, sample):
    x = sample.number(1, 2)
    return x, ask("counted", x, like=[0.0, 0.0], about="double"), LIES_HERE


def afterwards(ask, record):
    record("doubled")
    before = ask("remembered", like=0)
    ask.anew()
    return before, ask("remembered", like=0)


def patient(ask):
    return ask("slow", 0.6, like=0.0)
"""
CHECKS = """
from grader.checks import check


@check(points=1, title="one")
def test_one(record):
    x, (calls, value), name = record("doubled")
    assert (calls, name) == (1.0, "records.py")
    assert value == 2 * x


@check(points=1, title="two")
def test_two(record):
    x, (calls, value), _ = record("doubled")
    assert calls == 1.0
    assert value == 2 * x


@check(points=1, title="a fresh process")
def test_fresh(record):
    assert record("afterwards") == (1, 0)


@check(points=1, title="as long as a record may take")
def test_patient(record):
    assert record("patient") == 1.2


@check(points=1, title="as long as a call may take")
def test_impatient(student, probe):
    assert student(probe("slow"), 0.6) == 1.2
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    limits = "[limits]\ncall_seconds = 0.3\nrecord_seconds = 5\n"
    files = {"reference.py": REFERENCE, "probes.py": PROBES, "records.py": RECORDS, "checks.py": CHECKS}
    files["exercise.toml"] = exercise_toml("doubling", 5, limits)
    return tiny_course(tmp_path_factory.mktemp("course"), {"exercise01": files})


def checks_of(course: Path, folder: Path, source: str) -> dict[str, CheckResult]:
    file = folder / "doubling.py"
    file.write_text(source, "utf-8")
    with grading(course, "exercise01") as grade:
        return {check.id: check for check in grade(file, 1).checks}


def test_a_record_is_made_once_and_may_take_its_own_time(course: Path, tmp_path: Path) -> None:
    found = checks_of(course, tmp_path, REFERENCE)
    verdicts = {name: check.verdict for name, check in found.items()}
    assert verdicts == {"one": "passed", "two": "passed", "fresh": "passed", "patient": "passed", "impatient": "limit"}


def test_what_is_raised_while_a_record_is_made_fails_every_check_that_asks(course: Path, tmp_path: Path) -> None:
    found = checks_of(course, tmp_path, "def double(x):\n    raise ValueError('mine')\n")
    for name in ("one", "two", "fresh"):
        assert found[name].verdict == "error", name
        assert "ValueError: mine" in (found[name].message or {})["en"]
        assert found[name].function == "double"


def test_a_value_of_another_kind_is_the_submissions_fault(course: Path, tmp_path: Path) -> None:
    found = checks_of(course, tmp_path, "def double(x):\n    return 'much'\n")
    assert [found[name].verdict for name in ("one", "two")] == ["failed", "failed"]
    assert (found["one"].message or {})["en"] == (found["two"].message or {})["en"]


def test_a_record_that_is_not_there_is_the_exercises_fault(course: Path, tmp_path: Path) -> None:
    (course / "solutions" / "exercise01" / "records.py").rename(tmp_path / "records.py")
    try:
        found = checks_of(course, tmp_path, REFERENCE)
    finally:
        (tmp_path / "records.py").rename(course / "solutions" / "exercise01" / "records.py")
    assert found["one"].verdict == "grader_error"
    assert "records.py" in (found["one"].message or {})["en"]
