"""A request, checked against the course: the exercise that it is for, and the files to grade."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from grader.course.find import find_exercise
from grader.course.model import Course, Exercise
from grader.course.suffixes import SOUGHT
from grader.errors import GradeError
from grader.judge.messages import BadRequest, Request
from grader.submission.files import shown
from grader.text import LANGUAGES, listed, say

#: Of one submission, how many files, and how many parts a path has: more than it may use (submission/beside.py).
_MOST_FILES, _DEEPEST = 100, 4
#: Bytes of one part of a file's path, on the common file systems.
_LONGEST_NAME = 255


class Work(msgspec.Struct, frozen=True):
    """What to grade. files: path below the submission's folder → content. file: the one of them that is graded."""

    exercise: Exercise
    files: dict[str, str]
    file: str
    seed: int | None
    language: str | None


def work_of(request: Request, course: Course, served: Mapping[str, Exercise]) -> Work:
    """What a request asks for. served: the exercises that there are scorers for, by id. Raises BadRequest."""
    exercise = _exercise(request, course, served)
    if request.language is not None and request.language not in {*LANGUAGES, *course.languages}:
        raise BadRequest(
            say(
                "There is no language {language}. It is one of {languages}.",
                language=shown(request.language[:_LONGEST_NAME]),
                languages=listed(dict.fromkeys([*LANGUAGES, *course.languages])),
            )
        )
    files = _files(request, exercise)
    return Work(exercise, files, _graded(files, exercise), request.seed, request.language)


def _exercise(request: Request, course: Course, served: Mapping[str, Exercise]) -> Exercise:
    try:
        found = find_exercise(course, request.exercise)
    except GradeError as error:
        raise BadRequest(error.message) from None
    if found.id not in served:
        raise BadRequest(
            say(
                "{exercise} is not served here; these are: {served}. Start `grade serve` with it, or with none.",
                exercise=found.id,
                served=listed(served),
            )
        )
    return found


def _files(request: Request, exercise: Exercise) -> dict[str, str]:
    if (request.text is None) == (request.files is None):
        raise BadRequest(say('A request has either "text", the submission, or "files", an object of names and texts.'))
    files = {f"{exercise.slug}.py": request.text} if request.text is not None else request.files or {}
    if len(files) > _MOST_FILES:
        raise BadRequest(say("A submission has at most {most} files, not {count}.", most=_MOST_FILES, count=len(files)))
    for name in files:
        # Some file systems take a name in capitals for the same.
        if not _is_path(name) or any(name.lower().startswith(f"{other.lower()}/") for other in files):
            raise BadRequest(
                say(
                    "{name} is no name for a file. Send names such as helpers.py or mylib/helpers.py.",
                    name=shown(name[:_LONGEST_NAME]),
                )
            )
    return files


def _is_path(name: str) -> bool:
    """Whether a file can be made of that name, below the folder that it is for."""
    parts = name.split("/")
    return len(parts) <= _DEEPEST and all(
        part not in ("", ".", "..") and part.isprintable() and len(part.encode()) <= _LONGEST_NAME for part in parts
    )


def _graded(files: Mapping[str, str], exercise: Exercise) -> str:
    """The only file, else the one that is named for the exercise."""
    named = list(files) if len(files) == 1 else [name for end in SOUGHT if (name := exercise.slug + end) in files]
    if len(named) == 1 and "/" not in named[0]:
        return named[0]
    raise BadRequest(
        say(
            'Which file is to be graded? One of "files" is called {name}.py or {name}.ipynb, and only one.',
            name=exercise.slug,
        )
    )
