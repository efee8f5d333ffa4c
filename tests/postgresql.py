"""A real PostgreSQL for tests: a cluster of their own, on a socket in a temporary folder."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

PASSWORD = "hunter2"


def server_programs() -> Path:
    """The folder of PostgreSQL's server programs, which Debian keeps off PATH."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = next((folder for folder in folders if (folder / "postgres").exists()), None)
    if found is None:
        pytest.skip("PostgreSQL's server is not installed: sudo apt-get install postgresql")
    return found


@contextmanager
def cluster() -> Iterator[Path]:
    """A running cluster; the folder of its socket. Its superuser is `grader`. Skips the test where there is none."""
    programs = server_programs()
    # Not pytest's folder: the server refuses to run as root, and its user can't reach that one.
    with tempfile.TemporaryDirectory(prefix="pg") as name:
        folder = Path(name)
        user: dict[str, object] = {}
        if os.geteuid() == 0:
            account = next(one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
            user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
            os.chown(folder, account.pw_uid, account.pw_gid)
        secret = folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                folder / "data",
                "-U",
                "grader",
                "-A",
                "scram-sha-256",
                "--pwfile",
                secret,
                "--no-sync",
                "--encoding=UTF8",
                "--locale=C",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            timeout=120,
            **user,
        )  # type: ignore[call-overload]
        log = (folder / "log").open("wb")
        server = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
            cwd=folder,
            stdout=log,
            stderr=log,
            **user,
        )  # type: ignore[call-overload]
        try:
            _wait(folder, server)
            yield folder
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(30)
            log.close()


def _wait(socket: Path, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, (socket / "log").read_text()
        try:
            psycopg.connect(about(socket, "postgres"), connect_timeout=5).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError((socket / "log").read_text())


def about(socket: Path, database: str) -> str:
    """What psycopg connects to."""
    return f"host={socket} user=grader password={PASSWORD} dbname={database}"


class Server:
    """A new database of the cluster."""

    def __init__(self, socket: Path, name: str) -> None:
        self.socket, self.name = socket, name
        with psycopg.connect(about(socket, "postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())

    def url(self, user: str = f"grader:{PASSWORD}", driver: str = "postgresql", name: str = "") -> str:
        return f"{driver}://{user}@/{name or self.name}?host={self.socket}"

    def open(self) -> psycopg.Connection:
        return psycopg.connect(about(self.socket, self.name))

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.open() as connection:
            return connection.execute(query.encode()).fetchall()
