"""A result as a piece of HTML: the code to run is in it, escaped, and of a hidden check there is none."""

from __future__ import annotations

from collections.abc import Callable

from grader.report.fragment import fragment
from grader.result import CheckResult, Detail, Result

CODE = "from sigmoid_derivative import f\n\nprint(f('<b>'))"


def test_code_to_run(make_check: Callable[..., CheckResult], make_result: Callable[..., Result]) -> None:
    detail = Detail("f(x)", "1", "2", code=CODE, prints="<1>")
    shown = fragment(make_result(make_check("one", "failed", message={"en": "no"}, detail=detail)), "en")
    assert "To see it for yourself, run:" in shown
    assert "from sigmoid_derivative import f\n\nprint(f(&#39;&lt;b&gt;&#39;))  # should be &lt;1&gt;</pre>" in shown
    hidden = fragment(make_result(make_check("one", "failed", hidden=True, message={"en": "no"}, detail=detail)), "en")
    assert "To see it" not in hidden and "print(f(" not in hidden
