"""Which bug comes next: of what is due, then of what is new to this learner; what the learner got wrong comes first."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence

from grader.course.model import Course, Exercise
from grader.learner.record import Record
from grader.practice.bugs import Bug, RightAnswer
from grader.practice.memory import Memory

#: An exercise, and the functions of it that may have the bug.
Place = tuple[Exercise, frozenset[str]]


def may_practise(exercise: Exercise, record: Record) -> bool:
    """Whether a sheet gives nothing away: the learner has full marks, or has seen the solution."""
    entry = record.of(exercise.id)
    known = entry.passed_at is not None or entry.solution_at is not None
    return known and (exercise.folder / "reference.py").is_file()


def places(
    exercises: Sequence[Exercise], record: Record, memory: Memory, *, language: str, now: int, chance: random.Random
) -> Iterator[Place]:
    """What is due, the longest due first; then functions that were in no sheet, of one exercise after another.

    exercises: those that may be practised.
    """
    yield from _spaced(exercises, memory, lambda at: at <= now)
    due = memory.due()
    for exercise in _new_first(exercises, record, memory, chance):
        functions = RightAnswer(exercise, language).functions()
        if new := frozenset(name for name in functions if (exercise.id, name) not in due):
            yield exercise, new


def later_places(exercise: Exercise, memory: Memory, now: int) -> Iterator[Place]:
    """What of an exercise is not due yet, the soonest first."""
    yield from _spaced([exercise], memory, lambda at: at > now)


def _spaced(exercises: Sequence[Exercise], memory: Memory, wanted: Callable[[int], bool]) -> Iterator[Place]:
    known = {exercise.id: exercise for exercise in exercises}
    for (name, function), at in sorted(memory.due().items(), key=lambda item: item[1]):
        if name in known and wanted(at):
            yield known[name], frozenset({function})


def _new_first(exercises: Sequence[Exercise], record: Record, memory: Memory, chance: random.Random) -> list[Exercise]:
    """Those in which the learner made mistakes that no sheet had; then those with the fewest sheets; then by chance."""
    sheets = Counter(sheet.exercise for sheet in memory.sheets.values())
    had = {(sheet.exercise, sheet.bug) for sheet in memory.sheets.values()}

    def rank(exercise: Exercise) -> tuple[bool, int, float]:
        own = [name for name in record.of(exercise.id).mistakes if (exercise.id, name) not in had]
        return not own, sheets[exercise.id], chance.random()

    return sorted(exercises, key=rank)


def bugs_in_order(
    answer: RightAnswer,
    functions: Collection[str],
    *,
    own: Collection[str],
    had: Collection[str],
    chance: random.Random,
) -> Iterator[Bug]:
    """The bugs of these functions: the learner's own mistakes, others, mutants; at last those that sheets had before.

    own: names of mistakes that the learner made; had: names of bugs.
    """
    mistakes = _shuffled([bug for bug in answer.mistakes() if bug.function in functions], chance)
    mistakes.sort(key=lambda bug: bug.name not in own)
    yield from (bug for bug in mistakes if bug.name not in had)
    mutants = _shuffled([bug for bug in answer.mutants() if bug.function in functions], chance)
    yield from (bug for bug in mutants if bug.name not in had)
    yield from (bug for bug in [*mistakes, *mutants] if bug.name in had)


def _shuffled(bugs: list[Bug], chance: random.Random) -> list[Bug]:
    return chance.sample(bugs, len(bugs))


def practisable(course: Course, record: Record) -> list[Exercise]:
    """The exercises that this learner may practise."""
    return [exercise for exercise in course.exercises if may_practise(exercise, record)]
