"""The confined reader: what it finds is what was there, what it costs is bounded, and it is as confined as a worker."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import LimitError, SubmissionError
from grader.reader import client
from grader.reader.client import Reader
from grader.source_line import SourceLine
from grader.submission.examine import InProcess
from grader.submission.model import Chunk, Demands, Submission
from grader.submission.read import read_submission
from tests.nbgrader.notebooks import book, cell

SOURCE = """\
import torch
from helper import part

def sigmoid(x):
    return torch.sigmoid(x)

def slow(xs):
    return [part(x) for x in xs]
"""
DEMANDS = Demands(("sigmoid", "slow", "missing"), ("torch.sigmoid",))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "helper.py").write_text("import deeper\ndef part(x): return x\n")
    (tmp_path / "deeper.py").write_text("y = 1\n")
    (tmp_path / "unused.py").write_text("z = 1\n")
    (tmp_path / "a.py").write_text(SOURCE)
    return tmp_path / "a.py"


def pid_of(reader: Reader) -> int:
    process = reader._process
    assert process is not None
    return int(process._pid)  # type: ignore[attr-defined]


def status_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_it_finds_what_is_found_without_it(reader: Reader, path: Path) -> None:
    read = [read_submission(path, slug="a", parser=parser) for parser in (reader, InProcess())]
    assert read[0].companions.keys() == {"helper.py", "deeper.py"}
    assert [(one.chunks, one.companions, one.sha256) for one in read] == [
        (read[1].chunks, read[1].companions, read[1].sha256)
    ] * 2
    found, alone = reader.examine(read[0], DEMANDS), InProcess().examine(read[1], DEMANDS)
    assert (found.missing, found.forbidden, found.excerpts) == (alone.missing, alone.forbidden, alone.excerpts)
    assert found.missing is not None and found.forbidden.keys() == {"sigmoid"} and found.seconds > 0
    assert (
        reader.loops(read[0], "slow")
        == InProcess().loops(read[1], "slow")
        == (SourceLine(8, "    return [part(x) for x in xs]", "slow"),)
    )


def test_a_notebook_whose_second_cell_is_no_python(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(book(*map(cell, ("x = 1\ny = 2", "x = = 1", "def sigmoid(x): return x"))))
    submission = read_submission(path, slug="a", parser=reader)
    assert [(chunk.label, chunk.first_line) for chunk in submission.chunks] == [("1", 1), ("2", 3), ("3", 4)]
    found = reader.examine(submission, DEMANDS)
    assert [chunk.label for chunk in found.submission.chunks] == ["1", "3"] and len(found.submission.notes) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"def f(:\n",
        b"\xff\xfe",
        b"x\0",
        b"",
        b"# coding: rot13\n",
        b"x = " + b"(" * 500,
        b'{"nbformat": 4, "cells": []}',
        b"x = '" + b"a" * 200_000,
        "x = 1\n数 = ＝ 2".encode("gbk"),
        b"# coding: gbk\nx = 1 2\n",
    ],
)
def test_what_is_no_python_is_told_as_without_it(reader: Reader, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(content)
    told = []
    for parser in (reader, InProcess()):
        with pytest.raises(SubmissionError) as caught:
            parser.examine(read_submission(path, slug="a", parser=parser), DEMANDS)
        assert not isinstance(caught.value, LimitError)
        told.append(caught.value.message)
    assert told[0] == told[1]


def test_it_is_confined_and_knows_nothing(reader: Reader, path: Path) -> None:
    read_submission(path, slug="a", parser=reader)
    status = status_of(pid_of(reader))
    assert (status["NoNewPrivs"], status["Seccomp"], status["CapEff"]) == ("1", "2", "0" * 16)
    assert status["Threads"] == "1" and int(status["VmRSS"].split()[0]) < 200_000, "PyTorch is not imported there"
    assert b"torch" not in Path(f"/proc/{pid_of(reader)}/maps").read_bytes()
    assert Path(f"/proc/{pid_of(reader)}/environ").read_bytes().count(b"=") < 12
    open_files = [os.readlink(link) for link in Path(f"/proc/{pid_of(reader)}/fd").iterdir()]
    assert all(name.startswith(("socket:", "pipe:", "/dev/null")) for name in open_files), open_files


def test_one_reader_serves_all_and_another_one_after_a_limit(
    path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_submission(path, slug="a", parser=reader)
    first = pid_of(reader)
    submission = read_submission(path, slug="a", parser=reader)
    assert pid_of(reader) == first
    reader.begin(0.5)
    os.kill(first, signal.SIGSTOP)
    begun = time.monotonic()
    with pytest.raises(LimitError, match=r"within 0\.5 s"):
        reader.examine(submission, DEMANDS)
    assert time.monotonic() - begun < 5
    assert read_submission(path, slug="a", parser=reader).chunks and pid_of(reader) != first


def test_killed_by_somebody_else_it_starts_anew(reader: Reader, path: Path) -> None:
    submission = read_submission(path, slug="a", parser=reader)
    first = pid_of(reader)
    os.kill(first, signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (first, signal.SIGKILL)).start()
    assert reader.examine(submission, DEMANDS).missing is not None and pid_of(reader) != first


def test_too_much_memory_is_the_submissions_limit(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "MEMORY_MB", 60)
    reader = Reader()
    try:
        many = Submission(name="a.py", sha256="", chunks=(Chunk(None, "x = [" + "a + b, " * 60_000 + "]\n", 1),))
        with pytest.raises(LimitError, match="more than 60 MB of memory"):
            reader.examine(many, DEMANDS)
        assert read_submission(path, slug="a", parser=reader).chunks
    finally:
        reader.close()


def test_cpu_time_is_limited_whatever_the_clock_says(path: Path, reader: Reader) -> None:
    """SIGXCPU, as the kernel sends it."""
    submission = read_submission(path, slug="a", parser=reader)
    first = pid_of(reader)
    os.kill(first, signal.SIGSTOP)
    threading.Timer(0.2, lambda: (os.kill(first, signal.SIGXCPU), os.kill(first, signal.SIGCONT))).start()
    with pytest.raises(LimitError, match="within 10 s"):
        reader.examine(submission, DEMANDS)


def test_a_plain_process_reads_as_well(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no zygote can fork: macOS."""
    monkeypatch.setenv("GRADE_WORKER", "plain")
    reader = Reader()
    try:
        found = reader.examine(read_submission(path, slug="a", parser=reader), DEMANDS)
        assert found.forbidden.keys() == {"sigmoid"}
    finally:
        reader.close()
