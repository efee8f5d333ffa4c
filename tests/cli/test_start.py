"""How the command starts: with a standard stream closed, beside a learner's own modules, with other pytest plugins."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.verb_table import MAIN_VERB, VERBS
from grader.cli.verbs import GRADING, NOT_GRADING, STAYING
from tests.forked import run_forked

ROOT = Path(__file__).parents[2]
RIGHT = ROOT / "solutions/exercise03/reference.py"
CHECKS = ROOT / "solutions/exercise03/checks.py"


def shell(line: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`line`, in which $GRADE is the command and $RIGHT a right answer to exercise 03."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GRADE_")}
    environ |= {
        "GRADE": f"{sys.executable} -m grader",
        "RIGHT": str(RIGHT),
        "GRADE_WARM": "0",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        **variables,
    }
    return subprocess.run(["bash", "-c", line], cwd=cwd, env=environ, capture_output=True, text=True, check=False)


def test_every_verb_grades_or_does_not() -> None:
    assert GRADING.isdisjoint(NOT_GRADING) and STAYING <= GRADING
    assert {*VERBS, MAIN_VERB, "--help", "-h", "--version"} == GRADING | NOT_GRADING


@pytest.mark.parametrize(
    ("closed", "out", "err"),
    [
        (">&-", "", ""),
        pytest.param("2>&-", "Score: 10 of 10", "", marks=pytest.mark.slow),
        pytest.param("<&-", "Score: 10 of 10", "", marks=pytest.mark.slow),
        pytest.param(">&- 2>&- <&-", "", "", marks=pytest.mark.slow),
    ],
)
def test_a_closed_stream_is_one_that_nobody_reads(closed: str, out: str, err: str, tmp_path: Path) -> None:
    run = shell(f"$GRADE exercise03 $RIGHT --json result.json {closed}", tmp_path)
    assert (run.returncode, run.stderr) == (0, err)
    assert out in run.stdout and bool(out) == bool(run.stdout)
    # Nothing that was printed went into a file that was opened instead.
    assert (tmp_path / "result.json").read_text("utf-8").startswith("{")
    assert shell(f"$GRADE hint nothing {closed}", tmp_path).returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("names", [("random", "json", "torch", "click"), ("grader", "types")])
def test_a_learners_module_is_not_taken_for_another(names: tuple[str, ...], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / f"{name}.py").write_text(f"raise SystemExit('taken: {name}')\n")
    if "grader" in names:  # what `python -m` itself looks for is Python's choice, so grade's own start counts
        run = shell(f"{sys.executable} -P -m grader exercise03 $RIGHT", tmp_path)
    else:
        run = shell("$GRADE exercise03 $RIGHT", tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "Score: 10 of 10" in run.stdout


@pytest.mark.slow
def test_pytest_takes_a_path_with_an_equals_sign(tmp_path: Path) -> None:
    folder = tmp_path / "a=b"
    folder.mkdir()
    (folder / "x.py").write_bytes(RIGHT.read_bytes())
    run = shell(f"{sys.executable} -m pytest -q -p no:cacheprovider {CHECKS} --submission a=b/x.py", tmp_path)
    assert "exercise03: 10 of 10 points" in run.stdout, run.stdout
    start = ("pytest", "-q", "-p", "no:cacheprovider", CHECKS)
    for words in (("--submission=a=b/x.py",), ("--submission", "exercise03=a=b/x.py")):
        run = run_forked(*start, *words, cwd=tmp_path)
        assert "exercise03: 10 of 10 points" in run.stdout, run.stdout
    run = run_forked(*start, "--submission", "c=d/x.py", cwd=tmp_path)
    assert "No --submission is for exercise03" in run.stdout


_PLUGIN = """
import warnings
import pytest

def pytest_configure(config):
    warnings.warn(pytest.PytestDeprecationWarning("an option is unset"))
    warnings.warn("old", DeprecationWarning)

def pytest_collection_modifyitems(items):
    warnings.warn("more", UserWarning)
"""


@pytest.mark.slow
def test_plugins_that_warn_spoil_no_run(tmp_path: Path) -> None:
    """As pytest-asyncio does; `filterwarnings = error` is for our own code."""
    plugin = tmp_path / "plugins"
    (plugin / "pytest_talks-1.dist-info").mkdir(parents=True)
    (plugin / "pytest_talks.py").write_text(_PLUGIN)
    (plugin / "pytest_talks-1.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: pytest-talks\nVersion: 1\n")
    (plugin / "pytest_talks-1.dist-info/entry_points.txt").write_text("[pytest11]\ntalks = pytest_talks\n")
    paths = os.pathsep.join([str(ROOT), str(plugin)])
    graded = shell(f"{sys.executable} -m pytest -q {CHECKS} --submission $RIGHT", tmp_path, PYTHONPATH=paths)
    assert graded.returncode == 0 and "exercise03: 10 of 10 points" in graded.stdout, graded.stdout
    ours = shell(f"{sys.executable} -m pytest -q {ROOT}/tests/test_table.py", tmp_path, PYTHONPATH=paths)
    assert ours.returncode == 0, ours.stdout + ours.stderr
    assert shell("$GRADE exercise03 $RIGHT", tmp_path, PYTHONPATH=paths).returncode == 0


@pytest.mark.slow
def test_only_a_page_imports_its_templates(tmp_path: Path) -> None:
    """They take a while to load, and most runs make none."""
    for options, imported in (("", False), ("--html page.html", True)):
        run = shell(f"$GRADE exercise03 $RIGHT {options}", tmp_path, PYTHONPROFILEIMPORTTIME="1")
        assert run.returncode == 0
        assert bool(re.search(r"\| +jinja2\n", run.stderr)) == imported, options


def test_what_counts_operations_does_not_import_the_compiler() -> None:
    code = (
        "import sys, torch\nfrom grader.calls.operations import OperationCount\n"
        "with OperationCount() as count:\n    torch.ones(3) + 1\n"
        "print(count.dispatched, 'torch._dynamo' in sys.modules)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "2 False\n"


#: A Ctrl-C that comes within the callback of a weak reference, and an error there.
DROPPED = """
import signal, sys, time, weakref
from grader.cli.main import keep_interrupt
sys.unraisablehook = keep_interrupt
class Anything: pass
def raising(error):
    def callback(reference):
        raise error
    return callback
kept, began = [Anything(), Anything()], time.monotonic()
errors = ValueError("an error"), KeyboardInterrupt()
references = [weakref.ref(one, raising(error)) for one, error in zip(kept, errors)]
try:
    kept.clear()
    time.sleep(60)
except KeyboardInterrupt:
    print("stopped" if time.monotonic() - began < 50 else "late")
"""


def test_an_interrupt_that_python_drops_comes_again() -> None:
    done = subprocess.run([sys.executable, "-c", DROPPED], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (0, "stopped\n")
    assert "ValueError: an error" in done.stderr and "KeyboardInterrupt" not in done.stderr
