"""What happened while nobody looked: saves and keys, from two threads to the one that grades."""

from __future__ import annotations

import threading

import msgspec


class Saved(msgspec.Struct, frozen=True):
    """The file, or one that it takes along, is not what it was when it was last looked at."""


class Gone(msgspec.Struct, frozen=True):
    """There is no such file any more, and it did not come back at once."""


class Key(msgspec.Struct, frozen=True):
    """A key was pressed; "" stands for the end of the terminal."""

    key: str


Event = Saved | Gone | Key

#: Keys that can be answered while a submission runs, without its result being lost.
_PATIENT = (Key("h"), Key("l"))


class Inbox:
    """Events in their order. `urgent` says that one has come for which a run in progress is to be given up."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._changed = threading.Condition()

    def put(self, event: Event) -> None:
        """Add an event. Saves do not pile up: one that waits stands for all."""
        with self._changed:
            if not (isinstance(event, Saved) and event in self._events):
                self._events.append(event)
            self._changed.notify()

    def urgent(self) -> bool:
        """Whether a run in progress is of no use any more."""
        return any(event not in _PATIENT for event in tuple(self._events))

    def take(self) -> Event:
        """The oldest event, waited for."""
        with self._changed:
            while not self._events:
                self._changed.wait()
            return self._events.pop(0)
