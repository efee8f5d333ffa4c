"""What of a submission is run when it is loaded, and what is left out because it hung, crashed or ended the process.

All that is known of which statement was running is the worker's word. It can cost a submission its own statements,
and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from grader.boundary.limit_reached import LimitReached
from grader.submission.model import Chunk, Step
from grader.wire.messages import Piece

#: How often a file is loaded anew to go on behind a statement; after that, what can't hang is run and nothing else.
MOST_TRIES = 4
#: So many pieces are announced one by one; what follows them is one.
MOST_PIECES = 500

#: A statement: the position of its chunk, and its own in that.
At = tuple[int, int]


class Stopped(msgspec.Struct, frozen=True):
    """A top-level statement that is left out. line: its first, in its chunk; `limit`: what it ran into, None where it
    comes behind one that did and was not tried."""

    chunk: int
    line: int
    names: tuple[str, ...]
    limit: LimitReached | None


class Loading:
    """A submission's statements as they are run. stopped: those that are left out, in the order of the file."""

    def __init__(self, chunks: Sequence[Chunk], steps: Sequence[Sequence[Step]]) -> None:
        self._steps = [tuple(own) or (Step(1, True),) for own in steps] or [(Step(1, True),) for _ in chunks]
        self._ends = [chunk.source.count("\n") + 2 for chunk in chunks]
        self._left_out: dict[At, LimitReached | None] = {}
        self._alone: set[At] = set()
        self._pieces: list[tuple[At, ...]] = []

    @property
    def stopped(self) -> list[Stopped]:
        """What is left out, and why."""
        return [
            Stopped(chunk, self._steps[chunk][step].line, self._steps[chunk][step].names, limit)
            for (chunk, step), limit in sorted(self._left_out.items(), key=lambda item: item[0])
        ]

    def pieces(self) -> list[Piece]:
        """What is to be run now, in order."""
        self._pieces = list(self._divided())
        return [self._piece(piece) for piece in self._pieces]

    def without(self, number: int, limit: LimitReached) -> bool:
        """Leave out what was running, which is the piece of this number; False if there is nothing left to try."""
        if not 0 <= number < len(self._pieces):
            return False
        piece = self._pieces[number]
        if len(piece) == 1:
            self._left_out[piece[0]] = limit
        else:
            self._alone.update(piece)  # which of them it is shows the next time
        return True

    def only_quiet(self, number: int) -> None:
        """Leave out, too, all behind that piece that could hang or end the process."""
        for piece in self._pieces[number + 1 :]:
            for chunk, step in piece:
                if not self._steps[chunk][step].quiet:
                    self._left_out.setdefault((chunk, step), None)

    def line_names(self, chunk: int, line: int) -> tuple[str, ...]:
        """The names that the statement of this line defines."""
        if not 0 <= chunk < len(self._steps):
            return ()
        return next((step.names for step in self._steps[chunk] if step.line == line), ())

    def _divided(self) -> Iterator[tuple[At, ...]]:
        """Statements that can't hang together, each other one alone."""
        made = 0
        for chunk, steps in enumerate(self._steps):
            together: list[At] = []
            for number, step in enumerate(steps):
                at = (chunk, number)
                is_alone = at in self._alone or (not step.quiet and made < MOST_PIECES)
                if together and (is_alone or at in self._left_out):
                    yield tuple(together)
                    together, made = [], made + 1
                if at in self._left_out:
                    continue
                if is_alone:
                    yield (at,)
                    made += 1
                else:
                    together.append(at)
            if together:
                yield tuple(together)
                made += 1

    def _piece(self, piece: tuple[At, ...]) -> Piece:
        chunk, last = piece[-1]
        steps = self._steps[chunk]
        end = steps[last + 1].line if last + 1 < len(steps) else self._ends[chunk]
        return Piece(chunk, [steps[number].line for _, number in piece], end)
