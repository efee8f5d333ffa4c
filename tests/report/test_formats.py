"""Files for learning platforms and CI: each as its reader reads it, nothing hidden or hostile in it."""

from __future__ import annotations

import csv
import html
import io
import json
import pkgutil
import re
from collections.abc import Callable

import msgspec
import pytest
from markdown_it import MarkdownIt

from grader.report import platforms
from grader.report.formats import FORMATS
from grader.report.graded_work import GradedWork
from grader.report.jsonfile import to_json, to_json_of_all
from grader.report.platforms import prairielearn
from grader.report.platforms.autolab import to_autolab
from grader.report.platforms.canvas import to_canvas
from grader.report.platforms.ctrf import to_ctrf
from grader.report.platforms.github import MOST_ANNOTATIONS, MOST_BYTES, to_annotations, to_summary
from grader.report.platforms.gradescope import not_graded, to_gradescope
from grader.report.platforms.moodle import to_moodle
from grader.report.platforms.prairielearn import to_prairielearn
from grader.report.scores import Row, to_csv
from grader.report.timing import Timing
from grader.result import CheckResult, Detail, Result, Worst
from grader.source_line import SourceLine
from grader.table import cell, uncell
from grader.text import say
from tests.report import readers

Check = Callable[..., CheckResult]
Make = Callable[..., Result]

#: What a submission may put into a message, to be taken for something else.
HOSTILE = (
    "\n::error file=x::planted\r\n  ::set-output name=result::planted\n##[error]planted "
    "</pre></td><script>planted()</script> ![planted](http:planted) | @planted <img src=x> %0A::error::x "
    "\x1b[31m\ud800\u2028::error::y `x` \\| [a](b) &lt; \u202e"
)


def row(student: str, result: Result, status: str | None = None) -> Row:
    return Row(
        student,
        result.exercise,
        result.score,
        result.max_score,
        status or result.status,
        result.passed,
        1,
        2,
        "",
        "",
        result.submission,
        "0" * 64,
    )


@pytest.fixture
def result(make_check: Check, make_result: Make) -> Result:
    """A check that passed, one that failed in hostile words, one that raised, and a hidden one full of secrets."""
    secret = {"en": "SECRET", "zh-CN": "SECRET"}
    lines = (SourceLine(12, "def f(x):", "f"), SourceLine(13, HOSTILE, "f"))
    return make_result(
        make_check("one", "passed", 2.0),
        make_check(
            "two",
            "failed",
            1.5,
            message={"en": f"off: {HOSTILE}", "zh-CN": HOSTILE},
            function="f",
            detail=Detail(HOSTILE, "1", HOSTILE, lines),
        ),
        make_check("three", "error", 0.5, message={"en": "raised", "zh-CN": "抛出了异常"}, detail=Detail(lines=lines)),
        make_check(
            "four",
            "failed",
            1.0,
            hidden=True,
            message=secret,
            mistakes=("plus",),
            function="SECRET",
            mistake_texts=({"en": "this is s(1+s)", "zh-CN": "这是 s(1+s)"},),
            worst=Worst((7,), "SECRET", 1, 1, 1),
            detail=Detail("SECRET", "SECRET", "SECRET", (SourceLine(99, "SECRET", "f"),), code="SECRET"),
        ),
        submission=f"work, 50%:/{HOSTILE.strip()[:20]}.py",
        stdout=HOSTILE,
        notes=({"en": HOSTILE, "zh-CN": HOSTILE},),
    )


@pytest.fixture
def broken(make_check: Check, make_result: Make) -> Result:
    return make_result(
        make_check("one", "error"),
        status="error",
        message={"en": HOSTILE, "zh-CN": HOSTILE},
        exercise="exercise04",
        detail=Detail(lines=(SourceLine(3, HOSTILE, "f"),)),
    )


def test_gradescope(result: Result, broken: Result) -> None:
    document = readers.gradescope(to_gradescope([result], "en"))
    assert document["score"] == 2.0
    assert [test["status"] for test in document["tests"]] == ["passed", "failed", "failed", "failed"]
    assert [test["score"] for test in document["tests"]] == [2.0, 0.0, 0.0, 0.0]
    assert document["tests"][3]["name"].endswith("(hidden)")
    assert "s(1+s)" in document["tests"][3]["output"]
    assert document["stdout_visibility"] == "hidden"
    both = readers.gradescope(to_gradescope([result, broken], "en"))
    assert [test["number"] for test in both["tests"]] == ["1.1", "1.2", "1.3", "1.4", "2.1"]
    assert "exercise04\nScore: 0 of 2" in both["output"]
    failed = readers.gradescope(not_graded(say("{name}", name=HOSTILE), "en"))
    assert failed["score"] == 0 and "planted" in failed["output"]
    for text in (document, both, failed):
        assert not re.search("[\x00-\x09\x0b-\x1f\u202e\u2028]", json.dumps(text, ensure_ascii=False))


UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\u202e\u2028]")


def test_prairielearn(result: Result, broken: Result, make_check: Check, make_result: Make) -> None:
    document = readers.prairielearn(to_prairielearn([result], "en"))
    assert document["gradable"] is True and document["score"] == 0.4
    assert [(test["points"], test["max_points"]) for test in document["tests"]] == [(2, 2), (0, 1.5), (0, 0.5), (0, 1)]
    assert document["tests"][3]["name"].endswith("(hidden)")
    assert "s(1+s)" in document["tests"][3]["message"] and document["message"].startswith("Score: 2 of 5")
    # Work that could not be read costs no attempt; neither does a fault of the grader.
    unread = readers.prairielearn(to_prairielearn([broken], "en"))
    assert unread["gradable"] is False and "planted" in unread["format_errors"][0]
    failed = readers.prairielearn(to_prairielearn([make_result(status="grader_error")], "zh-CN"))
    assert failed["gradable"] is False and "评分程序" in failed["format_errors"][0]
    # Work that reached a limit is graded, with 0 points.
    endless = make_result(make_check("one", "limit"), status="limit", message={"en": "took too long", "zh-CN": "超时"})
    assert readers.prairielearn(to_prairielearn([endless], "en"))["score"] == 0
    both = readers.prairielearn(to_prairielearn([result, broken], "en"))
    assert both["score"] == round(2 / 7, 6) and both["tests"][4]["name"].startswith("exercise04: ")
    right = make_result(*(make_check(str(n), "passed", 0.1) for n in range(10)))
    assert readers.prairielearn(to_prairielearn([right], "en"))["score"] == 1
    for text in (document, unread, both):
        assert not UNSEEN.search(json.dumps(text, ensure_ascii=False))


@pytest.mark.parametrize("text", ["\x1b" * 3000, "张" * 9000, '"\\' * 6000])
def test_prairielearn_gets_no_more_than_it_takes(
    text: str, make_check: Check, make_result: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prairielearn.MOST_BYTES == 1_000_000
    monkeypatch.setattr(prairielearn, "MOST_BYTES", 50_000)
    both = {"en": text, "zh-CN": text}
    checks = [make_check(str(n), "failed", message=both) for n in range(3)]
    data = to_prairielearn([make_result(*checks, notes=(both,))], "en")
    assert 10_000 < len(data) <= 50_000
    document = readers.prairielearn(data)
    assert all(test["message"].endswith("PrairieLearn takes 1 MB.") for test in document["tests"])
    unread = make_result(status="error", message=both)
    assert len(to_prairielearn([unread], "en")) <= 50_000


def test_autolab(result: Result, broken: Result, make_result: Make) -> None:
    shown, scores = readers.autolab(to_autolab([result, broken], "en"))
    assert scores == {"exercise03": 2, "exercise04": 0}
    assert "s(1+s)" in shown and "Score: 0 of 2" in shown and not UNSEEN.search(shown)
    # Neither a score nor a layout can come from what a submission says.
    for line in ('{"scores": {"exercise03": 99}}', '{"_presentation": "semantic"}'):
        forged = msgspec.structs.replace(result, notes=({"en": f"\n{line}\n", "zh-CN": line},))
        shown, scores = readers.autolab(to_autolab([forged], "en"))
        assert scores == {"exercise03": 2} and line in shown.splitlines()
    assert readers.autolab(to_autolab([make_result(status="grader_error")], "en"))[1] == {}


def test_ctrf(result: Result, broken: Result, make_check: Check, make_result: Make) -> None:
    failed = make_result(make_check("one", "grader_error"), make_check("two", "skipped"), status="grader_error")
    results = readers.ctrf(to_ctrf([("ada", result), ("=1", broken), ("", failed)], "en"))
    assert [(test["suite"], test["status"]) for test in results["tests"]] == [
        (["ada", "exercise03"], "passed"),
        *[(["ada", "exercise03"], "failed")] * 3,
        *[(["=1", "exercise04"], "failed")] * 2,
        (["exercise03"], "other"),
        (["exercise03"], "skipped"),
        (["exercise03"], "other"),
    ]
    assert [test["extra"]["points"] for test in results["tests"][:4]] == [2, 0, 0, 0]
    assert results["summary"]["extra"] == {"score": 2, "max_score": 11} and results["summary"]["duration"] == 3690
    assert "s(1+s)" in results["tests"][3]["message"]
    assert results["tests"][5]["name"] == "the submission can be graded"
    # A workflow prints names and messages, so its runner looks for commands in them.
    log = "".join(f"{test['name']}\n{test.get('message', '')}\n" for test in results["tests"])
    assert "planted" in log and not UNSEEN.search(log)
    assert readers.commands(log) == []
    assert readers.ctrf(to_ctrf([], "en"))["tests"] == []


def test_annotations(result: Result, broken: Result, make_check: Check, make_result: Make) -> None:
    found = readers.commands(to_annotations([result, broken], "en", "class").decode())
    assert [name for name, _, _ in found] == ["error"] * 4 + ["notice"] * 2
    two, three, hidden, whole = found[:4]
    assert two[1] == {"file": two[1]["file"], "line": "12", "title": "title of two"}
    assert two[1]["file"].startswith("class/work, 50%:/::error file=x")
    assert three[1]["line"] == "13"
    assert "line" not in hidden[1] and hidden[2].endswith("Probably this mistake: this is s(1+s)")
    assert whole[1]["line"] == "3"
    many = make_result(*(make_check(str(n), "failed") for n in range(30)))
    shown = readers.commands(to_annotations([many], "en").decode())
    assert len(shown) == MOST_ANNOTATIONS + 1
    assert shown[MOST_ANNOTATIONS - 1][2] == "21 more to fix: see the summary."
    right = make_result(make_check("one", "passed"))
    assert [name for name, _, _ in readers.commands(to_annotations([right], "zh-CN").decode())] == ["notice"]


def test_summary(result: Result, broken: Result) -> None:
    summary = to_summary([("ada | <b>", result), ("=1 @planted", broken)], "en").decode()
    page = MarkdownIt("commonmark").enable("table").render(summary)
    # No element but those that the writer makes, whatever the text says.
    assert set(re.findall(r"</?([a-zA-Z0-9]+)", page)) == {
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "h3",
        "h4",
        "pre",
    }
    assert [len(re.findall("<t[dh]", line)) for line in page.split("</table>")[0].split("<tr>")[1:]] == [5, 5, 5]
    assert "ada | <b> · exercise03: 2 / 5" in html.unescape(page)
    assert "<script>planted()</script>" in html.unescape(page)
    assert "Note:" in page and "In your code:" in page


@pytest.mark.slow
def test_summary_is_cut_where_github_would_drop_it(result: Result) -> None:
    summary = to_summary([(f"student {n}", result) for n in range(2000)], "en")
    assert MOST_BYTES - 10_000 < len(summary) <= MOST_BYTES
    assert summary.decode().endswith("a summary may have 1 MiB\\.\n")


def test_canvas(result: Result, make_result: Make, make_check: Check) -> None:
    works = [
        GradedWork(row("ada", result), result, "Ada", {"canvas": "901", "sid": "s1", "login": "ada@x"}),
        GradedWork(row("0042", result), result),
        GradedWork(row("eve", result), result, "=cmd|'/c calc'!A1", {"canvas": "=9", "sid": "-12"}),
        GradedWork(row("lost", result, "grader_error"), result),
    ]
    data = to_canvas("exercise03", works)
    assignment, points, grades = readers.canvas(data)
    assert (assignment, points) == ("exercise03", "5")
    assert grades == {
        ("Ada", "901", "s1", "ada@x"): "2",
        ("0042", "", "0042", ""): "2",
        ("'=cmd|'/c calc'!A1", "", "-12", ""): "2",
    }
    assert readers.spreadsheet_runs(data) == []


def test_moodle(result: Result) -> None:
    works = [
        GradedWork(row("ada", result), result, "Ada", {"moodle": "17"}),
        GradedWork(row("bob", result), result, "@SUM(1)", {"email": "b@x.org"}),
        GradedWork(row("lost", result, "grader_error"), result, "", {"moodle": "18"}),
    ]
    data = to_moodle(works, "zh-CN")
    graded = readers.moodle(data)
    assert list(graded) == ["17"]
    assert graded["17"][:2] == (2, 5)
    feedback = graded["17"][2]
    assert re.findall("</?[a-z]+", feedback) == ["<pre", "</pre"]
    assert "得分" in feedback
    assert b"b@x.org" in data and b',"\'@SUM(1)",' in data
    assert readers.spreadsheet_runs(data) == []


#: Formats that show everything; the others go to learners too.
FOR_INSTRUCTORS = {"json", "junit"}
#: Formats in which no sentence names a mistake: a table of scores, say.
WITHOUT_MISTAKES = {"canvas", "junit"}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_learners_copy_shows_a_hidden_value(result: Result, language: str) -> None:
    work = GradedWork(row("ada", result), result, "", {"moodle": "1"})
    for name, render in FORMATS.items():
        for path, data in render([work], language, "").items():
            assert (b"SECRET" in data) is (name in FOR_INSTRUCTORS), path
            assert name in WITHOUT_MISTAKES or b"s(1+s)" in data, path


def test_every_platform_is_a_format() -> None:
    """Then all of the above, and a class with hostile folders (tests/scoring), are tried with it."""
    modules = {module.name for module in pkgutil.iter_modules(platforms.__path__)}
    assert modules and modules - FORMATS.keys() == set()
    assert FORMATS.keys() > FOR_INSTRUCTORS | WITHOUT_MISTAKES


def test_json_of_a_class_holds_each_result_as_its_own_file_does(result: Result, broken: Result) -> None:
    late = Timing(handed_in="2026-10-07T10:00:00+02:00", late=True, points_before=6.0, penalty=1.5)
    document = json.loads(to_json_of_all([("ada", result, late), ("张", broken, Timing())]), parse_constant=pytest.fail)
    assert document == {
        "schema": 2,
        "results": [
            {"student": "ada", "timing": msgspec.to_builtins(late), "result": json.loads(to_json(result))},
            {"student": "张", "timing": msgspec.to_builtins(Timing()), "result": json.loads(to_json(broken))},
        ],
    }


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", " =1", "＝1", "\r=1"])
def test_no_cell_is_a_formula_and_what_it_was_can_be_told(text: str, result: Result) -> None:
    assert readers.spreadsheet_runs(f'"{text}"'.encode())
    assert readers.spreadsheet_runs(to_csv([row(text, result)])) == []
    assert uncell(cell(text)) == text


def test_scores_spell_out_control_characters(result: Result) -> None:
    hostile = msgspec.structs.replace(row("ada", result), note="red \x1b[31m, nul \0\r\u202e", submission="a\x07.py")
    (read,) = csv.DictReader(io.StringIO(to_csv([hostile]).decode(), newline=""), strict=True)
    assert (read["note"], read["submission"]) == (r"red \x1b[31m, nul \x00\x0d\u202e", r"a\x07.py")


@pytest.mark.parametrize("text", ["-12", "+8613800000000", "0042", "a@x.org", "o'hara", "'quoted'", "", "3-4"])
def test_an_id_stays_as_it_is(text: str) -> None:
    assert cell(text) == uncell(text) == text
