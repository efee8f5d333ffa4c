"""`grade completion`: what makes the Tab key know verbs, exercises and options."""

from __future__ import annotations

import sys

import click

from grader.cli.completion import SHELLS, script
from grader.cli.options import verb
from grader.errors import UsageError
from grader.text import listed, say


@verb(
    "completion",
    say(
        "Prints what your shell has to run so that the Tab key completes verbs, exercises and options. Put one of "
        "these lines into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish:"
    ),
    'eval "$(grade completion bash)"',
    'eval "$(grade completion zsh)"',
    "grade completion fish | source",
    course=None,
)
@click.argument("shell", metavar="|".join(SHELLS), shell_complete=lambda ctx, param, typed: list(SHELLS))
def command(*, shell: str) -> int:
    """Prints the script."""
    if shell not in SHELLS:
        known = listed(SHELLS)
        raise UsageError(say("Completion is made for {shells}, not for {shell}.", shells=known, shell=shell))
    sys.stdout.write(script(click.get_current_context().find_root().command, shell))
    return 0
