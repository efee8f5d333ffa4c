"""What confinement refused, where an exception comes of that: told by the error's number and by whose code met it.

A word for the trusted side, attested like all that a worker says: it chooses a sentence there and nothing else.
"""

from __future__ import annotations

import errno
import os
import socket

#: Set by a process that has confined itself; elsewhere a refusal has other reasons.
confined = False

#: Beginnings of the names of modules whose code starts processes, or connects, and what it then was.
_BY_MODULE = (
    ("torch.utils.data", "workers"), ("torch._inductor", "compiler"), ("torch._dynamo", "compiler"),
    ("torch.utils.cpp_extension", "compiler"), ("multiprocessing", "process"), ("torch.multiprocessing", "process"),
    ("concurrent.futures.process", "process"), ("subprocess", "process"), ("joblib", "process"), ("pty", "process"),
    ("socket", "connection"), ("ssl", "connection"), ("asyncio", "connection"), ("http", "connection"),
    ("urllib", "connection"),
)  # fmt: skip
_MOST_ERRORS, _MOST_FRAMES = 20, 2_000


def refused(error: BaseException) -> str:
    """What was refused: "workers", "compiler", "process", "connection", "outside" (a file), "attributes" (of a file),
    "size" (of a file), "files" (open ones), or "call" for another system call; empty where confinement is not why."""
    try:
        return _refused(error) if confined else ""
    except BaseException:
        return ""  # an exception may answer anything when it is asked for its number


def _refused(error: BaseException) -> str:
    chain: dict[int, BaseException] = {}
    cause: BaseException | None = error
    while cause is not None and id(cause) not in chain and len(chain) < _MOST_ERRORS:
        chain[id(cause)] = cause
        cause = cause.__cause__ or cause.__context__
    modules = [name for one in chain.values() for name in _modules(one)]
    return next((word for one in reversed(chain.values()) if (word := _of(one, modules))), "")


def _of(error: BaseException, modules: list[str]) -> str:
    if not isinstance(error, OSError):
        return ""
    if isinstance(error, socket.gaierror | socket.herror):
        return "connection"
    if error.errno == errno.EFBIG:
        return "size"
    if error.errno == errno.EMFILE:
        return "files"
    if error.errno not in (errno.EPERM, errno.EACCES):
        return ""
    path = error.filename
    if isinstance(path, str):
        return ("attributes" if error.errno == errno.EPERM else "") if _is_inside(path) else "outside"
    named = (word for start, word in _BY_MODULE for name in modules if f"{name}.".startswith(f"{start}."))
    return next(named, "call" if path is None and error.errno == errno.EPERM else "")


def _is_inside(path: str) -> bool:
    """Whether the path leads into the one folder in which files may be written."""
    home = os.environ.get("HOME", "")
    return f"{os.path.abspath(path)}/".startswith(f"{home}/")


def _modules(error: BaseException) -> list[str]:
    """The names of the modules that an error passed through."""
    names: list[str] = []
    step = error.__traceback__
    while step is not None and len(names) < _MOST_FRAMES:
        name = step.tb_frame.f_globals.get("__name__")
        names.append(name if type(name) is str else "")
        step = step.tb_next
    return names
