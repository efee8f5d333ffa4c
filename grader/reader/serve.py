"""A reader's loop: answers requests by the functions of submission/examine.py until the channel ends.

It runs confined; whatever it says may be a lie by then, if a file has found a fault in Python's own parser.
"""

from __future__ import annotations

import gc
import itertools
import os
import resource
import socket
from typing import Any, NoReturn

from msgspec.structs import replace

from grader.errors import SubmissionError
from grader.reader import messages
from grader.reader.messages import CPU_SECONDS, MAX_CONTENT, pack, pack_submission, unpack_submission, without_sources
from grader.result import Detail
from grader.submission.cells import handed_in_cells
from grader.submission.examine import InProcess
from grader.wire.channel import Channel, FrameTooLarge

#: A line of code that is longer shows nobody where it is wrong.
_WIDEST = 1_000

#: Cycles are collected after so many requests: it takes as long as reading an ordinary file.
_COLLECTED_EVERY = 16

_PARSER = InProcess()


def serve(sock: socket.socket, memory_mb: int) -> NoReturn:
    """Answer until the channel ends; then raises WireClosed. memory_mb: what this process may allocate."""
    most = _resident() + (memory_mb << 20) // 2
    channel = Channel(sock)
    channel.receive_limit = MAX_CONTENT
    # Trees of syntax are large and have next to no cycles: now and then between requests is soon enough.
    gc.disable()
    for answered in itertools.count(1):
        request, payload = channel.receive(messages.Request)
        _allow_cpu(CPU_SECONDS)
        try:
            reply, buffers = _answer(request, payload)
        except SubmissionError as error:
            reply, buffers = _refused(request.id, error, is_large=_resident() > most), []
        except MemoryError:
            reply, buffers = messages.NoMemoryReply(request.id), []
        except RecursionError:
            raise  # code that is nested too deeply: the trusted side says so once this process has ended
        except Exception as error:
            reply, buffers = messages.BrokenReply(request.id, _told(error)), []
        del request, payload
        try:
            channel.send(reply, buffers)
        except FrameTooLarge:
            channel.send(messages.NoMemoryReply(reply.id), [])
        del reply, buffers
        if answered % _COLLECTED_EVERY == 0:
            gc.collect()
    raise AssertionError


def _told(error: Exception) -> str:
    """The exception and where it was raised, for whoever fixes it."""
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


def _answer(request: Any, payload: memoryview) -> tuple[messages.Reply, list[memoryview]]:
    match request:
        case messages.CellsRequest():
            return _cells(request, payload)
        case messages.ContentRequest():
            return _content(request, payload)
        case messages.MentionedRequest():
            found = _PARSER.mentioned(bytes(payload[: request.size]), request.names)
            return messages.MentionedReply(request.id, found), []
        case messages.ExamineRequest():
            submission = unpack_submission(request.submission, request.sizes, payload)
            prepared = _PARSER.examine(submission, request.demands)
            bare = pack_submission(prepared.submission)[0]
            bare = replace(bare, notes=prepared.submission.notes)
            return messages.ExamineReply(request.id, replace(prepared, submission=bare)), []
        case messages.LoopsRequest():
            submission = unpack_submission(request.submission, request.sizes, payload)
            return messages.LoopsReply(request.id, _PARSER.loops(submission, request.function)), []
    raise AssertionError(request)


def _cells(request: messages.CellsRequest, payload: memoryview) -> tuple[messages.Reply, list[memoryview]]:
    cells = handed_in_cells(bytes(payload[: request.size]))
    sizes, texts = pack(cell.text for cell in cells)
    return messages.CellsReply(request.id, [replace(cell, text="") for cell in cells], sizes), [texts]


def _content(request: messages.ContentRequest, payload: memoryview) -> tuple[messages.Reply, list[memoryview]]:
    content = bytes(payload[: request.size])
    found = _PARSER.content(content, request.name, is_notebook=request.is_notebook, names=request.names)
    sizes, texts = pack(chunk.source for chunk in found.chunks)
    return messages.ContentReply(request.id, replace(found, chunks=without_sources(found.chunks)), sizes), [texts]


def _refused(number: int, error: SubmissionError, *, is_large: bool) -> messages.Reply:
    """Why a submission can't be graded. Python says MemoryError of code that is nested too deeply, too; what this
    process has taken tells them apart."""
    if isinstance(error.__cause__, MemoryError) and is_large:
        return messages.NoMemoryReply(number)
    return messages.RefusedReply(number, error.message, _shown(error.detail))


def _resident() -> int:
    """The most memory that this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _shown(detail: Detail | None) -> Detail | None:
    """The detail without lines that are too long to be shown."""
    if detail is None:
        return None
    return replace(detail, lines=tuple(line for line in detail.lines if len(line.source) <= _WIDEST))
