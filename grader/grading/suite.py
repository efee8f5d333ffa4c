"""Checks that are collected once, by pytest, and run for one submission after another."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import takewhile
from pathlib import Path
from typing import Any, Literal, Self

import pytest
import torch
from _pytest.config import _prepareconfig
from _pytest.runner import runtestprotocol

from grader.checks.context import CheckContext
from grader.checks.exercise import LoadedExercise
from grader.checks.plan import Plan
from grader.checks.plugin import (
    CONTEXT,
    JUDGED,
    GradePlugin,
    call_directly,
    check_info,
    is_plain,
    own_plan,
    path_of,
    plan_of,
)
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


#: pytest begun and given no file yet, for the suite that is entered next: what a warm server's children find.
_begun: list[_Pytest] = []


def begin_early() -> None:
    """Begin pytest, which takes half of what collecting an exercise's checks does, for whoever enters a suite next."""
    with _environment():
        _begun.append(_Pytest())


class CheckSuite:
    """A context manager: inside it the checks of some `checks.py` files are collected, and `run` runs an exercise's.

    pytest collects, rewrites assertions, hosts the fixtures and reports; its session is open as long as the suite is.
    Raises GraderFault on entering where pytest can't begin at all.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        # As pytest has them; it would seek relative ones where it began, which in a warm server was another folder.
        self._files = [Path(os.path.abspath(file)) for file in files]
        self._reports = _Reports()
        self._items: dict[str, list[tuple[pytest.Item, CheckInfo]]] = {}
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            stack.enter_context(one_thread())
            with _environment(), _compiled_elsewhere(), _forgotten(self._files):
                try:
                    host = _begun.pop() if _begun else _Pytest()
                    stack.callback(host.end)
                    self._reports = host.reports
                    session = host.collect(self._files)
                except (Exception, SystemExit) as error:
                    raise _not_loaded(f"{type(error).__name__}: {error}") from error
            for item in session.items:
                if (info := check_info(item)) is not None:
                    self._items.setdefault(item.path.parent.name, []).append((item, info))
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run(self, exercise: str, context: Callable[[CheckInfo], CheckContext], part: str = "") -> list[Judged]:
        """Run the exercise's checks in order; a verdict for each.

        exercise: its id. context: makes what a check works with. part: run only the checks of this part. Raises
        GraderFault if the checks could not be loaded.
        """
        if exercise not in self._items:
            raise _not_loaded(self._reports.reason(exercise))
        items = [(item, info) for item, info in self._items[exercise] if part in ("", info.part)]
        first = items[0][0]
        # Another exercise's module may still be set up from the submission before.
        first.session._setupstate.teardown_exact(first)
        # What comes next is in the same module, so pytest does not tear it down between submissions. A check that came
        # after itself would not be set up again.
        following = [item for item, _ in items[1:]] + [first.getparent(pytest.Module)]
        with warnings.catch_warnings():
            # A submission's numbers overflow in a check's arithmetic, too; that is nothing for a learner's terminal,
            # and no error where PYTHONWARNINGS makes one of it.
            warnings.simplefilter("ignore")
            return list(_in_order(items, following, context))

    def ids(self, exercise: str) -> list[str]:
        """The ids of an exercise's checks. Raises GraderFault if they could not be loaded."""
        if exercise not in self._items:
            raise _not_loaded(self._reports.reason(exercise))
        return [info.id for _, info in self._items[exercise]]

    def plan(self, exercise: LoadedExercise, seed: int, stop: Callable[[], bool]) -> None:
        """Work out the calls that can be known before a submission is, with this seed, check by check until `stop`."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for item, info in self._items.get(exercise.id, ()):
                if stop():
                    return
                if plan_of(item, info, exercise, seed) is None:
                    path_of(item, info, exercise, seed)


def _in_order(
    items: Sequence[tuple[pytest.Item, CheckInfo]],
    following: Iterable[Any],
    context: Callable[[CheckInfo], CheckContext],
) -> Iterator[Judged]:
    ahead = 0  # so many of the next checks' calls are known to the run
    for place, ((item, info), next_item) in enumerate(zip(items, following, strict=True)):
        own = context(info)
        if not ahead:
            plans = list(_plans(items[place:], own))
            if plans:
                own.run.expect_calls(planned.encoded for plan in plans for planned in plan)
            ahead = max(len(plans), 1)
        ahead -= 1
        yield _judged(item, info, own, next_item)


def _plans(items: Sequence[tuple[pytest.Item, CheckInfo]], context: CheckContext) -> Iterator[Plan]:
    """The calls of the next checks that are the same for every submission: hidden ones alone, or visible ones."""
    for item, info in items:
        plan = own_plan(item, info, context) if info.hidden == items[0][1].hidden else None
        if plan is None:
            return
        yield plan


def _judged(item: pytest.Item, info: CheckInfo, context: CheckContext, following: Any) -> Judged:
    """following: the node up to which pytest leaves everything set up."""
    if is_plain(item):
        return call_directly(item, info, context)
    item.stash[CONTEXT] = context
    with _environment():  # pytest tells in it which test runs
        runtestprotocol(item, log=False, nextitem=following)
    return item.stash[JUDGED]


def _not_loaded(reason: str) -> GraderFault:
    return GraderFault(say("The exercise's checks could not be loaded: {reason}", reason=reason))


class _Reports:
    """Keeps what pytest says of files that it can't collect, and makes the reports of tests cheap."""

    def __init__(self) -> None:
        self._errors: list[str] = []

    def reason(self, exercise: str) -> str:
        """What pytest said of this exercise's file, else of all."""
        return "\n".join([error for error in self._errors if exercise in error] or self._errors)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self._errors.append(f"{report.nodeid}: {report.longreprtext}")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """A report without pytest's own rendering of the traceback: 8 ms for each failed check, and nobody reads it."""
        assert call.when != "collect"
        outcome: Literal["passed", "failed"] = "passed" if call.excinfo is None else "failed"
        return pytest.TestReport(
            nodeid=item.nodeid, location=item.location, keywords={}, outcome=outcome, longrepr=None, when=call.when
        )


class _Pytest:
    """What `pytest.main` does around its own loop over the tests, in steps: begin, collect, end."""

    def __init__(self) -> None:
        self.reports = _Reports()
        options = [option for name in _UNUSED for option in ("-p", f"no:{name}")]
        arguments = ["-c", os.devnull, "--rootdir", os.sep, "--noconftest", "--import-mode=importlib"]
        with ExitStack() as stack:
            self.config = _prepareconfig([*options, *arguments, os.devnull], [self.reports, GradePlugin()])
            stack.callback(self.config._ensure_unconfigure)
            self.config._do_configure()
            self._session = pytest.Session.from_config(self.config)
            self.config.hook.pytest_sessionstart(session=self._session)
            stack.pop_all()

    def collect(self, files: Sequence[Path]) -> pytest.Session:
        """The session, which has collected these files."""
        # Known only now, and of no public name. pytest looks at every entry of every folder from the second of these
        # down to a file, and names modules and tests by what is below the first.
        root = Path(os.path.commonpath([file.parent for file in files]))
        self.config._rootpath = self.config.pluginmanager._confcutdir = root
        self.config.args = [str(file) for file in files]
        self.config.hook.pytest_collection(session=self._session)
        return self._session

    def end(self) -> None:
        """Tell its plugins that it is over."""
        self.config.hook.pytest_sessionfinish(session=self._session, exitstatus=pytest.ExitCode.OK)
        self.config._ensure_unconfigure()


@contextmanager
def _forgotten(files: list[Path]) -> Iterator[None]:
    """Afterwards undo the import of the checks: another session in this process would else take another exercise's
    `checks`, or the state of these before an edit, for what it collects."""
    last = next(reversed(sys.modules))
    try:
        yield
    finally:
        paths = {str(file) for file in files}
        # Only what came after it: a look at each of three thousand modules would give a fork a copy of its page.
        for name in list(takewhile(lambda name: name != last, reversed(sys.modules))):
            if getattr(sys.modules[name], "__file__", None) in paths:
                del sys.modules[name]


@contextmanager
def _environment() -> Iterator[None]:
    """No option and no plugin that this person's other pytest runs ask for: pytest reads of them as it begins."""
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
    try:
        own = state_folder(make=True)
    except (OSError, UsageError):
        own = None
    # Without a folder that nobody else writes to, nothing compiled is read, nor kept.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "pycache_prefix", os.devnull if own is None else str(own / "compiled"))
        patch.setattr(sys, "dont_write_bytecode", own is None or sys.dont_write_bytecode)
        yield


@contextmanager
def one_thread() -> Iterator[None]:
    """References on small inputs gain nothing by threads, and lose half their speed to them on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
