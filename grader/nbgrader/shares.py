"""A result divided among grade cells, where the points are given by function."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from grader.report.feedback import feedback
from grader.report.views import only
from grader.report.wording import checks_ran
from grader.result import Result
from grader.text import render, say


def share_of(result: Result, function: str, functions: Mapping[str, str]) -> Result:
    """What the result says of the function. functions: by check, the one that it is about alone."""
    checks = {id for id, name in functions.items() if name == function}
    return msgspec.structs.replace(only(result, checks), notes=(), notes_data=())


def rest_of(result: Result, having_cells: Collection[str], functions: Mapping[str, str]) -> Result:
    """What the result says of everything but these functions."""
    return only(result, {check.id for check in result.checks if functions.get(check.id) not in having_cells})


def report_on(share: Result, whole: str, language: str) -> str:
    """The share as its learner reads it. whole: the cell that has the report on the whole."""
    if checks_ran(share):
        return feedback(share, language)
    return render(say("Nothing could be graded; the cell {name} says why.", name=whole), language)
