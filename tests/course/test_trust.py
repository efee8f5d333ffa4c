"""Whose course is used: the real command, in folders that somebody else filled."""

from __future__ import annotations

import csv
import importlib.util
import json
import marshal
import os
import shutil
import stat
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from grader.course.state import state_folder
from grader.errors import UsageError
from grader.submission.identity import course_of_notebook, course_of_source
from tests.forked import run_forked

ROOT = Path(__file__).parents[2]
CONFIG = ".grade/config.toml"
#: Runs a command as somebody whom permissions bind.
UNPRIVILEGED = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def grade(tmp_path: Path) -> Run:
    """Runs the command as a user whose state folder is this test's own."""
    (tmp_path / "state").mkdir(mode=0o700)

    def run(
        *words: str | Path, cwd: Path = tmp_path, before: Sequence[str] = (), **variables: str
    ) -> subprocess.CompletedProcess[str]:
        environ = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
        environ |= {
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "GRADE_WARM": "0",
            **variables,
        }
        if not before:
            return run_forked("grader", *words, cwd=cwd, env=environ)
        command = [*before, sys.executable, "-P", "-m", "grader", *map(str, words)]
        return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False, timeout=60)

    return run


@pytest.fixture
def mine(grade: Run, tmp_path: Path) -> Path:
    """A course that this user made."""
    assert grade("new", "exercise02_halves", "--course", "mine").returncode == 0
    return tmp_path / "mine"


@pytest.fixture
def theirs(mine: Path, tmp_path: Path) -> Path:
    """A course from somebody else, which notes where it runs."""
    folder = tmp_path / "work" / "theirs"
    shutil.copytree(mine, folder)
    with (folder / "solutions/exercise02/checks.py").open("a") as file:
        file.write(f"\nopen({str(tmp_path / 'RAN')!r}, 'w')\n")
    (tmp_path / "work" / "halves.py").write_text("def halves(x):\n    return x * x\n")
    return folder


def refused(run: subprocess.CompletedProcess[str], *told: str) -> None:
    assert (run.returncode, run.stdout) == (2, ""), run.stdout + run.stderr
    assert not [word for word in told if word not in run.stderr], run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("place", ["config, relative", "config, absolute", "above"])
def test_a_course_that_comes_with_the_work_does_not_run(grade: Run, theirs: Path, tmp_path: Path, place: str) -> None:
    work, folder = theirs.parent, theirs
    if place == "above":
        folder = tmp_path / "archive"
        shutil.copytree(theirs, folder)
        work = folder / "solutions"
    else:
        (work / ".grade").mkdir()
        (work / CONFIG).write_text(f"course = {json.dumps('theirs' if 'relative' in place else str(theirs))}\n")
    score = ("score", ".", "--out", tmp_path / "o")
    for words in (("2", tmp_path / "work/halves.py"), ("list",), ("hint", "2"), score):
        refused(grade(*words, cwd=work), "have not trusted", f"grade trust {folder}", "--course")
    assert not (tmp_path / "RAN").exists()
    assert grade("trust", folder).returncode == 0
    assert "exercise02" in grade("list", cwd=work).stdout
    assert not (tmp_path / "RAN").exists()


def test_what_is_trusted_is_listed_and_forgotten(grade: Run, theirs: Path, mine: Path) -> None:
    said = grade("trust", theirs)
    assert (said.returncode, said.stderr) == (0, "") and str(theirs) in said.stdout and "exercises: 1" in said.stdout
    listed = grade("trust", "--list").stdout.splitlines()
    assert [line.split("  ")[0] for line in listed] == sorted([str(mine), str(theirs)])
    assert "No longer trusted" in grade("trust", theirs, "--remove").stdout
    assert "was not trusted" in grade("trust", theirs, "--remove").stdout
    refused(grade("list", cwd=theirs), "have not trusted")
    for words in ((), (theirs, "--list"), (theirs, "--mine", "--remove")):
        refused(grade("trust", *words), "Usage: grade trust DIR")


@pytest.mark.parametrize("change", ["edited", "new", "gone", "same size and time"])
def test_a_trusted_course_that_changed_is_named(grade: Run, theirs: Path, change: str) -> None:
    checks = theirs / "solutions/exercise02/checks.py"
    assert grade("trust", theirs).returncode == 0
    assert grade("list", cwd=theirs).returncode == 0
    before, content = checks.stat(), checks.read_bytes()
    if change == "edited":
        checks.write_bytes(content + b"\n")
    elif change == "new":
        checks.with_name("helpers.py").write_text("")
    elif change == "gone":
        checks.unlink()
    else:
        checks.write_bytes(content.replace(b"import", b"imporT", 1))
        os.utime(checks, ns=(before.st_atime_ns, before.st_mtime_ns))
    name = "solutions/exercise02/" + ("helpers.py" if change == "new" else "checks.py")
    refused(grade("list", cwd=theirs), "changed since you trusted it", name, "--mine")
    assert grade("list", "--course", theirs).returncode == 0  # named: that is trust in what it holds now
    assert grade("list", cwd=theirs).returncode == 0


def test_statements_and_caches_are_no_code(grade: Run, theirs: Path) -> None:
    assert grade("trust", theirs).returncode == 0
    (theirs / "solutions/exercise02/statement.md").write_text("# Other words\n")
    (theirs / "solutions/exercise02/__pycache__").mkdir(exist_ok=True)
    (theirs / "solutions/exercise02/__pycache__/checks.cpython-311.pyc").write_bytes(b"")
    assert grade("list", cwd=theirs).returncode == 0


def test_an_author_edits_in_peace(grade: Run, mine: Path) -> None:
    exercise = mine / "solutions/exercise02"
    (exercise / "checks.py").write_text((exercise / "checks.py").read_text("utf-8") + "\n# more\n", "utf-8")
    (exercise / "helpers.py").write_text("")
    assert grade("list", cwd=mine).returncode == 0
    (exercise / "helpers.py").unlink()
    assert grade("list", cwd=exercise).returncode == 0


@pytest.mark.parametrize("how", ["unpacked", "link", "others may write"])
def test_what_an_author_did_not_save_there_does_not_run(grade: Run, mine: Path, tmp_path: Path, how: str) -> None:
    """A student's archive, unpacked over a trusted course."""
    checks = mine / "solutions/exercise02/checks.py"
    if how == "unpacked":
        (tmp_path / "eve/solutions/exercise02").mkdir(parents=True)
        hostile = tmp_path / "eve/solutions/exercise02/checks.py"
        hostile.write_bytes(checks.read_bytes() + f"\nopen({str(tmp_path / 'RAN')!r}, 'w')\n".encode())
        os.utime(hostile, (time.time() - 3600,) * 2)
        subprocess.run(["tar", "-cf", tmp_path / "eve.tar", "-C", tmp_path / "eve", "solutions"], check=True)
        subprocess.run(["tar", "-xf", tmp_path / "eve.tar", "-C", mine], check=True)
    elif how == "link":
        (tmp_path / "else.py").write_text("")
        checks.unlink()
        checks.symlink_to(tmp_path / "else.py")
    else:
        checks.write_text("")
        checks.chmod(0o666)
    (mine / "halves.py").write_text("def halves(x):\n    return x * x\n")
    refused(grade("2", "halves.py", cwd=mine), "not saved there by you", "solutions/exercise02/checks.py")
    assert not (tmp_path / "RAN").exists()
    if how == "unpacked":
        assert grade("trust", mine).returncode == 0
        assert "your edits included" in grade("trust", mine).stdout


def test_init_and_new_are_trust_and_so_is_the_clone(grade: Run, theirs: Path, tmp_path: Path) -> None:
    assert grade("init", "learner", "--course", theirs).returncode == 0
    assert "exercise02" in grade("list", cwd=tmp_path / "learner").stdout
    assert "exercise16" in grade("list", cwd=ROOT / "exercises").stdout
    assert str(ROOT) not in grade("trust", "--list").stdout


@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "dangling"])
def test_a_course_toml_that_is_no_file(grade: Run, mine: Path, tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "odd" / "deep"
    folder.mkdir(parents=True)
    place = folder.parent / "course.toml"
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(mine / "course.toml" if kind == "link" else "nowhere")
    told = {"pipe": "a pipe", "folder": "a folder"}.get(kind, "a link")
    refused(grade("list", cwd=folder), str(place), told)
    refused(grade("trust", folder.parent), told)


def test_a_course_toml_of_a_gigabyte_is_not_read(grade: Run, tmp_path: Path) -> None:
    folder = tmp_path / "large"
    folder.mkdir()
    with (folder / "course.toml").open("wb") as file:
        file.truncate(1 << 30)
    refused(grade("list", cwd=folder), "have not trusted")
    run = grade("list", "--course", folder)
    assert run.returncode == 4 and "too large" in run.stderr and "Traceback" not in run.stderr


def test_what_the_state_folder_says_counts_only_while_it_is_ones_own(grade: Run, mine: Path, tmp_path: Path) -> None:
    state = tmp_path / "state/grade"
    assert stat.S_IMODE(state.stat().st_mode) == 0o700
    state.chmod(0o777)
    refused(grade("list", cwd=mine), "Others may write to", "chmod go-w")
    state.chmod(0o700)
    [record] = (state / "courses").glob("*.json")
    record.write_bytes(b"{")
    refused(grade("list", cwd=mine), "have not trusted")
    state.rename(tmp_path / "moved")
    state.symlink_to(tmp_path / "moved")
    refused(grade("list", cwd=mine), "must be a folder")


def test_another_users_state_folder_says_nothing(
    grade: Run, mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() == 0:
        os.chown(tmp_path / "state/grade", 4321, 4321)
        refused(grade("list", cwd=mine), "belongs to another user")
        return
    # Nobody else can give files away; then it is this process that is another user.
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(os, "geteuid", lambda: 4321)
    with pytest.raises(UsageError, match="belongs to another user"):
        state_folder()


@pytest.mark.parametrize("name", ["course.toml", "solutions/exercise02/checks.py", "solutions/exercise02", "solutions"])
def test_a_course_that_may_not_be_read(grade: Run, theirs: Path, name: str) -> None:
    """Not a word of it is read before it is trusted, and what can't be looked at is not trusted."""
    (theirs / name).chmod(0)
    refused(grade("list", cwd=theirs, before=UNPRIVILEGED), "have not trusted")
    run = grade("trust", theirs, before=UNPRIVILEGED)
    assert run.returncode in (2, 4) and name.split("/")[-1] in run.stderr and "Traceback" not in run.stderr, run.stderr
    (theirs / name).chmod(0o700)
    assert grade("trust", theirs).returncode == 0
    (theirs / name).chmod(0)
    refused(grade("list", cwd=theirs, before=UNPRIVILEGED), str(name))
    (theirs / name).chmod(0o700)


@pytest.mark.slow
def test_compiled_checks_of_a_course_are_not_run(grade: Run, mine: Path, tmp_path: Path) -> None:
    """A file in `__pycache__` is no source that somebody looked at, whatever its header says of the source."""
    checks = mine / "solutions/exercise02/checks.py"
    status = checks.stat()
    code = marshal.dumps(compile(f"open({str(tmp_path / 'RAN')!r}, 'w')", str(checks), "exec"))
    head = importlib.util.MAGIC_NUMBER + struct.pack("<III", 0, int(status.st_mtime), status.st_size)
    checks.parent.joinpath("__pycache__").mkdir(exist_ok=True)
    for tag in ("", f"-pytest-{pytest.__version__}"):
        name = f"checks.{sys.implementation.cache_tag}{tag}.pyc"
        (checks.parent / "__pycache__" / name).write_bytes(head + code)
    run = grade("2", "solutions/exercise02/reference.py", cwd=mine)
    assert run.returncode == 0 and "Score: 4 of 4" in run.stdout, run.stdout + run.stderr
    assert not (tmp_path / "RAN").exists()


@pytest.mark.parametrize("kind", ["pipe", "link", "large", "deep", "linked folder"])
def test_a_configuration_that_is_no_file_of_its_own(grade: Run, tmp_path: Path, kind: str) -> None:
    work = tmp_path / "eve"
    work.mkdir()
    secret = tmp_path / "secret.toml"
    secret.write_text('language = "zh-CN"\n')
    if kind == "linked folder":
        (tmp_path / "other/.grade").mkdir(parents=True)
        shutil.copy(secret, tmp_path / "other" / CONFIG)
        (work / ".grade").symlink_to(tmp_path / "other/.grade")
    else:
        (work / ".grade").mkdir()
    if kind == "pipe":
        os.mkfifo(work / CONFIG)
    elif kind == "link":
        (work / CONFIG).symlink_to(secret)
    elif kind == "large":
        (work / CONFIG).write_text("#" * 100_000)
    elif kind == "deep":
        (work / CONFIG).write_text("course = " + "[" * 5000 + "]" * 5000)
    refused(grade("list", cwd=work), "config.toml can't be read")


def test_nothing_is_written_through_links_of_a_learners_folder(grade: Run, theirs: Path, tmp_path: Path) -> None:
    """`grade init` in a folder that somebody prepared: its stubs, its digests and its memory lead elsewhere."""
    victim = tmp_path / "victim"
    victim.mkdir()
    work = tmp_path / "prepared"
    (work / "exercise02").mkdir(parents=True)
    (work / "exercise02/halves.py").symlink_to(victim / "new.py")
    os.mkfifo(work / "exercise02/README.md")
    (work / ".grade").mkdir()
    run = grade("init", work, "--course", theirs)
    assert run.returncode == 0 and "exercise02/halves.py" in run.stdout, run.stdout + run.stderr
    for name in ("generated.json", "config.toml", "record.jsonl"):
        (work / ".grade" / name).unlink(missing_ok=True)
        (work / ".grade" / name).symlink_to(victim / name)
    assert grade("init", work, "--course", theirs).returncode != 0
    (work / ".grade/config.toml").unlink()
    grade("hint", "2", "--course", theirs, cwd=work)
    assert list(victim.iterdir()) == []


# --- which course a file was made for


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# grade course: my-course-1\nx = 1\n", "my-course-1"),
        ("\ufeff\n# mine\n#\tx\n#  grade course: a\n", None),
        ("# Course: deep-learning\n# course: cs-101\n", None),
        ("# grade course: My Course\n", None),
        ("x = 1\n" * 50 + "# grade course: my-course-1\n", None),
        (
            "# ---\n# jupyter:\n#   grade:\n#     course: my-course-1\n#     exercise: exercise02\n# ---\n",
            "my-course-1",
        ),
        ("#   grade:\nx = 1\n#     course: my-course-1\n", None),
        ("# grade course: " + "a" * 100_000, None),
        ("#" * 10_000_000, None),
    ],
)
def test_the_mark_of_a_file(text: str, found: str | None) -> None:
    begun = time.process_time()
    assert course_of_source(text) == found
    assert time.process_time() - begun < 0.2


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        {},
        {"grade": None},
        {"grade": {"course": 3}},
        {"grade": {"course": "../x"}},
        {"grade": {"course": "a" * 10_000}},
    ],
)
def test_a_notebook_without_a_mark(metadata: object) -> None:
    assert course_of_notebook(json.dumps({"cells": [], "metadata": metadata}).encode()) is None


def test_a_notebook_with_one() -> None:
    content = {"cells": [], "metadata": {"grade": {"course": "my-course-1", "more": [1]}}}
    assert course_of_notebook(json.dumps(content).encode()) == "my-course-1"
    assert course_of_notebook(b"\xef\xbb\xbf" + json.dumps(content).encode()) == "my-course-1"
    assert course_of_notebook(b"[" * 100_000) is None


@pytest.mark.slow
def test_work_of_another_course_is_refused(grade: Run, mine: Path, tmp_path: Path) -> None:
    """The same number is another exercise in the course that comes with the grader."""
    for form, name in (("py", "halves.py"), ("ipynb", "halves.ipynb"), ("nbgrader", "release/exercise02/halves.ipynb")):
        assert grade("generate", "--out", tmp_path / form, "--as", form, cwd=mine).returncode == 0
        file = tmp_path / form / (name if "/" in name else f"exercise02/{name}")
        run = grade("2", file, "--json", "-")
        result = json.loads(run.stdout)
        assert (run.returncode, result["status"], result["score"]) == (3, "error", 0), run.stderr
        assert result["message"]["en"].count("--course DIR") == 1
        assert "deep-learning-by-exercise" in result["message"]["en"] and "mine-" in result["message"]["en"]
        assert (result["course_id"], result["course_title"]) == ("deep-learning-by-exercise", None)


@pytest.mark.slow
def test_its_own_course_grades_it_and_is_named(grade: Run, mine: Path, tmp_path: Path) -> None:
    assert grade("init", "learner", "--course", mine).returncode == 0
    learner = tmp_path / "learner"
    stub = learner / "exercise02/halves.py"
    assert "Course: A course of my own" in grade("2", cwd=learner).stdout
    stub.write_text(stub.read_text("utf-8").replace('raise NotImplementedError("halves")', "return x * x"), "utf-8")
    result = json.loads(grade("2", "--json", "-", "--junit", "j.xml", cwd=learner).stdout)
    assert result["passed"] and result["course_title"]["zh-CN"] == "我的课程"
    assert 'name="course" value="A course of my own"' in (learner / "j.xml").read_text("utf-8")
    for student, file in (("ada", stub), ("bob", ROOT / "exercises/exercise02/perceptron.py")):
        (tmp_path / "class" / student / "exercise02").mkdir(parents=True)
        shutil.copy(file, tmp_path / "class" / student / "exercise02/halves.py")
    run = grade(
        "score", "class", "--out", "scored", "-j", "1", "--course", mine, "--allow-unconfined", "--format", "canvas"
    )
    assert run.returncode == 0 and "Course: A course of my own" in run.stdout, run.stderr
    table = (tmp_path / "scored/scores.csv").read_text("utf-8").splitlines()
    rows = {row["student"]: row for row in csv.DictReader(table)}
    assert [rows["ada"][name] for name in ("score", "max_score", "status")] == ["4", "4", "graded"]
    assert [rows["bob"][name] for name in ("score", "max_score", "status")] == ["0", "4", "error"]
    assert "deep-learning-by-exercise" in rows["bob"]["note"]
    # The wrong course was named: no platform is told a 0.
    assert (rows["ada"]["counts"], rows["bob"]["counts"]) == ("true", "false")
    assert "Nothing could be graded of 1 of 2" in run.stdout
    canvas = (tmp_path / "scored/formats/canvas/exercise02.csv").read_text("utf-8")
    assert "ada" in canvas and "bob" not in canvas
    assert json.loads((tmp_path / "scored/run.json").read_bytes())["course_id"] == result["course_id"]
    assert grade("report", "scored", "--html", "class.html").returncode == 0
    assert "A course of my own" in (tmp_path / "class.html").read_text("utf-8")
