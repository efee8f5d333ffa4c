"""Lists and reads an export that was unpacked. No link is followed, and nothing is opened before it is to be read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
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
    entries: list[Entry] = []
    with OpenFolder.at(root) as top:
        tops = _list(top)
        only = _only(tops)
        groups: list[tuple[tuple[str, ...], Listed]] = [((), listed) for listed in tops if listed.name != only]
        if only is not None:
            with top.folder(only) as inner:
                groups = [*(((only,), listed) for listed in _list(inner)), *groups]
        for parts, listed in groups:
            entries += _all_of(root, top, parts, listed)
            if len(entries) > MOST_ENTRIES:
                name = str(root)
                raise UsageError(
                    say(
                        "{folder} holds more than {most} files; is it the right folder?", folder=name, most=MOST_ENTRIES
                    )
                )
    return entries


def first_entries(root: Path) -> list[Entry]:
    """The topmost names only, and those one level down if they all lie in one folder: enough to know an export by.

    A folder is listed as a name without an end.
    """
    with OpenFolder.at(root) as top:
        tops = [listed for listed in _list(top) if not is_hidden((listed.name,))]
        only = _only(tops)
        if only is not None:
            with suppress(SubmissionError), top.folder(only) as inner:
                return [_entry(root, (only, listed.name), listed) for listed in _list(inner)]
        return [_entry(root, (listed.name,), listed) for listed in tops]


def _list(folder: OpenFolder) -> list[Listed]:
    try:
        return folder.entries(MOST_ENTRIES)
    except SubmissionError as error:
        raise UsageError(error.message) from None


def _only(tops: list[Listed]) -> str | None:
    """The name of the folder that lies around everything, if there is one."""
    shown = [listed for listed in tops if not is_hidden((listed.name,))]
    return shown[0].name if len(shown) == 1 and shown[0].kind == "folder" else None


def _all_of(root: Path, top: OpenFolder, parts: tuple[str, ...], listed: Listed) -> list[Entry]:
    """The file that is listed so, or all files in that folder. What can't be listed is one entry that says why."""
    own = (*parts, listed.name)
    try:
        with top.below(parts) as folder:
            entries = list(islice(_walk(root, folder, parts, listed), MOST_OF_ONE + 1))
    except SubmissionError as error:
        return [_entry(root, own, problem=error.message)]
    if len(entries) <= MOST_OF_ONE:
        return entries
    problem = say("{folder} holds more than {count} files", folder=clipped(_name(own)), count=MOST_OF_ONE)
    return [_entry(root, own, problem=problem)]


def _walk(root: Path, folder: OpenFolder, parts: tuple[str, ...], listed: Listed) -> Iterator[Entry]:
    """Everything of one entry of an open folder."""
    own = (*parts, listed.name)
    if listed.kind != "folder":
        yield _entry(root, own, listed)
        return
    try:
        if len(own) > _DEEPEST:
            name = clipped(_name(own))
            raise SubmissionError(say("{folder} lies more than {count} folders deep", folder=name, count=_DEEPEST))
        with folder.folder(listed.name) as inner:
            for entry in inner.entries(MOST_OF_ONE):
                yield from _walk(root, inner, own, entry)
    except SubmissionError as error:
        yield _entry(root, own, problem=error.message)


def _entry(root: Path, parts: tuple[str, ...], listed: Listed | None = None, problem: Message | None = None) -> Entry:
    if listed is not None and listed.kind == "link":
        problem = say("{file} is a link to another file; hand in the file itself", file=clipped(_name(parts)))

    def read(limit: int) -> bytes:
        try:
            return read_below(root, Path(*parts), limit)
        except UsageError as error:
            raise SubmissionError(error.message) from None

    return entry(_name(parts), read, problem)


def _name(parts: tuple[str, ...]) -> str:
    return decode_name(os.fsencode("/".join(parts)))
