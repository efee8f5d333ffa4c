"""Raw system calls through the C library, and those few that have the same number wherever we run."""

from __future__ import annotations

import ctypes
import functools
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
_CAPABILITY_VERSION_3 = 0x20080522
#: (x86_64, aarch64)
_CAPSET = {"x86_64": 126, "aarch64": 91}
_SECCOMP = {"x86_64": 317, "aarch64": 277}


@functools.cache
def library() -> ctypes.CDLL:
    """The C library of this process. `syscall` there takes numbers only, pointers as addresses."""
    loaded = ctypes.CDLL(None, use_errno=True)
    loaded.syscall.argtypes = [ctypes.c_long] * 6
    loaded.syscall.restype = ctypes.c_long
    return loaded


@functools.cache
def machine() -> str:
    """This machine's architecture as the kernel names it; "" where it isn't Linux on x86_64 or aarch64, 64 bits."""
    if sys.platform != "linux" or sys.maxsize < 2**32:
        return ""
    name = os.uname().machine
    return name if name in _SECCOMP else ""


def attempt(number: int, first: int = 0, second: int = 0, third: int = 0, fourth: int = 0, fifth: int = 0) -> int:
    """The call's result, or minus its errno."""
    result = int(library().syscall(number, first, second, third, fourth, fifth))
    return -ctypes.get_errno() if result < 0 else result


def checked(what: str, number: int, *args: int) -> int:
    """The call's result. Raises OSError, naming `what`, where it fails."""
    result = attempt(number, *args)
    if result < 0:
        raise OSError(-result, f"{what}: {os.strerror(-result)}")
    return result


def prctl(what: str, option: int, value: int) -> None:
    """Set an attribute of this process. Raises OSError."""
    if library().prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), what)


def seccomp(operation: int, address: int) -> int:
    """seccomp(2) without flags: its result, or minus its errno."""
    return attempt(_SECCOMP[machine()], operation, 0, address)


def drop_capabilities() -> None:
    """Give up every capability; with no_new_privs and no exec none can come back. Raises OSError."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    nothing = (ctypes.c_uint32 * 6)()
    checked("capset", _CAPSET[machine()], ctypes.addressof(header), ctypes.addressof(nothing))
