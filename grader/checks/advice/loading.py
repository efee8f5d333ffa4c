"""What is said of a file, or a cell of it, that raised an exception before any function of it was called."""

from __future__ import annotations

from grader.checks.advice.advise import advise
from grader.checks.advice.quote import raised_text, with_stop
from grader.text import Message, join, say
from grader.wire.values import Raised


def load_sentence(raised: Raised) -> Message:
    """Why a whole file could not be loaded."""
    advice = advise(raised)
    first = say("Your file could not be loaded: running it raised {error}", error=with_stop(raised_text(raised)))
    return first if advice is None else join([first, advice])
