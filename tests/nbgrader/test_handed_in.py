"""timestamp.txt lies where students may write: whatever stands there is a time or none, and costs nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from grader.nbgrader.record import handed_in_at


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"2026-01-02 03:04:05 UTC\n")
        file.truncate(1 << 34)


def _link(path: Path) -> None:
    (path.parent / "elsewhere").write_text("2026-01-02 03:04:05 UTC\n")
    path.symlink_to("elsewhere")


@pytest.fixture
def stamp(tmp_path: Path) -> Path:
    folder = tmp_path / "submitted/ada/exercise03"
    folder.mkdir(parents=True)
    return folder / "timestamp.txt"


@pytest.mark.parametrize(
    "text", ["2026-01-02 03:04:05 UTC\n", "2026-01-02 03:04:05.000000 UTC", "2026-01-02T04:04:05+01:00"]
)
def test_a_time(stamp: Path, text: str) -> None:
    stamp.write_text(text)
    assert handed_in_at(stamp.parent) == datetime(2026, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: None,
        os.mkfifo,
        os.mkdir,
        _huge,
        _link,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        lambda path: path.write_text("tomorrow"),
        lambda path: path.write_text("9" * 199),
        lambda path: path.write_text(" \n"),
    ],
    ids=["none", "pipe", "folder", "16 GiB", "link", "device", "no text", "no time", "digits", "blank"],
)
def test_no_time(stamp: Path, make: Callable[[Path], object]) -> None:
    make(stamp)
    assert handed_in_at(stamp.parent) is None
