"""Which gradebook: the value of `--gradebook`, understood without touching the database."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from grader.errors import UsageError
from grader.installing import extra_command, install_command
from grader.text import say

if TYPE_CHECKING:
    from sqlalchemy import URL

#: How long a writer waits for another one: nbgrader's own commands hold the gradebook for seconds at most.
LOCK_SECONDS = 20
_CONNECT_SECONDS = 10


class Address(msgspec.Struct, frozen=True):
    """A gradebook and the nbgrader course folder that goes with it.

    url: for an engine, password included; never printed. Its waits for others are part of it, so that nbgrader's own
    engine has them too. shown: the same without the password, or the file's path. file: the database's file where it
    is SQLite. folder: what holds autograded/ and submitted/.
    """

    url: URL
    shown: str
    file: Path | None
    folder: Path

    @property
    def backend(self) -> str:
        """SQLAlchemy's name for the kind of database: sqlite, postgresql."""
        return self.url.get_backend_name()

    @property
    def lock_seconds(self) -> str:
        """How long a writer waits for another one. An SQLite URL may say so itself: `?timeout=5`."""
        timeout = self.url.query.get("timeout") if self.backend == "sqlite" else None
        return timeout if isinstance(timeout, str) else str(LOCK_SECONDS)


def read_address(gradebook: str, nbgrader_dir: str | None) -> Address:
    """The gradebook of these two options' values.

    gradebook: an SQLAlchemy URL, or the path of an SQLite file. nbgrader_dir: the course folder; None for the folder
    of the SQLite file, or else the working folder. Raises UsageError where nbgrader is not installed, the value can't
    be understood, the database's driver is missing, or there is no such folder.
    """
    if find_spec("nbgrader") is None:
        problem = say(
            "--gradebook needs nbgrader, not installed here (the extra {extra}): {command}",
            extra="instructor",
            command=extra_command("instructor"),
        )
        raise UsageError(problem)
    url = _url(gradebook)
    file = _file(url, gradebook) if url.get_backend_name() == "sqlite" else None
    if file is not None and file.is_dir():
        example = str(file / "gradebook.db")
        raise UsageError(say("--gradebook: {path} is a folder; name the file: {file}", path=str(file), file=example))
    folder = Path(nbgrader_dir) if nbgrader_dir is not None else file.parent if file is not None else Path()
    expect_folder(folder, "--gradebook" if nbgrader_dir is None else "--nbgrader-dir")
    shown = url.render_as_string() if file is None else str(file)
    waits = {"sqlite": {"timeout": str(LOCK_SECONDS)}, "postgresql": {"connect_timeout": str(_CONNECT_SECONDS)}}
    url = url.set(query=waits.get(url.get_backend_name(), {}) | dict(url.query))
    return Address(url, shown, file, folder.resolve())


def expect_folder(folder: Path, option: str) -> None:
    """Raises UsageError if there is none."""
    if not folder.is_dir():
        raise UsageError(
            say("{option}: there is no folder {folder}; make it first.", option=option, folder=str(folder))
        )


def _url(gradebook: str) -> URL:
    from sqlalchemy import URL, make_url
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError

    if "://" not in gradebook:
        return URL.create("sqlite", database=gradebook)
    try:
        url = make_url(gradebook)
        if url.drivername in ("postgres", "postgresql") and find_spec("psycopg") is not None:
            # SQLAlchemy before 2.1 means psycopg2 by it.
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect().import_dbapi()
    except (ArgumentError, NoSuchModuleError, ValueError):
        problem = say(
            "--gradebook can't be understood. It takes a file such as gradebook.db, or an SQLAlchemy URL such as "
            "sqlite:///gradebook.db or postgresql://USER@HOST/DATABASE."
        )
        raise UsageError(problem) from None
    except ModuleNotFoundError as error:
        problem = say(
            "--gradebook: {driver} is needed for this database and not installed: {command}",
            driver=error.name or url.get_driver_name(),
            command=install_command([error.name or url.get_driver_name()]),
        )
        raise UsageError(problem) from None
    return url


def _file(url: URL, gradebook: str) -> Path:
    name = (url.database or "").removeprefix("file:")
    if name in ("", ":memory:"):
        problem = say(
            "--gradebook: {url} names no file, so nothing would be kept; name one: sqlite:///gradebook.db",
            url=gradebook or '""',
        )
        raise UsageError(problem)
    return Path(name)
