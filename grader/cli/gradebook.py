"""`--gradebook` and `--nbgrader-dir`: what the verbs share that write into nbgrader's gradebook."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from grader.cli.options import option
from grader.cli.output import tell
from grader.cli.spoken import language_of
from grader.course.model import Course
from grader.errors import GradeError, GraderFault, UsageError
from grader.text import Message, say

if TYPE_CHECKING:
    from grader.nbgrader.address import Address
    from grader.nbgrader.record import Recorded

#: How many names a line tells; scores.csv has them all.
_NAMES = 10

gradebook_option = option(
    "--gradebook",
    metavar="URL|FILE",
    text=say(
        "write the results into nbgrader's gradebook: gradebook.db, or an SQLAlchemy URL such as "
        "postgresql://USER@HOST/DATABASE"
    ),
)
nbgrader_dir_option = option(
    "--nbgrader-dir",
    metavar="DIR",
    text=say("nbgrader's course folder, for autograded/; otherwise the gradebook file's folder, or this one"),
)


def open_gradebook(gradebook: str | None, nbgrader_dir: str | None) -> Address | None:
    """The gradebook to write into, looked at before anything is graded; None if none is asked for.

    Raises UsageError with what keeps results from being written into it.
    """
    if gradebook is None:
        if nbgrader_dir is not None:
            raise UsageError(say("--nbgrader-dir goes with --gradebook; name the gradebook too."))
        return None
    from grader.nbgrader.address import read_address

    address = read_address(gradebook, nbgrader_dir)
    from grader.nbgrader.database import check_database

    check_database(address)
    return address


def write_gradebook(out: Path, address: Address, *, course: Course) -> bool:
    """Write the results in `out` into the gradebook and tell of it; whether all were written.

    Raises GraderFault if none could be, with the command that tries again.
    """
    from grader.nbgrader.record import record

    try:
        recorded = record(out, address, course=course, language=language_of())
    except GradeError as error:
        words = ["grade", "record", str(out), "--gradebook", address.shown, "--nbgrader-dir", str(address.folder)]
        raise GraderFault(
            say(
                "{reason}\nNothing was written into the gradebook. All results are in {folder}; to write them later: "
                "{command}",
                reason=error.message,
                folder=str(out),
                command=shlex.join(words),
            )
        ) from None
    tell(*_summary(recorded, address))
    return not recorded.problems


def _summary(recorded: Recorded, address: Address) -> Iterator[Message]:
    yield say("Gradebook: {gradebook}; results written: {count}", gradebook=address.shown, count=recorded.count)
    if recorded.absent:
        yield say("No file to grade, so no result in the gradebook: {names}", names=_names(recorded.absent))
    if recorded.review:
        yield say(
            "Manual scores were kept although the automatic ones changed; nbgrader lists them for review: {names}",
            names=_names(recorded.review),
        )
    yield from recorded.problems


def _names(pairs: tuple[tuple[str, str], ...]) -> str:
    shown = ", ".join(f"{student}/{exercise}" for student, exercise in pairs[:_NAMES])
    return f"{shown}, ... ({len(pairs)})" if len(pairs) > _NAMES else shown
