"""Whose an exception is that comes out of a call in a worker: the submission's, or our own code's.

A traceback tells. It begins in this package; where it enters the submission, a probe, or a function that `hands_over`,
what follows is the submission's; where from there it comes back into this package (an operation is counted, a twin
looked at), it is ours again. A library's frames count for whoever called it. Whatever our own code raises by itself is
a fault of the grader's, and no learner loses by it, unless it is `meant`.
"""

from __future__ import annotations

import os
import traceback
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import numpy as np
import torch

_OURS = os.path.join(os.path.dirname(__file__), "")
#: In an installed package the course's own files lie in it: none of our code.
_COURSE = os.path.join(_OURS, "_course", "")
_LIBRARIES = tuple(
    {
        os.path.join(os.path.dirname(os.__file__), ""),
        *(str(Path(str(library.__file__)).parents[1]) + os.sep for library in (torch, np, msgspec)),
        "<frozen ",
        "<__array_function__",
    }
)
#: As run_probes compiles them.
PROBES = "<probes>"
#: Modules of ours that stand in for others, which are not installed or not wanted here; what these say of a name that
#: they lack, they say in those others' place.
_STAND_INS = tuple(_OURS + name for name in ("calls/plots.py", "calls/absent.py"))
_OF_A_NAME = (AttributeError, ImportError, NameError)
#: Never a fault of ours, whoever's frame they show up in: a submission has used up what there is, or is not Python.
_NEVER = (MemoryError, RecursionError, SyntaxError, torch.cuda.OutOfMemoryError)
#: In a probe these say nothing about what the submission gave it.
_OF_THE_PLACE = (ImportError, PermissionError, NameError)

#: An attribute of what our own code raises on purpose; wire.py and codec.py have it on their classes.
_MEANT = "grader_means_it"

F = TypeVar("F", bound=Callable[..., Any])
E = TypeVar("E", bound=BaseException)

_handing_over: set[types.CodeType] = set()


class OwnFault(Exception):
    """Our own code raised in a worker; the text says what, and where."""


def hands_over(function: F) -> F:
    """Marks a function that calls the submission, or computes with what it gave: what it raises is the submission's."""
    codes: list[Any] = [function.__code__]
    while codes:  # a comprehension in it is a function of its own, before Python 3.12
        code = codes.pop()
        _handing_over.add(code)
        codes += [inner for inner in code.co_consts if isinstance(inner, types.CodeType)]
    return function


def meant(error: E) -> E:
    """The exception, as one that our code raises on purpose, in the place of what PyTorch or a library would raise."""
    setattr(error, _MEANT, True)
    return error


def is_fault(error: BaseException) -> bool:
    """Whether our own code raised this."""
    if isinstance(error, OwnFault):
        return True
    if not isinstance(error, Exception) or isinstance(error, _NEVER) or getattr(error, _MEANT, False):
        return False
    whose = _whose(error)
    if whose == "probe":
        return isinstance(error, _OF_THE_PLACE) or _is_library(error)
    return whose == "ours"


def _whose(error: BaseException) -> str:
    whose = "ours"
    for frame, _ in traceback.walk_tb(error.__traceback__):
        code = frame.f_code
        file = code.co_filename
        if code in _handing_over or file.startswith(_COURSE):
            whose = "theirs"
        elif file.startswith(_OURS):
            whose = "theirs" if file in _STAND_INS and isinstance(error, _OF_A_NAME) else "ours"
        elif file == PROBES:
            whose = "probe"
        elif not file.startswith(_LIBRARIES):
            whose = "theirs"
    return whose


def _is_library(error: Exception) -> bool:
    """Whether it is a library's module that lacks an attribute."""
    module = error.obj if isinstance(error, AttributeError) else None
    file = vars(module).get("__file__") if isinstance(module, types.ModuleType) else None
    return isinstance(file, str) and file.startswith(_LIBRARIES)


def told(error: BaseException) -> str:
    """The exception, and the innermost place in our own code, for whoever repairs it."""
    place = ""
    for frame, line in traceback.walk_tb(error.__traceback__):
        file = frame.f_code.co_filename
        if (file.startswith(_OURS) and not file.startswith(_COURSE)) or file == PROBES:
            place = f" ({os.path.basename(file).strip('<>')}, line {line})"
    return f"{type(error).__name__}: {error}"[:500] + place
