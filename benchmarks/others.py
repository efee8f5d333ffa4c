"""What others take for the same submissions: a process for each that imports PyTorch, and nbgrader."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from benchmarks.classes import ROOT, Submitted, exercises
from benchmarks.measure import Cost, expect, run
from benchmarks.notebook import ASSIGNMENT, hand_in, write_course

#: How often memory is looked at.
SAMPLE_SECONDS = 0.2
#: The student who hands in the reference.
REFERENCE = "reference"


class Other(msgspec.Struct, frozen=True):
    """What another way of grading took.

    graded: how many files, of so many questions in all. wall, cpu: seconds for all. as_meant: files judged as they
    should be, as right or as wrong; a notebook is right if all its questions are. None where that is not known.
    """

    name: str
    graded: int
    questions: int
    wall: float
    cpu: float
    peak_mb: float
    as_meant: int | None


def record(names: Sequence[str], folder: Path) -> None:
    """Write each exercise's calls into the folder."""
    for name in names:
        command = [sys.executable, "-m", "benchmarks.record", name, str(folder)]
        expect(run(command, cwd=ROOT), 0, f"recording {name}")


def one_process_each(submitted: Sequence[Submitted], recorded: Path) -> Other:
    """Submissions one after another."""
    folders = {exercise.id: exercise.folder for exercise in exercises([one.exercise for one in submitted])}
    costs: list[Cost] = []
    as_meant = 0
    for one in submitted:
        files = (folders[one.exercise], recorded / f"{one.exercise}.pickle", one.path)
        command = [sys.executable, "-m", "benchmarks.alone", *map(str, files)]
        cost = run(command, cwd=ROOT, sample_seconds=SAMPLE_SECONDS)
        as_meant += cost.status == (0 if one.right else 1) and "Traceback" not in cost.tail
        costs.append(cost)
    return _other("a process each, importing torch", costs, len(costs), len(costs), as_meant)


def find_nbgrader(program: Path | None) -> Path | None:
    """nbgrader's program: the one that is named, or this environment's; None if there is none.

    Raises FileNotFoundError for one that is named and not there.
    """
    if program is not None and not program.exists():
        raise FileNotFoundError(program)
    found = program or Path(sys.executable).with_name("nbgrader")
    return found.absolute() if found.exists() else None


def nbgrader(program: Path, submitted: Sequence[Submitted], recorded: Path, folder: Path) -> list[Other]:
    """`nbgrader autograde` on every student's notebook of all questions: on one, then on the others in one command.

    The difference is what further notebooks cost without the program's start. Raises RuntimeError if the reference's
    own notebook, graded before and not counted, gets less than full marks: nothing would then have been tested, and
    what is wrong would be judged as it should be for no reason.
    """
    env = _environment(program, folder)
    asked = exercises(sorted({one.exercise for one in submitted}))
    write_course(folder, asked, recorded)

    def command(*words: str) -> Cost:
        cost = run([str(program), *words], cwd=folder, env=env, sample_seconds=SAMPLE_SECONDS)
        return expect(cost, 0, f"nbgrader {words[0]}")

    command("generate_assignment", ASSIGNMENT)
    hand_in(folder, REFERENCE, {one.id: (one.folder / "reference.py").read_text("utf-8") for one in asked})
    command("autograde", ASSIGNMENT, "--student", REFERENCE)
    right = _hand_in_all(folder, submitted)
    first, *rest = right
    one = command("autograde", ASSIGNMENT, "--student", first)
    others = command("autograde", ASSIGNMENT)
    command("export", "--to", "grades.csv")
    full = _full_marks(folder / "grades.csv")
    if not full[REFERENCE]:
        raise RuntimeError(f"nbgrader does not give the reference full marks: {program} may lack torch or numpy")
    as_meant = sum(full[student] == ok for student, ok in right.items())
    name, questions = "nbgrader autograde, a notebook per student", len(right) * len(asked)
    rows = [_other(name, [one, others], len(right), questions, as_meant)]
    further = len(rest) - 1
    if further > 0:
        wall, cpu = others.wall - one.wall, others.cpu - one.cpu
        rows.append(Other("nbgrader, its start left out", further, further * len(asked), wall, cpu, 0, None))
    return rows


def nbgrader_apart(program: Path, submitted: Sequence[Submitted], recorded: Path, folder: Path) -> list[Other]:
    """As `nbgrader`, each exercise an assignment of its own: a notebook is then one answer to one exercise, which is
    what `grade score` calls a submission. The costs of all assignments together."""
    by_exercise = []
    for exercise in sorted({one.exercise for one in submitted}):
        place = folder / exercise
        place.mkdir(parents=True)
        by_exercise.append(nbgrader(program, [one for one in submitted if one.exercise == exercise], recorded, place))
    names = ("nbgrader autograde, a notebook per exercise", "the same, its starts left out")
    return [_sum(name, rows) for name, rows in zip(names, zip(*by_exercise, strict=True), strict=False)]


def _sum(name: str, rows: Sequence[Other]) -> Other:
    as_meant = [row.as_meant for row in rows if row.as_meant is not None]
    return Other(
        name,
        sum(row.graded for row in rows),
        sum(row.questions for row in rows),
        sum(row.wall for row in rows),
        sum(row.cpu for row in rows),
        max(row.peak_mb for row in rows),
        sum(as_meant) if as_meant else None,
    )


def _other(name: str, costs: Sequence[Cost], graded: int, questions: int, as_meant: int) -> Other:
    wall, cpu = sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs)
    return Other(name, graded, questions, wall, cpu, max(cost.peak_mb for cost in costs), as_meant)


def _hand_in_all(folder: Path, submitted: Sequence[Submitted]) -> dict[str, bool]:
    """Write the students' notebooks; whether all that a student wrote is right."""
    right = {}
    for student, group in groupby(submitted, lambda one: one.student):
        answers = list(group)
        hand_in(folder, student, {one.exercise: one.path.read_text("utf-8") for one in answers})
        right[student] = all(one.right for one in answers)
    return right


def _full_marks(grades: Path) -> dict[str, bool]:
    with grades.open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: float(row["raw_score"]) == float(row["max_score"]) for row in csv.DictReader(file)}


def _environment(program: Path, folder: Path) -> dict[str, str]:
    """nbgrader calls other programs of its environment; its settings and its kernels' files go into the folder."""
    path = os.pathsep.join([str(program.parent), os.environ.get("PATH", os.defpath)])
    return {**os.environ, "PATH": path, "HOME": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "runtime")}
