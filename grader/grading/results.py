"""Assembles results: every way in which grading one submission can end."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from grader import __version__
from grader.course.bundle import notes_on
from grader.course.checklist import read_checks, read_parts
from grader.course.digest import course_digest
from grader.course.model import CheckInfo, Course, Exercise, Part
from grader.course.packages import lacking
from grader.errors import GradeError, LimitError, SubmissionError
from grader.grading.lost import loading_notes
from grader.grading.opened import OpenSubmission, Refusal, Ungraded
from grader.grading.redact import Redaction
from grader.result import CheckResult, Detail, PartScore, Result, Status
from grader.source_line import SourceLine
from grader.text import Message, in_every_language, join, listed, say
from grader.text.stored import storable

if TYPE_CHECKING:
    from grader.boundary.submission_run import SubmissionRun
    from grader.checks.verdict import Judged


class ResultHeader(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a result before anything has run.

    infos, parts: those that are graded. part: the one that was asked for, or empty. start: a monotonic time in seconds.
    """

    exercise: Exercise
    course: Course
    digest: str
    infos: tuple[CheckInfo, ...]
    parts: tuple[Part, ...]
    part: str
    name: str
    sha256: str
    seed: int
    device: str
    start: float


class ResultHeaders:
    """Makes the headers of one run: what is the same for every submission of an exercise is read once."""

    def __init__(
        self, course: Course, *, seed: int, device: str, devices: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """devices: of exercises, by id, that are graded on another one than `device`."""
        self._course = course
        self.seed = seed
        self._device = device
        self._devices = devices
        self.part = ""  # the only part that is graded, or all
        self._read: dict[str, tuple[str, tuple[CheckInfo, ...], tuple[Part, ...]]] = {}

    def header(self, exercise: Exercise, name: str, sha256: str = "", *, spent: float = 0.0) -> ResultHeader:
        """The header of a submission whose grading begins now. spent: seconds that it took before, to be read."""
        if exercise.id not in self._read:
            infos, parts = read_checks(exercise), read_parts(exercise)
            if self.part:
                infos = tuple(info for info in infos if info.part == self.part)
                parts = tuple(part for part in parts if part.id == self.part)
            self._read[exercise.id] = course_digest(self._course, exercise), infos, parts
        digest, infos, parts = self._read[exercise.id]
        return ResultHeader(
            exercise=exercise,
            course=self._course,
            digest=digest,
            infos=infos,
            parts=parts,
            part=self.part,
            name=name,
            sha256=sha256,
            seed=self.seed,
            device=self._devices.get(exercise.id, self._device),
            start=time.monotonic() - spent,
        )


def ungradable(header: ResultHeader, error: GradeError) -> Result:
    """The result of a submission that is not Python, not readable, not there, or that takes too much to read."""
    if isinstance(error, SubmissionError) and error.sha256:
        header = msgspec.structs.replace(header, sha256=error.sha256)
    status: Ungraded = "limit" if isinstance(error, LimitError) else "error"
    return refused(header, "", Refusal(status, error.message, error.detail))


def refused(header: ResultHeader, confinement: str, refusal: Refusal, run: SubmissionRun | None = None) -> Result:
    """The result of a submission of which nothing could be judged: every check gets the verdict of the whole, so that
    a class's table has no holes."""
    checks = tuple(
        CheckResult(info.id, info.title, refusal.status, False, 0.0, info.points, info.hidden, part=info.part)
        for info in header.infos
    )
    return _result(header, refusal.status, confinement, checks, refusal.message, refusal.detail, (), run)


def result_of(header: ResultHeader, confinement: str, judged: Sequence[Judged], opened: OpenSubmission) -> Result:
    """The result of a submission whose checks have run."""
    from grader.boundary.submission_run import MAX_LIMITS
    from grader.checks.verdict import conclude

    prepared, run, loaded = opened.prepared, opened.run, opened.ran
    checks = tuple(
        _with_lines(check, prepared.excerpts) for check in conclude(judged, opened.exercise.named_mistakes())
    )
    status: Status = "graded"
    message, detail = None, None
    if any(check.verdict == "grader_error" for check in checks):
        status = "grader_error"
    elif prepared.missing is not None:
        status, message = "error", prepared.missing
    elif run.limits_hit >= MAX_LIMITS:
        status = "limit"
    absent = lacking(header.course.packages) if loaded.absent else ()
    lost = loading_notes(prepared.submission, run.loading, loaded, packages=absent)
    if lost and prepared.missing is not None and prepared.excerpts.keys().isdisjoint(loaded.names):
        # Of all that is asked for there is nothing: what happened comes first.
        message = join([lost.pop(0), prepared.missing], "\n")
        detail = Detail(lines=loaded.lost[0].error.frames) if loaded.lost else None
    notes = (*prepared.submission.notes, *lost, *_state_notes(run))
    return _result(header, status, confinement, checks, message, detail, notes, run)


def _with_lines(check: CheckResult, excerpts: Mapping[str, tuple[SourceLine, ...]]) -> CheckResult:
    """A wrong value has no traceback: the lines of its function are where to look."""
    lines = excerpts.get(check.function or "", ())
    if check.verdict != "failed" or check.detail is None or check.detail.lines or not lines:
        return check
    return msgspec.structs.replace(check, detail=msgspec.structs.replace(check.detail, lines=lines))


def _result(
    header: ResultHeader,
    status: Status,
    confinement: str,
    checks: tuple[CheckResult, ...],
    message: Message | None,
    detail: Detail | None,
    notes: Sequence[Message],
    run: SubmissionRun | None,
) -> Result:
    notes = (*notes, *notes_on(header.course, header.exercise))
    hiding = Redaction([str(header.course.folder), *([] if run is None else [str(run.scratch.path)])])
    printed = b"" if run is None else bytes(run.visible_output)
    return Result(
        grader=__version__,
        course=header.digest,
        course_id=header.course.id,
        course_title=header.course.own_title,
        exercise=header.exercise.id,
        submission=header.name,
        submission_sha256=header.sha256,
        score=round(sum(check.points for check in checks), 6),
        max_score=round(sum(check.max_points for check in checks), 6),
        passed=status == "graded" and all(check.passed for check in checks),
        status=status,
        seed=header.seed,
        device=header.device,
        confinement=confinement,
        seconds=round(time.monotonic() - header.start, 4),
        stdout=hiding.text(printed.decode("utf-8", "backslashreplace")),
        message=None if message is None else hiding.texts(in_every_language(message)),
        detail=hiding.detail(detail),
        notes=tuple(hiding.texts(in_every_language(note)) or {} for note in notes),
        checks=tuple(map(hiding.check, checks)),
        message_data=None if message is None else hiding.data(storable(message)),
        notes_data=tuple(hiding.data(storable(note)) for note in notes),
        part=header.part,
        parts=tuple(_part_score(part, checks) for part in header.parts),
    )


def _part_score(part: Part, checks: Sequence[CheckResult]) -> PartScore:
    own = [check for check in checks if check.part == part.id]
    score, most = sum(check.points for check in own), sum(check.max_points for check in own)
    return PartScore(part.id, part.title, round(score, 6), round(most, 6))


def _state_notes(run: SubmissionRun) -> list[Message]:
    """What a submission changed of the process it runs in: said, never punished."""
    patched = sorted(change.removeprefix("patched:")[:80] for change in run.changes if change.startswith("patched:"))
    notes = [_STATE_NOTES[change] for change in sorted(run.changes) if change in _STATE_NOTES]
    if patched:
        notes.append(
            say(
                "Your code replaces {names}. The verdict is made in another process, so this changes only "
                "your own functions.",
                names=listed(patched[:5]),
            )
        )
    return notes


_STATE_NOTES = {
    "dtype": say("Your code changes torch's default dtype. The grader puts it back before every call."),
    "grad_mode": say(
        "Your code switches gradients off for the whole program. The grader switches them on again "
        "before every call; use `with torch.no_grad():` around the lines that need it."
    ),
    "threads": say("Your code changes the number of threads. The grader puts it back before every call."),
    "device": say("Your code changes torch's default device. The grader puts it back before every call."),
    "compiler": say(
        "torch.compile does nothing while your code is graded, since it would start a compiler, which is "
        "not possible then. Your functions run as they are written, and give the same values."
    ),
    "command": say(
        "os.system does nothing while your code is graded: no other program can be started then. Delete the "
        'call, or put it under `if __name__ == "__main__":`.'
    ),
    "seed": say("Your code sets or uses a global random seed. The grader's inputs do not depend on it."),
}
