"""A bundle of exercise03, with answers of learners."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from benchmarks.corpus import read_corpus
from grader.course.faults import read_text
from grader.course.find import find_course, find_exercise, shipped_course
from grader.sealing import generate
from grader.sealing.answers import answers_of
from tests.sealing.comparing import compared, written
from tests.tiny import grading

pytestmark = pytest.mark.slow

NAME = "exercise03"
SUBMISSIONS = Path(__file__).parents[1] / "submissions" / NAME
#: Of the known answers, and of the corpus, every so-many-th.
STEP, STEP_OF_CORPUS = 11, 7


def test_a_bundle_says_what_the_course_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = shipped_course()
    assert shipped is not None
    course = find_course(shipped)
    exercise = find_exercise(course, NAME)
    recorded = [*answers_of(exercise)][::STEP]
    monkeypatch.setattr(generate, "answers_of", lambda exercise: recorded)
    seed = generate.generate_bundle(course, [exercise], tmp_path / "bundle", seeds=1, seed=3).seeds[0]
    others = [answer.source for answer in read_corpus(NAME)][::STEP_OF_CORPUS]
    others += [read_text(SUBMISSIONS / f"{name}.py") for name in ("nan", "returns_none", "missing_name", "raises")]
    named: set[str] = set()
    with grading(shipped, NAME) as full, grading(tmp_path / "bundle", NAME) as sealed:
        for number, path in enumerate(written(tmp_path, exercise.slug, [*recorded, *others])):
            wanted, result = full(path, seed), sealed(path, seed)  # the one that ends last begins first
            compared(wanted, result, recorded=number < len(recorded))
            named |= {name for check in result.checks for name in check.mistakes}
    assert len(named) > 5
    record = lzma.decompress(next(tmp_path.rglob("*.bin")).read_bytes())
    for line in (
        "torch.where(x >= 0, 1",
        "return s * (1 - s)",
        "return 1 / (1 - torch.exp(-x))",
        "decay / (1 + decay)",
    ):
        assert line in "".join(map(read_text, exercise.folder.glob("*.py"))) and line.encode() not in record
