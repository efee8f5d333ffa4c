"""`grade score`: a class, graded by several scorers at once. This process imports no PyTorch and runs no check.

A scorer that dies is replaced and its submission tried once more; every result is on disk before it counts.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue

import msgspec

from grader import __version__
from grader.course.find import find_exercise
from grader.course.model import Course
from grader.errors import GradeError, GraderFault, SubmissionError, UsageError
from grader.report.jsonfile import to_json
from grader.report.scores import Row, to_csv
from grader.result import Result
from grader.session.atomic import write_whole
from grader.session.gather import handed_in
from grader.session.process import CONFINED, TRIES, ScorerProcess
from grader.session.results import Frames, ungradable
from grader.session.scan import Found
from grader.session.scorer import Broken, Done, Ready, Start, Task, result_path, summary
from grader.text import Message, in_every_language, say


class Run(msgspec.Struct, frozen=True):
    """out/run.json: written before anything is graded, so that a run can be repeated exactly.

    submissions: the folder that was graded. source: what was given, if that is an export whose files were put there.
    """

    grader: str
    seed: int
    course: str
    submissions: str
    device: str
    exercises: tuple[str, ...]
    source: str = ""


class Scored(msgspec.Struct, frozen=True):
    """What came of a run.

    rows: one per submission, sorted. faults: submissions on which the grader itself failed. remarks: what an
    instructor should know of how the class was read.
    """

    rows: tuple[Row, ...]
    seconds: float
    confinement: str
    faults: int
    remarks: tuple[Message, ...] = ()


def score(
    submissions: Path,
    out: Path,
    *,
    course: Course,
    exercise: str | None = None,
    roster: Path | None = None,
    seed: int | None = None,
    jobs: int | None = None,
    device: str = "cpu",
    allow_unconfined: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Scored:
    """Grade SUBMISSIONS/<student>/<exercise>/<file> into out/scores.csv and out/results/<student>/<exercise>.json.

    submissions: that folder, or an export of a learning platform; its files are then put into out/submissions.
    exercise: the one that all files are for. roster: a table of the class. seed: fresh if None, and in
    out/run.json either way. jobs: scorers at once, one per core if None.
    progress: called with how many are done and how many there are.
    Raises UsageError (folders, exports, the roster), GraderFault (unconfined and not allowed; scorers that can't
    start).
    """
    begun = time.monotonic()
    with handed_in(submissions, course=course, exercise=exercise, roster=roster) as place:
        _claim(out)
        gathered = place(out)
    found, root = gathered.found, gathered.root
    tasks = [Task(one.student, one.exercise, one.path) for one in found if one.path is not None]
    exercises = tuple(sorted({task.exercise for task in tasks}))
    seed = int.from_bytes(os.urandom(8), "big") >> 11 if seed is None else seed
    start = Start(str(course.folder.resolve()), str(root.resolve()), str(out.resolve()), exercises, seed, device)
    source = "" if root == submissions else str(submissions.resolve())
    run = Run(__version__, seed, start.course, start.submissions, device, exercises, source)
    write_whole(out / "run.json", msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n")
    crew = Crew(start, allow_unconfined=allow_unconfined, progress=progress)
    done = crew.grade(tasks, jobs or len(os.sched_getaffinity(0)))
    frames = Frames(course, seed=seed, device=device)
    rows = [_row(course, frames, start, one, done) for one in found]
    write_whole(out / "scores.csv", to_csv(rows))
    faults = sum(row.status == "grader_error" for row in rows)
    return Scored(tuple(rows), time.monotonic() - begun, crew.confinement, faults, gathered.remarks)


def read_results(out: Path, rows: Sequence[Row]) -> list[Result]:
    """The results on disk, in the rows' order."""
    paths = (result_path(out, row.student, row.exercise) for row in rows)
    return [msgspec.json.decode(path.read_bytes(), type=Result) for path in paths if path.exists()]


def _claim(out: Path) -> None:
    """Make the output folder ours. An earlier run's results are never mixed with this one's."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(say("{folder} is not empty; give --out a new folder.", folder=str(out)))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(say("{folder} can't be made: {reason}", folder=str(out),
                             reason=error.strerror or str(error))) from None


def _row(course: Course, frames: Frames, start: Start, found: Found, done: dict[Task, Done]) -> Row:
    """A submission's line; what could not be graded gets a result on disk too, if its exercise exists."""
    if found.path is not None:
        task = Task(found.student, found.exercise, found.path)
        return Row.of(found.student, found.exercise, found.path, done[task], found.note)
    assert found.problem is not None
    try:
        exercise = find_exercise(course, found.exercise)
    except GradeError:
        return Row.missing(found.student, found.exercise, found.problem)
    frame = frames.frame(exercise, "")
    result = ungradable(frame, SubmissionError(found.problem))
    write_whole(result_path(Path(start.out), found.student, found.exercise), to_json(result))
    return Row.of(found.student, found.exercise, "", summary(result), None)


class Crew:
    """Some scorers and the threads that feed them."""

    def __init__(self, start: Start, *, allow_unconfined: bool, progress: Callable[[int, int], None]) -> None:
        self.start = start
        self.confinement = ""
        self._allow_unconfined = allow_unconfined
        self._progress = progress
        self._done: dict[Task, Done] = {}
        self._lock = threading.Lock()
        self._error: GraderFault | None = None
        self._processes: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def grade(self, tasks: Sequence[Task], jobs: int) -> dict[Task, Done]:
        """Every task's summary."""
        queue: SimpleQueue[Task] = SimpleQueue()
        for task in tasks:
            queue.put(task)
        self._total = len(tasks)
        self._progress(0, self._total)
        threads = [
            threading.Thread(target=self._feed, args=(queue,), daemon=True) for _ in range(min(jobs, len(tasks)))
        ]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.1)
        finally:
            self._stop()
        if self._error is not None:
            raise self._error
        return self._done

    def _feed(self, queue: SimpleQueue[Task]) -> None:
        scorer: ScorerProcess | None = None
        try:
            while not self._stopped:
                try:
                    task = queue.get_nowait()
                except Empty:
                    return
                scorer = self._grade(task, scorer)
        except GraderFault as fault:
            with self._lock:
                self._error = self._error or fault
            self._stop()
        finally:
            if scorer is not None:
                scorer.end()

    def _grade(self, task: Task, scorer: ScorerProcess | None) -> ScorerProcess | None:
        """Have the task graded; the scorer to go on with, None if it died."""
        for attempt in range(TRIES):
            scorer = scorer or self._start()
            answer = scorer.ask(task)
            if isinstance(answer, Done):
                self._finish(task, answer)
                return scorer
            scorer.end()
            scorer = None
            if self._stopped:
                return None
            if attempt == TRIES - 1:
                self._finish(task, _fault(answer))
        return None

    def _finish(self, task: Task, done: Done) -> None:
        with self._lock:
            self._done[task] = done
            self._progress(len(self._done), self._total)

    def _start(self) -> ScorerProcess:
        scorer = ScorerProcess(self.start)
        with self._lock:
            self._processes.add(scorer.process)
        first = scorer.ready()
        self.confinement = first.confinement
        if first.confinement != CONFINED and not self._allow_unconfined:
            raise GraderFault(say(
                "This machine can't confine submissions fully ({tier}), so nothing was graded: they could read the "
                "solutions and each other. `grade doctor` says what is missing; --allow-unconfined grades all the "
                "same, for work that you trust.", tier=first.confinement,
            ))
        return scorer

    def _stop(self) -> None:
        self._stopped = True
        with self._lock:
            for process in self._processes:
                process.kill()


def _fault(answer: Broken | Ready | None) -> Done:
    reason = answer.reason if isinstance(answer, Broken) else "the process that graded it ended"
    message = say("The grader itself failed on this submission: {reason}", reason=reason)
    return Done(0.0, 0.0, "grader_error", False, 0, 0, (), in_every_language(message), "")
