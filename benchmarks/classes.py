"""Submissions to grade: right ones are the reference and its variants, wrong ones make the exercise's mistakes."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from grader.course.find import find_course, find_exercise
from grader.course.model import Course, Exercise

ROOT = Path(__file__).parents[1]
#: How many of a class are right.
SHARE_RIGHT = 0.6


class Pool(msgspec.Struct, frozen=True):
    """An exercise's right and wrong answers, as source."""

    exercise: Exercise
    right: tuple[str, ...]
    wrong: tuple[str, ...]


class Submitted(msgspec.Struct, frozen=True):
    """One submission of a class: folder/<student>/<exercise>/<slug>.py."""

    student: str
    exercise: str
    path: Path
    right: bool


def course() -> Course:
    """The course around this folder."""
    return find_course(ROOT)


def exercises(names: Sequence[str]) -> list[Exercise]:
    """Those of `names` that the course has: it may be a part of it."""
    whole = course()
    present = {exercise.id for exercise in whole.exercises}
    return [find_exercise(whole, name) for name in names if name in present]


def pool(exercise: Exercise) -> Pool:
    """Its answers, in a fixed order."""
    [found] = pools([exercise])
    return found


def pools(exercises: Sequence[Exercise]) -> list[Pool]:
    """The answers to each."""
    _make_mistakes([exercise.id for exercise in exercises if exercise.id not in _WRONG])
    return [Pool(exercise, _right(exercise), _WRONG[exercise.id]) for exercise in exercises]


def _right(exercise: Exercise) -> tuple[str, ...]:
    files = [exercise.folder / "reference.py", *sorted((exercise.folder / "variants").glob("*.py"))]
    return tuple(file.read_text("utf-8") for file in files)


#: The wrong answers made so far, by exercise.
_WRONG: dict[str, tuple[str, ...]] = {}


def _make_mistakes(names: Sequence[str]) -> None:
    """Mistakes are made by running PyTorch, whose pages the measuring process must not share with what it measures."""
    if names:
        command = [sys.executable, "-m", "benchmarks.classes", *names]
        printed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        _WRONG.update(zip(names, map(tuple, json.loads(printed)), strict=True))


def _mistaken(exercise: Exercise) -> list[str]:
    from grader.audit.mistakes import Mistakes

    mistakes = Mistakes(exercise)
    return [mistakes.submission(name) for name in mistakes.by_name]


def make_class(folder: Path, pools: Sequence[Pool], count: int, *, seed: int = 0) -> list[Submitted]:
    """Write `count` submissions, rounded up so that every student hands in every exercise."""
    rng = random.Random(seed)
    students = -(-count // len(pools))
    total = students * len(pools)
    right = [position < round(SHARE_RIGHT * total) for position in range(total)]
    rng.shuffle(right)
    places = ((f"student{number:04d}", one) for number in range(students) for one in pools)
    return [_submit(folder, student, one, ok, rng) for (student, one), ok in zip(places, right, strict=True)]


def _submit(folder: Path, student: str, pool: Pool, right: bool, rng: random.Random) -> Submitted:
    path = folder / student / pool.exercise.id / f"{pool.exercise.slug}.py"
    path.parent.mkdir(parents=True)
    # No two are equal: equal ones are graded once.
    path.write_text(f"{rng.choice(pool.right if right else pool.wrong)}\n# {student}\n", "utf-8")
    return Submitted(student, pool.exercise.id, path, right)


if __name__ == "__main__":
    print(json.dumps([_mistaken(find_exercise(course(), name)) for name in sys.argv[1:]]))
