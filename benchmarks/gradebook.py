"""`gradebook`: what `grade score --gradebook` takes beyond grading, beside nbgrader's import, a part of it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from benchmarks.classes import ROOT, exercises, make_class, pool
from benchmarks.cold import grade
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, spread

EXERCISE = "exercise03"
SUBMISSIONS = 100
QUICK_SUBMISSIONS = 6
ROUNDS = 7
QUICK_ROUNDS = 1

IMPORT = "import nbgrader.api"
PLAIN = "grade score"
NEW = "grade score --gradebook, a new one"
AGAIN = "grade record --gradebook, all written before"


def measure(*, quick: bool) -> list[Table]:
    """The table of `gradebook`; none where nbgrader is not installed here."""
    if find_spec("nbgrader") is None:
        print("\ngradebook was left out: nbgrader is not installed here.")
        return []
    count = QUICK_SUBMISSIONS if quick else SUBMISSIONS
    costs: dict[str, list[Cost]] = {name: [] for name in (IMPORT, PLAIN, NEW, AGAIN)}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_class(folder / "submitted", [pool(one) for one in exercises([EXERCISE])], count)
        # The first round is not counted: it fills the page cache and writes bytecode. A quick one counts as well.
        for number in range(0 if quick else -1, QUICK_ROUNDS if quick else ROUNDS):
            more = ("-j", "1") if quick else ()
            for what, cost in _round(folder, more, reverse=number % 2 == 1).items():
                costs[what] += [cost] if number >= 0 else []
    return [_table(costs, count)]


def _round(folder: Path, more: tuple[str, ...], *, reverse: bool) -> dict[str, Cost]:
    """Each command once; every second round the other way round, so that none always has the warmer machine. more:
    further words of `grade score`."""
    for made in ("plain", "new", "course"):
        shutil.rmtree(folder / made, ignore_errors=True)
    (folder / "course").mkdir()
    to = ("--gradebook", "course/gradebook.db", "--course", str(ROOT))
    commands = {
        IMPORT: [sys.executable, "-c", IMPORT],
        PLAIN: grade("score", "submitted", "--out", "plain", "--course", str(ROOT), *more),
        NEW: grade("score", "submitted", "--out", "new", *to, *more),
    }
    names = list(reversed(commands)) if reverse else list(commands)
    costs = {name: expect(run(commands[name], cwd=folder), 0, name) for name in names}
    return costs | {AGAIN: expect(run(grade("record", "new", *to), cwd=folder), 0, AGAIN)}


def _table(costs: dict[str, list[Cost]], count: int) -> Table:
    base = costs[IMPORT]
    beyond = [new.wall - plain.wall for new, plain in zip(costs[NEW], costs[PLAIN], strict=True)]
    walls = {name: [cost.wall for cost in found] for name, found in costs.items()}
    walls = {**walls, "beyond grading": beyond}
    rows, values = [], {}
    for name, found in walls.items():
        ratios = [wall / cost.wall for wall, cost in zip(found, base, strict=True)]
        rows.append((name, spread(found), spread(ratios)))
        values[name] = {"wall_s": found, "wall_ratio": ratios}
    title = f"{count} results into a gradebook (SQLite): {len(base)} rounds, median (least–greatest)"
    return Table(title, ("command", "wall, s", f"× {IMPORT}"), rows, values)
