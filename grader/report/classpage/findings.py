"""What the results of one exercise say together: scores, checks, mistakes, equal answers, errors, time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from statistics import median, quantiles
from typing import TypeVar

import msgspec

from grader.report.classpage.entry import Entry
from grader.result import CheckResult, Verdict, Worst
from grader.text import Text

#: Bars of a histogram: tenths of the most that can be scored, and the most itself.
BARS = 11

_Key = TypeVar("_Key", bound=Hashable)


class Scores(msgspec.Struct, frozen=True):
    """count: of submissions. most: that can be scored. bars: how many have at least 0/10, 1/10, ... of it and less
    than the next, and how many have all. quarters: the three scores that part them into quarters."""

    count: int
    most: float
    bars: tuple[int, ...]
    quarters: tuple[float, float, float]


class CheckRow(msgspec.Struct, frozen=True):
    """A check, and the verdicts on it in the order of `Findings.order`; None where a result lacks it."""

    check: CheckResult
    verdicts: tuple[Verdict | None, ...]


class Mistake(msgspec.Struct, frozen=True):
    """Who made it. example: a check of one of them at which it was named, if there is one with lines of code."""

    students: tuple[str, ...]
    name: str
    text: Text
    example: CheckResult


class SameNumbers(msgspec.Struct, frozen=True):
    """Students with the same wrong values in the same checks. worst: of the first check that has a finite one."""

    students: tuple[str, ...]
    checks: tuple[CheckResult, ...]
    worst: Worst


class Trouble(msgspec.Struct, frozen=True):
    """Students with the same error or limit. checks: those that it befell; none where it was the whole submission."""

    students: tuple[str, ...]
    verdict: Verdict
    message: Text
    checks: tuple[Text, ...]


class Time(msgspec.Struct, frozen=True):
    """Seconds: in all, of the one in the middle, of the longest; and whose that is."""

    total: float
    middle: float
    longest: float
    student: str


class Findings(msgspec.Struct, frozen=True):
    """All of it, lists with the most frequent first. order: the entries with a file that was judged, the best first.
    time: None where there is none."""

    exercise: str
    order: tuple[Entry, ...]
    scores: Scores
    checks: tuple[CheckRow, ...]
    mistakes: tuple[Mistake, ...]
    same_files: tuple[tuple[str, ...], ...]
    same_numbers: tuple[SameNumbers, ...]
    troubles: tuple[Trouble, ...]
    time: Time | None

    @property
    def complete(self) -> int:
        """How many passed every check."""
        return sum(entry.result.passed for entry in self.order)


def findings(exercise: str, entries: Sequence[Entry]) -> Findings:
    """What the entries, all of this exercise, have to say."""
    present = [entry for entry in entries if entry.standing not in ("absent", "grader_error")]
    order = sorted(present, key=lambda entry: (-entry.result.score, entry.student))
    return Findings(
        exercise=exercise,
        order=tuple(order),
        scores=_scores(order),
        checks=_checks(order),
        mistakes=_mistakes(order),
        same_files=_same_files(present),
        same_numbers=_same_numbers(present),
        troubles=_troubles(entries),
        time=_time(present),
    )


def _scores(entries: Sequence[Entry]) -> Scores:
    most = max((entry.result.max_score for entry in entries), default=0.0)
    scores = [entry.result.score for entry in entries] or [0.0]
    bars = Counter(_bar(entry.result.score, most) for entry in entries)
    # Of a single number, `quantiles` will not say that it is all three.
    low, middle, high = quantiles(scores * 2 if len(scores) == 1 else scores, n=4, method="inclusive")
    return Scores(len(entries), most, tuple(bars[place] for place in range(BARS)), (low, middle, high))


def _bar(score: float, most: float) -> int:
    """A sum of points such as 0.1 may miss a boundary by a rounding."""
    return min(max(int((BARS - 1) * score / most + 1e-9), 0), BARS - 1) if most > 0 else 0


def _checks(order: Sequence[Entry]) -> tuple[CheckRow, ...]:
    known: dict[str, CheckResult] = {}
    for entry in order:
        for check in entry.result.checks:
            known.setdefault(check.id, check)
    verdicts = [{check.id: check.verdict for check in entry.result.checks} for entry in order]
    return tuple(CheckRow(check, tuple(row.get(name) for row in verdicts)) for name, check in known.items())


def _mistakes(order: Sequence[Entry]) -> tuple[Mistake, ...]:
    """The example is of the best work that has one: with the least beside the mistake."""
    texts: dict[str, Text] = {}
    students: dict[str, list[str]] = defaultdict(list)
    examples: dict[str, CheckResult] = {}
    for entry in order:
        for name, text in entry.mistakes.items():
            texts.setdefault(name, text)
            students[name].append(entry.student)
        for check in entry.result.checks:
            for name in check.mistakes:
                if name not in examples or (has_its_lines(check) and not has_its_lines(examples[name])):
                    examples[name] = check
    return _by_size(Mistake(tuple(sorted(own)), name, texts[name], examples[name]) for name, own in students.items())


def has_its_lines(check: CheckResult) -> bool:
    """Whether the check shows lines of code, and they are those of the one mistake that it names: of several it shows
    the first one's function, which need not be that of another."""
    return check.detail is not None and bool(check.detail.lines) and len(check.mistakes) == 1


def _same_files(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    """The stub as it was handed out is no finding."""
    written = [entry for entry in entries if {check.verdict for check in entry.result.checks} - {"not_implemented"}]
    groups = _grouped(written, lambda entry: entry.result.submission_sha256)
    return tuple(sorted((tuple(entry.student for entry in group) for group in groups), key=len, reverse=True))


def _same_numbers(entries: Sequence[Entry]) -> tuple[SameNumbers, ...]:
    """Groups whose wrong values are all the same and that no named mistake explains; the same file is told already."""
    groups = []
    for group in _grouped(entries, _wrong_values):
        checks = tuple(filter(is_unexplained, group[0].result.checks))
        # What is not finite is spelled out, and one NaN is as good as another.
        values = (check.worst for check in checks)
        worst = next((value for value in values if value and not isinstance(value.got, str)), None)
        if worst is not None and len({entry.result.submission_sha256 for entry in group}) > 1:
            groups.append(SameNumbers(tuple(entry.student for entry in group), checks, worst))
    return _by_size(groups)


def is_unexplained(check: CheckResult) -> bool:
    """Whether it has a wrong value that no named mistake explains."""
    return check.verdict == "failed" and not check.mistakes and check.worst is not None


def _wrong_values(entry: Entry) -> Hashable:
    """None if there are none. Only of the same seed can values be compared."""
    values = frozenset(
        (check.id, check.worst.index, check.worst.got, check.detail.got if check.detail else "")
        for check in entry.result.checks
        if check.worst is not None and is_unexplained(check)
    )
    return (entry.result.seed, values) if values else None


def _troubles(entries: Sequence[Entry]) -> tuple[Trouble, ...]:
    """What befell whole submissions, and single checks."""
    groups: dict[tuple[Verdict, str], list[tuple[str, Text, CheckResult | None]]] = defaultdict(list)
    for entry in entries:
        for verdict, message, check in _own_troubles(entry):
            groups[verdict, message.get("en", "")].append((entry.student, message, check))
    return _by_size(_trouble(verdict, group) for (verdict, _), group in groups.items())


def _trouble(verdict: Verdict, group: Sequence[tuple[str, Text, CheckResult | None]]) -> Trouble:
    """Each student once, and each check."""
    students = dict.fromkeys(student for student, _, _ in group)
    titles = {check.id: check.title for _, _, check in group if check is not None}
    return Trouble(tuple(students), verdict, group[0][1], tuple(titles.values()))


def _own_troubles(entry: Entry) -> Iterable[tuple[Verdict, Text, CheckResult | None]]:
    result = entry.result
    if result.status != "graded" and result.message is not None:
        yield result.status, result.message, None
    for check in result.checks:
        if check.verdict in ("error", "limit", "grader_error") and check.message is not None:
            yield check.verdict, check.message, check


def _time(entries: Sequence[Entry]) -> Time | None:
    if not entries:
        return None
    longest = max(entries, key=lambda entry: entry.result.seconds)
    seconds = [entry.result.seconds for entry in entries]
    return Time(sum(seconds), median(seconds), longest.result.seconds, longest.student)


_Group = TypeVar("_Group", Mistake, SameNumbers, Trouble)


def _by_size(groups: Iterable[_Group]) -> tuple[_Group, ...]:
    return tuple(sorted(groups, key=lambda group: len(group.students), reverse=True))


def _grouped(entries: Sequence[Entry], key: Callable[[Entry], _Key | None]) -> list[list[Entry]]:
    """Entries with the same key, where there are several; those whose key is None belong to none."""
    groups: dict[_Key, list[Entry]] = defaultdict(list)
    for entry in entries:
        if (value := key(entry)) is not None:
            groups[value].append(entry)
    return [group for group in groups.values() if len(group) > 1]
