"""Are the verdicts and the names true? Every answer of benchmarks/answers/ is graded, and held against its label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.corpus import FOLDER, LabelledAnswer, read_corpus
from benchmarks.show import Table
from grader.audit.answers import Answer, AnswerGrader
from grader.course.find import find_course
from grader.result import CheckResult, Result
from grader.scorers.cores import usable_cores
from grader.text import Message

#: Sentences that every wrong number gets, and those that name the scenario: none of them is a reason.
NO_REASON = (
    "{helper} belongs to this check: {scenario}",
    "What this check looks at: {scenario}",
    "Furthest off is index {index}: expected {expected}, got {got}, off by {off}{relative}.",
    "Index {index}: expected {expected}, got {got}.",
    "{subject} is wrong in {differing} of {total} entries (marked *).",
    "{subject} is wrong in {differing} of {total} entries.",
    "{subject} is wrong in its only entry.",
    "{subject}: all {total} entries are wrong.",
    "{subject} is {got}, and {expected} is expected: off by {off}{relative}.",
)


class Counts(msgspec.Struct):
    """What came of an exercise's answers. names: of wrong answers and first attempts. expected: wrong answers that have
    a name. checks, explained: of first attempts, the visible checks that fail, and those of them with a reason."""

    right: int = 0
    right_passed: int = 0
    wrong: int = 0
    wrong_failed: int = 0
    expected: int = 0
    named: int = 0
    true_names: int = 0
    false_names: int = 0
    checks: int = 0
    explained: int = 0


def measure(*, quick: bool, only: Sequence[str] = (), seed: int = 0, seeds: int = 1) -> list[Table]:
    """The table of all exercises, and each answer of which something else came than its label says.

    quick: of one exercise alone. only: of these exercises. seeds: right answers are graded with so many, from `seed`.
    """
    course = find_course(Path(__file__).parents[1])
    answered = [exercise for exercise in course.exercises if (FOLDER / exercise.id).is_dir()]
    exercises = [exercise for exercise in answered if exercise.id in only or not only][: 1 if quick else None]
    found, deviations = dict[str, Counts](), list[str]()
    for exercise in exercises:
        answers = read_corpus(exercise.id)
        counts = found[exercise.id] = Counts()
        tasks = [
            (answer, Answer(answer.name, answer.source, seed + further, naming=True))
            for further in range(seeds)
            for answer in answers
            if further == 0 or answer.kind == "right"
        ]
        with AnswerGrader(course, exercise, device="cpu", jobs=usable_cores(), running=set()) as grader:
            graded = grader.grade([task for _, task in tasks])
        for (answer, task), outcome in zip(tasks, graded, strict=True):
            deviations += (
                f"{exercise.id} {answer.kind} {answer.name}, seed {task.seed}: {deviation}"
                for deviation in _count(counts, answer, outcome.result)
            )
    return [_table(found, deviations, seeds)]


def _count(counts: Counts, answer: LabelledAnswer, result: Result) -> Iterator[str]:
    """Adds an answer to the counts; what is not as it should be."""
    failed = [check for check in result.checks if not check.passed]
    if answer.kind == "right":
        counts.right += 1
        counts.right_passed += result.passed
        if not result.passed:
            yield f"{result.score:g} of {result.max_score:g}: " + "; ".join(_said(check) for check in failed[:3])
        return
    names = Counter(name for check in failed for name in check.mistakes)
    false = sorted(name for name in names if name not in (answer.names or ()))
    counts.true_names += len(names) - len(false)
    counts.false_names += len(false)
    if false:
        yield f"named {', '.join(false)}, which is not true of it"
    if answer.kind == "wrong":
        counts.wrong += 1
        counts.wrong_failed += not result.passed
        counts.expected += bool(answer.names)
        counts.named += bool(answer.names and names)
        if result.passed:
            yield "has full points"
        elif answer.names and not names:
            yield f"not named ({' or '.join(sorted(answer.names))}): {_said(failed[0]) if failed else result.status}"
        return
    for check in failed:
        if not check.hidden:
            counts.checks += 1
            counts.explained += explained(check)
            if not explained(check):
                yield f"no reason for {_said(check)}"


def explained(check: CheckResult) -> bool:
    """Whether a failed check says more than that numbers differ: a mistake, an exception, a wrong kind, a fact."""
    if check.mistakes or check.worst is None or check.message_data is None:
        return True
    return any(sentence.template not in NO_REASON for sentence in _sentences(check.message_data))


def _sentences(message: Message) -> Iterator[Message]:
    if not message.template.startswith("{m0}"):
        yield message
        return
    for sentence in message.fields.values():
        yield from _sentences(sentence)


def _said(check: CheckResult) -> str:
    return f"{check.id}: {' '.join((check.message or {}).get('en', check.verdict).split())[:240]}"


def _table(found: dict[str, Counts], deviations: list[str], seeds: int) -> Table:
    total = Counts(*(sum(column) for column in zip(*map(msgspec.structs.astuple, found.values()), strict=True)))
    rows = {**found, "all": total}
    return Table(
        f"Verdicts and names on answers written from the statements alone; right ones with {seeds} seeds",
        ("exercise", "right passed", "wrong failed", "wrong named", "names false", "first attempts: checks explained"),
        [
            (
                name,
                f"{counts.right_passed} of {counts.right}",
                f"{counts.wrong_failed} of {counts.wrong}",
                f"{counts.named} of {counts.expected}",
                f"{counts.false_names} of {counts.true_names + counts.false_names}",
                f"{counts.explained} of {counts.checks}",
            )
            for name, counts in rows.items()
        ],
        {name: msgspec.structs.asdict(counts) for name, counts in rows.items()},
        deviations,
    )
