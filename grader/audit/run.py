"""Audits exercises side by side, each with scorers of its own: what breaks one exercise breaks no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from grader.audit.exercise import audit_exercise
from grader.audit.findings import ExerciseAudit
from grader.course.faults import CourseError
from grader.course.find import course_in, find_exercise
from grader.course.model import Course, Exercise
from grader.scorers.cores import usable_cores
from grader.scorers.crew import Crew
from grader.text import in_every_language

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
    unread = [
        ExerciseAudit(exercise=folder.name, seeds=0, faults=tuple(map(in_every_language, error.faults)))
        for folder, error in broken
    ]
    for unreadable in unread:
        progress(unreadable)

    course = course_in(course.folder.resolve())
    jobs = jobs or usable_cores()
    share = max(1, jobs // max(1, len(exercises)))
    running = set[Crew]()

    def audited(exercise: Exercise) -> ExerciseAudit:
        done = audit_exercise(course, exercise, seeds=seeds, devices=devices, jobs=share, running=running)
        progress(done)
        return done

    with ThreadPoolExecutor(jobs) as pool:
        try:
            read = list(pool.map(audited, [find_exercise(course, exercise.id) for exercise in exercises]))
        except BaseException:  # Ctrl-C: the pool waits for what runs, so that must end, and nothing more may begin
            pool.shutdown(wait=False, cancel_futures=True)
            for crew in tuple(running):
                crew.stop()
            raise
    return tuple(sorted([*read, *unread], key=lambda audit: audit.exercise))
