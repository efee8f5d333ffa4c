from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.boundary import forked
from grader.boundary.scratch import Scratch


def _deep(folder: str, levels: int) -> None:
    """Folders in folders, far beyond what a path can name, with a file at the bottom."""
    place = os.open(folder, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
    os.close(os.open("bottom", os.O_CREAT | os.O_WRONLY, dir_fd=place))
    os.close(place)


def test_emptied_and_filled_anew() -> None:
    scratch = Scratch()
    scratch.fill({"a.py": b"1", "b.py": b"2"})
    (scratch.path / "left").mkdir()
    (scratch.path / "left" / "file").write_text("x")
    (scratch.path / "link").symlink_to("/etc")
    (scratch.path / "a.py").chmod(0)
    scratch.fill({"c.py": b"3"})
    assert [entry.name for entry in scratch.path.iterdir()] == ["c.py"]
    assert scratch.path.stat().st_mode & 0o777 == 0o700 and os.path.isdir("/etc")
    scratch.remove()
    assert not scratch.path.exists()
    scratch.remove()


def test_folders_without_end() -> None:
    scratch = Scratch()
    _deep(str(scratch.path), 2100)
    assert forked._size(str(scratch.path)) > forked.MAX_SCRATCH_BYTES
    scratch.remove()
    assert not scratch.path.exists()


def test_locked_folders() -> None:
    scratch = Scratch()
    inner = scratch.path / "a" / "b" / "c"
    inner.mkdir(parents=True)
    (inner / "file").write_text("x")
    for folder in (inner, inner.parent, inner.parent.parent, scratch.path):
        folder.chmod(0)
    scratch.remove()
    assert not scratch.path.exists()


def test_every_file_counts_as_a_block_at_least() -> None:
    scratch = Scratch()
    assert forked._size(str(scratch.path)) == 0
    scratch.fill({f"{number}": b"" for number in range(10)})
    (scratch.path / "big").write_bytes(bytes(10_000))
    assert 10 * forked.BLOCK + 10_000 <= forked._size(str(scratch.path)) <= 12 * forked.BLOCK + 10_000
    scratch.remove()


@pytest.mark.parametrize("place", ["", ".", "mine"])
def test_no_folder_of_somebody_else_is_emptied(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/work.py").touch()
    monkeypatch.chdir(tmp_path)
    for path in (Path(place), tmp_path / place):
        with pytest.raises(ValueError, match="no empty folder"):
            Scratch(path)
    assert (tmp_path / "mine/work.py").exists()
