"""Equal submissions of one exercise are graded once, and each has its result."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.scorers.scorer import Task
from grader.scoring.equal import first_of_equals
from tests.forked import run_forked
from tests.tiny import DOUBLING, TRIPLED, exercise_toml, tiny_course

CHECKS = """
from grader.checks import check


@check(points=1, title="double")
def test_double(compare, sample):
    compare("double", sample(3))
"""
#: What it prints differs from one process to the next.
TELLS = "import os\nprint(os.getpid())\n\n\ndef double(x):\n    return 2 * x\n\n\ndef half(x):\n    return x / 2\n"
USES_ANOTHER = "from helper import double, half\n"


def hand_in(root: Path, student: str, **files: str) -> Task:
    folder = root / student / "exercise01"
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    return Task(student, "exercise01", f"{student}/exercise01/{next(iter(files))}.py")


def test_files_that_are_equal_with_all_that_lies_beside_them(tmp_path: Path) -> None:
    tasks = {
        name: hand_in(tmp_path, name, **files)
        for name, files in {
            "a first": {"twice": TELLS},
            "another text": {"twice": TELLS + "\n"},
            "equal": {"twice": TELLS},
            "of another name": {"own": TELLS},
            "with a helper": {"twice": TELLS, "helper": "a = 1"},
            "with an equal helper": {"twice": TELLS, "helper": "a = 1"},
            "with another helper": {"twice": TELLS, "helper": "a = 2"},
            "with a folder": {"twice": TELLS},
            "with a link": {"twice": TELLS},
        }.items()
    }
    (tmp_path / "with a folder/exercise01/parts").mkdir()
    (tmp_path / "with a link/exercise01/data").symlink_to(tmp_path)
    gone = Task("gone", "exercise01", "gone/exercise01/twice.py")
    other_seed = Task("equal", "exercise01", tasks["equal"].path, seed=3)
    assert first_of_equals([*tasks.values(), gone, other_seed], tmp_path) == {
        tasks["equal"]: tasks["a first"],
        tasks["with an equal helper"]: tasks["with a helper"],
    }


@pytest.mark.slow
def test_equal_submissions_are_graded_once(tmp_path: Path) -> None:
    exercise = {
        "exercise.toml": exercise_toml("twice", 1, "[limits]\nload_seconds = 0.5\n"),
        "reference.py": DOUBLING,
        "mistakes.py": TRIPLED,
    }
    course = tiny_course(tmp_path / "course", {"exercise01": {**exercise, "checks.py": CHECKS}})
    work = tmp_path / "work"
    for student, files in {
        "ada": {"twice": TELLS},
        "bob": {"twice": TELLS},
        "cem": {"twice": TELLS + "# mine\n"},
        "dora": {"twice": USES_ANOTHER, "helper": TELLS},
        "emil": {"twice": USES_ANOTHER, "helper": TELLS.replace("2 * x", "3 * x")},
        "fred": {"twice": "while True: pass\n"},
        "gina": {"twice": "while True: pass\n"},
    }.items():
        hand_in(work, student, **files)
    command = ("grader", "score", work, "--out", tmp_path / "out", "--course", course, "--lang", "en", "-j", "1")
    done = run_forked(*command, "--seed", "4")
    assert "Equal to another submission of the same exercise, and not graded again: 1\n" in done.stdout
    ada, bob, cem, dora, emil = (_result(tmp_path / "out", name) for name in ("ada", "bob", "cem", "dora", "emil"))
    assert bob["submission"] == "bob/exercise01/twice.py" and bob["fingerprint"] != ada["fingerprint"]
    own = {"submission", "fingerprint", "seconds"}
    assert {name: bob[name] for name in bob.keys() - own} == {name: ada[name] for name in ada.keys() - own}
    assert cem["stdout"] != ada["stdout"]
    assert (ada["score"], dora["score"], emil["score"]) == (1.0, 1.0, 0.0)
    again = run_forked(*command, "--resume")
    assert "not graded again" not in again.stdout
    assert _result(tmp_path / "out", "bob") == bob


def _result(out: Path, student: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads((out / "results" / student / "exercise01.json").read_bytes())
    return result
