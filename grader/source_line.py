"""A line of a submission, as tracebacks, excerpts and results have it."""

from __future__ import annotations

import msgspec


class SourceLine(msgspec.Struct, frozen=True):
    """One line of the learner's own file; in a notebook, `number` counts within `cell`.

    function: the name of the function that the line is in.
    """

    number: int
    source: str
    function: str
    cell: str | None = None
