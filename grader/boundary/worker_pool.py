"""Where confined processes come from on this machine: a zygote that forks them, or plain subprocesses."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import msgspec

from grader.boundary.launch import READER, WORKER
from grader.boundary.zygote import Zygote
from grader.worker.zygote import Configure, Fork

if TYPE_CHECKING:
    from grader.boundary.process import UntrustedProcess
    from grader.boundary.worker_handle import WorkerHandle


class ProcessSource:
    """Starts processes of one kind (launch.WORKER, launch.READER). `confinement` is known once the first has started.

    plain: the module that is the process where no zygote can fork it.
    """

    def __init__(self, kind: str, configuration: Configure, *, plain: str) -> None:
        self._plain = plain
        self._zygote = Zygote(kind, _masked(configuration)) if can_fork() else None

    @property
    def confinement(self) -> str:
        """What confines the processes: "landlock+seccomp", a part of it, or "none"."""
        return self._zygote.confinement if self._zygote else "none"

    @property
    def still(self) -> bool:
        """Whether nothing that the processes read shows in any access time. Known once the first has started."""
        return self._zygote is not None and self._zygote.still

    def prepare(self) -> None:
        """Have the zygote started beside this process, without waiting for it."""
        if self._zygote:
            self._zygote.start()

    def wait_ready(self) -> None:
        """Return when processes can be had. Raises BoundaryFault."""
        if self._zygote:
            self._zygote.wait_ready()

    def process(self, order: Fork, output_kb: int) -> UntrustedProcess:
        """One process. Raises BoundaryFault."""
        if self._zygote:
            from grader.boundary.forked import ForkedProcess

            return ForkedProcess(self._zygote, order, output_kb=output_kb)
        from grader.boundary.plain import PlainProcess

        return PlainProcess(self._plain, order, output_kb=output_kb)

    def close(self) -> None:
        """End the zygote, and with it every process that it forked."""
        if self._zygote:
            self._zygote.kill()


class WorkerPool(ProcessSource):
    """Starts workers."""

    def __init__(self, configuration: Configure) -> None:
        super().__init__(WORKER, configuration, plain="grader.worker.plain")

    def start(self, order: Fork, output_kb: int) -> WorkerHandle:
        """A worker for one submission. Raises BoundaryFault."""
        from grader.boundary.worker_handle import WorkerHandle

        return WorkerHandle(self.process(order, output_kb))


class ReaderSource(ProcessSource):
    """Starts readers, which may read no file at all."""

    def __init__(self) -> None:
        super().__init__(READER, Configure(hidden=[]), plain="grader.reader.plain")


def can_fork() -> bool:
    """Whether a zygote can fork confined workers here. `GRADE_WORKER=plain` says no, to see what others see."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and os.environ.get("GRADE_WORKER") != "plain"


def _masked(configuration: Configure) -> Configure:
    """With `GRADE_LANDLOCK_ABI=N` at most that ABI of Landlock, to see what holds on an older kernel."""
    wish = os.environ.get("GRADE_LANDLOCK_ABI")
    return msgspec.structs.replace(configuration, landlock_abi=int(wish)) if wish else configuration
