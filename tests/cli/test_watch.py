"""`grade watch` in a real terminal, on files that are written as editors write them."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.audit.mistakes import Mistakes
from grader.course.find import find_course, find_exercise
from grader.course.stub import cut_stub
from grader.follow.inbox import Gone, Inbox, Key, Moved, Resized, Saved
from tests.cli.terminal import Terminal

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no terminal of this kind")

EXERCISE = find_exercise(find_course(ROOT), "3")
STUB = cut_stub(EXERCISE, ("en",))
RIGHT = (EXERCISE.folder / "reference.py").read_text("utf-8")
WRONG = Mistakes(EXERCISE).submission("sigmoid_minus")
ENDLESS = RIGHT + "\n\ndef sigmoid(x):\n    while True:\n        pass\n"
KEYS = "q quit"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "exercise03" / "sigmoid_derivative.py"
    path.parent.mkdir()
    (tmp_path / ".grade").mkdir()
    path.write_text(STUB, "utf-8")
    return path


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def replaced(path: Path, text: str) -> None:
    """As most editors save: a new file beside it, then put in its place."""
    other = path.with_name(".tmp~")
    other.write_text(text, "utf-8")
    os.replace(other, path)


def test_saves_of_every_kind_are_graded_and_the_terminal_is_put_back(file: Path, terminals: list[Terminal]) -> None:
    terminals.append(terminal := Terminal(file.parents[1], "3", cold=True))
    assert "0 / 10" in terminal.until(KEYS)
    assert not termios.tcgetattr(terminal.slave)[3] & (termios.ICANON | termios.ECHO)

    file.write_text(WRONG, "utf-8")
    report = terminal.until(KEYS)
    assert re.search(r"Since the last run: \S+ points, before 0\n  now passes: ", report)

    file.unlink()
    assert "sigmoid_derivative.py is missing. x puts it back" in terminal.until(KEYS)
    replaced(file, WRONG.replace("def tanh", "def tan"))
    assert "passes no more: tanh: the values" in terminal.until(KEYS)

    file.write_bytes(b"x = '\xff'\n")
    assert "utf-8" in terminal.until(KEYS).lower()
    file.write_text("def sigmoid(x:\n", "utf-8")
    report = terminal.until(KEYS)
    assert "exercise03/sigmoid_derivative.py:1: the ( here is never closed\n" in report
    assert "      1 | def sigmoid(x:\n        |            ^\n" in report
    assert "not graded" in report and "Traceback" not in report

    terminal.press("h")
    assert "hint 1 of" in terminal.until("h shows the next one.")
    terminal.press("\x1b[Al")
    assert "exercise04" in terminal.until("Backpropagation by hand")
    terminal.press("q")
    assert terminal.end() == 0
    assert termios.tcgetattr(terminal.slave) == terminal.before


@pytest.mark.slow
def test_new_save_ends_an_endless_loop_and_full_marks_lead_on(file: Path, terminals: list[Terminal]) -> None:
    terminals.append(terminal := Terminal(file.parents[1], "3"))
    terminal.until(KEYS)
    for _ in range(3):
        file.write_text(ENDLESS, "utf-8")
        terminal.until("Grading ...")
    start = time.monotonic()
    replaced(file, RIGHT)
    assert "10 / 10" in terminal.until("Enter goes on to exercise")
    assert time.monotonic() - start < 4  # the limit of one call is 5
    terminal.until(KEYS)
    terminal.press("\n")
    assert ".py is missing" in terminal.until(KEYS)
    terminal.press("q")
    assert terminal.end() == 0


@pytest.mark.slow
def test_folder_may_be_renamed_and_come_back(file: Path, terminals: list[Terminal]) -> None:
    terminals.append(terminal := Terminal(file.parents[1], "3"))
    terminal.until(KEYS)
    moved = file.parent.rename(file.parents[1] / "elsewhere")
    terminal.until("sigmoid_derivative.py is missing")
    terminal.until(KEYS)
    moved.rename(file.parent)
    terminal.until("0 / 10")
    terminal.until(KEYS)
    file.write_text(WRONG, "utf-8")
    terminal.until("now passes")
    terminal.until(KEYS)
    helper = file.with_name("helper.py")
    helper.write_text("def answer():\n    return 1\n", "utf-8")
    file.write_text(RIGHT + "\nfrom helper import answer\n", "utf-8")
    assert "10 / 10" in terminal.until("Enter goes on to exercise")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_put_the_terminal_back(number: signal.Signals, file: Path, terminals: list[Terminal]) -> None:
    terminals.append(terminal := Terminal(file.parents[1], "3", cold=number == signal.SIGINT))
    terminal.until(KEYS)
    file.write_text(ENDLESS, "utf-8")  # even while a submission runs
    terminal.until("Grading ...")
    if number == signal.SIGINT:
        terminal.press("\x03")
    else:
        terminal.process.send_signal(number)
    assert terminal.end() == 130
    assert termios.tcgetattr(terminal.slave) == terminal.before


@pytest.mark.slow
def test_without_a_terminal_there_are_no_keys(file: Path, terminals: list[Terminal]) -> None:
    terminals.append(terminal := Terminal(file.parents[1], "3", keys=False))
    terminal.until("No keys here: saving your file grades it")
    file.write_text(WRONG, "utf-8")
    terminal.until("now passes")
    file.write_text(RIGHT, "utf-8")
    terminal.until("open now: grade solution exercise03\r\nNext is exercise01: save its file")
    terminal.process.terminate()
    assert terminal.end() == 130


def test_saves_do_not_pile_up_and_hints_end_no_run() -> None:
    inbox = Inbox()
    for event in (Key("h"), Resized(), Key("z"), Resized()):
        inbox.put(event)
    assert not inbox.urgent()
    for event in (Saved(), Saved(), Gone(), Saved(), Moved("exercise01")):
        inbox.put(event)
    assert inbox.urgent()
    assert [inbox.take() for _ in range(6)] == [Key("h"), Resized(), Key("z"), Saved(), Gone(), Moved("exercise01")]
