"""The entry of a process in a plain subprocess, where there is no zygote: reads one line, connects back, serves."""

from __future__ import annotations

import os
import socket
import sys
from typing import NamedTuple, NoReturn

#: The largest file, in bytes; what is printed goes into one (boundary/plain.py).
MAX_FILE = 64 << 20


class Connected(NamedTuple):
    """The channel, and the limits and the folder that came with it."""

    socket: socket.socket
    memory_mb: int
    cpu_seconds: int
    scratch: str


def connected() -> Connected:
    """Connect back. Standard input holds: port, token, memory in MB, CPU seconds, scratch folder."""
    port, token, memory_mb, cpu_seconds, scratch = sys.stdin.readline().rstrip("\n").split(" ", 4)
    sock = socket.create_connection(("127.0.0.1", int(port)))
    sock.sendall(bytes.fromhex(token))
    return Connected(sock, int(memory_mb), int(cpu_seconds), scratch)


def main() -> NoReturn:
    """Import PyTorch, connect, and run what is sent."""
    import torch

    torch.set_num_threads(1)
    from grader.calls.cuda import full_precision
    from grader.worker.child import enter_scratch, redirect_output, serve_and_exit

    full_precision()
    trusted = connected()
    redirect_output(1)
    enter_scratch(trusted.scratch)
    limit(trusted.memory_mb, trusted.cpu_seconds)
    serve_and_exit(trusted.socket, trusted.memory_mb)


def limit(memory_mb: int, cpu_seconds: int) -> None:
    """What the system can limit by itself; macOS does not keep the limit on memory."""
    import resource

    limits = {resource.RLIMIT_FSIZE: MAX_FILE, resource.RLIMIT_CPU: cpu_seconds}
    if sys.platform == "linux":
        pages = int(open("/proc/self/statm").read().split()[0])  # noqa: SIM115
        limits[resource.RLIMIT_AS] = pages * os.sysconf("SC_PAGE_SIZE") + (memory_mb << 20)
    for which, value in limits.items():
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


if __name__ == "__main__":
    main()
