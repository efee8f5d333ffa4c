"""Walking a folder from a descriptor: nothing that is put in a component's place leads anywhere else."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.errors import GradeError, SubmissionError, UsageError
from grader.submission.folder import MOST_FILES, Entry, OpenFolder, read_below
from grader.text import render
from tests.reading import read_submission

OWN, OTHERS = b"def f(x): return x\n", b"secret = 1\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two students: eve, whose folders the tests change, and anna, whose work she must not reach."""
    for student, content in (("eve", OWN), ("anna", OTHERS)):
        folder = tmp_path / "class" / student / "exercise03"
        folder.mkdir(parents=True)
        (folder / "f.py").write_bytes(content)
    return tmp_path / "class"


def refused(ask: Callable[[], object]) -> str:
    with pytest.raises(GradeError) as caught:
        ask()
    assert type(caught.value) in (UsageError, SubmissionError)
    return str(caught.value)


def test_it_lists_and_reads(root: Path) -> None:
    folder = root / "eve/exercise03"
    os.mkfifo(folder / "pipe.py")
    (folder / "away").symlink_to(root / "anna")
    (folder / "sub").mkdir()
    with OpenFolder.at(root) as top, top.below(["eve", "exercise03"]) as inside:
        assert inside.entries(4) == [
            Entry("away", "link"),
            Entry("f.py", "file"),
            Entry("pipe.py", "other"),
            Entry("sub", "folder"),
        ]
        assert inside.entries(4) == inside.entries(4)
        assert inside.read("f.py", 100) == OWN
        assert f"{folder} holds more than 3 files" in refused(lambda: inside.entries(3))
        assert "is a pipe" in refused(lambda: inside.read("pipe.py", 100))
        assert "hand in the file itself" in refused(lambda: inside.read("away", 100))
        assert "give the file in it" in refused(lambda: inside.read("sub", 100))
        assert "there is no file" in refused(lambda: inside.read("none.py", 100))
        assert "at most" in refused(lambda: inside.read("f.py", 3))


@pytest.mark.parametrize("name", ["", ".", "..", "../../anna", "a/b", "a\0b", "\ud800", "x" * 300])
def test_a_name_that_is_no_component_leads_nowhere(root: Path, name: str) -> None:
    with OpenFolder.at(root) as top, top.folder("eve") as eve:
        refused(lambda: eve.folder(name))
        refused(lambda: eve.read(name, 100))


@pytest.mark.parametrize("place", ["eve", "eve/exercise03", "eve/exercise03/f.py"])
def test_a_link_at_any_depth_is_refused(root: Path, place: str) -> None:
    path = root / place
    path.rename(root.parent / "old")
    path.symlink_to(root / place.replace("eve", "anna"))
    assert "link" in refused(lambda: read_below(root, Path("eve/exercise03/f.py"), 100))


def test_the_root_itself_may_be_a_link(root: Path) -> None:
    (root.parent / "here").symlink_to(root)
    assert read_below(root.parent / "here", Path("eve/exercise03/f.py"), 100) == OWN
    assert "is no folder" in refused(lambda: OpenFolder.at(root / "none"))
    assert "is no folder" in refused(lambda: OpenFolder.at(root / "eve/exercise03/f.py"))


def test_what_is_open_stays_what_it_was(root: Path) -> None:
    """Swapped after the folder was opened: the file that was there is read, not what the link leads to."""
    with OpenFolder.at(root) as top, top.below(["eve", "exercise03"]) as inside:
        (root / "eve").rename(root / "moved")
        (root / "eve").symlink_to(root / "anna")
        assert inside.read("f.py", 100) == OWN


def test_swapped_again_and_again_it_never_reads_anothers_file(root: Path) -> None:
    aside, eve = root.parent / "aside", root / "eve/exercise03"
    ended = threading.Event()

    def swap() -> None:
        while not ended.is_set():
            eve.rename(aside)
            eve.symlink_to(root / "anna/exercise03")
            eve.unlink()
            aside.rename(eve)
            # On one core both threads else take turns, a step each, and a file is never there for a whole read.
            time.sleep(random.random() / 1000)

    thread = threading.Thread(target=swap)
    thread.start()
    seen = set()
    end = time.monotonic() + 1
    try:
        while time.monotonic() < end:
            try:
                seen.add(read_submission(Path("eve/exercise03/f.py"), slug="f", root=root).chunks[0].source.encode())
            except GradeError as error:
                seen.add(str(error).encode())
    finally:
        ended.set()
        thread.join()
    assert OWN in seen and not any(OTHERS in one for one in seen)
    assert len(seen) > 1


@pytest.mark.parametrize("place", ["eve", "eve/exercise03"])
def test_pipes_files_and_nothing_in_place_of_a_folder(root: Path, place: str) -> None:
    path = root / place
    path.rename(root.parent / "old")
    ask = lambda: read_below(root, Path("eve/exercise03/f.py"), 100)  # noqa: E731
    assert f"{path} is no longer there" in refused(ask)
    path.write_text("a file")
    assert f"{path} is no longer a folder" in refused(ask)
    path.unlink()
    os.mkfifo(path)
    assert f"{path} is no longer a folder" in refused(ask)


@pytest.mark.parametrize("place", ["eve", "eve/exercise03", "eve/exercise03/f.py"])
def test_what_may_not_be_read_is_said(root: Path, place: str) -> None:
    (root / place).chmod(0)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.chdir(root)  # folders of tests are open to their owner alone
            if os.geteuid() == 0:
                os.setuid(65534)
            os.write(writer, refused(lambda: read_below(Path(), Path("eve/exercise03/f.py"), 100)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    told = os.read(reader, 4096).decode()
    os.waitpid(child, 0)
    os.close(reader)
    (root / place).chmod(0o700)
    assert told == f"{place} may not be read; check its permissions"


def test_a_path_longer_than_the_system_takes(tmp_path: Path) -> None:
    """Made and read component by component, as whoever means harm would make it."""
    here = os.open(tmp_path, os.O_RDONLY)
    names = ["d" * 250] * 20
    try:
        for name in names:
            os.mkdir(name, dir_fd=here)
            here, old = os.open(name, os.O_RDONLY, dir_fd=here), here
            os.close(old)
        with open(os.open("f.py", os.O_WRONLY | os.O_CREAT, dir_fd=here), "wb") as file:
            file.write(OWN)
    finally:
        os.close(here)
    assert read_below(tmp_path, Path(*names, "f.py"), 100) == OWN


def test_companions_come_by_the_same_descriptor_and_have_a_bound(root: Path) -> None:
    folder = root / "eve/exercise03"
    (folder / "f.py").write_text("import helper, other\n")
    (folder / "helper.py").write_text("x = 1\n")
    (folder / "other.py").symlink_to(root / "anna/exercise03/f.py")
    read = read_submission(Path("eve/exercise03/f.py"), slug="f", root=root)
    assert read.companions == {"helper.py": b"x = 1\n"}
    for number in range(MOST_FILES):
        (folder / str(number)).touch()
    read = read_submission(Path("eve/exercise03/f.py"), slug="f", root=root)
    assert read.companions == {} and f"holds more than {MOST_FILES} files" in render(read.notes[0], "en")


def test_no_descriptor_is_left_open(root: Path) -> None:
    def count() -> int:
        return len(os.listdir("/proc/self/fd"))

    before = count()
    for _ in range(3):
        read_below(root, Path("eve/exercise03/f.py"), 100)
        refused(lambda: read_below(root, Path("eve/exercise99/f.py"), 100))
        refused(lambda: read_below(root, Path("eve/exercise03/none.py"), 100))
    assert count() == before
