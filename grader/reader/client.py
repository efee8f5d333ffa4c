"""The trusted side of reading: one reader, asked within limits, its answers checked before they mean anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from msgspec.structs import replace

from grader.boundary.limit_reached import BoundaryFault, LimitReached
from grader.boundary.process import UntrustedProcess
from grader.boundary.worker_pool import ReaderSource
from grader.errors import GraderFault, LimitError, SubmissionError
from grader.reader import messages
from grader.reader.check import (
    checked_asides,
    checked_cells,
    checked_chunks,
    checked_course,
    checked_lines,
    checked_message,
    checked_messages,
    checked_names,
    checked_steps,
)
from grader.reader.messages import CPU_SECONDS, MAX_CONTENT, pack_submission
from grader.result import Detail
from grader.source_line import SourceLine
from grader.submission.model import Content, Demands, HandedInCell, Prepared, Submission
from grader.text import say
from grader.wire.channel import WireError
from grader.worker.zygote import Fork

#: Of one submission in all, in seconds of wall time: one that honest hands wrote takes some milliseconds.
WALL_SECONDS = 20.0
#: What a reader may take beyond its size at the start.
MEMORY_MB = 1024
#: Printed by nobody but Python itself, in a crash.
OUTPUT_KB = 64
#: After so many requests another reader takes over, so that nothing piles up in one.
MOST_REQUESTS = 5_000
#: Of its whole life, in seconds; each request has less (serve.CPU_SECONDS).
_LIFE_CPU_SECONDS = MOST_REQUESTS * (CPU_SECONDS + 2)
#: Characters kept of why the reader's own code failed.
_MOST_REASON = 1_000
#: How often a request is made whose reader was killed by somebody else.
_LOST_TRIES = 3

T = TypeVar("T")


class Reader:
    """A `Parser` (submission/model.py) in a process of its own, which is started when it is first asked, and anew after
    a limit. Not for several threads.

    Methods raise SubmissionError, of which LimitError is one, and GraderFault.
    """

    def __init__(self) -> None:
        self._source = ReaderSource()
        self._process: UntrustedProcess | None = None
        self._number = 0
        self._left = self._budget = WALL_SECONDS

    def begin(self, seconds: float) -> None:
        """A submission comes, for which there are `seconds`, or WALL_SECONDS if these are fewer."""
        self._left = self._budget = min(seconds, WALL_SECONDS)

    def prepare(self) -> None:
        """Have a reader started beside this process, without waiting for it."""
        self._source.prepare()
        if self._process is None:
            self._process = self._start()

    def stop(self) -> None:
        """Have the reader end without waiting for that: nothing is asked any more."""
        if self._process is not None:
            self._process.stop()

    def close(self) -> None:
        """End the reader and what forked it."""
        self._end()
        self._source.close()

    # -- what it is asked ----------------------------------------------------------------------------------------

    def content(self, content: bytes, name: str, *, is_notebook: bool, names: frozenset[str]) -> Content:
        """As `Parser.content`."""

        def read(reply: messages.ContentReply, payload: memoryview) -> Content:
            found = reply.content
            return Content(
                checked_chunks(found.chunks, reply.sizes, payload, is_notebook=is_notebook),
                checked_messages(found.notes),
                checked_names(found.mentioned, names),
                None if found.course is None else checked_course(found.course),
                checked_asides(found.asides),
            )

        request = messages.ContentRequest(self._next(), len(content), name, is_notebook, names)
        return self._ask(name, request, memoryview(content), messages.ContentReply, read)

    def mentioned(self, content: bytes, names: frozenset[str]) -> frozenset[str]:
        """As `Parser.mentioned`."""
        request = messages.MentionedRequest(self._next(), len(content), names)
        return self._ask(
            "",
            request,
            memoryview(content),
            messages.MentionedReply,
            lambda reply, _: checked_names(reply.names, names),
        )

    def examine(self, submission: Submission, demands: Demands) -> Prepared:
        """As `Parser.examine`; the answer's `seconds` are those of all the reading."""
        begun = time.monotonic()
        bare, sizes, payload = pack_submission(submission)

        def read(reply: messages.ExamineReply, _: memoryview) -> Prepared:
            found = reply.prepared
            kept = _kept(submission, found.submission)
            return Prepared(
                kept,
                None if found.missing is None else checked_message(found.missing),
                {name: checked_message(message) for name, message in found.forbidden.items()},
                {name: checked_lines(found.excerpts[name]) for name in demands.names if name in found.excerpts},
                submission.seconds + time.monotonic() - begun,
                checked_steps(found.steps, kept.chunks, demands.names),
                tuple(name for name in demands.names if name in found.elsewhere),
            )

        request = messages.ExamineRequest(self._next(), bare, sizes, demands)
        return self._ask(submission.name, request, payload, messages.ExamineReply, read)

    def loops(self, submission: Submission, function: str) -> tuple[SourceLine, ...]:
        """As `Parser.loops`; none where looking for them hits a limit: they only adorn a verdict."""
        bare, sizes, payload = pack_submission(submission)
        request = messages.LoopsRequest(self._next(), bare, sizes, function)
        try:
            return self._ask(
                submission.name, request, payload, messages.LoopsReply, lambda reply, _: checked_lines(reply.lines)
            )
        except SubmissionError:
            return ()

    def cells(self, content: bytes) -> tuple[HandedInCell, ...]:
        """The cells of a handed-in notebook, for nbgrader; one raw cell that says why where that hits a limit."""
        self.begin(WALL_SECONDS)

        def read(reply: messages.CellsReply, payload: memoryview) -> tuple[HandedInCell, ...]:
            return checked_cells(reply.cells, reply.sizes, payload)

        request = messages.CellsRequest(self._next(), len(content))
        try:
            return self._ask("", request, memoryview(content), messages.CellsReply, read)
        except LimitError as error:
            return (HandedInCell("raw", str(error)),)

    # -- the exchange --------------------------------------------------------------------------------------------

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _start(self) -> UntrustedProcess:
        return self._source.process(Fork("", MEMORY_MB, _LIFE_CPU_SECONDS), OUTPUT_KB)

    def _whole(self, limit: LimitReached) -> LimitReached:
        """The limit, where it is of time, with the seconds that there were."""
        if limit.kind != "time":
            return limit
        return LimitReached("time", amount=CPU_SECONDS if limit.signal else self._budget)

    def _ask(
        self, name: str, request: Any, payload: memoryview, reply_type: type[Any], read: Callable[[Any, memoryview], T]
    ) -> T:
        """What `read` makes of the reply. name: of the file, for what is said of it."""
        for attempt in range(1, _LOST_TRIES + 1):
            try:
                reply, answered = self._exchange(request, payload)
            except LimitReached as limit:
                self._end()
                if attempt == _LOST_TRIES or (limit.kind != "lost" and limit.signal != "SIGKILL"):
                    raise _limit_error(name, self._whole(limit)) from limit
            except BoundaryFault as fault:
                raise GraderFault(say("The grader could not start a reader: {reason}", reason=str(fault))) from fault
            else:
                break
        if isinstance(reply, messages.BrokenReply):
            self._end()
            raise GraderFault(
                say(
                    "The grader itself failed while it read {file} ({reason}). This is not your mistake; "
                    "please report it.",
                    file=name,
                    reason=reply.reason[:_MOST_REASON],
                )
            )
        if isinstance(reply, messages.NoMemoryReply):
            self._end()
            raise _limit_error(name, LimitReached("memory", amount=MEMORY_MB))
        try:
            if isinstance(reply, messages.RefusedReply):
                _refuse(reply)
            if not isinstance(reply, reply_type):
                raise WireError("an answer to another question")
            return read(reply, answered)
        except WireError as error:
            self._end()
            raise _limit_error(name, LimitReached("protocol", detail=str(error))) from error

    def _exchange(self, request: Any, payload: memoryview) -> tuple[Any, memoryview]:
        if self._number % MOST_REQUESTS == 0:
            self._end()
        process = self._process = self._process or self._start()
        process.channel.send_limit = MAX_CONTENT  # waits until it is there, which is not the submission's time
        begun = time.monotonic()
        try:
            return process.ask(request, [payload], messages.Reply, max(self._left, 0.01))
        finally:
            self._left -= time.monotonic() - begun

    def _end(self) -> None:
        if self._process is not None:
            self._process.close()
            self._process = None


def _kept(submission: Submission, answered: Submission) -> Submission:
    """What the reader kept of the submission: those of its chunks that are Python. Raises WireError for others."""
    labels = {chunk.label for chunk in answered.chunks}
    chunks = tuple(chunk for chunk in submission.chunks if chunk.label in labels)
    if not chunks or len(chunks) != len(answered.chunks):
        raise WireError("chunks that are not there")
    return replace(submission, chunks=chunks, notes=submission.notes + checked_messages(answered.notes))


def _refuse(reply: messages.RefusedReply) -> NoReturn:
    detail = None if reply.detail is None else Detail(lines=checked_lines(reply.detail.lines))
    raise SubmissionError(checked_message(reply.message), detail)


def _limit_error(name: str, limit: LimitReached) -> SubmissionError:
    if limit.kind == "time":
        message = say(
            "{file} could not be read within {seconds:g} s, so none of it was graded. Code for an exercise is read in "
            "an instant: is it the right file?",
            file=name,
            seconds=limit.amount,
        )
    elif limit.kind == "memory":
        message = say(
            "Reading {file} took more than {mb} MB of memory, so none of it was graded. Is it the right file?",
            file=name,
            mb=MEMORY_MB,
        )
    else:
        message = say(
            "Reading {file} ended the process that read it ({reason}), so none of it was graded. Python itself fails "
            "on code that is nested too deeply; write it in plain statements.",
            file=name,
            reason=limit.signal or limit.detail[:200] or limit.kind,
        )
    return LimitError(message)
