"""The pytest plugin: fixtures for checks, their order, and a verdict on every report.

It knows no submission. A host does: the command line's session, or `pytest --submission` (standalone.py). The host
hands out one CheckContext per check.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any, Protocol

import msgspec
import pytest
import torch

from grader.checks.context import CheckContext, Implementation, Probes
from grader.checks.marks import CheckMark
from grader.checks.seeds import Sample
from grader.checks.traceback import explained, representation, within
from grader.checks.verdict import Judged, verdict_on
from grader.course.model import CheckInfo
from grader.course.texts import AuthoredTexts, texts_beside

MARK = "grade_check"
_CONTEXT = pytest.StashKey[CheckContext]()
_KNOWN = pytest.StashKey[dict[str, CheckInfo]]()
_TEXTS = pytest.StashKey[dict[Path, AuthoredTexts]]()


class Host(Protocol):
    """Whoever knows which submission is being graded. shows_tracebacks: whether a person reads pytest's own reports."""

    shows_tracebacks: bool

    def context(self, item: pytest.Item, info: CheckInfo) -> CheckContext:
        """The context of one check. May raise LimitReached or another error, which becomes the check's verdict."""


def check_info(item: pytest.Item) -> CheckInfo | None:
    """What the item's `@check` says; None for a test that is no check."""
    marker = item.get_closest_marker(MARK)
    if marker is None:
        return None
    known = item.config.stash.setdefault(_KNOWN, {})
    if item.nodeid not in known:
        mark: CheckMark = marker.args[0]
        id = item.name.removeprefix("test_")
        folder = item.path.parent
        texts = item.config.stash.setdefault(_TEXTS, {})
        if folder not in texts:
            texts[folder] = texts_beside(folder)
        known[item.nodeid] = CheckInfo(id, texts[folder].of("checks", id, mark.title), mark.points, mark.hidden)
    return known[item.nodeid]


class GradePlugin:
    """Registered with pytest by a host."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", f"{MARK}(mark): a graded check; made by grader.checks.check")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Hidden checks run last: nothing that a submission learns in one can come out in a visible one."""
        for item in items:
            if check_info(item) is not None and item.config.pluginmanager.hasplugin("warnings"):
                # A project that turns warnings into errors would turn a mistake's overflow into another outcome.
                item.add_marker(pytest.mark.filterwarnings("ignore"))
        items.sort(key=lambda item: bool((info := check_info(item)) and info.hidden))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        info = check_info(item)
        text = explained(call.excinfo.value) if info and call.excinfo else None
        trimmed = self.host.shows_tracebacks and text is not None and not item.config.getoption("fulltrace", False)
        if trimmed and call.excinfo:
            # Before the report is made, because a debugger opens where the traceback ends.
            call.excinfo = within(item.path, call.excinfo)
        report = yield
        if info is None or call.when == "teardown" or (call.when == "setup" and call.excinfo is None):
            return report
        if trimmed and call.excinfo and text is not None:
            report.longrepr = representation(call.excinfo, item.path, text, item.config.getoption("tbstyle", "auto"))
        context = item.stash.get(_CONTEXT, None)
        error = call.excinfo.value if call.excinfo else None
        judged = verdict_on(info, error, context.evidence if context else (), checks=item.path)
        # As plain data, so that it survives xdist's way from a worker to its controller.
        report.grade = msgspec.to_builtins(judged)
        report.grade_folder = str(item.path.parent)
        return report

    # -- fixtures ----------------------------------------------------------------------------------------------

    @pytest.fixture
    def grade_context(self, request: pytest.FixtureRequest) -> CheckContext:
        """The check's context; the other fixtures are its parts."""
        info = check_info(request.node)
        if info is None:
            pytest.fail(f"{request.node.name} uses a fixture of the grader: decorate it with @check.", pytrace=False)
        context = self.host.context(request.node, info)
        request.node.stash[_CONTEXT] = context
        return context

    @pytest.fixture
    def compare(self, grade_context: CheckContext) -> Any:
        """Call submission and reference on the same inputs and judge the difference; see CheckContext.compare."""
        return grade_context.compare

    @pytest.fixture
    def expect(self, grade_context: CheckContext) -> Any:
        """Judge the submission's value against one worked out by the check; see CheckContext.expect."""
        return grade_context.expect

    @pytest.fixture
    def sample(self, grade_context: CheckContext) -> Sample:
        """Random inputs, seeded for this check."""
        return grade_context.sample

    @pytest.fixture
    def student(self, grade_context: CheckContext) -> Implementation:
        """The submission's functions, for assertions of one's own."""
        return Implementation(grade_context, None)

    @pytest.fixture
    def reference(self, grade_context: CheckContext) -> Implementation:
        """The reference's functions."""
        return Implementation(grade_context, grade_context.exercise.reference)

    @pytest.fixture
    def probe(self) -> Probes:
        """Functions of probes.py, to hand to a call."""
        return Probes()

    @pytest.fixture
    def device(self, grade_context: CheckContext) -> torch.device:
        """Where the run's tensors live."""
        return grade_context.sample.device


def judged_of(report: Any) -> Judged | None:
    """The verdict that a report carries; `report.grade_folder` is then the exercise's folder."""
    grade = getattr(report, "grade", None)
    return None if grade is None else msgspec.convert(grade, Judged)
