"""`grade stop`: ends the warm server."""

from __future__ import annotations

import click

from grader.cli.options import lang_option
from grader.cli.output import tell
from grader.cli.spoken import SpokenCommand, language_of
from grader.cli.table import VERBS
from grader.text import say
from grader.warm.client import stop


@click.command(
    cls=SpokenCommand,
    usage=VERBS["stop"].usage,
    text=say(
        "Ends the server that keeps PyTorch loaded between two runs of `grade`. It ends by itself after ten idle "
        "minutes, and GRADE_WARM=0 does without it."
    ),
    examples=("grade stop",),
)
@lang_option
@click.pass_context
def command(ctx: click.Context) -> int:
    """Ends it, and says whether there was one."""
    tell(say("The warm server has ended.") if stop() else say("There is no warm server."), language_of(ctx))
    return 0
