"""The loop of `grade watch`: one exercise after another, each graded at every save."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

from grader.cli.watch.keys import keys
from grader.cli.watch.screen import Screen
from grader.cli.watch.visit import Visit
from grader.course.model import Course, Exercise
from grader.follow.files import Others, Places
from grader.follow.inbox import Inbox, Key, Resized
from grader.follow.memory import Memory
from grader.grading.grade_files import repeated_grading
from grader.text import Message


class Watch:
    """One run of `grade watch`."""

    def __init__(self, course: Course, language: str) -> None:
        self.course = course
        self.places = Places(course)
        self.inbox = Inbox()
        self.screen = Screen(language, keys=False)
        self.memory = Memory(course)

    def run(self, exercise: Exercise | None) -> None:
        """Watch until the learner quits. Without an exercise, begin with the first that is not complete."""
        if hasattr(signal, "SIGHUP"):
            signal.signal(signal.SIGHUP, signal.default_int_handler)  # the window was closed
        current: Exercise | None = exercise or self.memory.following(None, None) or self.places.first()
        others = Others(self.course, self.places)
        notices: list[Message] = []
        with keys(lambda key: self.inbox.put(Key(key))) as pressed, self._resizing():
            self.screen.keys = pressed
            while current is not None:
                visit = Visit(self.course, current, self.places, self.inbox, self.screen, self.memory, notices)
                visit.greet()
                with repeated_grading(self.course, current, abandoned=self.inbox.urgent) as again:
                    visit.run(again, others)
                current, notices = visit.following, visit.parting

    @contextmanager
    def _resizing(self) -> Iterator[None]:
        """Inside, a terminal that gets another size is drawn on anew."""
        if not self.screen.clears or not hasattr(signal, "SIGWINCH"):
            yield
            return
        before = signal.signal(signal.SIGWINCH, lambda number, frame: self.inbox.put(Resized()))
        try:
            yield
        finally:
            signal.signal(signal.SIGWINCH, before)
