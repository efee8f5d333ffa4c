"""LaTeX in statements becomes MathML that says the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.course.find import find_course
from grader.course.readme import statement
from grader.site import markdown
from grader.site.formulas import Untranslatable, formula, mathml

COURSE = find_course(Path(__file__).parents[2])


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.id)
def test_every_formula_of_the_course_has_mathml(exercise: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """None is shown as LaTeX, no dollar is left over."""
    monkeypatch.setattr(markdown, "formula", mathml)
    for language in COURSE.languages:
        page = str(markdown.html(statement(exercise, language)))  # type: ignore[arg-type]
        assert "$" not in re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)
        assert "\\" not in "".join(re.findall(r"<math.*?</math>", page, re.DOTALL))


def text(latex: str) -> str:
    """The formula's characters, spaces for its empty elements."""
    marked = re.sub(r"<mspace[^>]*>", " ", mathml(latex, display=True))
    return re.sub(r"<[^>]+>", "", marked)


@pytest.mark.parametrize(
    ("latex", "seen"),
    [
        (r"\operatorname*{arg\,max}_i q_i", "arg maxi qi"),
        (r"\arg\max_a q", "arg maxa q"),
        (r"2\log p", "2 log p"),
        (r"\log(p)", "log(p)"),
        (r"-\log\sum_i p", "−log ∑ip"),
        (r"\operatorname{softplus}(-x)", "softplus(−x)"),
        (r"\mathrm{dx}_t", "dxt"),
        (r"\text{max\_norm}", "max_norm"),
        (r"\bigl\lvert x \bigr\rvert", "|x|"),
        (r"\tanh' x", "tanh′ x"),
    ],
)
def test_what_latex2mathml_gets_wrong_is_right(latex: str, seen: str) -> None:
    assert text(latex) == seen


def test_an_index_stands_below_a_maximum_and_brackets_fit_their_matrix() -> None:
    assert "<munder><mo" in mathml(r"\max_i x", display=True)
    two = mathml(r"\begin{pmatrix}1\\2\end{pmatrix}\begin{pmatrix}3\end{pmatrix}", display=True)
    assert len(re.findall(r"<mrow><mo>\(</mo><mtable>.*?</mtable><mo>\)</mo></mrow>", two)) == 2


@pytest.mark.parametrize(
    "latex",
    [
        r"\text{<img src=x onerror=alert(1)>}",
        r"\text{</math><script>alert(1)</script>}",
        r"\unknowncommand",
        r"\frac",
        r"\begin{aligned}a&=b\end{aligned}",
        "\x00",
        "{" * 5000,
    ],
)
def test_what_has_no_mathml_is_shown_as_it_is_written(latex: str) -> None:
    with pytest.raises(Untranslatable):
        mathml(latex, display=False)
    shown = formula(latex, display=False)
    assert shown.startswith("<code>") and "<" not in shown.removeprefix("<code>").removesuffix("</code>")


def test_no_link_and_no_style_comes_through() -> None:
    for latex in (r"\href{javascript:alert(1)}{x}", r"\class{a}{b}", r"\style{color:red}{x}", r"\color{red}{x}"):
        shown = formula(latex, display=False)
        assert not re.search(r"<[^>]*(href|class|style=|color)", shown), shown


def test_what_follows_a_formula_stays_with_it() -> None:
    page = str(markdown.html("It is ($x$), $y$ or `z`.\n"))
    assert re.findall(r'<span class="whole"><math.*?</math>(.)</span>', page) == [")"]
    assert re.sub(r"<[^>]+>", "", page) == "It is (x), y or z.\n"


def test_chinese_lines_join_without_a_space() -> None:
    text = "返回一个**新张量**，\n形状与 x\n相同。\n`x` 不变\n也不移动\nin English\nlines"
    shown = str(markdown.html(text))
    assert (
        "，形状" in shown and "x\n相同" in shown and "。<code>" in shown and "不变也不移动\nin English\nlines" in shown
    )
