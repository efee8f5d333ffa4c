"""`grade report`: all of a learner's exercises on one page, or a class's results."""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from pathlib import Path

import click

from grader.cli.completion import exercise_names
from grader.cli.format_option import now, page_of
from grader.cli.options import option, seed_option, verb
from grader.cli.output import STANDARD_OUTPUT, check_target, complain, tell, write_to
from grader.cli.spoken import language_of
from grader.course.find import find_course, find_exercise, find_file
from grader.course.handout import is_as_handed_out
from grader.course.model import Course, Exercise
from grader.errors import GraderFault, UsageError
from grader.result import Result
from grader.text import say

_DEFAULT = "report.html"


@verb(
    "report",
    say(
        "Grades the exercises that you have begun, or those named, and writes one page with all of them: both "
        "languages, pictures, nothing to load, fit to be printed. Of the folder that grade score wrote, it makes "
        "the page of that class, for its instructor."
    ),
    "grade report",
    "grade report exercise03 exercise12 --html backprop.html",
    "grade report scored --html class.html",
)
@click.argument("exercises", shell_complete=exercise_names, metavar="[EXERCISE...|RESULTS]", nargs=-1)
@option("--html", "html_to", metavar="FILE|-", default=_DEFAULT, text=say("the page's file; report.html if left out"))
@seed_option
def command(*, exercises: tuple[str, ...], html_to: str, seed: int | None, course: Path | None) -> int:
    """Grades, writes the page, says where it is."""
    check_target("--html", html_to)
    if any(map(_is_class, exercises)):
        return _report_class(exercises, seed, html_to)
    found = find_course(course)
    files = _files(found, exercises)
    if not exercises:
        files = [(exercise, path) for exercise, path in files if not _is_as_handed_out(path, found, exercise)]
    results = _graded(found, files, seed)
    if not exercises:
        results = [result for result in results if not _is_unwritten(result)]
    if not results:
        raise UsageError(say("None of your exercises is begun yet. To begin: grade next"))
    write_to("--html", html_to, page_of(results, course, language_of()))
    if html_to != STANDARD_OUTPUT:
        done = sum(result.passed for result in results)
        tell(say("{path}: exercises: {count}, complete: {done}", path=html_to, count=len(results), done=done))
    return 0


def _is_class(name: str) -> bool:
    return os.path.lexists(Path(name) / "run.json")


def _report_class(names: tuple[str, ...], seed: int | None, html_to: str) -> int:
    """Writes the class's page; the status says whether every result is on it."""
    folder = next(filter(_is_class, names))
    if len(names) > 1:
        raise UsageError(say("{folder} holds the results of a class; name it alone.", folder=folder))
    if seed is not None:
        raise UsageError(say("--seed goes with exercises: the results in {folder} are made already.", folder=folder))
    import msgspec

    from grader.report.classpage.page import class_page
    from grader.scoring.handback import pages_of
    from grader.scoring.outcome import read_outcome

    outcome = read_outcome(Path(folder))
    pages = pages_of(Path(folder), Path() if html_to == STANDARD_OUTPUT else Path(html_to).parent)
    page = class_page(msgspec.structs.replace(outcome, pages=pages), language=language_of(), made=now())
    write_to("--html", html_to, page)
    if html_to != STANDARD_OUTPUT:
        tell(say("{path}: results: {count}", path=html_to, count=len(outcome.entries)))
    if outcome.problems:
        complain(say("Results that can't be shown: {count}; the page lists them.", count=len(outcome.problems)))
    return GraderFault.exit_status if outcome.problems else 0


def _files(course: Course, names: tuple[str, ...]) -> list[tuple[Exercise, Path]]:
    """The learner's file of each exercise; of all that have one where none is named. Raises UsageError."""
    chosen = {exercise.id: exercise for exercise in (_exercise(course, name) for name in names)}
    files = []
    for exercise in chosen.values() or course.exercises:
        # Of those that nobody named, some may not be handed out to this learner.
        with nullcontext() if names else suppress(UsageError):
            files.append((exercise, find_file(course, exercise, None)))
    return files


def _exercise(course: Course, name: str) -> Exercise:
    """Raises UsageError, which for a folder says what is missing in it."""
    try:
        return find_exercise(course, name)
    except UsageError as error:
        if not Path(name).is_dir():
            nowhere = say(
                "no folder {name} with results of grade score is here, and {problem}", name=name, problem=error.message
            )
            raise UsageError(nowhere) from None
        problem = say(
            "{folder} is no exercise, and holds no results of grade score: there is no run.json in it.", folder=name
        )
        raise UsageError(problem) from None


def _graded(course: Course, files: list[tuple[Exercise, Path]], seed: int | None) -> list[Result]:
    """Without PyTorch where there is nothing to grade."""
    if not files:
        return []
    from grader.grading.grade_files import grade_files

    return grade_files(course, files, seed=seed)


def _is_as_handed_out(path: Path, course: Course, exercise: Exercise) -> bool:
    """Whether nobody has changed the file."""
    text = path.read_text("utf-8", errors="replace") if path.suffix == ".py" and path.is_file() else ""
    return is_as_handed_out(text, course, exercise)


def _is_unwritten(result: Result) -> bool:
    """Whether nothing of it is written yet: a stub in which only comments changed."""
    return bool(result.checks) and all(check.verdict == "not_implemented" for check in result.checks)
