"""Reads back what `grade score` wrote: run.json, scores.csv, results. What is amiss with one result is told of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from grader.errors import GradeError, UsageError
from grader.report.classpage.entry import Entry, Problem
from grader.report.timing import Timing, read_timing
from grader.result import SCHEMA, Result, read_result
from grader.scoring.folder import Run
from grader.scoring.settling import TIMING
from grader.submission.files import read_regular
from grader.table import uncell
from grader.text import Message, say

#: Bytes of a file: far more than a result with all that a submission may print.
_MOST = 64 << 20
#: What can be added up and drawn; a file with more than that is no result.
_LARGEST = 1e9
_COLUMNS = ("student", "exercise", "sha256", "note")

_Row = dict[str, str]


class Outcome(msgspec.Struct, frozen=True):
    """entries: in the order of scores.csv. unjudged: its lines that never had a result, as of an unknown exercise.
    problems: results that should be there and aren't, or can't be read."""

    entries: tuple[Entry, ...]
    unjudged: tuple[Problem, ...]
    problems: tuple[Problem, ...]


class _Head(msgspec.Struct):
    schema: int


def read_run(out: Path) -> Run:
    """What `grade score` wrote of its run. Raises UsageError if this is not its output folder."""
    try:
        return msgspec.json.decode((out / "run.json").read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError):
        raise UsageError(
            say(
                "{folder} holds no results of grade score: there is no run.json in it, or it can't be read.",
                folder=str(out),
            )
        ) from None


def read_outcome(out: Path) -> Outcome:
    """All results of the run in `out`. Raises UsageError if that is no finished run, or none of its results is any."""
    read_run(out)
    # Names are matched as the table spells them; none is taken as a path.
    files = {(_spelled(path.parent.name), _spelled(path.stem)): path for path in (out / "results").glob("*/*.json")}
    timing = read_times(out)
    entries, unjudged, problems = [], [], []
    for row in _rows(out):
        student, exercise = row["student"], row["exercise"]
        path = files.pop((student, exercise), None)
        if path is None and row["sha256"]:
            problems.append(Problem(student, exercise, say("its result is missing")))
        elif path is None:
            unjudged.append(Problem(student, exercise, row["note"]))
        elif isinstance(found := _result(path, exercise), Result):
            known = timing.get((student, exercise), Timing())
            entries.append(Entry(student, found, known))
        else:
            problems.append(Problem(student, exercise, found))
    problems += [Problem(*name, say("scores.csv does not list this result")) for name in sorted(files)]
    if problems and not entries:
        first = problems[0]
        raise UsageError(
            say(
                "None of the results in {folder} can be shown. The first, {name}: {reason}",
                folder=str(out),
                name=f"{first.student}/{first.exercise}",
                reason=first.reason,
            )
        )
    return Outcome(tuple(entries), tuple(unjudged), tuple(problems))


def read_times(out: Path) -> Mapping[tuple[str, str], Timing]:
    """(student, exercise) → when it was handed in, and what that cost; nothing of a run before there was such a file.

    Raises UsageError.
    """
    path = out / TIMING
    if not path.exists():
        return {}
    try:
        return read_timing(read_regular(path, _MOST, follow_links=True))
    except (GradeError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = error.message if isinstance(error, GradeError) else str(error)
        raise UsageError(say("{path} can't be read: {reason}", path=str(path), reason=reason)) from None


def _rows(out: Path) -> Iterator[_Row]:
    """The lines of scores.csv: the columns that are needed here, as they were before the table guarded them."""
    path = out / "scores.csv"
    if not path.exists():
        raise UsageError(
            say(
                "The run in {folder} is not finished: there is no scores.csv. Finish it with grade score "
                "--resume, then report again.",
                folder=str(out),
            )
        )
    try:
        content = read_regular(path, _MOST, follow_links=True).decode("utf-8")
        rows = list(csv.DictReader(io.StringIO(content, newline=""), strict=True))
        if any(not isinstance(row.get(name), str) for row in rows for name in _COLUMNS):
            raise ValueError("columns are missing")
    except GradeError as error:
        raise UsageError(error.message) from None
    except (ValueError, csv.Error) as error:
        raise UsageError(say("{path} can't be read: {reason}", path=str(path), reason=str(error))) from None
    for row in rows:
        yield {name: uncell(row[name]) for name in _COLUMNS}


def _result(path: Path, exercise: str) -> Result | Message:
    """The result in the file, or why there is none."""
    try:
        content = read_regular(path, _MOST, follow_links=False)
    except GradeError as error:
        return error.message
    try:
        result = read_result(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _newer(content) or say("it is no result: {reason}", reason=str(error))
    if result.schema != SCHEMA:
        return _newer(content) or say("it is no result: {reason}", reason=f"schema {result.schema}")
    if abs(largest := max(result.score, result.max_score, result.seconds, key=abs)) > _LARGEST:
        return say("it is no result: {reason}", reason=f"{largest:g}")
    if result.exercise != exercise:
        return say("it is a result of {exercise}", exercise=result.exercise)
    # No page of a class shows it, and of thousands it would fill the memory.
    return msgspec.structs.replace(result, stdout="")


def _newer(content: bytes) -> Message | None:
    try:
        schema = msgspec.json.decode(content, type=_Head).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return say("a newer grade wrote it (schema {schema}); update this one", schema=schema) if schema > SCHEMA else None


def _spelled(name: str) -> str:
    """The name as scores.csv has it."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
