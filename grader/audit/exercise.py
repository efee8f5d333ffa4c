"""Audits one exercise: grades right answers, the stub, the mistakes and the mutants, each as a submission."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

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
from grader.audit.mistakes import MistakeInfo, mistake_submission, read_mistakes
from grader.audit.mutation.mutants import Mutant, mutants_of
from grader.audit.texts import text_faults
from grader.audit.trivial import trivial_submissions
from grader.course.checklist import read_checks
from grader.course.faults import CourseError, fault, read_text
from grader.course.model import Course, Exercise
from grader.course.stub import cut_stub
from grader.errors import SubmissionError
from grader.grading.grader import Grader
from grader.grading.prepare import prepare
from grader.result import Result
from grader.submission.examine import InProcess
from grader.submission.model import Chunk, Prepared, Submission
from grader.text import LANGUAGES, Message, in_every_language, say

#: There are ten times as many mistakes as right answers, and what names them depends little on the inputs: they are
#: graded on half as many seeds, and on no more than this.
_MISTAKE_SEEDS = 20

#: Trivial files are graded on so many seeds, and on a tenth of all if those are more.
_TRIVIAL_SEEDS = 2

#: A survivor is tried on so many further seeds before it counts as one.
FURTHER_SEEDS = 2

#: A mutant that loops must not cost what a learner's endless loop may.
_CALL_SECONDS, _TOTAL_SECONDS = 2.0, 10.0

#: How near to a tolerance an error may come, as a factor on it.
_SLACK = 10.0

_SHOWN = 20


def audit_exercise(course: Course, exercise: Exercise, *, seeds: int, devices: tuple[str, ...]) -> ExerciseAudit:
    """Everything there is to find in one exercise. Imports PyTorch.

    seeds: on how many right answers are graded, from 0, and mistakes on half as many; devices: on which of them.
    """
    start = time.monotonic()
    found = ExerciseAudit(exercise=exercise.id, seeds=seeds, devices=devices)
    faults: list[Message] = list(text_faults(exercise))
    try:
        declared = read_declared(exercise)
        auditor = _Auditor(course, exercise, declared, seeds)
        for device in devices:
            auditor.grade_on(device)
        found = auditor.findings(found)
        faults += auditor.faults
    except CourseError as error:
        faults += [each for each in error.faults if each not in faults]
    except Exception as error:
        faults.append(_broken_off(exercise, error))
    return msgspec.structs.replace(
        found, faults=tuple(in_every_language(each) for each in faults), seconds=round(time.monotonic() - start, 1)
    )


def _broken_off(exercise: Exercise, error: Exception) -> Message:
    """An error as a fault of a file of the exercise; of pytest's report on a checks.py, what was raised and where."""
    text = str(error)
    lines = re.findall(r"checks\.py:(\d+)", text)
    raised = re.findall(r"^E\s+(.+)$", text, re.MULTILINE)
    reason = raised[-1] if raised else f"{type(error).__name__}: {text}"
    line = int(lines[-1]) if lines else 1
    return fault(exercise.folder / "checks.py", line, say("the audit broke off here: {reason}", reason=reason))


class _Auditor:
    """Grades all answers, and keeps what came of them."""

    def __init__(self, course: Course, exercise: Exercise, declared: Declared, seeds: int) -> None:
        self.course = course
        self.exercise = exercise
        self.declared = declared
        self.seeds = seeds
        self.faults: list[Message] = []
        self.rejected: list[Rejected] = []
        self.slack: dict[tuple[str, str, bool], None] = {}
        self.graded = 0
        self.reference = read_text(exercise.folder / "reference.py")
        self.right = {f"variants/{path.stem}": read_text(path) for path in _variants(exercise)}
        self.right = {"reference": self.reference, **self.right}
        self.mistakes: dict[str, list[Result]] = {mistake.name: [] for mistake in _mistakes_of(exercise)}
        self.mutants: list[MutantFinding] = []
        self.trivial: dict[tuple[str, str], TrivialFinding] = {}
        self._answer, self._is_right = "", True
        self._clear: set[str] = set()
        self._near: set[str] = set()

    # -- grading

    def grade_on(self, device: str) -> None:
        """Right answers on every seed; and, on the first device, all that is wrong as well."""
        whole = not self.graded
        with Grader(self.course, [self.exercise], seed=0, device=device, remember=True, watch=self._watch) as grader:
            self._run(grader, device, whole)

    def _run(self, grader: Grader, device: str, whole: bool) -> None:
        prepared = {name: self._prepared(source) for name, source in self.right.items()}
        wrong: dict[str, Prepared] = {}
        if whole:
            self._stub(grader)
            wrong = {name: self._prepared(mistake_submission(self.exercise, name)) for name in self.mistakes}
        for seed in range(self.seeds):
            grader.reseed(seed)
            for name, answer in prepared.items():
                self._right(grader, name, answer, device)
            for name, answer in wrong.items() if seed < min((self.seeds + 1) // 2, _MISTAKE_SEEDS) else ():
                self.mistakes[name].append(self._wrong(grader, name, answer))
            if whole and seed < max(_TRIVIAL_SEEDS, self.seeds // 10):
                self._trivial(grader)
            if whole and seed == 0:
                survivors = self._mutants(grader)
        if whole:
            self._retry(grader, survivors)

    def _stub(self, grader: Grader) -> None:
        result = self._grade(grader, "stub", self._prepared(cut_stub(self.exercise, LANGUAGES)))
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

    def _right(self, grader: Grader, name: str, answer: Prepared, device: str) -> None:
        self._is_right = True
        result = self._grade(grader, name, answer)
        for check in self._near:
            self.slack[(name, check, True)] = None
        if not result.passed and len(self.rejected) < _SHOWN:
            self.rejected.append(Rejected(name, grader.seed, device, _reasons(result)))

    def _wrong(self, grader: Grader, name: str, answer: Prepared) -> Result:
        self._is_right = False
        result = self._grade(grader, name, answer)
        for check in self._near - self._clear:
            self.slack[(name, check, False)] = None
        return result

    def _trivial(self, grader: Grader) -> None:
        """No check may pay for a file in which nobody has done anything."""
        self._is_right = False
        for name, source in trivial_submissions(self.reference):
            result = self._grade(grader, "trivial", self._prepared(source), self._hurried())
            for check in result.checks:
                if check.points:
                    reason = self.declared.trivial.get((name, check.id), "")
                    self.trivial[name, check.id] = TrivialFinding(name, check.id, check.points, reason)

    def _mutants(self, grader: Grader) -> list[tuple[int, Mutant]]:
        """Grade every mutant; those that passed everything, with their places in the list of findings."""
        survivors = []
        for mutant in mutants_of(self.reference):
            killers = self._killers(grader, mutant.source)
            if killers == ():
                survivors.append((len(self.mutants), mutant))
            self.mutants.append(self._mutant_finding(mutant, killers))
        return survivors

    def _killers(self, grader: Grader, source: str) -> tuple[str, ...]:
        """The checks that the mutant fails; where it can't even be loaded, a word for that. Close calls count as
        kills only if some check fails it clearly."""
        self._is_right = False
        try:
            prepared = self._prepared(source)
        except SubmissionError:
            return ("(not loaded)",)
        result = self._grade(grader, "mutant", prepared, self._hurried())
        failed = tuple(check.id for check in result.checks if not check.passed)
        if not failed and not result.passed:
            return ("(not loaded)",)
        only_near = failed and set(failed) <= self._near - self._clear
        return () if only_near else failed

    def _hurried(self) -> Exercise:
        """The exercise with less time."""
        limits = self.exercise.limits
        return msgspec.structs.replace(
            self.exercise,
            limits=msgspec.structs.replace(
                limits,
                call_seconds=min(_CALL_SECONDS, limits.call_seconds),
                total_seconds=min(_TOTAL_SECONDS, limits.total_seconds),
            ),
        )

    def _mutant_finding(self, mutant: Mutant, killers: tuple[str, ...]) -> MutantFinding:
        reason = self.declared.reason(mutant) or ""
        state: MutantState = "killed" if killers else "survived"
        if reason:
            state = "declared_but_killed" if killers else "equivalent"
        return MutantFinding(
            mutant.function, mutant.line, mutant.operator, mutant.before, mutant.after, state, killers, reason
        )

    def _retry(self, grader: Grader, survivors: list[tuple[int, Mutant]]) -> None:
        """Survivors on further seeds; and those left out whose controls pass as well: they touch nothing."""
        without_effect: list[int] = []
        for seed in range(1, 1 + FURTHER_SEEDS):
            grader.reseed(seed)
            for place, mutant in survivors:
                if not self.mutants[place].killers:
                    self.mutants[place] = self._mutant_finding(mutant, self._killers(grader, mutant.source))
        for place, mutant in survivors:
            alive = not self.mutants[place].killers
            if alive and mutant.control and not self._killers(grader, mutant.control):
                without_effect.append(place)
        self.mutants = [mutant for place, mutant in enumerate(self.mutants) if place not in without_effect]

    def _grade(self, grader: Grader, name: str, answer: Prepared, exercise: Exercise | None = None) -> Result:
        self.graded += 1
        self._clear, self._near = set(), set()
        return grader.grade(exercise or self.exercise, name, answer)

    def _prepared(self, source: str) -> Prepared:
        name = f"{self.exercise.slug}.py"
        submission = Submission(name=name, sha256="", chunks=(Chunk(None, source, 1),))
        return prepare(self.exercise, submission, InProcess())

    def _watch(self, check: str) -> Callable[[bool, Callable[[float], bool]], None]:
        """Of a right answer: is it still right by a tenth of the tolerance? Of a wrong one: still wrong by ten times
        the tolerance?"""

        def watch(passed: bool, passes: Callable[[float], bool]) -> None:
            if passed == self._is_right:
                near = passes(1 / _SLACK) != passed if passed else passes(_SLACK)
                (self._near if near else self._clear).add(check)

        return watch

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
        of = next(mistake.of for mistake in read_mistakes(self.exercise) if mistake.name == name)
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


def _variants(exercise: Exercise) -> list[Path]:
    return sorted((exercise.folder / "variants").glob("*.py"))


def _mistakes_of(exercise: Exercise) -> tuple[MistakeInfo, ...]:
    return read_mistakes(exercise) if (exercise.folder / "mistakes.py").exists() else ()


def _reasons(result: Result) -> tuple[str, ...]:
    failed = [f"{check.id}: {(check.message or {}).get('en', '')}" for check in result.checks if not check.passed]
    return tuple([result.message["en"]] if result.message else []) + tuple(failed)
