"""What the learner's folder remembers, as `grade watch` uses it. Without such a folder, what this run remembers."""

from __future__ import annotations

from pathlib import Path

from grader.cli.closing import closing_lines
from grader.cli.verbs.hint import next_hint
from grader.course.model import Course, Exercise
from grader.learner.progress import next_step
from grader.learner.record import Record, folder_of, load, note_attempt, note_hints
from grader.result import Result
from grader.text import render


class Memory:
    """The folder's record, read anew each time: another terminal may have added to it."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._hints: dict[str, set[int]] = {}

    def record(self) -> Record | None:
        """What is remembered; None where there is no folder for it."""
        folder = _folder(None)
        return load(folder) if folder else None

    def following(self, exercise: Exercise | None, otherwise: Exercise | None) -> Exercise | None:
        """What comes after an exercise that is complete, or, without one, what to do now; `otherwise` where nothing is
        remembered, None where all are complete."""
        record = self.record()
        if record is None or (exercise is not None and not record.complete(exercise.id)):
            return otherwise
        step = next_step(self._course, record)
        return step.exercise if step else None

    def note(self, exercise: Exercise, result: Result, language: str) -> list[str]:
        """Remember a run; the lines with which an exercise that it completed is left, none where it did not."""
        folder = _folder(Path(result.submission))
        if folder is None:
            return []
        noted = note_attempt(folder, result)
        trouble = ["", render(noted.trouble, language)] if noted.trouble else []
        return [*closing_lines(self._course, exercise, noted, language), *trouble]

    def hint(self, exercise: Exercise) -> int:
        """The number of the next hint, which is seen from now on."""
        seen = self._hints.setdefault(exercise.id, set())
        record = self.record()
        number = next_hint(exercise, seen.union(record.of(exercise.id).hints if record else ()))
        seen.add(number)
        if record is not None and exercise.hints:
            note_hints(record.folder, exercise.id, [number])
        return number


def _folder(submission: Path | None) -> Path | None:
    try:
        return folder_of(submission)
    except OSError:
        return None  # the working folder is gone
