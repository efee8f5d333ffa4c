"""Checks collected once and run for many submissions, in one pytest session of our own."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
import torch
from _pytest.runner import runtestprotocol

from grader.checks.context import CheckContext
from grader.checks.plugin import GradePlugin, check_info, judged_of
from grader.checks.verdict import Judged
from grader.course.model import CheckInfo
from grader.course.state import state_folder
from grader.errors import GraderFault, UsageError
from grader.text import say

#: Plugins of pytest's own that cost time at start or per test and have nothing to do here.
_UNUSED = (
    "cacheprovider", "unraisableexception", "threadexception", "faulthandler", "logging", "capture", "junitxml",
    "pastebin", "doctest", "unittest", "setuponly", "setupplan", "stepwise", "warnings", "tmpdir", "monkeypatch",
    "recwarn", "legacypath", "terminal", "terminalprogress", "subtests", "debugging",
)  # fmt: skip

#: Makes the context of one check: the exercise's id, and the check.
MakeContext = Callable[[str, CheckInfo], CheckContext]


class Checks:
    """The collected checks of some exercises. `judge` runs all of one exercise's on one submission."""

    def __init__(self, items: list[pytest.Item], errors: list[str]) -> None:
        self._errors = errors
        self._items: dict[str, list[pytest.Item]] = {}
        for item in items:
            if check_info(item) is not None:
                self._items.setdefault(item.path.parent.name, []).append(item)
        self._make_context: MakeContext | None = None

    def context(self, item: pytest.Item, info: CheckInfo) -> CheckContext:
        """For the plugin: the context of the check that is running."""
        assert self._make_context is not None
        return self._make_context(item.path.parent.name, info)

    def judge(self, exercise: str, make_context: MakeContext) -> list[Judged]:
        """Run the exercise's checks in order; a verdict for each. Raises GraderFault if they could not be loaded."""
        if exercise not in self._items:
            raise GraderFault(say("The exercise's checks could not be loaded: {reason}", reason=self._reason(exercise)))
        self._make_context = make_context
        items = self._items[exercise]
        # Another exercise's module may still be set up from the submission before.
        items[0].session._setupstate.teardown_exact(items[0])
        judged = []
        with warnings.catch_warnings():
            # A submission's numbers overflow in a check's arithmetic, too; that is nothing for a learner's terminal,
            # and no error where PYTHONWARNINGS makes one of it.
            warnings.simplefilter("ignore")
            for position, item in enumerate(items):
                # A next item in the same module keeps pytest from tearing the module down between submissions.
                following = items[(position + 1) % len(items)]
                for report in runtestprotocol(item, log=False, nextitem=following):
                    one = judged_of(report)
                    if one is not None:
                        judged.append(one)
        return judged

    def _reason(self, exercise: str) -> str:
        """What pytest said of this exercise's file, else of all."""
        return "\n".join([error for error in self._errors if exercise in error] or self._errors)


class _Loop:
    """Replaces pytest's test loop by the caller's."""

    shows_tracebacks = False

    def __init__(self, body: Callable[[Checks], None]) -> None:
        self._body = body
        self._checks: Checks | None = None
        self.pycache_prefix = sys.pycache_prefix
        self.error: BaseException | None = None
        self.collection_errors: list[str] = []

    def context(self, item: pytest.Item, info: CheckInfo) -> CheckContext:
        assert self._checks is not None
        return self._checks.context(item, info)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collection_errors.append(f"{report.nodeid}: {report.longreprtext}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """A report without pytest's own rendering of the traceback: 8 ms for each failed check, and nobody reads it."""
        assert call.when != "collect"
        outcome: Literal["passed", "failed"] = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(
            nodeid=item.nodeid, location=item.location, keywords={}, outcome=outcome, longrepr=None, when=call.when
        )

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self._checks = Checks(session.items, self.collection_errors)
        sys.pycache_prefix = self.pycache_prefix
        try:
            self._body(self._checks)
        except BaseException as error:
            self.error = error
        return True


def with_checks(files: list[Path], body: Callable[[Checks], None]) -> None:
    """Collect the checks of `files` in a pytest session and run `body` within it.

    Raises RuntimeError where the files can't be collected, and whatever `body` raises.
    """
    loop = _Loop(body)
    options = [option for name in _UNUSED for option in ("-p", f"no:{name}")]
    arguments = ["-c", os.devnull, "--rootdir", str(files[0].parent), "--noconftest", "--import-mode=importlib"]
    try:
        with _environment(), _one_thread(), _compiled_elsewhere():
            status = pytest.main([*options, *arguments, *map(str, files)], plugins=[loop, GradePlugin(loop)])
    finally:
        _forget(files)
    if loop.error is not None:
        raise loop.error
    if loop.collection_errors or status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise RuntimeError("\n".join(loop.collection_errors) or f"pytest ended with {status!r}")


def _forget(files: list[Path]) -> None:
    """Undo the import of the checks: the next session in this process would else take another exercise's `checks`, or
    the state of these before an edit, for what it collects."""
    paths = {str(file) for file in files}
    for name, module in list(sys.modules.items()):
        if getattr(module, "__file__", None) in paths:
            del sys.modules[name]


@contextmanager
def _environment() -> Iterator[None]:
    """No option and no plugin that this person's other pytest runs ask for."""
    before = {name: value for name, value in os.environ.items() if name.startswith("PYTEST_")}
    for name in before:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [name for name in os.environ if name.startswith("PYTEST_")]:
            del os.environ[name]
        os.environ.update(before)


@contextmanager
def _compiled_elsewhere() -> Iterator[None]:
    """Compiled checks are kept in this user's own folder: a file in the course's `__pycache__` would run in the place
    of a source that was looked at, and be trusted for it."""
    before = sys.pycache_prefix, sys.dont_write_bytecode
    try:
        own = state_folder(make=True)
    except (OSError, UsageError):
        own = None
    # Without a folder that nobody else writes to, nothing compiled is read, nor kept.
    sys.pycache_prefix = os.devnull if own is None else str(own / "compiled")
    sys.dont_write_bytecode = own is None or before[1]
    try:
        yield
    finally:
        sys.pycache_prefix, sys.dont_write_bytecode = before


@contextmanager
def _one_thread() -> Iterator[None]:
    """References on small inputs gain nothing by threads, and lose half their speed to them on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
