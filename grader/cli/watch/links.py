"""Links that a terminal follows when they are clicked (OSC 8), where it is known to have them."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from pathlib import Path

from grader.report.layout import visible
from grader.report.wording import near

#: What some terminals set that have links. Visual Studio Code is not among them: it makes links of FILE:LINE itself,
#: which lead to the line.
_PROGRAMS = frozenset({"iTerm.app", "WezTerm", "ghostty", "Hyper", "rio", "Tabby", "WarpTerminal"})
_TERMS = ("xterm-kitty", "alacritty", "foot", "contour", "xterm-ghostty", "wezterm")
_SET_BY_ONE = ("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM")
#: The first VTE (GNOME's terminal and others) without faults in its links.
_VTE = 5000


def has_links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is known to have links; FORCE_HYPERLINK=1 or 0 says so for one that is not known."""
    forced, term = environ.get("FORCE_HYPERLINK"), environ.get("TERM", "dumb")
    if forced is not None:
        return forced not in ("", "0")
    # A multiplexer hides which terminal is around it.
    if term == "dumb" or term.startswith(("screen", "tmux", "linux")):
        return False
    version = environ.get("VTE_VERSION", "")
    return (
        (version.isdigit() and int(version) >= _VTE)
        or environ.get("TERM_PROGRAM") in _PROGRAMS
        or term.startswith(_TERMS)
        or any(name in environ for name in _SET_BY_ONE)
    )


def linked(line: str, file: Path) -> str:
    """The line with a link where it names the file, and a line of it."""
    name = re.escape(visible(near(str(file))))
    # The host's name tells a terminal on another machine that this file is none of its own.
    address = f"file://{socket.gethostname()}{_path(file)}"
    return re.sub(rf"{name}(?::\d+)?", lambda found: f"\x1b]8;;{address}\x1b\\{found[0]}\x1b]8;;\x1b\\", line, count=1)


def _path(file: Path) -> str:
    return (Path(os.path.abspath(file))).as_uri().removeprefix("file://")
