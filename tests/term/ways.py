"""The same work, as each way of collecting it brings it, and the roster and times that come with it."""

from __future__ import annotations

import copy
import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

from tests.intake.exports import Files, export, moodle
from tests.term.people import Person, Work

_COLUMNS = ("student", "name", "Canvas ID", "Identifier", "SID", "email", "language")


def roster(path: Path, people: Sequence[Person], time_column: str = "", works: Iterable[Work] = ()) -> Path:
    """The class as a table; with the times of one exercise's works, as Moodle writes them, if the column is named."""
    times = {work.person.id: _told(work) for work in works if work.source is not None}
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([*_COLUMNS, time_column] if time_column else _COLUMNS)
    for one in people:
        row = [one.id, one.name, one.canvas, one.moodle, f"s{one.id}", f"{one.id}@example.org", one.language]
        table.writerow([*row, times.get(one.id, "")] if time_column else row)
    path.write_text(text.getvalue(), "utf-8")
    return path


def _told(work: Work) -> str:
    return f"{work.time:%A, %d %B %Y, %I:%M %p}"


def plain(folder: Path, works: Iterable[Work], handout: Path) -> Path:
    """`STUDENT/EXERCISE/FILE`, with a time beside each."""
    files: dict[str, str] = {}
    for work in works:
        if work.source is not None:
            top = f"{work.person.id}/{work.exercise}"
            files |= {f"{top}/{work.slug}.py": _text(work, handout), f"{top}/timestamp.txt": _stamp(work)}
    return export(folder, files)


def notebooks(course: Path, works: Iterable[Work]) -> Path:
    """nbgrader's `submitted/`, of the notebooks that its course folder releases."""
    files: dict[str, str] = {}
    for work in works:
        if work.source is not None:
            top = f"{work.person.id}/{work.exercise}"
            files |= {f"{top}/{work.slug}.ipynb": _notebook(course, work), f"{top}/timestamp.txt": _stamp(work)}
    return export(course / "submitted", files)


def canvas_zip(path: Path, works: Iterable[Work], handout: Path) -> Path:
    """An export of one assignment."""
    files = {}
    for work in works:
        if work.source is not None:
            late = "_LATE" if work.hours > 0 else ""
            name = work.person.file_name.replace(" ", "").lower()
            start = f"{name}{late}_{work.person.canvas}_{90000 + work.person.number}"
            files[f"{start}_{work.slug}.py"] = _text(work, handout)
    return export(path, files)


def moodle_zip(path: Path, works: Iterable[Work], handout: Path) -> Path:
    """An export of one assignment."""
    return export(
        path,
        {
            moodle(work.person.file_name, work.person.moodle, f"{work.slug}.py"): _text(work, handout)
            for work in works
            if work.source is not None
        },
    )


def gradescope_zip(path: Path, works: Iterable[Work], handout: Path) -> Path:
    """An export of one assignment."""
    files: dict[str, str | bytes] = {}
    lines = ["---"]
    for work in works:
        if work.source is not None:
            name = f"submission_{8000 + work.person.number}"
            files[f"assignment_5_export/{name}/{work.slug}.py"] = _text(work, handout)
            lines += [f"{name}:", "  :submitters:", f"  - :name: {json.dumps(work.person.name)}"]
            lines += [f"    :sid: s{work.person.id}", f"    :email: {work.person.id}@example.org"]
            lines += [f"  :created_at: {work.time.astimezone(UTC):%Y-%m-%d %H:%M:%S}.000000000 Z"]
    packed: Files = {"assignment_5_export/submission_metadata.yml": "\n".join(lines) + "\n", **files}
    return export(path, packed)


def _text(work: Work, handout: Path) -> str:
    """What is handed in as a Python file; who did nothing hands in the file as it was handed out."""
    return work.source or (handout / work.exercise / f"{work.slug}.py").read_text("utf-8")


def _notebook(course: Path, work: Work) -> str:
    """The released notebook, with all of the source in its first solution cell."""
    whole = json.loads((course / "release" / work.exercise / f"{work.slug}.ipynb").read_text("utf-8"))
    if work.source:
        cells = copy.deepcopy(whole["cells"])
        solutions = [cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("solution")]
        for cell in solutions:
            cell["source"] = ""
        solutions[0]["source"] = work.source
        whole["cells"] = cells
    return json.dumps(whole)


def _stamp(work: Work) -> str:
    return f"{work.time.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
