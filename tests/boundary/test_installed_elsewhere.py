"""Everything is installed where `pip install --user` or `pip install --target` puts it, and found there by the real
command; what lies in the working folder, beside a submission or on a learner's PYTHONPATH is not.

What this environment has is linked into a folder of packages, and Python's own interpreter, which has none, runs it.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader.confine import landlock_abi
from tests.bad_input import ROOT, SUBMISSIONS

pytestmark = pytest.mark.slow
RIGHT = (SUBMISSIONS / "right.py").read_text("utf-8")
#: What a submission says that could read a file.
READS = "\ntry:\n    open({path!r}).read()\nexcept OSError:\n    pass\nelse:\n    raise SystemExit('read')\n"
#: Modules that grading imports, none of which may be found where a learner keeps files.
SHADOWED = ("torch", "numpy", "click", "msgspec", "pytest", "queue", "csv", "tomllib", "grader_secret")


class Place(NamedTuple):
    """Where packages are, and the environment by which Python finds them."""

    packages: Path
    environ: dict[str, str]


def packages_of_this_environment(folder: Path) -> None:
    """Links to all that is installed here, and a copy of this checkout's grader, with its course."""
    folder.mkdir(parents=True)
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(("grade", "_grade", "__", "distutils-precedence")):
            (folder / entry.name).symlink_to(entry)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "grader", folder / "grader", ignore=ignored)
    shutil.copytree(ROOT / "solutions", folder / "grader/_course/solutions", ignore=ignored)
    shutil.copytree(ROOT / "exercises", folder / "grader/_course/exercises", ignore=ignored)
    shutil.copy(ROOT / "course.toml", folder / "grader/_course")
    shutil.copy(ROOT / "texts.zh-CN.toml", folder / "grader/_course")
    (folder / "grade_dl-0.1.0.dist-info").mkdir()
    (folder / "grade_dl-0.1.0.dist-info/RECORD").write_text("grader/__init__.py,,\n", "utf-8")


def users_site(home: Path) -> Place:
    folder = home / ".local" / Path(sysconfig.get_path("purelib", "posix_user", {"userbase": ""})).relative_to("/")
    packages_of_this_environment(folder)
    return Place(folder, {"PYTHONUSERBASE": str(home / ".local")})


def on_pythonpath(home: Path) -> Place:
    packages_of_this_environment(home / "libraries")
    return Place(home / "libraries", {"PYTHONPATH": str(home / "libraries")})


@pytest.fixture(scope="module", params=[users_site, on_pythonpath])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Place:
    make: Callable[[Path], Place] = request.param
    return make(tmp_path_factory.mktemp("home"))


def run(place: Place, *words: str | Path, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    python = Path(sys.base_prefix, "bin", f"python{sys.version_info.major}.{sys.version_info.minor}")
    dropped = ("PYTHON", "GRADE_", "VIRTUAL_ENV")
    environ = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    environ |= {"HOME": str(cwd), "GRADE_WARM": "0", "GRADE_LANG": "en", "COLUMNS": "200", **place.environ, **more}
    command = [python, "-m", "grader", *words]
    return subprocess.run([*map(str, command)], cwd=cwd, env=environ, capture_output=True, text=True, timeout=120)


def graded(place: Place, source: str, cwd: Path, exercise: str = "exercise03", **more: str) -> dict[str, Any]:
    file = cwd / "handed_in.py"
    file.write_text(source, "utf-8")
    done = run(place, exercise, file, "--json", "-", cwd=cwd, **more)
    assert done.stdout, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_a_right_answer_is_right_imports_what_is_installed_and_reads_nothing_else(place: Place, tmp_path: Path) -> None:
    home = place.packages if "PYTHONPATH" in place.environ else Path(place.environ["PYTHONUSERBASE"]).parent
    secret = home / "notes.txt"
    secret.write_text("of nobody's concern", "utf-8")
    hidden = place.packages / "grader/_course/solutions/exercise03/reference.py"
    reads = "".join(READS.format(path=str(path)) for path in (secret, hidden, place.packages / "grader/start.py"))
    # Parts of NumPy and PyTorch that are only imported when somebody asks for them.
    lazy = "import numpy.polynomial.chebyshev, torch.ao.nn.quantized, yaml\n" if _has("yaml") else ""
    result = graded(place, lazy + RIGHT + (reads if landlock_abi() else ""), tmp_path)
    assert (result["status"], result["score"], result["notes"]) == ("graded", 10, []), result["message"]


def _has(module: str) -> bool:
    return (Path(sysconfig.get_path("purelib")) / module).is_dir()


def test_nothing_is_taken_from_a_learners_folder(place: Place, tmp_path: Path) -> None:
    for name in SHADOWED:
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('shadowed by {name}')\n", "utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path), place.environ.get("PYTHONPATH")]))
    more = {"PYTHONPATH": path, "PYTHONSTARTUP": str(tmp_path / "torch.py")}
    # The learner's own module is theirs to import, in the worker alone: it costs the statement that imports it.
    imported = graded(place, f"import grader_secret\n{RIGHT}", tmp_path, **more)
    assert imported["score"] == 10 and any("ends the program" in note["en"] for note in imported["notes"])


def test_a_class_and_an_exercise_that_draws_and_the_doctor(place: Place, tmp_path: Path) -> None:
    for exercise, name in (("exercise03", "sigmoid_derivative.py"), ("exercise14", "linear_regression.py")):
        folder = tmp_path / "submitted/ada" / exercise
        folder.mkdir(parents=True)
        shutil.copy(ROOT / "solutions" / exercise / "reference.py", folder / name)
    done = run(place, "score", "submitted", "--out", "out", "-j", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out/scores.csv").open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert [(row["status"], row["score"]) for row in rows] == [("graded", "10"), ("graded", "12")], rows
    said = run(place, "doctor", cwd=tmp_path)
    told = " ".join(said.stdout.split())
    assert said.returncode == 0 and "the reference 2 of 2, the untouched stub 0 All is well" in told, said.stdout
