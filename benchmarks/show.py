"""Tables on the terminal, the same figures as JSON, and the machine that they come from."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from grader import __version__


class Table(msgspec.Struct, frozen=True):
    """rows: cells as printed. values: the same as numbers, by row's name. notes: lines printed below."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    values: dict[str, Any]
    notes: Sequence[str] = ()

    def show(self) -> None:
        """Print it: Markdown, so that it can be pasted."""
        widths = [max(map(len, column)) for column in zip(self.header, *self.rows, strict=True)]
        rule = tuple("-" * width for width in widths)
        print(f"\n{self.title}\n")
        for row in (self.header, rule, *self.rows):
            print("| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |")
        for note in self.notes:
            print(f"\n{note}")
        print(flush=True)


def spread(numbers: Sequence[float], digits: int = 2) -> str:
    """The median, and the least and the greatest: `0.90 (0.86–0.97)`."""
    low, middle, high = min(numbers), statistics.median(numbers), max(numbers)
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def milliseconds(seconds: Sequence[float]) -> str:
    """The median and the extremes, in ms."""
    return spread([1000 * one for one in seconds], 0)


def megabytes(peak: float, unread: int) -> str:
    """A sum of memory; `≥` where some of it could not be read."""
    return f"{'≥ ' if unread else ''}{peak:.0f}"


def machine() -> dict[str, str]:
    """What the figures depend on."""
    packages = ("torch", "numpy", "pytest", "msgspec")
    return {
        "date": time.strftime("%Y-%m-%d %H:%M %Z"),
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "load": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "kernel": platform.release(),
        "grade": __version__,
        "python": platform.python_version(),
        **{name: importlib.metadata.version(name) for name in packages},
    }


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()
