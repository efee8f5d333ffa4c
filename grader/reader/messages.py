"""What crosses between the trusted side and a reader, in frames as wire/channel.py has them: tagged headers here,
texts in the payload."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from grader.result import Detail
from grader.source_line import SourceLine
from grader.submission.files import MAX_NOTEBOOK
from grader.submission.model import Aside, Chunk, Demands, HandedInCell, Plain, Step
from grader.text import Message

#: The largest payload: the largest file that is read, and some room.
MAX_CONTENT = MAX_NOTEBOOK + (1 << 20)
#: What a reader takes for one request, in seconds of its own.
CPU_SECONDS = 10


class ChunkHead(msgspec.Struct, frozen=True):
    """A chunk whose text is `size` bytes of the payload, where such texts lie one behind the other."""

    label: str | None
    first_line: int
    size: int


class Piece(msgspec.Struct, frozen=True):
    """A companion file, its content a part of the payload behind the chunks."""

    name: str
    size: int


class ContentRequest(msgspec.Struct, frozen=True, tag="content"):
    """What is in these bytes, the first `size` of the payload? names: to look for as words. Answer: ContentReply."""

    id: int
    size: int
    name: str
    is_notebook: bool
    names: list[str]


class MentionedRequest(msgspec.Struct, frozen=True, tag="mentioned"):
    """Which of `names` occur in these bytes? Answer: ContentReply, without chunks."""

    id: int
    size: int
    names: list[str]


class ExamineRequest(msgspec.Struct, frozen=True, tag="examine"):
    """What is to be said of this submission? Answer: ExamineReply."""

    id: int
    name: str
    chunks: list[ChunkHead]
    companions: list[Piece]
    demands: Demands
    asides: list[Aside] = []


class LoopsRequest(msgspec.Struct, frozen=True, tag="loops"):
    """Where are the loops of this function? Answer: LoopsReply."""

    id: int
    name: str
    chunks: list[ChunkHead]
    function: str


class CellsRequest(msgspec.Struct, frozen=True, tag="cells"):
    """What cells has the notebook in these bytes? Answer: CellsReply."""

    id: int
    size: int


Request = CellsRequest | ContentRequest | MentionedRequest | ExamineRequest | LoopsRequest


class ContentReply(msgspec.Struct, frozen=True, tag="content"):
    """mentioned: positions in the request's `names`. course, asides: as in submission.model.Content."""

    id: int
    chunks: list[ChunkHead]
    notes: list[Message]
    mentioned: list[int]
    course: str | None = None
    asides: list[Aside] = []


class ExamineReply(msgspec.Struct, frozen=True, tag="examined"):
    """kept: the positions of the chunks that are Python. The rest as in submission.model.Prepared."""

    id: int
    kept: list[int]
    notes: list[Message]
    missing: Message | None
    forbidden: dict[str, Message]
    excerpts: dict[str, list[SourceLine]]
    steps: list[list[Step]] = []
    elsewhere: list[str] = []


class LoopsReply(msgspec.Struct, frozen=True, tag="loops"):
    id: int
    lines: list[SourceLine]


class CellHead(msgspec.Struct, frozen=True):
    """A HandedInCell whose text is `size` bytes of the payload, where such texts lie one behind the other."""

    cell_type: str
    size: int
    nbgrader: dict[str, Plain] | None


class CellsReply(msgspec.Struct, frozen=True, tag="cells"):
    id: int
    cells: list[CellHead]


class RefusedReply(msgspec.Struct, frozen=True, tag="refused"):
    """The submission can't be graded, and why."""

    id: int
    message: Message
    detail: Detail | None


class NoMemoryReply(msgspec.Struct, frozen=True, tag="no_memory"):
    """Looking into it took more memory than a reader has."""

    id: int


class BrokenReply(msgspec.Struct, frozen=True, tag="broken"):
    """Our own code failed there: nothing follows for the submission. reason: for whoever mends it."""

    id: int
    reason: str


Reply = CellsReply | ContentReply | ExamineReply | LoopsReply | RefusedReply | NoMemoryReply | BrokenReply


def pack_chunks(chunks: Sequence[Chunk]) -> tuple[list[ChunkHead], memoryview]:
    """The chunks' heads, and their texts one behind the other."""
    texts = [chunk.source.encode("utf-8", "surrogatepass") for chunk in chunks]
    heads = [ChunkHead(chunk.label, chunk.first_line, len(text)) for chunk, text in zip(chunks, texts, strict=True)]
    return heads, memoryview(b"".join(texts))


def unpack_chunks(heads: Sequence[ChunkHead], payload: memoryview) -> tuple[Chunk, ...]:
    """The chunks again. Raises UnicodeDecodeError for what is no text."""
    chunks, start = [], 0
    for head in heads:
        text = bytes(payload[start : start + head.size]).decode("utf-8", "surrogatepass")
        chunks.append(Chunk(head.label, text, head.first_line))
        start += head.size
    return tuple(chunks)


def pack_cells(cells: Sequence[HandedInCell]) -> tuple[list[CellHead], memoryview]:
    """The cells' heads, and their texts one behind the other."""
    texts = [cell.text.encode("utf-8", "surrogatepass") for cell in cells]
    heads = [CellHead(cell.cell_type, len(text), cell.nbgrader) for cell, text in zip(cells, texts, strict=True)]
    return heads, memoryview(b"".join(texts))
