"""`grade EXERCISE [FILE]` as a function: one file, several, or one again and again as it is saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from grader.course.bundle import seed_for
from grader.course.find import expect_part, find_course, find_exercise, find_file
from grader.course.model import CheckInfo, Course, Exercise
from grader.grading.device import device_for, has_device
from grader.grading.grader import Grader
from grader.result import Result


def grade_exercise(
    exercise_name: str,
    file: Path | None = None,
    *,
    course: Course | Path | None = None,
    seed: int | None = None,
    device: str = "auto",
    pictures: bool = False,
    part: str = "",
    waiting: Callable[[CheckInfo], None] | None = None,
    ending: ExitStack | None = None,
) -> Result:
    """Grade one submission.

    exercise_name: `exercise03`, `3`, `03` or the slug. file: a `.py` or `.ipynb`; sought where learners keep it if
    None. course: one that was read, or its folder; found if None. seed: repeats a run exactly; fresh if None. device:
    "auto" means the CPU, unless the exercise asks for another one that is there. pictures: whether the result has the
    exercise's pictures. part: the only part that is graded; empty for all. waiting: told about ten times a second
    which check waits for the submission. ending: waits for the end of what ran, where it need not end before the
    result is there: the system takes some ms for that, in which a report can be printed.
    Raises UsageError (no such exercise, part, file or device) and GraderFault. A submission that can't be graded is a
    result with status "error".
    """
    found_course = course if isinstance(course, Course) else find_course(course)
    exercise = find_exercise(found_course, exercise_name)
    expect_part(exercise, part)
    path = find_file(found_course, exercise, file)
    seed = seed_for(found_course, [exercise], seed)
    device = device_for(device, exercise, has_device)
    with ExitStack() as stack:
        grader = (ending or stack).enter_context(Grader(found_course, [exercise], seed=seed, device=device, part=part))
        grader.pictures = pictures
        grader.waiting = waiting
        grader.ends_later = ending is not None
        return _grade_file(grader, exercise, path)


def grade_files(course: Course, files: Sequence[tuple[Exercise, Path]], *, seed: int | None = None) -> list[Result]:
    """Grade several exercises' files on the CPU, one after another, with PyTorch and the checks loaded once, and with
    the exercises' pictures.

    Raises as `grade_exercise` does.
    """
    seed = seed_for(course, [exercise for exercise, _ in files], seed)
    with Grader(course, [exercise for exercise, _ in files], seed=seed) as grader:
        grader.pictures = True
        return [_grade_file(grader, exercise, path) for exercise, path in files]


def _grade_file(grader: Grader, exercise: Exercise, path: Path) -> Result:
    prepared = grader.read(exercise, path)
    return prepared if isinstance(prepared, Result) else grader.grade(exercise, str(path), prepared)


class RepeatedGrading:
    """A warm grader for one exercise. companions: names of the files that the last graded one took along."""

    def __init__(self, grader: Grader, exercise: Exercise) -> None:
        self.grader = grader
        self.exercise = exercise
        self.companions: frozenset[str] = frozenset()
        self._has_new_seed = False

    def get_ready(self, stop: Callable[[], bool]) -> None:
        """While nothing else is to be done: draw the next inputs, and work out what is right on them, until `stop`.
        Raises GraderFault where the checks can't be loaded or the reference can't be run."""
        if not self._has_new_seed:
            self.grader.reseed(seed_for(self.grader.course, [self.exercise]))
            self._has_new_seed = True
        self.grader.plan(self.exercise, stop)

    def grade(self, path: Path) -> Result:
        """Grade the file as it is now, on new inputs. Raises UsageError if it is gone, and GraderFault."""
        if not self._has_new_seed:
            self.grader.reseed(seed_for(self.grader.course, [self.exercise]))
        self._has_new_seed = False
        prepared = self.grader.read(self.exercise, path)
        if isinstance(prepared, Result):
            return prepared
        self.companions = frozenset(prepared.submission.companions)
        return self.grader.grade(self.exercise, str(path), prepared)


@contextmanager
def repeated_grading(
    course: Course, exercise: Exercise, *, abandoned: Callable[[], bool] = bool
) -> Iterator[RepeatedGrading]:
    """A warm grader.

    abandoned: asked while a submission runs; once it says yes, the run ends within a tenth of a second and its
    result means nothing. Raises GraderFault.
    """
    device = device_for("auto", exercise, has_device)
    with Grader(
        course, [exercise], seed=seed_for(course, [exercise]), device=device, abandoned=abandoned, remember=True
    ) as grader:
        grader.settle()
        yield RepeatedGrading(grader, exercise)
