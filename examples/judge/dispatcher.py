"""Grades what waits in a PostgreSQL table: `python dispatcher.py "host=... dbname=..." -- grade serve --stdio`.

Run as many as you like, on as many machines. Rows are locked while they are graded, and a dispatcher that dies, by
whatever cause, gives up its locks: others take the rows then. State and result are committed together.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

import psycopg
from client import Judge

TAKE = """
    SELECT id, exercise, content FROM submission WHERE state = 'waiting'
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
"""


def main() -> None:
    """Grade batches until nothing waits, or for ever."""
    options = _options()
    graded = 0
    with psycopg.connect(options.database) as connection, Judge(options.judge) as judge:
        while True:
            count = grade_batch(connection, judge, options.batch)
            graded += count
            if not count and options.until_empty:
                break
            if not count:
                time.sleep(options.pause)
    print(f"graded: {graded}")


def grade_batch(connection: psycopg.Connection[Any], judge: Judge, most: int) -> int:
    """Grade at most so many of the submissions that wait and that no other dispatcher has; how many there were."""
    with connection.transaction():
        rows = connection.execute(TAKE, [most]).fetchall()
        requests = [{"id": id, "exercise": exercise, "text": content} for id, exercise, content in rows]
        for answer in judge.answers(requests):
            score = answer["result"]["score"] if "result" in answer else None
            connection.execute("INSERT INTO result VALUES (%s, %s, %s)", [answer["id"], score, json.dumps(answer)])
            connection.execute("UPDATE submission SET state = %s WHERE id = %s", [state_of(answer), answer["id"]])
    return len(rows)


def state_of(answer: dict[str, Any]) -> str:
    """What to note of a submission with this answer."""
    if "result" in answer:
        return "failed" if answer["result"]["status"] == "grader_error" else "graded"
    return "refused" if answer["error"]["kind"] == "request" else "failed"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", help="what psycopg connects to")
    parser.add_argument("judge", nargs="+", help="the command of the judge, after --")
    parser.add_argument("--batch", type=int, default=16, help="submissions in one transaction, at most")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between two looks into an empty table")
    parser.add_argument("--until-empty", action="store_true", help="end when nothing waits that no other has")
    return parser.parse_args()


if __name__ == "__main__":
    main()
