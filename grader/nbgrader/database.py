"""The database below a gradebook: is it one, can it be written, is its schema this nbgrader's. Made if absent.

Nothing here imports nbgrader, whose import takes seconds: what is wrong is told before anything is graded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from grader.errors import UsageError
from grader.installing import install_command
from grader.nbgrader.address import LOCK_SECONDS, Address, expect_folder
from grader.text import Message, say

#: Tables that every version of nbgrader has.
_TABLES = frozenset({"assignment", "notebook", "student", "submitted_assignment", "grade"})
#: What graders lock while they write into PostgreSQL; any number that no one else uses.
_LOCK_KEY = 0x67726164652D646C


def check_database(address: Address) -> None:
    """Raises UsageError with what keeps results from being written into this gradebook. Changes nothing in it."""
    if not os.access(address.folder, os.W_OK | os.X_OK):
        problem = say(
            "{folder} can't be written, and the graded notebooks go into autograded/ there; choose "
            "another one: --nbgrader-dir DIR",
            folder=str(address.folder),
        )
        raise UsageError(problem)
    if address.file is not None and not address.file.exists():
        # Where the file will be made. Looking alone must not make it.
        expect_folder(address.file.parent, "--gradebook")
        if not os.access(address.file.parent, os.W_OK | os.X_OK):
            raise UsageError(_read_only(address.shown))
        return
    with explained(address), connected(address) as connection:
        fault = _fault(connection, address)
        if fault is None:
            _try_to_write(connection)
        connection.rollback()
    if fault is not None:
        raise UsageError(fault)


def _fault(connection: Connection, address: Address) -> Message | None:
    """Why this database is no gradebook to write into; None if it is one, or empty."""
    tables = set(inspect(connection).get_table_names())
    if tables and not tables >= _TABLES:
        return say(
            "The gradebook {gradebook} is the database of another program: nbgrader's tables are not in it. "
            "Give nbgrader a database of its own; an empty one is filled in.",
            gradebook=address.shown,
        )
    if not tables:
        return None
    script = _script()
    heads = MigrationContext.configure(connection).get_current_heads()
    try:
        script.get_revisions(heads)
    except CommandError:
        return say(
            "The gradebook {gradebook} was made by a newer nbgrader (its schema is {schema}): {command}",
            gradebook=address.shown,
            command=install_command(["--upgrade", "nbgrader"]),
            schema=", ".join(heads),
        )
    if set(heads) != set(script.get_heads()):
        return say(
            "The gradebook {gradebook} was made by an older nbgrader. Save a copy of it, then run in the course "
            "folder: nbgrader db upgrade",
            gradebook=address.shown,
        )
    return None


def _try_to_write(connection: Connection) -> None:
    """A write that changes nothing, in a transaction that is not kept: the database says whether it may be."""
    if not inspect(connection).get_table_names():
        connection.exec_driver_sql("CREATE TABLE grade_may_write (id INTEGER)")
        return
    for table in ("student", "submitted_assignment", "grade", "comment"):
        connection.exec_driver_sql(f"UPDATE {table} SET id = id WHERE 1 = 0")


def _script() -> ScriptDirectory:
    """The schema versions that the installed nbgrader knows, read without importing it."""
    spec = find_spec("nbgrader")
    assert spec is not None and spec.origin is not None
    return ScriptDirectory(str(Path(spec.origin).with_name("alembic")))


def prepare_database(address: Address, metadata: Any) -> str:
    """Make nbgrader's tables where there are none; the id of the course that new assignments belong to.

    metadata: SQLAlchemy's, of nbgrader's tables. Of two programs that come at once, one makes the tables.
    """
    course = metadata.tables["course"]
    with connected(address) as connection:
        if not inspect(connection).get_table_names():
            metadata.create_all(connection)
            # As `nbgrader db upgrade` would leave it. nbgrader itself runs alembic's program, which may not be on PATH.
            script = _script()
            MigrationContext.configure(connection).stamp(script, "head")
        elif (fault := _fault(connection, address)) is not None:
            raise UsageError(fault)
        ids = list(connection.scalars(select(course.c.id)))
        if not ids:
            connection.execute(insert(course).values(id="default_course"))
        connection.commit()
    return ids[0] if len(ids) == 1 else "default_course"


@contextmanager
def connected(address: Address) -> Iterator[Connection]:
    """A connection whose transactions no other grader's overlap."""
    engine = create_engine(address.url)
    write_alone(engine)
    try:
        with engine.connect() as connection:
            connection.begin()
            yield connection
    finally:
        engine.dispose()


def write_alone(engine: Engine) -> None:
    """Let every transaction of this engine wait for the other writers first, instead of failing at its first write."""
    if engine.dialect.name == "sqlite":
        # Python's sqlite3 begins a transaction late, and as a reader; ours is to begin at once, as the writer.
        event.listen(engine, "connect", lambda connection, record: setattr(connection, "isolation_level", None))
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    if engine.dialect.name == "postgresql":
        event.listen(engine, "begin", _lock_postgresql)
    engine.dispose()


def _lock_postgresql(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK_KEY})")


@contextmanager
def explained(address: Address) -> Iterator[None]:
    """Turns what a database driver raises into a UsageError with the sentence for it."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = getattr(error, "orig", None) or error
        raise UsageError(_sentence(address, str(cause), getattr(cause, "sqlstate", None))) from error


def _sentence(address: Address, reason: str, state: str | None) -> Message:
    """state: SQLSTATE, which servers give whatever their language is; SQLite and failed connections have none."""
    low = reason.lower()
    if state == "55P03" or "database is locked" in low:
        return say(
            "The gradebook {gradebook} is in use: another program has been writing into it for more than "
            "{seconds} s. Close it, or wait for it to end, and try again.",
            gradebook=address.shown,
            seconds=address.lock_seconds,
        )
    if state in ("42501", "25006") or "readonly" in low:
        return _read_only(address.shown)
    if "file is not a database" in low or "malformed" in low:
        return say("{file} is no gradebook: it is not an SQLite database, or a damaged one.", file=address.shown)
    if state in ("28P01", "28000") or (address.file is None and "password" in low):
        return say(
            "The gradebook {gradebook} refused the user or the password. The password may stand in the URL, in "
            "PGPASSWORD or in ~/.pgpass.",
            gradebook=address.shown,
        )
    if address.file is not None or state is not None:
        return say("The gradebook {gradebook} can't be used: {reason}", gradebook=address.shown, reason=_line(reason))
    return say(
        "The gradebook {gradebook} can't be reached: {reason}. Is the server running, and are its name, port "
        "and database spelled right?",
        gradebook=address.shown,
        reason=_line(reason),
    )


def _line(reason: str) -> str:
    return (reason.strip().splitlines() or ["?"])[0].rstrip(".")


def _read_only(gradebook: str) -> Message:
    return say(
        "The gradebook {gradebook} may not be written by you; check its permissions and its folder's.",
        gradebook=gradebook,
    )
