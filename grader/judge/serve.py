"""`grade serve`: requests from one descriptor, answers on another, scorers in between.

A thread reads requests and puts them into a queue, a thread for each scorer takes them out. The main thread waits for
the end: of the requests, of whoever reads the answers, or Ctrl-C.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Queue
from typing import NoReturn

import msgspec

from grader.course.model import Course, Exercise
from grader.errors import GraderFault, Interrupted, UsageError
from grader.judge.lines import read_lines
from grader.judge.messages import MOST_BYTES, Answer, BadRequest, Kind, Name, read_request, refusal
from grader.judge.outbox import Outbox
from grader.judge.slot import Graded, Slot
from grader.judge.work import Work, work_of
from grader.scorers.cores import usable_cores
from grader.scorers.gpu import scorers_that_fit
from grader.scorers.scorer import Start
from grader.text import Message, Text, say

#: Requests that are read and not answered, for each scorer: one that it grades, the rest so that it need not wait.
_UNDER_WAY = 4


class Settings(msgspec.Struct, frozen=True):
    """How to serve. seed: of every request without its own. jobs: scorers, one per core if None."""

    seed: int
    jobs: int | None = None
    in_order: bool = False
    allow_unconfined: bool = False


def serve(
    requests: int,
    answers: int,
    *,
    course: Course,
    exercises: Mapping[str, Exercise],
    settings: Settings,
    device: Callable[[Exercise], str] = lambda exercise: "cpu",
) -> int:
    """Answer every line of the descriptor `requests` on the descriptor `answers`; the exit status.

    exercises: those that are served, by id. device: where to grade one.
    0: every request got a result; 2: some were no requests; 4: the grader itself failed on some.
    Raises GraderFault (unconfined and not allowed; scorers that can't start), UsageError (requests that can't be read,
    answers that can't be written), BrokenPipeError if nobody reads answers any more, Interrupted.
    """
    starts = _starts(course, exercises, settings.seed, device)
    with tempfile.TemporaryDirectory(prefix="grade-serve-", ignore_cleanup_errors=True) as folder:
        slots = [
            Slot(Path(folder, str(number)), starts, allow_unconfined=settings.allow_unconfined)
            for number in range(_jobs(settings, starts, exercises))
        ]
        outbox = Outbox(answers, _UNDER_WAY * len(slots), in_order=settings.in_order)
        service = _Service(course, exercises, slots, outbox)
        try:
            return service.run(requests)
        except KeyboardInterrupt:
            raise Interrupted(say("Stopped; requests answered: {count}", count=outbox.answered)) from None
        finally:
            outbox.closed = True
            for slot in slots:
                slot.stop()


def _starts(
    course: Course, exercises: Mapping[str, Exercise], seed: int, device: Callable[[Exercise], str]
) -> tuple[Start, ...]:
    """One for each device that something is graded on."""
    by_device: dict[str, list[str]] = {}
    for name, exercise in sorted(exercises.items()):
        by_device.setdefault(device(exercise), []).append(name)
    folder = str(course.folder.resolve())
    return tuple(Start(folder, "", "", tuple(names), seed, place) for place, names in by_device.items())


def _jobs(settings: Settings, starts: tuple[Start, ...], exercises: Mapping[str, Exercise]) -> int:
    jobs = settings.jobs or usable_cores()
    on_gpu = [
        exercises[name].limits.memory_mb for start in starts if start.device == "cuda" for name in start.exercises
    ]
    return min(jobs, scorers_that_fit(max(on_gpu))) if on_gpu else jobs


class _Service:
    """The threads of one run. status: its exit status so far."""

    def __init__(self, course: Course, exercises: Mapping[str, Exercise], slots: list[Slot], outbox: Outbox) -> None:
        self._course = course
        self._exercises = exercises
        self._slots = slots
        self._outbox = outbox
        self._queue: Queue[tuple[int, Name | None, Work]] = Queue()
        self._ended = threading.Event()
        self._error: BaseException | None = None
        self._status = 0

    def run(self, requests: int) -> int:
        """Serve until the end. Raises what ended it early."""
        self._start(self._read, requests)
        self._start(self._watch)
        for slot in self._slots:
            self._start(self._grade, slot)
        self._ended.wait()
        if self._error is not None:
            raise self._error
        return self._status

    def _start(self, work: Callable[..., None], *given: object) -> None:
        """In a thread of its own, whose error ends the run."""

        def run() -> None:
            try:
                work(*given)
            except BaseException as error:
                self._error = self._error or error
                self._ended.set()

        threading.Thread(target=run, daemon=True).start()

    def _watch(self) -> NoReturn:
        self._outbox.wait_for_hang_up()
        raise BrokenPipeError

    def _read(self, requests: int) -> None:
        for number, line in enumerate(read_lines(requests, MOST_BYTES), 1):
            self._outbox.expect()
            name = None
            try:
                request = read_request(line)
                name = request.id
                work = work_of(request, self._course, self._exercises)
            except BadRequest as error:
                self._refuse(number, name if error.id is None else error.id, error.message)
            else:
                self._queue.put((number, name, work))
        self._outbox.wait_for_all()
        self._ended.set()

    def _grade(self, slot: Slot) -> NoReturn:
        while True:
            number, name, work = self._queue.get()
            try:
                graded = slot.grade(work)
            except GraderFault as error:
                self._refuse(number, name, error.message, "grader")
                raise
            if isinstance(graded, Graded):
                self._fail(GraderFault.exit_status if graded.failed else 0)
                self._outbox.put(Answer(number, name, graded.result, graded.feedback))
            else:
                self._refuse(number, name, graded, "grader")

    def _refuse(self, number: int, name: Name | None, message: Message | Text, kind: Kind = "request") -> None:
        self._fail(UsageError.exit_status if kind == "request" else GraderFault.exit_status)
        self._outbox.put(refusal(number, name, message, kind))

    def _fail(self, status: int) -> None:
        self._status = max(self._status, status)
