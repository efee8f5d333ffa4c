"""The answers that are graded so that a bundle knows what grading asks for: right ones, known mistakes, wrong ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeVar

from grader.audit.mistakes import Mistakes
from grader.audit.mutation.mutants import mutants_of
from grader.course.edits import EditError, edited
from grader.course.faults import read_text
from grader.course.model import Exercise
from grader.course.source import Source

T = TypeVar("T")

#: So many pairs of mistakes in one function, and so many answers that make none of the known mistakes.
PAIRS, MUTANTS = 20, 10


def answers_of(exercise: Exercise) -> Iterator[str]:
    """Sources, the right ones first. Raises CourseError where mistakes.py can't be run."""
    reference = read_text(exercise.folder / "reference.py")
    yield reference
    for variant in sorted((exercise.folder / "variants").glob("*.py")):
        yield read_text(variant)
    if (exercise.folder / "mistakes.py").exists():
        mistakes = Mistakes(exercise)
        yield from (mistakes.submission(name) for name in mistakes.by_name)
        yield from _spread(list(_pairs(mistakes, Source(reference))), PAIRS)
    yield from _spread([mutant.source for mutant in mutants_of(reference)], MUTANTS)


def _pairs(mistakes: Mistakes, reference: Source) -> Iterator[str]:
    """Two mistakes in one function, where both can be made at once."""
    for one, other in combinations(mistakes.by_name.values(), 2):
        if one.of == other.of and one.edit and other.edit:
            try:
                yield edited(reference, one.edit, other.edit)
            except EditError:
                continue


def _spread(items: Sequence[T], count: int) -> Sequence[T]:
    """So many of them, from the whole of their order."""
    return items[:: max(1, -(-len(items) // count))]
