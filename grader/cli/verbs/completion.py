"""`grade completion`: what makes the Tab key know verbs, exercises and options."""

from __future__ import annotations

import sys

import click

from grader.cli.completion import SHELLS, script
from grader.cli.options import lang_option
from grader.cli.spoken import SpokenCommand
from grader.cli.table import VERBS
from grader.errors import UsageError
from grader.text import say


@click.command(
    cls=SpokenCommand,
    usage=VERBS["completion"].usage,
    text=say(
        "Prints what your shell has to run so that the Tab key completes verbs, exercises and options. Put one of "
        "these lines into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish:"
    ),
    examples=('eval "$(grade completion bash)"', 'eval "$(grade completion zsh)"', "grade completion fish | source"),
)
@click.argument("shell", metavar="|".join(SHELLS), shell_complete=lambda ctx, param, typed: list(SHELLS))
@lang_option
@click.pass_context
def command(ctx: click.Context, *, shell: str) -> int:
    """Prints the script."""
    if shell not in SHELLS:
        known = ", ".join(SHELLS)
        raise UsageError(say("Completion is made for {shells}, not for {shell}.", shells=known, shell=shell))
    sys.stdout.write(script(ctx.find_root().command, shell))
    return 0
