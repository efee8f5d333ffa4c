"""`grade audit` as an author runs it: a clean exercise, and every way in which one can fall short."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from grader.text import LANGUAGES
from tests.audit.command import ROOT, grade
from tests.bad_input import session_members

pytestmark = pytest.mark.slow

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `grade new` makes."""
    folder = tmp_path_factory.mktemp("template")
    made = grade("new", "exercise01_square", "--course", "course", cwd=folder)
    assert made.returncode == 0, made.stderr
    return folder / "course"


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "course"))


def edit(course: Path, name: str, old: str, new: str) -> None:
    path = course / "solutions/exercise01" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def audit(course: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    """The exit status, the first exercise's findings, and what a terminal shows."""
    shown = grade("audit", "--seeds", "2", *words, cwd=course)
    run = grade("audit", "--seeds", "2", "--json", "-", *words, cwd=course)
    assert "Traceback" not in shown.stdout + shown.stderr + run.stderr
    assert run.returncode == shown.returncode
    return run.returncode, json.loads(run.stdout)[0] if run.stdout else {}, shown.stdout + shown.stderr


def test_what_grade_new_makes_is_clean(course: Path) -> None:
    status, found, shown = audit(course)
    assert (status, found["faults"], found["rejected"], found["slack"]) == (0, [], [], []), shown
    assert found["answers"] == ["reference", "variants/square_as_a_power"]
    assert {mistake["name"] for mistake in found["mistakes"]} == {"doubled", "half_detached"}
    assert {mutant["state"] for mutant in found["mutants"]} == {"killed"}
    assert "✗" not in shown and "2/2" in shown
    chinese = grade("audit", "--seeds", "1", "--lang", "zh-CN", cwd=course)
    assert (chinese.returncode, "判错的变异体" in chinese.stdout) == (0, True)


def test_a_right_answer_that_fails(course: Path) -> None:
    (course / "solutions/exercise01/variants/cube.py").write_text("def square(x):\n    return x * x * x\n")
    status, found, shown = audit(course)
    assert status == 1
    assert {each["answer"] for each in found["rejected"]} == {"variants/cube"}
    assert "right, but rejected: variants/cube, seed 0, cpu: values: " in shown


def test_mistakes_that_are_right_and_mistakes_of_one_behaviour(course: Path) -> None:
    edit(
        course,
        "mistakes.py",
        '{"x * x": "2 * x"}).says(\n    "each element is doubled, where it should be multiplied by itself"\n)\n',
        """{"x * x": "x**2"}).says("right")
again = edit("square", {"x * x": "x.detach() * x"}).says("twice half detached")
""",
    )
    edit(course, "texts.zh-CN.toml", "doubled = ", 'again = "又一个"\ndoubled = ')
    status, found, shown = audit(course)
    by_name = {mistake["name"]: mistake for mistake in found["mistakes"]}
    assert status == 1
    assert by_name["doubled"]["passed"] == [0]
    assert by_name["half_detached"]["unnamed"] == by_name["again"]["unnamed"] == [0]
    assert "mistake doubled: it gets all points, so it behaves like the reference (seeds: 0)" in shown
    assert "mistake again: no mistake is named (seeds: 0)" in shown


def test_survivors_and_idle_checks_are_shown_and_may_be_declared(course: Path) -> None:
    edit(course, "checks.py", ", rtol=1e-10, atol=1e-12", "")
    status, found, shown = audit(course)
    assert status == 1
    assert [mutant["operator"] for mutant in found["mutants"] if mutant["state"] == "survived"] == [
        "float64 cut to float32"
    ]
    assert "- return x * x" in shown and "+ (float64 cut to float32)" in shown
    assert "idle: without test_values, all wrong answers that fail now would still fail" in shown
    (course / "solutions/exercise01/audit.toml").write_text("""
[[equivalent]]
function = "square"
before = "return x * x"
after = "(float64 cut to float32)"
reason = "seven digits are enough here"
[[idle]]
check = "values"
reason = "learners begin with it"
""")
    status, found, shown = audit(course)
    assert status == 0, shown
    assert [each["reason"] for each in found["idle"]] == ["learners begin with it"]
    verbose = grade("audit", "--seeds", "1", "-v", cwd=course).stdout
    assert "equivalent: seven digits are enough here" in verbose


def test_a_declaration_that_is_not_so(course: Path) -> None:
    (course / "solutions/exercise01/audit.toml").write_text("""
[[equivalent]]
function = "square"
before = "return x * x"
after = "return x / x"
reason = "so I believed"
""")
    status, _, shown = audit(course)
    assert status == 1
    assert "declared equivalent, and yet values, gradient, shapes_and_dtype told it from the reference" in shown


def test_thin_tolerances(course: Path) -> None:
    edit(course, "mistakes.py", "2 * x", "x * x * (1 + 3e-10)")
    edit(course, "checks.py", "import check\n", "import check\n\n#\n")
    (course / "solutions/exercise01/variants/rough.py").write_text("def square(x):\n    return x * x * (1 + 5e-11)\n")
    status, found, shown = audit(course)
    assert status == 1
    assert {(near["answer"], near["check"], near["right"]) for near in found["slack"]} == {
        ("doubled", "values", False),
        ("variants/rough", "values", True),
    }
    assert "slack: the error of variants/rough, which is right, is above a tenth of what values tolerates" in shown
    assert "slack: the error of doubled, which is wrong, is below ten times what values tolerates" in shown


def test_points_for_nothing(course: Path) -> None:
    edit(course, "exercise.toml", "points = 4", "points = 6")
    with (course / "solutions/exercise01/checks.py").open("a", encoding="utf-8") as file:
        file.write("""

@check(points=1, title="no rows give no rows")
def test_no_rows(compare, sample):
    compare("square", sample(0, 3))


@check(points=1, title="a word is a TypeError")
def test_refusal(compare):
    compare("square", "word", raises=TypeError)
""")
    edit(course, "texts.zh-CN.toml", "[checks]\n", '[checks]\nno_rows = "没有行"\nrefusal = "给文字就抛出异常"\n')
    status, found, shown = audit(course)
    assert status == 1
    paid = {(each["check"], each["answer"]) for each in found["trivial"]}
    assert {("no_rows", "return args[0]"), ("no_rows", "return rand_like(right)")} <= paid
    assert ("refusal", "raise TypeError") in paid and ("refusal", "return None") not in paid
    assert {each["check"] for each in found["trivial"]} == {"no_rows", "refusal"}
    assert "for nothing: refusal pays 1 points for a file in which every function does nothing but `raise " in shown


def test_a_score_that_depends_on_the_seed(course: Path) -> None:
    values = '    compare("square", sample(64, '
    edit(course, "checks.py", values, f"    if sample.integer(0, 2):\n        return\n{values}")
    shown = grade("audit", "--seeds", "12", cwd=course).stdout
    assert "mistake doubled: its score depends on the seed: " in shown


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("exercise.toml", "points = 4", "points = 5", "points is 5, and the checks give 4 in all"),
        ("exercise.toml", 'slug = "square"', "slug = 3", "exercise.toml:1"),
        ("texts.zh-CN.toml", "（标题待译）", "", "title: there is no Chinese in its Chinese text"),
        ("checks.py", "points=2, ", "", "@check of test_values lacks points"),
        ("texts.zh-CN.toml", "values = ", "value = ", "the title of check values is missing"),
        ("texts.zh-CN.toml", "values = ", "value = ", "checks.py has no check value"),
        ("checks.py", "import torch", "import torch.no_such_thing", "No module named 'torch.no_such_thing'"),
        ("texts.zh-CN.toml", "doubled = ", "trebled = ", "the explanation of mistake doubled is missing"),
        ("texts.zh-CN.toml", "doubled = ", "trebled = ", "mistakes.py has no mistake trebled"),
        ("texts.zh-CN.toml", "[docstrings]", "[reasons]\nno = '没有'\n[docstrings]", "no fail with this reason: no"),
        ("mistakes.py", 'edit("square", {"x * x": "2', 'edit("cube", {"x * x": "2', "reference.py has no cube"),
        ("mistakes.py", '{"x * x": "2 * x"}', '{"x": "2"}', "square holds 'x' 2 times; an edit replaces what is there"),
        ("mistakes.py", '{"x * x": "2 * x"}', '{"x * x": "2 *"}', "mistakes.py"),
        ("mistakes.py", "each element is doubled, where it should be multiplied by itself", "", "doubled says nothing"),
        ("mistakes.py", '{"x * x": "2 * x"}', '{"x * x": "two * x"}', "the mistake doubled uses two, which is defined"),
        ("statement.md", "square", "quadrat", "the statement does not mention square"),
        ("texts.zh-CN.toml", "square = ", "cube = ", "the docstring of square is missing"),
        ("reference.py", "    ### END SOLUTION\n", "", "BEGIN SOLUTION without END SOLUTION"),
        ("reference.py", "return x * x", "return x *", "reference.py"),
        ("reference.py", "import torch", "import no_such_thing", "No module named 'no_such_thing'"),
        ("reference.py", '    """The square of each element.', '    """The square of each element.', "-"),
    ],
)
def test_an_exercise_that_is_wrong_is_told_with_its_file(
    course: Path, name: str, old: str, new: str, told: str
) -> None:
    edit(course, name, old, new)
    status, _, shown = audit(course)
    if told == "-":
        assert status == 0
        return
    assert status == 1, shown
    assert told in shown
    assert f"solutions/exercise01/{name}" in shown


def test_files_that_are_missing_and_numbers_taken_twice_spoil_no_other_exercise(course: Path) -> None:
    first = course / "solutions/exercise01"
    for number, slug in ((2, "cube"), (3, "square")):
        other = Path(shutil.copytree(first, course / f"solutions/exercise{number:02d}"))
        toml = (other / "exercise.toml").read_text("utf-8")
        (other / "exercise.toml").write_text(toml.replace('slug = "square"', f'slug = "{slug}"'), "utf-8")
    (course / "solutions/exercise02/statement.zh-CN.md").unlink()
    shutil.copytree(first, course / "solutions/exercise001")
    run = grade("audit", "--seeds", "1", "--json", "-", cwd=course)
    assert (run.returncode, "Traceback" in run.stderr) == (1, False)
    found = {each["exercise"]: [fault["en"] for fault in each["faults"]] for each in json.loads(run.stdout)}
    assert any("statement.zh-CN.md:1: this file is missing" in fault for fault in found["exercise02"])
    assert any("the number 1 is taken by" in fault for fault in found["exercise01"] + found["exercise001"])
    assert any("the slug square is taken by" in fault for fault in found["exercise03"])
    assert all(set(fault) == set(LANGUAGES) for each in json.loads(run.stdout) for fault in each["faults"])


def test_wrong_use(course: Path) -> None:
    for words, told in (
        (("exercise09",), "no exercise is called exercise09"),
        (("--seeds", "0"), "--seeds takes a number of seeds"),
        (("--json", "nowhere/a.json"), "there is no folder nowhere"),
        (("-j", "none"), "-j takes a number"),
    ):
        run = grade("audit", *words, cwd=course)
        assert (run.returncode, told in run.stderr) == (2, True), run.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_ended_early_it_leaves_nothing_running(course: Path, number: signal.Signals) -> None:
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "GRADE_COURSE": str(course)}
    command = [sys.executable, "-m", "grader", "audit", "--seeds", "100000"]
    with subprocess.Popen(command, cwd=course, env=environ, start_new_session=True, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 60
        while len(session_members(process.pid)) < 3:  # besides it: the audit's process, a zygote and a worker
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.send_signal(number)
        process.wait(timeout=10)
    deadline = time.monotonic() + 10
    while session_members(process.pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert session_members(process.pid) == []
