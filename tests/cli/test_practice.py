"""`grade practice` and the lines of `grade list` and `grade next` about it, by the real command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from grader.practice.memory import Sheet, load_practice, practice_path
from tests.forked import run_forked
from tests.practice.tiny_practice import course_in, learner_in

SHEET = "practice/exercise04-1.py"


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    """A learner's folder beside a course."""
    course_in(tmp_path / "course")
    return learner_in(tmp_path / "mine", "quarter")


def grade(learner: Path, *words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return run_forked("grader", *words, "--course", "../course", "--lang", lang, cwd=learner)


def ended(learner: Path, due: int) -> None:
    sheet = Sheet(file=SHEET, exercise="exercise04", function="half", bug="quarter", rating=3, due=due)
    practice_path(learner).write_bytes(msgspec.json.encode(sheet) + b"\n")


@pytest.mark.slow
def test_a_sheet_from_its_beginning_to_its_end(learner: Path) -> None:
    assert grade(learner, "practice", "--seed", "1").stdout.splitlines() == [
        "A practice sheet of exercise04, with one bug in it.",
        f"Read and fix: {SHEET}",
        f"Then: grade practice {SHEET}",
        f"To see the bug instead: grade practice {SHEET} --give-up",
    ]
    waits = grade(learner, "practice")
    assert waits.returncode == 0 and waits.stdout.startswith("This sheet waits for you, as it was handed out.\n")
    assert not load_practice(learner).sheets[SHEET].checks

    seen = grade(learner, "practice", SHEET)
    assert seen.returncode == 1 and "Probably this mistake: this is a quarter of x" in seen.stdout
    assert seen.stdout.endswith("\nNot fixed yet. Checks of this sheet so far: 1.\n")

    file = learner / SHEET
    file.write_text(file.read_text("utf-8").replace("x / 4", "x / 2") + "\n# so\n# many\n", "utf-8")
    fixed = grade(learner, "practice")
    assert fixed.returncode == 0
    sheet = load_practice(learner).sheets[SHEET]
    assert fixed.stdout.splitlines()[-6:-1] == [
        "Fixed. Lines changed: 3; the course's answer differs in: 1.",
        "Fewer lines would have been enough.",
        "The bug was in half: this is a quarter of x",
        "wrong: y = x / 4",
        "right: y = x / 2",
    ]
    assert "half of exercise04 comes again on 20" in fixed.stdout and sheet.changed == 3
    # Practice is no attempt at the exercise itself.
    assert (learner / ".grade/record.jsonl").read_text().count("\n") == 1


@pytest.mark.slow
def test_giving_up_shows_the_bug_and_nothing_is_left_to_do(learner: Path) -> None:
    practice_path(learner).write_text("{\n")
    for function, trouble in (("half", "could not be read; the file as it was is kept as .grade/"), ("double", "")):
        handed = grade(learner, "practice", "4", "--seed", "1")
        assert handed.returncode == 0 and trouble in handed.stderr and bool(trouble) == bool(handed.stderr)
        shown = grade(learner, "practice", "--give-up", lang="zh-CN")
        assert shown.returncode == 0 and f"错误在 {function} 里：this is " in shown.stdout and "对：" in shown.stdout
    nothing = grade(learner, "practice")
    assert nothing.returncode == 0 and nothing.stdout.startswith("Nothing is due before 20")
    assert not list(learner.glob("practice/*-3.py"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("nothing.py",), "nothing.py is no practice sheet of this folder. For one: grade practice EXERCISE"),
        (("exercise99",), "exercise99"),
        (("exercise05",), "exercise05 can be practised once every check of it has passed"),
        (("--give-up",), "There is no sheet to give up. For one: grade practice"),
    ],
)
def test_wrong_use_is_said(learner: Path, words: tuple[str, ...], says: str) -> None:
    done = grade(learner, "practice", *words)
    assert done.returncode == 2 and says in done.stderr and not (learner / "practice").exists()


def test_outside_of_a_learners_folder_nothing_is_written(learner: Path) -> None:
    done = grade(learner.parent / "course", "practice", "--course", ".")
    assert done.returncode == 2 and "works in a folder made by grade init" in done.stderr


def test_a_sheet_of_an_exercise_that_changed_and_a_damaged_memory(learner: Path) -> None:
    ended(learner, due=0)  # without a digest of the exercise
    done = grade(learner, "practice", SHEET, "--give-up")
    assert done.returncode == 2 and f"exercise04 has changed since {SHEET} was made" in done.stderr
    practice_path(learner).unlink()
    practice_path(learner).mkdir()
    done = grade(learner, "practice", "nothing.py")
    assert done.returncode == 2 and ".grade/practice.jsonl can't be read" in done.stderr


@pytest.mark.slow
def test_what_the_memory_holds_can_not_steer_the_terminal(learner: Path) -> None:
    assert grade(learner, "practice", "--seed", "1").returncode == 0
    path = practice_path(learner)
    path.write_text(path.read_text("utf-8").replace("this is a quarter", "\\u001b[2J a quarter"), "utf-8")
    shown = grade(learner, "practice", "--give-up").stdout
    assert "\\x1b[2J a quarter" in shown and "\x1b" not in shown


def test_list_and_next_say_what_is_due(learner: Path) -> None:
    line = "Due for practice: 1. To begin: grade practice"
    for verb in ("list", "next"):
        assert line not in grade(learner, verb).stdout
        ended(learner, due=0)
        assert grade(learner, verb).stdout.splitlines()[-1] == line
        ended(learner, due=250_000_000_000)
        assert "practice" not in grade(learner, verb).stdout
    ended(learner, due=0)
    assert "到期该复习的改错题：1 道。开始：grade practice" in grade(learner, "list", lang="zh-CN").stdout


def test_what_says_so_imports_nothing_slow() -> None:
    program = "import sys, grader.cli.verbs.list, grader.cli.verbs.next, grader.cli.verbs.practice; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"torch", "fsrs", "pytest", "rich"} & set(done.stdout.split())
