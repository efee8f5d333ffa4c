"""What happened while nobody looked: saves, keys, pages asked for, from their threads to the one that grades."""

from __future__ import annotations

import threading

import msgspec


class Saved(msgspec.Struct, frozen=True):
    """The file, or one that it takes along, is not what it was when it was last looked at."""


class Gone(msgspec.Struct, frozen=True):
    """There is no such file any more, and it did not come back at once."""


class Moved(msgspec.Struct, frozen=True):
    """The file of another exercise was saved, or its page opened: the learner went there. exercise: its id."""

    exercise: str


class Resized(msgspec.Struct, frozen=True):
    """The terminal has another size."""


class Key(msgspec.Struct, frozen=True):
    """A key was pressed: its character, "ESC" or "ARROW" for one that has none, or all of a text that was pasted; ""
    stands for the end of the terminal."""

    key: str


Event = Saved | Gone | Moved | Resized | Key

#: Keys for which a run in progress is given up: they grade anew, or lead elsewhere. All others can be answered later.
_URGENT = frozenset({"r", "\n", "\r", "n", "p", "q", ""})


class Inbox:
    """Events in their order. `urgent` says that one has come for which a run in progress is to be given up."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._changed = threading.Condition()

    def put(self, event: Event) -> None:
        """Add an event. Saves do not pile up: one that waits stands for all; of two moves the later one counts."""
        with self._changed:
            if isinstance(event, Moved):
                self._events = [other for other in self._events if not isinstance(other, Moved)]
            if isinstance(event, Key) or event not in self._events:
                self._events.append(event)
            self._changed.notify()

    def urgent(self, exercise: str = "") -> bool:
        """Whether a run in progress is of no use any more. exercise: its own, to which nobody has to move."""
        return any(_urgent(event) for event in tuple(self._events) if event != Moved(exercise))

    @property
    def waiting(self) -> bool:
        """Whether an event is there to be taken."""
        return bool(self._events)

    def take(self) -> Event:
        """The oldest event, waited for."""
        with self._changed:
            while not self._events:
                self._changed.wait()
            return self._events.pop(0)


def _urgent(event: Event) -> bool:
    return event.key.lower() in _URGENT if isinstance(event, Key) else not isinstance(event, Resized)
