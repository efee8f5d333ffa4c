"""The commands on a system that is not Linux, as far as this one can seem to be one."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tiny import DOUBLING, TRIPLED, exercise_toml, tiny_course

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAME = "doubling.py"
RIGHT = DOUBLING
WRONG = RIGHT.replace("2 * x", "3 * x")
#: Few: without a zygote each worker imports PyTorch, and one that ends is followed by another for the next check.
CHECKS = """
from grader.checks import check


@check(points=1, title="half")
def test_half(compare, sample):
    compare("half", sample(3))


@check(points=2, title="twice")
def test_twice(compare, sample):
    compare("double", sample(3))
"""
#: What macOS lacks, taken out of every process of the command. The libraries that ask for the system while they are
#: imported, and then for files that only a Mac has, come first.
_MACOS = """
import asyncio, ctypes.util, multiprocessing.connection, os, signal, socket, subprocess, sys, sysconfig, urllib.request
sysconfig.get_config_vars()
sys.platform = "darwin"
for module, names in (
    (os, ("sched_getaffinity", "sched_setaffinity", "pidfd_open", "memfd_create", "O_PATH", "unshare", "setns")),
    (signal, ("pidfd_send_signal",)),
    (socket, ("SO_PEERCRED", "AF_ALG", "AF_VSOCK")),
):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
"""


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """The environment of a Mac."""
    (tmp_path / "lacks").mkdir()
    (tmp_path / "lacks/sitecustomize.py").write_text(_MACOS)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
    files = {"reference.py": DOUBLING, "checks.py": CHECKS, "mistakes.py": TRIPLED}
    course = tiny_course(tmp_path / "course", {"exercise03": {"exercise.toml": exercise_toml("doubling", 3), **files}})
    kept |= {"PYTHONPATH": f"{tmp_path / 'lacks'}{os.pathsep}{ROOT}", "GRADE_COURSE": str(course), "LC_ALL": "C.UTF-8"}
    asked = "import os, sys; print(sys.platform, hasattr(os, 'sched_getaffinity'))"
    said = subprocess.run([sys.executable, "-c", asked], env=kept, capture_output=True, text=True, check=True)
    assert said.stdout == "darwin False\n"
    return kept


def grade(environ: dict[str, str], folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "grader", *words]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, check=False, timeout=300)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_a_class_is_graded_with_leave_and_without_is_refused(environ: dict[str, str], tmp_path: Path) -> None:
    handed_in = {"ada": RIGHT, "bob": WRONG, "cy": "import os\nos._exit(3)"}
    for student, source in handed_in.items():
        folder = tmp_path / "class" / student / "exercise03"
        folder.mkdir(parents=True)
        (folder / NAME).write_text(source, "utf-8")
    refused = grade(environ, tmp_path, "score", "class", "--out", "refused")
    assert refused.returncode == 4 and "--allow-unconfined" in refused.stderr
    run = grade(environ, tmp_path, "score", "class", "--out", "out", "--allow-unconfined")
    assert run.returncode == 0, run.stderr
    with (tmp_path / "out/scores.csv").open(newline="") as file:
        scores = {row["student"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores["ada"] == 3 and 0 < scores["bob"] < 3 and scores["cy"] == 0


def test_one_submission_is_graded_and_doctor_answers(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(WRONG)
    graded = grade(environ, tmp_path, "exercise03", NAME)
    assert graded.returncode == 1 and "ran unconfined here" in graded.stdout, graded.stderr
    assert "CPU cores" in grade(environ, tmp_path, "doctor").stdout
