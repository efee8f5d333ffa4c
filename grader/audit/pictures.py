"""Whether an exercise's pictures can be drawn of its reference, and their texts are there in every language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from grader.audit.mistakes import running_own_code
from grader.checks.context import Implementation
from grader.checks.exercise import LoadedExercise, known_outcome, line_of_name
from grader.checks.records import Asking, RecordOutcome
from grader.checks.reference import expect_valid
from grader.checks.seeds import Sample
from grader.course.faults import fault
from grader.course.model import Exercise
from grader.course.texts import read_texts, texts_beside, texts_file
from grader.grading.suite import one_thread
from grader.pictures.draw import Draw
from grader.pictures.run import FILE, drawn, read_pictures
from grader.text import Message, say
from grader.wire.values import Call, Probe


class _Reference(Implementation):
    """The reference where there is no submission."""

    def __init__(self, exercise: LoadedExercise) -> None:
        self._exercise = exercise
        self._made: dict[str, RecordOutcome] = {}

    def __call__(self, target: str | Probe, *args: Any, **kwargs: Any) -> Any:
        call = Call(target=target, args=args, kwargs=kwargs)
        return expect_valid(known_outcome(self._exercise.reference, call), call).value

    def record(self, name: str) -> Any:
        """What a function of records.py gives of the reference."""

        def ask(target: Probe, *args: Any, like: Any, about: str) -> Any:
            return self(target, *args)

        if name not in self._made:
            asking, sample = Asking(ask, lambda: None), Sample(0, torch.device("cpu"))
            self._made[name] = RecordOutcome.of(self._exercise.records[name], asking, sample, self.record)
        return self._made[name].value


def picture_faults(exercise: Exercise) -> Iterator[Message]:
    """Raises CourseError where pictures.py can't be run."""
    path = exercise.folder / FILE
    with running_own_code(exercise):
        functions = read_pictures(exercise.folder)
    draw = Draw(texts_beside(exercise.folder))
    if functions:
        reference = _Reference(LoadedExercise(exercise.folder, id=exercise.id))
    for function in functions:
        try:
            with one_thread():
                drawn(function, draw, reference, reference, Sample(0, torch.device("cpu")), reference.record)
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            problem = say("{name} can't be drawn of the reference: {reason}", name=function.name, reason=reason)
            yield fault(path, line_of_name(path, function.name), problem)
    for language in exercise.languages[1:]:
        yield from read_texts(texts_file(exercise.folder, language)).faults("pictures", draw.used)
