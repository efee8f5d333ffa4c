"""What crosses between the trusted side and a reader, in frames as wire/channel.py has them.

Headers are tagged structs, and small. Texts and files cross in the payload, one behind the other; what they belong to
crosses in the header without them, beside their sizes in bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec
from msgspec.structs import replace

from grader.result import Detail
from grader.source_line import SourceLine
from grader.submission.files import MAX_NOTEBOOK
from grader.submission.model import Chunk, Content, Demands, HandedInCell, Prepared, Submission
from grader.text import Message
from grader.wire.channel import WireError

#: The largest payload: the largest file that is read, and some room.
MAX_CONTENT = MAX_NOTEBOOK + (1 << 20)
#: What a reader takes for one request, in seconds of its own.
CPU_SECONDS = 10


class ContentRequest(msgspec.Struct, frozen=True, tag="content"):
    """What is in these bytes, the first `size` of the payload? names: to look for as words. Answer: ContentReply."""

    id: int
    size: int
    name: str
    is_notebook: bool
    names: frozenset[str]


class MentionedRequest(msgspec.Struct, frozen=True, tag="mentioned"):
    """Which of `names` occur in these bytes? Answer: MentionedReply."""

    id: int
    size: int
    names: frozenset[str]


class ExamineRequest(msgspec.Struct, frozen=True, tag="examine"):
    """What is to be said of this submission? Answer: ExamineReply."""

    id: int
    submission: Submission
    sizes: list[int]
    demands: Demands


class LoopsRequest(msgspec.Struct, frozen=True, tag="loops"):
    """Where are the loops of this function? Answer: LoopsReply."""

    id: int
    submission: Submission
    sizes: list[int]
    function: str


class CellsRequest(msgspec.Struct, frozen=True, tag="cells"):
    """What cells has the notebook in these bytes? Answer: CellsReply."""

    id: int
    size: int


Request = CellsRequest | ContentRequest | MentionedRequest | ExamineRequest | LoopsRequest


class ContentReply(msgspec.Struct, frozen=True, tag="content"):
    id: int
    content: Content
    sizes: list[int]


class MentionedReply(msgspec.Struct, frozen=True, tag="mentioned"):
    id: int
    names: frozenset[str]


class ExamineReply(msgspec.Struct, frozen=True, tag="examined"):
    """Of `prepared.submission`, only the labels of the chunks that are Python and the new notes are looked at."""

    id: int
    prepared: Prepared


class LoopsReply(msgspec.Struct, frozen=True, tag="loops"):
    id: int
    lines: tuple[SourceLine, ...]


class CellsReply(msgspec.Struct, frozen=True, tag="cells"):
    id: int
    cells: list[HandedInCell]
    sizes: list[int]


class RefusedReply(msgspec.Struct, frozen=True, tag="refused"):
    """The submission can't be graded, and why."""

    id: int
    message: Message
    detail: Detail | None


class NoMemoryReply(msgspec.Struct, frozen=True, tag="no_memory"):
    """Looking into it took more memory than a reader has."""

    id: int


class BrokenReply(msgspec.Struct, frozen=True, tag="broken"):
    """Our own code failed there: nothing follows for the submission. reason: for whoever fixes it."""

    id: int
    reason: str


Reply = (
    CellsReply | ContentReply | MentionedReply | ExamineReply | LoopsReply | RefusedReply | NoMemoryReply | BrokenReply
)


def pack(parts: Iterable[str | bytes]) -> tuple[list[int], memoryview]:
    """The sizes of texts and files, and all of them one behind the other."""
    pieces = [part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts]
    return [len(piece) for piece in pieces], memoryview(b"".join(pieces))


def unpack(sizes: Sequence[int], payload: memoryview, count: int) -> list[bytes]:
    """The parts again. Raises WireError if they are not `count`, or not there."""
    if len(sizes) != count or min(sizes, default=0) < 0 or sum(sizes) > len(payload):
        raise WireError("texts that are not there")
    return [bytes(payload[end - size : end]) for size, end in zip(sizes, accumulate(sizes), strict=True)]


def without_sources(chunks: Iterable[Chunk]) -> tuple[Chunk, ...]:
    """The chunks as they cross in a header."""
    return tuple(replace(chunk, source="") for chunk in chunks)


def with_sources(chunks: Iterable[Chunk], parts: Iterable[bytes]) -> tuple[Chunk, ...]:
    """The chunks again. Raises UnicodeDecodeError for what is no text."""
    pairs = zip(chunks, parts, strict=True)
    return tuple(replace(chunk, source=part.decode("utf-8", "surrogatepass")) for chunk, part in pairs)


def pack_submission(submission: Submission) -> tuple[Submission, list[int], memoryview]:
    """The submission as it crosses in a header, without notes too: the reader adds its own."""
    names, files = submission.companions.keys(), submission.companions.values()
    sizes, payload = pack([*(chunk.source for chunk in submission.chunks), *files])
    bare = replace(
        submission, chunks=without_sources(submission.chunks), companions=dict.fromkeys(names, b""), notes=()
    )
    return bare, sizes, payload


def unpack_submission(bare: Submission, sizes: Sequence[int], payload: memoryview) -> Submission:
    """The submission again, its notes excepted."""
    count = len(bare.chunks)
    parts = unpack(sizes, payload, count + len(bare.companions))
    companions = dict(zip(bare.companions, parts[count:], strict=True))
    return replace(bare, chunks=with_sources(bare.chunks, parts[:count]), companions=companions)
