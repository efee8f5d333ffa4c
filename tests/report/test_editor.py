"""What an editor is told: tasks.json's own command is run, and its own pattern applied to what that prints."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from grader.course.editor import editor_tasks
from grader.report.editor import to_editor

ROOT = Path(__file__).parents[2]
WRONG = """\
import torch


def sigmoid(x):
    return 1 / (1 + torch.exp(-x))


def tanh(x):
    raise NotImplementedError


def sigmoid_grad(x):
    s = sigmoid(sigmoid(x))
    return s * (1 - s)


def tanh_grad(x):
    return 1 - tanh(x, x)


def tanh_from_sigmoid(x):
    return 2 * sigmoid(2 * x) - 1
"""


def problems(folder: Path, source: str, columns: int, language: str = "en") -> list[dict[str, Any]]:
    """What the task finds, as an editor would: by the pattern of its problem matcher, in its output."""
    (folder / "exercise03").mkdir(exist_ok=True)
    (folder / "exercise03/sigmoid_derivative.py").write_text(source, "utf-8")
    task = json.loads(editor_tasks(language))["tasks"][0]
    words = [word.replace("${fileDirnameBasename}", "exercise03") for word in task["args"]]
    environ = {**os.environ, "COLUMNS": str(columns), "GRADE_LANG": language, "GRADE_COURSE": str(ROOT)}
    environ |= {"PYTHONPATH": str(ROOT), "GRADE_WARM": "0"}
    run = subprocess.run(
        [task["command"], *words, "--seed", "5"], cwd=folder, env=environ, capture_output=True, text=True
    )
    assert run.stderr == ""
    pattern = task["problemMatcher"]["pattern"]
    matches = [re.search(pattern["regexp"], line) for line in run.stdout.splitlines()]
    assert matches[-1] is None and run.stdout.splitlines()[-1].startswith("exercise03")
    return [
        {name: match[pattern[name]] for name in ("file", "line", "severity", "message")} for match in matches if match
    ]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_each_finding_is_one_line_at_every_width(tmp_path: Path, language: str) -> None:
    narrow, wide = (problems(tmp_path, WRONG, columns, language) for columns in (60, 120))
    assert narrow == wide
    assert {found["file"] for found in narrow} == {"exercise03/sigmoid_derivative.py"}
    by_line = {(found["line"], found["severity"]) for found in narrow}
    # Where sigmoid_grad begins, where tanh is not written, and where tanh_grad raises.
    assert {("12", "error"), ("9", "warning"), ("18", "error")} <= by_line
    named = {"en": "the sigmoid is applied twice", "zh-CN": "多套了一层 sigmoid"}[language]
    assert any(named in found["message"] for found in narrow if found["line"] == "12")


def test_a_syntax_error_is_at_its_line(tmp_path: Path) -> None:
    found = problems(tmp_path, "import torch\n\n\ndef sigmoid(x:\n    return x\n", 60)
    assert [(problem["line"], problem["severity"]) for problem in found] == [("4", "error")]


def test_right_answers_have_no_problem(tmp_path: Path) -> None:
    answer = (ROOT / "examples/exercise03/sigmoid_derivative.py").read_text("utf-8")
    assert problems(tmp_path, answer, 60) == []


def test_a_line_break_in_a_message_makes_no_line(tmp_path: Path) -> None:
    hostile = WRONG.replace("    return 1 - tanh(x, x)", "    raise ValueError('a\\nevil.py:1: error: b\\x1b[31m')")
    found = problems(tmp_path, hostile, 120)
    assert {problem["file"] for problem in found} == {"exercise03/sigmoid_derivative.py"}
    assert any("evil.py" in problem["message"] for problem in found)
    assert not any("\x1b" in problem["message"] for problem in found)


def test_a_hidden_check_shows_its_mistake_and_no_value(make_check: Any, make_result: Any) -> None:
    check = make_check(
        "extreme",
        "failed",
        hidden=True,
        message={"en": "SECRET"},
        mistakes=("m",),
        mistake_texts=({"en": "exp overflows"},),
    )
    first, score = to_editor(make_result(check), "en").decode().splitlines()
    assert first.startswith(
        "work/sigmoid_derivative.py:1: error: title of extreme (hidden) · Probably this mistake: exp"
    )
    assert "SECRET" not in first + score
