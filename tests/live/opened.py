"""`grade open` as a learner starts it, in a process of its own, and what a browser or somebody else may ask of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
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
    """A running `grade open`. address: the one that it printed. folder: the learner's."""

    def __init__(self, folder: Path, *words: str, lang: str = "en") -> None:
        self.folder = folder
        environ = {**os.environ, "PYTHONPATH": str(ROOT), "GRADE_COURSE": str(ROOT), "GRADE_LANG": lang}
        command = [sys.executable, "-P", "-m", "grader", "open", "--no-browser", *words]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, self.process.communicate(timeout=10)
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
        _, complaints = self.process.communicate(timeout=_PATIENCE)
        return self.process.returncode, complaints


@contextmanager
def opened(folder: Path, *words: str, lang: str = "en") -> Iterator[Opened]:
    """`grade open WORDS` in this folder; in the end it has complained of nothing."""
    started = Opened(folder, *words, lang=lang)
    try:
        yield started
    finally:
        status, complaints = started.interrupt()
    assert (status, complaints) == (130, ""), (status, complaints)
