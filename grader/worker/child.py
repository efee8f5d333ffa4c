"""The worker's loop: load the submission, make the calls it is told to, send back what came of them.

Runs confined, beside code that may do anything in this process. So nothing here is relied upon by the trusted side
beyond a well-formed frame: the worst that a submission can do to this file is to spoil its own grade.
"""

from __future__ import annotations

import json
import linecache
import os
import re
import socket
import struct
import sys
import tempfile
import types
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import torch

from grader.calls import absent
from grader.calls.cuda import bound_memory
from grader.calls.invoke import MAX_TEXT, Sources, Space, invoke, raised
from grader.calls.plots import draw_nothing
from grader.calls.probes import run_probes
from grader.fault import is_fault, meant, told
from grader.twin import is_twin, put_on_twin
from grader.wire import messages
from grader.wire.channel import ALIGNMENT, PREFIX, Channel, FrameTooLarge, WireClosed, WireError, decoded, pack
from grader.wire.codec import Decoder, Encoder, TooLarge, plain, tensors_in
from grader.wire.values import Call, Probe, Raised, Remote
from grader.worker import load
from grader.worker.load import Loader, Text
from grader.worker.own_package import put_in_package
from grader.worker.state import PRISTINE

#: What a file that replaces a library's attribute contains. Looking at all of them costs 5 ms: each look touches the
#: object, and so copies a page that was shared with the zygote.
_REPLACES = re.compile(r"\.\s*\w+\s*=[^=]|setattr|__dict__|vars\(|exec|globals\(")

R = TypeVar("R")

MAX_OBJECTS = 10_000
MAX_NAMES = 2_000
#: Where a submission's code is run from: no handler of these files is the submission's.
_OURS = frozenset({load.__file__, invoke.__code__.co_filename})

#: The exit status of a worker that can't reach the trusted side any more, because the submission closed its channel.
CHANNEL_LOST = 114


class WorkerLoop:
    """One submission's process, from its first request to the end of the channel. memory_mb: for tensors on a GPU."""

    def __init__(self, sock: socket.socket, memory_mb: int) -> None:
        self.channel = Channel(sock)
        self.memory_mb = memory_mb
        self.space = Space(types.ModuleType("submission"))
        self.state = PRISTINE
        self.request_id = 0
        self._seen: set[str] = set()  # functions that were called before

    def serve(self) -> NoReturn:
        """Answer requests until the channel ends; then raises WireClosed."""
        while True:
            self.request_id += 1  # whose turn it is, should receiving fail
            request, payload = self.channel.receive(messages.Request)
            self.request_id = request.id
            if isinstance(request, messages.LoadRequest):
                self.answer(request, payload, self.loaded, self.not_loaded)
            elif isinstance(request, messages.CallRequest):
                self.answer(request, payload, self.called, self.not_called)

    def reply(self, header: messages.Reply, buffers: list[memoryview]) -> None:
        """Send one reply; what the submission printed goes out before it, so that it is known whose it is."""
        flush_output()
        self.channel.send(header, buffers)

    def answer(
        self,
        request: R,
        payload: memoryview,
        work: Callable[[R, memoryview], tuple[messages.Reply, list[memoryview]]],
        failed: Callable[[BaseException], messages.Reply],
    ) -> None:
        """Do the work and reply; `failed` says what to reply where it raises. Our own faults are nobody else's."""
        try:
            self.reply(*work(request, payload))
        except WireClosed:
            raise
        except BaseException as error:
            # What the submission has replaced in a library may fail anywhere: that is why, and it is its own doing.
            if is_fault(error) and not self.state.tampered():
                self.reply(messages.Broken(self.request_id, plain(told(error), MAX_TEXT)), [])
            else:
                self.reply(failed(error), [])

    # -- load --------------------------------------------------------------------------------------------------

    def not_loaded(self, error: BaseException) -> messages.Loaded:
        """The reply where the submission broke what this file needs: that is why it failed."""
        return messages.Loaded(self.request_id, [], [], [], broken=self.described(error))

    def loaded(self, request: messages.LoadRequest, payload: memoryview) -> tuple[messages.Reply, list[memoryview]]:
        """As `load`, in a process that nobody has used yet."""
        torch.set_grad_enabled(True)
        self.state.seed()
        return self.load(request, payload), []

    def load(self, request: messages.LoadRequest, payload: memoryview) -> messages.Loaded:
        """Run the submission's pieces in a fresh module, and say what it came to."""
        texts = _sources(request.chunks, payload)
        module = types.ModuleType(request.name)
        sys.modules[request.name] = module
        put_in_package(module, (request.name, request.filename.removesuffix(".py")), os.getcwd())
        sources: Sources = {}
        self.space = Space(module, sources=sources, device=request.device)
        if request.device == "cuda":
            bound_memory(self.memory_mb)
        if request.probes is not None:
            self.space.probes = run_probes(request.probes)
        absent = self._stand_in(sources, request.real)
        loader = Loader(
            module,
            [_text(request, *each, sources) for each in zip(request.chunks, texts, strict=True)],
            lambda error: raised(error, sources),
        )
        loader.run(request.pieces, lambda number: self.reply(messages.Running(request.id, number), []))
        names = [plain(name) for name in vars(module) if type(name) is str and not name.startswith("__")]
        changes = self.state.changes()
        self.state.restore()
        if any(map(_REPLACES.search, texts)):
            changes += self.state.patched()  # after restoring, because a default dtype brings its own torch.Storage
        return messages.Loaded(request.id, names[:MAX_NAMES], loader.lost, changes, absent.told)

    def _stand_in(self, sources: Sources, real: list[str]) -> absent.Finder:
        """From here on, what the submission imports and nobody has is stood in for."""
        draw_nothing(real)
        scratch = os.getcwd() + os.sep
        finder = absent.Finder(lambda file: file in sources or file.startswith(scratch), _OURS)
        finder.install()
        return finder

    # -- calls -------------------------------------------------------------------------------------------------

    def not_called(self, error: BaseException) -> messages.Returned:
        """The reply where a call gave no value, nor an exception of the function's own."""
        if isinstance(error, (TooLarge, FrameTooLarge, RecursionError)):
            # A list in itself, say, or nested a million deep: too large as well.
            return messages.Returned(self.request_id, error=Raised("too_large", "", ""))
        return messages.Returned(self.request_id, error=self.described(error))

    def called(self, request: messages.CallRequest, payload: memoryview) -> tuple[messages.Reply, list[memoryview]]:
        """The reply to one call. Raises whatever a hostile value raises when it is looked at."""
        decoder = Decoder(payload, self._resolve)
        call = Call(
            target=decoder.decode(request.target),
            args=tuple(decoder.decode(node) for node in request.args),
            kwargs={name: decoder.decode(node) for name, node in request.kwargs.items()},
            requires_grad=tuple(request.requires_grad),
            upstream=None if request.upstream is None else tuple(decoder.decode(node) for node in request.upstream),
            replace={name: decoder.decode(node) for name, node in request.replace.items()},
            twin=request.twin,
            counted=request.counted,
            effects=request.effects,
            identity=request.identity,
        )
        outcome = invoke(self.space, call, facts=False)
        name = call.target.name if isinstance(call.target, Probe) else call.target
        first = name not in self._seen
        self._seen.add(name)
        changes = self.state.changes(seeds=first)
        self.state.restore()
        encoder = Encoder(keep=self._keep, inputs=self.space.last_inputs)
        value = encoder.encode(outcome.value)
        gradients = None if outcome.gradients is None else [encoder.encode(g) for g in outcome.gradients]
        reply = messages.Returned(
            request.id,
            value,
            gradients,
            list(outcome.modified),
            outcome.error,
            changes,
            outcome.operations,
            None if outcome.same_as is None else list(outcome.same_as),
            outcome.effects,
        )
        return reply, encoder.buffers

    def described(self, error: BaseException) -> Raised:
        """An exception that looking at the submission's objects raised."""
        try:
            return raised(error, self.space.sources)
        except BaseException:
            return Raised("exception", "Exception", "")

    def _keep(self, value: Any) -> messages.Node:
        if len(self.space.objects) >= MAX_OBJECTS:
            return messages.OpaqueNode(plain(type(value).__name__))
        remote = self.space.keep(value)
        return messages.RemoteNode(remote.handle, remote.type_name)

    def _resolve(self, node: messages.Node, decoder: Decoder) -> Any:
        if isinstance(node, messages.ProbeNode):
            return Probe(node.name, tuple(decoder.decode(item) for item in node.args), node.build)
        if isinstance(node, messages.RemoteNode):
            return Remote(node.handle, node.type_name)
        if isinstance(node, messages.CallbackNode):
            return self._callback(node.number)
        raise WireError("unexpected node")

    def _callback(self, number: int) -> Any:
        """A function that asks the trusted side for its result."""

        def callback(*args: Any) -> Any:
            encoder = Encoder(keep=self._keep)
            nodes = [encoder.encode(argument) for argument in args]
            self.reply(messages.CallbackRequest(self.request_id, number, nodes), encoder.buffers)
            answer, payload = self.channel.receive(messages.CallbackAnswer)
            if answer.error is not None:
                raise meant(RuntimeError(f"{answer.error.type_name}: {answer.error.message}"[:MAX_TEXT]))
            value = Decoder(payload, self._resolve).decode(answer.value)
            return put_on_twin(value) if any(map(is_twin, tensors_in(args))) else value

        return callback


def _sources(chunks: list[messages.ChunkHeader], payload: memoryview) -> list[str]:
    """The chunks' texts, of the payload that holds them one behind the other."""
    texts, start = [], 0
    for chunk in chunks:
        texts.append(bytes(payload[start : start + chunk.size]).decode("utf-8", "surrogatepass"))
        start += chunk.size
    return texts


def _text(request: messages.LoadRequest, chunk: messages.ChunkHeader, source: str, sources: Sources) -> Text:
    """The chunk as it is run, and known to whoever shows a traceback."""
    filename = request.filename if chunk.label is None else f"{request.filename}[{chunk.label}]"
    lines = source.split("\n")
    sources[filename] = chunk.label, lines
    linecache.cache[filename] = (len(source), None, [line + "\n" for line in lines], filename)
    return Text(filename, lines)


def flush_output() -> None:
    """Push out what the submission printed, whatever it put in the place of sys.stdout."""
    streams: tuple[Any, ...] = (sys.__stdout__, sys.__stderr__, sys.stdout, sys.stderr)
    for stream in streams:
        try:
            stream.flush()
        except BaseException:
            continue


def redirect_output(descriptor: int) -> None:
    """Standard output and error go to `descriptor`, standard input comes from nowhere."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
    # As Python itself keeps them: who wraps `sys.stdout.buffer` anew lets go of the old wrapper, which would close it.
    sys.__stdin__, sys.__stdout__, sys.__stderr__ = sys.stdin, sys.stdout, sys.stderr  # type: ignore[misc]


def enter_scratch(scratch: str) -> None:
    """Working folder, home and temporary files are the scratch folder; helpers beside the file are importable."""
    os.chdir(scratch)
    os.environ.update({"HOME": scratch, "TMPDIR": scratch, "MPLCONFIGDIR": scratch, "MPLBACKEND": "Agg"})
    tempfile.tempdir = None  # a library that was imported before the fork may have asked where that is
    sys.path.insert(0, scratch)
    sys.argv = [""]
    sys.dont_write_bytecode = True


def serve_and_exit(sock: socket.socket, memory_mb: int) -> NoReturn:
    """Serve until the channel ends, then leave without interpreter shutdown: atexit hooks are the submission's."""
    worker = WorkerLoop(sock, memory_mb)
    try:
        worker.serve()
    except WireError:
        pass  # the submission closed the channel, or read from it
    except BaseException as error:
        # A signal handler of the submission's raises wherever our code happens to be: that is no fault of ours.
        if is_fault(error) and not worker.state.tampered():
            tell_plainly(sock, worker.request_id, told(error))
    finally:
        os._exit(CHANNEL_LOST)


def tell_plainly(sock: socket.socket, number: int, reason: str) -> None:
    """Send `Broken` without all that may have failed before: the wire's own code, and msgspec."""
    header = json.dumps({"type": "broken", "id": number, "reason": reason[:MAX_TEXT]}).encode()
    sock.sendall(struct.pack("<4sIQ", b"GRD1", len(header), 0) + header)


def rehearse() -> None:
    """Make a call as a worker does, without its gradient, which would begin threads: what is looked up or built at the
    first one is then there in every process that is forked from this one."""
    worker = WorkerLoop(socket.socketpair()[0], 0)
    vars(worker.space.module)["f"] = lambda x: torch.where(x > 0, x.exp() * 2, -x).clone()
    encoder = Encoder(keep=worker._keep, strided=True)
    arguments = [encoder.encode(torch.zeros(2, dtype=torch.float64))]
    request = messages.CallRequest(1, encoder.encode("f"), arguments, {}, [], None, {}, effects=True)
    frame = b"".join(pack(request, encoder.buffers))
    header = decoded(frame[PREFIX.size : -ALIGNMENT], messages.Request)
    pack(*worker.called(header, memoryview(frame[-ALIGNMENT:])))
