"""A result as plain text for its learner."""

from __future__ import annotations

import unicodedata

import msgspec
import pytest

from grader.report.feedback import feedback
from grader.result import CheckResult, Detail, Result
from grader.source_line import SourceLine
from grader.text import LANGUAGES

HIDDEN = CheckResult(
    "far",
    {"en": "far from 0", "zh-CN": "远离 0"},
    "failed",
    False,
    0.0,
    2.0,
    True,
    {"en": "SECRET message", "zh-CN": "SECRET"},
    ("sign",),
    ({"en": "the sign", "zh-CN": "符号"},),
    detail=Detail("f(SECRET)", "SECRET", "SECRET", (SourceLine(3, "SECRET", "f"),), code="SECRET"),
)
SEEN = CheckResult(
    "near",
    {"en": "near 0", "zh-CN": "0 附近"},
    "error",
    False,
    0.0,
    3.0,
    False,
    {"en": "raised ValueError: \x1b[2J\rwiped\u202e", "zh-CN": "引发了 ValueError"},
    detail=Detail("f(x)", "1", "2", (SourceLine(7, "    return 2\x00", "f"), SourceLine(2, "raise x", "g", "4"))),
)
PASSED = CheckResult("shape", {"en": "the shape", "zh-CN": "形状"}, "passed", True, 1.5, 1.5, False)
STUB = CheckResult(
    "later",
    {"en": "later", "zh-CN": "以后"},
    "not_implemented",
    False,
    0.0,
    1.0,
    False,
    {"en": "write g", "zh-CN": "写 g"},
)
RESULT = Result(
    grader="0",
    course="c",
    exercise="exercise03",
    submission="a.py",
    submission_sha256="0",
    score=1.5,
    max_score=7.5,
    passed=False,
    status="graded",
    seed=1,
    device="cpu",
    confinement="",
    seconds=1.0,
    notes=({"en": "cell 3 was left out", "zh-CN": "第 3 格未计入"},),
    checks=(PASSED, SEEN, STUB, HIDDEN),
)


def test_in_english() -> None:
    assert feedback(RESULT, "en").splitlines() == [
        "Score: 1.5 of 7.5",
        "",
        "  1.5 / 1.5  passed  the shape",
        "  0 / 3  error  near 0",
        "  0 / 1  not written  later",
        "  0 / 2  failed  far from 0 (hidden)",
        "",
        "near 0",
        "  raised ValueError: \\x1b[2J\\x0dwiped\\u202e",
        "    called    f(x)",
        "    expected  1",
        "    got       2",
        "    In your code:",
        "      7 |     return 2\\x00",
        "      cell 4, line 2 | raise x",
        "",
        "far from 0 (hidden)",
        "  This check is hidden: it shows neither inputs nor values.",
        "  Probably this mistake: the sign",
        "",
        "Note: cell 3 was left out",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_hidden_and_no_control_character(language: str) -> None:
    text = feedback(RESULT, language)
    assert "SECRET" not in text
    assert not {unicodedata.category(char) for char in text if char != "\n"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert ("得分：1.5 / 7.5" in text) == (language == "zh-CN")


def test_a_submission_that_could_not_be_loaded() -> None:
    lost = tuple(msgspec.structs.replace(check, verdict="error", passed=False, message=None) for check in RESULT.checks)
    result = msgspec.structs.replace(
        RESULT,
        status="error",
        score=0.0,
        message={"en": "line 1 is not Python", "zh-CN": "第 1 行不是 Python"},
        checks=(msgspec.structs.replace(lost[0], detail=None),),
        notes=(),
    )
    assert feedback(result, "en").splitlines() == ["Score: 0 of 7.5", "", "line 1 is not Python"]


def test_a_fault_of_the_grader() -> None:
    text = feedback(msgspec.structs.replace(RESULT, status="grader_error"), "en")
    assert text.startswith("Not graded.\nThis is a fault of the grader, not of your work.\n")
    assert "Score" not in text


def test_long_titles_and_values_are_wrapped() -> None:
    long = msgspec.structs.replace(SEEN, title={"en": "word " * 40, "zh-CN": "字" * 90}, detail=Detail(got="9" * 5000))
    for language in LANGUAGES:
        lines = feedback(msgspec.structs.replace(RESULT, checks=(long,)), language).splitlines()
        assert max(map(len, lines)) <= 83 and len(lines) < 40
        assert "..." in [line.strip() for line in lines]
