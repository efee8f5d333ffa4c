"""Which platform an export is from, and whose each of its files is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from grader.errors import UsageError
from grader.intake.canvas import canvas_readings, is_canvas
from grader.intake.gradescope import METADATA, gradescope_file, read_submitters
from grader.intake.model import Entry, HandedIn, Identity
from grader.intake.moodle import is_moodle, moodle_files
from grader.intake.names import is_hidden
from grader.text import Message, say

Platform = Literal["Moodle", "Canvas", "Gradescope"]


class Export(msgspec.Struct, frozen=True):
    """An export, understood. left_out: entries that nobody's work can be told from, and why."""

    platform: Platform
    files: tuple[HandedIn, ...]
    left_out: tuple[tuple[str, Message], ...]


def recognise(entries: Sequence[Entry]) -> tuple[Platform, int] | None:
    """The platform, and how many folders lie around the whole export; None if it is none that is known.

    Zips that were packed again have a folder around everything.
    """
    paths = [entry.parts for entry in entries if entry.problem is None and not is_hidden(entry.parts)]
    for depth in (0, 1):
        platform = _platform({path[depth] for path in paths if len(path) > depth})
        if platform is not None:
            return platform, depth
        if len({path[0] for path in paths}) != 1:
            return None
    return None


def _platform(tops: set[str]) -> Platform | None:
    if METADATA in tops:
        return "Gradescope"
    if any(map(is_moodle, tops)):
        return "Moodle"
    # Canvas's names are common ones, so most files must have them.
    return "Canvas" if 2 * sum(map(is_canvas, tops)) > len(tops) else None


def understand(platform: Platform, depth: int, entries: Sequence[Entry]) -> Export:
    """Say whose each file is. Raises UsageError if Gradescope's metadata can't be read."""
    attribute = _attribution(platform, depth, entries)
    readings: list[list[HandedIn]] = []
    left_out: list[tuple[str, Message]] = []
    for entry in entries:
        if entry.problem is None and is_hidden(entry.parts):
            continue
        parts = entry.parts[depth:]
        own = attribute(parts, entry) if parts and _stays_inside(entry, depth) else []
        readings.append(own)
        if not own and (entry.problem is not None or parts != (METADATA,)):
            left_out.append((entry.path, entry.problem or say("whose it is can't be told from its name")))
    files = (file for own in (_settled(readings) if platform == "Canvas" else readings) for file in own)
    return Export(platform, tuple(file for file in files if file.parts), tuple(left_out))


def _settled(readings: list[list[HandedIn]]) -> list[list[HandedIn]]:
    """One reading of each name: not one by which a number would go with another name than it does elsewhere."""
    names: dict[Identity, set[str]] = {}
    for own in readings:
        if len(own) == 1:
            names.setdefault(own[0].person.identity, set()).add(own[0].person.name)

    def fits(file: HandedIn) -> bool:
        return file.person.name in names.get(file.person.identity, {file.person.name})

    return [[next(filter(fits, own), own[0])] if own else [] for own in readings]


def _stays_inside(entry: Entry, depth: int) -> bool:
    """Whether the part that names the student can be believed: not if the path is absolute, or climbs before that."""
    return not entry.path.startswith(("/", "\\")) and ":" not in entry.path[:2] and ".." not in entry.parts[: depth + 1]


_Attribute = Callable[[tuple[str, ...], Entry], list[HandedIn]]


def _attribution(platform: Platform, depth: int, entries: Sequence[Entry]) -> _Attribute:
    if platform == "Moodle":
        return moodle_files
    if platform == "Canvas":
        return canvas_readings
    metadata = next(entry for entry in entries if entry.parts[depth:] == (METADATA,))
    if metadata.problem is not None:
        raise UsageError(metadata.problem)
    submitters = read_submitters(metadata)
    return lambda parts, entry: gradescope_file(parts, entry, submitters)
