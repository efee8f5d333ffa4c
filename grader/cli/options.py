"""The shape of a verb: options that several share, what their values may be, and the command made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import click

from grader.cli.completion import exercise_names
from grader.cli.spoken import SpokenCommand, SpokenOption
from grader.cli.verb_table import VERBS
from grader.course.model import DEVICES
from grader.errors import GradeError, UsageError
from grader.text import LANGUAGES, Message, listed, say

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
Callback = Callable[[click.Context, click.Parameter, Any], Any]


def option(*names: str, text: Message, **attributes: Any) -> Decorator:
    """`click.option` with a message for its help."""
    return click.option(*names, cls=SpokenOption, text=text, **attributes)


_LANG = say("the language to speak; otherwise GRADE_LANG, your folder's choice, the locale")
_COURSE = say("the course's folder; otherwise GRADE_COURSE, a course.toml above this folder, the built-in course")


def verb(
    usage: str | Message, text: Message, *examples: str, course: Message | None = _COURSE
) -> Callable[[Callable[..., Any]], SpokenCommand]:
    """Makes a function the command of a verb, with --lang and --course behind its own options.

    usage: the synopsis, or the name under which `VERBS` has it; text: what the verb does; examples: lines to copy.
    course: the help of --course; None for a verb without it.
    """
    synopsis = VERBS[usage].usage if isinstance(usage, str) else usage
    # --lang was read before the command line was parsed, so that errors in it speak the language too.
    lang = SpokenOption(["--lang"], metavar="|".join(LANGUAGES), expose_value=False, text=_LANG)

    def command(function: Callable[..., Any]) -> SpokenCommand:
        made = click.command(cls=SpokenCommand, usage=synopsis, text=text, examples=examples)(function)
        made.params.append(lang)
        if course:
            made.params.append(SpokenOption(["--course"], metavar="DIR", type=Path, text=course))
        return made

    return command


def asked_language(words: Sequence[str]) -> str | None:
    """The value of --lang, found before the command line is parsed: what is wrong with it is told in that language."""
    return _value_of("--lang", words)


def course_languages(words: Sequence[str]) -> tuple[str, ...]:
    """The languages of the course that a command line is for; none where it can't be read: the verb says why."""
    from grader.course.find import find_course

    named = _value_of("--course", words)
    try:
        return find_course(Path(named) if named else None).languages
    except GradeError:
        return ()


def _value_of(option: str, words: Sequence[str]) -> str | None:
    for word, following in zip_longest(words, words[1:]):
        if word == option:
            return following
        if word.startswith(f"{option}="):
            return word.removeprefix(f"{option}=")
    return None


def whole_number(least: int, most: int, problem: Message) -> Callback:
    """A callback for a whole number in these bounds. problem: what to say of any other {value}, as a UsageError."""

    def checked(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
            raise UsageError(Message(problem.template, {"value": value}))
        return int(value)

    return checked


def _device(ctx: click.Context, param: click.Parameter, value: str) -> str:
    known = ("auto", *DEVICES)
    if value not in known:
        raise UsageError(say("--device is one of {devices}, not {value}.", devices=listed(known), value=value))
    return value


exercise_argument = click.argument("exercise", shell_complete=exercise_names)
#: Any number of exercises; all where none is named.
exercises_argument = click.argument("exercises", shell_complete=exercise_names, metavar="EXERCISE", nargs=-1)
json_option = option("--json", "json_to", metavar="FILE|-", text=say("write JSON to FILE; - is standard output"))
#: How many processes; None: one per core.
jobs_option = option(
    "-j",
    "--jobs",
    metavar="N",
    callback=whole_number(1, 1024, say("-j takes a number of processes, from 1, not {value}.", value="")),
    text=say("how many to grade at once; one per core if left out"),
)


def seed_option_saying(text: Message) -> Decorator:
    """--seed, with this help. Seeds travel as 64-bit integers."""
    wrong = say("--seed takes a whole number from 0 to 2^63 - 1, not {value}.", value="")
    return option("--seed", metavar="N", callback=whole_number(0, 2**63 - 1, wrong), text=text)


seed_option = seed_option_saying(say("repeat a run: the same seed draws the same inputs"))
device_option = option(
    "--device",
    metavar="auto|cpu|cuda|mps",
    default="auto",
    callback=_device,
    text=say("the device to grade on; auto is the CPU, or what an exercise asks for"),
)
