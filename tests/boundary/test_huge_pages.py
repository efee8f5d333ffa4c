"""A zygote's memory in huge pages: it holds what it held; where the kernel refuses, nothing happens."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has huge pages that one can ask for")

_COLLAPSES = """
import ctypes, sys
{before}
from grader.worker.huge_pages import collapse
from grader.confine.system import prctl
blocks = [bytes([number % 251]) * 1000 for number in range(60_000)]
collapse()
print(all(block == bytes([number % 251]) * 1000 for number, block in enumerate(blocks)))
print(open("/proc/self/smaps_rollup").read())
"""


def collapsed(before: str = "") -> tuple[bool, int]:
    """Whether memory is as it was, and how much of it is in huge pages (kB)."""
    command = [sys.executable, "-c", _COLLAPSES.format(before=before)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    sizes = re.findall(r"AnonHugePages:\s+(\d+) kB", run.stdout)
    return run.stdout.startswith("True\n"), int(sizes[0]) if sizes else 0


def test_memory_is_as_it_was() -> None:
    intact, _ = collapsed()
    assert intact


def test_a_kernel_that_refuses_changes_nothing() -> None:
    # PR_SET_THP_DISABLE
    assert collapsed("ctypes.CDLL(None).prctl(41, 1, 0, 0, 0)") == (True, 0)


def test_most_of_it_is_in_huge_pages_where_the_kernel_has_them() -> None:
    try:
        with open("/sys/kernel/mm/transparent_hugepage/enabled", encoding="ascii") as file:
            enabled = "[never]" not in file.read()
    except OSError:
        enabled = False
    if not enabled or tuple(map(int, re.findall(r"\d+", os.uname().release)[:2])) < (6, 1):
        pytest.skip("this kernel has no huge pages to be asked for: Linux 6.1 has, where they are not switched off")
    assert collapsed()[1] > 30_000
