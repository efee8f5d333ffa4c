"""`grade pack`: what it writes is unpacked, installed and run as the platform does, in a folder of the test's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
import yaml

from grader.cli.main import run
from grader.pack.wheel import wheel
from grader.scorers.process import CONFINED
from tests.intake.exports import COURSE, NAME, RIGHT, WRONG
from tests.report import readers

#: It is user 1000 without privileges, and no further user namespace can be made, as in Docker. Where not even the first
#: one can be made, that is so already.
_ORDINARY = (
    "unshare",
    "--user",
    "--map-root-user",
    "sh",
    "-c",
    'echo 1 > /proc/sys/user/max_user_namespaces && exec unshare --user --map-user=1000 --map-group=1000 "$@"',
    "sh",
)
#: A kernel without Landlock: its system calls, 444 to 446, do not exist (ENOSYS). Runs what follows it.
_NO_LANDLOCK = """
import ctypes, os, struct, sys
rules = (0x20, 0, 0, 0), (0x35, 0, 2, 444), (0x35, 1, 0, 447), (6, 0, 0, 0x50026), (6, 0, 0, 0x7fff0000)
code = b"".join(struct.pack("=HBBI", *rule) for rule in rules)
filter = ctypes.create_string_buffer(code)
program = ctypes.create_string_buffer(struct.pack("HP", 5, ctypes.addressof(filter)))
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, program, 0, 0) == 0
os.execvp(sys.argv[1], sys.argv[1:])
"""
#: Tries at every file that it should not see, and says what it could read.
_CURIOUS = """
import glob, os
read = []
for path in [*glob.glob("{root}/**", recursive=True), "{root}/source/course/course.toml", "{reference}"]:
    try:
        open(path).read() if os.path.isfile(path) or path.endswith((".toml", ".py")) else None
        read += [path] if path.endswith((".toml", "reference.py", ".json")) else []
    except OSError:
        pass
try:
    open("{root}/results/results.json", "w").write("10 of 10")
    read.append("wrote")
except OSError:
    pass
raise RuntimeError(f"read {{len(read)}} {{read[:3]}}")
"""


def pack(*words: str | Path, language: str = "en") -> int:
    return run(["pack", *map(str, words), "--course", str(COURSE), "--lang", language], {})


def script(*command: str | Path, cwd: Path, before: tuple[str, ...] = (), **variables: str) -> tuple[int, str]:
    """Runs a packed script with nothing of this process' environment, its home a folder that nobody can make."""
    environ = {"PATH": os.environ["PATH"], "HOME": "/proc/none", "LANG": "C.UTF-8", **variables}
    done = subprocess.run(
        [*before, *map(str, command)],
        cwd=cwd,
        env=environ,
        text=True,
        check=False,
        timeout=300,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.returncode, done.stdout


def installed(source: Path, venv: Path) -> None:
    """Runs setup.sh. No package is fetched: the new environment finds those of this one."""
    here = str(Path(msgspec.__file__).parents[1])
    status, said = script(
        "bash",
        source / "setup.sh",
        cwd=source,
        GRADE_VENV=str(venv),
        GRADE_PYTHON=sys.executable,
        PIP_NO_INDEX="1",
        PIP_EXTRA_INDEX_URL="",
        PYTHONPATH=here,
    )
    assert status == 0, said
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(venv)}))
    (packages / "base.pth").write_text(here)
    assert (packages / "grader/pack/on_gradescope.py").is_file()
    assert not (packages / "grader/_course").exists()
    assert (source / "course").stat().st_mode & 0o77 == 0


def ordinary_user() -> tuple[str, ...]:
    """What makes the command after it one of an ordinary user's."""

    def works(*command: str) -> bool:
        return subprocess.run([*_ORDINARY, *command], capture_output=True, check=False).returncode == 0

    assert not works("unshare", "--user", "true")
    return _ORDINARY if works("true") else ()


@pytest.fixture(scope="module")
def autograder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """/autograder as Gradescope makes it of the zip, with two exercises."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    assert pack("exercise03", "exercise02", "--for", "gradescope", "--out", root.with_suffix(".zip")) == 0
    with zipfile.ZipFile(root.with_suffix(".zip")) as archive:
        archive.extractall(root / "source")
        assert {"setup.sh", "run_autograder"} <= {
            one.filename for one in archive.infolist() if one.external_attr >> 16 == 0o100755
        }
    metadata = '{"id": 12, "assignment": {"title": "Week 3", "total_points": "20.0"}, "users": []}'
    (root / "submission_metadata.json").write_text(metadata)
    installed(root / "source", root / "venv")
    shutil.copy(root / "source/run_autograder", root)
    return root


@pytest.fixture
def submission(autograder: Path) -> Iterator[Path]:
    """An empty folder to hand in by; no result is there yet."""
    folder = autograder / "submission"
    for old in (folder, autograder / "results"):
        shutil.rmtree(old, ignore_errors=True)
    folder.mkdir()
    yield folder


def graded(root: Path, status: int = 0, before: tuple[str, ...] | None = None) -> tuple[dict, str]:  # type: ignore[type-arg]
    code, said = script(
        "bash",
        root / "run_autograder",
        cwd=root,
        GRADE_ROOT=str(root),
        before=ordinary_user() if before is None else before,
    )
    assert code == status, said
    return readers.gradescope((root / "results/results.json").read_bytes()), said


@pytest.mark.slow
def test_gradescope_grades_what_was_handed_in(autograder: Path, submission: Path) -> None:
    (submission / "deep/er").mkdir(parents=True)
    (submission / "deep/er" / NAME).write_text(WRONG, "utf-8")
    (submission / "notes.py").write_text("raise SystemExit", "utf-8")
    document, said = graded(autograder)
    assert document["score"] == 6
    assert "exercise02\nScore: 0 of 10\n" in document["output"]
    assert {test["name"].split(":")[0] for test in document["tests"]} == {"exercise02", "exercise03"}
    assert any("x·(1−x)" in test["output"] for test in document["tests"])
    assert [one["confinement"] for one in document["extra_data"]["runs"]] == ["", CONFINED]
    assert "submission 12 of 'Week 3'" in said and f"'deep/er/{NAME}'" in said and "set it to that" not in said


@pytest.mark.slow
@pytest.mark.parametrize("before", [None, ()], ids=["ordinary user", "this user"])
def test_a_submission_reads_no_solution_and_writes_no_result(
    before: tuple[str, ...] | None, autograder: Path, submission: Path
) -> None:
    reference = COURSE / "solutions/exercise03/reference.py"
    (submission / NAME).write_text(_CURIOUS.format(root=autograder, reference=reference), "utf-8")
    document, _ = graded(autograder, before=before)
    assert document["score"] == 0
    assert "RuntimeError: read 0 []" in document["output"]


@pytest.mark.slow
def test_without_landlock_nothing_is_run_and_the_learner_reads_that_the_grader_failed(
    autograder: Path, submission: Path
) -> None:
    marker = autograder / "ran"
    (submission / NAME).write_text(f"{RIGHT}\nopen({str(marker)!r}, 'w')", "utf-8")
    document, said = graded(autograder, 4, (sys.executable, "-c", _NO_LANDLOCK))
    assert "the grader itself failed" in document["output"] and document["tests"] == []
    assert "can't confine submissions fully (seccomp)" in said
    assert not marker.exists()


@pytest.mark.slow
def test_a_crash_leaves_a_result_that_says_so(autograder: Path, submission: Path, tmp_path: Path) -> None:
    (submission / NAME).write_text(RIGHT, "utf-8")
    course = autograder / "source/course/course.toml"
    content = course.read_bytes()
    try:
        course.unlink()
        document, said = graded(autograder, 4)
        assert "the grader itself failed" in document["output"] and "course.toml" in said
    finally:
        course.write_bytes(content)
    # Not even Python is there.
    status, _ = script(
        "bash", autograder / "run_autograder", cwd=autograder, GRADE_ROOT=str(autograder), GRADE_VENV=str(tmp_path)
    )
    assert status == 127
    left = readers.gradescope((autograder / "results/results.json").read_bytes())
    assert "the grader itself failed" in left["output"]


@pytest.mark.slow
def test_github_annotates_and_sums_up(tmp_path: Path, autograder: Path) -> None:
    out = tmp_path / "packed"
    assert pack("exercise03", "--for", "github", "--out", out, language="zh-CN") == 0
    repository = tmp_path / "repository"
    shutil.copytree(out / "template", repository)
    (repository / "exercise03" / NAME).write_text(f'{WRONG}\nprint("::error::planted")', "utf-8")
    shutil.copytree(out / "grader", repository / ".grader")
    summary = tmp_path / "summary.md"
    status, said = script(
        "bash",
        ".grader/run_workflow",
        cwd=repository,
        before=ordinary_user(),
        GITHUB_ACTIONS="true",
        GRADE_VENV=str(autograder / "venv"),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    assert status == 1, said
    found = readers.commands(said)
    assert len(said.splitlines()) == len(found)
    assert {properties.get("file") for name, properties, _ in found if name == "error"} == {f"exercise03/{NAME}"}
    assert "| 检查项 |" in summary.read_text("utf-8") and "planted" not in said


def test_githubs_template_holds_what_learners_get_and_a_workflow_that_runs(tmp_path: Path) -> None:
    assert pack("exercise03", "--for", "github", "--out", tmp_path / "packed", language="zh-CN") == 0
    template = tmp_path / "packed/template"
    files = {str(path.relative_to(template)) for path in template.rglob("*") if path.is_file()}
    assert files == {".github/workflows/grade.yml", f"exercise03/{NAME}", "exercise03/README.md"}
    shown = (template / "exercise03/README.md").read_text("utf-8")
    statement = (COURSE / "solutions/exercise03/statement.zh-CN.md").read_text("utf-8").partition("\n")[2]
    assert shown.endswith(statement) and "](../" not in shown  # the other exercises are not there
    assert "NotImplementedError" in (template / "exercise03" / NAME).read_text("utf-8")
    steps = yaml.safe_load((template / ".github/workflows/grade.yml").read_text("utf-8"))["jobs"]["grade"]["steps"]
    taken = {step["uses"].split("@")[0]: step.get("with", {}) for step in steps if "uses" in step}
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert taken["actions/setup-python"] == {"python-version": version}
    # Another grader, package or Python is another environment.
    key = taken["actions/cache"]["key"]
    assert re.findall(r"'(\S+?)'", key) == [".grader/*.whl", ".grader/*.txt"]
    assert "steps.python.outputs.python-version" in key and [step["id"] for step in steps if "id" in step] == ["python"]
    assert [step["run"] for step in steps if "run" in step] == ["bash .grader/setup.sh", "bash .grader/run_workflow"]
    for step in steps:
        for word in step.get("run", "").split()[1:]:
            assert (tmp_path / "packed" / word.replace(".grader", "grader")).is_file()


def test_a_wheel_holds_the_program_and_no_solution(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(wheel())
    with zipfile.ZipFile(tmp_path / "a.whl") as archive:
        names = archive.namelist()
    assert {"grader/__init__.py", "grader/report/schema.json", "grader/pack/files/setup.sh"} <= set(names)
    assert "grader/report/templates/page.html" in names
    # The self-test's own little course teaches nothing.
    ours = [name for name in names if not name.startswith("grader/selftest/course/")]
    assert [name for name in ours if "solutions/" in name or "__pycache__" in name] == []
    assert wheel() == (tmp_path / "a.whl").read_bytes()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "For which platform?"),
        (["--for", "moodle"], "--for is one of gradescope, github"),
        (["--for", "gradescope"], "Into which file or folder?"),
        (["exercise77", "--for", "gradescope", "--out", "a.zip"], "no exercise is called exercise77"),
        (["3", "--for", "gradescope", "--out", "full"], "is already there"),
        (["3", "--for", "gradescope", "--out", "no/a.zip"], "can't be written"),
    ],
)
def test_wrong_use_is_told_and_writes_nothing(
    words: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/file").touch()
    monkeypatch.chdir(tmp_path)
    assert pack(*words) == 2
    assert says in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "file"]
