"""A bar that says how far a long command is, for somebody who waits at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from grader.text import Message, render


@contextmanager
def progress_bar(what: Message, language: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error where that is a terminal; else nothing. It is told how many are done, and of how many."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(render(what, language), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
