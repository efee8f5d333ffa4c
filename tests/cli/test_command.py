"""The command line as people type it: verbs, languages, errors in use and their statuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from grader import __version__
from grader.cli.verb_table import VERBS
from tests.cli.conftest import ROOT

Grade = Callable[..., "subprocess.CompletedProcess[str]"]


def test_help_names_every_verb_in_both_languages(grade: Grade) -> None:
    english, chinese = grade("--help"), grade("--help", "--lang", "zh-CN")
    assert english.returncode == chinese.returncode == 0
    for verb in VERBS:
        assert f"grade {verb}" in english.stdout
        assert f"grade {verb}" in chinese.stdout
    assert "Usage:" in english.stdout
    assert "用法：" in chinese.stdout
    assert "Usage" not in chinese.stdout


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_a_verb(verb: str, grade: Grade) -> None:
    run = grade(verb, "--help", GRADE_LANG="zh")
    assert run.returncode == 0
    assert run.stdout.startswith(f"用法：grade {verb}")


def test_version(grade: Grade) -> None:
    assert grade("--version").stdout == f"grade {__version__}\n"


def test_nothing_to_do_is_wrong_use(grade: Grade) -> None:
    run = grade()
    assert (run.returncode, run.stdout) == (2, "")
    assert "grade EXERCISE [FILE]" in run.stderr


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (["3", "--sed", "1"], "There is no option --sed. Is it --seed?", "没有 --sed 这个选项。是不是想用 --seed？"),
        (["--seed", "3"], "Which exercise? For example: grade exercise03", "要哪一道练习？例如：grade exercise03"),
        (["hint"], "Which exercise? For example: grade hint exercise03", "要哪一道练习？例如：grade hint exercise03"),
        (["init"], "Which folder? For example: grade init my-exercises", "要放到哪个文件夹？"),
        (["1", "--seed"], "--seed needs a value: --seed N", "--seed 后面要跟一个值：--seed N"),
        (["hint", "1", "--all=2"], "--all takes no value.", "--all 后面不用跟值。"),
        (["1", "--seed", "x"], "--seed takes a whole number from 0 to 2^63 - 1, not x.", "x 不行。"),
        (["1", "--seed", "-1"], "--seed takes a whole number from 0 to 2^63 - 1, not -1.", "-1 不行。"),
        (["1", "--device", "tpu"], "--device is one of auto, cpu, cuda, mps, not tpu.", "tpu 不行。"),
        (["1", "--course", "nowhere"], "--course: there is no folder nowhere.", "没有 nowhere 这个文件夹。"),
        (["1", "-q", "-v"], "Either -v or -q, not both.", "-v 和 -q 只能用一个。"),
        (["1", "a.py", "b.py"], "`b.py` is one word too many here.", "多了一个词：`b.py`。"),
        (["1", "--json", "-", "--junit", "-"], "--json and --junit can't both write to -.", "不能都写到 -。"),
        (["1", "--json", "x", "--junit", "./x"], "--json and --junit can't both write to x.", "不能都写到 x。"),
        (["1", "--json", "no/x.json"], "--json: there is no folder no; make it first.", "请先建好。"),
        (["1", "--junit", "."], "--junit: . is a folder; name a file.", "请写一个文件名。"),
        (["1", "a.py", "--json", "a.py"], "--json: a.py is the file to grade; name another one.", "请换一个文件名。"),
        (["hint", "1", "7"], "exercise01 has hints 1 to 2, not 7.", "只有第 1 到第 2 条提示，没有 7。"),
        (["hint", "1", "1", "--all"], "Either a number or --all, not both.", "编号和 --all 只能写一个。"),
    ],
)
def test_wrong_use_is_told_in_the_readers_language(words: list[str], english: str, chinese: str, grade: Grade) -> None:
    for language, sentence in (("en", english), ("zh-CN", chinese)):
        run = grade(*words, GRADE_LANG=language)
        assert (run.returncode, run.stdout) == (2, "")
        assert sentence in run.stderr
        assert "Traceback" not in run.stderr


def test_unknown_language_names_those_there_are(grade: Grade) -> None:
    run = grade("list", "--lang", "fr", LANG="zh_CN.UTF-8")
    assert run.returncode == 2
    assert run.stderr == "grade: --lang 指定的语言“fr”不存在；可选的语言有：en、zh-CN。\n"


def test_list_shows_units_with_their_exercises(grade: Grade) -> None:
    run = grade("list")
    assert run.returncode == 0
    assert run.stdout.splitlines() == [
        "A small course",
        "",
        "Unit 1: Neurons",
        "  exercise01  The sigmoid         10 points",
        "  exercise02  Softmax, over rows  2.5 points",
        "",
        "To grade one: grade EXERCISE",
    ]
    assert "  exercise01  sigmoid 函数    10 分" in grade("list", "--lang", "zh-CN").stdout.splitlines()


def test_options_may_stand_before_the_verb(grade: Grade, course: Path) -> None:
    run = grade("--lang", "zh-CN", "--course", str(course), "list", GRADE_COURSE="")
    assert run.stdout.startswith("小课程\n")


def test_list_names_an_exercise_that_can_not_be_read(grade: Grade, course: Path) -> None:
    (course / "solutions/exercise02/exercise.toml").write_text("slug = 3", "utf-8")
    run = grade("list")
    assert run.returncode == 0
    assert "exercise02 can't be read; to see why: grade exercise02" in run.stdout


def test_hint_shows_the_first_and_how_to_see_the_next(grade: Grade) -> None:
    assert grade("hint", "sigmoid").stdout.splitlines() == [
        "exercise01, hint 1 of 2",
        "Look at the sign.",
        "",
        "The next one: grade hint exercise01 2",
    ]
    assert "The sign is minus." in grade("hint", "1", "2").stdout
    every = grade("hint", "1", "--all").stdout
    assert "Look at the sign." in every
    assert every.endswith("That was the last hint.\n")


@pytest.mark.parametrize(("unbuffered", "status"), [("", 0), ("1", 141)])
def test_reader_that_leaves_early_gets_no_trace(unbuffered: str, status: int, course: Path) -> None:
    entry = "from grader.cli.main import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", entry, "list", "--course", str(course)],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(timeout=20) == status
        assert b"Traceback" not in process.stderr.read()


def test_ascii_output_falls_back_to_english_unless_chinese_was_asked_for(grade: Grade) -> None:
    poor = {"PYTHONIOENCODING": "ascii", "LC_ALL": "zh_CN.UTF-8"}
    assert grade("list", **poor).stdout.startswith("A small course\n")
    asked = grade("list", "--lang", "zh-CN", **poor)
    assert (asked.returncode, asked.stdout.splitlines()[0]) == (0, "???")


@pytest.mark.parametrize("words", [("--help",), ("list",), ("next",), ("hint", "1")])
def test_light_verbs_import_nothing_heavy(words: tuple[str, ...], course: Path) -> None:
    code = (
        "import os, sys; from grader.cli.main import run; status = run(sys.argv[1:], os.environ)\n"
        "sys.exit(status or ', '.join({'torch', 'pytest', 'rich', 'numpy'} & set(sys.modules)) or 0)"
    )
    command = [sys.executable, "-c", code, *words, "--course", str(course)]
    run = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_doctor_finds_this_machine_ready(grade: Grade) -> None:
    run = grade("doctor", GRADE_COURSE=str(ROOT))
    assert run.returncode == 0, run.stdout
    rows = {line[2:].split("  ")[0] for line in run.stdout.splitlines()}
    assert {"grade", "Python", "torch", "pytest", "memory", "confinement", "course", "encoding", "trial"} <= rows
    assert "the reference 2 of 2, the untouched stub 0" in " ".join(run.stdout.split())


def test_doctor_says_how_to_mend_a_missing_course(grade: Grade, tmp_path: Path) -> None:
    run = grade("doctor", "--json", "-", GRADE_COURSE=str(tmp_path))
    assert run.returncode == 4
    (finding,) = [item for item in json.loads(run.stdout) if item["blocking"]]
    assert finding["name"] == "course"
    assert set(finding["fault"]) == {"en", "zh-CN"}
    assert finding["fix"] == "grade doctor --course DIR"
