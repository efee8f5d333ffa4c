"""What a learner sees, line by line."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from rich.cells import cell_len
from rich.color import Color, ColorSystem

from grader.report.terminal import CYAN, GREEN, GREY, MAGENTA, ORANGE, RED, ReportConsole, print_line, print_report
from grader.report.views import learner_view
from grader.result import CheckResult, Detail, Result, Worst
from grader.source_line import SourceLine

Check = Callable[..., CheckResult]
Make = Callable[..., Result]
Report = Callable[..., str]


@pytest.fixture
def wrong(make_check: Check, make_result: Make) -> Result:
    """One passed, three that did not: wrong values, not written, hidden."""
    values = make_check(
        "values",
        "failed",
        function="sigmoid_grad",
        message={"en": "61 of 64 entries are wrong.", "zh-CN": "64 个元素中有 61 个不对。"},
        mistakes=("plus",),
        mistake_texts=({"en": "this is s(1+s)", "zh-CN": "这是 s(1+s)"},),
        worst=Worst((0, 3), 0.19661193, 0.2511112, 0.0545, 0.277),
        detail=Detail(called="sigmoid_grad(x)\n  x = [1.0, 2.0]", expected="[0.2, 0.1]", got="[0.3, 0.4]"),
    )
    batch = make_check(
        "batch", "not_implemented", 3.0, function="batch", message={"en": "Write it.", "zh-CN": "还没有写。"}
    )
    hidden = make_check("extreme", "failed", 2.5, hidden=True, message={"en": "SECRET", "zh-CN": "SECRET"})
    return make_result(make_check("zero", "passed"), hidden, values, batch)


def test_first_failing_check_is_told_in_full_and_the_others_in_a_line(wrong: Result, report: Report) -> None:
    lines = report(wrong).splitlines()
    assert lines[0] == "exercise03  The derivative of the sigmoid"
    assert lines[1] == "work/sigmoid_derivative.py"
    row = next(line for line in lines if "title of zero" in line)
    assert row.split() == ["✓", "passed", "title", "of", "zero", "2", "/", "2"]
    assert cell_len(row) <= 80
    assert [line.strip() for line in lines if line.startswith("✗")] == ["✗ title of values"]
    assert "  61 of 64 entries are wrong." in lines
    assert "  Probably this mistake: this is s(1+s)" in lines
    assert "    called    sigmoid_grad(x)" in lines
    assert "                x = [1.0, 2.0]" in lines
    assert "Checks not shown here: 1. To see each: grade exercise03 -v" in lines
    assert "Write it." not in report(wrong)
    assert "Score: 2 of 9.5 (checks passed: 1 of 4, in 1.2 s)" in lines
    assert "Next: fix sigmoid_grad in sigmoid_derivative.py, then: grade exercise03" in lines
    assert "The same inputs again: grade exercise03 --seed 123" in lines


def test_verbose_explains_every_check(wrong: Result, report: Report) -> None:
    text = report(wrong, verbose=True)
    assert "Write it." in text
    assert "61 of 64 entries are wrong." in text
    assert "Checks not shown here" not in text


def test_hidden_check_says_no_more_than_its_mistake(make_check: Check, make_result: Make, report: Report) -> None:
    check = make_check(
        "extreme",
        "failed",
        hidden=True,
        function="secret_function",
        message={"en": "SECRET"},
        mistakes=("overflow",),
        mistake_texts=({"en": "exp overflows"},),
        worst=Worst((7,), 1.0, 2.0, 1.0, 1.0),
        detail=Detail(called="SECRET"),
    )
    text = report(learner_view(make_result(check)))
    assert "title of extreme (hidden)" in text
    assert "Probably this mistake: exp overflows" in text
    assert "SECRET" not in text
    assert "secret_function" not in text


def test_lines_of_a_traceback_and_where_to_open_the_file(make_check: Check, make_result: Make, report: Report) -> None:
    lines = (SourceLine(9, "    return helper(x)", "sigmoid_grad"), SourceLine(120, "    return 1 / x", "helper"))
    detail = Detail(called="sigmoid_grad(0.0)", lines=lines)
    text = report(make_result(make_check("zero", "error", message={"en": "It raised."}, detail=detail)))
    assert "        9 | return helper(x)\n      120 | return 1 / x\n" in text
    assert "Next: open sigmoid_derivative.py at line 120, then: grade exercise03\n" in text


def test_several_functions_are_listed_in_each_languages_way(
    make_check: Check, make_result: Make, report: Report
) -> None:
    check = make_check("files", "failed", function="save, load", message={"en": "It is wrong."})
    assert "Next: fix save, load in sigmoid_derivative.py" in report(make_result(check))
    assert "save、load" in report(make_result(check), language="zh-CN")


def test_lines_of_a_notebook_name_their_cell(make_check: Check, make_result: Make, report: Report) -> None:
    detail = Detail(lines=(SourceLine(2, "1 / x", "f", "3"),))
    check = make_check("zero", "error", message={"en": "It raised."}, detail=detail)
    text = report(make_result(check, submission="work/sigmoid.ipynb"))
    assert "      cell 3, line 2 | 1 / x\n" in text
    assert "Next: open sigmoid.ipynb, code cell 3, line 2, then: grade exercise03\n" in text


def test_a_wrong_value_shows_its_function_and_names_the_line_where_it_begins(
    make_check: Check, make_result: Make, report: Report
) -> None:
    lines = (SourceLine(12, "    def slope(self, x):", "slope"), SourceLine(15, "        return s * (1 + s)", "slope"))
    for cell, place in ((None, "line 12"), ("2", "code cell 2, line 12")):
        placed = tuple(SourceLine(line.number, line.source, line.function, cell) for line in lines)
        detail = Detail("slope(x)", "1", "2", placed)
        check = make_check("zero", "failed", function="slope", message={"en": "It is wrong."}, detail=detail)
        text = report(make_result(check))
        assert "12 | def slope(self, x):\n" in text
        assert "15 |     return s * (1 + s)\n" in text
        assert f"Next: fix slope in sigmoid_derivative.py, {place}," in " ".join(text.split())


@pytest.mark.parametrize(
    ("language", "ending"), [("en", "title of values: this is s(1+s)\n"), ("zh-CN", "values 的标题。这是 s(1+s)\n")]
)
def test_quiet_is_one_line(language: str, ending: str, wrong: Result) -> None:
    stream = io.StringIO()
    print_line(wrong, language=language, console=ReportConsole(file=stream, width=40))
    text = stream.getvalue()
    assert text.startswith("exercise03") and text.endswith(ending) and text.count("\n") == 1


def test_all_passed_leads_to_the_next_exercise(make_check: Check, make_result: Make, report: Report) -> None:
    text = report(make_result(make_check("zero", "passed")), following="exercise04")
    assert text.endswith("Every check passes. Well done!\nNext: grade exercise04\n")


def test_submission_that_can_not_be_graded_shows_its_reason_once(
    make_check: Check, make_result: Make, report: Report
) -> None:
    reason = {"en": "line 7: '(' was never closed", "zh-CN": "第 7 行：'(' 没有闭合"}
    detail = Detail(lines=(SourceLine(7, "    exp(x\n       ^", ""),))
    checks = [make_check("zero", "error"), make_check("values", "error")]
    text = report(make_result(*checks, status="error", message=reason, detail=detail, confinement=""))
    assert "line 7: '(' was never closed\n" in text
    assert "      7 | exp(x\n        |    ^\n" in text
    assert text.count("Score: 0 of 4\n") == 1
    assert "--seed" not in text
    assert "Next: open sigmoid_derivative.py at line 7, then: grade exercise03\n" in text
    assert "title of" not in text


def test_fault_of_the_grader_gives_no_score(make_result: Make, report: Report) -> None:
    text = report(make_result(status="grader_error", message={"en": "KeyError in a check"}))
    assert "Not graded.\nThis is a fault of the grader, not of your work.\n" in text
    assert "Score" not in text


@pytest.mark.parametrize(
    ("confinement", "said"),
    [
        ("landlock+seccomp", None),
        ("", None),
        ("none", "Your code ran unconfined here"),
        ("seccomp", "Your code ran only partly confined here (seccomp)"),
    ],
)
def test_confinement_is_said_where_it_is_not_full(
    confinement: str, said: str | None, make_check: Check, make_result: Make, report: Report
) -> None:
    text = report(make_result(make_check("zero", "passed"), confinement=confinement))
    assert ("confined" in text) == (said is not None)
    assert said is None or said in text


def test_what_the_submission_wrote_is_neither_markup_nor_steers_the_terminal(
    make_check: Check, make_result: Make, report: Report
) -> None:
    evil = "[bold]x[/bold] :smile: \x1b[2J\x1b]0;title\x07 \u202eback \ud800"
    check = make_check(
        "zero",
        "failed",
        message={"en": f"It raised {evil}"},
        detail=Detail(called=evil, got=evil, lines=(SourceLine(1, evil, "f"),)),
    )
    text = report(make_result(check, stdout=evil, submission=f"{evil}.py"))
    assert text.count("[bold]x[/bold] :smile: \\x1b[2J\\x1b]0;title\\x07 \\u202eback \\ud800") >= 4
    assert not set(text) & set("\x1b\x07\u202e\ud800")


def test_long_output_is_cut_in_the_middle(make_check: Check, make_result: Make, report: Report) -> None:
    printed = "".join(f"step {number}\n" for number in range(150)) + "z" * 100_000
    text = report(make_result(make_check("zero", "passed"), stdout=printed))
    assert "step 9 " in text
    assert "step 10 " not in text
    assert "... 131 lines left out ..." in text
    assert "step 149 " in text
    assert "(99700 more characters)" in text
    assert len(text.splitlines()) < 45


def test_everything_fits_the_width_in_both_languages(wrong: Result, report: Report) -> None:
    for language in ("en", "zh-CN"):
        for width in (40, 80):
            text = report(wrong, language=language, width=width, verbose=True)
            assert max(map(cell_len, text.splitlines())) <= width


def test_points_stand_in_one_column_in_chinese(wrong: Result, report: Report) -> None:
    lines = report(wrong, language="zh-CN").splitlines()
    rows = [line for line in lines if " / " in line and "的标题" in line]
    assert len(rows) == 4
    assert {cell_len(row) for row in rows} == {cell_len(rows[0])}


def test_chinese_report_is_chinese(wrong: Result, report: Report) -> None:
    text = report(wrong, language="zh-CN")
    assert "未通过" in text
    assert "64 个元素中有 61 个不对。" in text
    assert "多半是这个典型错误：这是 s(1+s)\n" in text
    assert "得分：2 / 9.5" in text


@pytest.mark.parametrize("encoding", ["ascii", "gb2312"])
def test_poor_encodings_get_plain_signs(encoding: str, wrong: Result, report: Report) -> None:
    """Encoding is strict here: one sign too many and the report raises."""
    text = report(wrong, encoding=encoding)
    assert "  + passed " in text
    assert "  x failed " in text
    assert "  o not written " in text


CODE = """\
import torch
from sigmoid_derivative import sigmoid

x = torch.tensor([1.5])
print(sigmoid(x))"""


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("work/sigmoid_derivative.py", "      from sigmoid_derivative import sigmoid"),
        ("work/mine.py", "      from mine import sigmoid"),
        ("work/my file.py", "      from sigmoid_derivative import sigmoid"),
        ("work/mine.ipynb", None),
    ],
)
def test_code_to_run_is_shown_on_demand_and_imports_from_the_learners_file(
    file: str, line: str | None, make_check: Check, make_result: Make, report: Report
) -> None:
    failing = make_check(
        "one", "failed", message={"en": "no"}, detail=Detail("f(x)", "1", "2", code=CODE, prints="0.8")
    )
    result = make_result(failing, submission=file)
    assert "To see it for yourself" not in report(result)
    lines = report(result, verbose=True).splitlines()
    assert "    To see it for yourself, run:" in lines and "      print(sigmoid(x))  # should be 0.8" in lines
    assert [shown for shown in lines if " import sigmoid" in shown] == ([] if line is None else [line])


def test_verbose_says_a_mistake_and_shows_its_lines_once(make_check: Check, make_result: Make, report: Report) -> None:
    lines = (SourceLine(3, "return s * (1 + s)", "sigmoid_grad", None),)
    checks = [
        make_check(
            name,
            "failed",
            message={"en": f"Reason of {name}."},
            mistakes=("plus",),
            mistake_texts=({"en": "this is s(1+s)"},),
            detail=Detail(called="sigmoid_grad(x)", lines=lines),
        )
        for name in ("values", "tails")
    ]
    text = report(make_result(*checks), verbose=True)
    assert text.count("this is s(1+s)") == 1
    assert text.count("return s * (1 + s)") == 1
    assert "Probably the same mistake as at: title of values" in text
    assert "Reason of values." in text and "Reason of tails." in text


@pytest.mark.parametrize("style", [RED, GREEN, ORANGE, CYAN, MAGENTA, GREY])
@pytest.mark.parametrize("background", [0, 255])
def test_colours_can_be_read_on_white_and_on_black(style: str, background: int) -> None:
    """The ratio of WCAG 2; 3 is asked of large text and signs, 4.5 of small text, which no red has on both."""
    colour = Color.parse(style).get_truecolor()
    lighter, darker = sorted((_luminance(*colour), _luminance(*[background] * 3)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) > 3.9


def _luminance(*rgb: int) -> float:
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (v / 255 for v in rgb)
    ]
    return sum(weight * value for weight, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_expected_and_got_have_colours_of_their_own(wrong: Result) -> None:
    file = io.StringIO()
    console = ReportConsole(file=file, width=80)
    console._color_system = ColorSystem.EIGHT_BIT
    console._force_terminal = True
    print_report(wrong, language="en", verbose=False, console=console)
    drawn = file.getvalue()
    assert "\x1b[38;5;28mexpected" in drawn
    assert "\x1b[38;5;196mgot" in drawn
