"""Grades one submission as a platform hands it over: a folder in which somebody's files lie as they like."""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec

from grader.course.model import Course
from grader.errors import GraderFault, SubmissionError
from grader.grading.results import ResultHeaders, ungradable
from grader.intake.collect import plan_one
from grader.intake.exercises import StudentWork
from grader.intake.extract import extract
from grader.intake.folder import folder_entries
from grader.intake.model import HandedIn, Person
from grader.intake.names import is_hidden
from grader.result import Result
from grader.scoring.score import read_results, score
from grader.seed import fresh_seed
from grader.text import say

_STUDENT = "submission"


def grade_handed_in(folder: Path, course: Course) -> list[Result]:
    """A result for each exercise of the course, from whatever files below `folder` are for it.

    Confined as in `grade score`, or not graded. Raises UsageError, GraderFault.
    """
    seed = fresh_seed()
    person = Person(_STUDENT, _STUDENT)
    entries = (entry for entry in folder_entries(folder) if not is_hidden(entry.parts))
    files = [HandedIn(person, entry.parts, entry, entry.problem) for entry in entries]
    planned = plan_one(person, files, course)
    with tempfile.TemporaryDirectory(prefix="grade-") as name:
        works = extract(planned, Path(name, "class"))
        graded = _graded(Path(name), course, seed) if any(work.path for work in works) else {}
    headers = ResultHeaders(course, seed=seed, device="cpu")
    missing = {work.exercise: work.problem for work in works if work.problem is not None}
    paths = {work.exercise.id: work.file.entry.path for _, work in planned.works if isinstance(work, StudentWork)}
    results = (
        graded.get(exercise.id) or ungradable(headers.header(exercise, ""), SubmissionError(missing[exercise.id]))
        for exercise in course.exercises
    )
    return [msgspec.structs.replace(result, submission=paths.get(result.exercise, "")) for result in results]


def _graded(work: Path, course: Course, seed: int) -> dict[str, Result]:
    """Exercise → its result. Raises GraderFault if there is none for one that was handed in."""
    scored = score(work / "class", work / "out", course=course, seed=seed)
    results = {result.exercise: result for result in read_results(work / "out", scored.rows)}
    for row in scored.rows:
        if row.exercise not in results:
            raise GraderFault(say("The grader itself failed on this submission: {reason}", reason=row.note))
    return results
