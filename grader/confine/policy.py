"""Which system calls a submission may make: an allow-list, read by seccomp.py.

Everything else gets EPERM. Where a call is allowed for some arguments only, each row of CONDITIONS is one way to be
allowed: all of its tests must hold. Kernels before Linux 6.12 have no Landlock scopes, and before 6.2 Landlock does
not watch truncation: this list alone must keep signals, sockets and truncation inside.
"""

from __future__ import annotations

import errno

import msgspec


class Test(msgspec.Struct, frozen=True):
    """`argument` (0–5), as 32 bits, is `value` under `mask`. high: its upper 32 bits are meant instead."""

    argument: int
    value: int
    mask: int = 0xFFFFFFFF
    high: bool = False


Conditions = tuple[tuple[Test, ...], ...]

#: Stands for the process's own id, which `complete` in seccomp.py fills in; larger than any process id.
OWN_PID = 0x5E1F_0001

FILES = """
read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 close close_range lseek
stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getcwd chdir fchdir
getdents getdents64 dup dup2 dup3 pipe pipe2 fadvise64 sendfile copy_file_range
unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir ftruncate fallocate fsync fdatasync umask
"""
#: Not mincore: which pages of a file are in memory tells what another process has read.
MEMORY = "mmap munmap mremap mprotect madvise brk mlock mlock2 munlock msync membarrier get_mempolicy"
WAITING = """
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait epoll_pwait2 eventfd eventfd2
timerfd_create timerfd_settime timerfd_gettime clock_nanosleep nanosleep alarm pause getitimer setitimer
timer_create timer_settime timer_gettime timer_getoverrun timer_delete wait4 waitid restart_syscall
"""
THREADS = """
futex futex_waitv set_robust_list rseq set_tid_address arch_prctl exit exit_group sched_yield sched_getaffinity
sched_getparam sched_getscheduler sched_getattr sched_get_priority_max sched_get_priority_min sched_rr_get_interval
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack
"""
FACTS = """
getpid getppid gettid getuid geteuid getgid getegid getresuid getresgid getpgrp getpgid getsid getgroups
uname sysinfo time times gettimeofday getrusage getrlimit getrandom getcpu clock_gettime clock_getres
"""
#: On descriptors already open: there is no socket, bind, connect or accept, and no message that carries descriptors.
SOCKETS = "recvfrom shutdown getsockopt getsockname getpeername"

ALLOWED: frozenset[str] = frozenset(f"{FILES} {MEMORY} {WAITING} {THREADS} {FACTS} {SOCKETS}".split())

_O_ACCMODE, _O_WRONLY, _O_RDWR, _O_TRUNC = 0o3, 0o1, 0o2, 0o1000
_CLONE_THREAD_AND_VM = 0x00010100
#: CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET
_CLONE_NEW_NAMESPACES = 0x7E020000


def _one_of(argument: int, *values: int) -> Conditions:
    return tuple((Test(argument, value),) for value in values)


def _opening(flags: int) -> Conditions:
    """Landlock judges an open by reading and writing only: O_RDONLY|O_TRUNC empties a file that may only be read
    (before ABI 3), and access mode 3 asks for neither, so that it opens anything."""
    return (
        (Test(flags, _O_WRONLY, _O_ACCMODE),),
        (Test(flags, _O_RDWR, _O_ACCMODE),),
        (Test(flags, 0, _O_ACCMODE | _O_TRUNC),),
    )


CONDITIONS: dict[str, Conditions] = {
    "open": _opening(1),
    "openat": _opening(2),
    # Threads, never processes: there is no tree of processes to kill, and no namespace to hide in.
    "clone": ((Test(0, _CLONE_THREAD_AND_VM, _CLONE_THREAD_AND_VM | _CLONE_NEW_NAMESPACES),),),
    # abort() and raise() signal their own process.
    "tgkill": _one_of(0, OWN_PID),
    # F_DUPFD F_GETFD F_SETFD F_GETFL F_SETFL F_DUPFD_CLOEXEC F_GETPIPE_SZ. Not F_SETOWN and F_SETSIG (signals to
    # anyone), locks and leases (they hold up others), F_SETPIPE_SZ (kernel memory).
    "fcntl": _one_of(1, 0, 1, 2, 3, 4, 1030, 1032),
    # TCGETS TCGETS2 FIONREAD FIONBIO FIONCLEX FIOCLEX
    "ioctl": _one_of(1, 0x5401, 0x802C542A, 0x541B, 0x5421, 0x5450, 0x5451),
    # PR_SET_NAME PR_GET_NAME
    "prctl": _one_of(0, 15, 16),
    # Its own limits, which it can only lower.
    "prlimit64": _one_of(0, 0),
    # AF_UNIX, SOCK_STREAM: a datagram socket of a pair can still send to any path, descriptors included.
    "socketpair": ((Test(0, 1), Test(1, 1, 0xF)),),
    # Without an address.
    "sendto": ((Test(4, 0), Test(4, 0, high=True)),),
}

#: "No such call": the C library then falls back to a call whose arguments a filter can see.
ERRORS: dict[str, int] = {"clone3": errno.ENOSYS, "openat2": errno.ENOSYS}

#: What the CUDA driver asks for besides. Written from its documented behaviour; not yet measured on a GPU.
CUDA_ALLOWED: frozenset[str] = frozenset(("mbind", "set_mempolicy"))
CUDA_CONDITIONS: dict[str, Conditions] = {
    # Commands of the NVIDIA nodes: type 'F', those of unified memory (0x30000001 and small numbers), capabilities 'd'.
    # Landlock (ABI 5) refuses them on other devices; terminals' commands (type 'T') are not among them.
    "ioctl": (
        *CONDITIONS["ioctl"],
        (Test(1, 0x4600, 0xFF00),),
        (Test(1, 0x6400, 0xFF00),),
        (Test(1, 0x30000000, 0xFFFFFFF0),),
        (Test(1, 0, 0xFFFFFF00),),
    ),
    "sched_setaffinity": _one_of(0, 0, OWN_PID),
}
