"""The pytest plugin: fixtures for checks, their order, and a verdict on every report.

It knows no submission. Whoever runs the checks does, grading's CheckSuite or `pytest --submission`, and gives each item
its CheckContext.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.checks.context import CheckContext, Implementation, Probes
from grader.checks.marks import CheckMark
from grader.checks.naming import Explanation
from grader.checks.seeds import Sample
from grader.checks.verdict import Judged, verdict_on
from grader.course.faults import CourseError
from grader.course.model import CheckInfo
from grader.course.texts import AuthoredTexts, texts_beside

MARK = "grade_check"
_INFO = pytest.StashKey[CheckInfo]()
_TEXTS = pytest.StashKey[dict[Path, AuthoredTexts]]()

#: What the check works with: put into an item's stash by whoever runs the item, before its setup.
CONTEXT = pytest.StashKey[CheckContext]()

#: What came of the check: in the item's stash from its report on.
JUDGED = pytest.StashKey[Judged]()


def check_info(item: pytest.Item) -> CheckInfo | None:
    """What the item's `@check` says; None for a test that is no check."""
    marker = item.get_closest_marker(MARK)
    if marker is None:
        return None
    # Kept with the item: checks of two exercises may have one node id.
    if _INFO not in item.stash:
        mark: CheckMark = marker.args[0]
        id, folder = item.name.removeprefix("test_"), item.path.parent
        texts = item.config.stash.setdefault(_TEXTS, {})
        if folder not in texts:
            texts[folder] = texts_beside(folder)
        title = texts[folder].of("checks", id, mark.title)
        item.stash[_INFO] = CheckInfo(id, title, mark.points, mark.hidden, mark.part)
    return item.stash[_INFO]


class GradePlugin:
    """Registered with pytest by whoever runs checks."""

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", f"{MARK}(mark): a graded check; made by grader.checks.check")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Hidden checks run last: nothing that a submission learns in one can come out in a visible one."""
        items.sort(key=lambda item: bool((info := check_info(item)) and info.hidden))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
        report = yield
        info = check_info(item)
        if info is not None and (call.when == "call" or (call.when == "setup" and call.excinfo is not None)):
            context = item.stash.get(CONTEXT, None)
            error = call.excinfo.value if call.excinfo else None
            explanations: tuple[Explanation, ...] = ()
            if context is not None and error is not None:
                try:
                    explanations = context.explanations()
                except CourseError as fault:  # in mistakes.py, which nothing else has asked for yet
                    error = fault
            item.stash[JUDGED] = verdict_on(info, error, explanations, checks=item.path)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
        """A check that has gone on after a wrong call fails with that one, whatever came later."""
        context = pyfuncitem.stash.get(CONTEXT, None)
        try:
            result = yield
        except Exception as error:
            if context is None or context.failure is None or error is context.failure:
                raise
            raise context.failure from None
        if context is not None and context.failure is not None:
            raise context.failure
        return result

    # -- fixtures ----------------------------------------------------------------------------------------------

    @pytest.fixture
    def grade_context(self, request: pytest.FixtureRequest) -> CheckContext:
        """The check's context; the other fixtures are its parts."""
        if check_info(request.node) is None:
            pytest.fail(f"{request.node.name} uses a fixture of the grader: decorate it with @check.", pytrace=False)
        context: CheckContext = request.node.stash[CONTEXT]
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
    def record(self, grade_context: CheckContext) -> Any:
        """What a function of records.py gives, made once for each submission; see CheckContext.record."""
        return grade_context.record

    @pytest.fixture
    def device(self, grade_context: CheckContext) -> torch.device:
        """Where the run's tensors live."""
        return grade_context.sample.device
