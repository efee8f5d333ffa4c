"""What a worker reads shows to no later one, by the real command: with a mount namespace, and without the privilege."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path
from subprocess import run

import msgspec
import pytest

from grader.result import Result

COURSE = Path(__file__).parents[2]
COUNT = 32
_PR_CAPBSET_DROP, _CAP_SYS_ADMIN = 24, 21

#: Both look at a file, a folder and a link of each number, and print whose time is not the one that the test set.
_CODE = """
import os
P, OLD, COUNT = {folder!r}, {old}, {count}
def path(kind, i): return os.path.join(P, kind + str(i))
for kind in "file", "folder", "link":
    print("SEEN", kind, "".join("01"[os.lstat(path(kind, i)).st_atime_ns != OLD * 10**9] for i in range(COUNT)))
def sigmoid(x):
    if LEAVES:
        for i in range(0, COUNT, 3):
            open(path("file", i), "rb").read()
            os.listdir(path("folder", i))
            os.readlink(path("link", i))
        print("LEFT")
    return x
tanh = sigmoid_grad = tanh_grad = tanh_from_sigmoid = sigmoid
"""


@pytest.fixture
def stale() -> Iterator[tuple[Path, int]]:
    """A folder where workers may read, with things last read two days ago; and when, in seconds of the epoch."""
    place = Path(sysconfig.get_path("purelib"), f"grade-access-times-{os.getpid()}")
    old = int(time.time()) - 2 * 86400
    try:
        place.mkdir()
    except OSError as error:
        pytest.skip(f"nothing can be put where workers may read: {error}")
    try:
        for i in range(COUNT):
            (place / f"file{i}").write_text("x")
            (place / f"folder{i}").mkdir()
            (place / f"link{i}").symlink_to("file0")
            for kind in ("file", "folder", "link"):
                os.utime(place / f"{kind}{i}", (old, old), follow_symlinks=False)
        probe = place / "file0"
        probe.read_text()
        if int(probe.stat().st_atime) == old:
            pytest.skip("no access is noted on this file system")
        os.utime(probe, (old, old))
        yield place, old
    finally:
        shutil.rmtree(place)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="submissions are confined on Linux only")
@pytest.mark.parametrize("privileged", [True, False])
def test_no_submission_sees_what_another_read(stale: tuple[Path, int], tmp_path: Path, privileged: bool) -> None:
    place, old = stale
    if privileged and os.geteuid() != 0:
        pytest.skip("making a mount namespace takes root")
    for student in ("anna", "eve"):
        folder = tmp_path / "class" / student / "exercise03"
        folder.mkdir(parents=True)
        code = f"LEAVES = {student == 'anna'}\n" + _CODE.format(folder=str(place), old=old, count=COUNT)
        (folder / "sigmoid_derivative.py").write_text(code)
    words = ["score", tmp_path / "class", "--out", tmp_path / "out", "-j", "1", "--course", COURSE]
    done = run(
        [sys.executable, "-m", "grader", *map(str, words)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=None if privileged else _without_mounting,
    )
    assert done.returncode == 0, done.stderr
    printed = {student: _printed(tmp_path / "out", student) for student in ("anna", "eve")}
    assert "LEFT" in printed["anna"]
    seen = [line.split() for line in printed["eve"] if line.startswith("SEEN")]
    assert {kind for _, kind, _ in seen} == {"file", "folder", "link"}
    assert [kind for _, kind, bits in seen if len(set(bits)) != 1] == []


def _without_mounting() -> None:
    ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, _CAP_SYS_ADMIN, 0, 0, 0)


def _printed(out: Path, student: str) -> list[str]:
    path = out / "results" / student / "exercise03.json"
    return msgspec.json.decode(path.read_bytes(), type=Result).stdout.splitlines()
