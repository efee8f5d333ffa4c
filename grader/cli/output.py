"""Where a command's output goes: standard output, or files that the reader named."""

from __future__ import annotations

import os
import sys
from itertools import combinations
from pathlib import Path

from grader.errors import UsageError
from grader.text import Message, render, say

STANDARD_OUTPUT = "-"


def tell(text: Message | str, language: str) -> None:
    """Prints a sentence for the reader on standard output."""
    print(render(text, language))


def complain(trouble: Message | None, language: str) -> None:
    """Prints what went wrong beside the work itself, if anything did, on standard error."""
    if trouble is not None:
        print(f"grade: {render(trouble, language)}", file=sys.stderr)


def check_target(option: str, target: str | None, submission: Path | None = None) -> None:
    """Raises UsageError if `target` can't be written, or is the submission: before any work is done for it."""
    if target is None or target == STANDARD_OUTPUT:
        return
    path = Path(target)
    if path.is_dir():
        raise UsageError(say("{option}: {path} is a folder; name a file.", option=option, path=target))
    if not path.absolute().parent.is_dir():
        folder = str(path.parent)
        raise UsageError(say("{option}: there is no folder {folder}; make it first.", option=option, folder=folder))
    if submission is not None and path.resolve() == submission.resolve():
        raise UsageError(say("{option}: {path} is the file to grade; name another one.", option=option, path=target))


def check_apart(*targets: tuple[str, str | None]) -> None:
    """Raises UsageError if two options (name, target) name the same place."""
    for (one, here), (two, there) in combinations(targets, 2):
        if here is None or there is None:
            continue
        if here == there or (STANDARD_OUTPUT not in (here, there) and Path(here).resolve() == Path(there).resolve()):
            raise UsageError(say("{one} and {two} can't both write to {place}.", one=one, two=two, place=here))


def write_to(option: str, target: str, data: bytes) -> None:
    """Writes `data`. Raises UsageError if the file can't be written."""
    if target == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        Path(target).write_bytes(data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            say("{option}: {path} can't be written: {reason}", option=option, path=target, reason=reason)
        ) from None


def flush() -> None:
    """Flushes what was printed; a reader that left early (`| head`) is no error."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
