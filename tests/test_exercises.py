"""Every exercise of the course passes its audit, and has what this course asks of an exercise beside.

GRADE_SEEDS says how many seeds the right answers are graded with, 1,000 before a release, and that all are audited.
Otherwise it is 3, and an exercise that is as it was when `grade audit --record` found nothing is not audited again,
unless it is one of three drawn at random, which are audited with one seed.
"""

from __future__ import annotations

import ast
import os
import random
import re
from pathlib import Path

import msgspec
import pytest

from grader.audit.findings import ExerciseAudit
from grader.audit.mistakes import Mistakes
from grader.audit.record import unchanged
from grader.audit.texts import text_faults
from grader.course.checklist import read_checks
from grader.course.find import find_course
from grader.course.model import Exercise
from grader.course.stub import cut_stub
from tests.forked import run_forked

DRAWN = 3
#: Its audit trains some hundred networks: only before a release. Its record must be of today's code.
LONG = {"exercise36"}
#: Takes two minutes and has one function of three lines: fewer checks and mutants than others need.
WARM_UP = {"exercise00"}
SEEDS = int(os.environ.get("GRADE_SEEDS", "3"))
ROOT = Path(__file__).parents[1]
COURSE = find_course(ROOT)

every_exercise = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.id)


def passed_before() -> list[str]:
    """The exercises whose audit found nothing, on no fewer seeds than here, and that have not changed since."""
    return sorted(name for name, audited in unchanged(COURSE).items() if audited.seeds >= SEEDS)


def names_to_audit() -> dict[str, int]:
    """All where a number of seeds is asked for; else those that changed, and three more; each with its seeds."""
    names = [exercise.id for exercise in COURSE.exercises if "GRADE_SEEDS" in os.environ or exercise.id not in LONG]
    kept = [] if "GRADE_SEEDS" in os.environ else [name for name in passed_before() if name in names]
    drawn = random.SystemRandom().sample(kept, min(DRAWN, len(kept)))
    return {name: SEEDS for name in names if name not in kept} | dict.fromkeys(drawn, 1)


@pytest.fixture(scope="session")
def audits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ExerciseAudit]:
    """What `grade audit` finds in what has to be audited."""
    folder, asked = tmp_path_factory.mktemp("audit"), names_to_audit()
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "GRADE_COURSE": str(ROOT)}
    found: dict[str, ExerciseAudit] = {}
    for seeds in sorted(set(asked.values())):
        file, names = folder / f"{seeds}.json", [name for name in asked if asked[name] == seeds]
        run = run_forked("grader", "audit", *names, "--seeds", str(seeds), "--json", file, env=environ)
        assert run.returncode in (0, 1), run.stderr
        print(run.stdout)
        audits = msgspec.json.decode(file.read_bytes(), type=tuple[ExerciseAudit, ...])
        assert {audit.seeds for audit in audits} == {seeds}
        found |= {audit.exercise: audit for audit in audits}
    return found


@pytest.mark.slow
@every_exercise
def test_checks_tell_right_from_wrong(exercise: Exercise, audits: dict[str, ExerciseAudit]) -> None:
    if exercise.id not in audits:
        assert exercise.id in passed_before(), f"grade audit {exercise.id} --record"
        return
    found = audits[exercise.id]
    assert found.faults == ()
    assert found.rejected == ()
    assert [mistake for mistake in found.mistakes if not mistake.fine] == []
    assert found.falls_short == ()
    assert len(found.mutants) >= (5 if exercise.id in WARM_UP else 10)


def test_every_folder_is_an_exercise() -> None:
    assert COURSE.broken == ()


@every_exercise
def test_there_is_enough_of_everything(exercise: Exercise) -> None:
    checks, hidden = read_checks(exercise), sum(check.hidden for check in read_checks(exercise))
    assert (4 if exercise.id in WARM_UP else 8) <= len(checks) <= 14
    assert hidden >= (1 if exercise.id in WARM_UP else 3), "hidden checks"
    assert len(list((exercise.folder / "variants").glob("*.py"))) >= 4, "variants"
    assert len(Mistakes(exercise).by_name) >= 8, "mistakes"
    assert len(exercise.hints) == 3


@every_exercise
def test_texts_are_whole_in_every_language(exercise: Exercise) -> None:
    assert [fault.fields for fault in text_faults(exercise)] == []


@every_exercise
def test_stub_in_both_languages_at_once_is_python(exercise: Exercise) -> None:
    tree = ast.parse(cut_stub(exercise, ("en", "zh-CN")))
    assert any("\u4e00" <= character <= "\u9fff" for character in ast.get_docstring(tree) or "")


#: A source text named by its letter, and the words that say what the letters are.
TEXT_NAMED = re.compile(r"\b[Tt]exts? [A-E]\b|\b[A-E] (?:says|writes|calls|states|gives)\b|教材 ?[A-E]\b")
LETTERS_EXPLAINED = re.compile(r"\bA to E\b|A 到 E")


@every_exercise
@pytest.mark.parametrize("file", ["statement.md", "statement.zh-CN.md"])
def test_a_text_named_by_a_letter_is_explained_by_then(exercise: Exercise, file: str) -> None:
    paragraphs = (exercise.folder / file).read_text("utf-8").split("\n\n")
    naming = [number for number, text in enumerate(paragraphs) if TEXT_NAMED.search(text)]
    explaining = [number for number, text in enumerate(paragraphs) if LETTERS_EXPLAINED.search(text)]
    assert not naming or (explaining and explaining[0] <= naming[0])
