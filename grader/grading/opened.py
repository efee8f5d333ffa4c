"""A submission whose file its worker has run: what its checks are given, or why none of them can be judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import msgspec

from grader.boundary.limit_reached import LimitReached, WorkerFault
from grader.course.model import CheckInfo
from grader.grading.lost import why_lost
from grader.reader.client import Reader
from grader.result import Detail
from grader.submission.model import Prepared
from grader.text import Message, say
from grader.wire.messages import Loaded

if TYPE_CHECKING:
    from grader.boundary.submission_run import SubmissionRun
    from grader.checks.context import CheckContext, Watch
    from grader.checks.evidence import JudgedCall
    from grader.checks.exercise import LoadedExercise
    from grader.checks.records import RecordOutcome


#: What a submission may come to of which nothing can be judged.
Ungraded = Literal["error", "limit", "grader_error"]


class Refusal(msgspec.Struct, frozen=True):
    """Why nothing of a submission can be judged. detail: the lines of its file that show it."""

    status: Ungraded
    message: Message
    detail: Detail | None = None


class OpenSubmission:
    """One submission while its checks run. ran: how its file ran."""

    def __init__(
        self, prepared: Prepared, run: SubmissionRun, ran: Loaded, exercise: LoadedExercise, reader: Reader
    ) -> None:
        self.prepared = prepared
        self.run = run
        self.ran = ran
        self.exercise = exercise
        self._reader = reader
        self._right: list[JudgedCall] = []
        self._made: dict[str, RecordOutcome] = {}

    def context(
        self, info: CheckInfo, *, seed: int, watch: Watch | None = None, naming: bool = True, goes_on: bool = True
    ) -> CheckContext:
        """What one check works with, from here on. seed: the run's. watch: told of each judged call. naming: whether
        mistakes are named. goes_on: whether the check goes on after its first wrong call."""
        from grader.checks.context import CheckContext

        self.run.hidden = info.hidden
        return CheckContext(
            self.exercise,
            self.run,
            check=info.id,
            seed=seed,
            forbidden=self.prepared.forbidden,
            loops=lambda function: self._reader.loops(self.prepared.submission, function),
            right=self._right,
            made=self._made,
            naming=naming,
            goes_on=goes_on,
            watch=watch,
            why_lost=lambda function: why_lost(self.prepared, self.run.loading, self.ran, function),
        )


def open_submission(
    prepared: Prepared, run: SubmissionRun, exercise: Callable[[], LoadedExercise], reader: Reader
) -> OpenSubmission | Refusal:
    """Have the submission's file run in its worker, or wait for it where that has begun.

    exercise: loads the exercise; asked only if the file could be run. Raises BoundaryFault.
    """
    try:
        ran = run.load()
    except LimitReached as limit:
        return _limit_refusal(limit)
    except WorkerFault as fault:
        sentence = say(
            "The grader itself failed while it loaded your file ({reason}). This is not your mistake; please report "
            "it.",
            reason=str(fault),
        )
        return Refusal("grader_error", sentence)
    if ran.broken is not None:  # it broke what runs it before any function of it was called
        from grader.checks.advice.advise import load_sentence

        return Refusal("error", load_sentence(ran.broken), Detail(lines=ran.broken.frames))
    with run.paused():
        return OpenSubmission(prepared, run, ran, exercise(), reader)


def _limit_refusal(limit: LimitReached) -> Refusal:
    """Of a submission of which nothing could be run, however many statements were left out."""
    from grader.checks.limit_sentences import message_for_limit

    status: Ungraded = "limit"
    if limit.kind in ("crash", "exit", "protocol", "lost"):
        status = "grader_error" if limit.kind == "lost" else "error"
    if limit.kind == "time":
        message = say(
            "Your file took longer than {seconds} s to load and was stopped. Is there a loop outside of any "
            "function that never ends?",
            seconds=f"{limit.amount:g}",
        )
    else:
        reason = message_for_limit(limit.kind, limit.signal or limit.amount, limit.detail)
        message = say("Your file could not be loaded. {reason}", reason=reason)
    return Refusal(status, message)
