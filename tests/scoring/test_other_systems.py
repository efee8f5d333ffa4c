"""The commands on a system that is not Linux, as far as this one can seem to be one."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAME = "sigmoid_derivative.py"
RIGHT = (ROOT / "solutions/exercise03/reference.py").read_text("utf-8")
WRONG = RIGHT.replace("(1 - s)", "(1 + s)")
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
    kept |= {"PYTHONPATH": f"{tmp_path / 'lacks'}{os.pathsep}{ROOT}", "GRADE_COURSE": str(ROOT), "LC_ALL": "C.UTF-8"}
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
    assert scores["ada"] == 10 and 0 < scores["bob"] < 10 and scores["cy"] == 0


def test_one_submission_is_graded_and_doctor_answers(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(WRONG)
    graded = grade(environ, tmp_path, "exercise03", NAME)
    assert graded.returncode == 1 and "ran unconfined here" in graded.stdout, graded.stderr
    assert "CPU cores" in grade(environ, tmp_path, "doctor").stdout
