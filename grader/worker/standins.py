"""What stands in for what a confined process can't do although code goes on without it: said, never punished."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import torch

from grader.calls import refused
from grader.worker.state import PRISTINE

_COMMAND_FAILED = 127 << 8  # as os.system gives it where there is no shell


def instead_of_programs() -> None:
    """In a process that has just confined itself: `torch.compile`, which would start a compiler, gives the function
    back as it is; `os.system` starts nothing, and that it was called is told."""
    refused.confined = True
    torch.compile = _as_it_is
    os.system = _no_command
    PRISTINE.accept(torch, "compile")


def _as_it_is(model: Callable[..., Any] | None = None, *_: Any, **__: Any) -> Any:
    """As torch.compile, without compiling: of a function that function, of options alone a decorator."""
    PRISTINE.told.add("compiler")
    return (lambda function: function) if model is None else model


def _no_command(command: Any) -> int:
    PRISTINE.told.add("command")
    return _COMMAND_FAILED
