"""`grade watch` on a terminal that can be cleared: its keys, and that nothing on the screen is untrue."""

from __future__ import annotations

import fcntl
import re
import resource
import struct
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.audit.mistakes import Mistakes
from grader.cli.watch.keys import keys_in
from grader.cli.watch.links import has_links
from grader.course.find import find_course, find_exercise
from grader.course.learner import journal_path
from grader.course.mark import marked
from grader.course.stub import cut_stub
from grader.follow.files import Others, Places
from grader.learner.record import load
from tests.cli.terminal import Terminal
from tests.forked import run_forked

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no terminal of this kind")

COURSE = find_course(ROOT)
EXERCISE, OTHER = (find_exercise(COURSE, number) for number in ("3", "4"))
RIGHT = (EXERCISE.folder / "reference.py").read_text("utf-8")
WRONG = Mistakes(EXERCISE).submission("sigmoid_minus")
#: What a key does is not to be typed.
TYPED = re.compile(r"\bgrade (exercise|hint|list|next|solution|\d)| -v\b")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Exercise 3 in a learner's folder, as it is handed out, and exercise 4."""
    for exercise in (EXERCISE, OTHER):
        (folder := tmp_path / exercise.id).mkdir()
        (folder / f"{exercise.slug}.py").write_text(marked(cut_stub(exercise, ("en",)), COURSE.id), "utf-8")
    (tmp_path / ".grade").mkdir()
    return tmp_path / EXERCISE.id / f"{EXERCISE.slug}.py"


@pytest.fixture
def watch(file: Path) -> Iterator[Watch]:
    started = Watch(file.parents[1])
    yield started
    for terminal in started.terminals:
        terminal.close()


class Watch:
    """Starts `grade watch 3` in the learner's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.terminals: list[Terminal] = []

    def __call__(self, *, size: tuple[int, int] = (24, 80), encoding: str = "utf-8", **variables: str) -> Terminal:
        variables = {"TERM": "xterm-256color", **variables}
        terminal = Terminal(self.folder, "3", size=size, encoding=encoding, **variables)
        self.terminals.append(terminal)
        return terminal

    def attempts(self) -> int:
        return load(self.folder).of(EXERCISE.id).attempts


def test_every_key_has_its_screen_and_every_screen_has_the_keys(watch: Watch, file: Path) -> None:
    terminal = watch()
    assert "0 / 10  ░░░" in terminal.screen("sigmoid is not written yet", "0 of 12 checks pass: ○○○○")
    for pressed, *texts in (
        ("h", "hint 1 of", "h shows the next one.", "enter back"),
        ("h", "hint 2 of"),
        ("l", "> ○", "lines 1 to", "space more"),
        (" ", "lines 17 to", "Unit 3"),
        ("\n", "sigmoid is not written yet"),
        ("a", "lines 1 to", "any shape: 0-d, empty, three axes (hidden)"),
        ("z", "'z' is no key here"),
        ("\x1b", "sigmoid is not written yet"),
        ("\x1b[A", "That key does nothing here"),
        ("only text, yx", "Pasted text does nothing here"),
        ("s", "The solution opens once every check passes"),
        ("n", "exercise03 is not complete: 0 of 10. Go on to exercise04 all the same?", "y yes n no q quit"),
        ("z", "'z' is no key here", "Go on to exercise04 all the same?"),
        ("n", "sigmoid is not written yet", "q quit"),
        ("x", "Put exercise03/sigmoid_derivative.py back as it was handed out?"),
        ("y", "is as it was handed out; there was nothing to do"),
    ):
        terminal.press(pressed)
        shown = terminal.screen(*texts, "Complete: 0 of")
        assert not TYPED.search(shown), shown
    fcntl.ioctl(terminal.slave, termios.TIOCSWINSZ, struct.pack("4H", 30, 40, 0, 0))
    terminal.size = (30, 40)
    terminal.screen("sigmoid is not written yet")
    file.write_text("def sigmoid(x:\n", "utf-8")
    shown = terminal.screen("the ( here is never closed", "not graded")
    assert "      1 | def sigmoid(x:\n        |            ^\n" in shown
    terminal.press("q")
    assert terminal.end() == 0
    assert file.read_text("utf-8") == "def sigmoid(x:\n"


@pytest.mark.slow
def test_it_waits_when_done_and_opens_the_solution(watch: Watch, file: Path) -> None:
    terminal = watch()
    terminal.screen("0 of 12 checks pass")
    file.write_text(WRONG, "utf-8")
    assert "3 points" not in terminal.screen("Since the last run: 4 points, before 0", "now passes: tanh: the values")
    file.write_text(WRONG + "\n# Another try.\n", "utf-8")
    terminal.screen("Since the last run: the same checks pass, 4 points")
    terminal.press("r")
    terminal.screen("Since the last run: no change, the file is the same, 4 points")
    assert watch.attempts() == 2
    file.write_text(RIGHT, "utf-8")
    done = (
        "10 / 10",
        "Well done!",
        "Attempts: 3, hints: 0.",
        "s shows it",
        "Enter goes on to exercise01",
        "enter go on",
    )
    terminal.screen(*done, "Complete: 1 of")
    terminal.press("s")
    terminal.screen("def sigmoid(x", "enter back")
    terminal.press("\n")
    terminal.screen(*done)
    terminal.press("\n")
    terminal.screen("exercise01", "neuron.py is missing. x puts it back", "not graded")
    terminal.press("p")
    terminal.screen("exercise00", "mean.py is missing")
    terminal.press("p")
    terminal.screen("exercise00 is the first exercise of the course.")
    terminal.press("ny")
    terminal.screen("exercise01", "neuron.py is missing")
    terminal.press("x")
    terminal.screen("0 / 8", "Ready to begin anew: exercise01/")
    terminal.press("n")
    terminal.screen("exercise01 is not complete: 0 of 8. Go on to exercise02")
    terminal.press("y")
    terminal.screen("exercise02", "is missing")
    terminal.press("ny")
    terminal.screen("exercise03", "10 / 10", "enter go on")


@pytest.mark.slow
def test_reset_keeps_a_backup_and_a_save_elsewhere_is_followed(watch: Watch, file: Path) -> None:
    file.write_text(WRONG, "utf-8")
    terminal = watch()
    terminal.screen("4 / 10")
    terminal.press("x")
    terminal.screen("Yours is kept as a backup.")
    terminal.press("y")
    terminal.screen("0 / 10", "Your file is kept: .grade/backups/exercise03/sigmoid_derivative.")
    [backup] = (watch.folder / ".grade/backups/exercise03").iterdir()
    assert backup.read_text("utf-8") == WRONG
    file.unlink()
    terminal.screen("sigmoid_derivative.py is missing. x puts it back as it was handed out (grade reset).")
    terminal.press("x")
    terminal.screen("0 / 10")
    other = watch.folder / OTHER.id / f"{OTHER.slug}.py"
    other.write_text(other.read_text("utf-8") + "\n", "utf-8")
    terminal.screen("exercise04", "0 of 14 checks pass", "You saved the file of exercise04, so that is watched now.")
    file.write_text(WRONG, "utf-8")
    terminal.screen("exercise03", "4 / 10")


@pytest.mark.slow
def test_two_watchers_and_an_unchanged_file_count_attempts_once(watch: Watch, file: Path) -> None:
    both = watch(), watch()
    for terminal in both:
        terminal.screen("0 / 10")
    file.write_text(WRONG, "utf-8")
    for terminal in both:
        terminal.screen("4 / 10")
    file.write_text(WRONG, "utf-8")
    for terminal in both:
        terminal.screen("the file is the same")
    command = ("grader", "3", "--course", str(ROOT))
    assert "4 of 10" in run_forked(*command, cwd=watch.folder).stdout
    assert watch.attempts() == 1
    for number in range(10):
        file.write_text(WRONG + f"\n# {number}\n", "utf-8")
    file.write_text(RIGHT, "utf-8")
    for terminal in both:
        terminal.screen("10 / 10")
    assert 2 <= watch.attempts() <= 12
    assert load(watch.folder).of(EXERCISE.id).passed_after == watch.attempts()


@pytest.mark.slow
@pytest.mark.parametrize(
    "size, encoding, variables",
    [
        ((24, 40), "utf-8", {"GRADE_LANG": "zh-CN"}),
        ((10, 30), "utf-8", {}),
        ((24, 80), "gb18030", {"GRADE_LANG": "zh-CN"}),
        ((24, 80), "ascii", {"GRADE_LANG": "zh-CN"}),
        ((24, 80), "latin-1", {"TERM": "vt100", "NO_COLOR": "1"}),
    ],
)
def test_it_fits_terminals_of_every_kind(
    size: tuple[int, int], encoding: str, variables: dict[str, str], watch: Watch, file: Path
) -> None:
    file.write_text(WRONG, "utf-8")
    terminal = watch(size=size, encoding=encoding, **variables)
    shown = terminal.screen("4 / 10", "sigmoid_derivative.py:11:" if size[0] == 24 else "sigmoid")
    assert "\ufffd" not in shown
    chinese = variables.get("GRADE_LANG") == "zh-CN" and encoding != "ascii"
    assert ("✓" in shown or size[0] < 24) if encoding in ("utf-8", "gb18030") else "x+x+++xxxxxx" in shown
    assert ("多半是这个典型错误" in shown) == chinese
    for key in "hlal":
        terminal.press(key)
        terminal.screen()
    terminal.press("你")
    terminal.screen("'你'" if chinese else "is no key here" if encoding == "utf-8" else "")
    terminal.press("q")
    assert terminal.end() == 0


@pytest.mark.slow
def test_a_record_that_can_not_be_used_is_told_and_kept(watch: Watch, file: Path) -> None:
    newer = b'{"exercise":"exercise03","attempts":4,"newer":{"a":[1]}}\n'
    journal_path(watch.folder).write_bytes(newer + b"damaged\n")
    file.write_text(WRONG, "utf-8")
    terminal = watch()
    terminal.screen("4 / 10", "Some of .grade/record.jsonl could not be read", "kept as .grade/record-broken-")
    assert watch.attempts() == 5 and journal_path(watch.folder).read_bytes().startswith(newer)
    journal_path(watch.folder).unlink()
    journal_path(watch.folder).mkdir()
    terminal.press("r")
    terminal.screen("4 / 10", ".grade can't remember this:")
    terminal.press("h")
    terminal.screen("hint 1 of", ".grade can't remember this:")


@pytest.mark.slow
def test_a_full_disk_is_told_and_no_old_result_stands(watch: Watch, file: Path) -> None:
    file.write_text(WRONG, "utf-8")
    terminal = watch()
    terminal.screen("4 / 10")
    kept = journal_path(watch.folder).read_bytes()
    for size, *texts in (
        (0, "not graded", "exercise03 can't be graded now: "),
        (resource.RLIM_INFINITY, "4 / 10", "the same checks pass"),
    ):
        # No file may grow: neither the record nor what a run writes for its worker.
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        file.write_text(WRONG + f"\n# {texts}\n", "utf-8")
        terminal.screen(*texts)
        assert (journal_path(watch.folder).read_bytes() == kept) == (size == 0)


@pytest.mark.slow
def test_the_file_is_a_link_where_the_terminal_has_links(watch: Watch, file: Path) -> None:
    file.write_text(WRONG, "utf-8")
    terminal = watch(FORCE_HYPERLINK="1")
    terminal.screen("sigmoid_derivative.py:11:")
    link = rf"\x1b\]8;;file://[^/]*{re.escape(str(file))}\x1b\\exercise03/sigmoid_derivative.py:11\x1b\]8;;\x1b\\"
    assert re.search(link, terminal.raw)


@pytest.mark.parametrize(
    "environ, links",
    [
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "6800"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4600"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, False),
        ({"TERM": "screen-256color", "WT_SESSION": "1"}, False),
        ({"TERM": "xterm"}, False),
        ({}, False),
        ({"TERM": "xterm", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
    ],
)
def test_links_go_only_to_terminals_that_have_them(environ: dict[str, str], links: bool) -> None:
    assert has_links(environ) is links


def test_keys_are_told_from_what_is_pasted() -> None:
    assert keys_in("\x1b[Al") == ["ARROW", "l"]
    assert keys_in("\x1bｈ\n") == ["ESC", "h", "\n"]
    assert keys_in("yes, quit") == ["yes, quit"]


def test_only_one_file_that_was_saved_is_followed(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parents[1])
    others = Others(COURSE, Places(COURSE))
    assert others.saved() == []
    file.write_text(WRONG, "utf-8")
    assert others.saved() == [EXERCISE.id]
    file.rename(file.with_suffix(".old"))
    assert others.saved() == []
    file.with_suffix(".old").rename(file)
    assert others.saved() == []
    (file.parents[1] / "exercise05").mkdir()
    (file.parents[1] / "exercise05" / "dense_layer.py").write_text("", "utf-8")
    assert others.saved() == []
