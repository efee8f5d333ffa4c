"""nbgrader's commands, and `grade` beside them, each in a process of its own, forked from one that has imported what
nbgrader needs: that takes three seconds, and most of these commands do little else."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

#: Each line on its standard input is a command; it answers with the exit status. What a command imports beyond that,
#: the grader itself, it imports anew, and it ends as any program does.
_PARENT = """
import json, os, runpy, sys
sys.modules["rfc3987_syntax"] = None  # see tests/conftest.py
import jupytext, nbgrader.apps.nbgraderapp

for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        os.chdir(asked["cwd"])
        os.environ.clear()
        os.environ.update(asked["env"])
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT), number)
        sys.argv = asked["words"]
        if asked["module"] == "nbgrader":
            sys.exit(nbgrader.apps.nbgraderapp.main())
        runpy.run_module(asked["module"], run_name="__main__", alter_sys=True)
        sys.exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@cache
def _parent() -> subprocess.Popen[str]:
    """It ends with this process, whose end closes its standard input."""
    command = [sys.executable, "-P", "-W", "ignore", "-c", _PARENT]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def run_forked(module: str, *words: str | Path, cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """As `python -m MODULE WORDS`, of `nbgrader` or `grader`, does it: its exit status, and what it printed."""
    parent = _parent()
    assert parent.stdin and parent.stdout
    with tempfile.TemporaryDirectory(prefix="grade-tests-printed-") as name:
        out, err = Path(name, "out"), Path(name, "err")
        asked = {
            "module": module,
            "words": [module, *map(str, words)],
            "cwd": str(cwd),
            "env": dict(env),
            "out": str(out),
            "err": str(err),
        }
        parent.stdin.write(json.dumps(asked) + "\n")
        parent.stdin.flush()
        status = int(parent.stdout.readline())
        return subprocess.CompletedProcess(asked["words"], status, out.read_text("utf-8"), err.read_text("utf-8"))
