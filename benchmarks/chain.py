"""`chain`: where a cold `grade EXERCISE FILE` spends its time, from exec to its end, as its main process meets
it. What the zygotes do meanwhile shows only where that process has to wait for them."""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.classes import ROOT, exercises, pool
from benchmarks.measure import expect, run
from benchmarks.show import Table, milliseconds

EXERCISE = "exercise03"
ROUNDS, QUICK_ROUNDS = 15, 1


def measure(*, quick: bool) -> list[Table]:
    """The table of `chain`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        [exercise] = exercises([EXERCISE])
        (folder / f"{exercise.slug}.py").write_text(pool(exercise).right[0], "utf-8")
        command = [
            sys.executable,
            "-m",
            "benchmarks.chain_marks",
            EXERCISE,
            f"{exercise.slug}.py",
            "--course",
            str(ROOT),
        ]
        rounds = [_times(command, folder) for _ in range(QUICK_ROUNDS if quick else 1 + ROUNDS)]
    return [_table(rounds[len(rounds) > 1 :])]  # the first fills the page cache


def _times(command: Sequence[str], folder: Path) -> dict[str, float]:
    """Seconds from exec to the end of each step."""
    marks = folder / "marks.json"
    environ = os.environ | {"GRADE_CHAIN": str(marks), "PYTHONPATH": str(ROOT)}
    start = time.monotonic()
    expect(run(command, cwd=folder, env=environ), 0, "grade")
    return {name: at - start for name, at in json.loads(marks.read_bytes()).items()}


def _table(rounds: Sequence[dict[str, float]]) -> Table:
    order = sorted(rounds[0], key=lambda step: statistics.median(times[step] for times in rounds))
    rows, values, before = [], {}, ""
    for step in order:
        ends = [times[step] for times in rounds]
        took = [times[step] - times.get(before, 0.0) for times in rounds]
        rows.append((step, milliseconds(ends), milliseconds(took)))
        values[step] = {"end_s": ends, "took_s": took}
        before = step
    header = ("by then", "since exec, ms", "since the step before, ms")
    return Table(f"A cold `grade {EXERCISE}`, right, step by step", header, rows, values)
