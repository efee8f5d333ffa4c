"""Where a command's output goes: standard output, or files that the reader named."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from grader.cli.spoken import language_of
from grader.errors import UsageError, reason_of
from grader.report.layout import cells, wrap
from grader.text import Message, Text, listed, render, say

STANDARD_OUTPUT = "-"


def tell(*texts: Message | str) -> None:
    """Prints sentences for the reader of the running command on standard output, a line for each."""
    for text in texts:
        print(render(text, language_of()))


def tell_written(folder: str, written: Sequence[str], kept: Sequence[str]) -> None:
    """Says how many files were written into a folder, and which were left as the reader had changed them."""
    tell(say("{folder}: files written: {count}", folder=folder, count=len(written)))
    if kept:
        tell(say("Kept as you changed them: {files}", files=listed(kept)))


def complain(trouble: Message | None) -> None:
    """Prints what went wrong beside the work itself, if anything did, on standard error."""
    if trouble is not None:
        print(f"grade: {render(trouble, language_of())}", file=sys.stderr)


def can_print(text: str) -> bool:
    """Whether standard output's encoding has these characters."""
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return False
    return True


def paragraph(text: Message | Text | str, language: str, width: int = 80) -> list[str]:
    """A text as lines of at most `width` columns."""
    return wrap(render(text, language), width)


def hanging(start: str, text: Message | Text | str, language: str, width: int = 80) -> list[str]:
    """The text after `start`, its further lines below its first."""
    first, *others = paragraph(text, language, max(width - cells(start), 20))
    return [start + first, *(" " * cells(start) + line for line in others)]


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
    named = [(option, target) for option, target in targets if target is not None]
    for (one, first), (two, second) in combinations(named, 2):
        if first == second or (
            STANDARD_OUTPUT not in (first, second) and Path(first).resolve() == Path(second).resolve()
        ):
            raise UsageError(say("{one} and {two} can't both write to {place}.", one=one, two=two, place=first))


def write_to(option: str, target: str, data: bytes) -> None:
    """Writes `data`. Raises UsageError if the file can't be written."""
    if target == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        Path(target).write_bytes(data)
    except OSError as error:
        raise UsageError(
            say("{option}: {path} can't be written: {reason}", option=option, path=target, reason=reason_of(error))
        ) from None


def flush() -> None:
    """Flushes what was printed; a reader that left early (`| head`) is no error."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
