"""What is said of a file, or a cell of it, that raised an exception before any function of it was called."""

from __future__ import annotations

from grader.checks.advice.advise import advise
from grader.checks.advice.quote import raised_text, with_stop
from grader.text import Message, join, say
from grader.worker.values import Raised


def load_sentence(raised: Raised) -> Message:
    """Why a whole file could not be loaded."""
    advice = advise(raised)
    if raised.type_name == "ModuleNotFoundError" and advice is None:
        return say("Your file could not be loaded: {error}. Is the module installed, and its name spelled right?",
                   error=raised_text(raised).removesuffix("."))
    first = say("Your file could not be loaded: running it raised {error}", error=with_stop(raised_text(raised)))
    return first if advice is None else join([first, advice])


def cell_sentence(cell: str, raised: Raised) -> Message:
    """Why what a cell was to define is not there, or not all of it."""
    first = say("Cell {cell} raised {error}; the other cells were run.", cell=cell,
                error=raised_text(raised).removesuffix("."))
    advice = advise(raised)
    return first if advice is None else join([first, advice])
