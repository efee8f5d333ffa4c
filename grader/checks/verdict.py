"""From what a test raised to a verdict with its reason, and from all verdicts of a run to the mistakes they name."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
import pytest

from grader.boundary.limit_reached import LimitReached, WorkerFault
from grader.checks.failure import CallFailed, CheckFailed
from grader.checks.findings.call import NothingToCall
from grader.checks.findings.value import WrongNumber, WrongNumbers
from grader.checks.limit_sentences import message_for_limit
from grader.checks.reference import ReferenceFailed
from grader.course.faults import CourseError
from grader.course.model import CheckInfo
from grader.result import CheckResult, Detail, Verdict
from grader.text import Message, Text, in_every_language, listed, say
from grader.text.stored import storable

#: Limits that are not a matter of too much: the process ended of itself.
_ENDED: dict[str, Verdict] = {"crash": "error", "exit": "error", "protocol": "error", "lost": "grader_error"}


#: What a check can ask for by the name of a parameter: the fixtures of plugin.GradePlugin.
PARAMETERS = ("compare", "expect", "sample", "student", "reference", "probe", "device")


class NamedMistake(msgspec.Struct, frozen=True):
    """What results say of a mistake: the function it stands for, and its explanation."""

    of: str
    text: Text


class Judged(msgspec.Struct, frozen=True):
    """One check's result, and the evidence for mistakes: a function and the mistakes that reproduce its output."""

    result: CheckResult
    evidence: tuple[tuple[str, tuple[str, ...]], ...] = ()


def verdict_on(
    info: CheckInfo,
    error: BaseException | None,
    evidence: Iterable[tuple[str, tuple[str, ...]]] = (),
    *,
    checks: Path | None = None,
) -> Judged:
    """The verdict on one check from what its test raised; None means that it ended well.

    checks: the check's file. Its own `assert` says that the answer is wrong; anybody else's that the grader is.
    """
    if error is None:
        return Judged(_result(info, "passed"))
    if isinstance(error, CallFailed):
        return Judged(_of_call(info, error), tuple(evidence))
    if isinstance(error, CheckFailed):
        return Judged(_result(info, "failed", error.message), tuple(evidence))
    if isinstance(error, LimitReached):
        result = _result(info, _ENDED.get(error.kind, "limit"), limit_message(error))
        return Judged(msgspec.structs.replace(result, function=error.function or None))
    if isinstance(error, pytest.skip.Exception):
        return Judged(_result(info, "skipped", say("{reason}", reason=str(error.msg))))
    if isinstance(error, AssertionError) and any(_lines_in(error, checks)[-1:]):
        return Judged(_result(info, "failed", say("{reason}", reason=str(error))))
    message = say(
        "The grader itself failed on this check ({reason}). This is not your mistake; please report it.",
        reason=_reason(error, checks),
    )
    return Judged(_result(info, "grader_error", message))


def _of_call(info: CheckInfo, error: CallFailed) -> CheckResult:
    finding = error.finding
    result = msgspec.structs.replace(_result(info, finding.verdict, error.message), function=error.function)
    if isinstance(finding, NothingToCall):
        return result
    worst = finding.worst if isinstance(finding, WrongNumber | WrongNumbers) else None
    detail = Detail(error.call.text, *finding.shown(), finding.lines(), error.picture, error.code)
    return msgspec.structs.replace(result, worst=worst, detail=detail)


def limit_message(limit: LimitReached) -> Message:
    """What a check says of a limit."""
    message = message_for_limit(limit.kind, limit.signal or limit.amount, limit.detail)
    if limit.function and limit.kind not in ("not_run", "total_time"):
        return say("In {function}: {reason}", function=limit.function, reason=message)
    return message


def _reason(error: BaseException, checks: Path | None) -> Message | str:
    """What went wrong in the grader or the exercise; with the line of the check, for the exercise's author."""
    if isinstance(error, CourseError):
        return error.message
    name = "" if isinstance(error, WorkerFault) else f"{type(error).__name__}: "
    reason: Message | str = error.message if isinstance(error, ReferenceFailed) else f"{name}{error}"[:1000]
    line = [*filter(None, _lines_in(error, checks))][-1:]
    if isinstance(error, pytest.FixtureLookupError) and error.argname is not None:
        fields = {"name": error.argname, "known": listed(PARAMETERS)}
        reason = say("a check can't ask for {name}; what it can ask for: {known}", **fields)
        line = [error.request.node.function.__code__.co_firstlineno]
    if not line or checks is None:
        return reason
    return say("{reason}; see {file}, line {line}", reason=reason, file=checks.name, line=line[0])


def _lines_in(error: BaseException, checks: Path | None) -> list[int]:
    """Where the error passed through, the innermost last: lines of the check's file, and 0 for any other place."""
    steps = traceback.walk_tb(error.__traceback__)
    return [line if frame.f_code.co_filename == str(checks) else 0 for frame, line in steps]


def _result(info: CheckInfo, verdict: Verdict, message: Message | None = None) -> CheckResult:
    return CheckResult(
        id=info.id,
        title=info.title,
        verdict=verdict,
        passed=verdict == "passed",
        points=info.points if verdict == "passed" else 0.0,
        max_points=info.points,
        hidden=info.hidden,
        message=None if message is None else in_every_language(message),
        message_data=None if message is None else storable(message),
    )


def conclude(judged: Iterable[Judged], mistakes: Mapping[str, NamedMistake]) -> tuple[CheckResult, ...]:
    """The run's results, each failing check with its function's mistake where one is certain.

    A mistake is named only when it reproduces every failing output of that function in the run and no other does.
    mistakes: those of the exercise, by name.
    """
    judged = list(judged)
    named = _named(judged, mistakes)
    results = []
    for check in judged:
        names = {named[function] for function, _ in check.evidence if function in named}
        name = names.pop() if len(names) == 1 else None
        text = mistakes[name].text if name else None
        results.append(msgspec.structs.replace(check.result, mistake=name, mistake_text=text))
    return tuple(results)


def _named(judged: list[Judged], mistakes: Mapping[str, NamedMistake]) -> dict[str, str]:
    """Function → the one mistake that explains all its failing outputs.

    A mistake of another function shows in this one's output too, if this one calls that; but then that function's
    own outputs must bear it out.
    """
    fitting: dict[str, set[str]] = {}
    for check in judged:
        for function, names in check.evidence:
            fitting[function] = fitting.get(function, set(names)) & set(names)
    direct = {mistake.of for mistake in mistakes.values()}

    def borne_out(name: str, function: str) -> bool:
        # A scenario's function is nobody's: there it is enough if the mistake's own has not failed in another way.
        of = mistakes[name].of
        return of == function or name in fitting.get(of, () if function in direct else (name,))

    certain = {function: [name for name in names if borne_out(name, function)] for function, names in fitting.items()}
    return {function: names[0] for function, names in certain.items() if len(names) == 1}
