"""`grade audit [EXERCISE...]`: the proof that an exercise's checks tell right from wrong."""

from __future__ import annotations

import sys
from pathlib import Path

from grader.cli.options import exercises_argument, jobs_option, json_option, option, verb, whole_number
from grader.cli.output import check_target, write_to
from grader.cli.spoken import language_of
from grader.course.bundle import require_full
from grader.course.faults import CourseError
from grader.course.find import find_course, find_exercise, no_exercises
from grader.course.model import Course, Exercise
from grader.errors import UsageError
from grader.text import render, say


@verb(
    "audit",
    say(
        "Proves exercises, or all of the course: right answers pass on every seed, the stub scores 0, every mistake is "
        "named as what it is, mutants of the reference fail, no check is idle, none pays for a file that does nothing, "
        "and every text is there in every language. Exit status 1 means that something falls short."
    ),
    "grade audit exercise03",
    "grade audit --seeds 1000 -j 2 --json audit.json",
)
@exercises_argument
@option(
    "--seeds",
    metavar="N",
    default="20",
    callback=whole_number(1, 1_000_000, say("--seeds takes a number of seeds, from 1, not {value}.", value="")),
    text=say("on how many seeds right answers are graded, 20 if left out; mistakes on half as many"),
)
@jobs_option
@option(
    "--record",
    "recorded",
    is_flag=True,
    text=say("note in solutions/audits.json which exercises passed as they are now"),
)
@option("-v", "--verbose", is_flag=True, text=say("also show the mutants that are declared equivalent"))
@json_option
def command(
    *,
    exercises: tuple[str, ...],
    seeds: int,
    jobs: int | None,
    recorded: bool,
    verbose: bool,
    json_to: str | None,
    course: Path | None,
) -> int:
    """Audits, prints the table, returns the exit status."""
    import msgspec

    from grader.audit.record import record
    from grader.audit.run import audit
    from grader.audit.table import audit_lines

    check_target("--json", json_to)
    found, language = find_course(course), language_of()
    require_full(found)
    wanted, broken = _chosen(found, exercises)
    if not wanted and not broken:
        raise UsageError(no_exercises(found))
    audits = audit(
        found,
        wanted,
        broken,
        seeds=seeds,
        devices=_devices(),
        jobs=jobs,
        progress=lambda audit: _tell(audit.exercise, language),
    )
    if recorded:
        record(found, audits)
    if json_to is not None:
        write_to("--json", json_to, msgspec.json.format(msgspec.json.encode(audits)) + b"\n")
    if json_to != "-":
        print("\n".join(audit_lines(audits, language, verbose=verbose)))
    return 1 if any(audit.falls_short for audit in audits) else 0


def _chosen(course: Course, names: tuple[str, ...]) -> tuple[list[Exercise], list[tuple[Path, CourseError]]]:
    """The exercises of these names, or all; those that can't be read apart, so that the others are audited."""
    if not names:
        return list(course.exercises), list(course.broken)
    wanted: dict[str, Exercise] = {}
    broken: dict[Path, CourseError] = {}
    for name in names:
        try:
            exercise = find_exercise(course, name)
            wanted[exercise.id] = exercise
        except CourseError as error:
            broken |= {folder: known for folder, known in course.broken if known is error}
    return list(wanted.values()), list(broken.items())


def _devices() -> tuple[str, ...]:
    """The CPU, and a GPU if there is one."""
    from grader.cli.nvidia import nvidia_driver

    if nvidia_driver():
        import torch

        if torch.cuda.is_available():
            return ("cpu", "cuda")
    return ("cpu",)


def _tell(exercise: str, language: str) -> None:
    """Called from several threads, none of which is the one whose language click knows."""
    if sys.stderr.isatty():
        print(render(say("{exercise} is done", exercise=exercise), language), file=sys.stderr)
