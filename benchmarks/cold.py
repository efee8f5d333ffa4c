"""`cold`: whole processes. `grade EXERCISE FILE` beside `python -c "import torch"`, in turn, and the verbs that are to
answer at once beside `python -c pass`."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, exercises, pool
from benchmarks.measure import Cost, expect, run
from benchmarks.show import Table, megabytes, milliseconds, spread
from grader.course.learner import journal_path
from grader.course.stub import cut_stub
from grader.learner.record import FOLD_BYTES, Entry, Run

EXERCISE = "exercise03"
ROUNDS = 15
MEMORY_ROUNDS = 3
QUICK_ROUNDS = 1
#: How often memory is looked at, in runs of their own: a graded run takes about a second.
SAMPLE_SECONDS = 0.02
COURSE = ("--course", str(ROOT))

#: What is run, and the exit status that it must have.
Commands = dict[str, tuple[list[str], int]]


def measure(*, quick: bool) -> list[Table]:
    """The tables of `cold`."""
    count = QUICK_ROUNDS if quick else ROUNDS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        graded = _graded(folder)
        memory = rounds(graded, QUICK_ROUNDS if quick else MEMORY_ROUNDS, folder, sample_seconds=SAMPLE_SECONDS)
        costs = memory if quick else rounds(graded, count, folder)
        verbs = rounds(_verbs(), count, _learners_folder(folder / "learner"))
    return [_graded_table(costs, memory), _verbs_table(verbs)]


def grade(*words: str) -> list[str]:
    """The command line of `grade`: the installed console script, or the module where there is none."""
    script = Path(sys.executable).with_name("grade")
    return [*([str(script)] if script.exists() else [sys.executable, "-m", "grader"]), *words]


def rounds(commands: Commands, count: int, folder: Path, sample_seconds: float = 0) -> dict[str, list[Cost]]:
    """Each command once in every round; the next round begins one command further, so that none is always first.

    One round before them is not counted: it fills the page cache and writes bytecode. A single one is only to see that
    it works.
    """
    names = list(commands)
    costs: dict[str, list[Cost]] = {name: [] for name in names}
    for number in range(-1 if count > 1 else 0, count):
        first = max(number, 0) % len(names)
        for name in names[first:] + names[:first]:
            command, status = commands[name]
            cost = expect(run(command, cwd=folder, sample_seconds=sample_seconds), status, name)
            costs[name] += [cost] if number >= 0 else []
    return costs


def _graded(folder: Path) -> Commands:
    [exercise] = exercises([EXERCISE])
    answers = pool(exercise)
    sources = {"right": answers.right[0], "wrong": answers.wrong[0], "stub": cut_stub(exercise, ("en",))}
    commands: Commands = {"import torch": ([sys.executable, "-c", "import torch"], 0)}
    for name, source in sources.items():
        path = folder / name / f"{exercise.slug}.py"
        path.parent.mkdir()
        path.write_text(source, "utf-8")
        commands[name] = (grade(EXERCISE, str(path), *COURSE), int(name != "right"))
    return commands


def _verbs() -> Commands:
    return {
        "python -c pass": ([sys.executable, "-c", "pass"], 0),
        "grade --help": (grade("--help"), 0),
        "grade list": (grade("list", *COURSE), 0),
        "grade next": (grade("next", *COURSE), 0),
        f"grade hint {EXERCISE}": (grade("hint", EXERCISE, *COURSE), 0),
    }


def _learners_folder(folder: Path) -> Path:
    """A folder whose record of runs is as long as it gets before it is folded: the last of many weeks."""
    path = journal_path(folder)
    path.parent.mkdir(parents=True)
    run = Run(at=1_800_000_000, score=1, max_score=10, verdicts={f"check{number}": "failed" for number in range(12)})
    line = msgspec.json.encode(Entry(exercise=EXERCISE, attempts=1, best=1, max_score=10, last=run)) + b"\n"
    path.write_bytes(line * (FOLD_BYTES // len(line)))
    return folder


def ratios(costs: Sequence[Cost], base: Sequence[Cost], of: Callable[[Cost], float]) -> list[float]:
    """One ratio per round: what loads the machine for a while loads both."""
    return [of(cost) / of(beside) for cost, beside in zip(costs, base, strict=True)]


def _graded_table(costs: dict[str, list[Cost]], memory: dict[str, list[Cost]]) -> Table:
    base = costs["import torch"]
    rows, values = [], {}
    for name, found in costs.items():
        walls, cpus = ratios(found, base, lambda cost: cost.wall), ratios(found, base, lambda cost: cost.cpu)
        peak = statistics.median(cost.peak_mb for cost in memory[name])
        unread = max(cost.unread for cost in memory[name])
        label = name if name == "import torch" else f"grade {EXERCISE}, {name}"
        rows.append(
            (
                label,
                milliseconds([cost.wall for cost in found]),
                spread(walls),
                spread([cost.cpu for cost in found]),
                spread(cpus),
                megabytes(peak, unread),
            )
        )
        values[label] = {
            "wall_s": [cost.wall for cost in found],
            "wall_ratio": walls,
            "cpu_s": [cost.cpu for cost in found],
            "cpu_ratio": cpus,
            "peak_mb": peak,
            "unread": unread,
        }
    header = ("command", "wall, ms", "× import torch", "CPU, s", "× import torch", "peak memory, MB")
    return Table(f"Cold: whole processes, {len(base)} rounds, median (least–greatest)", header, rows, values)


def _verbs_table(costs: dict[str, list[Cost]]) -> Table:
    rows, values = [], {}
    for name, found in costs.items():
        walls = ratios(found, costs["python -c pass"], lambda cost: cost.wall)
        rows.append((name, milliseconds([cost.wall for cost in found]), spread(walls)))
        values[name] = {"wall_s": [cost.wall for cost in found], "wall_ratio": walls}
    return Table("Verbs that grade nothing", ("command", "wall, ms", "× python -c pass"), rows, values)
