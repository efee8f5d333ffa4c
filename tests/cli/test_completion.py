"""The Tab key, in real shells: each is asked as its user's key would ask it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pexpect
import pytest

from grader.cli.verb_table import VERBS
from tests.cli.conftest import Grade
from tests.programs import program

ROOT = Path(__file__).parents[2]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """With a `grade` of this checkout on PATH."""
    command = tmp_path / "bin/grade"
    command.parent.mkdir()
    command.write_text(
        f"#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -c 'from grader.start import main; main()' \"$@\"\n",
        "utf-8",
    )
    command.chmod(0o755)
    return {
        "PATH": f"{command.parent}:{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "GRADE_COURSE": str(ROOT),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
        "GRADE_LANG": "en",
    }


def asked(environ: dict[str, str], *words: str) -> list[str]:
    """What bash is answered when Tab is pressed after these words; the last one is unfinished."""
    line = " ".join(["grade", *words])
    told = {"COMP_WORDS": line, "COMP_CWORD": str(len(words)), "_GRADE_COMPLETE": "bash_complete"}
    run = subprocess.run(["grade"], env={**environ, **told}, capture_output=True, text=True, check=True)
    assert run.stderr == ""
    return [line.partition(",")[2] or line for line in run.stdout.splitlines()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("exercise1",), [f"exercise{number}" for number in range(10, 20)]),
        (("sigm",), ["sigmoid_derivative"]),
        (("hint", "exercise03"), ["exercise03"]),
        (("exercise03", "--lang", "z"), ["zh-CN"]),
        (("generate", "--as", "n"), ["nbgrader"]),
        (("--jso",), ["--json"]),
        (("exercise03", "x"), ["x"]),
        (("completion", ""), ["bash", "zsh", "fish"]),
        (("nonsense",), []),
        (("hint", "--course", "/nowhere", "ex"), []),
    ],
)
def test_what_is_proposed(environ: dict[str, str], words: tuple[str, ...], expected: list[str]) -> None:
    assert [word for word in asked(environ, *words) if word] == expected


def test_the_first_word_is_a_verb_or_an_exercise(environ: dict[str, str]) -> None:
    proposed = asked(environ, "")
    assert proposed[: len(VERBS)] == list(VERBS) and "exercise03" in proposed


@pytest.mark.slow
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_tab_completes_an_exercise(shell: str, environ: dict[str, str]) -> None:
    path = program(shell)
    if shell == "bash":
        flags, setup = ["--norc", "-i"], 'eval "$(grade completion bash)"'
    elif shell == "zsh":
        flags, setup = ["-f", "-i"], 'autoload -U compinit; compinit -u; eval "$(grade completion zsh)"'
    else:
        flags, setup = ["--no-config", "-i"], "grade completion fish | source"
    child = pexpect.spawn(path, flags, env={**environ, "TERM": "xterm"}, encoding="utf-8", timeout=30)
    child.sendline(f"{setup}; echo rea''dy")
    child.expect("ready")
    child.send("echo grade; : grade_; grade sigmoid_d\t")
    child.expect("grade sigmoid_derivative")
    child.close(force=True)


def test_a_shell_that_is_not_known(grade: Grade) -> None:
    run = grade("completion", "tcsh")
    assert run.returncode == 2 and run.stderr == "grade: Completion is made for bash, zsh, fish, not for tcsh.\n"
