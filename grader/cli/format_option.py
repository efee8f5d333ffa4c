"""`--format NAME=FILE` of the main verb: one result as another program, or a browser, reads it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import option
from grader.errors import UsageError
from grader.text import listed, say

if TYPE_CHECKING:
    from grader.result import Result

NAMES = ("gradescope", "prairielearn", "autolab", "ctrf", "annotations", "summary", "editor")


def _named(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Name → file. Raises UsageError."""
    files: dict[str, str] = {}
    for value in values:
        name, _, file = value.partition("=")
        if name == "classroom":
            raise UsageError(
                say(
                    "GitHub Classroom was discontinued in August 2026. In a workflow, use --format annotations=- "
                    "and --format summary=FILE instead."
                )
            )
        if name not in NAMES or not file:
            names = listed(NAMES)
            raise UsageError(
                say("--format takes NAME=FILE, where NAME is one of {names}, not {value}.", names=names, value=value)
            )
        if name in files:
            raise UsageError(say("--format {name} is given twice.", name=name))
        files[name] = file
    return files


format_option = option(
    "--format",
    "formats",
    metavar="NAME=FILE",
    multiple=True,
    callback=_named,
    text=say(
        "write the result for Gradescope (gradescope), PrairieLearn (prairielearn), Autolab (autolab), readers of CTRF "
        "(ctrf), a GitHub workflow (annotations, summary) or an editor (editor) to FILE; - is standard output"
    ),
)


def formatted(target: str, result: Result, course: Path | None, language: str) -> bytes:
    """The result as an option asks for it: "--json", "--junit", "--html" or "--format NAME"."""
    match target.removeprefix("--format "):
        case "--json":
            from grader.report.jsonfile import to_json

            return to_json(result)
        case "--junit":
            from grader.report.junit import to_junit

            return to_junit([result], language)
        case "--html":
            return page_of([result], course, language)
        case "gradescope":
            from grader.report.platforms.gradescope import to_gradescope

            return to_gradescope([result], language)
        case "prairielearn":
            from grader.report.platforms.prairielearn import to_prairielearn

            return to_prairielearn([result], language)
        case "autolab":
            from grader.report.platforms.autolab import to_autolab

            return to_autolab([result], language)
        case "ctrf":
            from grader.report.platforms.ctrf import to_ctrf

            return to_ctrf([("", result)], language)
        case "annotations":
            from grader.report.platforms.github import to_annotations

            return to_annotations([result], language)
        case "editor":
            from grader.report.editor import to_editor

            return to_editor(result, language)
    from grader.report.platforms.github import to_summary

    return to_summary([("", result)], language)


def page_of(results: Sequence[Result], course: Path | None, language: str) -> bytes:
    """The learner's page, dated now."""
    from grader.course.find import find_course
    from grader.report.page import page

    found = find_course(course)
    titles = {exercise.id: exercise.title for exercise in found.exercises}
    return page(results, language=language, course=found.title, titles=titles, made=now())


def now() -> str:
    """The date and time that a page shows."""
    return datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
