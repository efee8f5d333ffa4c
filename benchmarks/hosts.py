"""Hosts of a cluster on one machine: network namespaces joined by a bridge, seen by nobody outside. Needs root."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

#: Addresses that no other namespace sees.
NETWORK = "10.77.0"
BRIDGE = "hub"
NAMED = "grade-bench-"
ENDING_SECONDS = 10.0


class Host(msgspec.Struct, frozen=True):
    """A network namespace. The first host of a cluster holds the bridge; port: what joins another one to it."""

    namespace: str
    address: str
    port: str = ""

    def command(self, *words: str) -> list[str]:
        """The command line that runs `words` on this host; it replaces itself by them."""
        return ["ip", "netns", "exec", self.namespace, *words]


def missing() -> str:
    """Why this machine can't have hosts; empty if it can."""
    if os.geteuid() != 0:
        return "it makes network namespaces, and only root may; run it as root"
    if shutil.which("ip") is None:
        return "the program ip is not installed here; install iproute2"
    try:
        with made_hosts(2):
            return ""
    except subprocess.CalledProcessError as error:
        return f"network namespaces can't be made here: {' '.join(error.cmd)}: {error.stderr.strip()}"


@contextmanager
def made_hosts(count: int) -> Iterator[list[Host]]:
    """So many hosts; at the end all that runs on them is killed and they are gone. Raises CalledProcessError."""
    _remove_left_ones()
    hosts = [
        Host(f"{NAMED}{os.getpid()}-{number}", f"{NETWORK}.{number + 1}", f"port{number}" if number else "")
        for number in range(count)
    ]
    try:
        for host in hosts:
            _make(host, hosts[0])
        yield hosts
    finally:
        for host in hosts:
            _remove(host.namespace)


def cut_off(host: Host, first: Host) -> None:
    """Take its network away: what was sent is lost without a word. first: the host that holds the bridge."""
    _ip("-n", first.namespace, "link", "set", host.port, "down")


def _make(host: Host, first: Host) -> None:
    own = ("-n", host.namespace)
    _ip("netns", "add", host.namespace)
    _ip(*own, "link", "set", "lo", "up")
    if host.port:
        bridge = ("-n", first.namespace, "link")
        link = "eth0"
        _ip(*bridge, "add", host.port, "type", "veth", "peer", "name", link, "netns", host.namespace)
        _ip(*bridge, "set", host.port, "master", BRIDGE, "up")
    else:
        link = BRIDGE
        _ip(*own, "link", "add", link, "type", "bridge")
    _ip(*own, "address", "add", f"{host.address}/24", "dev", link)
    _ip(*own, "link", "set", link, "up")
    # Programs that ask for their own address look at the route to the internet, to which nothing is sent.
    _ip(*own, "route", "add", "default", "dev", link)


def _remove_left_ones() -> None:
    """Those of a process that was killed."""
    for line in _ip("netns", "list").splitlines():
        namespace = line.split()[0]
        owner = namespace.removeprefix(NAMED).partition("-")[0]
        if namespace.startswith(NAMED) and not Path("/proc", owner).exists():
            _remove(namespace)


def _remove(namespace: str) -> None:
    """End what runs there, remove it; nothing if it was never made."""
    end = time.monotonic() + ENDING_SECONDS
    # Zombies are not among them: they wait for their parent.
    while (pids := _ip("netns", "pids", namespace, check=False).split()) and time.monotonic() < end:
        for pid in pids:
            with suppress(ProcessLookupError):  # it ended meanwhile
                os.kill(int(pid), signal.SIGKILL)
        time.sleep(0.05)
    _ip("netns", "delete", namespace, check=False)


def _ip(*words: str, check: bool = True) -> str:
    return subprocess.run(["ip", *words], capture_output=True, text=True, check=check).stdout
