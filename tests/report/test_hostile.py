"""Hostile text in every field of a result, through everything that makes HTML: it stays text."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from grader.report.classpage.entry import Class, Entry, Problem
from grader.report.classpage.page import class_page
from grader.report.fragment import fragment
from grader.report.page import page
from grader.report.student import Student
from grader.report.studentpage import Course, student_page
from grader.result import CheckResult, Detail, FunctionPlot, PartScore, Result, Worst
from grader.scene import Chart, Dots, DrawnPicture, Frame, HeatMap, Line
from grader.source_line import SourceLine
from grader.text import Text, say

#: What ends a text, an attribute, a script and a style; what a template would compute; what hides or reorders text.
MARK = "hostile"
TEXT = f"</td></pre></title></script></style>\"'><{MARK} onload=x>&lt;{{{{ 7 * 7 }}}}{{% raw %}}\u202e\x1b\x00"
BOTH: Text = {"en": f"en {TEXT}", "zh-CN": f"zh {TEXT}"}
VERDICTS = ("passed", "failed", "not_implemented", "error", "limit", "skipped", "grader_error")


class Seen(HTMLParser):
    """The tags, attributes' names and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile(value: Any) -> Any:
    """The value with hostile text wherever it holds text that is not one of a few words."""
    if isinstance(value, msgspec.Struct):
        fields = {name: hostile(getattr(value, name)) for name in value.__struct_fields__}
        kept = {"verdict", "status", "part", "message_data", "notes_data"}
        return msgspec.structs.replace(value, **{name: one for name, one in fields.items() if name not in kept})
    if isinstance(value, dict):
        return BOTH
    if isinstance(value, tuple):
        return tuple(map(hostile, value))
    return TEXT if isinstance(value, str) else value


def a_check(verdict: str, *, hidden: bool) -> CheckResult:
    line = SourceLine(number=3, source="s", function="f", cell="1" if hidden else None)
    plot = FunctionPlot((0.0, 1.0), (0.0, 1.0), (0.0, 2.0), 1)
    detail = Detail("c", "e", "g", (line,), plot, "from a import f\nf(1)", "p")
    made = CheckResult("i", {}, "failed", verdict == "passed", 0.0, 1.0, hidden, {}, ("m",), ({},), None, "f", detail)
    # Only what is NaN or infinite is told by a word.
    worst = Worst((0,), 1.0, 0.25, 0.75, 0.75)
    checked: CheckResult = msgspec.structs.replace(hostile(made), verdict=verdict, worst=worst, part="p")
    return checked


def a_result(status: str = "graded", **fields: Any) -> Result:
    chart = Chart((Line({}, (0.0, 1.0), (0.0, 1.0)), Dots({}, (0.0,), (1.0,))), {}, {})
    frames = (Frame(chart, {}), Frame(HeatMap(((1.0,),), ("r",), ("c",)), {}))
    made = Result(
        grader="g",
        course="c",
        course_id="c",
        course_title={},
        exercise="e",
        submission="s.py",
        submission_sha256="0",
        score=1.0,
        max_score=2.0,
        passed=False,
        status="graded",
        seed=1,
        device="cpu",
        confinement="x",
        seconds=1.0,
        stdout="o",
        message={},
        detail=Detail("c", "e", "g", (SourceLine(number=1, source="s", function="f", cell=None),)),
        notes=({},),
        checks=(),
        pictures=(DrawnPicture("n", {}, frames),),
        parts=(PartScore("p", {}, 1.0, 2.0),),
    )
    checks = tuple(a_check(verdict, hidden=hidden) for verdict in VERDICTS for hidden in (False, True))
    filled: Result = msgspec.structs.replace(hostile(made), checks=checks, status=status, **fields)
    return msgspec.structs.replace(filled, parts=(msgspec.structs.replace(filled.parts[0], id="p"),))


def html_of(kind: str) -> str:
    result, other = a_result(), a_result("error", submission_sha256="1")
    if kind == "notebook":
        return str(fragment(result, "en"))
    if kind == "class":
        entries = [Entry(TEXT + str(number), one) for number, one in enumerate((result, result, other))]
        problems = [Problem(TEXT, TEXT, TEXT)]
        student = Student(f"{TEXT}0", f"{TEXT} name", ids={"email": TEXT})
        shown = Class(
            entries=tuple(entries),
            unjudged=tuple(problems),
            problems=tuple(problems),
            students={student.id: student},
            title=BOTH,
            titles={TEXT: BOTH},
            pages={student.id: TEXT},
        )
        return class_page(shown, language="en", made=TEXT).decode()
    if kind == "student":
        student, course = Student(TEXT, f"{TEXT} name"), Course(BOTH, {TEXT: BOTH})
        note = say("{text}", text=TEXT)
        return student_page(student, [result, other], language="en", course=course, made=TEXT, note=note).decode()
    results = [result] if kind == "page" else [result, other, other]
    return page(results, language="en", course=BOTH, titles={TEXT: BOTH}, made=TEXT).decode()


@pytest.mark.parametrize("kind", ["notebook", "page", "page of several", "class", "student"])
def test_hostile_text_stays_text(kind: str) -> None:
    html = html_of(kind)
    seen = Seen(html)
    assert MARK not in seen.tags and not any(name.startswith("on") for name in seen.names)
    assert html.count("<script") == (kind == "class") and html.count("</style>") == 1
    # Shown, once escaped and never twice, with nothing that hides or reorders it, and no template run on it.
    assert seen.text.count(f"<{MARK} onload=x>&lt;{{{{ 7 * 7 }}}}{{% raw %}}") > 20
    assert "49" not in seen.text and "&amp;lt;" in html and "&lt;" in seen.text and "&amp;" not in seen.text
    assert "\u202e" not in seen.text and "\\u202e\\x1b\\x00" in seen.text
