"""A scorer: a process that grades submissions one after another, fed by `grade score` (score.py).

It collects the checks once, has a zygote of its own, and writes each result to its file whole before it says so.
Its standard input brings one Task per line, after one Start; its answers leave on a descriptor of their own, so that
nothing a check prints can be taken for one.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NoReturn

import msgspec

from grader.atomic import write_whole
from grader.course.faults import CourseError
from grader.course.find import course_in, find_exercise
from grader.course.model import Exercise, Limits
from grader.errors import GraderFault, SubmissionError, UsageError
from grader.grading.grader import Grader
from grader.grading.prepare import expect_course, prepare
from grader.grading.results import ungradable
from grader.reader.client import Reader
from grader.report.jsonfile import to_json
from grader.result import Result
from grader.scorers.fingerprint import fingerprint, grader_digest
from grader.scorers.margins import Margins
from grader.submission.model import Submission
from grader.submission.read import read_submission
from grader.text import Message

#: Characters of a failure's report that are passed on: pytest's report of a file that can't be imported ends with what
#: was raised.
_MOST_REASON = 20_000


class Start(msgspec.Struct, frozen=True):
    """What holds for the whole run. Paths are absolute. scratch: an empty folder for this scorer alone."""

    course: str
    submissions: str
    out: str
    exercises: tuple[str, ...]
    seed: int
    device: str
    scratch: str | None = None


class Task(msgspec.Struct, frozen=True):
    """One submission; path relative to the submissions' folder. seed: in place of the run's, from here on.

    submission: what was read there, where the scorer can't read it: it is on another machine, or in no file.
    limits: in place of the exercise's. naming: whether its mistakes are named. margins: whether to tell how near to a
    tolerance the values of calls came that passed (True) or failed (False); None: of neither.
    """

    student: str
    exercise: str
    path: str
    seed: int | None = None
    submission: Submission | None = None
    limits: Limits | None = None
    naming: bool = True
    margins: bool | None = None


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The checks are collected and workers can be had. still: what they read shows in no access time."""

    confinement: str
    still: bool = True


class Done(msgspec.Struct, frozen=True, tag="done"):
    """One result is on disk. near, clear: the checks with a call whose error was, or was not, near a tolerance, of the
    calls that `Task.margins` asks for."""

    score: float
    max_score: float
    status: str
    passed: bool
    checks_passed: int
    checks: int
    mistakes: tuple[str, ...]
    message: dict[str, str] | None
    sha256: str
    near: tuple[str, ...] = ()
    clear: tuple[str, ...] = ()


class Unsaved(msgspec.Struct, frozen=True, tag="unsaved"):
    """The result could not be written; the next one could not be, either."""

    path: str
    reason: str


class Broken(msgspec.Struct, frozen=True, tag="broken"):
    """The scorer itself failed. faults: what is wrong with the course's files, if that is why."""

    reason: str
    faults: tuple[Message, ...] = ()


def result_path(out: Path | str, student: str, exercise: str) -> Path:
    """Where a submission's result lies."""
    return Path(out, "results", student, f"{exercise}.json")


def save_result(out: Path | str, student: str, exercise: str, result: Result) -> Done:
    """Write the result's file whole; its summary. Raises OSError."""
    write_whole(result_path(out, student, exercise), to_json(result))
    return summary(result)


def read_task(task: Task, exercise: Exercise, reader: Reader, root: Path | str) -> Submission:
    """The task's file, below the folder `root`. Raises SubmissionError, and UsageError where there is none."""
    seconds = exercise.limits.total_seconds
    return read_submission(Path(task.path), slug=exercise.slug, parser=reader, seconds=seconds, root=Path(root))


def summary(result: Result) -> Done:
    """What the table of scores says of a result."""
    return Done(
        score=result.score,
        max_score=result.max_score,
        status=result.status,
        passed=result.passed,
        checks_passed=sum(check.passed for check in result.checks),
        checks=len(result.checks),
        mistakes=tuple(dict.fromkeys(name for check in result.checks for name in check.mistakes)),
        message=result.message,
        sha256=result.submission_sha256,
    )


class Scorer:
    """Grades tasks with one Grader."""

    def __init__(self, start: Start) -> None:
        self.course = course_in(Path(start.course))
        self.exercises = {name: find_exercise(self.course, name) for name in start.exercises}
        self.start = start
        self.digest = grader_digest()
        self.grader = Grader(
            self.course,
            list(self.exercises.values()),
            seed=start.seed,
            device=start.device,
            remember=True,
            folder=None if start.scratch is None else Path(start.scratch),
        )

    def grade(self, task: Task) -> Result:
        """The result of one task, whatever its file is."""
        if task.seed is not None and task.seed != self.grader.seed:
            self.grader.reseed(task.seed)
        exercise = self.exercises[task.exercise]
        if task.limits is not None:
            exercise = msgspec.structs.replace(exercise, limits=task.limits)
        self.grader.naming = task.naming
        self.margins = Margins(task.margins)
        self.grader.watch = None if task.margins is None else self.margins.watch
        header, marked = self.grader.headers.header(exercise, task.path), ""
        try:
            submission = self._submission(task, exercise)
            # First of all: work of another course is not judged, so no platform gets a 0 for it.
            expect_course(submission.course, self.course, exercise, submission.name)
            header = msgspec.structs.replace(header, sha256=submission.sha256)
            marked = fingerprint(self.digest, header, submission)
            prepared = prepare(exercise, submission, self.grader.reader)
            result = self.grader.grade(exercise, task.path, prepared)
        except (SubmissionError, UsageError) as error:
            result = ungradable(header, error)
        return msgspec.structs.replace(result, fingerprint=marked)

    def _submission(self, task: Task, exercise: Exercise) -> Submission:
        if task.submission is None:
            return read_task(task, exercise, self.grader.reader, self.start.submissions)
        self.grader.reader.begin(exercise.limits.total_seconds - task.submission.seconds)
        return task.submission

    def save(self, task: Task, result: Result) -> Done | Unsaved:
        """Put the result that was graded last on disk; what to answer."""
        try:
            done = save_result(self.start.out, task.student, task.exercise, result)
        except OSError as error:
            path = result_path(self.start.out, task.student, task.exercise)
            return Unsaved(str(path), error.strerror or str(error))
        return msgspec.structs.replace(done, near=tuple(self.margins.near), clear=tuple(self.margins.clear))


def main() -> NoReturn:
    """Read tasks, grade, answer, until standard input ends."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    gc.disable()

    def answer(message: Any) -> None:
        answers.write(msgspec.json.encode(message) + b"\n")

    scorer = Scorer(msgspec.json.decode(sys.stdin.buffer.readline(), type=Start))
    try:
        with scorer.grader as grader:
            _serve(scorer, grader, _lines(grader), answer)
    except (Exception, SystemExit) as error:
        # `grade score` starts another scorer, or gives up with the reason.
        reason = str(error) if isinstance(error, GraderFault) else f"{type(error).__name__}: {error}"
        answer(Broken(reason[:_MOST_REASON], error.faults if isinstance(error, CourseError) else ()))
    os._exit(1)


def _lines(grader: Grader) -> SimpleQueue[bytes]:
    """The lines of standard input. At its end nobody waits for an answer: this process exits at once, whatever it does,
    and its zygote and workers with it."""
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        for line in sys.stdin.buffer:
            lines.put(line)
        with suppress(OSError):  # its folder: a worker that has not ended yet may write there
            grader.abandon()
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    return lines


def _serve(scorer: Scorer, grader: Grader, lines: SimpleQueue[bytes], answer: Any) -> NoReturn:
    import torch

    torch.set_num_threads(1)
    grader.settle()
    grader.workers.wait_ready()
    answer(Ready(grader.workers.confinement, grader.workers.still))
    while True:
        task = msgspec.json.decode(lines.get(), type=Task)
        answer(scorer.save(task, scorer.grade(task)))


if __name__ == "__main__":
    main()
