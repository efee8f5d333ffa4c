"""A client of a zygote: asks for processes, learns how they ended, starts it again when it is lost."""

from __future__ import annotations

import select
import socket
from contextlib import suppress
from typing import Any

import msgspec

from grader.boundary import launch
from grader.boundary.limit_reached import BoundaryFault
from grader.worker.zygote import Answer, Configure, Failed, Fork, Forked, Order, Ready, Reap, Reaped

#: How long a zygote may take to import PyTorch and answer, on a slow and busy machine.
START_SECONDS = 120.0
ANSWER_SECONDS = 30.0


class Zygote:
    """One zygote process. Not for several threads."""

    def __init__(self, kind: str, configuration: Configure) -> None:
        """kind: of what it forks, launch.WORKER or launch.READER."""
        self.kind = kind
        self.configuration = configuration
        self.confinement = ""
        self.still = False
        self._process: tuple[int, socket.socket] | None = None
        self._ready = False

    def start(self) -> None:
        """Start the process and send its configuration, without waiting for the answer."""
        if self._process is None:
            self._process = launch.take(self.kind)
            self._ready = False
            with suppress(OSError):  # it has ended already; whoever waits for its answer will notice
                self._send(self.configuration, [])

    def wait_ready(self) -> None:
        """Wait until PyTorch is imported there. Raises BoundaryFault where it can't be, or can't confine workers.

        One that is lost, as when memory is short, is started again, once.
        """
        try:
            try:
                self._wait_ready()
            except ConnectionError:
                self.kill()
                self._wait_ready()
        except OSError as error:
            raise BoundaryFault(f"the zygote did not start: {error}") from error

    def _wait_ready(self) -> None:
        self.start()
        if not self._ready:
            answer, _ = self._receive(START_SECONDS)
            if not isinstance(answer, Ready):
                raise BoundaryFault(f"the zygote did not start: {_reason(answer)}")
            self.confinement, self.still = answer.confinement, answer.still
            self._ready = True

    def post_fork(self, order: Fork, channel: socket.socket, output: int) -> None:
        """Ask for a new worker. The zygote may still be importing PyTorch; `forked` waits for the answer."""
        self.start()
        try:
            self._send(order, [channel.fileno(), output])
        except OSError:
            self.kill()  # `forked` will notice and start another

    def forked(self, order: Fork, channel: socket.socket, output: int) -> tuple[int, int]:
        """The worker that `post_fork` asked for: its process id and a pidfd.

        A zygote that was lost is started again, and asked again, once. Raises BoundaryFault.
        """
        for attempt in range(2):
            try:
                if self._process is None:
                    self.post_fork(order, channel, output)
                self._wait_ready()
                answer, descriptors = self._receive(ANSWER_SECONDS)
                break
            except OSError as error:
                self.kill()
                if attempt == 1:
                    raise BoundaryFault(f"the zygote was lost twice: {error}") from error
        if not isinstance(answer, Forked) or len(descriptors) != 1:
            raise BoundaryFault(f"the zygote could not fork: {_reason(answer)}")
        return answer.pid, descriptors[0]

    def reap(self, pid: int) -> Reaped | None:
        """How a worker that has ended did so; None if the zygote that forked it is gone too."""
        if self._process is None:
            return None
        try:
            self._send(Reap(pid), [])
            answer, _ = self._receive(ANSWER_SECONDS)
        except OSError:
            self.kill()
            return None
        return answer if isinstance(answer, Reaped) else None

    def kill(self) -> None:
        """End the process, and with it every worker that it forked."""
        if self._process is None:
            return
        pid, control = self._process
        self._process = None
        control.close()
        launch.kill(pid)

    def _send(self, order: Order, descriptors: list[int]) -> None:
        assert self._process is not None
        socket.send_fds(self._process[1], [msgspec.json.encode(order)], descriptors)

    def _receive(self, seconds: float) -> tuple[Any, list[int]]:
        assert self._process is not None
        control = self._process[1]
        poller = select.poll()
        poller.register(control, select.POLLIN | select.POLLHUP)
        if not poller.poll(seconds * 1000):
            raise TimeoutError(f"the zygote gave no answer in {seconds:g} s")
        packet, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 4)
        if not packet:
            raise ConnectionError("the zygote has ended")
        return msgspec.json.decode(packet, type=Answer), list(descriptors)


def _reason(answer: Any) -> str:
    return answer.reason if isinstance(answer, Failed) else type(answer).__name__
