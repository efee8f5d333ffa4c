"""The folder that `grade score` writes to: claimed for one run at a time, and taken up again by a later one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from grader.atomic import write_whole
from grader.course.find import find_course
from grader.course.model import Course
from grader.errors import UsageError, reason_of
from grader.text import Text, say

_RUN = "run.json"


class Run(msgspec.Struct, frozen=True):
    """out/run.json: written before anything is graded, so that a run can be repeated exactly, or taken up again.

    submissions: the folder that was graded. source: what was given, if that is an export whose files were put there.
    course: its folder. course_title: None for the course that comes with the grader. title: the course's in any case.
    titles: of its exercises, by id. Both are missing in what earlier versions wrote. per_student: whether each
    student's inputs were drawn from a seed of their own (seed.py).
    """

    grader: str
    seed: int
    course: str
    submissions: str
    device: str
    exercises: tuple[str, ...]
    source: str = ""
    course_id: str = ""
    course_title: Text | None = None
    title: Text = {}
    titles: dict[str, Text] = {}
    per_student: bool = False


def course_of(run: Run, named: Path | None) -> Course:
    """The course that a run graded. named: its folder, if the command line has one.

    Where the run's own folder is gone, it is the course that any command finds. Raises as `find_course`.
    """
    return find_course(named or (Path(run.course) if Path(run.course).is_dir() else None))


def write_run(out: Path, run: Run) -> None:
    """Write run.json."""
    write_whole(out / _RUN, msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n")


@contextmanager
def claimed(out: Path, *, resume: bool) -> Iterator[Run | None]:
    """Make the folder this run's alone; yields the earlier run that it holds, None if there is none.

    resume: take an earlier run up; else the folder must be new or empty, so that two runs' results are never mixed.
    Raises UsageError.
    """
    import fcntl

    try:
        out.mkdir(parents=True, exist_ok=True)
        # The folder itself is locked: a file for that would be one more thing to explain.
        lock = os.open(out, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise UsageError(say("{folder} can't be made: {reason}", folder=str(out), reason=reason_of(error))) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                say(
                    "Another run is writing to {folder}. Wait for its end, or give --out another folder.",
                    folder=str(out),
                )
            ) from None
        yield _earlier(out, resume)
    finally:
        os.close(lock)


def _earlier(out: Path, resume: bool) -> Run | None:
    path, folder = out / _RUN, str(out)
    if not any(out.iterdir()):
        return None
    if not resume and path.exists():
        raise UsageError(
            say("{folder} holds an earlier run: continue it with --resume, or give --out a new folder.", folder=folder)
        )
    if not resume:
        raise UsageError(say("{folder} is not empty; give --out a new folder.", folder=folder))
    for half in out.rglob(".*.tmp"):  # what was being written when the earlier run was killed
        half.unlink(missing_ok=True)
    if not path.exists() and any(out.iterdir()):
        raise UsageError(say("{folder} holds no run to continue: there is no run.json in it.", folder=folder))
    if not path.exists():
        return None
    try:
        return msgspec.json.decode(path.read_bytes(), type=Run)
    except (OSError, msgspec.DecodeError) as error:
        raise UsageError(say("{path} can't be read: {reason}", path=str(path), reason=str(error))) from None
