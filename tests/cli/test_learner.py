"""The verbs of a learner's folder: what they show, what they remember, and that nothing is lost."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from grader.cli.watch.pages import hint_page
from grader.cli.watch.screen import Screen
from grader.course.editor import PROBLEM
from grader.course.find import find_course
from grader.course.learner import journal_path
from grader.follow.memory import Memory
from grader.report.layout import cells
from tests.forked import run_forked

Grade = Callable[..., "subprocess.CompletedProcess[str]"]
ROOT = Path(__file__).parents[2]
_REFERENCE = '''"""One function."""


def sigmoid(x):
    """The sigmoid."""
    ### BEGIN SOLUTION
    return 1 / (1 + (-x).exp())
    ### END SOLUTION
'''


@pytest.fixture
def learner(grade: Grade, course: Path, tmp_path: Path) -> Path:
    """The folder that `grade` runs in, made a learner's, in English."""
    for number in (1, 2):
        solution = course / f"solutions/exercise0{number}"
        (solution / "reference.py").write_text(_REFERENCE, "utf-8")
    toml = course / "solutions/exercise01/exercise.toml"
    toml.write_text(toml.read_text("utf-8").replace("unit = 1", 'unit = 1\nprerequisites = ["exercise02"]'), "utf-8")
    assert grade("init", ".", "--lang", "en").returncode == 0
    return tmp_path / "work"


def remember(learner: Path, exercise: str, **fields: object) -> None:
    with journal_path(learner).open("a") as file:
        file.write(json.dumps({"exercise": exercise, **fields}) + "\n")


def complete(learner: Path, exercise: str, most: float) -> None:
    remember(learner, exercise, attempts=1, best=most, max_score=most, passed_at=1_800_000_000, passed_after=1)


def test_list_shows_how_far_one_is(grade: Grade, learner: Path) -> None:
    remember(learner, "exercise01", attempts=2, best=4, max_score=10)
    complete(learner, "exercise02", 2.5)
    assert grade("list").stdout.splitlines() == [
        "A small course",
        "",
        "Unit 1: Neurons, complete: 1 of 2  █████░░░░░",
        "  ◐ begun        4 / 10  exercise01  The sigmoid",
        "  ✓ complete  2.5 / 2.5  exercise02  Softmax, over rows",
        "",
        "What to do now: grade next",
    ]
    plain = grade("list", PYTHONIOENCODING="ascii").stdout
    assert "complete: 1 of 2  [#####.....]\n  ~ begun        4 / 10" in plain and "\n  + complete" in plain
    assert "1 of 2\n" in grade("list", TERM="dumb").stdout
    narrow = grade("list", "--lang", "zh-CN", COLUMNS="46").stdout.splitlines()
    assert narrow[3:5] == [
        "  ◐ 进行中     4 / 10  exercise01  sigmoid 函数",
        "  ✓ 完成    2.5 / 2.5  exercise02  按行的 softmax",
    ]
    assert cells(narrow[3].partition("exercise01")[0]) == cells(narrow[4].partition("exercise02")[0])


def test_list_shows_minutes(grade: Grade, learner: Path, course: Path) -> None:
    toml = course / "solutions/exercise01/exercise.toml"
    toml.write_text(f"minutes = 30\n{toml.read_text('utf-8')}", "utf-8")
    assert "  ○ not begun   0 / 10  30 min  exercise01  The sigmoid\n" in (shown := grade("list").stdout)
    assert "  ○ not begun  0 / 2.5          exercise02  Softmax, over rows\n" in shown


def test_next_says_what_and_why(grade: Grade, learner: Path, course: Path) -> None:
    assert grade("next").stdout.splitlines() == [
        "exercise02: Softmax, over rows",
        "It is the first that is not complete, and it builds on no other.",
        "exercise01 comes later: it builds on exercise02.",
        "Read: exercise02/README.md",
        "Write: exercise02/softmax.py",
        "Then: grade exercise02",
    ]
    complete(learner, "exercise02", 2.5)
    remember(learner, "exercise01", attempts=2, best=4, max_score=10, hints=[1])
    (course / "exercises/exercise01").mkdir(parents=True)
    (learner / "exercise01/sigmoid.py").rename(course / "exercises/exercise01/sigmoid.py")
    assert grade("next", GRADE_LANG="zh-CN").stdout.splitlines() == [
        "exercise01：sigmoid 函数",
        "这是第一道还没完成的练习，它的先修练习 exercise02 都已完成。",
        "已经开始：最好成绩 4 / 10 分，尝试 2 次，提示看过 1 / 2 条。",
        "它的文件不见了。重新生成：grade reset exercise01",
    ]
    complete(learner, "exercise01", 10)
    ended = grade("next").stdout
    assert ended.startswith("You have completed every exercise of the course. Well done!\nExercises: 2, attempts: ")
    assert re.search(r"hints: 1, first\s+complete\s+on\s+[\d-]{10},\s+last\s+on\s+[\d-]{10}\.\n", ended)
    assert ended.endswith("\nAll of it on one page: grade report\n")


def test_next_without_a_folder_begins_at_the_beginning(grade: Grade) -> None:
    run = grade("next")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("exercise01: The sigmoid\nIt is the first of the course.")
    assert run.stdout.endswith("For a folder to work in: grade init my-exercises\n")


def test_hints_come_one_after_another(grade: Grade, learner: Path) -> None:
    shown = [grade("hint", "1").stdout.splitlines()[1] for _ in range(3)]
    assert shown == ["Look at the sign.", "The sign is minus.", "The sign is minus."]
    assert "hint 1 of 2" in grade("hint", "2").stdout
    assert "hint 1 of 2" in grade("hint", "1", "1").stdout
    grade("hint", "2", "--all")
    assert "hint 2 of 2" in grade("hint", "2").stdout


def test_a_hint_is_of_the_function_whose_check_fails_first(
    grade: Grade, learner: Path, course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = course / "solutions/exercise01"
    (folder / "reference.py").write_text(f"{_REFERENCE}\n\ndef grad(x): ...\n", "utf-8")
    for name, hints in (
        ("exercise.toml", '"Look at both.", "sigmoid: use exp. In grad, use sigmoid.", "grad: s * (1 - s)."'),
        ("texts.zh-CN.toml", '"两个都看看。", "sigmoid：用 exp。在 grad 里用 sigmoid。", "grad：s * (1 - s)。"'),
    ):
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(re.sub("hints = .*", lambda _, new=hints: f"hints = [{new}]", text), "utf-8")

    def shown(function: str, *words: str) -> str:
        last = {"at": 1, "score": 0, "max_score": 1, "verdicts": {"one": "failed"}, "function": function}
        remember(learner, "exercise01", last=last)
        return " ".join(grade("hint", "1", *words).stdout.split())

    assert shown("grad").endswith("Look at both. The next one: grade hint exercise01")
    told = shown("grad")
    assert "hint 2 of 3, on grad, whose check fails first In grad, use sigmoid. All of this hint" in told
    assert "sigmoid: use exp." in shown("grad", "2")
    # What was seen of one function leaves the others' hints in their order.
    assert "第 2 条提示（共 3 条）中关于 sigmoid 的部分；它的检查项最先没通过 sigmoid：用 exp。" in shown(
        "sigmoid", "--lang", "zh-CN"
    )
    assert "on grad, whose check fails first grad: s * (1 - s)." in shown("grad")
    assert "That was the last hint." in shown("grad") and "hint 3 of 3, on grad" in shown("grad")
    # `grade watch` shows the same, also where nothing can be remembered.
    monkeypatch.chdir(learner)
    found = find_course(course)
    memory = Memory(found)
    assert memory.hint(found.exercises[0]) == (3, "grad", None)
    journal_path(learner).unlink()
    journal_path(learner).symlink_to("/dev/full")
    assert [memory.hint(found.exercises[1])[:2] for _ in range(3)] == [(1, ""), (2, ""), (2, "")]


def test_a_hint_of_a_function_is_shown_in_watch(learner: Path, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = msgspec.structs.replace(find_course(course).exercises[0], hints=({"en": "sigmoid: use exp."},))
    monkeypatch.chdir(learner)
    last = {"at": 1, "score": 0, "max_score": 1, "verdicts": {"one": "failed"}, "function": "sigmoid"}
    remember(learner, "exercise01", last=last)
    page = hint_page(Screen("en", keys=False), Memory(find_course(course)), found)
    shown = " ".join(page.body(20))
    assert "hint 1 of 1, on sigmoid, whose check fails first sigmoid: use exp." in shown and "grade hint" not in shown


def test_a_memory_that_can_not_be_written_costs_one_line(grade: Grade, learner: Path) -> None:
    journal_path(learner).symlink_to("/dev/full")
    for words in (["hint", "1"], ["list"], ["next"]):
        run = grade(*words)
        assert (run.returncode, run.stdout != "", len(run.stderr.splitlines())) == (0, True, 1)
        assert cells(run.stderr.rstrip()) <= 80


def test_solution_is_for_those_with_full_marks_or_who_give_up(grade: Grade, learner: Path) -> None:
    remember(learner, "exercise01", attempts=2, best=4, max_score=10)
    refused = grade("solution", "1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "your best is 4 of 10 so far" in refused.stderr and "grade solution exercise01 --give-up" in refused.stderr
    complete(learner, "exercise02", 2.5)
    earned = grade("solution", "2", "--lang", "zh-CN")
    assert (earned.returncode, earned.stderr) == (0, "")
    assert '"""sigmoid 函数。"""\n    return 1 / (1 + (-x).exp())\n' in earned.stdout
    assert "SOLUTION" not in earned.stdout
    assert "return 1 / (1 + (-x).exp())" in (given := grade("solution", "1", "--give-up").stdout)
    assert "Yours" not in given and "对照" in earned.stdout
    complete(learner, "exercise01", 10)
    shown = grade("list").stdout
    assert "✓ complete, solution seen first" in shown and shown.count("solution seen") == 1


def test_reset_brings_back_the_stub_and_keeps_the_work(grade: Grade, learner: Path) -> None:
    file = learner / "exercise01/sigmoid.py"
    stub = file.read_bytes()
    assert grade("reset", "1").stdout == "exercise01/sigmoid.py is as it was handed out; there was nothing to do.\n"
    for work in (b"mine", b"mine again"):
        file.write_bytes(work)
        lines = grade("reset", "sigmoid").stdout.splitlines()
        assert file.read_bytes() == stub
        assert (learner / lines[0].removeprefix("Your file is kept: ")).read_bytes() == work
        assert lines[2] == "Ready to begin anew: exercise01/sigmoid.py"
    back = lines[1].removeprefix("To have it back: ")
    subprocess.run(back, shell=True, cwd=learner, check=True)
    assert file.read_bytes() == b"mine again"
    notebook = file.rename(file.with_suffix(".ipynb"))
    assert "sigmoid." in grade("reset", "1").stdout and not notebook.exists() and file.read_bytes() == stub
    assert sorted(path.read_bytes() for path in learner.glob(".grade/backups/exercise01/*")) == [
        b"mine",
        b"mine again",
        b"mine again",
    ]


def test_reset_that_fails_changes_nothing(grade: Grade, learner: Path) -> None:
    file = learner / "exercise01/sigmoid.py"
    file.write_bytes(b"mine")
    (learner / ".grade/backups").touch()
    run = grade("reset", "1")
    assert (run.returncode, run.stdout, file.read_bytes()) == (2, "", b"mine")
    assert run.stderr.startswith("grade: exercise01 can't be reset: ") and "Your file is where it was." in run.stderr


def test_reset_without_a_folder_is_wrong_use(grade: Grade) -> None:
    run = grade("reset", "1")
    assert (run.returncode, run.stdout) == (2, "")
    assert "there is none here. Nothing was changed." in run.stderr


def test_init_says_what_to_type_from_where_one_is(grade: Grade, learner: Path) -> None:
    assert grade("init", ".").stdout.endswith("\nThen: grade exercise01\n")
    assert grade("init", "my folder").stdout.endswith("\nThen: cd 'my folder' && grade exercise01\n")


def test_the_language_chosen_at_init_stays(grade: Grade, learner: Path) -> None:
    grade("init", "zh", "--lang", "zh-CN", LANG="en_US.UTF-8")
    assert grade("init", "zh", LANG="en_US.UTF-8").stdout.startswith("zh：写好了 0 个文件")
    assert re.search("[\u4e00-\u9fff]", grade("1", "zh/exercise01/sigmoid.py", LANG="en_US.UTF-8").stderr)
    assert '"""一个函数。"""' in (learner / "zh" / "exercise01/sigmoid.py").read_text("utf-8")
    assert "每次保存" in (learner / "zh" / ".vscode/tasks.json").read_text("utf-8")


def test_a_learners_own_tasks_are_left_alone(grade: Grade, learner: Path) -> None:
    tasks = learner / ".vscode/tasks.json"
    labels = [task["label"] for task in json.loads(tasks.read_text("utf-8"))["tasks"]]
    assert labels == ["grade this exercise", "grade this exercise at every save (watch)"]
    tasks.write_text("// mine", "utf-8")
    assert "Kept as you changed them: .vscode/tasks.json" in grade("init", ".").stdout
    assert tasks.read_text("utf-8") == "// mine"


@pytest.mark.parametrize("case", ["syntax_error", "raises"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_problem_matcher_finds_the_place_in_a_report(case: str, language: str) -> None:
    report = (ROOT / f"tests/golden/{case}.{language}.txt").read_text("utf-8")
    found = [match.groups() for line in report.splitlines() if (match := re.search(PROBLEM, line))]
    assert [place[:2] for place in found] == [(f"{case}.py", {"syntax_error": "17", "raises": "19"}[case])]
    assert {"syntax_error": ":", "raises": "tanh_grad(x)"}[case] in found[0][2]


@pytest.mark.slow
def test_a_graded_run_is_remembered_from_anywhere_and_reported_whatever_happens(tmp_path: Path) -> None:
    submission = tmp_path / "folder" / "mine.py"
    (submission.parent / ".grade").mkdir(parents=True)
    submission.write_bytes((ROOT / "tests/submissions/exercise03/right.py").read_bytes())
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}

    def graded() -> subprocess.CompletedProcess[str]:
        words = ("3", submission, "--course", ROOT, "--lang", "en")
        return run_forked("grader", *words, cwd=tmp_path, env=environ)

    first, second = graded(), graded()
    assert (first.returncode, first.stderr, second.stderr) == (0, "", "")
    assert "exercise03 is complete. Attempts: 1, hints: 0.\nNext: grade exercise01\n" in first.stdout
    assert "Attempts" not in second.stdout and second.stdout.endswith("Next: grade exercise01\n")
    journal_path(submission.parent).unlink()
    journal_path(submission.parent).mkdir()
    run = graded()
    assert run.returncode == 0 and "Every check passes. Well done!" in run.stdout
    assert run.stderr == "grade: .grade can't remember this: Is a directory\n"
