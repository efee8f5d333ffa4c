"""A result on one screen: what it leaves out where there is little room, and what never."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.report.changes import change_lines
from grader.report.screenful import plain, rows, screenful
from grader.report.terminal import ReportConsole
from grader.result import CheckResult, Detail, Result
from grader.source_line import SourceLine
from grader.text import render

Check = Callable[..., CheckResult]
Make = Callable[..., Result]


def drawn(result: Result, before: Result | None = None, *, width: int = 80, height: int = 18) -> list[str]:
    lines = screenful(result, before, language="en", console=ReportConsole(width=width), height=height)
    return [plain(line) for line in lines]


@pytest.fixture
def wrong(make_check: Check, make_result: Make) -> Result:
    lines = tuple(SourceLine(number, f"line {number} of the function", "f") for number in range(1, 12))
    value = "\n".join("[0.1, 0.2]" for _ in range(30))
    first = make_check(
        "first",
        "failed",
        message={"en": "61 of 64 entries are wrong."},
        mistakes=("plus",),
        mistake_texts=({"en": "this is s(1+s)"},),
        detail=Detail(called="f(x)\n  x = [1.0, 2.0]", expected=value, got=value, lines=lines),
    )
    others = [make_check(f"check {number}", "passed") for number in range(20)]
    return make_result(*others, first, stdout="".join(f"printed {number}\n" for number in range(50)))


def test_what_to_fix_comes_first_and_the_table_is_folded(wrong: Result) -> None:
    lines = drawn(wrong)
    assert lines[:3] == [
        "✗ title of first",
        "  work/sigmoid_derivative.py:1: 61 of 64 entries are wrong.",
        "  Probably this mistake: this is s(1+s)",
    ]
    assert [line[:12].strip() for line in lines if line.startswith("    ") and line[4] != " "][:3] == [
        "called",
        "expected",
        "got",
    ]
    assert "20 of 21 checks pass: ✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✓✗" in lines
    assert sum("title of check" in line for line in drawn(wrong, height=90)) == 20


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_screen_is_higher_than_there_is_room(wrong: Result, width: int) -> None:
    for height in range(1, 60):
        lines = drawn(wrong, wrong, width=width, height=height)
        assert sum(rows(line, width) for line in lines) <= height
        assert lines[0] == "✗ title of first"


def test_a_file_that_can_not_run_shows_its_line_and_caret(make_result: Make) -> None:
    line = SourceLine(1, "def f(x:\n     ^", "")
    result = make_result(status="error", message={"en": "the ( is never closed"}, detail=Detail(lines=(line,)))
    assert [line.strip() for line in drawn(result) if line][-3:] == ["In your code:", "1 | def f(x:", "|      ^"]


def words(before: Result, after: Result) -> list[str]:
    return [render(line, "en") for line in change_lines(before, after)]


def test_no_change_is_said_of_none(make_check: Check, make_result: Make) -> None:
    before = make_result(make_check("a", "failed"), make_check("b", "passed"), submission_sha256="1")
    assert words(before, before) == ["Since the last run: no change, the file is the same, 2 points"]
    edited = make_result(make_check("a", "failed"), make_check("b", "passed"), submission_sha256="2")
    assert words(before, edited) == ["Since the last run: the same checks pass, 2 points"]
    for check in (make_check("a", "error"), make_check("a", "failed", mistakes=("sign",))):
        after = make_result(check, make_check("b", "passed"))
        assert words(before, after)[1:] == ["  fails in another way: title of a"]
    after = make_result(make_check("a", "passed"), make_check("b", "failed"))
    assert words(before, after)[1:] == ["  passes no more: title of b", "  now passes: title of a"]
