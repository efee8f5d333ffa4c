"""Whichever way a submission comes in, no process that makes a verdict parses it, and what is hard to read is told.

Python tells what a process imports (PYTHONPROFILEIMPORTTIME); zygotes and what they fork have an empty environment, so
that only the trusted side speaks. `lint-imports` proves the same of what could be imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.selftest.sources import HOSTILE
from tests.forked import run_forked
from tests.nbgrader.courses import autograde, grades, make_course, solved, text_of
from tests.nbgrader.courses import hand_in as hand_in_notebook
from tests.scoring.test_score import COURSE, NAME, RIGHT, hand_in

PARSERS = ("examine", "syntax", "forbidden", "scopes", "notebook", "ipynb", "decode", "companions")
SHAPES = {shape.name: shape for shape in HOSTILE}


def ran(*command: str | Path, cwd: Path, forked: bool = False, **variables: str) -> tuple[str, str]:
    """What the command printed, and what it and its children imported. forked: `grade` alone."""
    env = os.environ | {"PYTHONPROFILEIMPORTTIME": "1", "GRADE_WARM": "0", "GRADE_COURSE": str(COURSE)} | variables
    if forked:
        done = run_forked("grader", *command, cwd=cwd, env=env)
    else:
        done = subprocess.run([*map(str, command)], cwd=cwd, env=env, capture_output=True, text=True, timeout=200)
    imported = "\n".join(line for line in done.stderr.splitlines() if line.startswith("import time:"))
    assert "grader.submission.model" in imported, done.stdout + done.stderr[-2000:]
    return done.stdout, imported


def expect_no_parser(imported: str) -> None:
    found = [name for name in PARSERS if f"grader.submission.{name}\n" in imported + "\n"]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["", "two choices per line", "functions that ask for all names", "a long import"])
def test_grade(name: str, tmp_path: Path) -> None:
    source = RIGHT if not name else SHAPES[name].render(100_000).content.decode()
    (tmp_path / NAME).write_text(source)
    words = ("exercise03", NAME)
    if name:
        printed, imported = ran(*words, cwd=tmp_path, forked=True)
    else:
        printed, imported = ran(sys.executable, "-m", "grader", *words, cwd=tmp_path)
    assert ("Score: 10 of 10" in printed) == (not name) and "Score: " in printed
    expect_no_parser(imported)


@pytest.mark.slow
def test_score(tmp_path: Path) -> None:
    hand_in(tmp_path / "in", "ada", {NAME: RIGHT})
    hand_in(tmp_path / "in", "eve", {NAME: SHAPES["two choices per line"].render(100_000).content.decode()})
    _, imported = ran(sys.executable, "-m", "grader", "score", "in", "--out", "out", "-j", "1", cwd=tmp_path)
    expect_no_parser(imported)
    assert "grader.scorers.scorer" in imported and "torch" in imported, "the scorer was heard, too"


@pytest.mark.slow
def test_pytest(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(RIGHT)
    checks = COURSE / "solutions/exercise03/checks.py"
    printed, imported = ran(
        sys.executable,
        "-m",
        "pytest",
        "-q",
        checks,
        "--submission",
        NAME,
        "-c",
        os.devnull,
        "-p",
        "no:cacheprovider",
        cwd=tmp_path,
    )
    assert "12 passed" in printed
    expect_no_parser(imported)


@pytest.mark.slow
def test_nbgraders_autograde(tmp_path: Path) -> None:
    course = make_course(tmp_path / "course", "exercise03")
    hand_in_notebook(course, "ada", text_of(solved(course, RIGHT)))
    said = autograde(course, "exercise03", env={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = "\n".join(line for line in said.splitlines() if line.startswith("import time:"))
    assert grades(course)["ada"][0] == 10 and "grader.scorers.scorer" in imported
    expect_no_parser(imported)
