"""An exercise of a sealed bundle: what its reference and its mistakes give is looked up, not worked out."""

from __future__ import annotations

import types
from functools import cached_property
from pathlib import Path

from grader.boundary.encoded_call import EncodedCall
from grader.calls.invoke import Space
from grader.checks.exercise import LoadedExercise, Mistake, NotRecorded, OutcomeCache
from grader.checks.outcomes import Record, outcome_in, planned_call, read_record
from grader.checks.plan import Plan
from grader.course.bundle import RECORDS, STUB
from grader.errors import UsageError
from grader.text import say
from grader.wire.values import Call, Outcome, Probe


class SealedExercise(LoadedExercise):
    """Its module is the stub's, for the functions' parameters; it is never called."""

    file_name = STUB

    def __init__(self, folder: Path, *, id: str, seed: int) -> None:
        """seed: of the record that is looked into first. Raises UsageError if there is none of it."""
        self._record = _load(folder, id, seed)
        self._names: dict[Space, tuple[str, ...]] = {}
        super().__init__(folder, id=id, remember=True)
        self._names[self.reference] = ()

    def forget(self) -> None:
        """As of any exercise."""
        super().forget()
        self.plans = _Plans(self)
        self.known = _Recorded(self._record, self._names)

    def plan(self, check: str, seed: int) -> Plan:
        """The check's calls. Raises UsageError where they are not recorded."""
        if seed != self._record.seed:
            self._record = _load(self.folder, self.id, seed)
            self.known = _Recorded(self._record, self._names)
        calls = self._record.checks.get(check)
        if calls is None:
            raise UsageError(
                say(
                    "The bundle has no record of the check {check} of {exercise}, so nothing was graded. Unpack the "
                    "bundle again, or ask for it again.",
                    check=check,
                    exercise=self.id,
                )
            )
        return tuple(planned_call(call, self._record.frames) for call in calls)

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """The mistakes' names and sentences, with spaces in which nothing runs."""
        return tuple(Mistake(one.name, one.of, one.text, self._sealed(one.name)) for one in self._record.mistakes)

    def mistakes_showing_in(self, target: str | Probe, function: str) -> tuple[Mistake, ...]:
        """As of any exercise; which functions a function reaches was recorded."""
        name = target.name if isinstance(target, Probe) else target
        reached = {*self._record.reach.get(name, ()), *self._record.reach.get(function, ())}
        return tuple(mistake for mistake in self.mistakes if mistake.of in reached)

    def _space_combined(self, mistakes: tuple[Mistake, ...]) -> Space | None:
        names = tuple(mistake.name for mistake in mistakes)
        return None if names in self._record.apart else self._sealed(*names)

    def _sealed(self, *names: str) -> Space:
        space = Space(types.ModuleType("sealed"))
        self._names[space] = names
        return space


class _Plans(dict[tuple[str, int], Plan | None]):
    """Read when first asked for."""

    def __init__(self, exercise: SealedExercise) -> None:
        super().__init__()
        self._exercise = exercise

    def __contains__(self, key: object) -> bool:
        return True

    def __missing__(self, key: tuple[str, int]) -> Plan:
        plan = self[key] = self._exercise.plan(*key)
        return plan


class _Recorded(OutcomeCache):
    """Outcomes by the mistakes and the bytes of the call."""

    def __init__(self, record: Record, names: dict[Space, tuple[str, ...]]) -> None:
        super().__init__(remember=True)
        self._frames = record.frames
        self._numbers = {(known.mistakes, known.digest): known.outcome for known in record.known}
        self._names = names
        self._read: dict[int, Outcome] = {}

    def of(self, space: Space, encoded: EncodedCall, *, bounded: bool = False) -> Outcome:
        """Raises NotRecorded where the bundle does not know."""
        number = self._numbers.get((self._names[space], encoded.digest))
        if number is None:
            raise NotRecorded("the bundle has no record of this call")
        if number not in self._read:
            self._read[number] = outcome_in(self._frames[number])
        return self._read[number]

    def once(self, space: Space, call: Call) -> Outcome:
        """As `of`."""
        return self.of(space, EncodedCall(call))


def _load(folder: Path, exercise: str, seed: int) -> Record:
    path = folder / RECORDS / f"{seed}.bin"
    try:
        record = read_record(path.read_bytes())
    except (OSError, ValueError):
        record = None
    if record is None or (record.exercise, record.seed) != (exercise, seed):
        problem = say(
            "{file} is no record of {exercise} with the seed {seed}, so nothing was graded. Unpack the bundle again, "
            "or ask for it again.",
            file=str(path),
            exercise=exercise,
            seed=seed,
        )
        raise UsageError(problem)
    return record
