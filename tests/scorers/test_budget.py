"""What a submission costs is its own: from the opening of its file to the writing of its result."""

from __future__ import annotations

import json
import signal
import time
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil
import pytest

from grader.course.find import find_course, find_exercise
from grader.grading.grader import Grader
from grader.result import Result
from grader.scorers import deadline
from grader.scorers.engine import ScoreSettings
from grader.scoring.score import score
from grader.submission.model import Prepared
from tests.forked import run_forked
from tests.scoring.test_score import COURSE, NAME, RIGHT, hand_in, rows_of

EXERCISE_SECONDS = 30.0  # total_seconds of exercise03


def graded(file: Path) -> tuple[int, Result]:
    """Exit status and result of the real command."""
    done = run_forked("grader", "exercise03", file, "--json", "-", "--course", COURSE)
    return done.returncode, msgspec.json.decode(done.stdout, type=Result)


@pytest.mark.slow
def test_a_scorer_that_hangs_costs_the_submission_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for student in ("anna", "eve", "zoe"):
        hand_in(tmp_path / "in", student, {NAME: f"{RIGHT}\n# {student}\n"})
    monkeypatch.setattr(deadline, "GRACE_SECONDS", 3 - EXERCISE_SECONDS)

    def stop_it_after_anna(done: int, total: int) -> None:
        if done == 1:
            for child in psutil.Process().children():
                with suppress(psutil.ZombieProcess):
                    if "grader.scorers.scorer" in child.cmdline():
                        child.send_signal(signal.SIGSTOP)

    begun = time.monotonic()
    scored = score(
        tmp_path / "in",
        tmp_path / "out",
        course=find_course(COURSE),
        settings=ScoreSettings(jobs=1),
        progress=stop_it_after_anna,
    )
    rows = rows_of(tmp_path / "out")
    assert [(row["student"], row["status"], row["score"]) for row in rows] == [
        ("anna", "graded", "10"),
        ("eve", "limit", "0"),
        ("zoe", "graded", "10"),
    ]
    assert "more than 3 s in all" in rows[1]["note"] and scored.faults == scored.retried == 0
    result = json.loads((tmp_path / "out/results/eve/exercise03.json").read_text())
    assert (result["status"], len(result["checks"])) == ("limit", 12) and time.monotonic() - begun < 60


@pytest.mark.slow
def test_right_code_and_half_a_million_empty_lines(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(RIGHT + "\n" * 530_000)
    status, result = graded(tmp_path / NAME)
    assert (status, result.status, result.score) == (0, "graded", 10)


@pytest.mark.slow
def test_seconds_tell_of_the_reading_too(tmp_path: Path) -> None:
    (tmp_path / "short").mkdir()
    (tmp_path / "short" / NAME).write_text(RIGHT)
    (tmp_path / NAME).write_text(RIGHT + "".join(f"a{i} = [{i}]\n" for i in range(30_000)))
    assert (tmp_path / NAME).stat().st_size < 1 << 20
    exercise = find_exercise(find_course(COURSE), "exercise03")
    with Grader(find_course(COURSE), [exercise], seed=1) as grader:
        prepared = grader.read(exercise, tmp_path / NAME)
        assert isinstance(prepared, Prepared)
        read = grader.read(exercise, tmp_path / "short" / NAME)
        assert isinstance(read, Prepared) and prepared.seconds > 3 * read.seconds > 0
        results = []
        time.sleep(0.5)  # nobody's time
        results.append(grader.grade(exercise, "long", msgspec.structs.replace(prepared, seconds=5.0)))
        results.append(grader.grade(exercise, "longer", msgspec.structs.replace(prepared, seconds=29.99)))
    assert results[0].passed and 5 < results[0].seconds < 5 + EXERCISE_SECONDS
    assert (results[1].status, results[1].score) == ("limit", 0)


@pytest.mark.slow
def test_thousands_cells_that_raise(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    path = tmp_path / NAME.replace(".py", ".ipynb")
    for count, told in ((1_900, "More cells raised an error"), (60_000, "60001 cells with code; at most 2000")):
        cells = [cell | {"source": "1 / 0" if count > 2_000 else "raise ValueError('x' * 10_000)"}] * count
        cells.append(cell | {"source": RIGHT})
        path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}))
        _, result = graded(path)
        text = json.dumps([result.notes, result.message])
        assert told in text and len(text) < 60_000
        assert result.score == (10 if count < 2_000 else 0)
