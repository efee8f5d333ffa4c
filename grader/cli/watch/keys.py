"""Single keys from a terminal, which is put back as it was however the program ends."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import threading
import tty
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

#: An arrow, or another key that gives several characters; the escape key gives the first of them alone.
_SEQUENCE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)?")
#: What a hand types between two looks; more than that was pasted, and its letters are not meant as keys.
_TYPED = 4


@contextmanager
def keys(pressed: Callable[[str], None]) -> Iterator[bool]:
    """Inside, `pressed` is called from a thread with every key, and with "" when the terminal is gone.

    Gives whether there are keys: there are none where standard input is no terminal, or another program's.
    """
    terminal = _Terminal.of_standard_input()
    if terminal is None:
        yield False
        return
    terminal.enter()
    before = signal.signal(signal.SIGTSTP, terminal.suspend)
    try:
        threading.Thread(target=_read, args=(terminal.descriptor, pressed), daemon=True).start()
        yield True
    finally:
        signal.signal(signal.SIGTSTP, before)
        terminal.leave()


class _Terminal:
    """Standard input in a mode that gives every key at once and shows none. Ctrl-C stays what it is."""

    def __init__(self, descriptor: int, attributes: list[Any]) -> None:
        self.descriptor = descriptor
        self._before = attributes

    @classmethod
    def of_standard_input(cls) -> _Terminal | None:
        with suppress(OSError, ValueError, AttributeError, termios.error):
            descriptor = sys.stdin.fileno()
            if os.tcgetpgrp(descriptor) == os.getpgrp():
                return cls(descriptor, termios.tcgetattr(descriptor))
        return None

    def enter(self) -> None:
        tty.setcbreak(self.descriptor, termios.TCSANOW)

    def leave(self) -> None:
        with suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(self.descriptor, termios.TCSANOW, self._before)

    def suspend(self, number: int, frame: FrameType | None) -> None:
        """Ctrl-Z: the shell gets its terminal as it was, and we take it again when we go on."""
        self.leave()
        ours = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, ours)
        self.enter()


def _read(descriptor: int, pressed: Callable[[str], None]) -> None:
    while True:
        try:
            typed = os.read(descriptor, 64)
        except OSError:
            typed = b""
        for key in keys_in(typed.decode(sys.stdin.encoding or "utf-8", "replace")):
            pressed(key)
        if not typed:
            pressed("")
            return


def keys_in(typed: str) -> list[str]:
    """The keys that gave these characters: each one's character, or "ESC" or "ARROW"; all in one if it was pasted."""
    found: list[str] = []
    end = 0
    for match in _SEQUENCE.finditer(typed):
        found += [*_normal(typed[end : match.start()]), "ESC" if match[0] == "\x1b" else "ARROW"]
        end = match.end()
    found += _normal(typed[end:])
    return found if len(found) <= _TYPED else [typed]


def _normal(typed: str) -> list[str]:
    """Each key; a letter of Chinese input methods may be twice as wide."""
    return [unicodedata.normalize("NFKC", key) for key in typed]
