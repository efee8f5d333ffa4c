"""What the command line itself found wrong, as sentences in the reader's language."""

from __future__ import annotations

import click

from grader.text import Message, say


def sentence(error: click.ClickException) -> Message:
    """The sentence for one of click's errors."""
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error)
    if isinstance(error, click.MissingParameter):
        return _missing(error)
    if isinstance(error, click.BadOptionUsage):
        return _option_usage(error)
    return say("The command can't be understood: {reason}", reason=error.format_message())


def _no_such_option(error: click.NoSuchOption) -> Message:
    if error.possibilities:
        return say(
            "There is no option {option}. Is it {close}?", option=error.option_name, close=error.possibilities[0]
        )
    return say("There is no option {option}. To see those there are: grade --help", option=error.option_name)


def _missing(error: click.MissingParameter) -> Message:
    command = error.ctx.command if error.ctx else None
    example = getattr(command, "examples", ("grade --help",))[0]
    if error.param is not None and error.param.name == "exercise":
        return say("Which exercise? For example: {example}", example=example)
    return say("Which folder? For example: {example}", example=example)


def _option_usage(error: click.BadOptionUsage) -> Message:
    option = next((param for param in _options(error) if error.option_name in param.opts), None)
    if option is not None and option.is_flag:
        return say("{option} takes no value.", option=error.option_name)
    metavar = option.metavar if option is not None else None
    return say("{option} needs a value: {option} {value}", option=error.option_name, value=metavar or "VALUE")


def _options(error: click.UsageError) -> list[click.Option]:
    command = error.ctx.command if error.ctx else None
    return [param for param in command.params if isinstance(param, click.Option)] if command else []
