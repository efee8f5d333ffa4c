"""A reader's loop: answers requests by the functions of submission/examine.py until the channel ends.

It runs confined; whatever it says may be a lie by then, if a file has found a fault in Python's own parser.
"""

from __future__ import annotations

import gc
import os
import resource
import socket
from collections.abc import Sequence
from typing import Any, NoReturn

from msgspec import structs

from grader.errors import SubmissionError
from grader.reader.messages import (
    CPU_SECONDS,
    MAX_CONTENT,
    BrokenReply,
    CellsReply,
    CellsRequest,
    ChunkHead,
    ContentReply,
    ContentRequest,
    ExamineReply,
    ExamineRequest,
    LoopsReply,
    LoopsRequest,
    MentionedRequest,
    NoMemoryReply,
    Piece,
    RefusedReply,
    Reply,
    Request,
    pack_cells,
    pack_chunks,
    unpack_chunks,
)
from grader.result import Detail
from grader.submission.cells import handed_in_cells
from grader.submission.examine import InProcess
from grader.submission.model import Submission
from grader.wire.channel import Channel, FrameTooLarge

#: How many loops are told of.
MAX_LOOPS = 50
#: A line of code that is longer shows nobody where it is wrong.
_WIDEST = 1_000

_PARSER = InProcess()


def serve(sock: socket.socket, memory_mb: int) -> NoReturn:
    """Answer until the channel ends; then raises WireClosed. memory_mb: what this process may allocate."""
    most = _resident() + (memory_mb << 20) // 2
    channel = Channel(sock)
    channel.receive_limit = MAX_CONTENT
    # Trees of syntax are large and have no cycles worth collecting: between requests is soon enough.
    gc.disable()
    while True:
        request, payload = channel.receive_any(Request)
        _allow_cpu(CPU_SECONDS)
        try:
            reply, buffers = _answer(request, payload)
        except SubmissionError as error:
            reply, buffers = _refused(request.id, error, is_large=_resident() > most), []
        except MemoryError:
            reply, buffers = NoMemoryReply(request.id), []
        except RecursionError:
            raise  # code that is nested too deeply: the trusted side says so once this process has ended
        except Exception as error:
            reply, buffers = BrokenReply(request.id, _told(error)), []
        del request, payload
        try:
            channel.send(reply, buffers)
        except FrameTooLarge:
            channel.send(NoMemoryReply(reply.id), [])
        del reply, buffers
        gc.collect()


def _told(error: Exception) -> str:
    """The exception and where it was raised, for whoever mends it."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    place = "" if step is None else f" ({os.path.basename(step.tb_frame.f_code.co_filename)}, line {step.tb_lineno})"
    return f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace").decode() + place


def _allow_cpu(seconds: int) -> None:
    """Let this process use so much more CPU time; SIGXCPU ends it then. Beside the trusted side's deadline, which a
    busy machine makes a matter of luck."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    soft = int(used.ru_utime + used.ru_stime) + 1 + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _answer(request: Any, payload: memoryview) -> tuple[Reply, list[memoryview]]:
    match request:
        case CellsRequest():
            heads, texts = pack_cells(handed_in_cells(bytes(payload[: request.size])))
            return CellsReply(request.id, heads), [texts]
        case ContentRequest():
            return _content(request, payload)
        case MentionedRequest():
            found = _PARSER.mentioned(bytes(payload[: request.size]), frozenset(request.names))
            return ContentReply(request.id, [], [], _positions(request.names, found)), []
        case ExamineRequest():
            return _examined(request, payload), []
        case LoopsRequest():
            submission = _submission(request.name, request.chunks, [], payload)
            return LoopsReply(request.id, list(_PARSER.loops(submission, request.function))[:MAX_LOOPS]), []
    raise AssertionError(request)


def _content(request: ContentRequest, payload: memoryview) -> tuple[Reply, list[memoryview]]:
    names = frozenset(request.names)
    found = _PARSER.content(bytes(payload[: request.size]), request.name, is_notebook=request.is_notebook, names=names)
    heads, texts = pack_chunks(found.chunks)
    mentioned = _positions(request.names, found.mentioned)
    return ContentReply(request.id, heads, list(found.notes), mentioned, found.course, list(found.asides)), [texts]


def _examined(request: ExamineRequest, payload: memoryview) -> Reply:
    submission = _submission(request.name, request.chunks, request.companions, payload)
    submission = structs.replace(submission, asides=tuple(request.asides))
    found = _PARSER.examine(submission, request.demands)
    positions = {chunk.label: position for position, chunk in enumerate(submission.chunks)}
    kept = [positions[chunk.label] for chunk in found.submission.chunks]
    return ExamineReply(
        request.id,
        kept,
        list(found.submission.notes),
        found.missing,
        found.forbidden,
        {name: list(lines) for name, lines in found.excerpts.items()},
        [list(steps) for steps in found.steps],
        list(found.elsewhere),
    )


def _refused(number: int, error: SubmissionError, *, is_large: bool) -> Reply:
    """Why a submission can't be graded. Python says MemoryError of code that is nested too deeply, too; what this
    process has taken tells them apart."""
    if isinstance(error.__cause__, MemoryError) and is_large:
        return NoMemoryReply(number)
    return RefusedReply(number, error.message, _shown(error.detail))


def _resident() -> int:
    """The most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _shown(detail: Detail | None) -> Detail | None:
    """The detail without lines that are too long to be shown."""
    if detail is None:
        return None
    return structs.replace(detail, lines=tuple(line for line in detail.lines if len(line.source) <= _WIDEST))


def _positions(names: Sequence[str], found: frozenset[str]) -> list[int]:
    return [position for position, name in enumerate(names) if name in found]


def _submission(name: str, heads: list[ChunkHead], companions: list[Piece], payload: memoryview) -> Submission:
    chunks = unpack_chunks(heads, payload)
    start = sum(head.size for head in heads)
    files: dict[str, bytes] = {}
    for piece in companions:
        files[piece.name] = bytes(payload[start : start + piece.size])
        start += piece.size
    return Submission(name=name, sha256="", chunks=chunks, companions=files)
