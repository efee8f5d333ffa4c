"""What the grading thread has found out, for the threads that answer a browser: one frozen state after another."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

import msgspec

from grader.result import Result
from grader.text import Message


class Shown(msgspec.Struct, frozen=True):
    """The last try at an exercise: its result in the learner's view, or why there is none."""

    tried: Result | Message
    notices: tuple[Message, ...] = ()


class State(msgspec.Struct, frozen=True):
    """number: grows with everything that a page shows. current: the id of the exercise whose file is followed.
    grading: of the one that is graded right now. shown: by exercise."""

    number: int = 0
    current: str = ""
    grading: str = ""
    shown: Mapping[str, Shown] = {}


class Board:
    """The present state, and who is told of the next. One thread changes it; any may read it."""

    def __init__(self) -> None:
        self.state = State()
        self._listeners: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    def turn_to(self, exercise: str) -> None:
        """From now on this exercise's file is followed."""
        self._set(current=exercise, number=self.state.number + 1)

    def begin(self) -> None:
        """The present exercise is graded now."""
        self._set(grading=self.state.current)

    def show(self, shown: Shown) -> None:
        """What came of it."""
        state = self.state
        self._set(grading="", shown={**state.shown, state.current: shown}, number=state.number + 1)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """Inside, in a thread with an event loop, the event is set at every change."""
        changed = asyncio.Event()
        self._listeners[changed] = asyncio.get_running_loop()
        try:
            yield changed
        finally:
            del self._listeners[changed]

    def _set(self, **changes: object) -> None:
        self.state = msgspec.structs.replace(self.state, **changes)
        for changed, loop in list(self._listeners.items()):
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(changed.set)
