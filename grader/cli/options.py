"""Options that several verbs share, and what their values may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click

from grader.cli.spoken import SpokenOption
from grader.errors import UsageError
from grader.text import LANGUAGES, Message, say

#: Seeds travel as 64-bit integers.
_SEEDS = 2**63

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def option(*names: str, text: Message, **attributes: Any) -> Decorator:
    """`click.option` with a message for its help."""
    return click.option(*names, cls=SpokenOption, text=text, **attributes)


def asked_language(words: Sequence[str]) -> str | None:
    """The value of --lang, found before the command line is parsed: what is wrong with it is told in that language."""
    for word, following in zip_longest(words, words[1:]):
        if word == "--lang":
            return following
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def folder(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    """--course's value; whether a course is there is for `find_course` to say."""
    return None if value is None else Path(value)


def whole_number(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """--seed's value. Raises UsageError if it is not a whole number that fits."""
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and int(value) < _SEEDS):
        raise UsageError(say("--seed takes a whole number from 0 to 2^63 - 1, not {value}.", value=value))
    return int(value)


def device_name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """--device's value. Raises UsageError if it is no device that there is."""
    from grader.course.model import DEVICES

    known = ("auto", *DEVICES)
    if value not in known:
        raise UsageError(say("--device is one of {devices}, not {value}.", devices=", ".join(known), value=value))
    return value


def _number_of_jobs(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not (value.isascii() and value.isdigit() and 0 < int(value) <= 1024):
        raise UsageError(say("-j takes a number of processes, from 1, not {value}.", value=value))
    return int(value)


#: How many processes; None: one per core.
jobs_option = option(
    "-j",
    "--jobs",
    metavar="N",
    callback=_number_of_jobs,
    text=say("how many to grade at once; one per core if left out"),
)

#: The value was read before the command line was parsed, so that errors in it speak the language too.
lang_option = option(
    "--lang",
    metavar="|".join(LANGUAGES),
    expose_value=False,
    text=say("the language to speak; otherwise GRADE_LANG, your folder's choice, the locale"),
)
course_option = option(
    "--course",
    metavar="DIR",
    callback=folder,
    text=say("the course's folder; otherwise GRADE_COURSE, a course.toml above this folder, the built-in course"),
)
json_option = option("--json", "json_to", metavar="FILE|-", text=say("write JSON to FILE; - is standard output"))
