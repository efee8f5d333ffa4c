"""The grading of `grade open`: one exercise after another, at every save, as `grade watch` does it."""

from __future__ import annotations

from grader.course.model import Course, Exercise
from grader.errors import GradeError
from grader.follow.files import Follower, Others, Places
from grader.follow.inbox import Inbox, Key, Moved
from grader.follow.memory import Memory
from grader.follow.trial import absence, attempt, get_ready
from grader.grading.grade_files import RepeatedGrading, repeated_grading
from grader.live.board import Board, Shown
from grader.result import Result
from grader.text import Message, say


class Session:
    """Grades the exercise whose file was saved last, or whose page was opened last. `inbox` is told of pages."""

    def __init__(self, course: Course, board: Board) -> None:
        self.course, self.board = course, board
        self.inbox = Inbox()
        self.places = Places(course)
        self.memory = Memory(course)
        self._others = Others(course, self.places)

    def first(self, exercise: Exercise | None) -> Exercise:
        """Where to begin; without an exercise with the first that is not complete. Raises UsageError for a course with
        none."""
        chosen = exercise or self.memory.following(None, None) or self.places.first()
        self.board.turn_to(chosen.id)
        return chosen

    def run(self, exercise: Exercise) -> None:
        """Grade until `end` is called."""
        current: Exercise | None = exercise
        while current is not None:
            self.board.turn_to(current.id)
            current = self._visit(current)

    def end(self) -> None:
        """From a signal's handler: give up the present run, and leave."""
        self.inbox.put(Key(""))

    def _visit(self, exercise: Exercise) -> Exercise | None:
        """Stay with an exercise until another one is turned to; None at the end."""
        try:
            with repeated_grading(self.course, exercise, abandoned=lambda: self.inbox.urgent(exercise.id)) as again:
                again.grader.pictures = True
                with Follower(self.places, exercise, lambda: again.companions, self.inbox.put, self._others):
                    return self._until_left(exercise, again)
        except GradeError as error:  # such as of checks that can't be loaded: the other exercises can be graded
            self.board.show(Shown(error.message))
            return self._until_left(exercise, None)

    def _until_left(self, exercise: Exercise, again: RepeatedGrading | None) -> Exercise | None:
        while True:
            event = self.inbox.take()
            if isinstance(event, Key):
                return None
            if isinstance(event, Moved):
                if event.exercise != exercise.id:
                    return self._named(event.exercise)
            elif again is not None:
                self._grade(again)
                get_ready(again, self.inbox)

    def _named(self, name: str) -> Exercise:
        return next(exercise for exercise in self.course.exercises if exercise.id == name)

    def _grade(self, again: RepeatedGrading) -> None:
        self.board.begin()
        tried = attempt(again, self.places)
        if isinstance(tried, Result):
            if self.inbox.urgent(again.exercise.id):
                return  # its result is that of a run that was given up; another one follows
            noted = self.memory.note(again.exercise, tried)
            trouble = noted.trouble if noted else None
            self.board.show(Shown(tried, (trouble,) if trouble else ()))
        elif problem := self._absence(again.exercise) or tried:
            self.board.show(Shown(problem))

    def _absence(self, exercise: Exercise) -> Message | None:
        problem = absence(exercise, self.places, self.memory)
        if problem is None or self.memory.folder() is not None:
            return problem
        return say(
            "There is no {file} in the folder in which grade open was started. Once it is saved there, it is graded.",
            file=f"{exercise.slug}.py",
        )
