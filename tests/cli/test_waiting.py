"""The line that says which check a slow grading is at."""

from __future__ import annotations

import io

import pytest

from grader.cli import waiting
from grader.cli.waiting import ProgressLine, progress_line
from grader.course.model import CheckInfo

CHECK = CheckInfo("accuracy", {"en": "held-out digits", "zh-CN": "没见过的数字"}, 1.0, False)
OTHER = CheckInfo("files", {"en": "files", "zh-CN": "文件"}, 1.0, False)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(waiting.time, "monotonic", lambda: now[0])
    return now


def test_a_check_is_named_once_it_has_waited(clock: list[float]) -> None:
    stream = io.StringIO()
    line = ProgressLine("en", stream)
    for second in (0.0, 1.0, 2.9):
        clock[0] = 100 + second
        line.waiting(CHECK)
    assert stream.getvalue() == ""
    clock[0] = 103.5
    line.waiting(CHECK)
    line.waiting(CHECK)
    assert stream.getvalue() == "\r\x1b[KChecking for 3 s: held-out digits"
    clock[0] = 104.5
    line.waiting(CHECK)
    assert stream.getvalue().endswith("\r\x1b[KChecking for 4 s: held-out digits")


def test_the_line_is_gone_when_another_check_waits_and_at_the_end(clock: list[float]) -> None:
    stream = io.StringIO()
    line = ProgressLine("zh-CN", stream)
    line.waiting(CHECK)
    clock[0] += 5
    line.waiting(CHECK)
    assert stream.getvalue().endswith("已检查 5 秒：没见过的数字")
    line.waiting(OTHER)
    assert stream.getvalue().endswith("\r\x1b[K")
    clock[0] += 5
    line.waiting(OTHER)
    line.close()
    assert stream.getvalue().endswith("文件\r\x1b[K")


def test_a_long_title_stays_on_one_line(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    stream = io.StringIO()
    line = ProgressLine("en", stream)
    line.waiting(CHECK)
    clock[0] += 5
    line.waiting(CHECK)
    assert stream.getvalue() == "\r\x1b[KChecking for 5 s: held-out di"


def test_nothing_is_written_where_nobody_watches(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    line = progress_line("en", wanted=True)  # the tests' streams are no terminals
    line.waiting(CHECK)
    clock[0] += 60
    line.waiting(CHECK)
    line.close()
    assert capsys.readouterr() == ("", "")
