"""`grade stop`: ends the warm server."""

from __future__ import annotations

from grader.cli.options import verb
from grader.cli.output import tell
from grader.text import say
from grader.warm.client import stop


@verb(
    "stop",
    say(
        "Ends the server that keeps PyTorch loaded between two runs of `grade`. It ends by itself after ten idle "
        "minutes, and GRADE_WARM=0 does without it."
    ),
    "grade stop",
    course=None,
)
def command() -> int:
    """Ends it, and says whether there was one."""
    tell(say("The warm server has ended.") if stop() else say("There is no warm server."))
    return 0
