"""Audits one exercise: grades right answers, the stub, the mistakes and the mutants, each as a submission."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from grader.audit.answers import Answer, AnswerGrader, BrokenOff, Graded
from grader.audit.declared import Declared, read_declared
from grader.audit.findings import (
    ExerciseAudit,
    IdleFinding,
    MistakeFinding,
    MutantFinding,
    MutantState,
    Rejected,
    SlackFinding,
    TrivialFinding,
)
from grader.audit.mistakes import Mistakes
from grader.audit.mutation.mutants import Mutant, mutants_of
from grader.audit.texts import text_faults
from grader.audit.trivial import trivial_submissions
from grader.course.checklist import read_checks
from grader.course.faults import CourseError, fault, read_text
from grader.course.model import Course, Exercise
from grader.course.stub import cut_stub
from grader.result import Result
from grader.scorers.crew import Crew
from grader.text import Message, in_every_language, say

#: There are ten times as many mistakes as right answers, and what names them depends little on the inputs: they are
#: graded on half as many seeds, and on no more than this.
_MISTAKE_SEEDS = 20

#: Trivial files are graded on so many seeds, and on a tenth of all if those are more.
_TRIVIAL_SEEDS = 2

#: A survivor is tried on so many further seeds before it counts as one.
FURTHER_SEEDS = 2

#: A mutant that loops must not cost what a learner's endless loop may.
_CALL_SECONDS, _TOTAL_SECONDS = 2.0, 10.0

_SHOWN = 20


def audit_exercise(
    course: Course, exercise: Exercise, *, seeds: int, devices: tuple[str, ...], jobs: int, running: set[Crew]
) -> ExerciseAudit:
    """Everything there is to find in one exercise.

    seeds: on how many right answers are graded, from 0, and mistakes on half as many; devices: on which of them.
    jobs: scorers at once. running: holds each crew as long as it grades, so that it can be stopped from outside.
    """
    start = time.monotonic()
    found = ExerciseAudit(exercise=exercise.id, seeds=seeds, devices=devices)
    faults: list[Message] = list(text_faults(exercise))
    try:
        declared = read_declared(exercise)
        auditor = _Auditor(course, exercise, declared, seeds, jobs, running)
        for device in devices:
            auditor.grade_on(device)
        found = auditor.findings(found)
        faults += auditor.faults
    except CourseError as error:
        faults += [each for each in error.faults if each not in faults]
    except BrokenOff as error:
        faults += error.broken.faults or [_broken_off(exercise, error.broken.reason)]
    except Exception as error:
        faults.append(_broken_off(exercise, f"{type(error).__name__}: {error}"))
    return msgspec.structs.replace(
        found, faults=tuple(in_every_language(each) for each in faults), seconds=round(time.monotonic() - start, 1)
    )


def _broken_off(exercise: Exercise, text: str) -> Message:
    """An error as a fault of a file of the exercise; of pytest's report on a checks.py, what was raised and where."""
    lines = re.findall(r"checks\.py:(\d+)", text)
    raised = re.findall(r"^E\s+(.+)$", text, re.MULTILINE)
    reason = raised[-1] if raised else text
    line = int(lines[-1]) if lines else 1
    return fault(exercise.folder / "checks.py", line, say("the audit broke off here: {reason}", reason=reason))


class _Auditor:
    """Grades all answers, and keeps what came of them."""

    def __init__(
        self, course: Course, exercise: Exercise, declared: Declared, seeds: int, jobs: int, running: set[Crew]
    ) -> None:
        self.course = course
        self.exercise = exercise
        self.declared = declared
        self.seeds = seeds
        self.jobs = jobs
        self.running = running
        self.faults: list[Message] = []
        self.rejected: list[Rejected] = []
        self.slack: dict[tuple[str, str, bool], None] = {}
        self.graded = 0
        self.reference = read_text(exercise.folder / "reference.py")
        self.right = {f"variants/{path.stem}": read_text(path) for path in _variants(exercise)}
        self.right = {"reference": self.reference, **self.right}
        self._mistakes = Mistakes(exercise)
        self.faults += self._mistakes.faults()
        self.mistakes: dict[str, list[Result]] = {name: [] for name in self._mistakes.by_name}
        self.mutants: list[MutantFinding] = []
        self.trivial: dict[tuple[str, str], TrivialFinding] = {}
        self.survivors: list[tuple[int, Mutant]] = []

    # -- grading

    def grade_on(self, device: str) -> None:
        """Right answers on every seed; and, on the first device, all that is wrong as well."""
        whole = not self.graded
        with AnswerGrader(self.course, self.exercise, device=device, jobs=self.jobs, running=self.running) as grader:
            if whole:
                (stub,) = grader.grade([Answer("stub", cut_stub(self.exercise, self.exercise.languages), 0)])
                self._stub(stub.result)
            steps = list(self._steps(device, whole))
            for (_, note), graded in zip(steps, grader.grade([answer for answer, _ in steps]), strict=True):
                note(graded)
            if whole:
                self._retry(grader)
            self.graded += grader.count

    def _steps(self, device: str, whole: bool) -> Iterator[tuple[Answer, Callable[[Graded], None]]]:
        """The answers, and who is told what came of each. Those of one seed follow each other: a scorer remembers what
        the reference gives for it."""
        wrong = {name: self._mistakes.submission(name) for name in self.mistakes} if whole else {}
        for seed in range(self.seeds):
            for name, source in self.right.items():
                yield Answer(name, source, seed, is_right=True), functools.partial(self._right, name, seed, device)
            for name, source in wrong.items() if seed < min((self.seeds + 1) // 2, _MISTAKE_SEEDS) else ():
                yield Answer(name, source, seed), functools.partial(self._wrong, name)
            if whole and seed < max(_TRIVIAL_SEEDS, self.seeds // 10):
                for name, source in trivial_submissions(self.reference):
                    yield self._hurried("trivial", source, seed), functools.partial(self._trivial, name)
            if whole and seed == 0:
                for mutant in mutants_of(self.reference):
                    yield self._hurried("mutant", mutant.source, 0), functools.partial(self._mutant, mutant)

    def _hurried(self, name: str, source: str, seed: int) -> Answer:
        """An answer that gets less time."""
        limits = self.exercise.limits
        hurried = msgspec.structs.replace(
            limits,
            call_seconds=min(_CALL_SECONDS, limits.call_seconds),
            total_seconds=min(_TOTAL_SECONDS, limits.total_seconds),
        )
        return Answer(name, source, seed, limits=hurried)

    def _stub(self, result: Result) -> None:
        wrong = [f"{check.id}: {check.verdict}" for check in result.checks if check.verdict != "not_implemented"]
        if result.score or result.status != "graded" or wrong:
            self.faults.append(
                fault(
                    self.exercise.folder / "checks.py",
                    1,
                    say(
                        "the stub must score 0, every check not yet implemented; it scores {score}, "
                        "status {status}: {checks}",
                        score=f"{result.score:g}",
                        status=result.status,
                        checks=", ".join(wrong) or "-",
                    ),
                )
            )

    def _right(self, name: str, seed: int, device: str, graded: Graded) -> None:
        for check in sorted(graded.near):
            self.slack[(name, check, True)] = None
        if not graded.result.passed and len(self.rejected) < _SHOWN:
            self.rejected.append(Rejected(name, seed, device, _reasons(graded.result)))

    def _wrong(self, name: str, graded: Graded) -> None:
        for check in sorted(graded.near - graded.clear):
            self.slack[(name, check, False)] = None
        self.mistakes[name].append(graded.result)

    def _trivial(self, name: str, graded: Graded) -> None:
        """No check may pay for a file in which nobody has done anything."""
        for check in graded.result.checks:
            if check.points:
                reason = self.declared.trivial.get((name, check.id), "")
                self.trivial[name, check.id] = TrivialFinding(name, check.id, check.points, reason)

    def _mutant(self, mutant: Mutant, graded: Graded) -> None:
        killers = _killers(graded)
        if not killers:
            self.survivors.append((len(self.mutants), mutant))
        self.mutants.append(self._mutant_finding(mutant, killers))

    def _mutant_finding(self, mutant: Mutant, killers: tuple[str, ...]) -> MutantFinding:
        reason = self.declared.reason(mutant) or ""
        state: MutantState = "killed" if killers else "survived"
        if reason:
            state = "declared_but_killed" if killers else "equivalent"
        return MutantFinding(
            mutant.function, mutant.line, mutant.operator, mutant.before, mutant.after, state, killers, reason
        )

    def _retry(self, grader: AnswerGrader) -> None:
        """Survivors on further seeds; and those left out whose controls pass as well: they touch nothing."""
        for seed in range(1, 1 + FURTHER_SEEDS):
            alive = self._alive()
            answers = [self._hurried("mutant", mutant.source, seed) for _, mutant in alive]
            for (position, mutant), graded in zip(alive, grader.grade(answers), strict=True):
                self.mutants[position] = self._mutant_finding(mutant, _killers(graded))
        controlled = [(position, mutant.control) for position, mutant in self._alive() if mutant.control]
        answers = [self._hurried("mutant", control, FURTHER_SEEDS) for _, control in controlled]
        without_effect = {
            position
            for (position, _), graded in zip(controlled, grader.grade(answers), strict=True)
            if not _killers(graded)
        }
        self.mutants = [mutant for position, mutant in enumerate(self.mutants) if position not in without_effect]

    def _alive(self) -> list[tuple[int, Mutant]]:
        """The mutants that have passed everything so far, with their positions in the list of findings."""
        return [(position, mutant) for position, mutant in self.survivors if not self.mutants[position].killers]

    # -- what follows from it

    def findings(self, found: ExerciseAudit) -> ExerciseAudit:
        """All of it."""
        mistakes = tuple(self._mistake_finding(name, results) for name, results in self.mistakes.items())
        return msgspec.structs.replace(
            found,
            answers=tuple(self.right),
            rejected=tuple(self.rejected),
            mistakes=mistakes,
            mutants=tuple(self.mutants),
            idle=self._idle(mistakes),
            graded=self.graded,
            trivial=tuple(self.trivial.values()),
            slack=tuple(
                SlackFinding(answer, check, right, self.declared.slack.get(answer, ""))
                for answer, check, right in self.slack
            ),
        )

    def _mistake_finding(self, name: str, results: list[Result]) -> MistakeFinding:
        of = self._mistakes.by_name[name].of
        failed = [{check.id for check in result.checks if not check.passed} for result in results]
        named = [{check.mistake for check in result.checks if check.mistake} for result in results]
        touched = {check.function for result in results for check in result.checks if not check.passed}
        return MistakeFinding(
            name=name,
            of=of,
            killers=tuple(check.id for check in results[0].checks if all(check.id in each for each in failed)),
            passed=tuple(result.seed for result in results if result.passed),
            unnamed=tuple(
                result.seed for result, names in zip(results, named, strict=True) if not names and not result.passed
            ),
            wrongly=tuple(sorted({str(other) for names in named for other in names - {name}})),
            scores=tuple(result.score for result in results),
            elsewhere=not all(result.passed for result in results) and of not in touched and not any(named),
        )

    def _idle(self, mistakes: Iterable[MistakeFinding]) -> tuple[IdleFinding, ...]:
        alone = {mistake.killers[0] for mistake in mistakes if len(mistake.killers) == 1}
        alone |= {mutant.killers[0] for mutant in self.mutants if len(mutant.killers) == 1}
        return tuple(
            IdleFinding(check.id, self.declared.idle.get(check.id, ""))
            for check in read_checks(self.exercise)
            if check.id not in alone
        )


def _killers(graded: Graded) -> tuple[str, ...]:
    """The checks that a mutant fails; where it can't even be loaded, a word for that. Close calls count as kills only
    if some check fails it clearly."""
    failed = tuple(check.id for check in graded.result.checks if not check.passed)
    if not failed and not graded.result.passed:
        return ("(not loaded)",)
    return () if failed and set(failed) <= graded.near - graded.clear else failed


def _variants(exercise: Exercise) -> list[Path]:
    return sorted((exercise.folder / "variants").glob("*.py"))


def _reasons(result: Result) -> tuple[str, ...]:
    failed = [f"{check.id}: {(check.message or {}).get('en', '')}" for check in result.checks if not check.passed]
    return tuple([result.message["en"]] if result.message else []) + tuple(failed)
