"""The answers that are graded so that a bundle knows what grading asks for: right ones, known mistakes, wrong ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import combinations
from typing import TypeVar

from grader.audit.mistakes import Mistakes
from grader.audit.mutation.mutants import mutants_of
from grader.course.edits import Edit, EditError, edited
from grader.course.faults import read_text
from grader.course.model import Exercise
from grader.course.source import Source

T = TypeVar("T")

#: So many pairs of mistakes in one function, as many in two, and so many answers that make none of the known mistakes.
PAIRS, MUTANTS = 15, 10


def answers_of(exercise: Exercise) -> Iterator[str]:
    """Sources, the right ones first. Raises CourseError where mistakes.py can't be run."""
    reference = read_text(exercise.folder / "reference.py")
    yield reference
    for variant in sorted((exercise.folder / "variants").glob("*.py")):
        yield read_text(variant)
    if (exercise.folder / "mistakes.py").exists():
        mistakes = Mistakes(exercise)
        yield from (mistakes.submission(name) for name in mistakes.by_name)
        edits = [mistake.edit for mistake in mistakes.by_name.values() if mistake.edit is not None]
        for together in (True, False):
            pairs = [pair for pair in combinations(edits, 2) if (pair[0].of == pair[1].of) is together]
            yield from _made(reference, pairs)
    yield from _spread([mutant.source for mutant in mutants_of(reference)], MUTANTS)


def _made(reference: str, pairs: Sequence[tuple[Edit, Edit]]) -> Iterator[str]:
    """Some of the pairs, of those that can be made at once."""
    source = Source(reference)
    for pair in _spread(pairs, PAIRS):
        with suppress(EditError):
            yield edited(source, *pair)


def _spread(items: Sequence[T], count: int) -> Sequence[T]:
    """So many of them, from the whole of their order."""
    return items[:: max(1, -(-len(items) // count))]
