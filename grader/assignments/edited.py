"""Which generated notebooks of a folder were edited, and what becomes of them; what was generated is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from grader.assignments.merge import Digests, Merged, digests_of, merge
from grader.atomic import write_whole
from grader.course.generated import MOST_BYTES, Plan
from grader.course.regular import below, read_bounded

#: Of a group of files that are generated together: relative path → text.
Groups = Mapping[str, Mapping[str, str]]


class EditedNotebooks:
    """Those in one folder. records: where a file for each group tells which cells were generated."""

    def __init__(self, folder: Path, records: Path) -> None:
        self._folder, self._records = folder, records
        self._found: dict[str, bytes] = {}

    def merged(self, groups: Groups, plans: Mapping[str, Plan]) -> dict[str, Merged]:
        """By path, the edited notebooks as they are to be; without files that are no notebooks any more."""
        made: dict[str, Merged] = {}
        for group, files in groups.items():
            written = self._read_cells(group)
            for path in plans[group].edited:
                content = self._notebook(path) if path in files else None
                if content is not None and (one := merge(content, files[path], written.get(path, {}))):
                    made[path], self._found[path] = one, content
        return made

    def write(self, merged: Mapping[str, Merged]) -> list[str]:
        """Write those that change, each wholly or not at all; their paths. Raises OSError."""
        changed = [path for path, made in merged.items() if made.text.encode() != self._found[path]]
        for path in changed:
            write_whole(self._folder / path, merged[path].text.encode())
        return changed

    def remember(self, groups: Groups) -> None:
        """Note the cells that were generated. Raises OSError."""
        for group, files in groups.items():
            cells = {path: digests_of(text) for path, text in files.items() if path.endswith(".ipynb")}
            if cells:
                text = msgspec.json.format(msgspec.json.encode(cells, order="sorted"), indent=1)
                write_whole(self._record(group), text + b"\n")

    def _notebook(self, name: str) -> bytes | None:
        """What is in an edited notebook; None if it is no file that we may write to, such as a link."""
        path = below(self._folder, name)
        try:
            return read_bounded(path, MOST_BYTES) if path is not None and name.endswith(".ipynb") else None
        except OSError:
            return None

    def _read_cells(self, group: str) -> dict[str, dict[str, Digests]]:
        """By path and name; none where that is not known: then every cell that differs was edited."""
        try:
            content = read_bounded(self._record(group), MOST_BYTES)
            return msgspec.json.decode(content, type=dict[str, dict[str, Digests]])
        except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}

    def _record(self, group: str) -> Path:
        return self._records / f"cells-{group}.json"
