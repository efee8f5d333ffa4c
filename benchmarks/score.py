"""`score`: `grade score` on classes of submissions, beside what others take for some of the same, all in one run."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, Pool, Submitted, exercises, make_class, pool
from benchmarks.cold import grade
from benchmarks.measure import Cost, expect, run
from benchmarks.others import Other, find_nbgrader, nbgrader, nbgrader_apart, one_process_each, record
from benchmarks.show import Table, megabytes

SETS = (("exercise03",), ("exercise03", "exercise12", "exercise15"))
JOBS = (1, 2)
#: How often memory is looked at; looking takes a few ms of a core that is not the measured processes'.
SAMPLE_SECONDS = 0.5
LACKS_NBGRADER = "nbgrader was left out: it is not installed here. Name the program of another environment: --nbgrader."


class Counts(msgspec.Struct, frozen=True):
    """How many submissions `grade score` gets, and how many of them others do: processes, and nbgrader's notebooks."""

    classes: tuple[int, int]
    processes: int
    notebooks: int


FULL = Counts((200, 2000), 15, 10)
QUICK = Counts((9, 18), 3, 3)


class Ours(msgspec.Struct, frozen=True):
    """One run of `grade score`."""

    exercises: str
    graded: int
    jobs: int
    cost: Cost
    as_meant: int


def measure(*, quick: bool, nbgrader: Path | None) -> list[Table]:
    """The tables of `score`."""
    counts = QUICK if quick else FULL
    program = find_nbgrader(nbgrader)
    ours: list[Ours] = []
    tables = []
    for names in SETS:
        pools = [pool(exercise) for exercise in exercises(names)]
        with tempfile.TemporaryDirectory() as name:
            found, others = _one_set(pools, counts, program, Path(name))
        ours += found
        tables.append(_comparison(found, others, program is None and len(pools) > 1))
    return [_ours_table(ours), *tables]


def _one_set(
    pools: Sequence[Pool], counts: Counts, program: Path | None, folder: Path
) -> tuple[list[Ours], list[Other]]:
    """Our runs and the others', on the same classes. The others run between ours."""
    asked = [one.exercise.id for one in pools]
    small, large = (make_class(folder / f"class{count}", pools, count) for count in counts.classes)
    ours = [_score(folder, counts.classes[0], small, jobs) for jobs in JOBS]
    record(asked, folder)
    others = [one_process_each(small[: counts.processes], folder)]
    if program is not None and len(pools) > 1:
        (folder / "nbgrader").mkdir()
        some = small[: counts.notebooks * len(pools)]
        others += nbgrader(program, some, folder, folder / "nbgrader")
        others += nbgrader_apart(program, some, folder, folder / "nbgrader_apart")
    return ours + [_score(folder, counts.classes[1], large, jobs) for jobs in JOBS], others


def _score(folder: Path, count: int, submitted: list[Submitted], jobs: int) -> Ours:
    out = folder / f"scored{count}_{jobs}"
    words = ("score", str(folder / f"class{count}"), "--out", str(out), "-j", str(jobs), "--course", str(ROOT))
    cost = run(grade(*words), cwd=folder, sample_seconds=SAMPLE_SECONDS)
    expect(cost, 0, "grade score")
    right = {(one.student, one.exercise): one.right for one in submitted}
    with (out / "scores.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    as_meant = sum(right[row["student"], row["exercise"]] == (row["passed"] == "true") for row in rows)
    return Ours(_label(submitted), len(rows), jobs, cost, as_meant)


def _label(submitted: Sequence[Submitted]) -> str:
    return ", ".join(sorted({one.exercise.removeprefix("exercise") for one in submitted}))


def _ours_table(ours: Sequence[Ours]) -> Table:
    rows, values = [], {}
    for one in ours:
        cost = one.cost
        rows.append(
            (
                one.exercises,
                str(one.graded),
                str(one.jobs),
                f"{cost.wall:.1f}",
                f"{one.graded / cost.wall:.1f}",
                f"{cost.cpu / one.graded:.4f}",
                megabytes(cost.peak_mb, cost.unread),
                megabytes(cost.usual_mb, cost.unread),
                f"{one.as_meant} of {one.graded}",
            )
        )
        values[f"{one.exercises}; {one.graded}; -j {one.jobs}"] = {
            "submissions": one.graded,
            "jobs": one.jobs,
            "wall_s": cost.wall,
            "per_second": one.graded / cost.wall,
            "cpu_s_each": cost.cpu / one.graded,
            "peak_mb": cost.peak_mb,
            "usual_mb": cost.usual_mb,
            "unread": cost.unread,
            "as_meant": one.as_meant,
        }
    header = ("exercises", "submissions", "-j", "wall, s", "a second", "CPU s each", "peak MB", "usual MB", "as meant")
    wrong = sum(one.graded - one.as_meant for one in ours)
    void = [f"VOID: {wrong} submissions were not judged as they should be; what this measured is not grading."]
    return Table("grade score, whole runs", header, rows, values, [_growth(ours), *(void if wrong else [])])


def _growth(ours: Sequence[Ours]) -> str:
    """Each class's peaks, from the small to the large one."""
    peaks: dict[tuple[str, int], list[str]] = {}
    for one in ours:
        found = peaks.setdefault((one.exercises, one.jobs), [])
        found.append(f"{megabytes(one.cost.peak_mb, one.cost.unread)} MB at {one.graded}")
    lines = [f"exercises {names}, -j {jobs}: {' → '.join(found)}" for (names, jobs), found in peaks.items()]
    return "Peak memory: " + "; ".join(lines)


def _comparison(ours: Sequence[Ours], others: Sequence[Other], lacks_nbgrader: bool) -> Table:
    """CPU seconds per question, and theirs divided by ours on the large class with one scorer."""
    base = next(one for one in reversed(ours) if one.jobs == 1)
    unit = base.cost.cpu / base.graded
    mine = Other(
        f"grade score -j 1, {base.graded}",
        base.graded,
        base.graded,
        base.cost.wall,
        base.cost.cpu,
        base.cost.peak_mb,
        base.as_meant,
    )
    rows, values = [], {}
    for one in (mine, *others):
        each = one.cpu / one.questions
        rows.append(
            (
                one.name,
                str(one.graded),
                str(one.questions),
                f"{one.wall / one.questions:.3f}",
                f"{each:.3f}",
                f"{each / unit:.1f}",
                f"{one.peak_mb:.0f}" if one.peak_mb else "",
                "" if one.as_meant is None else f"{one.as_meant} of {one.graded}",
            )
        )
        values[one.name] = {
            "files": one.graded,
            "questions": one.questions,
            "wall_s_each": one.wall / one.questions,
            "cpu_s_each": each,
            "cpu_ratio": each / unit,
            "peak_mb": one.peak_mb,
            "as_meant": one.as_meant,
        }
    header = ("by", "files", "questions", "wall s/question", "CPU s/question", "× ours, CPU", "peak MB", "as meant")
    notes = (LACKS_NBGRADER,) if lacks_nbgrader else ()
    return Table(f"Others on exercises {base.exercises}", header, rows, values, notes)
