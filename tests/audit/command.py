"""The real command, in a course that lies in a folder."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.forked import run_forked

ROOT = Path(__file__).parents[2]


def grade(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    # A copy of a course is one that nobody has trusted; naming it is trust.
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
    environ |= {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    environ |= {"GRADE_COURSE": str(cwd)} if (cwd / "course.toml").exists() else {}
    return run_forked("grader", *words, cwd=cwd, env=environ)
