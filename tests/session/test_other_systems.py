"""A class on a system that is not Linux, as far as this one can seem to be one."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
#: What macOS lacks of `os`, `signal`, `socket`, and how plain workers run there.
_MACOS = """
import os, signal, socket
for module, names in (
    (os, ("sched_getaffinity", "sched_setaffinity", "pidfd_open", "memfd_create", "O_PATH", "unshare", "setns")),
    (signal, ("pidfd_send_signal",)),
    (socket, ("SO_PEERCRED", "AF_ALG", "AF_VSOCK")),
):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
"""


def test_a_class_is_graded_without_what_only_linux_has(tmp_path: Path) -> None:
    (tmp_path / "lacks").mkdir()
    (tmp_path / "lacks/sitecustomize.py").write_text(_MACOS)
    right = (ROOT / "solutions/exercise03/reference.py").read_text("utf-8")
    handed_in = {"ada": right, "bob": right.replace("(1 - s)", "(1 + s)"), "cy": "import os\nos._exit(3)"}
    for student, source in handed_in.items():
        folder = tmp_path / "class" / student / "exercise03"
        folder.mkdir(parents=True)
        (folder / "sigmoid_derivative.py").write_text(source, "utf-8")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
    environ |= {"PYTHONPATH": f"{tmp_path / 'lacks'}{os.pathsep}{ROOT}", "GRADE_WORKER": "plain", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "grader", "score", "class", "--out", "out", "--allow-unconfined"]
    run = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    with (tmp_path / "out/scores.csv").open(newline="") as file:
        scores = {row["student"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores["ada"] == 10 and 0 < scores["bob"] < 10 and scores["cy"] == 0
