"""What click finds wrong with a command line, as sentences in the reader's language."""

from __future__ import annotations

import click

from grader.text import Message, say


def sentence(error: click.ClickException) -> Message:
    """The sentence for one of click's errors."""
    command = error.ctx.command if isinstance(error, click.UsageError) and error.ctx else None
    match error:
        case click.NoSuchOption(option_name=name, possibilities=[close, *_]):
            return say("There is no option {option}. Is it {close}?", option=name, close=close)
        case click.NoSuchOption(option_name=name):
            return say("There is no option {option}. To see those there are: grade --help", option=name)
        case click.MissingParameter(param=param):
            example = getattr(command, "examples", ("grade --help",))[0]
            if param is not None and param.name == "exercise":
                return say("Which exercise? For example: {example}", example=example)
            return say("Which folder? For example: {example}", example=example)
        case click.BadOptionUsage(option_name=name):
            option = next((param for param in command.params if name in param.opts), None) if command else None
            if isinstance(option, click.Option) and option.is_flag:
                return say("{option} takes no value.", option=name)
            return say(
                "{option} needs a value: {option} {value}", option=name, value=(option and option.metavar) or "VALUE"
            )
    return say("The command can't be understood: {reason}", reason=error.format_message())
