"""Grades answers, and keeps whatever grading asked of the reference and of the mistakes."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import structs

from grader.boundary.encoded_call import EncodedCall
from grader.calls.invoke import Space
from grader.checks.bounded import TooLong
from grader.checks.exercise import LoadedExercise, Mistake, OutcomeCache, known_outcome
from grader.checks.outcomes import (
    Frames,
    Known,
    Record,
    SealedCall,
    SealedMistake,
    Unrecordable,
    outcome_frame,
    sealed_call,
)
from grader.checks.plan import Plan
from grader.course.model import Exercise
from grader.grading.grader import Grader
from grader.grading.suite import CheckSuite
from grader.result import Result
from grader.wire.values import Call, Outcome


class Recording(OutcomeCache):
    """Keeps all outcomes, by the names of the mistakes that are made and the digest of the call."""

    def __init__(self, names: dict[Space, tuple[str, ...]]) -> None:
        super().__init__(remember=True)
        self.outcomes: dict[tuple[tuple[str, ...], bytes], Outcome] = {}
        self._names = names

    def of(self, space: Space, encoded: EncodedCall, *, bounded: bool = False) -> Outcome:
        """As of any exercise."""
        if encoded.callbacks:
            return known_outcome(space, encoded.call, bounded=bounded)
        key = self._names[space], encoded.digest
        if key not in self.outcomes:
            self.outcomes[key] = known_outcome(space, encoded.call, bounded=bounded)
        return self.outcomes[key]

    def once(self, space: Space, call: Call) -> Outcome:
        """As `of`: a report asks for it again when the bundle is graded in."""
        return self.of(space, EncodedCall(call), bounded=True)


class RecordedExercise(LoadedExercise):
    """An exercise that knows which mistakes a space makes."""

    def forget(self) -> None:
        """As of any exercise."""
        super().forget()
        self.names: dict[Space, tuple[str, ...]] = {}
        self.recording = self.known = Recording(self.names)
        self.apart: list[tuple[str, ...]] = []
        if "reference" in vars(self):
            self._name_single()

    def _name_single(self) -> None:
        self.names[self.reference] = ()
        self.names.update((mistake.space, (mistake.name,)) for mistake in self.mistakes)

    def space_with(self, mistakes: tuple[Mistake, ...]) -> Space | None:
        """As of any exercise."""
        space = super().space_with(mistakes)
        names = tuple(mistake.name for mistake in mistakes)
        if space is None:
            self.apart.append(names)
        else:
            self.names[space] = names
        return space


def unrecordable(exercise: Exercise, seeds: Iterable[int]) -> set[str]:
    """The checks whose calls can't be recorded: those that feed values on, and those with more than data in them."""
    loaded, found = RecordedExercise(exercise.folder, id=exercise.id, remember=True), set()
    with CheckSuite([exercise.folder / "checks.py"]) as suite:
        known = suite.ids(exercise.id)
        for seed in seeds:
            loaded.forget()
            suite.plan(loaded, seed, bool)
            found |= {id for id in known if not _is_recordable(loaded.plans.get((id, seed)))}
    return found


class Recorder:
    """Records of one exercise of a full course. Used within `with Grader(...)`, whose loaded exercise is this one's."""

    def __init__(self, grader: Grader, exercise: Exercise) -> None:
        self._grader, self._exercise = grader, exercise
        self._loaded = RecordedExercise(exercise.folder, id=exercise.id, remember=True)
        grader.use(self._loaded)

    def record(self, seed: int, answers: Sequence[Path]) -> Record:
        """What grading the answers with this seed asked for. Every check must have a plan."""
        self._grader.reseed(seed)
        self._grader.plan(self._exercise)
        plans = {check: plan for (check, _), plan in self._loaded.plans.items() if plan is not None}
        self._ask_singles([planned.encoded for plan in plans.values() for planned in plan])
        for answer in answers:
            prepared = self._grader.read(self._exercise, answer)
            if not isinstance(prepared, Result):
                self._grader.grade(self._exercise, answer.name, prepared)
        return self._as_record(seed, plans)

    def _ask_singles(self, calls: Sequence[EncodedCall]) -> None:
        """What any wrong answer asks for: what each mistake gives in each call, and how much work a call is."""
        known, exercise = self._loaded.known, self._loaded
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for encoded in calls:
                counted = EncodedCall(structs.replace(encoded.call, counted=True))
                for space, call in [
                    (exercise.reference, encoded),
                    (exercise.reference, counted),
                    *((mistake.space, encoded) for mistake in exercise.mistakes),
                ]:
                    try:
                        known.of(space, call, bounded=True)
                    except TooLong:
                        continue

    def _as_record(self, seed: int, plans: dict[str, Plan]) -> Record:
        frames, loaded = Frames(), self._loaded
        checks: dict[str, tuple[SealedCall, ...]] = {
            check: tuple(sealed_call(planned, frames) for planned in plan) for check, plan in plans.items()
        }
        known = []
        for (names, digest), outcome in loaded.recording.outcomes.items():
            try:
                known.append(Known(names, digest, frames.number_of(outcome_frame(outcome))))
            except Unrecordable:
                continue
        return Record(
            exercise=self._exercise.id,
            seed=seed,
            checks=checks,
            known=tuple(known),
            mistakes=tuple(SealedMistake(one.name, one.of, one.text) for one in loaded.mistakes),
            reach=self._reach(),
            apart=tuple(dict.fromkeys(loaded.apart)),
            frames=frames.all,
        )

    def _reach(self) -> dict[str, tuple[str, ...]]:
        """Functions and probes → the functions whose mistakes show in them."""
        names = [name for name, value in vars(self._loaded.reference.module).items() if callable(value)]
        found = {
            name: tuple(dict.fromkeys(mistake.of for mistake in self._loaded.mistakes_showing_in(name, name)))
            for name in (*names, *self._loaded.reference.probes)
        }
        return {name: functions for name, functions in found.items() if functions}


def _is_recordable(plan: Plan | None) -> bool:
    if plan is None:
        return False
    try:
        for planned in plan:
            sealed_call(planned, Frames())
    except Unrecordable:
        return False
    return True
