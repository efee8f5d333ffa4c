"""The course's pages: its map, and a page for each exercise. Whoever publishes them has these alone; a live page shows
how far its reader is as well, and the last verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.course.model import Course, Exercise
from grader.course.readme import statement
from grader.report.fragment import style_sheet
from grader.report.layout import visible
from grader.site.markdown import html
from grader.site.words import LIVE_WORDS, WORDS, hint_heading, unit_heading
from grader.text import LANGUAGE_NAME, LANGUAGES, Message, Text, render

STYLE, SCRIPT = "style.css", "live.js"
_HERE = Path(__file__).parent


class Standing(msgspec.Struct, frozen=True):
    """How far a learner is with an exercise, in words."""

    words: Message | str = ""
    complete: bool = False


class Live(msgspec.Struct, frozen=True):
    """What a live page shows beside the course. number: of this state; a page asks for another one when it has grown.

    standings: by the exercise's id. progress: of the whole course. notices: what is to be said. status: the verdict in
    a sentence. verdict: all of it, as HTML, in the reader's language. following: the exercise graded now, if it is
    another one.
    """

    number: int
    standings: Mapping[str, Standing]
    progress: Message
    notices: Sequence[Message] = ()
    status: Message | None = None
    verdict: Markup = Markup()
    following: Exercise | None = None


class Site(msgspec.Struct, frozen=True):
    """Pages of these exercises of a course. live: whether a server renews them."""

    course: Course
    exercises: Sequence[Exercise]
    live: bool = False

    def index(self, language: str, live: Live | None = None) -> str:
        """The page with the map."""
        return self._page("index.html", language, None, live, units=list(self._units(language, live)))

    def exercise(self, exercise: Exercise, language: str, live: Live | None = None) -> str:
        """The page of an exercise. Raises CourseError if its statement can't be read."""
        place = self.exercises.index(exercise)
        return self._page(
            "exercise.html",
            language,
            exercise,
            live,
            statement=html(statement(exercise, language)),
            stub="" if self.live else stub_name(exercise),
            before=self._link(self.exercises[place - 1], language) if place else None,
            after=self._link(self.exercises[place + 1], language) if place + 1 < len(self.exercises) else None,
        )

    def _page(self, template: str, language: str, exercise: Exercise | None, live: Live | None, **content: Any) -> str:
        def say_in(text: Message | Text | str) -> str:
            return visible(render(text, language))

        spoken = {name: say_in(text) for name, text in (WORDS | LIVE_WORDS if self.live else WORDS).items()}
        return (
            _templates()
            .get_template(template)
            .render(
                language=language,
                course=self.course.title,
                exercise=exercise,
                live=live,
                following=self._link(live.following, language) if live and live.following else None,
                words=spoken,
                t=say_in,
                hint_heading=hint_heading,
                index=page_name(self.course, None, language),
                others=[
                    (tag, language_name(tag), page_name(self.course, exercise, tag))
                    for tag in self.course.languages
                    if tag != language
                ],
                **content,
            )
        )

    def _units(self, language: str, live: Live | None) -> Iterator[dict[str, Any]]:
        for unit in self.course.units:
            rows = [self._row(each, language, live) for each in self.exercises if each.unit == unit.number]
            if rows:
                yield {"heading": unit_heading(unit), "rows": rows}

    def _row(self, exercise: Exercise, language: str, live: Live | None) -> dict[str, Any]:
        known = {other.id: other for other in self.exercises}
        return {
            **self._link(exercise, language),
            "builds_on": [
                (_number(name), page_name(self.course, known[name], language) if name in known else None)
                for name in exercise.prerequisites
            ],
            "minutes": exercise.minutes or "",
            "standing": (live.standings.get(exercise.id) if live else None) or Standing(),
        }

    def _link(self, exercise: Exercise, language: str) -> dict[str, str]:
        return {
            "number": _number(exercise.id),
            "title": visible(render(exercise.title, language)),
            "page": page_name(self.course, exercise, language),
        }


def page_name(course: Course, exercise: Exercise | None, language: str) -> str:
    """The name of the page of an exercise, or of the map; of the first language without a tag."""
    tag = "" if language == course.languages[0] else f".{language}"
    return f"{exercise.id if exercise else 'index'}{tag}.html"


def stub_name(exercise: Exercise) -> str:
    """Where the stub is, in a published site."""
    return f"{exercise.id}/{exercise.slug}.py"


def style() -> str:
    """The pages' style sheet."""
    return style_sheet("shell.css", "pictures.css") + (_HERE / "site.css").read_text("utf-8")


def script() -> str:
    """The script of live pages."""
    return (_HERE / SCRIPT).read_text("utf-8")


def language_name(tag: str) -> str:
    """What speakers of a language call it; its tag if that is not known."""
    return render(LANGUAGE_NAME, tag) if tag in LANGUAGES else tag


def _number(exercise: str) -> str:
    return exercise.removeprefix("exercise")


@cache
def _templates() -> Environment:
    folder = FileSystemLoader(_HERE / "templates")
    return Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
