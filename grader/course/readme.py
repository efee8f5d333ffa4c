"""An exercise's README: its statement, and below the heading what it takes, what it builds on and what will need it."""

from __future__ import annotations

from collections.abc import Iterable

from grader.course.faults import read_text
from grader.course.model import Course, Exercise
from grader.course.texts import statement_file
from grader.text import Message, join, listed, render, say

#: What to call an exercise's difficulty.
DIFFICULTY = {"easy": say("easy"), "medium": say("medium"), "hard": say("hard")}


def statement(exercise: Exercise, language: str) -> str:
    """The statement in one language, or the one that stands in for it, as Markdown. Raises CourseError if there is
    none."""
    return read_text(statement_file(exercise.folder, exercise.languages, exercise.language_for(language)))


def readme(course: Course, exercise: Exercise, language: str, name: str | None) -> str:
    """The statement with its line of facts, if there are such. name: of the READMEs that lie in the exercises'
    folders, side by side, to link to; None where the other exercises may be absent. Raises CourseError."""
    text, sentences = statement(exercise, language), _facts(course, exercise, name)
    if not sentences:
        return text
    heading, _, rest = text.partition("\n")
    line = render(join(sentences, " "), exercise.language_for(language))
    return f"{heading}\n\n{line}\n{rest}" if heading.startswith("#") else f"{line}\n\n{text}"


def _facts(course: Course, exercise: Exercise, name: str | None) -> list[Message]:
    before = [other for other in course.exercises if other.id in exercise.prerequisites]
    after = [other for other in course.exercises if exercise.id in other.prerequisites]
    return [
        *([say("About {minutes} minutes.", minutes=exercise.minutes)] if exercise.minutes else []),
        *([say("Difficulty: {level}.", level=DIFFICULTY[exercise.difficulty])] if exercise.difficulty else []),
        *([say("It builds on {names}.", names=_links(before, name))] if before else []),
        *([say("You will need it in {names}.", names=_links(after, name))] if after else []),
    ]


def _links(exercises: Iterable[Exercise], name: str | None) -> Message:
    numbers = {exercise.id: exercise.id.removeprefix("exercise") for exercise in exercises}
    return listed(f"[{number}](../{id}/{name})" if name else number for id, number in numbers.items())
