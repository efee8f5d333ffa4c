"""The command takes what was meant: a slip is told with the likely word, a file's path names its exercise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Grade

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("word", "verb"),
    [("lst", "list"), ("nxt", "next"), ("wach", "watch"), ("hlep", "help"), ("Lisst", "list"), ("doctr", "doctor")],
)
def test_a_misspelt_verb_is_offered(grade: Grade, word: str, verb: str) -> None:
    run = grade(word)
    assert run.returncode == 2
    assert run.stderr == f"grade: There is no verb and no exercise {word}. Did you mean: grade {verb}?\n"
    assert verb in grade(word, GRADE_LANG="zh-CN").stderr


@pytest.mark.parametrize("word", ["exercise", "exercise99", "99", "xyzzy", "e", "."])
def test_what_is_close_to_nothing_gets_no_guess(grade: Grade, word: str) -> None:
    run = grade(word)
    assert run.returncode == 2
    assert run.stderr == f"grade: no exercise is called {word}. See them all: grade list\n"


def test_a_part_of_a_name_is_enough_to_be_offered_it(grade: Grade) -> None:
    run = grade("moid")
    assert run.returncode == 2
    assert "Did you mean exercise01 (sigmoid)?" in run.stderr


def test_help_by_each_of_its_names(grade: Grade) -> None:
    whole, of_list = grade("--help"), grade("list", "--help")
    assert [run.returncode for run in (whole, of_list)] == [0, 0]
    assert {grade("help").stdout, grade("-h").stdout, grade("help", "nonsense").stdout} == {whole.stdout}
    assert {grade("help", "list").stdout, grade("list", "-h").stdout} == {of_list.stdout}
    assert whole.stdout != of_list.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("work/exercise03/sigmoid_derivative.py",),
        ("work/exercise03/mine.py",),
        ("exercise03", "sigmoid_derivative.py"),
        ("exercise03", "exercise03/sigmoid_derivative.py"),
        ("exercise03/sigmoid_derivative.py",),
    ],
)
def test_a_path_names_the_exercise_and_a_file_is_found_where_it_is_kept(
    grade: Grade, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """From a folder beside the exercise's own one, in a learner's folder."""
    answer = (ROOT / "examples/exercise03/sigmoid_derivative.py").read_text("utf-8")
    working = tmp_path / "work"
    for name in ("sigmoid_derivative.py", "mine.py"):
        path = working / ("work/exercise03" if words[0].startswith("work") else "exercise03") / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(answer, "utf-8")
    run = grade(*words, "-q", GRADE_COURSE=str(ROOT), GRADE_WARM="0")
    assert (run.stdout, run.returncode) == ("exercise03: 10 of 10. Every check passes.\n", 0), run.stderr


def test_a_file_that_is_nowhere_is_told_as_it_was_named(grade: Grade) -> None:
    run = grade("exercise03", "noron.py", GRADE_COURSE=str(ROOT), GRADE_WARM="0")
    assert run.returncode == 2
    assert "there is no file noron.py" in run.stderr


def test_completion_without_a_shell_is_for_the_one_that_is_used(grade: Grade) -> None:
    assert grade("completion", SHELL="/usr/bin/zsh").stdout == grade("completion", "zsh").stdout
    for variables in ({"SHELL": "/bin/tcsh"}, {}):
        run = grade("completion", **variables)
        assert run.returncode == 2
        assert run.stderr.startswith("grade: Which shell? One of bash, zsh, fish; for example: eval")
