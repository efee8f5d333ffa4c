"""A result as a piece of HTML: the code to run is in it, escaped, and of a hidden check there is none."""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.report.fragment import Fragment, fragment
from grader.result import CheckResult, Detail, FunctionPlot, Result
from grader.text import in_every_language, join, say

CODE = "from sigmoid_derivative import f\n\nprint(f('<b>'))"


def test_code_to_run(make_check: Callable[..., CheckResult], make_result: Callable[..., Result]) -> None:
    detail = Detail("f(x)", "1", "2", code=CODE, prints="<1>")
    shown = fragment(make_result(make_check("one", "failed", message={"en": "no"}, detail=detail)), "en")
    assert "To see it for yourself, run:" in shown
    assert "from sigmoid_derivative import f\n\nprint(f(&#39;&lt;b&gt;&#39;))  # should be &lt;1&gt;</pre>" in shown
    hidden = fragment(make_result(make_check("one", "failed", hidden=True, message={"en": "no"}, detail=detail)), "en")
    assert "To see it" not in hidden and "print(f(" not in hidden


def test_a_notebook_without_the_style_sheet_is_aligned_and_has_no_torn_picture(
    make_check: Callable[..., CheckResult], make_result: Callable[..., Result]
) -> None:
    """Jupyter drops a style sheet and SVG of what is not trusted, and leaves SVG's texts and the style attributes."""
    plot = FunctionPlot((0.0, 1.0), (0.0, 1.0), (0.0, 2.0), 1)
    result = make_result(make_check("one", "failed", message={"en": "no"}, detail=Detail(picture=plot)))
    cells = re.findall(r"<td(.*?)>", fragment(result, "en"))
    assert cells == [
        f' style="text-align:{side}"' for side in ("left;white-space:nowrap", "left", "right;white-space:nowrap")
    ]
    assert '<div class="picture" style="display:none">' in fragment(result, "en")
    # A page forbids itself what stands at an element.
    assert " style=" not in Fragment(result, ("en",)).body()


def test_missing_functions_are_a_list_and_an_exception_is_none(make_result: Callable[..., Result]) -> None:
    missing = [say("{name} is not defined; the exercise asks for it", name=name) for name in ("f", "<g>")]
    both = join(missing, "\n")
    shown = fragment(make_result(status="error", message=in_every_language(both), message_data=both), "zh-CN")
    assert "<ul><li>没有定义 f，而练习要求实现它</li><li>没有定义 &lt;g&gt;，而练习要求实现它</li></ul>" in shown
    raised = say("{error}", error="ValueError: one\ntwo")
    shown = fragment(make_result(status="error", message=in_every_language(raised), message_data=raised), "en")
    assert "<p>ValueError: one\ntwo</p>" in shown and "<ul>" not in shown
