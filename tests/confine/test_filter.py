"""The filter's program, run by an interpreter of our own, for both machines; the numbers against the headers."""

from __future__ import annotations

import errno
import re
import struct
from pathlib import Path

import pytest

from grader.confine import build_filter, policy
from grader.confine.seccomp import complete
from grader.confine.syscalls import NEWEST, NUMBERS

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
COLUMNS = {"x86_64": 0, "aarch64": 1}
ALLOW, KILL = 0x7FFF0000, 0x80000000
EPERM, ENOSYS = 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}


def run(program: bytes, data: bytes) -> int:
    """What a classic BPF program returns on `struct seccomp_data`."""
    code = list(struct.iter_unpack("=HBBI", program))
    position = accumulator = 0
    while True:
        operation, true, false, operand = code[position]
        position += 1
        if operation == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, operand)
        elif operation == 0x54:
            accumulator &= operand
        elif operation == 0x05:
            position += operand
        elif operation == 0x06:
            return int(operand)
        else:
            holds = {0x15: accumulator == operand, 0x25: accumulator > operand, 0x35: accumulator >= operand}[operation]
            position += true if holds else false


def judge(
    name: str | int, *args: int, machine: str = "x86_64", architecture: int | None = None, device: str = "cpu"
) -> int:
    """What the filter of `machine`, completed for process 77, says of a call."""
    number = name if isinstance(name, int) else NUMBERS[name][COLUMNS[machine]]
    padded = [*args, *[0] * (6 - len(args))]
    program = complete(build_filter(device=device, machine=machine), 77)
    return run(program, struct.pack("=IIQ6Q", number, architecture or ARCHITECTURES[machine], 0, *padded))


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_every_number_is_judged_as_the_policy_says(machine: str) -> None:
    column = COLUMNS[machine]
    free = {NUMBERS[name][column] for name in policy.ALLOWED}
    depends = {NUMBERS[name][column] for name in policy.CONDITIONS}
    missing = {NUMBERS[name][column] for name in policy.ERRORS}
    for number in range(NEWEST + 1):
        got = judge(number, 2**64 - 1, 2**64 - 1, 2**64 - 1, 2**64 - 1, 2**64 - 1, machine=machine)
        if number in free:
            assert got == ALLOW, number
        elif number in missing:
            assert got == ENOSYS, number
        elif number not in depends:
            assert got == EPERM, number


@pytest.mark.parametrize("machine", ARCHITECTURES)
@pytest.mark.parametrize(
    ("name", "args", "allowed"),
    [
        ("clone", (0x3D0F00,), True),
        ("clone", (0x11,), False),
        ("clone", (0x3D0F00 | 0x10000000,), False),
        ("clone", (0x00010000,), False),
        ("openat", (0, 0, 0o2101), True),
        ("openat", (0, 0, 0o2000000), True),
        ("openat", (0, 0, 0o1000), False),
        ("openat", (0, 0, 0o3), False),
        ("openat", (0, 0, 0o1003), False),
        ("fcntl", (1, 8), False),
        ("fcntl", (1, 1030), True),
        ("fcntl", (1, 1031), False),
        ("ioctl", (1, 0x5401), True),
        ("ioctl", (1, 0x5412), False),  # TIOCSTI
        ("prctl", (15,), True),
        ("prctl", (1,), False),
        ("prctl", (22,), False),
        ("prlimit64", (0, 7), True),
        ("prlimit64", (77, 7), False),
        ("socketpair", (1, 0o2004001), True),
        ("socketpair", (1, 2), False),
        ("socketpair", (1, 5), False),
        ("socketpair", (16, 1), False),
        ("sendto", (3, 1, 1, 0, 0), True),
        ("sendto", (3, 1, 1, 0, 8), False),
        ("sendto", (3, 1, 1, 0, 1 << 32), False),
        ("tgkill", (77, 1, 9), True),
        ("tgkill", (78, 1, 9), False),
    ],
)
def test_arguments(name: str, args: tuple[int, ...], allowed: bool, machine: str) -> None:
    assert judge(name, *args, machine=machine) == (ALLOW if allowed else EPERM)


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_other_architectures_are_killed_and_newer_calls_unknown(machine: str) -> None:
    assert judge("read", machine=machine, architecture=0x40000003) == KILL
    assert judge(0x40000000, machine=machine) == judge(0x40000001, machine=machine) == KILL
    assert judge(0xFFFFFFFF, machine=machine) == KILL
    assert judge(NEWEST + 1, machine=machine) == ENOSYS


def test_without_its_own_id_a_process_signals_nobody() -> None:
    program = build_filter(machine="x86_64")
    assert program.count(struct.pack("=I", policy.OWN_PID)) == 1
    data = struct.pack("=IIQ6Q", 234, ARCHITECTURES["x86_64"], 0, 77, 0, 0, 0, 0, 0)
    assert run(program, data) == EPERM
    assert len(complete(program, 1)) == len(program)


def test_cuda_adds_the_commands_of_its_nodes_only() -> None:
    for command, allowed in ((0xC020462A, ALLOW), (0x30000001, ALLOW), (27, ALLOW), (0x5412, EPERM), (0x8933, EPERM)):
        assert judge("ioctl", 5, command, device="cuda") == allowed
        assert judge("ioctl", 5, command) == EPERM


@pytest.mark.parametrize("machine", ARCHITECTURES)
def test_numbers_are_the_headers(machine: str) -> None:
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"no {header} here: sudo apt-get install linux-libc-dev")
    defined = dict(re.findall(r"#define (__NR(?:3264)?_\w+)\s+(\w+)", header.read_text()))
    for name, numbers in NUMBERS.items():
        value = defined.get(f"__NR_{name}")
        while value in defined:
            value = defined[value]
        # The generic header leaves some calls of 32-bit machines without a number.
        assert numbers[COLUMNS[machine]] == (int(value) if value and value.isdigit() else None), name


def test_the_table_has_what_the_policy_names() -> None:
    named = policy.ALLOWED | policy.CONDITIONS.keys() | policy.ERRORS.keys()
    assert named | policy.CUDA_ALLOWED | policy.CUDA_CONDITIONS.keys() == NUMBERS.keys()
    assert not policy.ALLOWED & (policy.CONDITIONS.keys() | policy.ERRORS.keys())
