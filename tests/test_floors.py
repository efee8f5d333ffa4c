"""What is older than pyproject.toml allows is said at once, by every verb, with the command that fixes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from grader.cli.verb_table import VERBS
from grader.floors import FLOORS, PYTHON
from tests.bad_input import ROOT, SUBMISSIONS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_floors_are_those_of_the_project() -> None:
    floors = {
        wanted.name: one.version
        for wanted in map(Requirement, PROJECT["dependencies"])
        if wanted.marker is None or wanted.marker.evaluate()
        for one in wanted.specifier
        if one.operator == ">="
    }
    assert floors == FLOORS
    assert PROJECT["requires-python"] == f">={PYTHON[0]}.{PYTHON[1]}"


def old(folder: Path, *names: str) -> str:
    """A folder for PYTHONPATH, as if these distributions were installed there."""
    for name in names:
        (folder / f"{name}.dist-info").mkdir(parents=True)
    return str(folder)


def grade(*words: str | Path, path: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": path, "GRADE_LANG": lang, "GRADE_COURSE": str(ROOT), "GRADE_WARM": "0"}
    command = [sys.executable, "-P", "-m", "grader", *map(str, words)]
    return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    ("name", "older"),
    [
        ("torch", "2.3.1+cpu"),
        ("numpy", "1.25.2"),
        ("pytest", "8.1.2"),
        ("msgspec", "0.18.5"),
        ("click", "8.0.4"),
        ("rich", "13.6.0"),
        ("matplotlib", "3.8.4"),
        ("packaging", "22.0"),
        ("watchfiles", "0.24.0"),
        ("jinja2", "3.0.3"),
        ("fsrs", "5.1.3"),
    ],
)
def test_a_version_below_its_floor(name: str, older: str, tmp_path: Path) -> None:
    done = grade("list", path=old(tmp_path, f"{name}-{older}"))
    wanted = f"{name}>={FLOORS[name]}"
    assert (done.returncode, done.stdout) == (4, "")
    fix = f"{sys.executable} -m pip install '{wanted}'"
    assert done.stderr == f"grade: Too old for grade: {name} {older} (>={FLOORS[name]}). To update: {fix}\n"


@pytest.mark.parametrize(
    "name",
    [f"{name}-{floor}" for name, floor in FLOORS.items()]
    + [
        "torch-2.4.0",
        "torch-2.10.0",
        "click-8.1.0",
        "packaging-23",
        "packaging-23.0",
        "msgspec-0.18.10",
        "rich-14.0.0rc1",
    ],
)
def test_a_version_at_its_floor_or_above(name: str, tmp_path: Path) -> None:
    code = "from grader.floors import too_old; print(too_old())"
    environ = os.environ | {"PYTHONPATH": old(tmp_path, name)}
    done = subprocess.run([sys.executable, "-P", "-c", code], env=environ, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


WORDS = {"report": ["results"], "score": ["in", "--out", "out"], "hint": ["3"], "solution": ["3"], "reset": ["3"]}


@pytest.mark.parametrize("verb", sorted({*VERBS} - {"doctor"}))
def test_every_verb_says_so(verb: str, tmp_path: Path) -> None:
    done = grade(verb, *WORDS.get(verb, []), path=old(tmp_path, "numpy-1.20.0", "rich-10.0"), lang="zh-CN")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1)
    assert "过旧" in done.stderr and "numpy 1.20.0 (>=1.26)、rich 10.0 (>=13.7)" in done.stderr


def test_grading_says_so(tmp_path: Path) -> None:
    words = ["exercise03", SUBMISSIONS / "right.py", "--lang", "en"]
    done = grade(*words, path=old(tmp_path, "torch-2.3.0"), lang="zh-CN")
    assert (done.returncode, done.stdout) == (4, "") and "Too old for grade: torch 2.3.0 (>=2.4)" in done.stderr


def test_doctor_says_more_and_grades_nothing(tmp_path: Path) -> None:
    done = grade("doctor", path=old(tmp_path, "matplotlib-3.1.0"))
    said = " ".join(done.stdout.split())
    assert done.returncode == 4 and "! matplotlib" in said and "pip install 'matplotlib>=3.9'" in said
    assert "Nothing can be graded yet" in said and "graded for real" not in said


def test_what_an_update_left_behind_does_not_count(tmp_path: Path) -> None:
    done = grade("list", path=old(tmp_path, "numpy-1.20.0", "numpy-2.0.0"))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("version", ["3.7", "3.8", "3.9", "3.10"])
@pytest.mark.parametrize("locale", ["C.UTF-8", "zh_CN.UTF-8"])
def test_an_older_python(version: str, locale: str, tmp_path: Path) -> None:
    """Whichever of them this machine has; the same code runs on this Python, with its number taken for another."""
    python = shutil.which(f"python{version}")
    if shutil.which("pyenv"):
        root = subprocess.run(["pyenv", "root"], capture_output=True, text=True, check=True).stdout.strip()
        python = next(map(str, Path(root, "versions").glob(f"{version}.*/bin/python{version}")), python)
    pretend = f"import sys; sys.version_info = ({version.replace('.', ', ')}, 1, 'final', 0); "
    command = [sys.executable, "-c", pretend + "from grader.start import main; main()", "list"]
    if python:
        command = [python, "-m", "grader", "list"]
    environ = {
        "PYTHONPATH": str(ROOT),
        "LC_ALL": locale,
        "PATH": os.environ["PATH"],
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (4, "", 1), done.stderr
    assert "Python 3.11" in done.stderr and version in done.stderr
    assert ("虚拟环境" in done.stderr) == locale.startswith("zh")


@pytest.mark.slow
def test_pytest_says_so(tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPATH": old(tmp_path / "packages", "numpy-1.20.0")}
    words = ["-c", os.devnull, ROOT / "solutions/exercise03/checks.py", "--submission", SUBMISSIONS / "right.py"]
    command = [sys.executable, "-m", "pytest", *map(str, words)]
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 4 and "Too old for grade: numpy 1.20.0 (>=1.26)" in done.stderr
