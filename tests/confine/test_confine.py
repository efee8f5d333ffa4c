"""Real attempts by really confined processes: as root and as a user, with this Landlock and with the oldest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from grader.confine import landlock_abi, tier

ROOT = Path(__file__).parents[2]
ATTACKS = Path(__file__).with_name("attacks.py")
NOBODY = 65534

pytestmark = pytest.mark.skipif(tier() != "landlock+seccomp", reason=f"this machine confines by {tier()!r} only")

REFUSED = {
    "read_hidden",
    "read_hidden_through_a_link",
    "read_hidden_through_proc_root",
    "read_hidden_reopening_a_path_descriptor",
    "read_environment_of_zygote",
    "read_command_line_of_zygote",
    "read_memory_of_zygote_by_proc",
    "write_outside",
    "create_outside",
    "remove_outside",
    "unnamed_file_outside",
    "shared_memory_file",
}
FORBIDDEN = {
    "read_memory_of_zygote_by_call", "seize_a_process", "kill_zygote", "kill_zygote_by_thread",
    "signal_zygote_by_descriptor", "own_a_pipe_for_zygote", "fork", "vfork_and_exec", "execute", "survive_the_zygote",
    "limit_the_zygote", "unshare_user_namespace", "set_user", "internet_socket", "path_socket", "abstract_socket",
    "datagram_pair", "pass_a_descriptor", "empty_a_readable_file", "empty_a_hidden_file", "truncate_outside",
    "link_hidden_into_scratch", "plant_a_link_in_scratch", "change_mode", "change_owner", "make_a_device",
    "make_a_fifo", "mount", "change_root", "add_a_key", "ring", "memory_file",
}  # fmt: skip
LIMITED = {
    "read_an_inherited_descriptor": "EBADF",
    "move_hidden_into_scratch": "EXDEV EACCES",
    "much_memory": "ENOMEM",
    "much_shared_memory": "ENOMEM",
    "large_file": "EFBIG",
    "many_descriptors": "EMFILE",
    "raise_a_limit": "ValueError EPERM",
}
HONEST = {"honest_files", "honest_listing", "honest_reading", "honest_import", "honest_threads", "honest_pair"}
EXPECTED = (
    dict.fromkeys(REFUSED, "EACCES EPERM")
    | dict.fromkeys(FORBIDDEN, "EPERM")
    | LIMITED
    | dict.fromkeys(HONEST, "done")
    | {"abort": "SIGABRT"}
)
KINDS = [(abi, uid) for abi in (None, 1) for uid in (os.getuid(), NOBODY) if os.getuid() in (0, uid)]
#: Without Landlock these are all that is left, and must hold alone.
BY_SECCOMP_ALONE = sorted(FORBIDDEN - {"link_hidden_into_scratch"} | {"honest_threads", "honest_pair", "honest_files"})


def lay_out(folder: Path) -> None:
    """A hidden folder below a granted one, files beside it, and a link to it."""
    packages = folder / "lib/site-packages"
    for name in ("hidden", "package"):
        (packages / name).mkdir(parents=True)
    for path in ("hidden/secret.py", "hidden/emptied.py", "hidden/spare.py", "plain.py", "emptied.py"):
        (packages / path).write_text("VALUE = 1\n")
    (packages / "package/__init__.py").touch()
    (packages / "package/inner.py").write_text("VALUE = 3\n")
    (folder / "public").write_text("public\n")
    (folder / "spare").touch()
    (folder / "link").symlink_to(packages / "hidden")
    (folder / "scratch").mkdir()


@cache
def outcomes(abi: int | None, uid: int, confined: bool = True, attempts: tuple[str, ...] = ()) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        lay_out(folder)
        if os.getuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, uid, uid, follow_symlinks=False)
        settings: dict[str, Any] = {
            "root": str(ROOT),
            "outside": name,
            "hidden": str(folder / "lib/site-packages/hidden"),
            "scratch": str(folder / "scratch"),
            "abi": abi,
            "uid": uid,
            "confined": confined,
            "attempts": attempts,
        }
        command = [sys.executable, str(ATTACKS), json.dumps(settings)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        assert done.returncode == 0 and not done.stderr, done.stderr
        return dict(json.loads(done.stdout))


@pytest.mark.parametrize(("abi", "uid"), KINDS)
@pytest.mark.parametrize("attempt", sorted(EXPECTED))
def test_confined(attempt: str, abi: int | None, uid: int) -> None:
    assert outcomes(abi, uid)[attempt] in EXPECTED[attempt].split()


@pytest.mark.parametrize("attempt", sorted(EXPECTED))
def test_the_attempts_are_real(attempt: str) -> None:
    """Unconfined they succeed: what the other tests see refused is refused by us."""
    got = outcomes(None, os.getuid(), False)[attempt]
    if got == "ENOSYS" or (os.getuid() != 0 and got in ("EPERM", "EACCES")):
        pytest.skip(f"not possible here even unconfined: {got}")
    assert got in {"execute": "executed", "abort": "SIGABRT"}.get(attempt, "done")


@pytest.mark.parametrize("attempt", BY_SECCOMP_ALONE)
def test_without_landlock(attempt: str) -> None:
    got = outcomes(0, os.getuid(), True, tuple(BY_SECCOMP_ALONE))[attempt]
    assert got in EXPECTED[attempt].split()


def test_every_attempt_is_judged() -> None:
    assert set(outcomes(None, os.getuid())) == set(EXPECTED)


CHILD = """
import os, sys, threading, time
sys.path.insert(0, {root!r})
{before}
from grader import confine
plan = confine.make_plan(hidden=[{root!r}])
parent = os.getpid()
pid = os.fork()
if pid == 0:
    try:
        {first}
        confine.confine(plan, scratch={scratch!r}, parent={parent}, memory_mb=1024, cpu_seconds=10)
        {child}
    except BaseException as error:
        print(type(error).__name__, error)
    finally:
        sys.stdout.flush()
        os._exit(0)
{after}
os.wait()
"""


def in_child(
    child: str, scratch: str, *, before: str = "", first: str = "", parent: str = "parent", after: str = ""
) -> str:
    """What a fresh process prints whose child runs `first`, confines itself, and runs `child`."""
    indented = child.replace("\n", "\n        ")
    code = CHILD.format(
        root=str(ROOT), before=before, first=first, child=indented, scratch=scratch, parent=parent, after=after
    )
    environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def scratch() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield folder


def test_torch_computes_with_two_threads(scratch: str) -> None:
    child = f"""\
torch.set_num_threads(2)
x = torch.randn(300, 300, requires_grad=True)
(x @ x).relu().sum().backward()
torch.save(x, os.path.join({scratch!r}, "x.pt"))
import jinja2, networkx.algorithms  # installed, and imported by nobody so far
from torch.utils.data import DataLoader
print(x.grad.shape, len(list(DataLoader(range(4), batch_size=2))))"""
    assert in_child(child, scratch, before="import torch") == "torch.Size([300, 300]) 2"


def test_no_capability_is_left_and_none_can_come_back(scratch: str) -> None:
    after = "time.sleep(0.2)\nprint(open(f'/proc/{pid}/status').read())"
    status = dict(
        line.split(":\t", 1) for line in in_child("time.sleep(0.4)", scratch, after=after).splitlines() if ":\t" in line
    )
    assert {int(status[name], 16) for name in ("CapInh", "CapPrm", "CapEff", "CapAmb")} == {0}
    assert status["NoNewPrivs"] == "1" and status["Seccomp"] == "2"
    assert os.getuid() != 0 or status["Groups"].strip() == ""


def test_it_dies_with_the_zygote(scratch: str) -> None:
    # in_child waits, at most 30 s, for the last holder of the pipe; the zygote ends first.
    assert in_child("time.sleep(90)", scratch, after="time.sleep(0.2); os._exit(0)") == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"parent": "1"}, "RuntimeError the process that forked"),
        ({"scratch": "/proc/none"}, "FileNotFoundError"),
        ({"first": "threading.Thread(target=time.sleep, args=(1,)).start()"}, "RuntimeError 2 threads"),
        ({"first": "confine.system.drop_capabilities = lambda: confine.system.checked('capset', -1)"}, "OSError"),
    ],
)
def test_what_cannot_be_confined_raises(scratch: str, change: dict[str, str], said: str) -> None:
    assert in_child("print('ran')", **{"scratch": scratch, **change}).startswith(said)


def test_the_kernels_abi_is_probed() -> None:
    assert landlock_abi() >= 1
    assert tier(landlock_abi=0) == "seccomp"
