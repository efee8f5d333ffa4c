"""What the learner's folder remembers, for who grades at every save. Without such a folder, what this run remembers."""

from __future__ import annotations

from pathlib import Path

from grader.course.model import Course, Exercise
from grader.learner.progress import next_hint, next_step
from grader.learner.record import (
    Entry,
    Noted,
    Record,
    folder_of,
    hint_entry,
    load,
    merged,
    note_attempt,
    note_hints,
    note_solution,
)
from grader.result import Result
from grader.text import Message


class Memory:
    """The folder's record, read anew each time: another terminal may have added to it."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._hints: dict[str, Entry] = {}
        self._complete: set[str] = set()

    def folder(self) -> Path | None:
        """The learner's folder around the working folder; None where there is none."""
        return _folder(None)

    def record(self) -> Record | None:
        """What is remembered; None where there is no folder for it."""
        folder = self.folder()
        return load(folder) if folder else None

    def complete(self) -> set[str]:
        """The ids of the exercises that are complete."""
        record = self.record()
        remembered = {other.id for other in self._course.exercises if record and record.complete(other.id)}
        return remembered | self._complete

    def following(self, exercise: Exercise | None, otherwise: Exercise | None) -> Exercise | None:
        """What comes after an exercise that is complete, or, without one, what to do now; `otherwise` where nothing is
        remembered, None where all are complete."""
        record = self.record()
        if record is None or (exercise is not None and not record.complete(exercise.id)):
            return otherwise
        step = next_step(self._course, record)
        return step.exercise if step else None

    def note(self, exercise: Exercise, result: Result) -> Noted | None:
        """Remember a run; None where there is no folder for that."""
        if result.passed:
            self._complete.add(exercise.id)
        folder = _folder(Path(result.submission))
        return note_attempt(folder, result) if folder else None

    def hint(self, exercise: Exercise) -> tuple[int, str, Message | None]:
        """The next hint, which is seen from now on, as `next_hint` gives it; and why that can't be remembered."""
        record, own = self.record(), self._hints.get(exercise.id, Entry(exercise=exercise.id))
        number, function = next_hint(exercise, merged(record.of(exercise.id), own) if record else own)
        self._hints[exercise.id] = merged(own, hint_entry(exercise.id, [number], function))
        if record is None or not exercise.hints:
            return number, function, None
        return number, function, note_hints(record.folder, exercise.id, [number], function).trouble

    def solution(self, exercise: Exercise) -> Message | None:
        """Remember that the solution was shown; why that can't be."""
        folder = self.folder()
        return note_solution(folder, exercise.id).trouble if folder else None


def _folder(submission: Path | None) -> Path | None:
    try:
        return folder_of(submission)
    except OSError:
        return None  # the working folder is gone
