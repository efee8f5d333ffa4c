"""`grade completion`: what makes the Tab key know verbs, exercises and options."""

from __future__ import annotations

import os
import sys

import click

from grader.cli.completion import SHELLS, script
from grader.cli.options import verb
from grader.errors import UsageError
from grader.text import listed, say

_EXAMPLE = 'eval "$(grade completion bash)"'


@verb(
    "completion",
    say(
        "Prints what your shell has to run so that the Tab key completes verbs, exercises and options. Put one of "
        "these lines into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish:"
    ),
    _EXAMPLE,
    'eval "$(grade completion zsh)"',
    "grade completion fish | source",
    course=None,
)
@click.argument("shell", required=False, metavar="|".join(SHELLS), shell_complete=lambda *_: list(SHELLS))
def command(*, shell: str | None) -> int:
    """Prints the script; for the shell that the user logs in with where none is named."""
    if shell is None:
        shell = os.path.basename(os.environ.get("SHELL", ""))
        if shell not in SHELLS:
            raise UsageError(
                say("Which shell? One of {shells}; for example: {example}", shells=listed(SHELLS), example=_EXAMPLE)
            )
    if shell not in SHELLS:
        known = listed(SHELLS)
        raise UsageError(say("Completion is made for {shells}, not for {shell}.", shells=known, shell=shell))
    sys.stdout.write(script(click.get_current_context().find_root().command, shell))
    return 0
