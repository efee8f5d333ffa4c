"""The bar that says how far a long command is."""

from __future__ import annotations

import io

import pytest

from grader.cli.progress import progress_bar
from grader.text import say


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("language", "word"), [("en", "Recording"), ("zh-CN", "正在记录")])
def test_a_terminal_shows_how_many_of_how_many(language: str, word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with progress_bar(say("Recording"), language) as told:
        told(3, 40)
    assert word in terminal.getvalue() and " 3/40" in terminal.getvalue()


def test_nothing_is_written_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr", log := io.StringIO())
    with progress_bar(say("Recording"), "en") as told:
        told(3, 40)
    assert log.getvalue() == ""
