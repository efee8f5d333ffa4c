"""A zygote's memory in pages of 2 MiB: forking it and taking a child apart then cost the kernel a third.

A zygote has 150 MB of its own, 40,000 pages of 4 KiB, each of which a fork copies an entry of. What a child then writes
to is copied in small pages, as ever.
"""

from __future__ import annotations

import ctypes

from grader.confine.system import library

_HUGE = 2 << 20
#: Linux 6.1. Older kernels, and those without huge pages, refuse it, and nothing changes.
_MADV_COLLAPSE = 25


def collapse() -> None:
    """Move what this process has written into huge pages, as far as the kernel does: once, for a fifth of a second."""
    madvise = library().madvise
    for start, end in _own_areas():
        first, last = -(-start // _HUGE) * _HUGE, end // _HUGE * _HUGE
        if first < last:
            madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), _MADV_COLLAPSE)


def _own_areas() -> list[tuple[int, int]]:
    """From where to where there is memory that belongs to no file and may be written to: the heap, above all."""
    areas = []
    with open("/proc/self/maps", encoding="ascii", errors="replace") as lines:
        for line in lines:
            place, rights, _, _, _, *name = line.split()
            if rights == "rw-p" and (not name or name == ["[heap]"]):
                start, _, end = place.partition("-")
                areas.append((int(start, 16), int(end, 16)))
    return areas
