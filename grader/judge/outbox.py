"""Writes answers to the client, each whole; and says when it has gone."""

from __future__ import annotations

import os
import select
import threading

import msgspec

from grader.errors import UsageError, reason_of
from grader.judge.messages import Answer, Refusal
from grader.text import say


class Outbox:
    """Answers on a descriptor, as they come or in the order of the requests.

    most: of requests under way at once, that is read and not answered yet. Where a client reads no answers, no request
    is read either, so that nothing piles up here.
    """

    def __init__(self, descriptor: int, most: int, *, in_order: bool) -> None:
        self._descriptor = descriptor
        self._room = threading.Semaphore(most)
        self._all_room = most
        self._in_order = in_order
        self._lock = threading.Lock()
        self._waiting: dict[int, bytes] = {}  # for one before them
        self._next = 1
        self.answered = 0
        self.closed = False  # whether nothing more is to be written; set without the lock, which a full pipe may hold

    def expect(self) -> None:
        """One more request was read; returns when there is room for it."""
        self._room.acquire()

    def put(self, answer: Answer | Refusal) -> None:
        """Answer it. Raises BrokenPipeError where nobody reads answers, UsageError where they can't be written."""
        content = msgspec.json.encode(answer) + b"\n"
        with self._lock:
            if self.closed:
                return
            if not self._in_order:
                self._write(content)
                return
            self._waiting[answer.line] = content
            while (content := self._waiting.pop(self._next, b"")) != b"":
                self._write(content)
                self._next += 1

    def _write(self, content: bytes) -> None:
        left = memoryview(content)
        self.answered += 1  # before it is, so that whoever has it and stops us is told of it
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError as error:
            self.answered -= 1
            if isinstance(error, BrokenPipeError):
                raise
            raise UsageError(say("The answers can't be written: {reason}", reason=reason_of(error))) from error
        self._room.release()

    def wait_for_all(self) -> None:
        """Return when every request is answered. Nothing more may be expected."""
        for _ in range(self._all_room):
            self._room.acquire()

    def wait_for_hang_up(self) -> None:
        """Return when nobody reads answers any more; never where they go into a file."""
        poll = select.poll()
        poll.register(self._descriptor, 0)  # for what can't be masked: an error, or that the other end is closed
        poll.poll()
