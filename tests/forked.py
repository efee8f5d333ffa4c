"""Commands that tests run, each in a process of its own, forked from one that has imported PyTorch, as the warm server
does it: two imports, of the grader's and of its zygote's, are most of what a cold command costs, and few tests are
about them. Those start `python -m grader` themselves.

A scorer is forked as well, from the command that starts it, and a zygote is a clone of one that has run nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: What nbgrader's commands import, in three seconds, and most do little else.
NBGRADER = ("jupytext", "nbgrader.apps.nbgraderapp")

#: Each line on its standard input is a command; it answers with the exit status and the CPU seconds.
_PARENT = """
import json, os, runpy, sys
from tests.forked_commands import become_ready, take_place

become_ready(sys.argv[1:])
for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        take_place(asked)
        if asked["module"] == "nbgrader":
            sys.exit(sys.modules["nbgrader.apps.nbgraderapp"].main())
        runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
        sys.exit(0)
    _, status, usage = os.wait4(child, 0)
    print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, flush=True)
"""


#: CPU seconds of each command so far.
spent: list[float] = []


@cache
def _parent(*modules: str) -> subprocess.Popen[str]:
    """It ends with this process, whose end closes its standard input. modules: what it imports beyond the grader."""
    command = [sys.executable, "-P", "-W", "ignore", "-c", _PARENT, *modules]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environ, cwd="/")


def run_forked(
    module: str,
    *words: str | Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    imported: tuple[str, ...] = (),
    package: Path | None = None,
    without: tuple[int, ...] = (),
    check: bool = False,
    stdin: Path = Path(os.devnull),
) -> subprocess.CompletedProcess[str]:
    """As `python -P -m MODULE WORDS` does it: its exit status, and what it printed. stdin: a file.

    imported: modules that the process it is forked from has imported. package: a folder with another `grader`, whose
    modules are imported anew, by its zygotes too. without: capabilities that it does not have.
    check: as of subprocess.run.
    """
    parent = _parent(*imported)
    assert parent.stdin and parent.stdout
    with tempfile.TemporaryDirectory(prefix="grade-tests-printed-") as name:
        out, err = Path(name, "out"), Path(name, "err")
        asked = {
            "module": module,
            "words": [module, *map(str, words)],
            "cwd": str(cwd or Path.cwd()),
            "env": dict(os.environ if env is None else env),
            "in": str(stdin),
            "out": str(out),
            "err": str(err),
            "package": None if package is None else str(package),
            "without": without,
        }
        parent.stdin.write(json.dumps(asked) + "\n")
        parent.stdin.flush()
        try:
            status, seconds = parent.stdout.readline().split()
        except BaseException:  # the test's time is over: the next command must not get this one's answer
            parent.kill()
            _parent.cache_clear()
            raise
        spent.append(float(seconds))
        done = subprocess.CompletedProcess(asked["words"], int(status), out.read_text("utf-8"), err.read_text("utf-8"))
    if check and done.returncode:
        raise AssertionError(f"{done.args} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done
