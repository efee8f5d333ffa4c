"""Why a worker was ended from outside, as an exception that names the limit. The limits: docs/security.md."""

from __future__ import annotations

from typing import Literal

#: "time": one call took too long. "total_time": the submission's whole budget. "output": it printed without end.
#: "threads", "disk": it started threads, or wrote files, without end. "memory": it asked for more than it may.
#: "crash": a signal ended it. "exit": it ended its own process. "protocol": what it sent is no reply. "lost": its
#: process could not be started, or ended for no known reason. "not_run": it had hit too many limits before.
LimitKind = Literal[
    "time", "total_time", "memory", "output", "threads", "disk", "crash", "exit", "protocol", "lost", "not_run"
]


class LimitReached(Exception):
    """The worker is gone. amount: seconds, megabytes or the exit code; signal: the signal's name.

    function: the submission's function that was called, where one was.
    """

    def __init__(self, kind: LimitKind, *, amount: float = 0, signal: str = "", detail: str = "") -> None:
        super().__init__(f"{kind} {amount:g} {signal} {detail}".strip())
        self.kind: LimitKind = kind
        self.amount = amount
        self.signal = signal
        self.detail = detail
        self.function = ""


class BoundaryFault(Exception):
    """The boundary itself failed (no zygote, no confinement): a fault of the grader's, never of a submission's."""


class WorkerFault(BoundaryFault):
    """The grader's own code failed in a worker; the text says what, and where."""
