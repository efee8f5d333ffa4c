"""The pages as they are now: the course, and beside it what the learner's folder remembers and the last verdict."""

from __future__ import annotations

from markupsafe import Markup

from grader.course.model import Course, Exercise
from grader.follow.memory import Memory
from grader.learner.record import Entry, Record
from grader.live.board import Board, Shown, State
from grader.report.fragment import Fragment
from grader.report.layout import visible
from grader.report.wording import out_of
from grader.result import Result
from grader.site.pages import Live, Site, Standing, page_name
from grader.text import Message, render, say


class Pages:
    """Makes the page of a name; `names` has them all, with the exercise, None for the map, and the language."""

    def __init__(self, course: Course, memory: Memory, board: Board) -> None:
        self._course, self._memory, self._board = course, memory, board
        self._site = Site(course, course.exercises, live=True)
        self.names = {
            page_name(course, exercise, language): (exercise, language)
            for exercise in (None, *course.exercises)
            for language in course.languages
        }

    def page(self, name: str) -> str:
        """The page as HTML. Raises CourseError where a statement can't be read."""
        exercise, language = self.names[name]
        live = self._live(exercise, language)
        return self._site.exercise(exercise, language, live) if exercise else self._site.index(language, live)

    def _live(self, exercise: Exercise | None, language: str) -> Live:
        state, record = self._board.state, self._memory.record()
        shown = state.shown.get(exercise.id) if exercise else None
        complete = self._memory.complete()
        nowhere = say("This is no learner's folder, and nothing is remembered here: grade init makes one.")
        trouble = nowhere if record is None else record.trouble
        return Live(
            number=state.number,
            standings=_standings(self._course, record, complete),
            progress=say("Complete: {done} of {all}", done=len(complete), all=len(self._course.exercises)),
            notices=(*((trouble,) if trouble else ()), *(shown.notices if shown else ())),
            status=_status(exercise, state),
            verdict=_verdict(shown, language),
            following=self._following(exercise, state),
        )

    def _following(self, exercise: Exercise | None, state: State) -> Exercise | None:
        """The exercise that is graded now, on the page of another one."""
        if exercise is None or state.current == exercise.id:
            return None
        return next((other for other in self._course.exercises if other.id == state.current), None)


def _standings(course: Course, record: Record | None, complete: set[str]) -> dict[str, Standing]:
    empty = Entry(exercise="")
    entries = {exercise.id: record.of(exercise.id) if record else empty for exercise in course.exercises}
    return {
        exercise.id: _standing(exercise, entries[exercise.id], exercise.id in complete) for exercise in course.exercises
    }


def _standing(exercise: Exercise, entry: Entry, complete: bool) -> Standing:
    score = out_of(entry.best, entry.max_score or exercise.points) if entry.attempts or complete else ""
    if complete and not entry.attempts:
        return Standing(say("complete"), True)
    return Standing(say("{score}, complete", score=score) if complete else score, complete)


def _status(exercise: Exercise | None, state: State) -> Message | None:
    """The verdict in a sentence."""
    if exercise is None:
        return None
    shown = state.shown.get(exercise.id)
    if shown is None:
        return say("Grading ...") if state.current == exercise.id else say("not graded")
    return Fragment(shown.tried, ()).outcome() if isinstance(shown.tried, Result) else say("not graded")


def _verdict(shown: Shown | None, language: str) -> Markup:
    """All of the verdict. A fragment is HTML with everything in it escaped: nowhere else is text taken for that."""
    if shown is None:
        return Markup()
    if not isinstance(shown.tried, Result):
        return Markup("<p>{}</p>").format(visible(render(shown.tried, language)))
    return Markup(Fragment(shown.tried, (language,)).body())
