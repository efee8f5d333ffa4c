"""The seccomp filter: policy.py as a classic BPF program, put together by a small assembler of our own.

The program sees `struct seccomp_data`: the call's number at byte 0, the architecture at 4, six 64-bit arguments from
16 on. Numbers are found by binary search. Instructions are `struct sock_filter` (include/uapi/linux/filter.h).
"""

from __future__ import annotations

import ctypes
import errno
import struct

import msgspec

from grader.confine import policy, system
from grader.confine.syscalls import NEWEST, NUMBERS

_INSTRUCTION = struct.Struct("=HBBI")
_LOAD, _AND, _EQUAL, _GREATER, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x25, 0x35, 0x06
_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_X32 = 0x40000000
#: AUDIT_ARCH_*, and the column of syscalls.NUMBERS.
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_SET_MODE_FILTER, _GET_ACTION_AVAIL = 1, 2


class Instruction(msgspec.Struct, frozen=True):
    """One instruction: operation, how many instructions to skip if true and if false, operand."""

    code: int
    operand: int
    true: int = 0
    false: int = 0


Code = list[Instruction]


class _Leaf(msgspec.Struct, frozen=True):
    """What to do for the calls numbered `first` to `last`; the body ends by returning."""

    first: int
    last: int
    body: Code


class _Program(ctypes.Structure):
    """`struct sock_fprog`."""

    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


_DENY = Instruction(_RETURN, _ERRNO | errno.EPERM)


def seccomp_available() -> bool:
    """Whether this kernel filters system calls and we know this machine's calls; probed by system call."""
    if not system.machine():
        return False
    return system.seccomp(_GET_ACTION_AVAIL, ctypes.addressof(ctypes.c_uint32(_KILL_PROCESS))) == 0


def build_filter(*, device: str = "cpu", machine: str | None = None) -> bytes:
    """The filter's program for `machine` ("x86_64", "aarch64"; this one if None), as `struct sock_filter` array.

    Each process must still `complete` it with its own id. Raises KeyError for an unknown machine.
    """
    architecture, column = _ARCHITECTURES[machine or system.machine()]
    code = [
        Instruction(_LOAD, 4),
        Instruction(_EQUAL, architecture, 1, 0),
        Instruction(_RETURN, _KILL_PROCESS),
        Instruction(_LOAD, 0),
        Instruction(_AT_LEAST, _X32, 0, 1),
        Instruction(_RETURN, _KILL_PROCESS),
        *_search(_leaves(column, device)),
    ]
    return b"".join(_INSTRUCTION.pack(i.code, i.true, i.false, i.operand) for i in code)


def complete(program: bytes, pid: int) -> bytes:
    """The program for the process `pid`. Where it is left out, the process may signal nobody, itself included."""
    return program.replace(struct.pack("=I", policy.OWN_PID), struct.pack("=I", pid))


def load(program: bytes) -> None:
    """Filter this thread's system calls, and those of the threads it starts, for good.

    Needs no_new_privs. Raises OSError.
    """
    argument = _Program(len(program) // _INSTRUCTION.size, program)
    result = system.seccomp(_SET_MODE_FILTER, ctypes.addressof(argument))
    if result != 0:
        raise OSError(abs(result), "seccomp")


def _leaves(column: int, device: str) -> list[_Leaf]:
    """The policy by number, in order, neighbours with the same body joined."""
    conditions = policy.CONDITIONS | (policy.CUDA_CONDITIONS if device == "cuda" else {})
    bodies: dict[str, Code] = {name: _any_of(rows) for name, rows in conditions.items()}
    for name, code in policy.ERRORS.items():
        bodies[name] = [Instruction(_RETURN, _ERRNO | code)]
    for name in policy.ALLOWED | (policy.CUDA_ALLOWED if device == "cuda" else frozenset()):
        bodies[name] = [Instruction(_RETURN, _ALLOW)]
    numbered = {number: body for name, body in bodies.items() if (number := NUMBERS[name][column]) is not None}
    unknown = _Leaf(NEWEST + 1, _X32 - 1, [Instruction(_RETURN, _ERRNO | errno.ENOSYS)])
    return [*_joined([_Leaf(number, number, numbered[number]) for number in sorted(numbered)]), unknown]


def _joined(leaves: list[_Leaf]) -> list[_Leaf]:
    joined: list[_Leaf] = []
    for leaf in leaves:
        if joined and joined[-1].last + 1 == leaf.first and joined[-1].body == leaf.body:
            leaf = _Leaf(joined.pop().first, leaf.last, leaf.body)
        joined.append(leaf)
    return joined


def _search(leaves: list[_Leaf]) -> Code:
    """Binary search over the number in the accumulator; a number that no leaf has is denied."""
    if len(leaves) == 1:
        leaf = leaves[0]
        size = len(leaf.body)
        return [
            Instruction(_AT_LEAST, leaf.first, 0, 1 + size),
            Instruction(_GREATER, leaf.last, size, 0),
            *leaf.body,
            _DENY,
        ]
    middle = len(leaves) // 2
    low, high = _search(leaves[:middle]), _search(leaves[middle:])
    if len(low) < 256:
        return [Instruction(_AT_LEAST, leaves[middle].first, len(low), 0), *low, *high]
    # A conditional jump reaches 255 instructions; an unconditional one all.
    return [Instruction(_AT_LEAST, leaves[middle].first, 0, 1), Instruction(0x05, len(low)), *low, *high]


def _any_of(rows: policy.Conditions) -> Code:
    return [*(instruction for row in rows for instruction in _all_of(row)), _DENY]


def _all_of(row: tuple[policy.Test, ...]) -> Code:
    """Return ALLOW if every test holds, else go on behind."""
    code: Code = [Instruction(_RETURN, _ALLOW)]
    for test in reversed(row):
        offset = 16 + 8 * test.argument + 4 * test.high  # little-endian on both machines
        code = [
            Instruction(_LOAD, offset),
            Instruction(_AND, test.mask),
            Instruction(_EQUAL, test.value, 0, len(code)),
            *code,
        ]
    return code
