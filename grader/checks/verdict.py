"""From what a test raised to a verdict with its reason, and from all verdicts of a run to the mistakes they name."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest

from grader.boundary.limit_reached import LimitReached, WorkerFault
from grader.checks.exercise import NamedMistake
from grader.checks.explanation import Explanation
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
PARAMETERS = ("compare", "expect", "sample", "student", "reference", "probe", "record", "device")


class Judged(msgspec.Struct, frozen=True):
    """One check's result, and what explains it: for each function whose outputs are wrong, the mistakes."""

    result: CheckResult
    explanations: tuple[Explanation, ...] = ()


def verdict_on(
    info: CheckInfo,
    error: BaseException | None,
    explanations: Iterable[Explanation] = (),
    *,
    checks: Path | None = None,
) -> Judged:
    """The verdict on one check from what its test raised; None means that it ended well.

    checks: the check's file. Its own `assert` says that the answer is wrong; anybody else's that the grader is.
    """
    if error is None:
        return Judged(_result(info, "passed"))
    if isinstance(error, CallFailed):
        return Judged(_of_call(info, error), tuple(explanations))
    if isinstance(error, CheckFailed):
        return Judged(_result(info, "failed", error.message), tuple(explanations))
    if isinstance(error, LimitReached):
        result = _result(info, _ENDED.get(error.kind, "limit"), limit_message(error))
        return Judged(msgspec.structs.replace(result, function=error.function or None))
    if isinstance(error, pytest.skip.Exception):
        return Judged(_result(info, "skipped", say("{reason}", reason=str(error.msg))))
    if isinstance(error, AssertionError) and any(_lines_in(error, checks)[-1:]):
        return Judged(_result(info, "failed", say("{reason}", reason=str(error))))
    return Judged(_result(info, "grader_error", _at_fault(error, checks)))


def _at_fault(error: BaseException, checks: Path | None) -> Message:
    """What is said of an error that is nobody's answer: the exercise's own, or the grader's."""
    reason = _reason(error, checks)
    authored = isinstance(error, CourseError | ReferenceFailed | pytest.FixtureLookupError)
    if authored or (not isinstance(error, WorkerFault) and any(_lines_in(error, checks))):
        return say(
            "This check itself failed ({reason}). This is not your mistake; tell whoever gave you the exercise.",
            reason=reason,
        )
    return say(
        "The grader itself failed on this check ({reason}). This is not your mistake; please report it.", reason=reason
    )


def _of_call(info: CheckInfo, error: CallFailed) -> CheckResult:
    finding = error.finding
    result = msgspec.structs.replace(_result(info, finding.verdict, error.message), function=error.function)
    if isinstance(finding, NothingToCall):
        return result
    worst = finding.worst if isinstance(finding, WrongNumber | WrongNumbers) else None
    detail = Detail(
        error.call.text, *finding.shown(), finding.lines(), error.picture, error.code.code, error.code.prints
    )
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
    file = f"{checks.parent.name}/{checks.name}"
    return say("{reason}; see {file}, line {line}", reason=reason, file=file, line=line[0])


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
        part=info.part,
        message=None if message is None else in_every_language(message),
        message_data=None if message is None else storable(message),
    )


def conclude(judged: Iterable[Judged], mistakes: Mapping[str, NamedMistake]) -> tuple[CheckResult, ...]:
    """The run's results, each failing check with the mistakes that explain it where they are certain.

    mistakes: those of the exercise, by name.
    """
    judged = list(judged)
    named: dict[str, set[str]] = {}
    for explanation in (explanation for check in judged for explanation in check.explanations):
        named.setdefault(explanation.function, set()).update(explanation.mistakes)
    direct = {mistake.of for mistake in mistakes.values()}

    def borne_out(name: str, function: str) -> bool:
        """A mistake of another function shows in this one's output too, if this one calls that; but then that
        function's own outputs must bear it out. A scenario's function is nobody's."""
        of = mistakes[name].of
        return of == function or name in named.get(of, () if function in direct else (name,))

    results = []
    for check in judged:
        names: dict[str, None] = {}
        for function, found in ((explanation.function, explanation.mistakes) for explanation in check.explanations):
            if not (found and all(borne_out(name, function) for name in found)) and not names:
                break  # the report is about this function: what explains another one would mislead
            names |= dict.fromkeys(name for name in found if borne_out(name, function))
        result = _about_one(check.result, [mistakes[name].of for name in names])
        texts = tuple(_text_of(mistakes[name], result) for name in names)
        results.append(msgspec.structs.replace(result, mistakes=tuple(names), mistake_texts=texts))
    return tuple(results)


def _about_one(check: CheckResult, functions: Sequence[str]) -> CheckResult:
    """Of a check about several functions, such as "save, load", the one of which all named mistakes are."""
    about = (check.function or "").split(", ")
    if check.hidden or len(about) == 1 or len(set(functions)) != 1 or functions[0] not in about:
        return check
    return msgspec.structs.replace(check, function=functions[0])


def _text_of(mistake: NamedMistake, check: CheckResult) -> Text:
    """The mistake's sentence, with its function in front where the report is about another one, or shows none."""
    if not check.hidden and check.function in (None, mistake.of):
        return mistake.text
    return in_every_language(say("in {function}, {reason}", function=mistake.of, reason=mistake.text))
