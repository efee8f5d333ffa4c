"""Lists and reads an export that was unpacked. No link is followed, and nothing is opened before it is to be read."""

from __future__ import annotations

import os
from pathlib import Path

from grader.errors import SubmissionError, UsageError
from grader.intake.model import MOST_ENTRIES, Entry, entry
from grader.intake.names import clipped, decode_name, is_hidden
from grader.submission.files import path_is_link, read_regular
from grader.text import say


def folder_entries(root: Path) -> list[Entry]:
    """Every file below `root`, sorted. Raises UsageError if there are too many."""
    found: list[Entry] = []

    def unreadable(error: OSError) -> None:
        path = str(error.filename)
        found.append(entry(_name(Path(path), root), _unread, say("{file} can't be read: {reason}", file=clipped(path),
                                                                 reason=error.strerror or str(error))))

    for folder, subfolders, files in os.walk(root, onerror=unreadable):
        subfolders.sort()
        links = [name for name in subfolders if path_is_link(Path(folder, name))]
        found += [_entry(Path(folder, name), root) for name in (*links, *sorted(files))]
        if len(found) > MOST_ENTRIES:
            raise UsageError(say("{folder} holds more than {most} files; is it the right folder?", folder=str(root),
                                 most=MOST_ENTRIES))
    return found


def first_entries(root: Path) -> list[Entry]:
    """The topmost names only, and those one level down if they all lie in one folder: enough to know an export by.

    A folder is listed as a name without an end.
    """
    names = [path for path in sorted(root.iterdir()) if not is_hidden((path.name,))]
    only = names[0] if len(names) == 1 and names[0].is_dir() and not path_is_link(names[0]) else None
    return [_entry(path, root) for path in (sorted(only.iterdir()) if only else names)]


def _entry(path: Path, root: Path) -> Entry:
    problem = None
    if path_is_link(path):
        problem = say("{file} is a link to another file; hand in the file itself", file=clipped(_name(path, root)))

    def read(limit: int) -> bytes:
        try:
            return read_regular(path, limit, follow_links=False)
        except UsageError as error:
            raise SubmissionError(error.message) from None

    return entry(_name(path, root), read, problem)


def _name(path: Path, root: Path) -> str:
    return decode_name(os.fsencode(path.relative_to(root)))


def _unread(limit: int) -> bytes:
    raise AssertionError("an entry with a problem is not read")
