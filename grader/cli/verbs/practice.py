"""`grade practice [EXERCISE|FILE]`: a bug to find in an answer that the learner knows."""

from __future__ import annotations

import shlex
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.completion import exercise_names
from grader.cli.options import option, seed_option_saying, verb
from grader.cli.output import complain, paragraph, tell
from grader.cli.spoken import language_of
from grader.course.bundle import require_full
from grader.course.find import find_course, find_exercise
from grader.course.learner import learner_folder
from grader.course.suffixes import code_kind
from grader.errors import UsageError
from grader.report.layout import visible
from grader.report.wording import near
from grader.text import Message, say

if TYPE_CHECKING:
    from grader.course.model import Exercise
    from grader.practice.memory import Sheet
    from grader.practice.session import Checked, Practice


@verb(
    "practice",
    say(
        "Writes the course's answer of an exercise that you completed, with one bug in it, for you to find and to fix "
        "in as few lines as you can. Run again, it checks your file. Without EXERCISE, it takes what is due, or new."
    ),
    "grade practice",
    "grade practice exercise03",
    "grade practice practice/exercise03-1.py",
    "grade practice --give-up",
)
@click.argument("what", metavar="[EXERCISE|FILE]", required=False, shell_complete=exercise_names)
@option("--give-up", is_flag=True, text=say("show the bug; its function comes again soon"))
@seed_option_saying(say("repeat a run: the same seed picks the same bug and draws the same inputs"))
@option("-v", "--verbose", is_flag=True, text=say("explain every check that did not pass, not only the first"))
def command(*, what: str | None, give_up: bool, seed: int | None, verbose: bool, course: Path | None) -> int:
    """Hands out a sheet, or checks one; returns the exit status of a check, or 0."""
    found = find_course(course)
    require_full(found)
    folder = learner_folder(Path.cwd())
    if folder is None:
        raise UsageError(
            say("grade practice works in a folder made by grade init, and there is none here. Nothing was written.")
        )
    from grader.cli.waiting import progress_line
    from grader.practice.schedule import now
    from grader.practice.session import Practice

    line = progress_line(language_of(), wanted=True)
    practice = Practice(found, folder, now=now(), waiting=line.waiting)
    complain(practice.memory.trouble or practice.record.trouble)
    try:
        return _answer(practice, what, give_up, seed, verbose)
    finally:
        line.close()


def _answer(practice: Practice, what: str | None, give_up: bool, seed: int | None, verbose: bool) -> int:
    named = what is not None and code_kind(what) is not None
    exercise = find_exercise(practice.course, what) if what is not None and not named else None
    sheet = practice.sheet_at(Path(what)) if what is not None and named else practice.open_sheet(exercise)
    if give_up:
        return _give_up(practice, sheet)
    if sheet is None:
        return _hand_out(practice, exercise, seed)
    if not named and practice.is_untouched(sheet):
        _tell(say("This sheet waits for you, as it was handed out."), *_to_do(practice, sheet))
        return 0
    return _check(practice, sheet, seed, verbose)


def _tell(*messages: Message) -> None:
    # What the folder remembers may have come from anybody.
    tell(*(visible(line) for message in messages for line in paragraph(message, language_of())))


def _file(practice: Practice, sheet: Sheet) -> str:
    return near(str(practice.folder / sheet.file))


def _hand_out(practice: Practice, exercise: Exercise | None, seed: int | None) -> int:
    sheet = practice.new_sheet(exercise, language=language_of(), seed=seed)
    if sheet is None:
        _tell(*_nothing(practice))
        return 0
    _tell(say("A practice sheet of {exercise}, with one bug in it.", exercise=sheet.exercise), *_to_do(practice, sheet))
    complain(practice.memory.trouble)
    return 0


def _to_do(practice: Practice, sheet: Sheet) -> list[Message]:
    file = _file(practice, sheet)
    return [
        say("Read and fix: {file}", file=file),
        say("Then: {command}", command=shlex.join(["grade", "practice", file])),
        say("To see the bug instead: {command}", command=shlex.join(["grade", "practice", file, "--give-up"])),
    ]


def _nothing(practice: Practice) -> list[Message]:
    known = {exercise.id for exercise in practice.course.exercises}
    dates = [at for (name, _), at in practice.memory.due().items() if name in known and at > practice.now]
    more = say("For a sheet all the same: grade practice EXERCISE")
    if not dates:
        return [say("There is no bug left here that the checks can see."), more]
    return [say("Nothing is due before {day}.", day=_day(min(dates))), more]


def _day(at: int) -> str:
    return time.strftime("%Y-%m-%d", time.localtime(at))


def _give_up(practice: Practice, sheet: Sheet | None) -> int:
    if sheet is None:
        raise UsageError(say("There is no sheet to give up. For one: grade practice"))
    if not sheet.rating:
        sheet = practice.give_up(sheet)
        _tell(say("Given up: {file}", file=_file(practice, sheet)))
    _tell(*_explanation(sheet))
    _tell(_again(sheet))
    complain(practice.memory.trouble)
    return 0


def _check(practice: Practice, sheet: Sheet, seed: int | None, verbose: bool) -> int:
    from grader.report.terminal import ReportConsole, print_report
    from grader.report.views import exit_status

    checked = practice.check(sheet, seed=seed)
    title = find_exercise(practice.course, sheet.exercise).title
    again = shlex.join(["grade", "practice", _file(practice, sheet)])
    print_report(
        checked.result, language=language_of(), verbose=verbose, console=ReportConsole(), title=title, command=again
    )
    tell("")
    _tell(*_outcome(checked))
    complain(checked.trouble)
    return exit_status(checked.result)


def _outcome(checked: Checked) -> list[Message]:
    sheet = checked.sheet
    if not checked.result.passed:
        count = len(sheet.checks)
        return [say("Not fixed yet. Checks of this sheet so far: {count}.", count=count)] if checked.was_open else []
    if checked.unchanged:
        return [say("Nothing is fixed: the file is as it was handed out, and its bug did not show this time.")]
    lines = say(
        "Fixed. Lines changed: {changed}; the course's answer differs in: {fewest}.",
        changed=checked.changed,
        fewest=checked.fewest,
    )
    more = [say("Fewer lines would have been enough.")] if checked.changed > checked.fewest else []
    return [lines, *more, *_explanation(sheet), _again(sheet)]


def _explanation(sheet: Sheet) -> list[Message]:
    """Which bug it was: in a mistake's own words, and the lines that it is in."""
    where = say("The bug was in {function}.", function=sheet.function)
    told = say("The bug was in {function}: {why}", function=sheet.function, why=sheet.why) if sheet.why else where
    removed = [line.strip() for hunk in sheet.hunks for line in hunk.after]
    right = [line.strip() for hunk in sheet.hunks for line in hunk.before]
    return [
        told,
        *(say("wrong: {line}", line=line) for line in removed),
        *(say("right: {line}", line=line) for line in right),
    ]


def _again(sheet: Sheet) -> Message:
    return say(
        "{function} of {exercise} comes again on {day}.",
        function=sheet.function,
        exercise=sheet.exercise,
        day=_day(sheet.due),
    )
