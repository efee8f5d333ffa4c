"""Pages as a reader has them: made by the real command, opened in a real browser."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.forked import run_forked

ROOT = Path(__file__).parents[2]
CJK = re.compile("[\u4e00-\u9fff]")


def grade(*words: str, folder: Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    """Run the command in this folder."""
    environ = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
        "GRADE_COURSE": str(ROOT),
        "GRADE_LANG": lang,
        "GRADE_WARM": "0",
    }
    return run_forked("grader", *words, cwd=folder, env=environ)


@contextmanager
def watched_page(browser: Browser, **context: Any) -> Iterator[tuple[Page, list[str]]]:
    """An empty page, and the addresses that it asks for; in the end it must have complained of nothing."""
    with browser.new_context(**{"viewport": {"width": 1000, "height": 800}, **context}) as made:
        page = made.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page, asked
        assert complaints == []


@contextmanager
def opened_page(browser: Browser, path: Path, **context: Any) -> Iterator[Page]:
    """The page as it comes up; in the end it must have asked for nothing and complained of nothing."""
    with watched_page(browser, **context) as (page, asked):
        page.goto(path.as_uri())
        yield page
        assert asked == [path.as_uri()]


def choose(page: Page, language: str) -> None:
    """Show the page in this language."""
    page.locator(f"#lang-{language}").check()
