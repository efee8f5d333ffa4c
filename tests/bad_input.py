"""Grades many submissions in one process, for tests: one zygote, checks collected once, short limits."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from grader.course.find import find_course, find_exercise
from grader.course.model import Course, Exercise
from grader.grading.grader import Grader
from grader.report.terminal import ReportConsole, print_report
from grader.report.views import learner_view
from grader.result import CheckResult, Result

ROOT = Path(__file__).parents[1]
SUBMISSIONS = ROOT / "tests" / "submissions" / "exercise03"
SEED = 1


def short_course(
    folder: Path, *, call_seconds: float = 1, load_seconds: float = 2, total_seconds: float = 20
) -> Course:
    """A copy of exercise 03 as a course of its own, whose limits a test need not wait for."""
    solution = folder / "solutions" / "exercise03"
    shutil.copytree(ROOT / "solutions" / "exercise03", solution)
    shutil.copy(ROOT / "course.toml", folder)
    shutil.copy(ROOT / "texts.zh-CN.toml", folder)
    toml = solution / "exercise.toml"
    limits = f"[limits]\n{call_seconds = }\n{load_seconds = }\n{total_seconds = }\n"
    toml.write_text(toml.read_text("utf-8") + limits, "utf-8")
    return find_course(folder)


def graded(course: Course, files: Iterable[Path]) -> dict[Path, Result]:
    """The result of each file. After each, no worker is left."""
    exercise = find_exercise(course, "exercise03")
    results: dict[Path, Result] = {}
    with Grader(course, [exercise], seed=SEED) as grader:
        for file in files:
            results[file] = _one(grader, exercise, file)
            assert not workers(grader), file
    return results


def _one(grader: Grader, exercise: Exercise, file: Path) -> Result:
    prepared = grader.read(exercise, file)
    return prepared if isinstance(prepared, Result) else grader.grade(exercise, str(file), prepared)


def workers(grader: Grader) -> list[int]:
    """The process ids of the workers that the grader's zygote has."""
    zygote = grader.workers._zygote
    if zygote is None or zygote._process is None:
        return []
    pid = zygote._process[0]
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    # The readers' zygote may be a child of the workers'; it has no limits.
    return [child for child in children if "NoNewPrivs:\t1" in Path(f"/proc/{child}/status").read_text()]


def check(result: Result, name: str) -> CheckResult:
    """One check of a result."""
    return next(one for one in result.checks if one.id == name)


def report(result: Result, language: str) -> str:
    """The terminal report at 80 columns."""
    out = io.StringIO()
    print_report(
        learner_view(result),
        language=language,
        verbose=False,
        console=ReportConsole(out, width=80),
        command="grade exercise03",
    )
    return out.getvalue()


def session_members(session: int) -> list[int]:
    """The processes of a session (setsid) that are still there and no zombies."""
    found = []
    for entry in os.listdir("/proc"):
        if entry.isdigit() and int(entry) != session:
            try:
                fields = Path(f"/proc/{entry}/stat").read_bytes().rpartition(b")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != b"Z":
                found.append(int(entry))
    return found
