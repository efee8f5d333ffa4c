"""Where workers come from on this machine: a zygote that forks confined ones, or plain subprocesses."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import msgspec

from grader.boundary.zygote import Zygote
from grader.worker.zygote import Configure, Fork

if TYPE_CHECKING:
    from grader.boundary.worker import Worker


class WorkerSource:
    """Starts workers. `confinement` is known once the first has started."""

    def __init__(self, configuration: Configure) -> None:
        self._zygote = Zygote(_masked(configuration)) if can_fork() else None

    @property
    def confinement(self) -> str:
        """What confines the workers: "landlock+seccomp", a part of it, or "none"."""
        return self._zygote.confinement if self._zygote else "none"

    def prepare(self) -> None:
        """Have PyTorch imported beside this process, without waiting for it."""
        if self._zygote:
            self._zygote.start()

    def wait_ready(self) -> None:
        """Return when workers can be had. Raises BoundaryFault."""
        if self._zygote:
            self._zygote.wait_ready()

    def start(self, order: Fork, output_kb: int) -> Worker:
        """A worker for one submission. Raises BoundaryFault."""
        if self._zygote:
            from grader.boundary.forked import ForkedWorker

            return ForkedWorker(self._zygote, order, output_kb=output_kb)
        from grader.boundary.plain import PlainWorker

        return PlainWorker(order, output_kb=output_kb)

    def close(self) -> None:
        """End the zygote, and with it every worker."""
        if self._zygote:
            self._zygote.kill()


def can_fork() -> bool:
    """Whether a zygote can fork confined workers here. `GRADE_WORKER=plain` says no, to see what others see."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and os.environ.get("GRADE_WORKER") != "plain"


def _masked(configuration: Configure) -> Configure:
    """With `GRADE_LANDLOCK_ABI=N` at most that ABI of Landlock, to see what holds on an older kernel."""
    wish = os.environ.get("GRADE_LANDLOCK_ABI")
    return msgspec.structs.replace(configuration, landlock_abi=int(wish)) if wish else configuration
