"""Confines a process for good: files by Landlock, system calls by seccomp, resources by limits.

The zygote makes a `Plan` once; each child it forks calls `confine` before it touches the submission. Whatever
`confine` can't do it raises, and the child must then end without running the submission.

What this does not bound: how many files of 4 MB a submission writes into its scratch folder, and how many threads it
starts with small stacks (6,000 in half a second). Whoever kills workers from outside watches both.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable

import msgspec

from grader.confine import landlock, limits, seccomp, system
from grader.confine.landlock import landlock_abi
from grader.confine.readable import Grant, open_grants, readable_paths
from grader.confine.seccomp import build_filter

__all__ = ["Grant", "Plan", "build_filter", "confine", "landlock_abi", "make_plan", "readable_paths", "tier"]


class Plan(msgspec.Struct, frozen=True):
    """What every worker of a zygote shares.

    tier: as `tier()`. abi: the Landlock ABI used, 0 for none. descriptors: the readable paths, open; rules: a
    Landlock rule for each, packed. program: the seccomp filter, without the process id; empty for none.
    """

    tier: str
    device: str
    abi: int
    descriptors: tuple[int, ...]
    rules: bytes
    program: bytes


def tier(*, landlock_abi: int | None = None) -> str:
    """What confines a worker here: "landlock+seccomp", or "landlock", "seccomp", "none" where something is missing.

    landlock_abi: use at most this ABI of Landlock.
    """
    there = {"landlock": _abi(landlock_abi) > 0, "seccomp": seccomp.seccomp_available()}
    return "+".join(name for name in there if there[name]) or "none"


def make_plan(
    *,
    hidden: Iterable[str] | None,
    device: str = "cpu",
    landlock_abi: int | None = None,
    search: Iterable[str] | None = None,
) -> Plan:
    """Decide, in the zygote, what its workers may do, and open what they may read.

    hidden: files and folders that no worker may read (the course, the repository, an editable install's root, the
    installed grader); None: they may read nothing at all. landlock_abi: use at most this ABI. search: instead of
    `sys.path`. Raises OSError.
    """
    abi = _abi(landlock_abi)
    grants = readable_paths(hidden=hidden, device=device, search=search) if abi and hidden is not None else []
    limits.make_room(len(grants))
    opened = open_grants(grants)
    return Plan(
        tier=tier(landlock_abi=landlock_abi),
        device=device,
        abi=abi,
        descriptors=tuple(descriptor for descriptor, _ in opened),
        rules=landlock.pack_rules(opened, abi),
        program=build_filter(device=device) if seccomp.seccomp_available() else b"",
    )


def confine(
    plan: Plan, *, scratch: str | None, parent: int, memory_mb: int, cpu_seconds: int, keep: Iterable[int] = (0, 1, 2)
) -> None:
    """Confine this process, just forked by the process `parent`, to `plan` and the folder `scratch`, for good.

    scratch: None for a process that has no folder.

    keep: the descriptors that stay open; a standard one that is not kept becomes /dev/null. memory_mb: what the
    process may allocate beyond its present size (not limited on CUDA). It dies when the thread that forked it does.
    Raises OSError, ValueError, RuntimeError: it is then not confined, and must not run the submission.
    """
    kept = {*keep, 0, 1, 2}
    _silence({0, 1, 2} - {*keep})
    _close_all_but(kept.union(plan.descriptors))
    size = limits.measure()
    if size.threads != 1:
        raise RuntimeError(f"{size.threads} threads; only the calling one would be confined")
    _die_with(parent)
    system.prctl("no_new_privs", system.PR_SET_NO_NEW_PRIVS, 1)
    _drop_privileges()
    if plan.abi:
        landlock.restrict(plan.rules, scratch=scratch, abi=plan.abi)
    _close_all_but(kept)  # the limit on descriptors counts from the lowest number, so the plan's must go first
    space = None if plan.device == "cuda" else size.address_space + memory_mb * limits.MB
    limits.apply(address_space=space, cpu_seconds=cpu_seconds)
    if plan.program:
        seccomp.load(seccomp.complete(plan.program, os.getpid()))


def _abi(at_most: int | None) -> int:
    there = landlock_abi()
    return there if at_most is None else min(there, at_most)


def _silence(standard: set[int]) -> None:
    if standard:
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in standard:
            os.dup2(null, descriptor)


def _close_all_but(kept: set[int]) -> None:
    low = 0
    for descriptor in sorted(kept):
        if low < descriptor:  # CPython takes (0, 0) for everything
            os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, 2**31 - 1)


def _die_with(parent: int) -> None:
    """Ask for SIGKILL at the parent's death, which may have come before the asking."""
    system.prctl("pdeathsig", system.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise RuntimeError("the process that forked this one is gone")


def _drop_privileges() -> None:
    """Root keeps its number, but no group and no capability."""
    if os.geteuid() == 0 and os.getgroups() and _may_set_groups():
        os.setgroups([])
    system.drop_capabilities()


def _may_set_groups() -> bool:
    """Whether the user namespace lets anyone change groups."""
    with open("/proc/self/setgroups", "rb") as file:
        return file.read().strip() == b"allow"
