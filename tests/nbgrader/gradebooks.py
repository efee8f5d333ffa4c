"""What the gradebook's tests share: classes to grade, the real commands, and a look into the database."""

from __future__ import annotations

import csv
import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.forked import NBGRADER, Started, run_forked, start_forked

COURSE = Path(__file__).parents[2]
RIGHT = (COURSE / "solutions/exercise03/reference.py").read_text("utf-8")
WRONG = RIGHT.replace("return s * (1 - s)", "return x * (1 - x)")
SLUG = "sigmoid_derivative"
BIN = Path(sys.executable).parent


def hand_in(root: Path, student: str, text: str, suffix: str = ".py") -> Path:
    """A submission of exercise03; its folder."""
    folder = root / student / "exercise03"
    folder.mkdir(parents=True)
    (folder / f"{SLUG}{suffix}").write_text(text, "utf-8")
    return folder


def notebook(*cells: dict[str, Any]) -> str:
    """An .ipynb. cells: with `source` at least; code unless they say otherwise."""
    code = {"outputs": [], "execution_count": None}
    whole = [{"cell_type": "code", "id": f"c{number}", "metadata": {}} | cell for number, cell in enumerate(cells)]
    whole = [(code if cell["cell_type"] == "code" else {}) | cell for cell in whole]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": whole})


def command(*words: str | Path) -> list[str]:
    """`grade WORDS`, as a program of its own."""
    return [sys.executable, "-m", "grader", *map(str, words), "--course", str(COURSE)]


def environment(folder: Path) -> dict[str, str]:
    """nbgrader's programs find each other on PATH, and their settings in a folder of the test's."""
    settings = {name: str(folder) for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR")}
    return {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONWARNINGS": "ignore", **settings}


def grade(
    *words: str | Path, status: int = 0, lang: str = "en", cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run it; it must end with this status. It must not need PATH: people call a virtual environment's `grade`."""
    env = {**os.environ, "PATH": "/usr/bin:/bin", **(env or {})}
    done = run_forked(
        "grader", *words, "--course", COURSE, "--lang", lang, cwd=cwd or COURSE, env=env, imported=NBGRADER
    )
    assert done.returncode == status, (done.returncode, done.stdout, done.stderr)
    return done


def started(*words: str | Path, told: Path) -> Started:
    """Run it beside the test. told: gets what it says on standard error."""
    words = (*words, "--course", COURSE, "--lang", "en")
    return start_forked("grader", *words, stdout=Path(os.devnull), stderr=told, cwd=COURSE, imported=NBGRADER)


def nbgrader(course: Path, *words: str) -> str:
    """Run nbgrader's own program in a course folder; what it says."""
    done = run_forked("nbgrader", *words, cwd=course, env=environment(course), imported=NBGRADER)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def exported(course: Path, *words: str) -> dict[tuple[str, str], dict[str, str]]:
    """What `nbgrader export` says: (student, assignment) → row."""
    nbgrader(course, "export", *words)
    with (course / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {(row["student_id"], row["assignment"]): row for row in csv.DictReader(file)}


def rows(gradebook: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    """What an SQLite gradebook answers."""
    with sqlite3.connect(gradebook) as connection:
        found = connection.execute(query, values).fetchall()
    connection.close()
    return found


GRADES = """
    SELECT sa.student_id, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade
    FROM grade g JOIN submitted_notebook sn ON g.notebook_id = sn.id
    JOIN submitted_assignment sa ON sn.assignment_id = sa.id ORDER BY sa.student_id
"""
COMMENTS = """
    SELECT sa.student_id, c.auto_comment, c.manual_comment
    FROM comment c JOIN submitted_notebook sn ON c.notebook_id = sn.id
    JOIN submitted_assignment sa ON sn.assignment_id = sa.id JOIN base_cell b ON c.cell_id = b.id
    WHERE b.name = 'exercise03-solution' ORDER BY sa.student_id
"""


def scored_class(folder: Path, results: Mapping[str, Path], name: str) -> Path:
    """An output folder of `grade score` with these results (student → a result's file), graded elsewhere before."""
    out = folder / name
    for student, result in results.items():
        place = out / "results" / student
        place.mkdir(parents=True)
        (place / "exercise03.json").write_bytes(result.read_bytes())
    run = {
        "grader": "0",
        "seed": 1,
        "course": str(COURSE),
        "submissions": str(folder / "submitted"),
        "device": "cpu",
        "exercises": ["exercise03"],
    }
    (out / "run.json").write_text(json.dumps(run))
    return out


@contextmanager
def formgrader_of(course: Path, extension: str = "formgrader") -> Iterator[str]:
    """nbgrader's formgrader, or another extension, in a real Jupyter server on a loopback port; its address."""
    extensions = f"{{'nbgrader': True, 'nbgrader.server_extensions.{extension}': True}}"
    log = course.parent / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            [
                BIN / "jupyter",
                "server",
                "--allow-root",
                "--no-browser",
                "--port=0",
                "--ServerApp.token=",
                "--ServerApp.password=",
                "--ServerApp.disable_check_xsrf=True",
                f"--ServerApp.jpserver_extensions={extensions}",
            ],
            cwd=course,
            env=environment(course),
            stdout=output,
            stderr=output,
        )
    try:
        found = None
        for _ in range(600):
            found = re.search(r"http://(?:localhost|127\.0\.0\.1):(\d+)/", log.read_text("utf-8", "replace"))
            if found and found[1] != "0":
                break
            assert server.poll() is None, log.read_text("utf-8", "replace")
            time.sleep(0.1)
        assert found is not None, log.read_text("utf-8", "replace")
        _wait_until_listening(int(found[1]))
        yield f"http://127.0.0.1:{found[1]}/formgrader"
    finally:
        server.terminate()
        server.wait(30)


def _wait_until_listening(port: int) -> None:
    """Jupyter prints its address a little before."""
    end = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


def ask(address: str, put: dict[str, Any] | None = None, *, method: str = "") -> Any:
    """What formgrader answers: a page as text, or its API's JSON. put: sent as JSON."""
    data = json.dumps(put).encode() if put is not None else None
    method = method or ("GET" if put is None else "PUT")
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:
        body = answer.read().decode("utf-8")
    return json.loads(body) if "/api/" in address else body
