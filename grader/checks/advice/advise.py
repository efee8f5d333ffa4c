"""Which sentence an exception gets. Tables hold them: confined.py, python.py, pytorch.py, kinds.py."""

from __future__ import annotations

from collections.abc import Mapping

from grader.checks.advice.confined import REFUSED
from grader.checks.advice.imports import of_import
from grader.checks.advice.kinds import BY_KIND
from grader.checks.advice.python import BY_PYTHON
from grader.checks.advice.pytorch import BY_PYTORCH
from grader.checks.advice.quote import raised_text, with_stop
from grader.text import Message, join, say
from grader.wire.values import Raised


def advise(error: Raised) -> Message | None:
    """What the exception means and what to do, where that is sure; None where nothing is."""
    return (
        REFUSED.get(error.refused)
        or of_import(error.type_name, error.message)
        or _first_fit(BY_PYTHON.get(error.type_name, {}), error.message)
        or _first_fit(BY_PYTORCH, error.message)
        or _first_fit(BY_KIND.get(error.type_name, {}), error.message)
    )


def _first_fit(table: Mapping[str, Message | None], text: str) -> Message | None:
    # Plain parts are sought, in linear time, and no expressions: what a submission raises is hostile.
    def fits(key: str) -> bool:
        return any(all(part in text for part in parts.split(" … ")) for parts in key.split(" | "))

    return next((sentence for key, sentence in table.items() if fits(key)), None)


def load_sentence(error: Raised) -> Message:
    """Why a whole file could not be loaded: it raised this before any function of it was called."""
    first = say("Your file could not be loaded: running it raised {error}", error=with_stop(raised_text(error)))
    advice = advise(error)
    return first if advice is None else join([first, advice])
