"""One place to grade at: a scorer, and the folder through which it gets a submission and gives its result."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from grader.errors import GraderFault, reason_of
from grader.judge.work import Work
from grader.report.feedback import feedback
from grader.result import read_result
from grader.scorers.crew import Crew
from grader.scorers.engine import ScoreSettings
from grader.scorers.scorer import Done, Start, Task, result_path
from grader.text import Text, in_every_language, say

#: Whose work it is: nobody's name is made a path, or part of a result.
_STUDENT = "submission"


class Graded(msgspec.Struct, frozen=True):
    """result: the document of docs/result.md, on one line. failed: whether the grader itself failed in it."""

    result: msgspec.Raw
    feedback: str | None
    failed: bool


class Slot:
    """Grades one submission at a time. Its scorer starts with the first, and one more with the first for a GPU.

    starts: for each device, what its scorer is for; `submissions` and `out` are folders below `folder`.
    """

    def __init__(self, folder: Path, starts: tuple[Start, ...], *, allow_unconfined: bool) -> None:
        self._submission, self._out = folder / "submission", folder / "out"
        settings = ScoreSettings(jobs=1, allow_unconfined=allow_unconfined)
        self._seed = starts[0].seed
        self._crews: dict[str, Crew] = {}  # by exercise
        for start in starts:
            own = msgspec.structs.replace(start, submissions=str(self._submission), out=str(self._out))
            crew = Crew(own, settings, lambda fault: None)
            self._crews |= dict.fromkeys(start.exercises, crew)

    def grade(self, work: Work) -> Graded | Text:
        """The result; why the grader itself failed on this submission, if it did so at every try.

        Raises GraderFault if nothing more can be graded here.
        """
        try:
            self._write(work)
        except OSError as error:
            path = str(error.filename or self._submission)
            raise GraderFault(say("{path} can't be written: {reason}", path=path, reason=reason_of(error))) from error
        # A seed stays with a scorer until another one is named, so one is named every time.
        task = Task(_STUDENT, work.exercise.id, work.file, self._seed if work.seed is None else work.seed)
        done: list[Done] = []
        self._crews[task.exercise].grade([task], lambda task, one: done.append(one))
        if not done:  # it was stopped
            raise GraderFault(say("Stopped before the end; nothing was graded."))
        return self._taken(work, done[0])

    def _write(self, work: Work) -> None:
        shutil.rmtree(self._submission, ignore_errors=True)
        self._submission.mkdir(parents=True)
        for name, text in work.files.items():
            path = self._submission / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def _taken(self, work: Work, done: Done) -> Graded | Text:
        """The result's file, which is removed."""
        path = result_path(self._out, _STUDENT, work.exercise.id)
        if not path.exists():
            return done.message or in_every_language(say("This is a fault of the grader, not of your work."))
        content = path.read_bytes()
        path.unlink()
        text = None if work.language is None else feedback(read_result(content), work.language)
        return Graded(msgspec.Raw(msgspec.json.format(content, indent=-1)), text, done.status == "grader_error")

    def stop(self) -> None:
        """End its scorers at once; from any thread."""
        for crew in set(self._crews.values()):
            crew.__exit__(None, None, None)
