"""What a learner's folder remembers: .grade/record.jsonl, a line for every run, hint and solution shown.

Every line is an `Entry`, and so is what an exercise's lines come to when they are `merged`. So a damaged line costs
itself alone, two terminals can add lines at the same time, and a long file is folded into a line for each exercise.
Nothing here raises for what is wrong with the file: a run is reported whether or not it can be remembered.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import msgspec

from grader.course.learner import expect_own_memory, journal_path, learner_folder
from grader.errors import reason_of
from grader.learner import journal
from grader.learner.lines import Lines, read_lines, repaired
from grader.report.wording import checks_ran, to_fix
from grader.result import Result
from grader.text import Message, say

#: A longer file is folded, so that reading it stays instant.
FOLD_BYTES = 256 * 2**10
#: As many files, the latest, are known again: of several that watch one folder, a slow one may be a few saves late.
_KNOWN = 8

#: Seconds since 1970, in years that a calendar has.
Time = Annotated[int, msgspec.Meta(ge=0, le=253_000_000_000)]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Run(msgspec.Struct, frozen=True):
    """A run: when, what it scored, each check's verdict by its id, and the function to correct first, if known."""

    at: Time
    score: float
    max_score: float
    verdicts: dict[str, str]
    function: str = ""


class Entry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is remembered of an exercise, or what one line adds to that.

    attempts: runs in which the checks ran and something was written, each file once. best, max_score: of the best.
    passed_at, passed_after: when every check passed for the first time, and at which attempt.
    hints: the numbers of those seen. about: "function:number" of those seen for a function by itself.
    solution_at: when the solution was first shown; gave_up: before it was passed.
    last: the last run in which the checks ran. files: the digests of the latest files that ran.
    mistakes: the names of those that a run made.
    """

    exercise: str
    attempts: Count = 0
    best: float = 0
    max_score: float = 0
    passed_at: Time | None = None
    passed_after: Count = 0
    hints: tuple[Count, ...] = ()
    about: tuple[str, ...] = ()
    solution_at: Time | None = None
    gave_up: bool = False
    last: Run | None = None
    files: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()


class Record(msgspec.Struct, frozen=True):
    """A folder's memory, by exercise. trouble: why it could not be read, in a line."""

    folder: Path
    entries: Mapping[str, Entry] = {}
    trouble: Message | None = None

    def of(self, exercise: str) -> Entry:
        """What is remembered of an exercise; an empty entry if nothing is."""
        return self.entries.get(exercise) or Entry(exercise=exercise)

    def complete(self, exercise: str) -> bool:
        """Whether every check of it passed at some time."""
        return self.of(exercise).passed_at is not None

    def plus(self, entry: Entry) -> Record:
        """The memory with one more line."""
        entries = {**self.entries, entry.exercise: merged(self.of(entry.exercise), entry)}
        return msgspec.structs.replace(self, entries=entries)


class Noted(msgspec.Struct, frozen=True):
    """The memory before and after a note. trouble: a line about what went wrong with the file, if anything did."""

    before: Record
    after: Record
    trouble: Message | None = None


def folder_of(submission: Path | None) -> Path | None:
    """The learner's folder that a submission lies in, else the one around the working folder; None if neither."""
    around = learner_folder(submission.absolute().parent) if submission is not None else None
    return around or learner_folder(Path.cwd())


def load(folder: Path) -> Record:
    """The folder's memory."""
    try:
        expect_own_memory(folder)
        read = read_lines(journal_path(folder), Entry)
    except OSError as error:
        return Record(
            folder, trouble=say("{file} can't be read: {reason}", file=".grade/record.jsonl", reason=reason_of(error))
        )
    return _folded(folder, read.entries)


def note_attempt(folder: Path, result: Result) -> Noted:
    """Remember a run. It is no further attempt where the file is one that was tried before; one whose checks did not
    run, or that the grader spoilt, is none at all and changes nothing."""
    spoilt = result.status == "grader_error" or any(check.verdict == "grader_error" for check in result.checks)
    if spoilt or not checks_ran(result):
        record = load(folder)
        return Noted(record, record)
    verdicts: dict[str, str] = {check.id: check.verdict for check in result.checks}
    function = next((check.function for check in to_fix(result) if check.function and not check.hidden), "")
    run = Run(int(time.time()), result.score, result.max_score, verdicts, function)
    entry = Entry(
        exercise=result.exercise,
        attempts=int(not {"not_implemented", "skipped"}.issuperset(verdicts.values())),
        best=result.score,
        max_score=result.max_score,
        passed_at=run.at if result.passed else None,
        passed_after=int(result.passed),
        last=run,
        files=(result.submission_sha256[:16],),
        mistakes=tuple(sorted({name for check in result.checks for name in check.mistakes})),
    )
    return _note(folder, entry)


def note_hints(folder: Path, exercise: str, numbers: Iterable[int], function: str = "") -> Noted:
    """Remember that these hints were seen; function: of which one alone, if so."""
    return _note(folder, hint_entry(exercise, numbers, function))


def hint_entry(exercise: str, numbers: Iterable[int], function: str) -> Entry:
    """What `note_hints` remembers."""
    seen = tuple(numbers)
    about = tuple(f"{function}:{number}" for number in seen) if function else ()
    return Entry(exercise=exercise, hints=seen, about=about)


def note_solution(folder: Path, exercise: str) -> Noted:
    """Remember that the solution was shown."""
    return _note(folder, Entry(exercise=exercise, solution_at=int(time.time()), gave_up=True))


def merged(before: Entry, after: Entry) -> Entry:
    """What two entries of an exercise come to, the second being the later one."""
    passed_before = before.passed_at is not None
    passed_now = before.attempts + after.passed_after if after.passed_at is not None else 0
    better = before if _share(before) >= _share(after) else after
    return Entry(
        exercise=before.exercise,
        attempts=before.attempts + after.attempts,
        best=better.best,
        max_score=better.max_score,
        passed_at=before.passed_at if passed_before else after.passed_at,
        passed_after=before.passed_after if passed_before else passed_now,
        hints=tuple(sorted({*before.hints, *after.hints})),
        about=tuple(dict.fromkeys((*before.about, *after.about))),
        solution_at=after.solution_at if before.solution_at is None else before.solution_at,
        gave_up=before.gave_up or (after.gave_up and not passed_before),
        last=after.last or before.last,
        files=tuple(dict.fromkeys((*reversed(after.files), *reversed(before.files))))[:_KNOWN][::-1],
        mistakes=tuple(sorted({*before.mistakes, *after.mistakes})),
    )


def _counted_once(known: Entry, entry: Entry) -> Entry:
    """The entry, without its attempt where the same file was tried before. One that passes for the first time does so
    by another change, such as of a file that it imports: that was an attempt."""
    first_pass = entry.passed_at is not None and known.passed_at is None
    if first_pass or not entry.files or not set(entry.files) <= set(known.files):
        return entry
    return msgspec.structs.replace(entry, attempts=0, passed_after=0)


def _share(entry: Entry) -> float:
    return entry.best / entry.max_score if entry.max_score > 0 else -1


def _folded(folder: Path, entries: Iterable[Entry]) -> Record:
    """The entries, folded into one for each exercise."""
    folded: dict[str, Entry] = {}
    for entry in entries:
        known = folded.get(entry.exercise)
        folded[entry.exercise] = merged(known, entry) if known else entry
    return Record(folder, folded)


def _note(folder: Path, entry: Entry) -> Noted:
    path, before = journal_path(folder), Record(folder)
    trouble: Message | None = None
    try:
        with journal.locked(path.parent) as held:
            read = read_lines(path, Entry)
            before = _folded(folder, read.entries)
            entry = _counted_once(before.of(entry.exercise), entry)
            if held:
                trouble = _kept_in_order(path, read, before)
            journal.add(path, msgspec.json.encode(entry), held=held)
    except OSError as error:
        trouble = say("{folder} can't remember this: {reason}", folder=".grade", reason=reason_of(error))
    return Noted(before, before.plus(entry), trouble)


def _kept_in_order(path: Path, read: Lines[Entry], record: Record) -> Message | None:
    """Set aside a file with lines that can't be read, and fold one that is long; what fails here can wait."""
    if not read.broken and len(read.data) > FOLD_BYTES:
        with suppress(OSError):
            journal.rewrite(path, [msgspec.json.encode(entry) for entry in record.entries.values()])
    return repaired(path, read)
