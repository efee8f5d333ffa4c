"""One submission, one score: as .py, as notebook, in a class, and through nbgrader's autograde.

GRADE_SEEDS, set before a release, says that all three exercises are graded; otherwise the first and one of the others.
"""

from __future__ import annotations

import csv
import json
import os
import random
import re
from pathlib import Path

import pytest

from grader.course.find import find_course, find_exercise
from tests.forked import NBGRADER, run_forked
from tests.nbgrader.courses import SEED, autograde, grades, hand_in, make_course, solved, text_of
from tests.nbgrader.gradebooks import COURSE

pytestmark = pytest.mark.slow
EXERCISES = ("exercise03", "exercise12", "exercise15")
#: One is drawn of each of these.
AMONG = [(one,) for one in EXERCISES] if "GRADE_SEEDS" in os.environ else [EXERCISES[:1], EXERCISES[1:]]
#: Of the others, this one is graded by itself as well: each run by itself imports PyTorch anew.
ALONE = "doubled"
TWICE = """

def _twice(value):
    return tuple(2 * v for v in value) if isinstance(value, tuple) else 2 * value
"""


def submissions(exercise: str) -> dict[str, str]:
    """Sources by name: the reference, other right answers, and wrong ones."""
    folder = COURSE / "solutions" / exercise
    right = (folder / "reference.py").read_text("utf-8")
    found = {path.stem: path.read_text("utf-8") for path in sorted((folder / "variants").glob("*.py"))[:2]}
    # What the last return gives is doubled: some checks pass all the same.
    head, _, tail = right.rpartition("    return ")
    line, rest = tail.split("\n", 1)
    doubled = f"{head}    return _twice({line})\n{rest}{TWICE}"
    first = re.search(r"^def (\w+)", right, re.MULTILINE)
    assert first is not None
    return {
        "reference": right,
        **found,
        "doubled": doubled,
        "raises": right + f"\n\ndef {first[1]}(*a, **k):\n    raise ValueError('no')\n",
        "syntax": right + "\n)",
    }


def one(file: Path, exercise: str) -> float:
    words = (exercise, file, "--json", "-", "--seed", str(SEED), "--course", COURSE)
    done = run_forked("grader", *words, imported=NBGRADER)
    return float(json.loads(done.stdout)["score"])


def scored(course: Path, exercise: str) -> dict[str, float]:
    out = course.parent / f"scored-{exercise}"
    words = ("score", course / "submitted", "--out", out, "--seed", str(SEED), "--course", COURSE)
    run_forked("grader", *words, imported=NBGRADER, check=True)
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        return {row["student"]: float(row["score"]) for row in csv.DictReader(file) if row["exercise"] == exercise}


@pytest.mark.parametrize("among", AMONG)
def test_the_same_score_on_every_way(tmp_path: Path, among: tuple[str, ...]) -> None:
    exercise = random.SystemRandom().choice(among)
    course = make_course(tmp_path / "course", exercise)
    slug = find_exercise(find_course(COURSE), exercise).slug
    alone: dict[str, float] = {}
    for name, source in submissions(exercise).items():
        notebook = hand_in(course, name, text_of(solved(course, source, exercise)), exercise)
        file = tmp_path / name / f"{slug}.py"
        file.parent.mkdir()
        file.write_text(source, "utf-8")
        if exercise == EXERCISES[0] or name == ALONE:
            alone[name] = one(file, exercise)
            assert one(notebook, exercise) == alone[name]
    autograde(course, exercise)
    whole = scored(course, exercise)
    assert {student: score for student, (score, _) in grades(course, exercise).items()} == whole
    assert {name: whole[name] for name in alone} == alone
    most = max(whole.values())
    wrong = {"doubled", "raises", "syntax"}
    assert {score for name, score in whole.items() if name not in wrong} == {most} and most > 0
    assert all(whole[name] < most for name in wrong) and whole["syntax"] == 0
    assert any(whole[name] > 0 for name in wrong)
