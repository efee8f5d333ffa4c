"""Runs a submission's top-level statements: one that fails costs itself, and what comes after it is run all the same.

Statements that can't hang are run together, as the file would be. The trusted side is told before each of the others,
so that it knows which one was running when the process ends or is ended.
"""

from __future__ import annotations
import __future__

import functools
import operator
import re
import sys
import types
from ast import PyCF_ALLOW_TOP_LEVEL_AWAIT
from collections.abc import Callable, Coroutine, Sequence
from inspect import CO_COROUTINE
from typing import Any

from grader.calls.absent import AbsentModule
from grader.fault import hands_over, is_fault
from grader.wire.messages import Lost, Piece
from grader.wire.values import Raised

#: Of the statements that fail, so many are told why.
MAX_LOST = 50
_FEATURES = [getattr(__future__, name) for name in __future__.all_feature_names]
_FUTURE: int = functools.reduce(operator.or_, (feature.compiler_flag for feature in _FEATURES))
_ANNOTATIONS: int = __future__.annotations.compiler_flag
_DEFINITION = re.compile(r"@|(?:async\s+)?def\b|class\b")


class Text:
    """A chunk's text: a file, or a notebook's cell. filename: as it is compiled."""

    def __init__(self, filename: str, lines: list[str]) -> None:
        self.filename = filename
        self.lines = lines

    def part(self, start: int, end: int) -> str:
        """The lines from `start` on and before `end`, numbered as in the whole."""
        return "\n" * (start - 1) + "\n".join(self.lines[start - 1 : end - 1]) + "\n"


class Loader:
    """Runs pieces in a module. lost: what failed, the first MAX_LOST."""

    def __init__(
        self, module: types.ModuleType, texts: Sequence[Text], describe: Callable[[BaseException], Raised]
    ) -> None:
        self.lost: list[Lost] = []
        self._module = module
        self._texts = texts
        self._describe = describe
        self._flags = 0
        self._loop: Any = None

    def run(self, pieces: Sequence[Piece], announce: Callable[[int], None]) -> None:
        """Run all pieces. announce: is told the number of each but the first before it runs."""
        for number, piece in enumerate(pieces):
            if number:
                announce(number)
            self._module.__file__ = self._texts[piece.chunk].filename
            self._together(piece.chunk, piece.lines, piece.end)

    def _together(self, chunk: int, lines: list[int], end: int) -> None:
        """Run statements as one; once one of them has failed, those after it one by one."""
        try:
            code = self._compiled(chunk, lines[0], end)
        except BaseException as error:
            if is_fault(error):
                raise
            failed = 0
            if len(lines) == 1:
                self._lose(chunk, lines[0], error)
            else:
                failed = -1  # nothing has run: which of them it is shows when each is taken alone
        else:
            try:
                self._execute(code)
                return
            except BaseException as error:
                if is_fault(error):
                    raise
                line = _line_in(code, sys.exc_info()[2])
                failed = max(sum(start <= line for start in lines) - 1, 0)
                if not self._without_annotations(chunk, lines[failed], [*lines, end][failed + 1], error):
                    self._lose(chunk, lines[failed], error)
        for start, stop in zip(lines[failed + 1 :], [*lines[failed + 2 :], end], strict=False):
            self._together(chunk, [start], stop)

    @hands_over
    def _compiled(self, chunk: int, start: int, end: int, flags: int = 0) -> types.CodeType:
        text = self._texts[chunk]
        code = compile(
            text.part(start, end),
            text.filename,
            "exec",
            self._flags | flags | PyCF_ALLOW_TOP_LEVEL_AWAIT,
            dont_inherit=True,
        )
        assert isinstance(code, types.CodeType)
        self._flags |= code.co_flags & _FUTURE & ~flags
        return code

    @hands_over
    def _execute(self, code: types.CodeType) -> None:
        if code.co_flags & CO_COROUTINE:
            self._wait(types.FunctionType(code, vars(self._module))())
        else:
            exec(code, vars(self._module))

    def _wait(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """As Jupyter does, with one loop for all cells."""
        if self._loop is None:
            import asyncio

            self._loop = asyncio.new_event_loop()
        self._loop.run_until_complete(coroutine)

    def _without_annotations(self, chunk: int, line: int, end: int, error: BaseException) -> bool:
        """Make a definition again where all that it lacks may be a module for its annotations."""
        if not isinstance(error, AbsentModule) or not _DEFINITION.match(self._texts[chunk].lines[line - 1]):
            return False
        try:
            self._execute(self._compiled(chunk, line, end, _ANNOTATIONS))
        except BaseException:
            return False
        return True

    def _lose(self, chunk: int, line: int, error: BaseException) -> None:
        if len(self.lost) < MAX_LOST:
            self.lost.append(Lost(chunk, line, self._describe(error)))


def _line_in(code: types.CodeType, traceback: types.TracebackType | None) -> int:
    """The line that a module's own code had come to; 0 if it had not begun."""
    while traceback is not None and traceback.tb_frame.f_code is not code:
        traceback = traceback.tb_next
    return 0 if traceback is None else traceback.tb_lineno or 0
