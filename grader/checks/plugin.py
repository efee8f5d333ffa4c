"""The pytest plugin: fixtures for checks, their order, and a verdict on every report; and checks without pytest.

It knows no submission. Whoever runs the checks does, grading's CheckSuite or `pytest --submission`, and gives each item
its CheckContext.

What pytest does around one test costs as much as four calls of a submission. A check that needs none of it, as nearly
all do, is therefore called directly (`call_directly`); which verdict it gets does not depend on that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
import torch

from grader.checks.context import CheckContext, Implementation, Probes
from grader.checks.exercise import LoadedExercise
from grader.checks.explanation import Explanation
from grader.checks.independence import is_independent
from grader.checks.marks import CheckMark
from grader.checks.plan import Plan, RightPath
from grader.checks.rehearsal import path_for, plan_for
from grader.checks.seeds import Sample
from grader.checks.verdict import PARAMETERS, Judged, verdict_on
from grader.course.faults import CourseError
from grader.course.model import CheckInfo
from grader.course.texts import AuthoredTexts, texts_beside

MARK = "grade_check"
_INFO = pytest.StashKey[CheckInfo]()
_PLAIN = pytest.StashKey[bool]()
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
            error = call.excinfo.value if call.excinfo else None
            item.stash[JUDGED] = _judged(item, info, item.stash.get(CONTEXT, None), error)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
        context = pyfuncitem.stash.get(CONTEXT, None)
        try:
            result = yield
        except Exception as error:
            raise _first_failure(context, error) from None
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


def compare(context: CheckContext) -> Any:
    """Call submission and reference on the same inputs and judge the difference; see CheckContext.compare."""
    return context.compare


def expect(context: CheckContext) -> Any:
    """Judge the submission's value against one worked out by the check; see CheckContext.expect."""
    return context.expect


def sample(context: CheckContext) -> Sample:
    """Random inputs, seeded for this check."""
    return context.sample


def student(context: CheckContext) -> Implementation:
    """The submission's functions, for assertions of one's own."""
    return Implementation(context, None)


def reference(context: CheckContext) -> Implementation:
    """The reference's functions."""
    return Implementation(context, context.exercise.reference)


def probe(context: CheckContext) -> Probes:
    """Functions of probes.py, to hand to a call."""
    return Probes()


def record(context: CheckContext) -> Any:
    """What a function of records.py gives, made once for each submission; see CheckContext.record."""
    return context.record


def device(context: CheckContext) -> torch.device:
    """Where the run's tensors live."""
    return context.sample.device


#: What a check can ask for by the name of a parameter.
_OFFERED: dict[str, Callable[[CheckContext], Any]] = {
    offer.__name__: offer for offer in (compare, expect, sample, student, reference, probe, record, device)
}
assert tuple(_OFFERED) == PARAMETERS


def _fixture(offer: Callable[[CheckContext], Any]) -> Any:
    def fixture(self: GradePlugin, grade_context: CheckContext) -> Any:
        return offer(grade_context)

    fixture.__doc__ = offer.__doc__
    return pytest.fixture(name=offer.__name__)(fixture)


for _name, _offer in _OFFERED.items():
    setattr(GradePlugin, _name, _fixture(_offer))


def is_plain(item: pytest.Item) -> bool:
    """Whether the check needs nothing that only pytest has: it is a function that asks for what is offered here alone,
    with no other mark, and its file sets nothing up and asserts nothing, since pytest words what an `assert` says."""
    if _PLAIN not in item.stash:
        item.stash[_PLAIN] = _is_plain(item)
    return item.stash[_PLAIN]


def _is_plain(item: pytest.Item) -> bool:
    if not isinstance(item, pytest.Function) or not isinstance(item.parent, pytest.Module):
        return False
    fixtures = item._fixtureinfo
    ours = all(name in _OFFERED and len(fixtures.name2fixturedefs[name]) == 1 for name in fixtures.initialnames)
    marked = any(mark.name != MARK for mark in item.iter_markers())
    return ours and not marked and not hasattr(item, "callspec") and not _asserts(item.path)


@cache
def _asserts(checks: Path) -> bool:
    return re.search(rb"(?m)^\s*assert\b", checks.read_bytes()) is not None


def call_directly(item: pytest.Item, info: CheckInfo, context: CheckContext) -> Judged:
    """The verdict on a plain check, the same as pytest's own run of it gives."""
    assert isinstance(item, pytest.Function)
    error: BaseException | None = None
    try:
        plan = own_plan(item, info, context)
        if plan is not None:
            context.replay(plan)
        elif not _follows(item, info, context):
            _run(item, context)
        error = context.failure
    except (KeyboardInterrupt, pytest.exit.Exception):
        raise
    except Exception as raised:
        error = _first_failure(context, raised)
    except BaseException as raised:  # pytest's own: skip, fail
        error = raised
    return _judged(item, info, context, error)


def plan_of(item: pytest.Item, info: CheckInfo, exercise: LoadedExercise, seed: int) -> Plan | None:
    """The calls of the check, where they are the same for every submission that is graded with this seed."""
    return plan_for(exercise, info.id, seed, partial(_run, item)) if _can_be_planned(item) else None


def own_plan(item: pytest.Item, info: CheckInfo, context: CheckContext) -> Plan | None:
    """As `plan_of`, for the submission of this context."""
    if not is_plain(item) or not context.exercise.remember:
        return None
    with context.run.paused():  # it is not this submission's time alone
        return plan_of(item, info, context.exercise, context.seed)


def path_of(item: pytest.Item, info: CheckInfo, exercise: LoadedExercise, seed: int) -> RightPath | None:
    """The calls that the check makes of a right submission that is graded with this seed."""
    return path_for(exercise, info.id, seed, partial(_run, item)) if is_plain(item) else None


def _follows(item: pytest.Item, info: CheckInfo, context: CheckContext) -> bool:
    """Whether the check's calls were made and all gave exactly what the reference gives."""
    if not context.exercise.remember:
        return False
    with context.run.paused():
        path = path_of(item, info, context.exercise, context.seed)
    return path is not None and context.follow(path)


def _can_be_planned(item: pytest.Item) -> bool:
    return is_plain(item) and is_independent(item.path, item.name)


def _run(item: pytest.Item, context: CheckContext) -> None:
    assert isinstance(item, pytest.Function)
    item.function(**{name: _OFFERED[name](context) for name in item._fixtureinfo.argnames})


def _first_failure(context: CheckContext | None, error: Exception) -> Exception:
    """A check that has gone on after a wrong call fails with that one, whatever came later."""
    return error if context is None or context.failure is None else context.failure


def _judged(item: pytest.Item, info: CheckInfo, context: CheckContext | None, error: BaseException | None) -> Judged:
    explanations: tuple[Explanation, ...] = ()
    if context is not None and error is not None:
        try:
            explanations = context.explanations()
        except CourseError as fault:  # in mistakes.py, which nothing else has asked for yet
            error = fault
    return verdict_on(info, error, explanations, checks=item.path)
