"""Makes a new exercise, complete and gradable at once, for an author to turn into their own."""

from __future__ import annotations

import keyword
import re
import sys
from pathlib import Path

import msgspec

from grader.course.find import chosen_course
from grader.course.init import cant_make
from grader.course.model import Course
from grader.course.read import read_course
from grader.course.trust import why_not_trusted
from grader.errors import UsageError
from grader.text import Message, say

_NAME = re.compile(r"exercise[_-]?(\d{1,3})[_-](.+)")
_SLUG = re.compile(r"[a-z][a-z0-9_]*")
_PLACE = re.compile(r"@(\w+)@")
_TEMPLATES = Path(__file__).with_name("template")
_VARIANT = "variant.py"
_COURSE = "course.toml"
_COURSE_TEXTS = "course.texts.zh-CN.toml"
#: In the name of a template whose texts are in another language than code is.
_TRANSLATED = ".zh-CN."

#: Modules that reference.py or the files beside it import.
_TAKEN = frozenset({"torch", "numpy", "pytest", "grader", "reference", "checks", "mistakes", "probes"})


class NewExercise(msgspec.Struct, frozen=True):
    """What `new_exercise` made. course: the course's folder; started: whether it is new, too.

    trouble: why the course could not be recorded as trusted, if so: it has to be named then.
    """

    course: Path
    started: bool
    id: str
    files: tuple[Path, ...]
    trouble: Message | None = None


def new_exercise(name: str, option: Path | None) -> NewExercise:
    """Writes solutions/exerciseNN of the course, for a name such as `exercise37_softplus`. The course is trusted from
    then on, and so is what its author edits in it.

    option: the folder of --course. Where it is absent or empty, it becomes a course. Left out, the course is that of
    GRADE_COURSE or of a course.toml above the working folder; never the one shipped.
    Raises UsageError, and writes nothing, if the name won't do or its number or slug is taken; CourseError if
    course.toml is wrong.
    """
    folder = option if option is not None and _may_start(option) else chosen_course(option)
    if folder is None:
        raise UsageError(
            say(
                "No course is here: there is no course.toml in this folder nor above it. To start a course in "
                "a new folder, or to name yours, add --course DIR."
            )
        )
    started = not (folder / _COURSE).exists()
    course = None if started else read_course(folder)
    named = _NAME.fullmatch(name.strip())
    if problem := _problem(named, name, course):
        raise UsageError(problem)
    assert named is not None
    number, slug = int(named[1]), named[2]
    id = f"exercise{number:02d}"
    fields = {
        "exercise": id,
        "number": f"{number:02d}",
        "slug": slug,
        "title": slug.replace("_", " ").capitalize(),
        "unit": str(_unit(course, number) if course else 1),
        "id": _fresh_id(folder),
    }
    templates = _templates(course)
    files = _files(folder, folder / "solutions" / id, slug, fields, templates)
    _write(files)
    trouble = why_not_trusted(read_course(folder), edited_here=True)
    return NewExercise(course=folder, started=started, id=id, files=tuple(files), trouble=trouble)


def _fresh_id(folder: Path) -> str:
    """An id that no other course has, led by its folder's name."""
    import secrets

    name = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.lower())[:40].strip("-")
    return f"{name or 'course'}-{secrets.token_hex(4)}"


def _may_start(folder: Path) -> bool:
    """Whether `folder` can become a course. Raises UsageError if it holds something else."""
    if not folder.exists():
        return True
    if not folder.is_dir() or (folder / _COURSE).exists():
        return False
    if any(folder.iterdir()):
        problem = say(
            "{folder} has no course.toml and is not empty. Name a course, or a new or empty folder, "
            "which becomes a course.",
            folder=str(folder),
        )
        raise UsageError(problem)
    return True


def _problem(named: re.Match[str] | None, name: str, course: Course | None) -> Message | None:
    """Why an exercise can't be made under a name; None if it can. named: its number and its slug, if it has them."""
    if named is None or int(named[1]) == 0:
        return say(
            "A new exercise is named by its number and its slug: {example}, for example; {name} is "
            "not. The next number that is free is {number}.",
            example=f"exercise{_free(course):02d}_softplus",
            name=name,
            number=_free(course),
        )
    return _slug_problem(named[2]) or (_taken(int(named[1]), named[2], course) if course else None)


def _slug_problem(slug: str) -> Message | None:
    """Why learners can't be asked to write a function and a file of this name; None if they can."""
    if not _SLUG.fullmatch(slug):
        suggestion = re.sub(r"\W+", "_", slug.lower(), flags=re.ASCII).strip("_")
        if _SLUG.fullmatch(suggestion):
            return say(
                "{slug} can't be a slug: it may hold small letters a to z, digits and _, and begins with a "
                "letter. {suggestion} would do.",
                slug=slug,
                suggestion=suggestion,
            )
        return say(
            "{slug} can't be a slug: it may hold small letters a to z, digits and _, and begins with a letter.",
            slug=slug,
        )
    if keyword.iskeyword(slug):
        return say(
            "{slug} is a word of Python's own, so no function can be called that; choose another slug.", slug=slug
        )
    if slug in _TAKEN or slug in sys.stdlib_module_names:
        return say(
            "{slug} is a module that Python or the exercise needs, and {slug}.py would stand in its way; choose "
            "another slug.",
            slug=slug,
        )
    return None


def _taken(number: int, slug: str, course: Course) -> Message | None:
    if folder := _numbered(course).get(number):
        return say(
            "{folder} is there already: the number {number} is taken. The next one that is free is {free}.",
            folder=str(folder),
            number=number,
            free=_free(course),
        )
    for exercise in course.exercises:
        if exercise.slug == slug:
            return say("the slug {slug} is taken by {other}; choose another one.", slug=slug, other=exercise.id)
    return None


def _numbered(course: Course) -> dict[int, Path]:
    """The folders of its exercises, broken ones too, by number."""
    folders = course.solutions.glob("exercise*")
    return {int(named[1]): path for path in folders if (named := re.fullmatch(r"exercise(\d+)", path.name))}


def _free(course: Course | None) -> int:
    """The number after the highest."""
    return max(_numbered(course), default=0) + 1 if course else 1


def _unit(course: Course, number: int) -> int:
    """The unit of the exercise before, else the course's first."""
    if not course.units:
        file = str(course.folder / _COURSE)
        raise UsageError(say("{file} has no [[units]], and every exercise belongs to a unit; add one.", file=file))
    before = [exercise for exercise in course.exercises if exercise.number < number]
    return max(before, key=lambda exercise: exercise.number).unit if before else course.units[0].number


def _templates(course: Course | None) -> list[Path]:
    """What a new exercise is made of, in the languages that the course has; a new course is made of all."""
    templates = sorted(_TEMPLATES.glob("*.txt"))
    if course is None:
        return templates
    return [
        template
        for template in templates
        if template.stem not in (_COURSE, _COURSE_TEXTS)
        and (_TRANSLATED not in template.stem or _TRANSLATED.strip(".") in course.languages[1:])
    ]


def _files(course: Path, folder: Path, slug: str, fields: dict[str, str], templates: list[Path]) -> dict[Path, str]:
    """Every file to write, with its text."""
    places = {
        _COURSE: course / _COURSE,
        _COURSE_TEXTS: course / _COURSE_TEXTS.removeprefix("course."),
        _VARIANT: folder / "variants" / f"{slug}_as_a_power.py",
    }
    return {
        places.get(template.stem, folder / template.stem): _PLACE.sub(
            lambda place: fields[place[1]], template.read_text("utf-8")
        )
        for template in templates
    }


def _write(files: dict[Path, str]) -> None:
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            # Never over a file that another program made in the meantime.
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise UsageError(cant_make(error.filename or path.parent, error)) from None
