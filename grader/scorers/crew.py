"""Several scorers at once on one machine, and the threads that feed them. No PyTorch is imported here.

A scorer that dies is replaced and its submission tried again; one that hangs is ended, and that is the submission's
result. Every result is on disk before it counts.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Self

from grader.course.find import course_in, find_exercise
from grader.errors import GraderFault, reason_of
from grader.scorers.access import AccessTimes
from grader.scorers.cores import usable_cores
from grader.scorers.deadline import Deadlines
from grader.scorers.engine import Failed, Fault, Finish, ScoreSettings
from grader.scorers.gpu import scorers_that_fit
from grader.scorers.process import CONFINED, TRIES, ScorerProcess
from grader.scorers.scorer import Broken, Done, Ready, Start, Task, Unsaved
from grader.text import Message, in_every_language, say


class Crew:
    """The local engine. Its scorers stay from one call of `grade` to the next."""

    def __init__(self, start: Start, settings: ScoreSettings, failed: Failed) -> None:
        self.start = start
        self.confinement = ""
        self._deadlines = Deadlines(start)
        self._jobs = settings.jobs or usable_cores()
        if start.device == "cuda":
            course = course_in(Path(start.course))
            most = max(find_exercise(course, name).limits.memory_mb for name in start.exercises)
            self._jobs = min(self._jobs, scorers_that_fit(most))
        self._allow_unconfined = settings.allow_unconfined
        self._failed = failed
        self._access_times = AccessTimes(start.device) if settings.several else None
        self._lock = threading.Lock()
        self._error: BaseException | None = None
        self._idle: list[ScorerProcess] = []
        self._running: set[ScorerProcess] = set()
        self._stopped = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        with self._lock:
            running = tuple(self._running)
        for scorer in running:
            scorer.end()

    def grade(self, tasks: Sequence[Task], finish: Finish) -> None:
        """Have every task graded. Raises GraderFault, and what `finish` raises."""
        if self._access_times is not None:
            self._access_times.begin()
        queue: SimpleQueue[Task] = SimpleQueue()
        for task in tasks:
            queue.put(task)
        count = min(self._jobs, len(tasks))
        threads = [threading.Thread(target=self._feed, args=(queue, finish), daemon=True) for _ in range(count)]
        for thread in threads:
            thread.start()
        try:
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.1)  # not for ever: Ctrl-C is seen in between
        except BaseException:
            self.stop()
            raise
        if self._error is not None:
            raise self._error

    def _feed(self, queue: SimpleQueue[Task], finish: Finish) -> None:
        try:
            while not self._stopped:
                try:
                    task = queue.get_nowait()
                except Empty:
                    return
                done = self._grade(task)
                with self._lock:
                    if done is not None and not self._stopped:
                        finish(task, done)
        except BaseException as error:
            with self._lock:
                self._error = self._error or error
            self.stop()

    def _grade(self, task: Task) -> Done | None:
        """What came of the task; None if nobody wants to know any more."""
        for attempt in range(1, TRIES + 1):
            scorer = self._taken()
            if self._access_times is not None:
                self._access_times.settle_for(scorer.first)
            try:
                answer = scorer.ask(task, self._deadlines.seconds(task))
            except TimeoutError:
                self._end(scorer)
                if self._stopped:
                    return None
                with saving(self.start.out):  # the submission over which its scorer hung is not tried again
                    return self._deadlines.stopped(task)
            if isinstance(answer, Unsaved):
                raise unsaved(answer.path, answer.reason)
            if isinstance(answer, Done):
                done = answer
                with self._lock:
                    self._idle.append(scorer)
            else:
                done = _fault(answer)
                self._end(scorer)
            if self._stopped:
                return None
            if done.status != "grader_error":
                break
            with self._lock:
                reason = done.message["en"] if done.message else "a check of the exercise failed by itself"
                self._failed(Fault(task, attempt, reason, answer if isinstance(answer, Broken) else None))
        return done

    def _taken(self) -> ScorerProcess:
        """A scorer that is ready. Raises GraderFault if none can be had."""
        with self._lock:
            if self._idle:
                return self._idle.pop()
        for attempt in range(1, TRIES + 1):
            scorer = ScorerProcess(self.start, apart=True)
            with self._lock:
                self._running.add(scorer)
            if self._stopped:  # the look around for what runs may have come before this one
                scorer.stop()
            try:
                first = scorer.ready()
                break
            except GraderFault:
                self._end(scorer)
                if attempt == TRIES or self._stopped:
                    raise
        self.confinement = first.confinement
        if first.confinement != CONFINED and not self._allow_unconfined:
            raise GraderFault(
                say(
                    "This machine can't confine submissions fully ({tier}), so nothing was graded: they could read the "
                    "solutions and each other. `grade doctor` says what is missing; --allow-unconfined grades all the "
                    "same, for work that you trust.",
                    tier=first.confinement,
                )
            )
        return scorer

    def _end(self, scorer: ScorerProcess) -> None:
        with self._lock:
            self._running.discard(scorer)
        scorer.end()

    def stop(self) -> None:
        """End every scorer at once; from any thread. `grade` then returns, and tells of nothing more."""
        self._stopped = True
        with self._lock:
            for scorer in self._running:
                scorer.stop()


@contextmanager
def saving(out: Path | str) -> Iterator[None]:
    """Something is written below `out`. Raises GraderFault if that fails."""
    try:
        yield
    except OSError as error:
        raise unsaved(error.filename or str(out), reason_of(error)) from error


def unsaved(path: str, reason: Message | str) -> GraderFault:
    """A result could not be written, so that it makes no sense to go on."""
    return GraderFault(
        say(
            "{path} can't be written: {reason}. What is done is kept; once that is fixed, go on with --resume.",
            path=path,
            reason=reason,
        )
    )


def _fault(answer: Broken | Ready | None) -> Done:
    reason = answer.reason if isinstance(answer, Broken) else "the process that graded it ended"
    message = say("The grader itself failed on this submission: {reason}", reason=reason)
    return Done(0.0, 0.0, "grader_error", False, 0, 0, (), in_every_language(message), "")
