"""Reads back what `grade score` wrote: run.json, scores.csv, results. What is amiss with one result is told of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from grader.errors import GradeError, UsageError, reason_of
from grader.report.classpage.entry import Class, Entry, Problem
from grader.report.timing import Timing, read_timing
from grader.result import SCHEMA, Result, read_result
from grader.scoring.folder import Run
from grader.scoring.lean import Lean
from grader.scoring.settling import TIMING
from grader.scoring.students import read_students
from grader.submission.files import read_regular
from grader.table import from_table
from grader.text import Message, say

#: Bytes of a file: far more than a result with all that a submission may print.
_MOST = 64 << 20
#: What can be added up and drawn; a file with more than that is no result.
_LARGEST = 1e9
_COLUMNS = ("student", "exercise", "sha256", "note")

_Row = dict[str, str]


class _Head(msgspec.Struct):
    schema: int


def read_run(out: Path) -> Run:
    """What `grade score` wrote of its run. Raises UsageError if this is not its output folder."""
    path = out / "run.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run)
    except FileNotFoundError:
        if out.is_dir():
            problem = say("{folder} holds no results of grade score: there is no run.json in it.", folder=str(out))
        else:
            problem = say("there is no file or folder {path}; check the spelling", path=str(out))
    except OSError as error:
        problem = say("{path} can't be read: {reason}", path=str(path), reason=reason_of(error))
    except msgspec.DecodeError as error:
        problem = say("{path} was not written by this version of grade: {reason}", path=str(path), reason=str(error))
    raise UsageError(problem)


def read_outcome(out: Path) -> Class:
    """All results of the run in `out`, with what the page of a class shows of them, in the order of scores.csv.

    Raises UsageError if that is no finished run, or none of its results is any.
    """
    run, lean = read_run(out), Lean()
    entries: list[Entry] = []
    unjudged: list[Problem] = []
    problems: list[Problem] = []
    for found in each_work(out):
        if isinstance(found, Entry):
            entries.append(msgspec.structs.replace(found, result=lean.result(found.result)))
        else:
            (problems if found.lost else unjudged).append(found)
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
    return Class(
        entries=tuple(entries),
        unjudged=tuple(unjudged),
        problems=tuple(problems),
        students=read_students(out),
        title=run.title,
        titles=run.titles,
    )


def each_work(out: Path) -> Iterator[Entry | Problem]:
    """The results one after another, each read when it is asked for, by student, with its time. Raises UsageError."""
    # Names are matched as the table spells them; none is taken as a path.
    files = {(_spelled(path.parent.name), _spelled(path.stem)): path for path in (out / "results").glob("*/*.json")}
    times = read_times(out)
    for row in sorted(_rows(out), key=lambda row: row["student"]):
        student, exercise = row["student"], row["exercise"]
        path = files.pop((student, exercise), None)
        if path is None and not row["sha256"]:
            yield Problem(student, exercise, row["note"], lost=False)
            continue
        found = say("its result is missing") if path is None else _result(path, exercise)
        if isinstance(found, Result):
            yield Entry(student, found, times.get((student, exercise), Timing()))
        else:
            yield Problem(student, exercise, found)
    for name in sorted(files):
        yield Problem(*name, say("scores.csv does not list this result"))


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


def _rows(out: Path) -> list[_Row]:
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
        rows = from_table(read_regular(path, _MOST, follow_links=True))
        return [{name: row[name] for name in _COLUMNS} for row in rows]
    except GradeError as error:
        raise UsageError(error.message) from None
    except (ValueError, KeyError) as error:
        reason = str(error) if isinstance(error, ValueError) else "columns are missing"
        raise UsageError(say("{path} can't be read: {reason}", path=str(path), reason=reason)) from None


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
    return result


def _newer(content: bytes) -> Message | None:
    try:
        schema = msgspec.json.decode(content, type=_Head).schema
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return say("a newer grade wrote it (schema {schema}); update this one", schema=schema) if schema > SCHEMA else None


def _spelled(name: str) -> str:
    """The name as scores.csv has it."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
