"""`grade open` as a learner starts it, in a process of its own, and what a browser or somebody else may ask of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from grader.audit.mistakes import Mistakes
from grader.course.find import find_course, find_exercise
from grader.course.mark import marked
from grader.course.stub import cut_stub
from tests.forked import Started, start_forked

ROOT = Path(__file__).parents[2]
COURSE = find_course(ROOT)
EXERCISE, OTHER = (find_exercise(COURSE, number) for number in ("3", "4"))
RIGHT = (EXERCISE.folder / "reference.py").read_text("utf-8")
WRONG = Mistakes(EXERCISE).submission("sigmoid_minus")
#: A cold start imports PyTorch, on a machine that is busy with other tests.
_PATIENCE = 90


def learners_folder(folder: Path) -> Path:
    """A learner's folder with exercises 3 and 4 as they are handed out."""
    for exercise in (EXERCISE, OTHER):
        own = folder / exercise.id
        own.mkdir(parents=True)
        (own / f"{exercise.slug}.py").write_text(marked(cut_stub(exercise, ("en",)), COURSE.id), "utf-8")
    (folder / ".grade").mkdir()
    return folder


def save(path: Path, text: str) -> None:
    """As most editors save: a new file, put in the place of the old one."""
    other = path.with_name(".tmp~")
    other.write_text(text, "utf-8")
    os.replace(other, path)


class Answer(NamedTuple):
    """An answer that is over."""

    status: int
    headers: Message
    text: str


class Opened:
    """A running `grade open`. address: the one that it printed. folder: the learner's. cold: started as a program."""

    def __init__(self, folder: Path, *words: str, lang: str = "en", cold: bool = False) -> None:
        self.folder = folder
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "GRADE_COURSE": str(ROOT), "GRADE_LANG": lang}
        self._said = tempfile.TemporaryDirectory(prefix="grade-tests-said-")
        self._out, self._err = (Path(self._said.name, name) for name in ("out", "err"))
        self.process: subprocess.Popen[bytes] | Started
        if cold:
            command = [sys.executable, "-P", "-m", "grader", "open", "--no-browser", *words]
            with self._out.open("wb") as out, self._err.open("wb") as err:
                self.process = subprocess.Popen(command, cwd=folder, env=environ, stdout=out, stderr=err)
        else:
            command = ["grader", "open", "--no-browser", *words]
            self.process = start_forked(*command, stdout=self._out, stderr=self._err, cwd=folder, env=environ)
        line = self._first_line()
        found = re.search(r"http://\S+", line)
        assert found, (line, self._err.read_text("utf-8"))
        self.address = found[0]
        self.port = urlsplit(self.address).port
        self.cookie = ""
        answer = self.ask(self.address.partition(f":{self.port}")[2])
        self.cookie = str(answer.headers["Set-Cookie"]).partition(";")[0]

    @property
    def file(self) -> Path:
        """Exercise 3's."""
        return self.folder / EXERCISE.id / f"{EXERCISE.slug}.py"

    def ask(self, path: str, method: str = "GET", *, cookie: str | None = None, **headers: str) -> Answer:
        """The answer to one request; keywords are headers. cookie: another one than the page's own."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            cookie = self.cookie if cookie is None else cookie
            sent = {**({"Cookie": cookie.encode("latin-1")} if cookie else {}), **headers}
            connection.request(method, path, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read().decode())

    def page(self, name: str = "exercise03.html") -> str:
        """A page, as one that renews itself has it."""
        answer = self.ask(f"/{name}?renewed")
        assert answer.status == 200, answer.text
        return answer.text

    def until(self, holds: Callable[[str], bool], name: str = "exercise03.html") -> str:
        """The page once this holds of it."""
        end = time.monotonic() + _PATIENCE
        while not holds(page := self.page(name)):
            assert time.monotonic() < end, page.partition("<main")[0][-1500:]
            time.sleep(0.05)
        return page

    @contextmanager
    def states(self) -> Iterator[Iterator[dict[str, Any]]]:
        """What the server tells a page of, as it comes."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)) as connection:
            connection.request("GET", "/events", headers={"Cookie": self.cookie})
            with connection.getresponse() as answer:
                lines = iter(answer.readline, b"")
                yield (json.loads(line.removeprefix(b"data: ")) for line in lines if line.startswith(b"data: "))

    def interrupt(self) -> tuple[int, str]:
        """Ctrl-C: the exit status, and what standard error had."""
        self.process.send_signal(signal.SIGINT)
        status = self.process.wait(timeout=_PATIENCE)
        with self._said:
            return status, self._err.read_text("utf-8")

    def _first_line(self) -> str:
        end = time.monotonic() + _PATIENCE
        while not (line := self._printed()).endswith("\n") and self.process.poll() is None:
            assert time.monotonic() < end, line
            time.sleep(0.05)
        return line

    def _printed(self) -> str:
        return self._out.read_text("utf-8") if self._out.exists() else ""


@contextmanager
def opened(folder: Path, *words: str, lang: str = "en", cold: bool = False) -> Iterator[Opened]:
    """`grade open WORDS` in this folder; in the end it has complained of nothing. cold: started as a program."""
    started = Opened(folder, *words, lang=lang, cold=cold)
    try:
        yield started
    finally:
        status, complaints = started.interrupt()
    assert (status, complaints) == (130, ""), (status, complaints)
