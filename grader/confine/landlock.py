"""Landlock: which files this process may open, and, on newer kernels, whom it may signal and connect to.

Constants from Linux's include/uapi/linux/landlock.h. Landlock can only add, never subtract: what is not granted by
a rule on a folder or a file above is refused, and a grant can't be taken back below.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from collections.abc import Iterable

from grader.confine.system import attempt, checked

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << bit for bit in range(6, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

#: What a submission may do in its scratch folder. No links: whoever cleans the folder up must not follow one.
SCRATCH = READ_FILE | READ_DIR | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
READ = READ_FILE | READ_DIR
#: The rights that a rule on something else than a folder may name.
ON_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1
_BIND_AND_CONNECT_TCP = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3
_RULE = struct.Struct("=Qi")


def landlock_abi() -> int:
    """The version of Landlock's interface that this kernel has; 0 where it has none or Landlock is switched off."""
    if sys.platform != "linux":
        return 0
    return max(0, attempt(_CREATE_RULESET, 0, 0, _VERSION))


def handled(abi: int) -> int:
    """The file-system rights that a kernel of this ABI knows, all of which are refused unless granted."""
    bits = 13 + (abi >= 2) + (abi >= 3) + (abi >= 5)
    return (1 << bits) - 1


def pack_rules(opened: Iterable[tuple[int, int]], abi: int) -> bytes:
    """A `struct landlock_path_beneath_attr` for each (descriptor, rights), one behind the other."""
    return b"".join(_RULE.pack(access & handled(abi), descriptor) for descriptor, access in opened)


def restrict(rules: bytes, *, scratch: str | None, abi: int) -> None:
    """Refuse this thread every file but those of `rules` and the folder `scratch`, if any, for good.

    Needs no_new_privs. Raises OSError where the kernel refuses anything, or where `scratch` is not a folder.
    """
    if sys.platform != "linux":
        raise OSError("only Linux has this")
    ruleset = _create(abi)
    folder = -1
    try:
        if scratch is not None:
            folder = os.open(scratch, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
            rules += pack_rules([(folder, SCRATCH)], abi)
        every = ctypes.create_string_buffer(rules)
        start = ctypes.addressof(every)
        for address in range(start, start + len(rules), _RULE.size):
            checked("landlock_add_rule", _ADD_RULE, ruleset, _PATH_BENEATH, address)
        checked("landlock_restrict_self", _RESTRICT_SELF, ruleset)
    finally:
        if folder >= 0:
            os.close(folder)
        os.close(ruleset)


def _create(abi: int) -> int:
    fields = [handled(abi)]
    if abi >= 4:
        fields.append(_BIND_AND_CONNECT_TCP)
    if abi >= 6:
        fields.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    attribute = (ctypes.c_uint64 * len(fields))(*fields)
    return checked("landlock_create_ruleset", _CREATE_RULESET, ctypes.addressof(attribute), ctypes.sizeof(attribute))
