"""What names mean in a class's folder: which exercise, which student. Nothing is opened here."""

from __future__ import annotations

import re

import msgspec

from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.errors import GradeError
from grader.intake.exercises import Sorter, is_gradable
from grader.submission.folder import Entry
from grader.text import Message, say

_NUMBERED = re.compile(r"(?:exercise)?[\s_-]*0*\d{1,5}", re.IGNORECASE)
#: What systems leave in folders, and nbgrader's time of handing in: a folder with nothing else is empty.
_LEFT_ABOUT = frozenset(
    {".ds_store", "thumbs.db", "desktop.ini", "timestamp.txt", "__macosx", "__pycache__", ".ipynb_checkpoints"}
)
#: A folder in a repository that holds the exercises' folders.
EXERCISES = "exercises"


class Clone(msgspec.Struct, frozen=True):
    """A clone of a repository. certain: no student's own name would read like this one."""

    exercise: Exercise
    student: str
    certain: bool


class Names:
    """Knows the exercises of a course by the names of folders and files."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._sorter = Sorter(course, None)
        self._known = {name for exercise in course.exercises for name in (exercise.slug, exercise.id)}
        self._known |= {folder.name for folder, _ in course.broken}
        slugs = "|".join(re.escape(exercise.slug).replace("_", "[-_]") for exercise in course.exercises) or "(?!)"
        self._clone = re.compile(
            rf"(?:.*?[-_.])?(?P<exercise>exercise[-_]?\d{{1,5}}|{slugs})[-_](?P<student>.+)", re.IGNORECASE | re.DOTALL
        )

    def of_folder(self, name: str) -> Exercise | None:
        """The exercise whose folder may be called like this."""
        if name.strip().lower().replace("-", "_") not in self._known and not _NUMBERED.fullmatch(name.strip()):
            return None  # without the slower search, for whoever hands in ten thousand folders
        try:
            return find_exercise(self._course, name)
        except GradeError:
            return None

    def of_file(self, name: str) -> Exercise | None:
        """The exercise whose file may be called like this."""
        return self._sorter.exercise_of((name,)) if is_gradable(name) else None

    def of_clone(self, name: str) -> Clone | None:
        """Whose repository a folder called EXERCISE-STUDENT is, as Classroom 50 names them."""
        parts = self._clone.fullmatch(name)
        exercise = self.of_folder(parts["exercise"].replace("-", "_")) if parts else None
        return Clone(exercise, parts["student"], parts["exercise"][-1].isdigit()) if parts and exercise else None

    def is_exercise(self, name: str) -> bool:
        """Whether a folder of this name must be an exercise's: a number alone may be a student's, too."""
        return name[:1].isalpha() and self.of_folder(name) is not None

    def no_exercise(self, name: str) -> Message:
        """What to say of a folder that is called like no exercise."""
        if any(folder.name == name for folder, _ in self._course.broken):
            return say("{name} can't be read; the instructor sees why with: grade {name}", name=name)
        return say("no exercise is called {name}", name=name)


def is_shown(entry: Entry) -> bool:
    """Whether an entry can be a student's folder, an exercise's, or a file to grade."""
    return not entry.name.startswith(".") and entry.name.casefold() not in _LEFT_ABOUT


def counts(entry: Entry) -> bool:
    """Whether a folder that holds this is not empty."""
    return entry.name.casefold() not in _LEFT_ABOUT
