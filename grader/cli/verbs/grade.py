"""`grade EXERCISE [FILE]`: grades one submission."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completion import exercise_names, file_names
from grader.cli.formats import format_option, formatted
from grader.cli.options import course_option, device_name, json_option, lang_option, option, whole_number
from grader.cli.output import STANDARD_OUTPUT, check_apart, check_target, complain, tell, write_to
from grader.cli.spoken import SpokenCommand, language_of
from grader.errors import UsageError
from grader.text import say

if TYPE_CHECKING:
    from grader.course.model import Course, Exercise
    from grader.learner.record import Noted
    from grader.result import Result


@click.command(
    cls=SpokenCommand,
    usage=say("grade EXERCISE [FILE]"),
    text=say("Grades your solution of an exercise. Without FILE, it is found in your folder."),
    examples=("grade exercise03", "grade 3", "grade sigmoid_derivative my_solution.py"),
)
@click.argument("exercise", shell_complete=exercise_names)
@click.argument("file", required=False, shell_complete=file_names)
@json_option
@option("--junit", "junit_to", metavar="FILE|-", text=say("write JUnit XML to FILE; - is standard output"))
@option("--html", "html_to", metavar="FILE|-", text=say("write a page with pictures to FILE; - is standard output"))
@format_option
@option("--seed", metavar="N", callback=whole_number, text=say("repeat a run: the same seed draws the same inputs"))
@option(
    "--device",
    metavar="auto|cpu|cuda|mps",
    default="auto",
    callback=device_name,
    text=say("the device to grade on; auto is the CPU, or what an exercise asks for"),
)
@lang_option
@course_option
@option("-v", "--verbose", is_flag=True, text=say("explain every check that did not pass, not only the first"))
@option("-q", "--quiet", is_flag=True, text=say("one line: the score, and what to mend first"))
@click.pass_context
def command(
    ctx: click.Context,
    *,
    exercise: str,
    file: str | None,
    json_to: str | None,
    junit_to: str | None,
    html_to: str | None,
    formats: dict[str, str],
    seed: int | None,
    device: str,
    course: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Grades, reports, and returns the exit status."""
    if verbose and quiet:
        raise UsageError(say("Either -v or -q, not both."))
    submission = Path(file) if file is not None else None
    targets = [("--json", json_to), ("--junit", junit_to), ("--html", html_to)]
    targets += ((f"--format {name}", target) for name, target in formats.items())
    for name, target in targets:
        check_target(name, target, submission)
    check_apart(*targets)
    printed = STANDARD_OUTPUT in (target for _, target in targets)

    from grader.grading.grade import grade_exercise
    from grader.report.views import exit_status, learner_view

    result = grade_exercise(exercise, submission, course=course, seed=seed, device=device)
    noted = _remembered(result)
    seen = learner_view(result)
    language = language_of(ctx)
    if quiet and not printed:
        from grader.report.terminal import ReportConsole, print_line

        print_line(seen, language=language, console=ReportConsole())
    elif not printed:
        again = ["grade", exercise, *([file] if file else []), *(["--course", str(course)] if course else [])]
        _print(seen, noted, course, language, verbose, shlex.join(again))
    _write(seen, json_to, junit_to, language)
    if html_to is not None:
        from grader.cli.page import page_of

        write_to("--html", html_to, page_of([seen], course, language))
    for name, target in formats.items():
        write_to(f"--format {name}", target, formatted(name, seen, language))
    complain(noted.trouble if noted else None, language)
    return exit_status(result)


def _remembered(result: Result) -> Noted | None:
    """What the learner's folder remembers before this run and after it; None where there is no such folder."""
    from grader.learner.record import folder_of, note_attempt

    folder = folder_of(Path(result.submission))
    return note_attempt(folder, result) if folder else None


def _print(result: Result, noted: Noted | None, course: Path | None, language: str, verbose: bool, again: str) -> None:
    from grader.cli.closing import closing_lines
    from grader.course.find import find_course, find_exercise
    from grader.report.terminal import ReportConsole, print_report

    found = find_course(course)
    exercise = find_exercise(found, result.exercise)
    closing = closing_lines(found, exercise, noted, language) if noted else []
    print_report(
        result,
        language=language,
        verbose=verbose,
        console=ReportConsole(),
        title=exercise.title,
        command=again,
        following=None if closing else _following(found, exercise, noted),
    )
    for line in closing:
        tell(line, language)


def _following(course: Course, exercise: Exercise, noted: Noted | None) -> str | None:
    """The next exercise's name: what `grade next` says, or the next in order where nothing is remembered."""
    if noted is None:
        return next((other.id for other in course.exercises if other.number > exercise.number), None)
    from grader.learner.progress import next_step

    step = next_step(course, noted.after)
    return step.exercise.id if step else None


def _write(result: Result, json_to: str | None, junit_to: str | None, language: str) -> None:
    if json_to is not None:
        from grader.report.jsonfile import to_json

        write_to("--json", json_to, to_json(result))
    if junit_to is not None:
        from grader.report.junit import to_junit

        write_to("--junit", junit_to, to_junit([result], language))
