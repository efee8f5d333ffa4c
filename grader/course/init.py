"""Makes a learner's folder: stubs and statements in one language, ready for an editor or Jupyter."""

from __future__ import annotations

from pathlib import Path

import msgspec

from grader.course.bundle import seed_for
from grader.course.editor import TASKS, editor_tasks
from grader.course.exercises import learner_files
from grader.course.find import no_exercises, shipped_course
from grader.course.generated import plan, write
from grader.course.learner import LearnerConfig, record_path, write_config
from grader.course.model import Course
from grader.course.trust import why_not_trusted
from grader.errors import UsageError, reason_of
from grader.text import Message, say


class LearnerFolder(msgspec.Struct, frozen=True):
    """What `make_learner_folder` did, by relative path: written anew or brought up to date; the learner's, kept.

    trouble: why the course could not be recorded as trusted, if so: it has to be named then.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]
    trouble: Message | None = None


def make_learner_folder(course: Course, directory: Path, language: str) -> LearnerFolder:
    """Writes <directory>/exerciseNN/<slug>.py and README.md for every exercise that can be read, .vscode/tasks.json
    and .grade/. The course is trusted from then on.

    Run again, it adds what is new and leaves every file that the learner changed. Raises UsageError if
    the course has no exercises or is a bundle that is not as it was made, or if `directory` can't be a folder;
    CourseError if an exercise can't be cut.
    """
    if not course.exercises and not course.broken:
        raise UsageError(no_exercises(course))
    seed_for(course, course.exercises)  # a bundle has one only as it was made
    files: dict[str, str] = {}
    for exercise in course.exercises:
        files |= learner_files(course, exercise, language)
    files[TASKS] = editor_tasks(language)
    record = record_path(directory)
    try:
        planned = plan(files, directory, record)
        write(files, planned.stale, directory, record)
        write_config(directory, LearnerConfig(language=language, course=elsewhere(course)))
    except OSError as error:
        raise UsageError(cant_make(directory, error)) from None
    kept = tuple(name for name in planned.edited if name in files)
    # Whoever makes a folder for a course trusts it.
    trouble = why_not_trusted(course) if elsewhere(course) else None
    return LearnerFolder(written=planned.stale, kept=kept, trouble=trouble)


def cant_make(folder: Path | str, error: OSError) -> Message:
    """What to say where a folder of files can't be written."""
    return say("{folder} can't be made: {reason}. Choose another folder.", folder=str(folder), reason=reason_of(error))


def elsewhere(course: Course) -> str | None:
    """The course's folder, for a file that names it; None if it is the shipped one.

    That one's place changes with the installation.
    """
    shipped = shipped_course()
    return None if shipped and shipped.resolve() == course.folder.resolve() else str(course.folder.resolve())
