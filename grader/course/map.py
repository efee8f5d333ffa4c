"""The map of a course in its README: units, exercises, what each builds on, and how long it takes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from grader.course.faults import read_text
from grader.course.model import Course, Exercise
from grader.text import listed, render, say

_BEGIN, _END = "<!-- map of the course: generated -->\n", "<!-- end of the map -->\n"


def readme_name(languages: Sequence[str], language: str) -> str:
    """The name of a README in one of the languages, of which the first has none in its file's name."""
    return "README.md" if language == languages[0] else f"README.{language}.md"


def readmes(course: Course) -> dict[str, str]:
    """Name → text, with the map as it should be, of each README beside course.toml that has a place for it."""
    found = {}
    for language in course.languages:
        name = readme_name(course.languages, language)
        text = read_text(course.folder / name) if (course.folder / name).is_file() else ""
        before, begin, rest = text.partition(_BEGIN)
        _, end, after = rest.partition(_END)
        if end:
            found[name] = f"{before}{begin}{course_map(course, language)}{end}{after}"
    return found


def course_map(course: Course, language: str) -> str:
    """A table in Markdown, a row for each unit that has exercises, and in it a line for each of these."""
    lines = [_row(*(render(name, language) for name in (say("Unit"), say("Exercises")))), "|---|---|"]
    for unit in course.units:
        exercises = [exercise for exercise in course.exercises if exercise.unit == unit.number]
        if exercises:
            heading = say("Unit {number}: {title}", number=unit.number, title=unit.title)
            minutes = sum(exercise.minutes for exercise in exercises)
            names = [f"**{render(heading, language)}**", *([_minutes(minutes, language)] if minutes else [])]
            lines.append(_row("<br>".join(names), "<br>".join(_exercise(each, language) for each in exercises)))
    return "\n".join([*lines, ""])


def _exercise(exercise: Exercise, language: str) -> str:
    name = readme_name(exercise.languages, language)
    number = exercise.id.removeprefix("exercise")
    title = f"{number} [{render(exercise.title, language)}]({Path('exercises', exercise.id, name).as_posix()})"
    earlier = listed(other.removeprefix("exercise") for other in exercise.prerequisites)
    facts = [_minutes(exercise.minutes, language)] if exercise.minutes else []
    facts += [render(say("after {numbers}", numbers=earlier), language)] if exercise.prerequisites else []
    return " · ".join([title, *facts])


def _minutes(minutes: int, language: str) -> str:
    return render(say("{minutes} min", minutes=minutes), language)


def _row(*columns: str) -> str:
    return f"| {' | '.join(columns)} |"
