"""What shows that an attack succeeded, whatever it says itself: sockets, files and processes that it must not reach."""

from __future__ import annotations

import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Self

from grader.selftest.attack import Attack

KEPT = b"as it was\n"
#: Holds the secret in its environment and, at an address that it tells, in its memory; may be traced by anyone.
_VICTIM = """
import ctypes, os, time
secret = ctypes.create_string_buffer(os.environ["GRADE_SELFTEST"].encode(), 64)
ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)
print(ctypes.addressof(secret), flush=True)
time.sleep(86400)
"""


class Victim:
    """A process for one attack to harm."""

    def __init__(self, canary: str) -> None:
        command = [sys.executable, "-I", "-S", "-c", _VICTIM]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, env={"GRADE_SELFTEST": canary})
        assert self._process.stdout is not None
        self._told = self._process.stdout
        self.pid = self._process.pid

    def address(self) -> int:
        """Where in its memory the secret lies."""
        return int(self._told.readline())

    def harmed(self) -> bool:
        """Whether it has ended, or its memory was written."""
        return self._process.poll() is not None

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait()
        self._told.close()


class Witnesses:
    """Everything that watches, as a context manager. `place` is a folder that file modes let anybody write.

    canary: a secret that no output of a submission may hold.
    """

    def __init__(self) -> None:
        self.canary = f"canary-{secrets.token_hex(16)}"
        self.token = secrets.token_hex(6)
        self.place = Path(tempfile.mkdtemp(prefix="grade-place-", dir=_short()))
        self.abstract = f"grade-selftest-{self.token}"
        self._victims: dict[str, Victim] = {}
        self._heard = bytearray()
        self._sockets: list[socket.socket] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def __enter__(self) -> Self:
        os.chmod(self.place, 0o777)
        path = socket.socket(socket.AF_UNIX)
        path.bind(str(self.place / "socket"))
        abstract = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        abstract.bind(f"\0{self.abstract}")
        self._tcp, self._udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
        for inet in (self._tcp, self._udp):
            inet.bind(("127.0.0.1", 0))
        for listening in (path, self._tcp):
            listening.listen(64)
        self._sockets = [path, self._tcp, abstract, self._udp]
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        for open_socket in self._sockets:
            open_socket.close()
        for victim in self._victims.values():
            victim.end()
        shutil.rmtree(self.place, ignore_errors=True)
        for left in self.left_in_shared_memory():
            left.unlink(missing_ok=True)

    def fill_in(self, attack: Attack, source: str) -> str:
        """The attack's source with what an attacker is assumed to know."""
        if "@VICTIM@" in source:
            victim = self._victims[attack.name] = Victim(self.canary)
            source = source.replace("@VICTIM@", str(victim.pid)).replace("@ADDRESS@", str(victim.address()))
        if "@KEEP@" in source:
            self.kept(attack).write_bytes(KEPT)
            os.chmod(self.kept(attack), 0o666)
        known = {
            "NAME": attack.name,
            "PLACE": self.place,
            "KEEP": self.kept(attack),
            "TOKEN": self.token,
            "TCP": self._tcp.getsockname()[1],
            "UDP": self._udp.getsockname()[1],
            "SOCKET": self.place / "socket",
            "ABSTRACT": self.abstract,
            "CANARY_HEAD": self.canary[:16],
        }
        return filled_in(source, known)

    def kept(self, attack: Attack) -> Path:
        """A file that the attack must leave as it is."""
        return self.place / f"kept-{attack.name}"

    def made(self, attack: Attack) -> Path:
        """A file that the attack must not be able to make."""
        return self.place / attack.name

    def file_was_made(self, attack: Attack) -> bool:
        """Whether it made a file outside of its folder, here or in /dev/shm."""
        left = (path.name for path in self.left_in_shared_memory())
        mine = f"grade-selftest-{self.token}-{attack.name}"
        return self.made(attack).exists() or any(name.startswith(mine) for name in left)

    def file_was_changed(self, attack: Attack) -> bool:
        """Whether the file that it was to leave alone is no longer as it was."""
        kept = self.kept(attack)
        if attack.source is None or "@KEEP@" not in attack.source:
            return False
        return not kept.exists() or kept.read_bytes() != KEPT or kept.stat().st_mode & 0o777 != 0o666

    def was_heard(self, attack: Attack) -> bool:
        """Whether it reached a socket."""
        return attack.name.encode() in self._heard.split(b"\n")

    def victim_was_harmed(self, attack: Attack) -> bool:
        """Whether its victim is gone."""
        return attack.name in self._victims and self._victims[attack.name].harmed()

    def left_in_shared_memory(self) -> list[Path]:
        """Files of attacks in /dev/shm."""
        return list(Path("/dev/shm").glob(f"grade-selftest-{self.token}*"))

    def pids(self) -> set[int]:
        """The victims."""
        return {victim.pid for victim in self._victims.values()}

    def _listen(self) -> None:
        _, _, abstract, udp = self._sockets
        while not self._ended.is_set():
            for ready in select.select(self._sockets, [], [], 0.2)[0]:
                if ready in (abstract, udp):
                    self._heard += ready.recv(4096)
                    continue
                connection, _ = ready.accept()
                with connection:
                    connection.settimeout(1)
                    try:
                        self._heard += connection.recv(4096)
                    except OSError:
                        continue


def filled_in(source: str, known: Mapping[str, object]) -> str:
    """The source with a value in the place of each @NAME@."""
    for name, value in known.items():
        source = source.replace(f"@{name}@", str(value))
    return source


def _short() -> str | None:
    """Where a socket's path is short enough."""
    return None if len(tempfile.gettempdir()) < 60 else "/tmp"
