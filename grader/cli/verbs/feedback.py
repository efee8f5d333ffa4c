"""`grade feedback RESULTS`: what `grade score` found, back to each student."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from grader.cli.completion import folder_names
from grader.cli.format_option import now
from grader.cli.options import option, verb
from grader.cli.output import complain, tell
from grader.cli.spoken import language_of
from grader.errors import GraderFault, UsageError
from grader.text import Message, say


@verb(
    "feedback",
    say(
        "Writes a page for each student from RESULTS, the folder that grade score wrote, into RESULTS/feedback, with "
        "zips that Moodle and Canvas give to their students, and one with a table for a mail program. A page opens in "
        "the student's language if the roster has a column for it. Hidden checks show their titles, verdicts and named "
        "mistakes only."
    ),
    "grade feedback scored",
    "grade feedback scored --reveal-after 2026-12-24T18:00+08:00",
    course=None,
)
@click.argument("out", metavar="RESULTS", type=Path, shell_complete=folder_names)
@option("--reveal", is_flag=True, text=say("show what hidden checks saw, as of any other check"))
@option(
    "--reveal-after",
    "after",
    metavar="TIME",
    text=say("the same, if the command runs at TIME or later; before that, pages say when"),
)
def command(*, out: Path, reveal: bool, after: str | None) -> int:
    """Writes; the status says whether every result is on a page."""
    if reveal and after is not None:
        raise UsageError(say("--reveal and --reveal-after exclude each other."))
    time = None if after is None else _time(after)
    from grader.scoring.handback import hand_back

    reveal = reveal or (time is not None and time <= datetime.now(time.tzinfo))
    done = hand_back(out, language=language_of(), made=now(), reveal=reveal, note=_note(reveal, time))
    tell(say("{path}: pages: {count}", path=str(done.folder), count=done.pages))
    for name, count in sorted(done.zips.items()):
        tell(say("{path}: students: {count}", path=str(done.folder / name), count=count))
    complain(done.remark)
    for problem in done.problems[:10]:
        name = f"{problem.student}/{problem.exercise}"
        complain(say("On no page: {name}: {reason}", name=name, reason=problem.reason))
    if len(done.problems) > 10:
        complain(say("Results that are on no page: {count}", count=len(done.problems)))
    return GraderFault.exit_status if done.problems else 0


def _time(value: str) -> datetime:
    """Raises UsageError."""
    try:
        time = datetime.fromisoformat(value)
    except ValueError:
        time = None
    if time is None or time.tzinfo is None:
        raise UsageError(
            say(
                "--reveal-after takes a date, a time and a time zone, such as 2026-12-24T18:00+08:00, not {value}.",
                value=value,
            )
        )
    return time


def _note(reveal: bool, time: datetime | None) -> Message | None:
    if reveal:
        return say("Hidden checks are shown in full.")
    if time is None:
        return None
    return say("What hidden checks saw will be shown after {time}.", time=time.isoformat(" ", "minutes"))
