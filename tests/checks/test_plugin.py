"""The pytest plugin as an instructor uses it: pytest in a process of its own, with all that pytest can do."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.forked import run_forked
from tests.tiny import DOUBLING, TRIPLED, exercise_toml, tiny_course

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SIGMOID = ROOT / "solutions" / "exercise03"

_CHECKS = """
from grader.checks import check


@check(points=1, title="secret", hidden=True)
def test_secret(compare, sample):
    compare("half", sample(3))


@check(points=2, title="twice")
def test_twice(compare, sample):
    compare("double", sample(3))
"""

_LIMITS = "[limits]\ncall_seconds = 1\ntotal_seconds = 3\n"


def environment() -> dict[str, str]:
    """This process's, less what steers pytest: with CI or BUILD_NUMBER set, pytest prints every failure twice."""
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "BUILD_NUMBER")}
    return {name: value for name, value in kept.items() if not name.startswith(("PYTEST_", "GRADE_"))}


def run_pytest(
    *words: str | Path, cwd: Path = ROOT, cold: bool = False, **variables: str
) -> subprocess.CompletedProcess[str]:
    """cold: in a process that has imported nothing, as an instructor's own."""
    environ = environment() | variables
    words = ("-p", "no:cacheprovider", *words)
    if not cold:
        return run_forked("pytest", *words, cwd=cwd, env=environ)
    command = [sys.executable, "-m", "pytest", *map(str, words)]
    return subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def doubling(tmp_path: Path) -> Path:
    """The folder of a tiny exercise04 in a course of its own; its reference, as a submission, is right.py."""
    (folder,) = make_course(tmp_path / "course", 1)
    submission(tmp_path, "right.py", DOUBLING)
    return folder


def slug(number: int) -> str:
    return f"doubling{number or ''}"


def make_course(course: Path, count: int) -> list[Path]:
    """A course of so many equal exercises; their folders, from exercise04."""
    files = {"reference.py": DOUBLING, "checks.py": _CHECKS, "mistakes.py": TRIPLED}
    exercises = {
        f"exercise{number + 4:02}": {"exercise.toml": exercise_toml(slug(number), 3, _LIMITS), **files}
        for number in range(count)
    }
    tiny_course(course, exercises)
    return [course / "solutions" / name for name in exercises]


def run_of_each(folders: list[Path], sources: Iterable[str], *words: str | Path) -> subprocess.CompletedProcess[str]:
    """pytest in one session over these exercises, each with the submission of this source."""
    course = folders[0].parents[1]
    chosen: list[str | Path] = [folder / "checks.py" for folder in folders]
    for number, (folder, source) in enumerate(zip(folders, sources, strict=True)):
        chosen += ["--submission", f"{folder.name}={submission(course.parent, slug(number) + '.py', source)}"]
    return run_pytest(*chosen, *words, cwd=course, COLUMNS="200")  # so that no sentence is cut


def submission(tmp_path: Path, name: str, source: str) -> Path:
    folder = tmp_path / "submissions"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(source, "utf-8")
    return path


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A submission of exercise 03 with one mistake, in sigmoid_grad."""
    source = (SIGMOID / "reference.py").read_text("utf-8").replace("s * (1 - s)", "s * (1 + s)")
    return submission(tmp_path_factory.mktemp("wrong"), "wrong.py", source)


Run = tuple["subprocess.CompletedProcess[str]", ET.Element]


@pytest.fixture(scope="module")
def spread(wrong: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The wrong submission's checks over two processes, with a seed that nobody chose."""
    return _with_junit(tmp_path_factory.mktemp("spread"), "--submission", wrong, "-n", "2", cold=True)


@pytest.fixture(scope="module")
def repeated(spread: Run, wrong: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same again in one process, with the seed that the first run printed."""
    folder = tmp_path_factory.mktemp("repeated")
    return _with_junit(folder, "--submission", wrong, "--grade-seed", _seed(spread[0].stdout))


def _with_junit(folder: Path, *words: str | Path, cold: bool = False) -> Run:
    report = folder / "report.xml"
    run = run_pytest(SIGMOID / "checks.py", "--junitxml", report, *words, cold=cold)
    return run, ET.parse(report).getroot()


def _seed(printed: str) -> str:
    found = re.search(r"--grade-seed (\d+) repeats these inputs", printed)
    assert found, printed
    return found[1]


def _failures(report: ET.Element, within: str = "") -> dict[str, str]:
    """Check → what its failure says. within: the name of an exercise, if the report is of several."""
    return {
        case.attrib["name"]: failure.attrib["message"]
        for case in report.iter("testcase")
        if within in case.attrib["classname"].split(".") or not within
        for failure in (*case.iter("failure"), *case.iter("error"))
    }


WRONG = ("sigmoid_grad", "saturated_derivatives", "any_shape", "strided", "float32", "tails")


def test_wrong_answer_fails_with_its_explanation_and_none_of_our_code(repeated: Run) -> None:
    run, _ = repeated
    assert run.returncode == 1
    assert "6 failed, 6 passed" in run.stdout
    line = 'compare("sigmoid_grad", common(sample, 6), effects=True, **TEN_DIGITS)'
    assert f"{line}\nE   The result of sigmoid_grad(x): all " in run.stdout
    assert "E   Expected: tensor([" in run.stdout
    assert "/grader/" not in run.stdout
    assert "grader.checks" not in run.stdout
    assert run.stderr == ""


def test_summary_has_the_points_and_each_named_mistake_once(repeated: Run) -> None:
    run, _ = repeated
    assert "exercise03: 6 of 10 points; --grade-seed" in run.stdout
    assert run.stdout.count("sigmoid_grad_plus: this is f·(1+f), with a plus for the minus") == 1
    assert f"({', '.join(WRONG)})" in run.stdout


def test_junit_report_carries_the_explanations(repeated: Run) -> None:
    _, report = repeated
    assert len(list(report.iter("testcase"))) == 12
    failures = _failures(report)
    assert tuple(failures) == tuple(f"test_{name}" for name in WRONG)
    assert all(text.startswith("The result of sigmoid_grad(x)") for text in failures.values())


def test_processes_of_xdist_share_seed_verdicts_and_summary(spread: Run, repeated: Run) -> None:
    assert _failures(spread[1]) == _failures(repeated[1])
    summaries = [run.stdout.partition(" grade ")[2].partition("short test summary")[0] for run, _ in (spread, repeated)]
    assert sorted(summaries[0].splitlines()[1].split(";")) == sorted(summaries[1].splitlines()[1].split(";"))
    assert "sigmoid_grad_plus" in summaries[0]


def test_choosing_checks_leaves_their_inputs_unmoved(repeated: Run, wrong: Path, tmp_path: Path) -> None:
    seed = _seed(repeated[0].stdout)
    run, report = _with_junit(tmp_path, "--submission", wrong, "--grade-seed", seed, "-k", "float32 or tails")
    assert "2 failed, 10 deselected" in run.stdout
    whole = _failures(repeated[1])
    assert _failures(report) == {name: whole[name] for name in ("test_float32", "test_tails")}


def test_one_check_by_its_name_as_an_editor_asks(wrong: Path) -> None:
    run = run_pytest(f"{SIGMOID}/checks.py::test_tanh", "--submission", wrong, cold=True)
    assert run.returncode == 0
    assert "exercise03: 1 of 1 points" in run.stdout


@pytest.mark.parametrize("words", [(), ("--submission", "not/there.py")])
def test_collecting_needs_no_submission(words: tuple[str, ...]) -> None:
    run = run_pytest(SIGMOID / "checks.py", "--collect-only", "-q", *words)
    assert run.returncode == 0
    lines = run.stdout.splitlines()
    assert lines[0] == "solutions/exercise03/checks.py::test_sigmoid"
    assert "12 tests collected" in lines[-1]
    assert "points" not in run.stdout


def test_several_exercises_and_a_plain_test_in_one_session(doubling: Path, wrong: Path, tmp_path: Path) -> None:
    shutil.copytree(SIGMOID, doubling.with_name("exercise03"))
    (doubling / "test_plain.py").write_text("def test_plain(tmp_path):\n    assert tmp_path.exists()\n", "utf-8")
    right = tmp_path / "submissions" / "right.py"
    run = run_pytest(
        *(doubling.with_name(name) / "checks.py" for name in ("exercise03", "exercise04")),
        doubling / "test_plain.py",
        "--submission",
        f"exercise03={wrong}",
        "--submission",
        f"doubling={right}",
        cwd=tmp_path,
    )
    assert "6 failed, 9 passed" in run.stdout
    assert "exercise03: 6 of 10 points" in run.stdout
    assert "exercise04: 3 of 3 points" in run.stdout


def test_exercise_without_a_submission_says_so(doubling: Path) -> None:
    run = run_pytest("checks.py", "--submission", "exercise03=x.py", cwd=doubling)
    assert run.returncode == 1
    assert "No --submission is for exercise04: write --submission exercise04=FILE." in run.stdout
    assert len(run.stdout.splitlines()) < 30


def test_submissions_that_can_not_run_say_why(tmp_path: Path) -> None:
    missing = "There is no half in your file."
    sources = {
        "def double(x:\n": "line 1: the ( here is never closed",
        "import no_such_module\n": missing,
        "import os\nos._exit(3)\n": missing,
    }
    run = run_of_each(make_course(tmp_path / "course", len(sources)), sources)
    assert run.returncode == 1
    assert all(run.stdout.count(said) >= 2 * [*sources.values()].count(said) for said in sources.values())
    assert len(run.stdout.splitlines()) < 40 * len(sources)
    assert [f"exercise{number:02}: 0 of 3 points" in run.stdout for number in (4, 5, 6)] == [True] * 3


_HALF = "def half(x):\n    return x / 2\n"
_FOREVER = "import time\nwhile True:\n    time.sleep(1)\n"  # leaves the core to others

#: Submissions; all but the first two fail the check of `double`, and of some nothing can be run.
SAME = {
    "right": DOUBLING,
    "hangs at its end": f"{DOUBLING}\n{_FOREVER}",
    "wrong": DOUBLING.replace("2 * x", "3 * x"),
    "hangs in a call": DOUBLING.replace("return 2 * x", _FOREVER.replace("\n", "\n    ")),
    "hangs while loading": f"{_HALF}{_FOREVER}else:\n    def double(x): return 2 * x\n",
    "hangs in all of it": "import signal\nsignal.alarm(1)\n" + "while True: pass\n" * 9,
    "exits": f"{_HALF}import sys\nif True:\n    sys.exit(3)\n    def double(x): return 2 * x\n",
    "breaks what runs it": "import builtins\nbuiltins.exec = None\nimport sys\nsys.modules.clear()\n",
    "misses a name": _HALF,
    "no Python": "def double(x:\n",
}


@pytest.fixture(scope="module")
def same(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[dict[str, Any], dict[str, str]]]:
    """What `grade score` and pytest say of each of them, every one in an exercise of its own."""
    folder = tmp_path_factory.mktemp("same")
    folders = make_course(folder / "course", len(SAME))
    for number, (exercise, source) in enumerate(zip(folders, SAME.values(), strict=True)):
        path = folder / "class/anna" / exercise.name / f"{slug(number)}.py"
        path.parent.mkdir(parents=True)
        path.write_text(source, "utf-8")
    words = ["score", "class", "--out", "out", "--course", "course", "--seed", "1", "-j", "1"]
    run_forked("grader", *words, cwd=folder, env=environment(), check=True)
    run_of_each(folders, SAME.values(), "--grade-seed", "1", "--junitxml", folder / "report.xml")
    report = ET.parse(folder / "report.xml").getroot()
    return {
        name: (
            json.loads((folder / f"out/results/anna/{exercise.name}.json").read_bytes()),
            _failures(report, within=exercise.name),
        )
        for name, exercise in zip(SAME, folders, strict=True)
    }


@pytest.mark.parametrize("name", SAME)
def test_score_and_pytest_say_the_same(name: str, same: dict[str, tuple[dict[str, Any], dict[str, str]]]) -> None:
    """Why a check failed, or why none could be run."""
    result, failures = same[name]
    (twice,) = (check for check in result["checks"] if not check["hidden"])
    reason = twice["message"] or result["message"]
    assert twice["passed"] == ("test_twice" not in failures) == (name in list(SAME)[:2])
    assert twice["passed"] or without_seconds(reason["en"]) in without_seconds(failures["test_twice"])


def without_seconds(text: str) -> str:
    """On a busy machine a run may end at what is left of its time, which is another run's own."""
    return re.sub(r"\d+(\.\d+)? s\b", "", text)


def test_limit_and_prints_are_shown_with_the_check(doubling: Path, tmp_path: Path) -> None:
    source = DOUBLING.replace("return 2 * x", "print('round and round', flush=True)\n    while True: pass")
    run = run_pytest("checks.py", "--submission", submission(tmp_path, "endless.py", source), cwd=doubling)
    assert "1 failed, 1 passed" in run.stdout
    assert 'compare("double", sample(3))\nE   In double: The call took longer than 1 s' in run.stdout
    assert re.search(r"-+ Captured submission call -+\nround and round\n", run.stdout)
    assert "/grader/" not in run.stdout


def test_debugger_opens_in_the_check_and_no_clock_runs_meanwhile(doubling: Path, tmp_path: Path) -> None:
    path = submission(tmp_path, "tripled.py", DOUBLING.replace("return 2 * x", "return 3 * x"))
    words = [sys.executable, "-u", "-m", "pytest", "-p", "no:cacheprovider", "--pdb", "checks.py", "--submission", path]
    process = subprocess.Popen(
        words,
        cwd=doubling,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdin and process.stdout
    printed = ""
    while not printed.endswith("(Pdb) "):
        printed += process.stdout.read(1)
    assert '-> compare("double", sample(3))' in printed
    time.sleep(3.5)  # longer than the submission may take for everything
    rest, _ = process.communicate("p type(compare('half', sample(3))).__name__\nc\n", timeout=60)
    assert "'Tensor'" in rest
    assert "1 failed, 1 passed" in rest
    assert "tripled: this is three times x (twice)" in rest


_NORMAL = """
import sys

def test_nothing_of_the_grader_is_here():
    loaded = {name.partition(".")[0] for name in sys.modules}
    assert not loaded & {"torch", "msgspec", "numpy"}
    entry = {"grader", "grader.pytest_host", "grader.pytest_host.entry"}
    assert {name for name in sys.modules if name.startswith("grader")} <= entry

def test_own_fixture_called_compare(compare):
    assert compare == 1
"""
_OWN_FIXTURE = "import pytest\n\n@pytest.fixture\ndef compare():\n    return 1\n"


def test_without_a_submission_other_projects_run_unchanged(tmp_path: Path) -> None:
    (tmp_path / "test_normal.py").write_text(_NORMAL, "utf-8")
    (tmp_path / "conftest.py").write_text(_OWN_FIXTURE, "utf-8")
    run = run_pytest("--strict-markers", "-W", "error", cwd=tmp_path, cold=True)
    assert run.returncode == 0, run.stdout
    assert " grade " not in run.stdout


def test_check_without_a_submission_says_what_it_needs(doubling: Path) -> None:
    run = run_pytest("checks.py", "--strict-markers", cwd=doubling, cold=True)
    assert run.returncode == 1
    assert run.stdout.count("This is a graded check: run pytest with --submission FILE.") == 2
    assert "fixture 'compare' not found" not in run.stdout


def test_fixture_of_ours_in_a_test_that_is_no_check(doubling: Path, tmp_path: Path) -> None:
    (doubling / "checks.py").write_text("def test_bare(compare):\n    pass\n\ndef test_plain():\n    pass\n", "utf-8")
    run = run_pytest("checks.py", "--submission", tmp_path / "submissions" / "right.py", cwd=doubling)
    assert "1 passed, 1 error" in run.stdout
    assert "test_bare uses a fixture of the grader: decorate it with @check." in run.stdout
    assert len(run.stdout.splitlines()) < 25
