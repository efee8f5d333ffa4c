"""examples/judge: a queue in a real PostgreSQL, two dispatchers with real judges, one of them killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.postgresql import Server, about, cluster
from tests.scoring.test_score import COURSE, RIGHT, WRONG, children_of

pytestmark = pytest.mark.slow
EXAMPLE = COURSE / "examples/judge"
JUDGE = [sys.executable, "-m", "grader", "serve", "--stdio", "exercise03", "-j", "1", "--course", str(COURSE)]
COUNT, BATCH = 12, 3
#: A connection that holds rows while it waits for its judge.
HOLDS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'first' AND state = 'idle in transaction'"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with cluster() as socket:
        server = Server(socket, "queue")
        with server.open() as connection:
            connection.execute((EXAMPLE / "schema.sql").read_bytes())
            for number in range(COUNT):
                row = (f"s{number}", "exercise03", RIGHT if number % 2 else WRONG)
                connection.execute("INSERT INTO submission (student, exercise, content) VALUES (%s, %s, %s)", row)
            connection.execute("INSERT INTO submission (student, exercise, content) VALUES ('x', 'none', '')")
        yield server


def dispatcher(server: Server, name: str) -> subprocess.Popen[str]:
    database = f"{about(server.socket, server.name)} application_name={name}"
    command = [
        sys.executable,
        EXAMPLE / "dispatcher.py",
        database,
        "--batch",
        str(BATCH),
        "--until-empty",
        "--",
        *JUDGE,
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def descendants(pid: int) -> list[int]:
    children = children_of(pid)
    return [*children, *(below for child in children for below in descendants(child))]


def runs(pid: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(true: Callable[[], bool]) -> None:
    while not true():  # pytest's time limit ends it
        time.sleep(0.05)


def test_one_dispatcher_is_killed_and_nothing_is_lost_or_graded_twice(server: Server) -> None:
    first, second = (dispatcher(server, name) for name in ("first", "second"))
    # A judge, its scorer, and the two zygotes of that.
    wait_until(lambda: server.rows(HOLDS) == [(1,)] and len(descendants(first.pid)) >= 4)
    tree = descendants(first.pid)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    out, errors = second.communicate(timeout=170)
    assert (second.returncode, errors) == (0, ""), errors
    states = dict(server.rows("SELECT state, count(*) FROM submission GROUP BY state"))
    assert states == {"graded": COUNT, "refused": 1}
    [[results]] = server.rows("SELECT count(*) FROM result")
    assert results == COUNT + 1 and out == f"graded: {COUNT + 1}\n"  # the first had not committed any
    passed = server.rows("SELECT student, answer->'result'->>'passed' FROM submission JOIN result ON submission = id")
    assert Counter(value for _, value in passed) == {"true": COUNT // 2, "false": COUNT // 2, None: 1}
    wait_until(lambda: not any(map(runs, tree)))
