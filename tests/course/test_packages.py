"""`packages` in course.toml: what is wrong with them is said, doctor and packs know of them, submissions get them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.declared import packages_facts
from grader.course.faults import CourseError
from grader.course.find import find_course
from grader.course.packages import import_names, lacking
from grader.course.read import read_course
from grader.grading.grade_files import grade_exercise
from grader.pack.contents import PLATFORMS
from grader.report.views import exit_status
from grader.result import Result
from grader.text import render
from tests.bad_input import ROOT, SEED, short_course
from tests.forked import run_forked

_REFERENCE = (ROOT / "solutions" / "exercise03" / "reference.py").read_text("utf-8")
RIGHT = _REFERENCE.replace("from __future__ import annotations\n", "")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    short_course(tmp_path / "course")
    return tmp_path / "course"


def declare(course: Path, packages: str) -> None:
    toml = course / "course.toml"
    toml.write_text(f"packages = {packages}\n" + toml.read_text("utf-8"), "utf-8")


@pytest.mark.parametrize(
    ("packages", "told"),
    [
        ('["tqdm", "a b"]', "course.toml:1: 'a b' can't be a package: write its name as pip takes it"),
        ('["x @ file:///x.whl"]', "can't be a package"),
        ("""["x; python_version > '3'"]""", "can't be a package"),
        ('["-r other.txt"]', "can't be a package"),
        ('["tqdm>=>1"]', "can't be a package"),
        ('[""]', "'' can't be a package"),
        ("[3]", "packages can't contain 3"),
        ('"tqdm"', "packages must be a list, not 'tqdm'"),
        ('["Pandas", "tqdm", "pandas>=2"]', "pandas is named more than once"),
    ],
)
def test_what_is_no_package(course: Path, packages: str, told: str) -> None:
    declare(course, packages)
    with pytest.raises(CourseError) as caught:
        read_course(course)
    english, chinese = (render(caught.value.message, language) for language in ("en", "zh-CN"))
    assert told in english and english != chinese


def test_what_is_lacking() -> None:
    declared = ("numpy", "NumPy>=1", "numpy>=99", "absent-one", "msgspec[toml]>=0.1")
    assert lacking(declared) == ("numpy>=99", "absent-one")
    assert import_names("scikit-learn>=1") == ("sklearn", "scikit-learn")
    assert import_names("A.b-c")[0] == "a_b_c"


def test_the_built_in_course_declares_none() -> None:
    assert find_course(ROOT).packages == ()


def test_doctor_names_what_is_missing_and_the_command(course: Path) -> None:
    assert packages_facts(course) == []
    declare(course, '["numpy", "absent-one", "numpy-like>=2"]')
    (fact,) = packages_facts(course)
    assert fact.fault is not None and not fact.blocking
    assert "numpy: " in render(fact.value, "en") and "absent-one: not installed" in render(fact.value, "en")
    assert "absent-one, numpy-like>=2" in render(fact.fault, "en") and "软件包" in render(fact.name, "zh-CN")
    assert fact.fix == f"{sys.executable} -m pip install absent-one 'numpy-like>=2'"
    told = subprocess.run(
        [sys.executable, "-m", "grader", "doctor", "--course", course, "--json", "-"], capture_output=True, check=False
    )
    assert any(one["fix"] == fact.fix for one in json.loads(told.stdout))


def graded(course: Path, source: str) -> Result:
    file = course.parent / "sigmoid_derivative.py"
    file.write_text(source, "utf-8")
    return grade_exercise("3", file, course=course, seed=SEED)


@pytest.mark.slow
def test_a_declared_package_that_is_missing_is_no_mistake_of_the_learners(course: Path) -> None:
    declare(course, '["absent-one>=2"]')
    result = graded(course, f"import absent_one, absent_two\n{RIGHT}")
    assert (result.score, exit_status(result)) == (10, 0)
    notes = {language: "\n".join(note[language] for note in result.notes) for language in ("en", "zh-CN")}
    assert "absent_one is missing on the machine that grades, although this course asks for it" in notes["en"]
    assert "pip install absent-one>=2" in notes["en"] and "这不是你的错" in notes["zh-CN"]
    assert "There is no module absent_two where" in notes["en"]


@pytest.mark.slow
def test_a_class_is_not_graded_without_a_word(course: Path, tmp_path: Path) -> None:
    declare(course, '["absent-one>=2", "numpy"]')
    (tmp_path / "class" / "ada" / "exercise03").mkdir(parents=True)
    (tmp_path / "class" / "ada" / "exercise03" / "sigmoid_derivative.py").write_text(RIGHT, "utf-8")
    words = ("score", tmp_path / "class", "--out", tmp_path / "out", "--course", course, "--allow-unconfined")
    told = run_forked("grader", *words, check=True)
    assert "declares packages that are missing here: absent-one>=2." in told.stderr
    assert f"{sys.executable} -m pip install 'absent-one>=2'" in told.stderr


@pytest.mark.slow
def test_a_declared_library_is_the_real_one(course: Path) -> None:
    source = f"import matplotlib\nimport matplotlib.pyplot as plt\nprint(plt.plot([1])[0])\n{RIGHT}"
    assert "Line2D" not in graded(course, source).stdout
    declare(course, '["matplotlib"]')
    result = graded(course, "import jax\n" + source)
    assert result.score == 10 and "Line2D" in result.stdout, result.notes


@pytest.mark.parametrize("platform", ["gradescope", "github"])
def test_packs_carry_and_install_them(course: Path, tmp_path: Path, platform: str) -> None:
    read = read_course(course)
    assert not any(name.endswith("packages.txt") for name in PLATFORMS[platform](read, read.exercises, "en"))
    declare(course, '["absent-one>=2", "absent-two"]')
    read = read_course(course)
    files = PLATFORMS[platform](read, read.exercises, "en")
    place = tmp_path / "pack"
    for name, content in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(content)
    (setup,) = place.rglob("setup.sh")
    python = tmp_path / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\n')
    python.chmod(0o755)
    subprocess.run(["bash", setup], env={**os.environ, "GRADE_VENV": str(tmp_path / "venv")}, check=True)
    last = (tmp_path / "asked").read_text().splitlines()[-1]
    assert last.endswith(f"-r {setup.parent}/packages.txt")
    assert (setup.parent / "packages.txt").read_text() == "absent-one>=2\nabsent-two\n"
