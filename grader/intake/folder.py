"""Lists and reads an export that was unpacked. No link is followed, and nothing is opened before it is to be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from grader.errors import SubmissionError, UsageError
from grader.intake.model import MOST_ENTRIES, Entry, entry
from grader.intake.names import clipped, decode_name, is_hidden
from grader.submission.folder import Entry as Listed
from grader.submission.folder import OpenFolder, read_below
from grader.text import Message, say

#: Files of one student, and folders in folders; more are never handed in by somebody who means well.
MOST_OF_ONE = 2000
_DEEPEST = 40


def folder_entries(root: Path) -> list[Entry]:
    """Every file below `root`, sorted. Raises UsageError if there are too many."""
    found: list[Entry] = []
    groups: list[tuple[tuple[str, ...], Listed]]
    with OpenFolder.at(root) as top:
        tops = _list(top)
        only = _only(tops)
        if only is None:
            groups = [((), one) for one in tops]
        else:
            with top.folder(only) as inner:
                groups = [((only,), one) for one in _list(inner)]
            groups += [((), one) for one in tops if one.name != only]
        for parts, one in groups:
            found += _all_of(root, top, parts, one)
            if len(found) > MOST_ENTRIES:
                raise UsageError(
                    say(
                        "{folder} holds more than {most} files; is it the right folder?",
                        folder=str(root),
                        most=MOST_ENTRIES,
                    )
                )
    return found


def first_entries(root: Path) -> list[Entry]:
    """The topmost names only, and those one level down if they all lie in one folder: enough to know an export by.

    A folder is listed as a name without an end.
    """
    with OpenFolder.at(root) as top:
        tops = [one for one in _list(top) if not is_hidden((one.name,))]
        only = _only(tops)
        if only is None:
            return [_entry(root, (one.name,), one) for one in tops]
        try:
            with top.folder(only) as inner:
                return [_entry(root, (only, one.name), one) for one in _list(inner)]
        except SubmissionError:
            return [_entry(root, (one.name,), one) for one in tops]


def _list(folder: OpenFolder) -> list[Listed]:
    try:
        return folder.entries(MOST_ENTRIES)
    except SubmissionError as error:
        raise UsageError(error.message) from None


def _only(tops: list[Listed]) -> str | None:
    """The name of the folder that lies around everything, if there is one."""
    shown = [one for one in tops if not is_hidden((one.name,))]
    return shown[0].name if len(shown) == 1 and shown[0].kind == "folder" else None


def _all_of(root: Path, top: OpenFolder, parts: tuple[str, ...], one: Listed) -> list[Entry]:
    """The file that is listed so, or all files in that folder. What can't be listed is one entry that says why."""
    own = (*parts, one.name)
    try:
        with top.below(parts) as folder:
            found = list(islice(_walk(root, folder, parts, one), MOST_OF_ONE + 1))
    except SubmissionError as error:
        return [_broken(own, error.message)]
    if len(found) <= MOST_OF_ONE:
        return found
    return [_broken(own, say("{folder} holds more than {count} files", folder=clipped(_name(own)), count=MOST_OF_ONE))]


def _walk(root: Path, folder: OpenFolder, parts: tuple[str, ...], one: Listed) -> Iterator[Entry]:
    """Everything of one entry of an open folder."""
    own = (*parts, one.name)
    if one.kind != "folder":
        yield _entry(root, own, one)
        return
    if len(own) > _DEEPEST:
        yield _broken(
            own, say("{folder} lies more than {count} folders deep", folder=clipped(_name(own)), count=_DEEPEST)
        )
        return
    try:
        with folder.folder(one.name) as inner:
            for entry in inner.entries(MOST_OF_ONE):
                yield from _walk(root, inner, own, entry)
    except SubmissionError as error:
        yield _broken(own, error.message)


def _entry(root: Path, parts: tuple[str, ...], one: Listed) -> Entry:
    problem = None
    if one.kind == "link":
        problem = say("{file} is a link to another file; hand in the file itself", file=clipped(_name(parts)))

    def read(limit: int) -> bytes:
        try:
            return read_below(root, Path(*parts), limit)
        except UsageError as error:
            raise SubmissionError(error.message) from None

    return entry(_name(parts), read, problem)


def _broken(parts: tuple[str, ...], problem: Message) -> Entry:
    return entry(_name(parts), _unread, problem)


def _name(parts: tuple[str, ...]) -> str:
    return decode_name(os.fsencode("/".join(parts)))


def _unread(limit: int) -> bytes:
    raise AssertionError("an entry with a problem is not read")
