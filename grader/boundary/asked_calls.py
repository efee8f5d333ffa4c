"""The calls that a worker has been asked for and whose replies nobody has taken yet.

While a call is judged the worker may already make the next one. So much is asked for ahead as fits the socket's buffer,
so that neither side can wait for the other to read.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from grader.boundary.encoded_call import EncodedCall


class Asked(NamedTuple):
    """A request by its number. frame: the header, not decoded, and the payload of its reply, once that has come."""

    number: int
    encoded: EncodedCall
    frame: tuple[bytearray, bytearray] | None = None


class AskedCalls:
    """In the order of their numbers. Those whose replies have come are the first."""

    def __init__(self) -> None:
        self._asked: deque[Asked] = deque()
        self.bytes = 0  # of requests whose replies have not come

    def __contains__(self, encoded: EncodedCall) -> bool:
        return any(asked.encoded is encoded for asked in self._asked)

    @property
    def first(self) -> Asked | None:
        """The one whose reply is taken next."""
        return self._asked[0] if self._asked else None

    @property
    def open(self) -> int:
        """How many replies have not come."""
        return sum(asked.frame is None for asked in self._asked)

    def add(self, asked: Iterable[Asked]) -> None:
        """These have been asked for."""
        for one in asked:
            self._asked.append(one)
            self.bytes += one.encoded.size

    def came(self, frame: tuple[bytearray, bytearray]) -> None:
        """The next reply."""
        place = next(place for place, asked in enumerate(self._asked) if asked.frame is None)
        self.bytes -= self._asked[place].encoded.size
        self._asked[place] = self._asked[place]._replace(frame=frame)

    def take(self) -> Asked:
        """The first, whose reply has come."""
        return self._asked.popleft()
