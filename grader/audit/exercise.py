"""Audits one exercise: grades right answers, the stub, the mistakes and the mutants, each as a submission."""

from __future__ import annotations

import functools
import re
import time
from collections.abc import Callable, Iterable, Iterator

import msgspec

from grader.audit.answers import Answer, AnswerGrader, BrokenOff, Graded
from grader.audit.attack.attacks import attacks_on, facts_in, watching
from grader.audit.declared import equivalence, idle_equivalents, read_reasons
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
    audit = ExerciseAudit(exercise=exercise.id, seeds=seeds, devices=devices)
    faults: list[Message] = list(text_faults(exercise))
    try:
        auditor = _Auditor(exercise, seeds)
        for device in devices:
            with AnswerGrader(course, exercise, device=device, jobs=jobs, running=running) as grader:
                auditor.grade_on(device, grader)
        audit = auditor.findings(audit)
        faults += auditor.faults
    except CourseError as error:
        faults += [problem for problem in error.faults if problem not in faults]
    except BrokenOff as error:
        faults += error.broken.faults or [_broken_off(exercise, error.broken.reason)]
    except Exception as error:
        faults.append(_broken_off(exercise, f"{type(error).__name__}: {error}"))
    seconds = round(time.monotonic() - start, 1)
    return msgspec.structs.replace(audit, faults=tuple(map(in_every_language, faults)), seconds=seconds)


def _broken_off(exercise: Exercise, text: str) -> Message:
    """An error as a fault of a file of the exercise; of pytest's report on a checks.py, what was raised and where."""
    lines = re.findall(r"checks\.py:(\d+)", text)
    raised = re.findall(r"^E\s+(.+)$", text, re.MULTILINE)
    reason = raised[-1] if raised else text
    line = int(lines[-1]) if lines else 1
    return fault(exercise.folder / "checks.py", line, say("the audit broke off here: {reason}", reason=reason))


class _Auditor:
    """Grades all answers, and keeps what came of them."""

    def __init__(self, exercise: Exercise, seeds: int) -> None:
        self.exercise = exercise
        self.seeds = seeds
        self._reasons = read_reasons(exercise)
        self.faults: list[Message] = []
        self.rejected: list[Rejected] = []
        self.slack: dict[tuple[str, str, bool], None] = {}
        self.graded = 0
        self.reference = read_text(exercise.folder / "reference.py")
        variants = sorted((exercise.folder / "variants").glob("*.py"))
        self.right = {"reference": self.reference} | {f"variants/{path.stem}": read_text(path) for path in variants}
        self._mistakes = Mistakes(exercise)
        self.faults += self._mistakes.faults()
        self.mistakes: dict[str, list[Result]] = {name: [] for name in self._mistakes.by_name}
        self.killers: dict[Mutant, tuple[str, ...]] = {}
        self.attacks: dict[Mutant, tuple[str, ...]] = {}
        self.trivial: dict[tuple[str, str], TrivialFinding] = {}

    def _reason(self, *what: str) -> str:
        """Why audit.toml says that it is well; "" where that says nothing."""
        return self._reasons.get(what, "")

    # -- grading

    def grade_on(self, device: str, grader: AnswerGrader) -> None:
        """Right answers on every seed; and, on the first device, all that is wrong as well."""
        whole = not self.graded
        if whole:
            (stub,) = grader.grade([Answer("stub", cut_stub(self.exercise, self.exercise.languages), 0)])
            self._stub(stub.result)
            (watched,) = grader.grade([Answer("watched", watching(self.reference), 0)])
            self.attacks = dict.fromkeys(attacks_on(self.reference, facts_in(watched.result.stdout)), ())
        steps = list(self._steps(device, whole))
        for (_, note), graded in zip(steps, grader.grade([answer for answer, _ in steps]), strict=True):
            note(graded)
        if whole:
            self._name_again(grader)
            self._retry(grader)
        self.graded += grader.count

    def _steps(self, device: str, whole: bool) -> Iterator[tuple[Answer, Callable[[Graded], None]]]:
        """The answers, and what takes note of each outcome. Those of one seed follow each other: a scorer remembers
        what the reference gives for it."""
        wrong = {name: self._mistakes.submission(name) for name in self.mistakes} if whole else {}
        for seed in range(self.seeds):
            for name, source in self.right.items():
                yield Answer(name, source, seed, is_right=True), functools.partial(self._right, name, seed, device)
            for name, source in wrong.items() if seed < min((self.seeds + 1) // 2, _MISTAKE_SEEDS) else ():
                yield Answer(name, source, seed, naming=True), functools.partial(self._wrong, name)
            if whole and seed < max(_TRIVIAL_SEEDS, self.seeds // 10):
                for name, source in trivial_submissions(self.reference):
                    yield self._hurried("trivial", source, seed), functools.partial(self._trivial, name)
            if whole and seed == 0:
                for mutant in mutants_of(self.reference):
                    yield self._hurried("mutant", mutant.source, 0), functools.partial(self._mutant, mutant)
                for attack in self.attacks:
                    yield self._hurried("attack", attack.source, 0), functools.partial(self._attack, attack)

    def _hurried(self, name: str, source: str, seed: int) -> Answer:
        """An answer that gets less time."""
        limits = self.exercise.limits
        call, total = min(_CALL_SECONDS, limits.call_seconds), min(_TOTAL_SECONDS, limits.total_seconds)
        # What a record takes, a mutant needs as well; nearly all of them are done long before.
        total += max(0.0, limits.record_seconds - call)
        hurried = msgspec.structs.replace(limits, call_seconds=call, total_seconds=min(total, limits.total_seconds))
        return Answer(name, source, seed, limits=hurried)

    def _stub(self, result: Result) -> None:
        wrong = [f"{check.id}: {check.verdict}" for check in result.checks if check.verdict != "not_implemented"]
        if result.score or result.status != "graded" or wrong:
            problem = say(
                "the stub must score 0, every check not yet implemented; it scores {score}, status {status}: {checks}",
                score=f"{result.score:g}",
                status=result.status,
                checks=", ".join(wrong) or "-",
            )
            self.faults.append(fault(self.exercise.folder / "checks.py", 1, problem))

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
                reason = self._reason("trivial", name, check.id)
                self.trivial[name, check.id] = TrivialFinding(name, check.id, check.points, reason)

    def _mutant(self, mutant: Mutant, graded: Graded) -> None:
        self.killers[mutant] = _killers(graded)

    def _attack(self, attack: Mutant, graded: Graded) -> None:
        self.attacks[attack] = _killers(graded)

    def _name_again(self, grader: AnswerGrader) -> None:
        """Once more what names nothing: on a busy machine a submission's time may be over before its further calls."""
        places = [
            (name, place)
            for name, results in self.mistakes.items()
            for place, result in enumerate(results)
            if _is_unnamed(result)
        ]
        answers = [
            Answer(name, self._mistakes.submission(name), self.mistakes[name][place].seed, naming=True)
            for name, place in places
        ]
        for (name, place), graded in zip(places, grader.grade(answers), strict=True):
            self.mistakes[name][place] = graded.result

    def _retry(self, grader: AnswerGrader) -> None:
        """Survivors on further seeds; and those left out whose controls pass as well: they touch nothing."""
        for seed in range(1, 1 + FURTHER_SEEDS):
            for killers in (self.killers, self.attacks):
                alive = [mutant for mutant in _alive(killers) if killers is self.killers or not self._declared(mutant)]
                graded = grader.grade([self._hurried("mutant", mutant.source, seed) for mutant in alive])
                killers |= zip(alive, map(_killers, graded), strict=True)
        controlled = [mutant for mutant in _alive(self.killers) if mutant.control]
        controls = [self._hurried("mutant", mutant.control, FURTHER_SEEDS) for mutant in controlled]
        for mutant, graded_control in zip(controlled, grader.grade(controls), strict=True):
            if not _killers(graded_control):
                del self.killers[mutant]

    def _declared(self, mutant: Mutant) -> str:
        return equivalence(self._reasons, mutant.function, mutant.before, mutant.after)

    # -- what follows from it

    def findings(self, audit: ExerciseAudit) -> ExerciseAudit:
        """The audit with all of it."""
        changes = {(wrong.function, wrong.before, wrong.after) for wrong in (*self.killers, *self.attacks)}
        self.faults += idle_equivalents(self.exercise, changes)
        mistakes = tuple(self._mistake_finding(name, results) for name, results in self.mistakes.items())
        return msgspec.structs.replace(
            audit,
            answers=tuple(self.right),
            rejected=tuple(self.rejected),
            mistakes=mistakes,
            mutants=tuple(self._mutant_finding(mutant, killers) for mutant, killers in self.killers.items()),
            attacks=tuple(self._mutant_finding(attack, killers) for attack, killers in self.attacks.items()),
            idle=self._idle(mistakes),
            graded=self.graded,
            trivial=tuple(self.trivial.values()),
            slack=tuple(SlackFinding(*error, self._reason("slack", error[0])) for error in self.slack),
        )

    def _mutant_finding(self, mutant: Mutant, killers: tuple[str, ...]) -> MutantFinding:
        change, reason = (mutant.before, mutant.after), self._declared(mutant)
        state: MutantState = "killed" if killers else "survived"
        if reason:
            state = "declared_but_killed" if killers else "equivalent"
        return MutantFinding(mutant.function, mutant.line, mutant.operator, *change, state, killers, reason)

    def _mistake_finding(self, name: str, results: list[Result]) -> MistakeFinding:
        of = self._mistakes.by_name[name].of
        failed = [{check.id for check in result.checks if not check.passed} for result in results]
        named = [{name for check in result.checks for name in check.mistakes} for result in results]
        touched = {check.function for result in results for check in result.checks if not check.passed}
        return MistakeFinding(
            name=name,
            of=of,
            killers=tuple(check.id for check in results[0].checks if all(check.id in ids for ids in failed)),
            passed=tuple(result.seed for result in results if result.passed),
            unnamed=tuple(result.seed for result in results if _is_unnamed(result)),
            wrongly=tuple(sorted({str(other) for names in named for other in names - {name}})),
            scores=tuple(result.score for result in results),
            elsewhere=not all(result.passed for result in results) and of not in touched and not any(named),
        )

    def _idle(self, mistakes: Iterable[MistakeFinding]) -> tuple[IdleFinding, ...]:
        killers = [*(mistake.killers for mistake in mistakes), *self.killers.values(), *self.attacks.values()]
        alone = {checks[0] for checks in killers if len(checks) == 1}
        ids = [check.id for check in read_checks(self.exercise) if check.id not in alone]
        return tuple(IdleFinding(id, self._reason("idle", id)) for id in ids)


def _is_unnamed(result: Result) -> bool:
    """Whether a wrong value has no name. Where only a value's kind is wrong, that is said, and nothing is named."""
    wrong_value = any(check.worst is not None for check in result.checks)
    return wrong_value and not any(check.mistakes for check in result.checks)


def _alive(killers: dict[Mutant, tuple[str, ...]]) -> list[Mutant]:
    """The mutants that have passed everything so far."""
    return [mutant for mutant, checks in killers.items() if not checks]


def _killers(graded: Graded) -> tuple[str, ...]:
    """The checks that a mutant fails; where it can't even be loaded, a word for that. Close calls count as kills only
    if some check fails it clearly."""
    failed = tuple(check.id for check in graded.result.checks if not check.passed)
    if not failed and not graded.result.passed:
        return ("(not loaded)",)
    return () if failed and set(failed) <= graded.near - graded.clear else failed


def _reasons(result: Result) -> tuple[str, ...]:
    failed = [f"{check.id}: {(check.message or {}).get('en', '')}" for check in result.checks if not check.passed]
    return (*([result.message["en"]] if result.message else []), *failed)
