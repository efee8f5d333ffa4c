"""The answers of benchmarks/answers/, written from the statements alone, are judged and named as their labels say.

GRADE_SEEDS, set before a release, says that those of all exercises are graded; otherwise those of one drawn at random.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpus import read_corpus, with_definitions
from benchmarks.truth import NO_REASON, explained
from grader.audit.mistakes import Mistakes
from grader.course.find import find_course
from grader.course.model import Exercise
from grader.result import CheckResult, Worst
from grader.text import Message, catalogue, join

ROOT = Path(__file__).parents[1]
EXERCISES = find_course(ROOT).exercises

#: A grading of the capstone trains a network: tests/test_capstone.py has its right and wrong answers. In exercise 0 one
#: line is to be changed: tests/test_first_exercise.py.
UNANSWERED = {"exercise00", "exercise36"}
ANSWERED = [exercise for exercise in EXERCISES if exercise.id not in UNANSWERED]

every_exercise = pytest.mark.parametrize("exercise", ANSWERED, ids=lambda exercise: exercise.id)


@every_exercise
def test_there_are_enough_answers_and_labels_name_mistakes(exercise: Exercise) -> None:
    answers = read_corpus(exercise.id)
    kinds = Counter(answer.kind for answer in answers)
    assert kinds["right"] >= 10 and kinds["wrong"] >= 20 and kinds["first"] >= 5
    assert len({(answer.kind, answer.name) for answer in answers}) == len(answers)
    for answer in answers:
        compile(answer.source, answer.name, "exec")
    labels = {name for answer in answers for name in answer.names or ()}
    assert labels - {"missing"} - Mistakes(exercise).by_name.keys() == set()
    assert len(labels) >= 8


BASE = '''"""The module."""
from __future__ import annotations
import torch
RATE: float = 0.1
@torch.no_grad()
def f(x):
    return x  # as it is
def g(x):
    return f(x)
'''


def test_a_cell_takes_the_place_of_what_it_defines() -> None:
    source = with_definitions(BASE, "import math\n@torch.jit.ignore\ndef f(x):\n    return math.exp(x)\nRATE = 2\n")
    assert source.startswith("from __future__ import annotations\nimport math\n")
    assert source.count("def f") == source.count("RATE") == 1 and "no_grad" not in source
    assert "@torch.jit.ignore\ndef f(x):" in source and "def g(x):\n    return f(x)" in source
    compile(source, "f", "exec")


LIKE = """
class A:
    kind = "a"

    def one(self):
        return 1

    @property
    def two(self):
        return 2


def f():
    return A().one()
"""


def test_a_cell_that_is_like_an_answer_changes_only_members_of_its_classes() -> None:
    source = with_definitions(LIKE, "class A:\n    def two(self):\n        return 3\n", members=True)
    names: dict[str, Any] = {}
    exec(source, names)
    assert (names["A"].kind, names["A"]().one(), names["A"]().two(), names["f"]()) == ("a", 1, 3, 1)
    assert "one" not in with_definitions(LIKE, "class A:\n    pass\n\ndef f():\n    pass\n")


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("def f(x):\n    return 2", "wrong_f.py: double has no line '# named: ...'"),
        ("# like: other\n# named: -\ndef f(x):\n    return 2", "wrong_f.py: double is like other, which is no right"),
        ("# named: -\ndef f(x)\n    return 2", "wrong_f.py: double is not Python: expected ':'"),
    ],
)
def test_a_cell_that_can_not_be_read_is_named(cell: str, told: str, tmp_path: Path) -> None:
    folder = tmp_path / "exercise01"
    folder.mkdir()
    (folder / "right.py").write_text("# %% base\ndef f(x):\n    return 1\n", "utf-8")
    (folder / "wrong_f.py").write_text(f"# %% double\n{cell}\n", "utf-8")
    with pytest.raises(ValueError, match=re.escape(told)):
        read_corpus("exercise01", tmp_path)


def test_sentences_that_are_no_reason_are_ones_that_reports_have() -> None:
    assert [template for template in NO_REASON if template not in catalogue("zh-CN")] == []


@pytest.mark.parametrize(
    ("sentences", "mistakes", "reason"),
    [((NO_REASON[0], NO_REASON[1]), (), False), ((NO_REASON[1], "A fact."), (), True), (NO_REASON[:2], ("a",), True)],
)
def test_a_check_is_explained_by_a_fact_or_a_name(
    sentences: tuple[str, ...], mistakes: tuple[str, ...], reason: bool
) -> None:
    worst = Worst(index=(0,), expected=1.0, got=2.0, abs_error=1.0, rel_error=1.0)
    message = join([join([Message(template) for template in sentences])])
    check = CheckResult("a", {}, "failed", False, 0, 1, False, mistakes=mistakes, worst=worst, message_data=message)
    assert explained(check) == reason


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the benchmarks read /proc")
def test_answers_are_judged_and_named_as_their_labels_say(tmp_path: Path) -> None:
    names = [exercise.id for exercise in ANSWERED]
    names = names if "GRADE_SEEDS" in os.environ else [random.SystemRandom().choice(names)]
    file = tmp_path / "figures.json"
    command = [sys.executable, "-m", "benchmarks", "truth", "--only", *names, "--json", str(file)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    [figures] = json.loads(file.read_bytes())["figures"]["truth"].values()
    assert list(figures) == [*names, "all"]
    counts = figures["all"]
    assert counts["right_passed"] == counts["right"] >= 10 * len(names), run.stdout
    assert counts["wrong_failed"] == counts["wrong"] >= 20 * len(names), run.stdout
    assert counts["false_names"] == 0, run.stdout
    assert counts["named"] >= 0.8 * counts["expected"] > 0, run.stdout
    assert counts["explained"] >= 0.8 * counts["checks"] > 0, run.stdout
