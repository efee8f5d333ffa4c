"""Commands that tests run, each in a process of its own, forked from one that has imported PyTorch, as the warm server
does it: two imports, of the grader's and of its zygote's, are most of what a cold command costs, and few tests are
about them. Those start `python -m grader` themselves.

A scorer is forked as well, from the command that starts it, and a zygote is a clone of one that has run nothing.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from grader.boundary import launch
from tests import zygotes

ROOT = Path(__file__).parents[1]
#: What nbgrader's commands import, in three seconds, and most do little else.
NBGRADER = ("jupytext", "nbgrader.apps.nbgraderapp")

#: Each line on its standard input is a command, of which it answers the process id; or such an id, of which it answers
#: the exit status and the CPU seconds, at once where it is negative, then nothing if the command still runs.
_PARENT = """
import importlib, json, os, runpy, sys
from tests.forked_commands import become_ready, take_place

become_ready(json.loads(sys.argv[1]))
for line in sys.stdin:
    asked = json.loads(line)
    if isinstance(asked, int):
        pid, status, usage = os.wait4(abs(asked), 0 if asked > 0 else os.WNOHANG)
        print(*(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime) if pid else (), flush=True)
        continue
    for name in asked["imported"]:
        importlib.import_module(name)
    child = os.fork()
    if child == 0:
        take_place(asked)
        if asked["module"] == "nbgrader":
            sys.exit(sys.modules["nbgrader.apps.nbgraderapp"].main())
        runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
        sys.exit(0)
    print(child, flush=True)
"""


#: CPU seconds of each command so far.
spent: list[float] = []


@cache
def _parent() -> subprocess.Popen[str]:
    """It ends with this process, whose end closes its standard input. Its zygotes are clones of this process's."""
    controls = {kind: zygotes.take(kind)[1] for kind in (launch.WORKER, launch.READER)}
    numbers = {kind: control.fileno() for kind, control in controls.items()}
    command = [sys.executable, "-P", "-W", "ignore", "-c", _PARENT, json.dumps(numbers)]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    pipe = subprocess.PIPE
    parent = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, text=True, env=environ, cwd="/", pass_fds=[*numbers.values()]
    )
    for control in controls.values():
        control.close()
    return parent


def run_forked(
    module: str,
    *words: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    imported: tuple[str, ...] = (),
    package: Path | None = None,
    without: tuple[int, ...] = (),
    file_bytes: int = 0,
    check: bool = False,
    stdin: Path = Path(os.devnull),
) -> subprocess.CompletedProcess[str]:
    """As `python -P -m MODULE WORDS` does it: its exit status, and what it printed. stdin: a file.

    imported: modules that the process it is forked from imports first, if it has not. package: a folder with another
    `grader`, whose modules are imported anew, by its zygotes too. without: capabilities that it does not have.
    file_bytes: no file of it and of what it starts may grow beyond, unless 0.
    check: as of subprocess.run.
    """
    with tempfile.TemporaryDirectory(prefix="grade-tests-printed-") as name:
        out, err = Path(name, "out"), Path(name, "err")
        asked = _asked(module, words, cwd, env, imported) | {
            "in": str(stdin),
            "out": str(out),
            "err": str(err),
            "package": None if package is None else str(package),
            "without": without,
            "file_bytes": file_bytes,
        }
        status = Started(asked).wait()
        done = subprocess.CompletedProcess(asked["words"], status, out.read_text("utf-8"), err.read_text("utf-8"))
    if check and done.returncode:
        raise AssertionError(f"{done.args} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done


def start_forked(
    module: str,
    *words: str | Path,
    stdout: Path,
    stderr: Path,
    stdin: Path = Path(os.devnull),
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    imported: tuple[str, ...] = (),
) -> Started:
    """The same, beside the test, in a session of its own. stdout, stderr, stdin: files; if these are a terminal, it is
    the session's."""
    streams = {"in": str(stdin), "out": str(stdout), "err": str(stderr)}
    return Started({**_asked(module, words, cwd, env, imported), **streams, "session": True})


def _asked(
    module: str, words: Iterable[str | Path], cwd: Path | None, env: Mapping[str, str] | None, imported: tuple[str, ...]
) -> dict[str, Any]:
    """What every command is asked for with."""
    environ = dict(os.environ if env is None else env)
    own = {"module": module, "words": [module, *map(str, words)], "imported": imported}
    return {**own, "cwd": str(cwd or Path.cwd()), "env": environ}


class Started:
    """A command that runs: as much of a subprocess.Popen as tests ask of one."""

    def __init__(self, asked: Mapping[str, Any]) -> None:
        self._parent = _parent()
        self.returncode: int | None = None
        self.pid = int(self._answer(asked))

    def poll(self) -> int | None:
        return self._ended(self._answer(-self.pid)) if self.returncode is None else self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its exit status. Raises subprocess.TimeoutExpired. timeout: in seconds."""
        if timeout is None and self.returncode is None:
            self._ended(self._answer(self.pid))
        end = time.monotonic() + (timeout or 0)
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
            time.sleep(0.02)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _ended(self, answer: str) -> int | None:
        if answer:
            status, seconds = answer.split()
            spent.append(float(seconds))
            self.returncode = int(status)
        return self.returncode

    def _answer(self, asked: Mapping[str, Any] | int) -> str:
        assert self._parent.stdin and self._parent.stdout
        self._parent.stdin.write(json.dumps(asked) + "\n")
        self._parent.stdin.flush()
        try:
            return self._parent.stdout.readline().strip()
        except BaseException:  # the test's time is over: the next command must not get this one's answer
            self._parent.kill()
            _parent.cache_clear()
            raise
