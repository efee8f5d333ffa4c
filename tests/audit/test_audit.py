"""`grade audit` as an author runs it: a clean exercise, and every way in which one can fall short."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from grader.text import LANGUAGES
from tests.audit.command import ROOT, grade
from tests.bad_input import session_members

pytestmark = pytest.mark.slow

Edit = tuple[str, str, str]  # a file of the exercise, and what stands there in place of what
EXERCISE = "solutions/exercise01"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `grade new` makes, with other limits: what a machine does beside it counts as a submission's time, and one
    that has used half of it, or hits a limit while mistakes are told apart, has none named."""
    folder = tmp_path_factory.mktemp("template")
    made = grade("new", "exercise01_square", "--course", "course", cwd=folder)
    assert made.returncode == 0, made.stderr
    with (folder / "course" / EXERCISE / "exercise.toml").open("a", encoding="utf-8") as file:
        file.write("[limits]\ncall_seconds = 120\nload_seconds = 120\ntotal_seconds = 600\n")
    return folder / "course"


@pytest.fixture
def course(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "course"))


def edit(exercise: Path, name: str, old: str, new: str) -> None:
    path = exercise / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class Changed(NamedTuple):
    """An exercise that is as `grade new` makes it, but for these edits, and for files with more at their end."""

    edits: tuple[Edit, ...] = ()
    more: tuple[tuple[str, str], ...] = ()


_TEXTS = "texts.zh-CN.toml"
#: Nothing then tells float32 from float64, and no check is the only one to tell a value.
_FLOAT32_SURVIVES = (
    ("checks.py", ", rtol=1e-10, atol=1e-12", ""),
    ("exercise.toml", "points = 4", "points = 6"),
    (_TEXTS, "[checks]\n", '[checks]\nagain = "再来一次"\n'),
)
_AGAIN = """

@check(points=2, title="again")
def test_again(compare, sample):
    test_values(compare, sample)
"""
#: All of them are audited in one run; each costs a worker's start.
EXERCISES = {
    "clean": Changed(),
    "answers": Changed(
        edits=(
            (
                "mistakes.py",
                '{"x * x": "2 * x"}).says(\n    '
                '"each element is doubled, where it should be multiplied by itself"\n)\n',
                """{"x * x": "x**2"}).says("right")
again = edit("square", {"x * x": "x.detach() * x"}).says("twice half detached")
""",
            ),
            (_TEXTS, "doubled = ", 'again = "又一个"\ndoubled = '),
        ),
        more=(
            ("variants/cube.py", "def square(x):\n    return x * x * x\n"),
            (
                "audit.toml",
                """
[[equivalent]]
function = "square"
before = "return x * x"
after = "return x / x"
reason = "so I believed"
""",
            ),
        ),
    ),
    "survivor": Changed(edits=_FLOAT32_SURVIVES, more=(("checks.py", _AGAIN),)),
    "declared": Changed(
        edits=_FLOAT32_SURVIVES,
        more=(
            ("checks.py", _AGAIN),
            (
                "audit.toml",
                """
[[equivalent]]
function = "square"
before = "return x * x"
after = "(float64 cut to float32)"
reason = "seven digits are enough here"
[[idle]]
check = "values"
reason = "learners begin with it"
[[idle]]
check = "again"
reason = "they also end with it"
""",
            ),
        ),
    ),
    "thin": Changed(
        edits=(("mistakes.py", "2 * x", "x * x * (1 + 3e-10)"), ("checks.py", "import check\n", "import check\n\n#\n")),
        more=(("variants/rough.py", "def square(x):\n    return x * x * (1 + 5e-11)\n"),),
    ),
    "for nothing": Changed(
        edits=(
            ("exercise.toml", "points = 4", "points = 6"),
            (_TEXTS, "[checks]\n", '[checks]\nno_rows = "没有行"\nrefusal = "给文字就抛出异常"\n'),
            ("mistakes.py", '{"x * x": "2 * x"}', '{"x * x": "two * x"}'),
        ),
        more=(
            (
                "checks.py",
                """

@check(points=1, title="no rows give no rows")
def test_no_rows(compare, sample):
    compare("square", sample(0, 3))


@check(points=1, title="a word is a TypeError")
def test_refusal(compare):
    compare("square", "word", raises=TypeError)
""",
            ),
        ),
    ),
    "texts": Changed(
        edits=(
            ("exercise.toml", "points = 4", "points = 5"),
            (_TEXTS, "（标题待译）", ""),
            (_TEXTS, "[docstrings]", "[reasons]\nno = '没有'\n[docstrings]"),
            (_TEXTS, "\nsquare = ", "\ncube = "),
            ("statement.md", "square", "quadrat"),
        )
    ),
    "titles": Changed(edits=((_TEXTS, "values = ", "value = "),)),
    "explanations": Changed(edits=((_TEXTS, "doubled = ", "trebled = "),)),
    "no slug": Changed(edits=(("exercise.toml", 'slug = "square"', "slug = 3"),)),
    "no points": Changed(edits=(("checks.py", "points=2, ", ""),)),
    "checks' import": Changed(edits=(("checks.py", "import torch", "import torch.no_such_thing"),)),
    "no function": Changed(edits=(("mistakes.py", 'edit("square", {"x * x": "2', 'edit("cube", {"x * x": "2'),)),
    "edit of two": Changed(edits=(("mistakes.py", '{"x * x": "2 * x"}', '{"x": "2"}'),)),
    "silent": Changed(edits=(("mistakes.py", "each element is doubled, where it should be multiplied by itself", ""),)),
    "edit no Python": Changed(edits=(("mistakes.py", '{"x * x": "2 * x"}', '{"x * x": "2 *"}'),)),
    "no end": Changed(edits=(("reference.py", "    ### END SOLUTION\n", ""),)),
    "no Python": Changed(edits=(("reference.py", "return x * x", "return x *"),)),
    "reference's import": Changed(edits=(("reference.py", "import torch", "import no_such_thing"),)),
}


class Audited(NamedTuple):
    """id: of the exercise. found: its part of the JSON; row, told: of what a terminal shows."""

    id: str
    found: dict[str, Any]
    row: str
    told: str


@pytest.fixture(scope="module")
def several(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of all these exercises."""
    course = Path(shutil.copytree(template, tmp_path_factory.mktemp("several") / "course"))
    plain = Path(shutil.move(course / EXERCISE, course.parent / "plain"))
    for number, changed in enumerate(EXERCISES.values(), 1):
        exercise = Path(shutil.copytree(plain, course / f"solutions/exercise{number:02}"))
        for name, old, new in changed.edits:
            edit(exercise, name, old, new)
        for name, text in changed.more:
            with (exercise / name).open("a", encoding="utf-8") as file:
                file.write(text)
        for name, old in (
            ("exercise.toml", 'slug = "square"'),
            ("statement.md", "square.py"),
            ("statement.zh-CN.md", "square.py"),
        ):
            path = exercise / name
            path.write_text(path.read_text("utf-8").replace(old, old.replace("square", f"square{number}")), "utf-8")
    return course


def named(name: str) -> str:
    """The id of the exercise of this name."""
    return f"exercise{list(EXERCISES).index(name) + 1:02}"


@pytest.fixture(scope="module")
def audited(several: Path) -> dict[str, Audited]:
    """What one run finds, by the exercises' names."""
    run = grade("audit", "--seeds", "2", "--json", "audit.json", cwd=several)
    assert (run.returncode, "Traceback" in run.stdout + run.stderr) == (1, False), run.stderr
    found = {each["exercise"]: each for each in json.loads((several / "audit.json").read_bytes())}
    table, *sections = run.stdout.split("\n\n")
    rows = {row.split()[0]: row for row in table.splitlines()}
    told = {section.partition("\n")[0]: section for section in sections}
    assert list(found) == [named(name) for name in EXERCISES]
    assert set(told) <= set(found) <= set(rows)
    return {name: Audited(id, found[id], rows[id], told.get(id, "")) for name, id in zip(EXERCISES, found, strict=True)}


def test_what_grade_new_makes_is_clean(audited: dict[str, Audited]) -> None:
    clean = audited["clean"]
    assert (clean.found["faults"], clean.found["rejected"], clean.found["slack"]) == ([], [], [])
    assert clean.found["answers"] == ["reference", "variants/square_as_a_power"]
    assert {mistake["name"] for mistake in clean.found["mistakes"]} == {"doubled", "half_detached"}
    assert {wrong["state"] for wrong in clean.found["mutants"] + clean.found["attacks"]} == {"killed"}
    assert "✗" not in clean.row and "2/2" in clean.row and not clean.told


def test_only_those_that_fall_short_have_a_cross(audited: dict[str, Audited]) -> None:
    assert [name for name, each in audited.items() if "✗" not in each.row] == ["clean", "declared"]


def test_a_right_answer_that_fails(audited: dict[str, Audited]) -> None:
    answers = audited["answers"]
    assert {each["answer"] for each in answers.found["rejected"]} == {"variants/cube"}
    assert "right, but rejected: variants/cube, seed 0, cpu: values: " in answers.told


def test_mistakes_that_are_right_and_mistakes_of_one_behaviour(audited: dict[str, Audited]) -> None:
    answers = audited["answers"]
    by_name = {mistake["name"]: mistake for mistake in answers.found["mistakes"]}
    assert by_name["doubled"]["passed"] == [0]
    assert by_name["half_detached"]["unnamed"] == by_name["again"]["unnamed"] == [0]
    assert "mistake doubled: it gets all points, so it behaves like the reference (seeds: 0)" in answers.told
    assert "mistake again: no mistake is named (seeds: 0)" in answers.told


def test_a_declaration_that_is_not_so(audited: dict[str, Audited]) -> None:
    assert (
        "declared equivalent, and yet values, gradient, shapes_and_dtype told it from the reference"
        in audited["answers"].told
    )


def test_survivors_and_idle_checks_are_shown(audited: dict[str, Audited]) -> None:
    survivor = audited["survivor"]
    assert [mutant["operator"] for mutant in survivor.found["mutants"] if mutant["state"] == "survived"] == [
        "float64 cut to float32"
    ]
    assert "- return x * x" in survivor.told and "+ (float64 cut to float32)" in survivor.told
    assert "idle: without test_values, all wrong answers that fail now would still fail" in survivor.told


def test_survivors_and_idle_checks_may_be_declared(audited: dict[str, Audited], several: Path) -> None:
    reasons = {each["reason"] for each in audited["declared"].found["idle"]}
    assert reasons == {"learners begin with it", "they also end with it"}
    verbose = grade("audit", named("declared"), "--seeds", "1", "-v", "-j", "1", cwd=several)
    assert verbose.returncode == 0, verbose.stdout + verbose.stderr
    assert "equivalent: seven digits are enough here" in verbose.stdout


def test_thin_tolerances(audited: dict[str, Audited]) -> None:
    thin = audited["thin"]
    assert {(near["answer"], near["check"], near["right"]) for near in thin.found["slack"]} == {
        ("doubled", "values", False),
        ("variants/rough", "values", True),
    }
    assert "slack: the error of variants/rough, which is right, is above a tenth of what values tolerates" in thin.told
    assert "slack: the error of doubled, which is wrong, is below ten times what values tolerates" in thin.told


def test_points_for_nothing(audited: dict[str, Audited]) -> None:
    nothing = audited["for nothing"]
    paid = {(each["check"], each["answer"]) for each in nothing.found["trivial"]}
    assert {("no_rows", "return args[0]"), ("no_rows", "return rand_like(right)")} <= paid
    assert ("refusal", "raise TypeError") in paid and ("refusal", "return None") not in paid
    assert {each["check"] for each in nothing.found["trivial"]} == {"no_rows", "refusal"}
    assert "for nothing: refusal pays 1 points for a file in which every function does nothing but `raise " in (
        nothing.told
    )


@pytest.mark.parametrize(
    ("exercise", "name", "told"),
    [
        ("texts", "exercise.toml", "points is 5, and the checks give 4 in all"),
        ("texts", _TEXTS, "title: there is no Chinese in its Chinese text"),
        ("texts", _TEXTS, "no fail with this reason: no"),
        ("texts", _TEXTS, "the docstring of square is missing"),
        ("texts", "statement.md", "the statement does not mention square"),
        ("for nothing", "mistakes.py", "the mistake doubled uses two, which is defined"),
        ("titles", _TEXTS, "the title of check values is missing"),
        ("titles", _TEXTS, "checks.py has no check value"),
        ("explanations", _TEXTS, "the explanation of mistake doubled is missing"),
        ("explanations", _TEXTS, "mistakes.py has no mistake trebled"),
        ("no slug", "exercise.toml:1", ""),
        ("no points", "checks.py", "@check of test_values lacks points"),
        ("checks' import", "checks.py", "No module named 'torch.no_such_thing'"),
        ("no function", "mistakes.py", "reference.py has no cube"),
        ("edit of two", "mistakes.py", "square holds 'x' 3 times; an edit replaces what is there"),
        ("silent", "mistakes.py", "the mistake doubled says nothing to the learner"),
        ("edit no Python", "mistakes.py", ""),
        ("no end", "reference.py", "BEGIN SOLUTION without END SOLUTION"),
        ("no Python", "reference.py", ""),
        ("reference's import", "reference.py", "No module named 'no_such_thing'"),
    ],
)
def test_an_exercise_that_is_wrong_is_told_with_its_file(
    exercise: str, name: str, told: str, audited: dict[str, Audited]
) -> None:
    """On the line that names the file, or in what a module said there."""
    assert told in audited[exercise].told
    assert f"solutions/{audited[exercise].id}/{name}" in audited[exercise].told


def test_in_chinese_and_as_json_alone(several: Path) -> None:
    words = ("audit", named("no slug"), "--seeds", "1", "--lang", "zh-CN")
    chinese = grade(*words, cwd=several)
    assert (chinese.returncode, "判错的变异体" in chinese.stdout) == (1, True)
    alone = grade(*words, "--json", "-", cwd=several)
    assert (alone.returncode, [each["exercise"] for each in json.loads(alone.stdout)]) == (1, [named("no slug")])


def test_a_score_that_depends_on_the_seed(course: Path) -> None:
    values = '    compare("square", x, '
    edit(course / EXERCISE, "checks.py", values, f"    if sample.integer(0, 2):\n        return\n{values}")
    shown = grade("audit", "--seeds", "12", "-j", "1", cwd=course).stdout
    assert "mistake doubled: its score depends on the seed: " in shown


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
    command = [sys.executable, "-m", "grader", "audit", "--seeds", "100000", "-j", "1"]
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
