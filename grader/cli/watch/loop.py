"""The loop of `grade watch`: one exercise after another, each graded at every save."""

from __future__ import annotations

import signal

from grader.cli.verbs.hint import hint_lines
from grader.cli.verbs.list import list_lines
from grader.cli.watch.files import Follower, Places
from grader.cli.watch.inbox import Event, Gone, Inbox, Key, Saved
from grader.cli.watch.keys import keys
from grader.cli.watch.memory import Memory
from grader.cli.watch.screen import Screen
from grader.course.model import Course, Exercise
from grader.errors import GraderFault, UsageError
from grader.grading.grade_files import RepeatedGrading, repeated_grading
from grader.report.wording import checks_ran
from grader.result import Result
from grader.text import say


class Watch:
    """One run of `grade watch`."""

    def __init__(self, course: Course, language: str) -> None:
        self.course = course
        self.places = Places(course)
        self.inbox = Inbox()
        self.screen = Screen(language, keys=False)
        self.memory = Memory(course)

    def run(self, exercise: Exercise | None) -> None:
        """Watch until the learner quits, or the last exercise is complete. Without an exercise, begin with the first
        that is not complete.

        An exercise that the learner chose is not left because it is complete already.
        """
        named = exercise is not None
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, signal.default_int_handler)  # the window was closed
        current: Exercise | None = exercise or self.memory.following(None, None) or self.places.first()
        with keys(lambda key: self.inbox.put(Key(key))) as pressed:
            self.screen.keys = pressed
            below = False
            while current is not None:
                visit = _Visit(self, current, stay=named, below=below)
                with repeated_grading(self.course, current, abandoned=self.inbox.urgent) as again:
                    visit.run(again)
                current, named, below = visit.following, False, True

    def after(self, exercise: Exercise) -> Exercise | None:
        """The exercise that comes after this one."""
        return next((other for other in self.course.exercises if other.number > exercise.number), None)


class _Visit:
    """The time spent with one exercise. following: where to go after it; None to quit."""

    def __init__(self, watch: Watch, exercise: Exercise, *, stay: bool, below: bool) -> None:
        self.watch, self.exercise, self.stay = watch, exercise, stay
        self.below = below  # the full marks of the exercise before are not to be wiped away at once
        self.inbox, self.screen = watch.inbox, watch.screen
        self.following: Exercise | None = None
        self.before: Result | None = None

    def run(self, again: RepeatedGrading) -> None:
        """Answer events until it is time to leave."""
        self.again = again
        with Follower(self.watch.places, self.exercise, lambda: again.companions, self.inbox.put):
            while self._answer(self.inbox.take()):
                pass

    def _answer(self, event: Event) -> bool:
        """Do what an event asks for; False once this exercise is left."""
        if isinstance(event, Saved):
            return self._grade()
        if isinstance(event, Gone):
            return self._gone()
        match event.key.lower():
            case "h":
                self._hint()
            case "l":
                self._list()
            case "r" | "\n" | "\r":
                return self._grade()
            case "n":
                return self._next()
            case "q" | "":
                self.following = None
                return False
        return True

    def _grade(self) -> bool:
        try:
            path = self.watch.places.find(self.exercise)
            with self.screen.patience():
                result = self.again.grade(path)
        except (UsageError, OSError):
            return self._gone()
        except GraderFault as fault:
            self.screen.say(fault.message)
            self.screen.waiting(self.exercise)
            return True
        return True if self.inbox.urgent() else self._show(result)

    def _show(self, result: Result) -> bool:
        before = self.before
        closing = self.watch.memory.note(self.exercise, result, self.screen.language)
        self.screen.report(self.exercise, result, before, below=self.below)
        self.below = False
        if checks_ran(result):
            self.before = result
        if closing:
            self.screen.lines(closing)
        if result.passed and not (self.stay if before is None else before.passed):
            return self._move_on()
        if result.passed:
            self.screen.say(say("{exercise} is complete already.", exercise=self.exercise.id))
        self.screen.waiting(self.exercise)
        return True

    def _move_on(self) -> bool:
        self.following = self.watch.memory.following(self.exercise, self.watch.after(self.exercise))
        if self.following is None:
            self.screen.say(say("That was the last exercise of the course."))
        else:
            self.screen.say(say("On to {exercise}: {title}", exercise=self.following.id, title=self.following.title))
        return False

    def _gone(self) -> bool:
        try:
            self.watch.places.find(self.exercise)
        except UsageError as error:
            self.screen.say(error.message)
        except OSError:
            self.screen.say(say("The folder that you were in is gone."))
        else:
            return True  # it is back, and an event of its own
        self.screen.waiting(self.exercise)
        return True

    def _hint(self) -> None:
        number = str(self.watch.memory.hint(self.exercise))
        self.screen.lines(["", *hint_lines(self.exercise, number=number, language=self.screen.language)])

    def _list(self) -> None:
        record = self.watch.memory.record()
        self.screen.lines(["", *list_lines(self.watch.course, language=self.screen.language, record=record)])

    def _next(self) -> bool:
        self.following = self.watch.after(self.exercise)
        if self.following is None:
            self.screen.say(say("{exercise} is the last exercise of the course.", exercise=self.exercise.id))
        return self.following is None
