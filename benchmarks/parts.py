"""`parts`: where a scorer's time goes, submission by submission, as `grade score` has one work.

`python -m benchmarks.parts FOLDER ROUNDS` is the scorer, with a clock around each part; see warm.py for why it is a
process of its own.
"""

from __future__ import annotations

import functools
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.classes import ROOT, exercises, make_class, pool
from benchmarks.measure import expect, run
from benchmarks.show import Table
from grader.scorers.scorer import Scorer, Start, Task

EXERCISE = "exercise03"
CLASS = 200
QUICK = 6
ROUNDS = 3
READ, START, CALLS, KNOWN, JUDGE, WRITE = (
    "read the file, search it for what is forbidden",
    "fork a worker, confine it, run the file in it",
    "calls: send inputs, wait, read results",
    "the reference and the mistakes, where not remembered",
    "compare, and describe the difference",
    "write the result, synced",
)
REST = "the rest: pytest, drawing inputs, the result"


class Spent(msgspec.Struct):
    """Seconds by part, of `submissions` gradings. whole: all of them, rest included."""

    submissions: int
    whole: float
    parts: dict[str, float]


class Clock:
    """Time by part. A part inside another one is not counted in the outer one."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = defaultdict(float)
        self._open: list[str] = []
        self._since = 0.0

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """What runs inside counts as `name`."""
        self._turn()
        self._open.append(name)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = time.perf_counter()
        if self._open:
            self.parts[self._open[-1]] += now - self._since
        self._since = now

    def around(self, owner: Any, name: str, part: str) -> None:
        """Count every call of owner.name as `part`."""
        function: Callable[..., Any] = getattr(owner, name)

        @functools.wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            with self.part(part):
                return function(*args, **kwargs)

        setattr(owner, name, timed)


def measure(*, quick: bool) -> list[Table]:
    """The table of `parts`."""
    rows, values = [], {}
    pools = [pool(exercise) for exercise in exercises([EXERCISE])]
    with tempfile.TemporaryDirectory() as name:
        make_class(Path(name, "class"), pools, QUICK if quick else CLASS)
        command = [sys.executable, "-m", "benchmarks.parts", name, str(1 if quick else ROUNDS)]
        expect(run(command, cwd=ROOT), 0, "parts")
        spent = msgspec.json.decode(Path(name, "spent.json").read_bytes(), type=Spent)
    for part in (READ, START, CALLS, KNOWN, JUDGE, WRITE, REST):
        seconds = spent.parts.get(part, 0.0) / spent.submissions
        rows.append((part, f"{1000 * seconds:.1f}", f"{100 * seconds * spent.submissions / spent.whole:.0f} %"))
        values[part] = seconds
    each = spent.whole / spent.submissions
    return [Table(f"One scorer, {EXERCISE}: {1000 * each:.1f} ms a submission", ("part", "ms", "share"), rows, values)]


def grade_class(folder: Path, rounds: int) -> Spent:
    """Grade every submission once uncounted, so that the references are remembered as in a long run, then `rounds`
    times."""
    start = Start(
        course=str(ROOT),
        submissions=str(folder / "class"),
        out=str(folder / "out"),
        exercises=(EXERCISE,),
        seed=1,
        device="cpu",
    )
    tasks = [
        Task(path.parts[-3], EXERCISE, str(path.relative_to(folder / "class")))
        for path in sorted((folder / "class").glob("*/*/*.py"))
    ]
    scorer, clock = Scorer(start), Clock()
    spent = Spent(rounds * len(tasks), 0.0, {})
    with scorer.grader as grader:
        import torch

        torch.set_num_threads(1)
        _put_clocks(clock)
        grader.workers.wait_ready()
        grader.settle()
        for number in range(rounds + 1):
            if number == 1:
                clock.parts.clear()
            begun = time.perf_counter()
            for task in tasks:
                with clock.part(REST):
                    scorer.save(task, scorer.grade(task))
            spent.whole += time.perf_counter() - begun if number else 0.0
    spent.parts = dict(clock.parts)
    return spent


def _put_clocks(clock: Clock) -> None:
    from grader.boundary.submission_run import SubmissionRun
    from grader.checks import context, evidence, naming
    from grader.checks.exercise import OutcomeCache
    from grader.scorers import scorer

    clock.around(scorer, "read_submission", READ)
    clock.around(scorer, "prepare", READ)
    clock.around(SubmissionRun, "start", START)
    clock.around(SubmissionRun, "load", START)
    clock.around(SubmissionRun, "close", START)
    clock.around(SubmissionRun, "call", CALLS)
    clock.around(OutcomeCache, "of", KNOWN)
    clock.around(context, "judge", JUDGE)
    clock.around(naming, "same", JUDGE)
    clock.around(evidence, "same", JUDGE)
    clock.around(Scorer, "save", WRITE)


if __name__ == "__main__":
    place = Path(sys.argv[1])
    (place / "spent.json").write_bytes(msgspec.json.encode(grade_class(place, int(sys.argv[2]))))
