"""Attempts at one exercise in several runs: which of them counts, the last or the best.

The one that counts has its result in results/, where everything else reads it; that of this run then lies in attempts/.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from grader.atomic import write_whole
from grader.course.model import Course
from grader.deadlines.model import Deadlines
from grader.errors import UsageError
from grader.report.scores import Row
from grader.report.timing import Timing
from grader.scorers.crew import saving
from grader.scorers.scorer import result_path, summary
from grader.scoring.earlier import grade_in
from grader.scoring.gather import some
from grader.scoring.outcome import read_run, read_times
from grader.scoring.settling import TIMING, Times, settle_row, when_of
from grader.text import Message, render, say

#: Below the folder for results: results of this run that don't count.
FOLDER = "attempts"


class _Run(msgspec.Struct, frozen=True):
    """An earlier run. timing: (student, exercise) → what its timing.json says."""

    folder: Path
    timing: Mapping[tuple[str, str], Timing]


class _Attempt(msgspec.Struct, frozen=True):
    """One attempt. folder: of the run that it is from; None of this one. undecided: of an earlier one, why it can't be
    told whether it has a penalty."""

    row: Row
    folder: Path | None
    undecided: Message | None = None

    @property
    def at(self) -> datetime | None:
        return datetime.fromisoformat(text) if (text := self.row.timing.handed_in) else None


class Attempts:
    """The attempts of earlier runs, in their order. Raises UsageError if one of them is no run of this course."""

    def __init__(self, folders: Sequence[Path], course: Course, deadlines: Deadlines | None) -> None:
        self._runs = [_read(folder, course) for folder in folders]
        self._deadlines = deadlines
        self._best = deadlines is not None and deadlines.attempts == "best"

    def put_back(self, out: Path) -> None:
        """Undo what `choose` did in `out`: this run's own results are in results/ again."""
        for path in (out / FOLDER).glob("*/*.json"):
            own = result_path(out, path.parent.name, path.stem)
            with saving(own):
                path.replace(own)

    def choose(self, out: Path, times: Times, now: datetime) -> Times:
        """The rows of the attempts that count, whose results are in results/ then."""
        if not self._runs:
            return times
        rows, undecided = [], list(times.undecided)
        for row in times.rows:
            # What the grader failed on may have been the one that counts.
            attempts = [] if row.status == "grader_error" else self._attempts(row, now)
            if not attempts:
                rows.append(row)
                continue
            place, tie = self._counting(attempts)
            reasons = (tie, attempts[place].undecided)
            undecided += [(row.student, row.exercise, reason) for reason in reasons if reason is not None]
            if (folder := attempts[place].folder) is not None:
                _exchange(out, folder, row)
            rows.append(_numbered(attempts[place], place + 1, len(attempts)))
        return Times(tuple(rows), tuple(undecided))

    def left_behind(self, rows: Sequence[Row]) -> Iterator[Message]:
        """Says who has an attempt in an earlier run, and no line in this one."""
        known = {(row.student, row.exercise) for row in rows}
        for run in self._runs:
            names = ["/".join(name) for name in run.timing if name not in known]
            if names:
                yield say(
                    "{folder} has results that have no line in this run, and are in none of its tables: {names}. "
                    "Each student in a roster gets a line for each exercise that was handed in here.",
                    folder=str(run.folder),
                    names=some(names),
                )

    def _attempts(self, row: Row, now: datetime) -> list[_Attempt]:
        """In the order in which they were handed in; where a time is missing, in that of the runs."""
        found = [attempt for run in self._runs if (attempt := self._earlier(run, row, now))]
        if row.sha256:
            found.append(_Attempt(row, None))
        # The same file, handed in at the same time, is the same attempt, which this run has graded last.
        distinct = {(one.row.sha256, one.row.timing.handed_in): one for one in found}
        attempts = list(distinct.values())
        if all(one.at for one in attempts):
            attempts.sort(key=lambda one: one.at.timestamp() if one.at else 0)
        return attempts

    def _earlier(self, run: _Run, row: Row, now: datetime) -> _Attempt | None:
        timing = run.timing.get((row.student, row.exercise))
        if timing is None:
            return None
        result = grade_in(result_path(run.folder, row.student, row.exercise))
        if result is None:
            return None
        when = when_of(timing, str(run.folder / TIMING))
        own = Row.of(row.student, row.exercise, result.submission, summary(result), None)
        settled, undecided = settle_row(own, when, self._deadlines, now)
        return _Attempt(settled, run.folder, undecided)

    def _counting(self, attempts: Sequence[_Attempt]) -> tuple[int, Message | None]:
        """The place of the attempt that counts, and why another one may be the right one."""
        if self._best:
            scores = [one.row.score for one in attempts]
            return scores.index(max(scores)), None
        last = len(attempts) - 1
        same = [one for one in attempts if one.at is not None and one.at == attempts[last].at]
        if len(same) < 2:
            return last, None
        tie = say(
            "two attempts were handed in at {time}: which is the last can't be told, and that of {folder} was taken. "
            'Leave one of them out, or let the best count: attempts = "best"',
            time=attempts[last].row.timing.handed_in,
            folder=str(folder) if (folder := attempts[last].folder) else say("this run"),
        )
        return last, tie


def _read(folder: Path, course: Course) -> _Run:
    run = read_run(folder)
    if run.course_id not in ("", course.id):
        problem = say(
            "The run in {folder} is of the course {other}, not of {ours}.",
            folder=str(folder),
            other=run.course_id,
            ours=course.id,
        )
        raise UsageError(problem)
    if not (folder / TIMING).exists():
        problem = say(
            "The run in {folder} is not finished, or an older grade made it: there is no {file}. Finish it with grade "
            "score --resume.",
            folder=str(folder),
            file=TIMING,
        )
        raise UsageError(problem)
    return _Run(folder, read_times(folder))


def _exchange(out: Path, earlier: Path, row: Row) -> None:
    """Put an earlier run's result into results/, and this run's out of the way.

    Also one that says that nothing was handed in: a later run without the earlier one finds it again.
    """
    own = result_path(out, row.student, row.exercise)
    aside = out / FOLDER / row.student / own.name
    with saving(aside):
        content = result_path(earlier, row.student, row.exercise).read_bytes()
        if own.exists():
            aside.parent.mkdir(parents=True, exist_ok=True)
            own.replace(aside)
        write_whole(own, content)


def _numbered(attempt: _Attempt, number: int, count: int) -> Row:
    row, note = attempt.row, ""
    if attempt.folder is not None:
        counts = say(
            "attempt {number} of {count} counts, graded in {folder}",
            number=number,
            count=count,
            folder=str(attempt.folder),
        )
        note = render(counts, "en")
    elif count > 1:
        note = render(say("attempt {number} of {count} counts", number=number, count=count), "en")
    timing = msgspec.structs.replace(row.timing, attempt=row.timing.attempt or number)
    return msgspec.structs.replace(row, note="; ".join(filter(None, (row.note, note))), timing=timing)
