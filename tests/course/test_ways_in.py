"""Whose course it is, by every way in: pytest, packs, nbgrader and `grade watch` with a course of one's own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.pack.contents import COURSE, SETTINGS
from tests.forked import NBGRADER, run_forked
from tests.nbgrader.courses import grades

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
#: Of the course that comes with the grader, and called like the own course's exercise of that number.
FOREIGN = "# grade course: deep-learning-by-exercise\n"
RIGHT = "def halves(x):\n    return x * x\n"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds a course, `mine`, of somebody whose state folder is not the one that the tests run with."""
    folder = tmp_path_factory.mktemp("ways")
    made = _run(
        folder,
        sys.executable,
        "-P",
        "-m",
        "grader",
        "new",
        "exercise02_halves",
        "--course",
        "mine",
        XDG_STATE_HOME=str(folder / "author"),
    )
    assert made.returncode == 0, made.stderr
    (folder / "foreign.py").write_text(FOREIGN + RIGHT)
    (folder / "right.py").write_text(RIGHT)
    return folder


def _run(cwd: Path, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
    environ |= {
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "GRADE_WARM": "0",
        "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
        **variables,
    }
    if words[0] == sys.executable:  # -m, and the module; -P or not
        start = words.index("-m") + 1
        return run_forked(str(words[start]), *words[start + 1 :], cwd=cwd, env=environ)
    if words[0] == BIN / "nbgrader":
        return run_forked("nbgrader", *words[1:], cwd=cwd, env=environ, imported=NBGRADER)
    return subprocess.run(
        [*map(str, words)], cwd=cwd, env=environ, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.mark.slow
def test_pytest_grades_no_work_of_another_course(place: Path) -> None:
    checks = place / "mine/solutions/exercise02/checks.py"
    for file, status, told in (("foreign.py", 1, "deep-learning-by-exercise"), ("right.py", 0, "4 of 4 points")):
        run = _run(place, sys.executable, "-m", "pytest", "-p", "no:cacheprovider", checks, "--submission", file)
        assert run.returncode == status and told in run.stdout, run.stdout
        assert ("0 of 4 points" in run.stdout) == (file == "foreign.py")


def test_watch_uses_no_course_that_lies_there(place: Path) -> None:
    (place / "eve/.grade").mkdir(parents=True)
    shutil.copytree(place / "mine", place / "eve/c")
    (place / "eve/.grade/config.toml").write_text('course = "c"\n')
    shutil.copy(place / "right.py", place / "eve/halves.py")
    run = _run(place / "eve", sys.executable, "-P", "-m", "grader", "watch", "2")
    assert (run.returncode, run.stdout) == (2, "") and "have not trusted" in run.stderr


@pytest.mark.slow
def test_a_pack_grades_with_its_course_alone(place: Path) -> None:
    """What is handed in brings a course, and says to use it: on both platforms that changes nothing."""
    source, handed_in = place / "autograder/source", place / "autograder/submission"
    shutil.copytree(place / "mine", source / COURSE)
    (source / SETTINGS).write_text('{"language": "en"}')
    shutil.copytree(place / "mine", handed_in / "c")
    with (handed_in / "c/solutions/exercise02/checks.py").open("a") as file:
        file.write(f"\nopen({str(place / 'RAN')!r}, 'w')\n")
    (handed_in / ".grade").mkdir()
    (handed_in / ".grade/config.toml").write_text('course = "c"\n')
    shutil.rmtree(handed_in / "c/solutions/exercise02/variants", ignore_errors=True)
    for name, score in (("right.py", 4.0), ("foreign.py", 0.0)):
        shutil.copy(place / name, handed_in / "halves.py")
        on_gradescope = _run(handed_in, sys.executable, "-P", "-m", "grader.pack.on_gradescope", place / "autograder")
        document = json.loads((place / "autograder/results/results.json").read_bytes())
        assert (on_gradescope.returncode, document["score"]) == (0, score), on_gradescope.stdout
        summary = place / f"{name}.md"
        on_github = _run(
            handed_in,
            sys.executable,
            "-P",
            "-m",
            "grader.pack.on_github",
            source,
            handed_in,
            GITHUB_STEP_SUMMARY=str(summary),
        )
        assert on_github.returncode == (0 if score else 3), on_github.stdout + on_github.stderr
        for told in (document["output"], summary.read_text("utf-8")):
            assert "Course: A course of my own" in told
            assert ("deep-learning-by-exercise" in told) == (name == "foreign.py")
    assert not (place / "RAN").exists()


@pytest.mark.slow
def test_nbgrader_grades_with_the_course_that_its_folder_was_made_from(place: Path) -> None:
    """In a state folder without a record of it: nbgrader_config.py names the course, and it is the instructor's."""
    hand = place / "hand"
    made = _run(
        place, sys.executable, "-P", "-m", "grader", "generate", "--course", "mine", "--out", hand, "--as", "nbgrader"
    )
    assert made.returncode == 0, made.stderr
    settings = {"HOME": str(place), "JUPYTER_CONFIG_DIR": str(place), "PYTHONWARNINGS": "ignore"}
    generated = _run(hand, BIN / "nbgrader", "generate_assignment", "exercise02", **settings)
    assert generated.returncode == 0, generated.stderr
    notebook = json.loads((hand / "release/exercise02/halves.ipynb").read_bytes())
    first = next(cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution"))
    first["source"] = RIGHT
    for student, course in (("ada", None), ("bob", "deep-learning-by-exercise")):
        if course is not None:
            notebook["metadata"]["grade"] = {"course": course}
        file = hand / "submitted" / student / "exercise02/halves.ipynb"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(notebook))
    graded = _run(hand, BIN / "nbgrader", "autograde", "exercise02", **settings)
    assert graded.returncode == 0, graded.stderr
    told = {
        student: (hand / "autograded" / student / "exercise02/halves.ipynb").read_text("utf-8")
        for student in ("ada", "bob")
    }
    assert all("Course: A course of my own" in text for text in told.values())
    assert "4 of 4" in told["ada"] and "deep-learning-by-exercise" not in told["ada"]
    # Not a 0: most often it is the wrong course that was named.
    assert grades(hand, "exercise02") == {"ada": (4.0, False), "bob": (None, True)}
    assert "4 of 4" not in told["bob"] and "deep-learning-by-exercise" in told["bob"]
