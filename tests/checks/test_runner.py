"""Checks that are collected once in a pytest session of our own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.checks.runner import Checks, with_checks

_CHECKS = """
from grader.checks import check

@check(points=1, title="hidden", hidden=True)
def test_hidden():
    pass

@check(points=1, title="sum")
def test_sum():
    assert 1 + 1 == {total}
"""


def _no_context(exercise: str, info: Any) -> Any:
    raise NotImplementedError("these checks ask for no fixture")


@pytest.fixture
def checks_file(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(exercise: str, text: str) -> Path:
        folder = tmp_path / exercise
        folder.mkdir(exist_ok=True)
        (folder / "checks.py").write_text(text, "utf-8")
        return folder / "checks.py"

    return write


def verdicts(*files: Path) -> dict[str, dict[str, str]]:
    """Exercise → check → verdict, from one session."""
    found: dict[str, dict[str, str]] = {}

    def body(checks: Checks) -> None:
        for file in files:
            judged = checks.judge(file.parent.name, _no_context)
            found[file.parent.name] = {one.result.id: one.result.verdict for one in judged}

    with_checks(list(files), body)
    return found


Write = Callable[[str, str], Path]


def test_checks_of_several_exercises_are_kept_apart_and_hidden_ones_run_last(checks_file: Write) -> None:
    files = [checks_file("exercise01", _CHECKS.format(total=2)), checks_file("exercise02", _CHECKS.format(total=3))]
    found = verdicts(*files)
    assert found == {
        "exercise01": {"sum": "passed", "hidden": "passed"},
        "exercise02": {"sum": "failed", "hidden": "passed"},
    }
    assert list(found["exercise01"]) == ["sum", "hidden"]


def test_sessions_in_one_process_do_not_see_each_others_checks(checks_file: Write) -> None:
    assert verdicts(checks_file("exercise01", _CHECKS.format(total=2)))["exercise01"]["sum"] == "passed"
    assert verdicts(checks_file("exercise02", _CHECKS.format(total=3)))["exercise02"]["sum"] == "failed"
    assert verdicts(checks_file("exercise01", _CHECKS.format(total=33)))["exercise01"]["sum"] == "failed"
    assert "checks" not in sys.modules


def test_what_the_body_raises_comes_out(checks_file: Write) -> None:
    def body(checks: Checks) -> None:
        raise KeyError("of the body")

    with pytest.raises(KeyError, match="of the body"):
        with_checks([checks_file("exercise01", _CHECKS.format(total=2))], body)


def test_checks_that_can_not_be_imported_say_why(checks_file: Write) -> None:
    with pytest.raises(RuntimeError, match="no_such_module"):
        with_checks([checks_file("exercise01", "import no_such_module\n")], lambda checks: None)


def test_environment_does_not_count_and_is_left_as_it_was(checks_file: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    monkeypatch.setenv("PYTEST_PLUGINS", "no_such_plugin")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "")
    before = dict(os.environ)
    file = checks_file("exercise01", _CHECKS.format(total=2))
    assert verdicts(file)["exercise01"]["sum"] == "passed"
    assert dict(os.environ) == before


def test_numbers_that_overflow_in_a_check_are_not_remarked(checks_file: Write) -> None:
    overflowing = _CHECKS.format(total=2).replace("1 + 1", "int(0 * np.exp(800.0) != 0) + 1")
    file = checks_file("exercise01", f"import numpy as np\n{overflowing}")
    assert verdicts(file)["exercise01"]["sum"] == "passed"  # pytest makes an error of a warning here


def test_checks_run_on_one_thread_and_the_caller_keeps_its_own(checks_file: Write) -> None:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    seen: list[int] = []
    with_checks([checks_file("exercise01", _CHECKS.format(total=2))], lambda _: seen.append(torch.get_num_threads()))
    assert (seen, torch.get_num_threads()) == ([1], 2)
    torch.set_num_threads(before)
