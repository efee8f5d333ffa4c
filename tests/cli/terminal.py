"""`grade watch` on a pseudo-terminal, and what is on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

from grader.report.layout import cells
from tests.forked import Started, start_forked

ROOT = Path(__file__).parents[2]
_CODES = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")


class Terminal:
    """`grade watch` on a pseudo-terminal."""

    def __init__(
        self,
        folder: Path,
        *words: str,
        keys: bool = True,
        size: tuple[int, int] = (24, 80),
        encoding: str = "utf-8",
        cold: bool = False,
        **variables: str,
    ) -> None:
        """size: rows and columns. cold: started as a program. variables: of the environment; without TERM screens are
        not cleared."""
        self.master, slave = pty.openpty()
        self.size, self.encoding = size, encoding
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("4H", *size, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        environ = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "TERM": "dumb",
            "PYTHONIOENCODING": encoding,
            "GRADE_LANG": "en",
            "GRADE_COURSE": str(ROOT),
            "GRADE_WARM": "0",
            **variables,
        }
        for name in ("COLUMNS", "LINES", "NO_COLOR"):
            environ.pop(name, None)
        # A session of its own, whose terminal this is: Ctrl-C goes to whoever is in its foreground.
        self.process: subprocess.Popen[bytes] | Started
        if cold:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _IN_FOREGROUND, "watch", *words],
                cwd=folder,
                env=environ,
                stdin=slave if keys else subprocess.DEVNULL,
                stdout=slave,
                stderr=slave,
                start_new_session=True,
            )
        else:
            own = Path(os.ttyname(slave))
            streams = {"stdin": own if keys else Path(os.devnull), "stdout": own, "stderr": own}
            self.process = start_forked("grader", "watch", *words, **streams, cwd=folder, env=environ)
        self.printed = ""

    def until(self, text: str, seconds: float = 30) -> str:
        """What is printed up to `text`, which is taken too."""
        end = time.monotonic() + seconds
        while text not in self.printed:
            assert select.select([self.master], [], [], max(end - time.monotonic(), 0))[0], self.printed
            self.printed += os.read(self.master, 1 << 16).decode(self.encoding, "replace")
        found, _, self.printed = self.printed.partition(text)
        return found.replace("\r\n", "\n")

    def screen(self, *texts: str, seconds: float = 40) -> str:
        """The next screen with all of these texts on it, line breaks aside. Each one before it fits as well."""
        end, shown = time.monotonic() + seconds, ""
        while True:
            left = max(end - time.monotonic(), 0)
            come = "\x1b[J" in self.printed or select.select([self.master], [], [], left)[0]
            assert come, f"no screen with {texts}; the last one:\n{shown}"
            drawn = self.until("\x1b[J", left).rpartition("\x1b[H")[2]
            self.raw, shown = drawn, _CODES.sub("", drawn)
            lines = shown.split("\n")[:-1]
            rows, columns = self.size
            assert sum(max(-(-cells(line) // columns), 1) for line in lines) < rows, shown
            assert "q " in "".join(lines[-3:]), shown
            if all(text in re.sub(r"\s+", " ", shown) for text in texts):
                return shown

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode(self.encoding, "replace"))

    def end(self) -> int:
        """Its exit status, once it has ended by itself."""
        return self.process.wait(10)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)
        os.close(self.slave)


_IN_FOREGROUND = """
import fcntl, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests in the background has it ignored
fcntl.ioctl(1, termios.TIOCSCTTY, 0)
from grader.start import main
main()
"""
