"""Ends a call on the trusted side that takes too long: of a mistake, or of the reference on inputs of no check."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: CPU time, which does not grow with what else the machine does.
SECONDS = 2.0


class TooLong(BaseException):
    """The call was ended. A BaseException, which no `except Exception` of an exercise catches."""


@contextmanager
def bounded_time() -> Iterator[None]:
    """Raises TooLong in the block after SECONDS. Only the main thread can be interrupted so; in another one nothing
    ends the block."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGPROF, _end)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _end(number: int, frame: FrameType | None) -> None:
    raise TooLong
