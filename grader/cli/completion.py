"""What a shell proposes after Tab: verbs, exercises, options, and where a file or a folder is to be named, those.

click does the talking with bash, zsh and fish; the shell asks by running `grade` with `VARIABLE` set.
"""

from __future__ import annotations

from collections.abc import Mapping

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from grader.course.find import find_course, find_exercise
from grader.errors import GradeError
from grader.text import render

VARIABLE = "_GRADE_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


def exercise_names(ctx: click.Context, param: click.Parameter | None, incomplete: str) -> list[CompletionItem]:
    """The exercises whose id begins with what is typed; else those whose slug does. None where no course is found."""
    language = ctx.find_root().obj
    try:
        course = find_course(ctx.params.get("course"))
    except (GradeError, OSError):
        return []
    for name in ("id", "slug"):
        names = {getattr(exercise, name): render(exercise.title, language) for exercise in course.exercises}
        if items := [CompletionItem(name, help=title) for name, title in names.items() if name.startswith(incomplete)]:
            return items
    return []


def part_names(ctx: click.Context, param: click.Parameter | None, incomplete: str) -> list[CompletionItem]:
    """The parts of the exercise that was typed. None where no such exercise is found."""
    language = ctx.find_root().obj
    try:
        exercise = find_exercise(find_course(ctx.params.get("course")), ctx.params.get("exercise") or "")
    except (GradeError, OSError):
        return []
    return [
        CompletionItem(part.id, help=render(part.title, language))
        for part in exercise.parts
        if part.id.startswith(incomplete)
    ]


def file_names(ctx: click.Context, param: click.Parameter | None, incomplete: str) -> list[CompletionItem]:
    """Whatever files the shell itself finds."""
    return [CompletionItem(incomplete, type="file")]


def folder_names(ctx: click.Context, param: click.Parameter | None, incomplete: str) -> list[CompletionItem]:
    """Whatever folders the shell itself finds."""
    return [CompletionItem(incomplete, type="dir")]


def script(command: click.Command, shell: str) -> str:
    """What the shell has to run once, for completion of `grade`. shell: one of `SHELLS`."""
    completion = get_completion_class(shell)
    assert completion is not None
    template = completion(command, {}, "grade", VARIABLE)
    return template.source_template % template.source_vars()


def answer(command: click.Command, language: str, environ: Mapping[str, str]) -> int:
    """Answers the shell that asks; returns the exit status."""
    return shell_complete(command, {"obj": language}, "grade", VARIABLE, environ[VARIABLE])
