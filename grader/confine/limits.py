"""What one process may use. Counted by the kernel, so that no submission can argue."""

from __future__ import annotations

import resource

import msgspec

MB = 1 << 20
FILE_MB = 4
DESCRIPTORS = 64


class Size(msgspec.Struct, frozen=True):
    """The process before its limits: threads, and its address space in bytes."""

    threads: int
    address_space: int


def measure() -> Size:
    """This process's size. Reads /proc, so before Landlock. Raises OSError."""
    with open("/proc/self/stat", "rb", buffering=0) as file:
        fields = file.read(4096).rpartition(b")")[2].split()  # the name before may hold blanks
    return Size(threads=int(fields[17]), address_space=int(fields[20]))


def apply(*, address_space: int | None, cpu_seconds: int) -> None:
    """Limit address space (bytes; None: not at all, for CUDA reserves more than any machine has), CPU time, files.

    Not RLIMIT_NPROC: it counts all processes of the user, the grader's and the learner's own among them, and does
    not hold for root. Address space and not RLIMIT_DATA, which misses shared memory. CPU time ends with SIGXCPU,
    and one second later, where that is ignored, with SIGKILL. Raises OSError, ValueError.
    """
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, FILE_MB * MB)
    _limit(resource.RLIMIT_NOFILE, DESCRIPTORS)
    _limit(resource.RLIMIT_CPU, cpu_seconds, slack=1)
    if address_space is not None:
        _limit(resource.RLIMIT_AS, address_space)


def make_room(descriptors: int) -> None:
    """Let this process open that many descriptors more, as far as its hard limit goes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = descriptors + 2 * DESCRIPTORS
    if soft < wanted:
        reachable = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (reachable, hard))


def _limit(which: int, value: int, *, slack: int = 0) -> None:
    """Lower a limit to `value`, never raise it."""
    hard = resource.getrlimit(which)[1]
    ceiling = value + slack if hard == resource.RLIM_INFINITY else min(value + slack, hard)
    resource.setrlimit(which, (min(value, ceiling), ceiling))
