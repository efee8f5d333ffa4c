"""Parses a submission, and explains in a beginner's words why Python can't."""

from __future__ import annotations

import ast
import gc
import re
import unicodedata
import warnings
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec

from grader.errors import SubmissionError
from grader.result import Detail
from grader.source_line import SourceLine
from grader.submission.model import Chunk, Submission
from grader.submission.stopped import place_of_sign, reason
from grader.text import Message, say

#: A submission has far fewer; of more than these, already Python's own tree takes a gigabyte.
_MOST_TOKENS = 250_000
#: Python's parser takes time and memory by the square of a dotted import's length.
_MOST_PARTS = 1000
#: Its compiler takes time by the square, or worse, of many things: captures in a pattern, keywords of a call, functions
#: that are alike. Of a larger submission the rest is only parsed; what compiling would find there, the worker finds.
_MOST_COMPILED = 32_000
_MOST_NOTES = 20
#: What a message quotes of a submission is cut to so many characters.
_LONGEST = 200
_COMMENT = re.compile(r"^[ \t\f]*#[^\n]*", re.MULTILINE)
_DOTTED = re.compile(r"\w+(?:[\s\\]*+\.[\s\\]*+\w+)*")
_TOKEN = re.compile(r"\d[\w.]*|\w+|[^\w\s,]")


class Parsed(msgspec.Struct, frozen=True):
    """A submission whose chunks all parse. Lines in `trees` are numbered through all chunks, as in the submission.

    lines: those of each chunk.
    """

    submission: Submission
    trees: tuple[ast.Module, ...]
    lines: tuple[list[str], ...]

    def place(self, line: int) -> tuple[str | None, int]:
        """The chunk's label (None for a .py) and the line within it, of a line numbered through all chunks."""
        chunk = self.submission.chunks[self._chunk(line)]
        return chunk.label, line - chunk.first_line + 1

    def line(self, line: int) -> str:
        """The text of a line numbered through all chunks; empty if there is none."""
        number = self._chunk(line)
        position = line - self.submission.chunks[number].first_line
        lines = self.lines[number]
        return lines[position] if 0 <= position < len(lines) else ""

    def _chunk(self, line: int) -> int:
        return max(bisect_right(self.submission.chunks, line, key=lambda chunk: chunk.first_line) - 1, 0)


def _tokens(source: str) -> int:
    """About how many names, numbers and signs there are, comments, commas and line ends not counted."""
    return sum(1 for _ in _TOKEN.finditer(_COMMENT.sub("", source)))


@contextmanager
def without_collector() -> Iterator[None]:
    """Python's search for cycles is left out meanwhile: it would go through all of a tree again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def parse(submission: Submission) -> Parsed:
    """The submission with its syntax trees, one per chunk.

    A notebook's cell that is no Python is dropped, with a note. Raises SubmissionError, with the line and a caret
    in its detail, for a .py file or if no cell is left, and for what is too much to be read.
    """
    _expect_few(submission)
    kept: list[Chunk] = []
    trees: list[ast.Module] = []
    errors: list[SubmissionError] = []
    left_out = size = 0
    with without_collector(), warnings.catch_warnings():
        # Python's advice on odd but valid code is not the grader's to print.
        warnings.simplefilter("ignore")
        for chunk in submission.chunks:
            try:
                size += len(chunk.source)
                trees.append(_tree(chunk, size <= _MOST_COMPILED))
                kept.append(chunk)
            except _FAULTS as error:
                left_out += 1
                if left_out <= _MOST_NOTES:
                    errors.append(_told(error, chunk, submission.name))
                    errors[-1].__cause__ = error
    if not kept:
        raise errors[0]
    notes = [say("a cell was left out: {reason}", reason=error.message) for error in errors]
    if left_out > _MOST_NOTES:
        notes.append(say("{count} more cells were left out, because they are no Python", count=left_out - _MOST_NOTES))
    whole = msgspec.structs.replace(submission, chunks=tuple(kept), notes=(*submission.notes, *notes))
    return Parsed(whole, tuple(trees), tuple(chunk.source.split("\n") for chunk in kept))


def _expect_few(submission: Submission) -> None:
    for chunk in submission.chunks:
        expect_parsable(chunk.source, submission.name)
    if sum(len(chunk.source) for chunk in submission.chunks) > _MOST_TOKENS:
        count = sum(_tokens(chunk.source) for chunk in submission.chunks)
        if count > _MOST_TOKENS:
            raise SubmissionError(_too_much(submission.name, count))


_FAULTS = (SyntaxError, RecursionError, MemoryError, ValueError)


def _tree(chunk: Chunk, compiled: bool) -> ast.Module:
    tree = ast.parse(chunk.source)
    if compiled:
        # Finds what parsing alone does not, such as a return outside of a function.
        compile(tree, "<submission>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return ast.increment_lineno(tree, chunk.first_line - 1) if chunk.first_line > 1 else tree


def expect_parsable(source: str, place: Message | str) -> None:
    """Raises SubmissionError, which names the file as `place`, for what Python's parser would take too much for."""
    if source.count(".") > _MOST_PARTS and any(found[0].count(".") > _MOST_PARTS for found in _DOTTED.finditer(source)):
        raise SubmissionError(
            say("{place}: a name with dots has more than {most} parts", place=place, most=_MOST_PARTS)
        )
    # A token is a character at least.
    if len(source) > _MOST_TOKENS and (count := _tokens(source)) > _MOST_TOKENS:
        raise SubmissionError(_too_much(place, count))


def _too_much(place: Message | str, count: int) -> Message:
    return say(
        "{place} is made of {count} names, numbers and signs; at most {most} are graded. Is it the right file?",
        place=place,
        count=count,
        most=_MOST_TOKENS,
    )


def _told(error: Exception, chunk: Chunk, name: str) -> SubmissionError:
    if isinstance(error, SyntaxError):
        return _explained(error, chunk, name)
    place = _place(chunk, name, None)
    if isinstance(error, ValueError):
        return SubmissionError(
            say("{place}: Python can't read this: {reason}", place=place, reason=str(error)[:_LONGEST])
        )
    return SubmissionError(say("{place}: an expression is nested too deeply for Python; split it up", place=place))


def _explained(error: SyntaxError, chunk: Chunk, name: str) -> SubmissionError:
    lines = chunk.source.split("\n")
    # Python may blame the line after the last one.
    number = min(max(error.lineno or 1, 1), len(lines))
    source = lines[number - 1]
    message = say("{place}: {reason}", place=_place(chunk, name, number), reason=reason(error, chunk.source, number))
    line = SourceLine(number, _marked(source, place_of_sign(source, error.offset) or error.offset), "", chunk.label)
    return SubmissionError(message, Detail(lines=(line,)))


def _place(chunk: Chunk, name: str, line: int | None) -> Message | str:
    fields = {"file": name, "cell": chunk.label or "", "line": line or 0}
    if chunk.label is None:
        return say("{file}, line {line}", **fields) if line else name
    return say("{file}, code cell {cell}, line {line}", **fields) if line else say("{file}, code cell {cell}", **fields)


def _marked(source: str, offset: int | None) -> str:
    """The line, and below it a caret at column `offset`, counted from 1, as wide as what precedes it looks. Of a long
    line, what stands around that column."""
    if len(source) > _LONGEST:
        start = max(0, min((offset or 1) - _LONGEST // 2, len(source) - _LONGEST))
        source, offset = source[start : start + _LONGEST], (offset or 1) - start
    if not offset or offset < 1:
        return source
    before = source[: offset - 1]
    blanks = ("\t" if c == "\t" else "\u3000" if unicodedata.east_asian_width(c) in "WF" else " " for c in before)
    return f"{source}\n{''.join(blanks)}^"
