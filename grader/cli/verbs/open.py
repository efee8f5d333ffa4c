"""`grade open [EXERCISE]`: the course in a browser, with the verdict of every save."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

import click

from grader.cli.completion import exercise_names
from grader.cli.options import option, verb, whole_number
from grader.cli.output import tell
from grader.cli.spoken import language_of
from grader.errors import UsageError, reason_of
from grader.installing import extra_command
from grader.text import listed, say

#: What shells report of a program that Ctrl-C ended.
_INTERRUPTED = 130
#: The packages of the extra `page`, by the names under which they are imported.
_NEEDED = ("latex2mathml", "markdown_it", "mdit_py_plugins", "starlette", "uvicorn")


@verb(
    "open",
    say(
        "Shows the map of the course and every statement in your browser, and beside it the verdict on your file, "
        "renewed at every save. It goes to the exercise whose page you open, or whose file you save. Only this machine "
        "can see it. Ctrl-C ends it."
    ),
    "grade open",
    "grade open exercise03 --no-browser",
)
@click.argument("exercise", shell_complete=exercise_names, required=False)
@option(
    "--port",
    metavar="N",
    callback=whole_number(1, 65535, say("--port takes a number from 1 to 65535, not {value}.", value="")),
    text=say("the port on 127.0.0.1; any that is free if left out"),
)
@option("--no-browser", "quiet", is_flag=True, text=say("only print the address"))
def command(*, exercise: str | None, port: int | None, quiet: bool, course: Path | None) -> int:
    """Serves and grades until the reader interrupts."""
    _check_installed()
    listening = _listening(port)
    from grader.course.find import find_course, find_exercise

    found = find_course(course)
    chosen = find_exercise(found, exercise) if exercise is not None else None

    from grader.follow.inbox import Moved
    from grader.live.board import Board
    from grader.live.pages import Pages
    from grader.live.server import Server
    from grader.live.session import Session
    from grader.site.pages import page_name

    board = Board()
    session = Session(found, board)
    first = session.first(chosen)
    language = language_of()
    server = Server(
        listening,
        Pages(found, session.memory, board),
        board,
        lambda name: session.inbox.put(Moved(name)),
        language=language,
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, partial(_leave, session.end))
    server.start()
    shown = language if language in found.languages else found.languages[0]
    address = server.address(page_name(found, chosen, shown))
    tell(say("The course is at {address}", address=address), say("Ctrl-C ends it."))
    sys.stdout.flush()
    if not quiet and _has_browser():
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    session.run(first)
    return _INTERRUPTED


def _leave(end: Callable[[], None], number: int, frame: FrameType | None) -> None:
    """An exception would be lost, or end the process on the spot, while PyTorch is imported. A second Ctrl-C raises."""
    signal.signal(number, signal.default_int_handler)
    end()


def _check_installed() -> None:
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        problem = say(
            "grade open needs {packages}, not installed here (the extra {extra}): {command}",
            packages=listed(missing),
            extra="page",
            command=extra_command("page"),
        )
        raise UsageError(problem)


def _listening(port: int | None) -> socket.socket:
    """Where browsers reach it. Raises UsageError where that port can't be had."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port or 0))
        listening.listen()
    except OSError as error:
        problem = say(
            "Port {port} can't be used: {reason}. Name another one, or leave --port out.",
            port=str(port),
            reason=reason_of(error),
        )
        raise UsageError(problem) from None
    return listening


def _has_browser() -> bool:
    """Whether a window can be opened: a browser for terminals would take this one."""
    return sys.platform == "darwin" or any(map(os.environ.get, ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")))
