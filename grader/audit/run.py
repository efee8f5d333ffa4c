"""Audits exercises side by side, each in a process of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from grader.audit.findings import ExerciseAudit
from grader.audit.one import Order
from grader.boundary.launch import trusted_command
from grader.course.faults import CourseError
from grader.course.model import Course, Exercise
from grader.scorers.cores import usable_cores
from grader.scorers.process import ENVIRONMENT
from grader.text import in_every_language, say

#: Told of each exercise as its audit ends.
Progress = Callable[[ExerciseAudit], None]


def audit(
    course: Course,
    exercises: Sequence[Exercise],
    broken: Sequence[tuple[Path, CourseError]],
    *,
    seeds: int,
    devices: tuple[str, ...],
    jobs: int | None = None,
    progress: Progress = lambda _: None,
) -> tuple[ExerciseAudit, ...]:
    """What there is to find in these exercises, in their order; in broken ones, what makes them so.

    jobs: how many at once, one per core by default.
    """
    unread = [_unreadable(folder, error) for folder, error in broken]
    for each in unread:
        progress(each)

    running = set[subprocess.Popen[bytes]]()

    def one(exercise: Exercise) -> ExerciseAudit:
        found = _audited(Order(str(course.folder.resolve()), exercise.id, seeds, devices), running)
        progress(found)
        return found

    with ThreadPoolExecutor(jobs or usable_cores()) as pool:
        try:
            read = list(pool.map(one, exercises))
        except BaseException:  # Ctrl-C: the pool waits for what runs, so that must end, and nothing more may begin
            pool.shutdown(wait=False, cancel_futures=True)
            for process in tuple(running):
                process.kill()
            raise
    return tuple(sorted([*read, *unread], key=lambda each: each.exercise))


def _audited(order: Order, running: set[subprocess.Popen[bytes]]) -> ExerciseAudit:
    """running: holds the process as long as it runs."""
    process = subprocess.Popen(
        trusted_command("grader.audit.one"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | ENVIRONMENT,
    )
    running.add(process)
    output, told = process.communicate(msgspec.json.encode(order))
    running.discard(process)
    if process.returncode == 0:
        return msgspec.json.decode(output, type=ExerciseAudit)
    last = told.decode(errors="replace").strip().rpartition("\n")[2]
    problem = say(
        "The audit of {exercise} ended with status {status}: {reason}",
        exercise=order.exercise,
        status=process.returncode,
        reason=last or "-",
    )
    return ExerciseAudit(exercise=order.exercise, seeds=order.seeds, faults=(in_every_language(problem),))


def _unreadable(folder: Path, error: CourseError) -> ExerciseAudit:
    return ExerciseAudit(exercise=folder.name, seeds=0, faults=tuple(in_every_language(each) for each in error.faults))
