"""`grade EXERCISE` around the session: what it is asked, where results go, which status is left."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest

from grader.cli.main import run
from grader.course.model import Course
from grader.errors import SubmissionError, UsageError
from grader.result import CheckResult, Result
from grader.text import say

RESULT = Result(
    grader="0.1.0",
    course="0123456789abcdef",
    exercise="exercise01",
    submission="sigmoid.py",
    submission_sha256="0" * 64,
    score=0.0,
    max_score=2.0,
    passed=False,
    status="graded",
    seed=7,
    device="cpu",
    confinement="landlock+seccomp",
    seconds=0.5,
    checks=(
        CheckResult("values", {"en": "the values", "zh-CN": "数值"}, "failed", False, 0.0, 2.0, True, {"en": "SECRET"}),
    ),
)


class Session:
    """Stands for the session: remembers what it was asked, and answers with `result`."""

    def __init__(self) -> None:
        self.asked: tuple[Any, ...] = ()
        self.pictures = False
        self.result: Result | BaseException = RESULT

    def grade_exercise(
        self,
        exercise_name: str,
        file: Path | None,
        *,
        course: Course,
        seed: int | None,
        device: str,
        pictures: bool,
        part: str,
        waiting: object,
        ending: object,
    ) -> Result:
        self.asked = (exercise_name, file, seed, device)
        self.pictures = pictures
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch, course: Path, tmp_path: Path) -> Session:
    made = Session()
    module = ModuleType("grader.grading.grade_files")
    module.grade_exercise = made.grade_exercise  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "grader.grading.grade_files", module)
    monkeypatch.setenv("GRADE_COURSE", str(course))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return made


Out = Callable[[], tuple[str, str]]


@pytest.fixture
def out(capsys: pytest.CaptureFixture[str]) -> Out:
    return lambda: tuple(capsys.readouterr())  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["exercise01"], ("exercise01", None, None, "auto")),
        (["--seed", "3", "1"], ("1", None, 3, "auto")),
        (["1", "--seed=3"], ("1", None, 3, "auto")),
        (["--device", "cpu", "1", "my.py", "-v"], ("1", Path("my.py"), None, "cpu")),
        (["-v", "--json", "-", "01"], ("01", None, None, "auto")),
    ],
)
def test_session_is_asked_for_what_was_typed(words: list[str], asked: tuple[Any, ...], session: Session) -> None:
    assert run(words, {}) == 1
    assert session.asked == asked and not session.pictures


def test_pictures_are_made_for_a_page(session: Session, tmp_path: Path) -> None:
    assert run(["1", "--html", str(tmp_path / "page.html")], {}) == 1
    assert session.pictures


def test_report_names_exercise_file_and_the_command_that_was_typed(session: Session, out: Out) -> None:
    run(["1", "my work/sigmoid.py", "--lang", "zh-CN"], {})
    printed, errors = out()
    assert printed.startswith("exercise01  sigmoid 函数\nsigmoid.py\n")
    assert "用同样的输入再试：grade 1 'my work/sigmoid.py' --seed 7\n" in printed
    assert errors == ""


def test_json_on_standard_output_is_one_document_and_nothing_else(session: Session, out: Out) -> None:
    assert run(["1", "--json", "-"], {}) == 1
    printed, errors = out()
    assert json.loads(printed)["exercise"] == "exercise01"
    assert "SECRET" not in printed
    assert errors == ""


def test_files_are_written_beside_the_report(session: Session, out: Out) -> None:
    assert run(["1", "--json", "r.json", "--junit", "r.xml"], {}) == 1
    assert json.loads(Path("r.json").read_bytes())["seed"] == 7
    assert ET.parse("r.xml").getroot().tag == "testsuites"
    assert out()[0].startswith("exercise01  The sigmoid\n")


@pytest.mark.parametrize(("status", "exit_code"), [("error", 3), ("limit", 3), ("grader_error", 4)])
def test_submission_that_can_not_be_graded_still_gives_a_document(
    status: str, exit_code: int, session: Session, out: Out
) -> None:
    session.result = msgspec.structs.replace(RESULT, status=status, checks=(), message={"en": "No.", "zh-CN": "不行。"})
    assert run(["1", "--json", "-"], {}) == exit_code
    assert json.loads(out()[0])["status"] == status


def test_all_passed_leads_to_the_next_exercise(session: Session, out: Out) -> None:
    session.result = msgspec.structs.replace(RESULT, passed=True, score=2.0, checks=())
    assert run(["1"], {}) == 0
    assert out()[0].endswith("Next: grade exercise02\n")


def test_a_learners_folder_sees_an_exercise_a_unit_and_the_course_through(
    session: Session, out: Out, tmp_path: Path
) -> None:
    (tmp_path / ".grade").mkdir()
    assert run(["1"], {}) == 1
    out()
    session.result = msgspec.structs.replace(RESULT, passed=True, score=2.0, checks=())
    assert run(["1", "-q"], {}) == 0
    assert out() == ("exercise01: 2 of 2. Every check passes.\n", "")
    passed = msgspec.structs.replace(RESULT.checks[0], verdict="passed", passed=True, points=2.0)
    session.result = msgspec.structs.replace(RESULT, exercise="exercise02", passed=True, score=2.0, checks=(passed,))
    assert run(["2", "--lang", "zh-CN"], {}) == 0
    lines = out()[0].splitlines()
    assert lines[lines.index("全部通过，做得好！") + 1 : -4] == [
        "",
        "exercise02 完成了。尝试 1 次，看过 0 条提示。",
        "",
        "第 1 单元完成：神经元",
    ]
    assert [re.sub(r"\d{4}-\d\d-\d\d", "DAY", line) for line in lines[-4:]] == [
        "  exercise01  尝试 2 次，提示 0 条，DAY  sigmoid 函数",
        "  exercise02  尝试 1 次，提示 0 条，DAY  按行的 softmax",
        "",
        "课程的练习已经全部完成，了不起！",
    ]
    assert run(["2"], {}) == 0
    assert out()[0].endswith("Every check passes. Well done!\n")


def test_a_run_that_can_not_be_remembered_is_reported(session: Session, out: Out, tmp_path: Path) -> None:
    (tmp_path / ".grade").touch()
    assert run(["1", "--json", "-"], {}) == 1
    printed, errors = out()
    assert json.loads(printed)["seed"] == 7
    assert errors == "grade: .grade can't remember this: Not a directory\n"


@pytest.mark.parametrize(
    ("error", "exit_code"),
    [(UsageError(say("no such file: {file}", file="x")), 2), (SubmissionError(say("not readable")), 3)],
)
def test_errors_are_sentences_on_standard_error(error: Exception, exit_code: int, session: Session, out: Out) -> None:
    session.result = error
    assert run(["1", "--json", "-"], {}) == exit_code
    assert out() == ("", f"grade: {error}\n")


def test_unforeseen_fault_is_the_graders_and_keeps_its_trace(session: Session, out: Out) -> None:
    session.result = ZeroDivisionError("by the grader")
    assert run(["1"], {}) == 4
    printed, errors = out()
    assert printed == ""
    assert "ZeroDivisionError: by the grader" in errors
    assert errors.endswith("this says nothing about your work. Please report the lines above.\n")


def test_interrupt_leaves_without_a_trace(session: Session, out: Out) -> None:
    session.result = KeyboardInterrupt()
    assert run(["1"], {}) == 130
    assert out() == ("", "grade: Stopped before the end; nothing was graded.\n")
