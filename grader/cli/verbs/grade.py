"""`grade EXERCISE [FILE]`: grades one submission."""

from __future__ import annotations

import os
import shlex
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completion import file_names, part_names
from grader.cli.format_option import format_option, formatted
from grader.cli.options import device_option, exercise_argument, json_option, option, seed_option, verb
from grader.cli.output import STANDARD_OUTPUT, check_apart, check_target, complain, tell, write_to
from grader.cli.spoken import language_of
from grader.cli.verb_table import VERBS
from grader.course.suffixes import code_kind
from grader.errors import NoSuchExercise, UsageError
from grader.text import say

if TYPE_CHECKING:
    from grader.course.model import Course, Exercise
    from grader.learner.record import Noted
    from grader.result import Result


@verb(
    say("grade EXERCISE [FILE]"),
    say("Grades your solution of an exercise. Without FILE, it is found in your folder."),
    "grade exercise03",
    "grade 3",
    "grade sigmoid_derivative my_solution.py",
)
@exercise_argument
@click.argument("file", required=False, shell_complete=file_names)
@json_option
@option("--junit", "junit_to", metavar="FILE|-", text=say("write JUnit XML to FILE; - is standard output"))
@option("--html", "html_to", metavar="FILE|-", text=say("write a page with pictures to FILE; - is standard output"))
@format_option
@option(
    "--part",
    metavar="NAME",
    default="",
    shell_complete=part_names,
    text=say("grade only this part of an exercise that has parts, and remember nothing"),
)
@seed_option
@device_option
@option("-v", "--verbose", is_flag=True, text=say("explain every check that did not pass, not only the first"))
@option("-q", "--quiet", is_flag=True, text=say("one line: the score, and what to fix first"))
def command(
    *,
    exercise: str,
    file: str | None,
    json_to: str | None,
    junit_to: str | None,
    html_to: str | None,
    formats: dict[str, str],
    part: str,
    seed: int | None,
    device: str,
    course: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Grades, reports, and returns the exit status."""
    if verbose and quiet:
        raise UsageError(say("Either -v or -q, not both."))
    if part and formats:
        raise UsageError(say("--format writes the result of a whole exercise; leave out --part."))
    if file is None and code_kind(exercise) is not None and os.path.isfile(exercise):
        file = exercise
    submission = Path(file) if file is not None else None
    targets = [("--json", json_to), ("--junit", junit_to), ("--html", html_to)]
    targets += [(f"--format {name}", target) for name, target in formats.items()]
    for name, target in targets:
        check_target(name, target, submission)
    check_apart(*targets)
    printed = STANDARD_OUTPUT in (target for _, target in targets)

    from grader.cli.waiting import progress_line
    from grader.course.find import find_course
    from grader.grading.grade_files import grade_exercise
    from grader.learner.record import folder_of, note_attempt
    from grader.report.views import exit_status, learner_view

    found = find_course(course)
    line = progress_line(language_of(), wanted=not printed)
    with ExitStack() as ending:
        try:
            result = grade_exercise(
                exercise,
                submission,
                course=found,
                seed=seed,
                device=device,
                pictures=html_to is not None,
                part=part,
                waiting=line.waiting,
                ending=ending,
            )
        except NoSuchExercise as error:
            raise _meant_verb(exercise) or error from None
        finally:
            line.close()
        # None where there is no learner's folder, or only a part was graded: nothing is remembered.
        folder = None if part else folder_of(Path(result.submission))
        noted = note_attempt(folder, result) if folder else None
        seen = learner_view(result)
        if not printed and quiet:
            from grader.report.terminal import ReportConsole, print_line

            print_line(seen, language=language_of(), console=ReportConsole())
        elif not printed:
            again = [
                "grade",
                exercise,
                *([file] if file not in (None, exercise) else []),
                *(["--course", str(course)] if course else []),
            ]
            again += ["--part", part] if part else []
            _print(seen, noted, found, verbose, shlex.join(again))
    for name, target in targets:
        if target is not None:
            write_to(name, target, formatted(name, seen, course, language_of()))
    complain(noted.trouble if noted else None)
    return exit_status(result)


def _meant_verb(word: str) -> UsageError | None:
    """Says which verb a word that is no exercise is close to; None if it is close to none."""
    import difflib

    if near := difflib.get_close_matches(word.lower(), [*VERBS, "help"], n=1, cutoff=0.75):
        return UsageError(
            say("There is no verb and no exercise {name}. Did you mean: grade {verb}?", name=word, verb=near[0])
        )
    return None


def _print(result: Result, noted: Noted | None, course: Course, verbose: bool, again: str) -> None:
    from grader.cli.closing import closing_lines
    from grader.report.terminal import ReportConsole, print_report

    language = language_of()
    [exercise] = [one for one in course.exercises if one.id == result.exercise]
    closing = closing_lines(course, exercise, noted, language) if noted else []
    print_report(
        result,
        language=language,
        verbose=verbose,
        console=ReportConsole(),
        title=exercise.title,
        command=again,
        following=None if closing else _following(course, exercise, noted, result.part),
    )
    tell(*closing)


def _following(course: Course, exercise: Exercise, noted: Noted | None, part: str) -> str | None:
    """What `grade` is to be typed with next: the next part's options; else the whole exercise; else the next one's
    name, which is what `grade next` says, or the next in order where nothing is remembered."""
    if part:
        parts = [other.id for other in exercise.parts]
        later = parts[parts.index(part) + 1 :]
        return f"{exercise.id} --part {later[0]}" if later else exercise.id
    if noted is None:
        return next((other.id for other in course.exercises if other.number > exercise.number), None)
    from grader.learner.progress import next_step

    step = next_step(course, noted.after)
    return step.exercise.id if step else None
