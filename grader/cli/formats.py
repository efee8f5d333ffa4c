"""`--format NAME=FILE` of the main verb: one result as another program reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from grader.cli.options import option
from grader.errors import UsageError
from grader.text import say

if TYPE_CHECKING:
    from grader.result import Result

NAMES = ("gradescope", "classroom", "annotations", "summary")


def _named(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """Name → file. Raises UsageError."""
    files: dict[str, str] = {}
    for value in values:
        name, _, file = value.partition("=")
        if name not in NAMES or not file:
            raise UsageError(
                say(
                    "--format takes NAME=FILE, where NAME is one of {names}, not {value}.",
                    names=", ".join(NAMES),
                    value=value,
                )
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
        "write the result for Gradescope (gradescope), GitHub Classroom (classroom) or a GitHub workflow "
        "(annotations, summary) to FILE; - is standard output"
    ),
)


def formatted(name: str, result: Result, language: str) -> bytes:
    """The result in the format of this name."""
    from grader.report.platforms.classroom import to_classroom
    from grader.report.platforms.github import to_annotations, to_summary
    from grader.report.platforms.gradescope import to_gradescope

    writers: dict[str, Callable[[], bytes]] = {
        "gradescope": lambda: to_gradescope([result], language),
        "classroom": lambda: to_classroom([result], language),
        "annotations": lambda: to_annotations([result], language),
        "summary": lambda: to_summary([("", result)], language),
    }
    return writers[name]()
