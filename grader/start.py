"""The console script's first lines: a warm server grades, if there is one; else a zygote starts to import PyTorch
before this process parses its command line.

On two cores both imports then run side by side, and a graded run costs no more than one of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from grader.floors import python_too_old, sentence, too_old
from grader.packages import settle

TYPE_CHECKING = False  # typing's own would cost every warm run its import
if TYPE_CHECKING:
    from typing import NoReturn

#: The grader itself can't work here (GraderFault.exit_status).
_CANNOT_RUN = 4


def main() -> NoReturn:
    """`grade`."""
    problem = python_too_old()  # an old Python reads all of this file first, so it has none of the newer syntax
    if problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(_CANNOT_RUN)
    _open_closed_streams()
    settle()
    from grader.cli.verbs import NOT_GRADING, STAYING

    words = sys.argv[1:]
    afterwards = None
    if words and NOT_GRADING.isdisjoint(words):
        if STAYING.isdisjoint(words):
            afterwards = _run_warm(words)
        import gc

        from grader.boundary.launch import start_early

        start_early()
        # Importing PyTorch makes a million objects and no garbage: collecting among them costs a tenth of the run.
        gc.disable()
    _refuse_old(words)
    from grader.cli.main import main as command

    command(afterwards=afterwards)


def _open_closed_streams() -> None:
    """As if /dev/null had been given for a standard stream that is closed, as in `grade exercise03 >&-`.

    The first files opened would get its number otherwise, and what is printed would go into them.
    """
    for number, (name, mode) in enumerate((("stdin", "r"), ("stdout", "w"), ("stderr", "w"))):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, mode, encoding="utf-8"))  # noqa: SIM115


def _refuse_old(words: list[str]) -> None:
    """End with a sentence where something installed is too old; not for `doctor`, which says more, nor for a shell that
    asks for completions."""
    old = too_old()
    if not old or "doctor" in words or "_GRADE_COMPLETE" in os.environ:
        return
    from itertools import pairwise

    from grader.text import render
    from grader.text.language import UnknownLanguage, choose_language, locale_language

    option = next((after for word, after in pairwise(words) if word == "--lang"), None)
    try:
        language = choose_language(option, None, os.environ)
    except UnknownLanguage:
        language = locale_language(os.environ)
    sys.stderr.write(f"grade: {render(sentence(old), language)}\n")
    sys.stderr.flush()
    os._exit(_CANNOT_RUN)


def _run_warm(words: list[str]) -> Callable[[], None] | None:
    """Have the server run the command, and end as it did. Where it can't: what leaves one behind, if one may be."""
    from grader.warm.place import allowed, warm_words

    if not (warm_words(words) and allowed(os.environ)):
        return None
    from grader.warm.client import run_warm, server_to_leave
    from grader.warm.key import key

    fits = key()
    status = run_warm(words, fits)
    if status is not None:
        os._exit(status)
    return server_to_leave(fits)
