"""Checks that are collected once in a pytest session of our own."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
import torch

from grader.checks import plugin
from grader.errors import GraderFault
from grader.grading.suite import CheckSuite, begin_early

_CHECKS = """
from grader.checks import check

@check(points=1, title="hidden", hidden=True)
def test_hidden():
    pass

@check(points={total}, title="sum {total}")
def test_sum():
    assert 1 + 1 == {total}
"""

#: A fixture of the file's is set up once, as with several checks; what the check asks for is there each time.
_ONE_CHECK = """
import pytest
from grader.checks import check

made = []

@pytest.fixture(scope="module")
def once():
    made.append(1)
    return made

@check(points=1, title="made once")
def test_made(once, request):
    assert once == [1] and request.node.name == "test_made"
"""


#: What only pytest has: each of these checks fails where it is called as a function, or meets another sample.
_NEEDS_PYTEST = {
    "set up": """
ready = []
def setup_function(function):
    ready.append(1)
@check(points=1, title="form")
def test_form():
    ready or fail("nothing was set up")
""",
    "used for all": """
@pytest.fixture(autouse=True)
def everywhere():
    ready.append(1)
ready = []
@check(points=1, title="form")
def test_form():
    ready or fail("nothing was set up")
""",
    "a fixture of the file's": """
@pytest.fixture
def sample():
    return "mine"
@check(points=1, title="form")
def test_form(sample):
    sample == "mine" or fail("not mine")
""",
    "one of another name": """
@pytest.fixture(name="sample")
def other():
    return "mine"
@check(points=1, title="form")
def test_form(sample):
    sample == "mine" or fail("not mine")
""",
    "a mark": """
ready = []
@pytest.fixture
def made():
    ready.append(1)
@pytest.mark.usefixtures("made")
@check(points=1, title="form")
def test_form():
    ready or fail("nothing was set up")
""",
    "a method": """
class TestForm:
    @check(points=1, title="form")
    def test_form(self):
        type(self).__name__ == "TestForm" or fail("no self")
""",
    "pytest's own request": """
@check(points=1, title="form")
def test_form(request):
    request.node.name == "test_form" or fail("another")
""",
}
_PLAIN = {
    "passed": "sample == 'theirs' or fail('not theirs')",
    "failed": "fail('so it is')",
    "skipped": "pytest.skip('not today')",
    "grader_error": "raise RuntimeError('broken')",
}


def _no_context(info: Any) -> Any:
    """These checks ask for no fixture."""


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
    with CheckSuite(files) as suite:
        return {file.parent.name: run(suite, file) for file in files}


def run(suite: CheckSuite, file: Path) -> dict[str, str]:
    """Check → verdict."""
    return {one.result.id: one.result.verdict for one in suite.run(file.parent.name, _no_context)}


Write = Callable[[str, str], Path]


def test_checks_of_several_exercises_are_kept_apart_and_hidden_ones_run_last(checks_file: Write) -> None:
    files = [checks_file(f"exercise0{total - 1}", _CHECKS.format(total=total)) for total in (2, 3, 4)]
    with CheckSuite(files) as suite:
        found = {file.parent.name: suite.run(file.parent.name, _no_context) for file in files}
    results = {exercise: [one.result for one in judged] for exercise, judged in found.items()}
    assert {
        exercise: [(check.id, check.verdict, check.max_points, check.title["en"]) for check in checks]
        for exercise, checks in results.items()
    } == {
        "exercise01": [("sum", "passed", 2.0, "sum 2"), ("hidden", "passed", 1.0, "hidden")],
        "exercise02": [("sum", "failed", 3.0, "sum 3"), ("hidden", "passed", 1.0, "hidden")],
        "exercise03": [("sum", "failed", 4.0, "sum 4"), ("hidden", "passed", 1.0, "hidden")],
    }


def test_sessions_in_one_process_do_not_see_each_others_checks(checks_file: Write) -> None:
    assert verdicts(checks_file("exercise01", _CHECKS.format(total=2)))["exercise01"]["sum"] == "passed"
    assert verdicts(checks_file("exercise02", _CHECKS.format(total=3)))["exercise02"]["sum"] == "failed"
    assert verdicts(checks_file("exercise01", _CHECKS.format(total=33)))["exercise01"]["sum"] == "failed"
    assert "checks" not in sys.modules


def test_a_suite_that_is_open_runs_its_checks_again_and_does_not_see_another_one(checks_file: Write) -> None:
    first = checks_file("exercise01", _CHECKS.format(total=2))
    second = checks_file("exercise02", _CHECKS.format(total=3))
    with CheckSuite([first]) as outer:
        with CheckSuite([second]) as inner:
            assert run(inner, second)["sum"] == "failed"
        assert [run(outer, first)["sum"] for _ in range(3)] == ["passed"] * 3


def test_pytest_may_have_begun_before_and_elsewhere(
    checks_file: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = checks_file("exercise01", _CHECKS.format(total=2))
    broken = checks_file("exercise02", "import nowhere")
    monkeypatch.chdir("/")
    begin_early()
    begin_early()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    with CheckSuite([Path(os.path.relpath(file)), broken]) as early, CheckSuite([broken]) as second:
        assert run(early, file)["sum"] == "passed"
        with CheckSuite([file, broken]) as late:
            said = [_said(suite, broken) for suite in (early, second, late)]
    # Named from where its own suite's files lie.
    assert "exercise02/checks.py" in said[0] == said[2] and "No module named 'nowhere'" in said[1]


def _said(suite: CheckSuite, file: Path) -> str:
    """Why a file's checks could not be loaded."""
    with pytest.raises(GraderFault) as caught:
        suite.ids(file.parent.name)
    return str(caught.value)


def test_suites_that_end_in_any_order_leave_the_environment_as_it_was(
    checks_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")  # as of somebody's other runs
    before = dict(os.environ)
    first, second = (CheckSuite([checks_file(name, _ONE_CHECK)]) for name in ("exercise01", "exercise02"))
    with ExitStack() as one, ExitStack() as other:
        one.enter_context(first)
        other.enter_context(second)
        assert dict(os.environ) == before  # what is started meanwhile has it, too
        one.close()
    assert dict(os.environ) == before


def test_a_suite_of_one_check_runs_it_for_one_submission_after_another(checks_file: Write) -> None:
    file = checks_file("exercise01", _ONE_CHECK)
    with CheckSuite([file]) as suite:
        assert [run(suite, file) for _ in range(3)] == [{"made": "passed"}] * 3


@pytest.mark.parametrize("form", _NEEDS_PYTEST)
def test_a_check_gets_what_only_pytest_has(form: str, checks_file: Write) -> None:
    file = checks_file("exercise01", f"import pytest\nfrom grader.checks import check, fail\n{_NEEDS_PYTEST[form]}")
    with CheckSuite([file]) as suite:
        assert run(suite, file) == {"form": "passed"}


@pytest.mark.parametrize("by_pytest", [False, True])
def test_a_plain_check_gets_the_same_verdict_without_pytest(
    by_pytest: bool, checks_file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    checks = "".join(
        f"@check(points=1, title='{name}')\ndef test_{name}(sample):\n    {line}\n" for name, line in _PLAIN.items()
    )
    file = checks_file("exercise01", f"import pytest\nfrom grader.checks import check, fail\n{checks}")
    direct: list[str] = []

    def is_plain(item: pytest.Item) -> bool:
        direct.append(item.name)
        return plugin.is_plain(item) and not by_pytest

    monkeypatch.setattr("grader.grading.suite.is_plain", is_plain)
    alone = SimpleNamespace(id="exercise01", remember=False, paths={})
    context = SimpleNamespace(
        sample="theirs",
        failure=None,
        explanations=lambda: (),
        run=SimpleNamespace(paused=nullcontext),
        exercise=alone,
        seed=0,
    )
    with CheckSuite([file]) as suite:
        assert all(plugin.is_plain(item) for item, _ in suite._items["exercise01"])
        judged = [one.result for one in suite.run("exercise01", lambda info: cast(Any, context))]
    assert {result.id: result.verdict for result in judged} == {name: name for name in _PLAIN}
    broken = next(result.message for result in judged if result.id == "grader_error")
    assert broken is not None and f"RuntimeError: broken; see {file.parent.name}/checks.py, line 14" in broken["en"]
    assert len(direct) == len(_PLAIN)


def test_an_error_of_the_caller_comes_out_and_the_session_is_closed(checks_file: Write) -> None:
    finders = list(sys.meta_path)
    with (
        pytest.raises(KeyError, match="of the caller"),
        CheckSuite([checks_file("exercise01", _CHECKS.format(total=2))]),
    ):
        assert sys.meta_path != finders  # assertions are rewritten
        raise KeyError("of the caller")
    assert sys.meta_path == finders


def test_checks_that_can_not_be_imported_say_why_and_the_others_run(checks_file: Write) -> None:
    broken = checks_file("exercise01", "import no_such_module\n")
    whole = checks_file("exercise02", _CHECKS.format(total=2))
    with CheckSuite([broken, whole]) as suite:
        with pytest.raises(GraderFault, match=r"could not be loaded: [\s\S]*no_such_module"):
            suite.run("exercise01", _no_context)
        assert run(suite, whole)["sum"] == "passed"


@pytest.mark.parametrize("source", ["import sys; sys.exit(3)\n", None])
def test_a_session_that_can_not_begin_is_a_fault(source: str | None, checks_file: Write, tmp_path: Path) -> None:
    file = tmp_path / "exercise01" / "checks.py" if source is None else checks_file("exercise01", source)
    before = dict(os.environ), list(sys.meta_path)
    with pytest.raises(GraderFault, match="could not be loaded"), CheckSuite([file]):
        pass
    assert (dict(os.environ), list(sys.meta_path)) == before


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
    with CheckSuite([checks_file("exercise01", _CHECKS.format(total=2))]):
        assert torch.get_num_threads() == 1
    assert torch.get_num_threads() == 2
    torch.set_num_threads(before)
