"""The real command in a process of its own, over a course small enough to read here."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.forked import run_forked
from tests.tiny import exercise_toml, tiny_course

ROOT = Path(__file__).parents[2]
Grade = Callable[..., "subprocess.CompletedProcess[str]"]

_COURSE = """
languages = ["en", "zh-CN"]
title = "A small course"
[[units]]
number = 1
title = "Neurons"
[[units]]
number = 2
title = "Nothing yet"
"""
_HINTS = 'hints = ["Look at the sign.", "The sign is minus."]\n'
_TEXTS = """
title = "{zh}"
hints = ["看看符号。", "符号是负号。"]
[docstrings]
module = "一个函数。"
sigmoid = "sigmoid 函数。"
"""


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Two exercises, enough of them for every verb that grades nothing."""
    exercises = {}
    for name, slug, points, en, zh in (
        ("exercise01", "sigmoid", 10, "The sigmoid", "sigmoid 函数"),
        ("exercise02", "softmax", 2.5, "Softmax, over rows", "按行的 softmax"),
    ):
        toml = exercise_toml(slug, points, _HINTS, title=en)
        # These verbs read none of the others; that they are there is all that counts.
        empty = dict.fromkeys(("statement.md", "statement.zh-CN.md", "reference.py", "checks.py"), "")
        exercises[name] = {"exercise.toml": toml, "texts.zh-CN.toml": _TEXTS.format(zh=zh), **empty}
    texts = 'title = "小课程"\n[units]\n1 = "神经元"\n2 = "还没有内容"\n'
    return tiny_course(tmp_path / "course", exercises, {"course.toml": _COURSE, "texts.zh-CN.toml": texts})


@pytest.fixture
def grade(tmp_path: Path, course: Path) -> Grade:
    """Runs `grade WORDS` in an empty folder, with GRADE_COURSE set; keywords are environment variables."""
    working = tmp_path / "work"
    working.mkdir()

    def run(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "XDG_STATE_HOME") if name in os.environ}
        paths = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        environ = {**kept, "PYTHONPATH": paths, "PYTHONUTF8": "1", "GRADE_COURSE": str(course), **variables}
        return run_forked("grader", *words, cwd=working, env=environ)

    return run
