"""Whatever a file holds, and whatever stands in a file's place: a clear line, the right exit status, nothing left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from grader.cli.main import run
from grader.course.find import find_exercise
from grader.course.model import Course
from grader.course.stub import cut_stub
from grader.report.layout import cells
from grader.report.views import exit_status
from grader.result import Result
from tests.bad_input import ROOT, SEED, SUBMISSIONS, check, graded, report, session_members, short_course
from tests.forked import run_forked

GOLDEN = ROOT / "tests" / "golden"
CASES: dict[str, dict[str, Any]] = tomllib.loads((GOLDEN / "cases.toml").read_text("utf-8"))["cases"]
#: Checks that do not call tanh_grad.
OTHERS = ("sigmoid", "tanh", "sigmoid_grad", "tanh_from_sigmoid", "saturation", "gradient")
#: Whose terminal reports are kept in both languages, to be looked at. GRADE_GOLDEN=write writes them anew.
SHOWN = (
    "syntax_error",
    "import_error",
    "sys_exit_while_loading",
    "missing_name",
    "raises",
    "loops_in_python",
    "prints_much",
)

#: Who go on until a limit of theirs ends them.
LONG = frozenset(
    {
        "sys_exit_while_loading",
        "loops_while_loading",
        "forks",
        "one_huge_file",
        "recursion_without_limit",
        "closes_every_descriptor",
        "loops_in_python",
        "loops_in_c",
        "sleeps",
        "swallows_every_exception",
        "ignores_signals",
        "two_endless_loops",
        "prints_without_end",
        "allocates_without_end",
        "allocates_a_list",
        "threads_without_end",
        "fills_the_disk",
        "folders_without_end",
    }
)


def marked(names: Iterable[str]) -> list[Any]:
    """As parameters."""
    return [pytest.param(name, marks=pytest.mark.slow) if name in LONG else name for name in names]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return short_course(tmp_path_factory.mktemp("bad input") / "course")


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest, course: Course, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Result]:
    """The results of the cases that were selected, of a right answer in every dress and of the stub, by the files'
    names without their ends, graded in one go; no scratch folder is left."""
    names = {
        item.callspec.params["case"]
        for item in request.session.items
        if "case" in getattr(getattr(item, "callspec", None), "params", {})
    }
    files = [SUBMISSIONS / f"{name}.py" for name in sorted(names & CASES.keys())]
    files += _dresses(tmp_path_factory.mktemp("dresses"))
    files.append(tmp_path_factory.mktemp("stub") / "stub.py")
    files[-1].write_text(cut_stub(find_exercise(course, "3"), ("en",)), "utf-8")
    place = tmp_path_factory.mktemp("scratch")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(place))
        found = graded(course, files)
    assert not list(place.iterdir())
    return {path.stem: result for path, result in found.items()}


def test_every_submission_has_a_row() -> None:
    assert {path.stem for path in SUBMISSIONS.glob("*.py")} - {"forbidden_helper"} == set(CASES)


@pytest.mark.parametrize("case", marked(CASES))
def test_case(case: str, results: dict[str, Result]) -> None:
    wanted, result = CASES[case], results[case]
    spoilt = check(result, "tanh_grad")
    assert (exit_status(result), result.status, result.score, spoilt.verdict) == (
        wanted["exit"],
        wanted["status"],
        wanted["score"],
        wanted["tanh_grad"],
    ), spoilt.message
    if wanted["score"] == 6.5:
        assert all(check(result, name).passed for name in OTHERS)
    texts = [text for text in (result.message, spoilt.message, *result.notes) if text is not None]
    for tag, fragment in (("en", wanted.get("en", "")), ("zh-CN", wanted.get("zh", ""))):
        assert not fragment or any(fragment in text[tag] for text in texts), texts


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("case", marked(CASES))
def test_report(case: str, language: str, results: dict[str, Result]) -> None:
    text = report(results[case], language)
    assert "Traceback" not in text and "\x1b" not in text
    text.encode()
    assert max(map(cells, text.replace(str(SUBMISSIONS), "").splitlines())) <= 80


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("case", marked(SHOWN))
def test_golden(case: str, language: str, results: dict[str, Result]) -> None:
    shown = msgspec.structs.replace(results[case], seconds=0.1, submission=f"{case}.py")
    text = report(shown, language)
    kept = GOLDEN / f"{case}.{language}.txt"
    if os.environ.get("GRADE_GOLDEN") == "write":
        kept.write_text(text, "utf-8")
    assert text == kept.read_text("utf-8")


@pytest.mark.parametrize("case", ["prints_in_hidden_checks"])
def test_what_a_hidden_check_prints_is_not_shown(case: str, results: dict[str, Result]) -> None:
    assert set(results[case].stdout.splitlines()) == {"visible shape"}


# -- what stands in a file's place -------------------------------------------------------------------------------------

RIGHT = (SUBMISSIONS / "right.py").read_bytes()


def _dresses(folder: Path) -> list[Path]:
    """Files that hold the right answer, in every dress."""
    real = folder / "right.py"
    real.write_bytes(RIGHT)
    odd = folder / "我的 作业 (最终版)" / "sigmoid 导数.py"
    odd.parent.mkdir()
    odd.write_bytes(RIGHT)
    (folder / "windows.py").write_bytes(RIGHT.replace(b"\n", b"\r\n"))
    (folder / "bom.py").write_bytes(b"\xef\xbb\xbf" + RIGHT)
    (folder / "gbk.py").write_bytes("# -*- coding: gbk -*-\n# 双曲正切的导数\n".encode("gbk") + RIGHT)
    (folder / "link.py").symlink_to(real)
    cell = {"cell_type": "code", "source": RIGHT.decode(), "metadata": {}, "outputs": [], "execution_count": None}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    (folder / "book.ipynb").write_text(json.dumps(notebook))
    return [odd, *(folder / name for name in ("windows.py", "bom.py", "gbk.py", "link.py", "book.ipynb"))]


def test_a_right_answer_in_every_dress(results: dict[str, Result]) -> None:
    names = ("sigmoid 导数", "windows", "bom", "gbk", "link", "book")
    assert {name: results[name].score for name in names} == dict.fromkeys(names, 10)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 << 20)


#: Name → what makes it, the exit status, and what is said in English and in Chinese.
PLACES: dict[str, tuple[Any, int, str, str]] = {
    "none.py": (lambda path: None, 2, "there is no file", "没有"),
    "folder.py": (Path.mkdir, 2, "is a folder", "文件夹"),
    "empty.py": (Path.touch, 3, "is empty; was it saved?", "空"),
    "pipe.py": (os.mkfifo, 3, "is a pipe", "管道"),
    "zero.py": (lambda path: path.symlink_to("/dev/zero"), 3, "is a device", "设备"),
    "gone.py": (lambda path: path.symlink_to("nowhere"), 2, "leads to no file", "链接"),
    "huge.py": (_sparse, 3, "200.0 MiB; at most 1 MiB", "200.0 MiB"),
    "no_book.ipynb": (lambda path: path.write_text("x = 1"), 3, "isn't JSON", "JSON"),
    "gbk.py": (lambda path: path.write_bytes("# 导数\n".encode("gbk")), 3, "saved as GBK", "GBK"),
    "binary.py": (lambda path: path.write_bytes(b"\x7fELF\0\0"), 3, "null bytes", "空字节"),
    "words.txt": (lambda path: path.write_text("x = 1"), 3, "neither a .py file nor", ".ipynb"),
}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("name", PLACES)
def test_what_stands_in_a_files_place(
    name: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make, status, *told = PLACES[name]
    make(tmp_path / name)
    monkeypatch.setattr("sys.stdout.reconfigure", lambda **_: None, raising=False)
    monkeypatch.setattr("sys.stderr.reconfigure", lambda **_: None, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    words = ["exercise03", str(tmp_path / name), "--course", str(ROOT), "--lang", language]
    assert run(words, os.environ) == status
    out, err = capsys.readouterr()
    assert _joined(told[language != "en"]) in _joined(out + err)
    assert "Traceback" not in err


def _joined(text: str) -> str:
    """Without blanks and line ends, since a report breaks its lines."""
    return "".join(text.split())


def test_no_such_exercise(capsys: pytest.CaptureFixture[str]) -> None:
    for language, told in (("en", "Did you mean exercise03 (sigmoid_derivative)"), ("zh-CN", "exercise03")):
        assert run(["sigmoid_derivativ", "--course", str(ROOT), "--lang", language], os.environ) == 2
        assert told in capsys.readouterr().err


def test_an_untouched_stub(results: dict[str, Result]) -> None:
    result = results["stub"]
    assert (result.status, result.score, exit_status(result)) == ("graded", 0, 1)
    assert {one.verdict for one in result.checks} == {"not_implemented"}
    for language, told in (("en", "Next: write sigmoid in"), ("zh-CN", "sigmoid")):
        assert told in report(result, language)


# -- the real command --------------------------------------------------------------------------------------------------

COMMANDED = ("right", "syntax_error")
SLOW = ("loops_in_python", "closes_every_descriptor", "segfault", "fills_the_disk")
#: What these leave is seen in the above; how their results are printed takes no cold start.
PRINTED = (
    "os_exit",
    "forges_frames",
    "surrogates_in_an_exception",
    "escape_codes",
    "sys_exit_while_loading",
    "prints_without_end",
)


@pytest.fixture
def command(course: Course, tmp_path: Path) -> Iterator[Any]:
    """Runs `python -m grader` in a session of its own; afterwards nothing of it may be left."""
    scratch = tmp_path / "tmp"
    scratch.mkdir()
    environ = {**os.environ, "TMPDIR": str(scratch), "COLUMNS": "80", "PYTHONPATH": str(ROOT)}

    def start(*words: str, interrupted_after: float | None = None) -> tuple[int, str, str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "grader", "exercise03", *words, "--course", str(course.folder), "--seed", str(SEED)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environ,
            cwd=tmp_path,
            start_new_session=True,
            # Whoever runs the tests in the background has it ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        if interrupted_after is not None:
            time.sleep(interrupted_after)
            os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
        end = time.monotonic() + 5
        while (left := session_members(process.pid)) and time.monotonic() < end:
            time.sleep(0.02)
        assert not left
        assert not list(scratch.iterdir())
        assert "Traceback" not in err
        return process.returncode, out, err

    yield start


@pytest.mark.parametrize("name", [*COMMANDED, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def test_the_command(name: str, command: Any, course: Course) -> None:
    """As most tests run it, forked, it gives the same result."""
    status, out, err = command(str(SUBMISSIONS / f"{name}.py"), "--json", "-")
    expect_result(name, status, out, err)
    done = forked_command(name, course)
    assert json.loads(done.stdout) | {"seconds": 0} == json.loads(out) | {"seconds": 0}
    assert (done.returncode, done.stderr) == (status, err)


@pytest.mark.slow
@pytest.mark.parametrize("name", PRINTED)
def test_what_the_command_prints(name: str, course: Course) -> None:
    done = forked_command(name, course)
    assert "Traceback" not in done.stderr
    expect_result(name, done.returncode, done.stdout, done.stderr)


def forked_command(name: str, course: Course) -> subprocess.CompletedProcess[str]:
    """`grade exercise03 FILE --json -`."""
    words = ("exercise03", SUBMISSIONS / f"{name}.py", "--json", "-", "--course", course.folder, "--seed", str(SEED))
    return run_forked("grader", *words)


def expect_result(name: str, status: int, out: str, err: str) -> None:
    """As the case is meant, and nothing on standard error."""
    wanted, result = CASES[name], json.loads(out)
    assert (status, result["status"], result["score"], err) == (wanted["exit"], wanted["status"], wanted["score"], "")
    assert wanted.get("en", "") in out.replace("\\\\", "\\") and wanted.get("zh", "") in out.replace("\\\\", "\\")


@pytest.mark.slow
@pytest.mark.parametrize(("language", "told"), [("en", "a loop that never ends"), ("zh-CN", "停不下来的循环")])
def test_the_commands_report(language: str, told: str, course: Course) -> None:
    words = ("exercise03", SUBMISSIONS / "loops_in_c.py", "--lang", language, "--course", course.folder)
    done = run_forked("grader", *words, "--seed", str(SEED), env=os.environ | {"COLUMNS": "80"})
    assert (done.returncode, done.stderr) == (1, "") and _joined(told) in _joined(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [2.0])
def test_ctrl_c(seconds: float, command: Any, tmp_path: Path) -> None:
    waits = tmp_path / "waits.py"
    slow = "\n_quick = sigmoid\ndef sigmoid(x):\n    time.sleep(0.4)\n    return _quick(x)\n"
    waits.write_text("import time\nfor _ in range(19):\n    time.sleep(0.1)\n" + RIGHT.decode() + slow)
    status, out, err = command(str(waits), "--lang", "en", interrupted_after=seconds)
    assert (status, out, err) == (130, "", "grade: Stopped before the end; nothing was graded.\n")
