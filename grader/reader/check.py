"""Checks of what a reader answers: a reader that a file has taken over must gain nothing by what it says.

Templates are formats, so that only those are filled in which this program's own catalogue holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from msgspec.structs import replace

from grader.reader.messages import unpack, with_sources
from grader.source_line import SourceLine
from grader.submission.model import Aside, Chunk, HandedInCell, Step
from grader.text import LANGUAGES, Message, catalogue, render
from grader.wire.channel import WireError

#: The largest number of characters of a sentence, and of one of its fields.
MAX_SENTENCE = 20_000
MAX_FIELD = 4_000
MAX_MESSAGES = 200
MAX_LINES = 200
MAX_LINE = 1_000
#: Names that stand in a notebook's cells that are no code, and characters of one.
MAX_ASIDES, MAX_ASIDE = 200, 100
MAX_STEPS = 5_000
#: How deep sentences stand in sentences.
MAX_DEPTH = 5
#: What `join` and `listed` make.
_JOINED = re.compile(r"\{m\d+\}(?:[\n,; ]{1,2}\{m\d+\})*")
_LABEL = re.compile(r"\d{1,9}")
_COURSE = re.compile(r"[a-z0-9-]{4,64}")


def checked_message(message: Message) -> Message:
    """The message, if it is one of this program's sentences and can be put in any language. Raises WireError."""
    _expect_known(message, MAX_DEPTH)
    try:
        sizes = [len(render(message, language)) for language in LANGUAGES]
    except Exception as error:
        raise WireError(f"a sentence that can't be made: {type(error).__name__}") from error
    if max(sizes) > MAX_SENTENCE:
        raise WireError("a sentence without end")
    return message


def checked_messages(messages: Sequence[Message]) -> tuple[Message, ...]:
    """All of them, if they are not too many."""
    if len(messages) > MAX_MESSAGES:
        raise WireError("too many sentences")
    return tuple(checked_message(message) for message in messages)


def _expect_known(message: Message, depth: int) -> None:
    # Some catalogue is complete; one that somebody has begun may lack the sentence.
    known = any(message.template in catalogue(language) for language in LANGUAGES)
    known = known or _JOINED.fullmatch(message.template) is not None
    if not known or depth <= 0:
        raise WireError("a sentence that is none of ours")
    for value in message.fields.values():
        if isinstance(value, Message):
            _expect_known(value, depth - 1)
        elif not _is_plain(value):
            raise WireError("a field that is neither text nor number")


def _is_plain(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= MAX_FIELD
    return value is None or isinstance(value, (bool, float)) or (isinstance(value, int) and abs(value) < 1 << 63)


def checked_names(names: AbstractSet[str], asked: AbstractSet[str]) -> frozenset[str]:
    """The names, if all of them were asked for. Raises WireError."""
    if not names <= asked:
        raise WireError("a name that nobody asked for")
    return frozenset(names)


def checked_chunks(
    bare: Sequence[Chunk], sizes: Sequence[int], payload: memoryview, *, is_notebook: bool
) -> tuple[Chunk, ...]:
    """The chunks of a .py (one, without a label) or of a notebook. Raises WireError."""
    if not bare or (len(bare) > 1 and not is_notebook):
        raise WireError("not the chunks of a file")
    try:
        chunks = with_sources(bare, unpack(sizes, payload, len(bare)))
    except UnicodeDecodeError as error:
        raise WireError("chunks that are no text") from error
    line = 1
    for chunk in chunks:
        if (chunk.label is not None) != is_notebook or not _LABEL.fullmatch(chunk.label or "0"):
            raise WireError("a cell without a number")
        if chunk.first_line != line:
            raise WireError("lines that are numbered otherwise")
        line += chunk.source.count("\n") + 1
    if len({chunk.label for chunk in chunks}) != len(chunks):
        raise WireError("two cells of one number")
    return chunks


def checked_asides(asides: Sequence[Aside]) -> tuple[Aside, ...]:
    """Names in a notebook's other cells, no more and no longer than an honest reader tells. Raises WireError."""
    if len(asides) > MAX_ASIDES or any(
        len(one.name) > MAX_ASIDE or one.kind not in ("markdown", "raw") or not 0 < one.cell < 1 << 31 for one in asides
    ):
        raise WireError("names of no cell")
    return tuple(asides)


def checked_steps(
    steps: Sequence[Sequence[Step]], chunks: Sequence[Chunk], names: Sequence[str]
) -> tuple[tuple[Step, ...], ...]:
    """The statements of these chunks; none at all where they are not told apart. Raises WireError."""
    if not steps:
        return ()
    if len(steps) != len(chunks) or sum(map(len, steps)) > MAX_STEPS:
        raise WireError("not the statements of these chunks")
    for of_chunk, chunk in zip(steps, chunks, strict=True):
        lines = [step.line for step in of_chunk]
        if lines != sorted(set(lines)) or (lines and not 1 <= lines[0] <= lines[-1] <= chunk.source.count("\n") + 1):
            raise WireError("statements that are not there")
        if not all(name in names for step in of_chunk for name in step.names):
            raise WireError("a name that nobody asked for")
    return tuple(map(tuple, steps))


def checked_cells(bare: Sequence[HandedInCell], sizes: Sequence[int], payload: memoryview) -> tuple[HandedInCell, ...]:
    """The cells of a notebook. Raises WireError."""
    if any(cell.cell_type not in ("code", "markdown", "raw") for cell in bare):
        raise WireError("a cell of no kind")
    pairs = zip(bare, unpack(sizes, payload, len(bare)), strict=True)
    return tuple(replace(cell, text=part.decode("utf-8", "replace")) for cell, part in pairs)


def checked_course(course: str) -> str:
    """An id that a course may have. Raises WireError."""
    if not _COURSE.fullmatch(course):
        raise WireError("no course's id")
    return course


def checked_lines(lines: Sequence[SourceLine]) -> tuple[SourceLine, ...]:
    """Lines of the learner's file, no more and no longer than a report shows. Raises WireError."""
    if len(lines) > MAX_LINES:
        raise WireError("too many lines")
    for line in lines:
        texts = (line.source, line.function, line.cell or "")
        if abs(line.number) > 1 << 31 or any(len(text) > MAX_LINE for text in texts):
            raise WireError("a line without end")
    return tuple(lines)
