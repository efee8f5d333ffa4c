"""Replies to one call that were judged right: the same bytes from another submission need no second look."""

from __future__ import annotations

from typing import NamedTuple

from grader.wire.values import Outcome

#: So many replies to one call are kept, of so many bytes each.
_MOST, _MOST_BYTES = 4, 64 * 1024


class _Reply(NamedTuple):
    """header: without the request's number."""

    header: bytes
    payload: bytes
    outcome: Outcome
    changes: list[str]


class RightReplies:
    """Told of each reply that was decoded, and then whether it was right."""

    def __init__(self) -> None:
        self._known: list[_Reply] = []
        self._last: _Reply | None = None

    def find(self, header: bytes, payload: bytes) -> tuple[Outcome, list[str]] | None:
        """What these bytes were decoded to, and the global state that the call changed."""
        for known in self._known:
            if known.header == header and known.payload == payload:
                return known.outcome, known.changes
        return None

    def decoded(self, header: bytes, payload: bytes, outcome: Outcome, changes: list[str]) -> None:
        """A reply has come that was not known."""
        small = len(header) + len(payload) <= _MOST_BYTES
        self._last = _Reply(header, payload, outcome, changes) if small and len(self._known) < _MOST else None

    def keep(self, outcome: Outcome) -> None:
        """The reply of this outcome was right."""
        if self._last is not None and self._last.outcome is outcome:
            self._known.append(self._last)
        self._last = None

    def is_right(self, outcome: Outcome) -> bool:
        """Whether it is the outcome of a reply that was kept."""
        return any(known.outcome is outcome for known in self._known)
