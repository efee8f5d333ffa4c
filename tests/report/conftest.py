"""Results made by hand, the report of one as text, and a browser for pages."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from grader.report.terminal import ReportConsole, print_report
from grader.result import CheckResult, Result
from grader.text import Text
from tests.programs import browser_program

TITLE = {"en": "The derivative of the sigmoid", "zh-CN": "sigmoid 的导数"}


def both(en: str, zh: str = "中文") -> Text:
    return {"en": en, "zh-CN": zh}


@pytest.fixture
def make_check() -> Callable[..., CheckResult]:
    def make(name: str, verdict: str, points: float = 2.0, **fields: Any) -> CheckResult:
        passed = verdict == "passed"
        fields = {"hidden": False, "title": both(f"title of {name}", f"{name} 的标题"), **fields}
        earned = points if passed else 0.0
        return CheckResult(id=name, verdict=verdict, passed=passed, points=earned, max_points=points, **fields)

    return make


@pytest.fixture
def make_result() -> Callable[..., Result]:
    def make(*checks: CheckResult, **fields: Any) -> Result:
        made = {
            "grader": "0.1.0",
            "course": "0123456789abcdef",
            "exercise": "exercise03",
            "submission": "work/sigmoid_derivative.py",
            "submission_sha256": "0" * 64,
            "score": sum(check.points for check in checks),
            "max_score": sum(check.max_points for check in checks),
            "passed": bool(checks) and all(check.passed for check in checks),
            "status": "graded",
            "seed": 123,
            "device": "cpu",
            "confinement": "landlock+seccomp",
            "seconds": 1.23,
            "checks": checks,
        }
        return Result(**{**made, **fields})

    return make


@pytest.fixture
def report() -> Callable[..., str]:
    """The terminal report as text; width, encoding, language and verbose may be given."""

    def print_to_text(
        result: Result,
        *,
        language: str = "en",
        verbose: bool = False,
        width: int = 80,
        encoding: str = "utf-8",
        **names: Any,
    ) -> str:
        buffer = io.BytesIO()
        stream = io.TextIOWrapper(buffer, encoding=encoding, errors="strict")
        console = ReportConsole(file=stream, width=width)
        print_report(result, language=language, verbose=verbose, console=console, title=TITLE, **names)
        stream.flush()
        return buffer.getvalue().decode(encoding)

    return print_to_text


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = browser_program()
    # Chromium's own sandbox needs user namespaces, which a container may not have; the pages are our own.
    with sync_playwright() as driver:
        yield driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
