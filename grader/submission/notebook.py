"""The code cells of a Jupyter notebook (nbformat 4), without what only IPython understands."""

from __future__ import annotations

import re

from grader.errors import SubmissionError
from grader.submission.elsewhere import DEFINED
from grader.submission.ipynb import RawCell, cells_of, expect_notebook, expect_readable
from grader.submission.magics import cell_without_magics
from grader.submission.model import Aside, Chunk
from grader.text import Message, say

_MAX_CODE = 1 << 20
#: Of cells that are no code so many are looked at, none that is larger, and so many of their names are remembered.
_MOST_LOOKED_AT, _LARGEST_ASIDE, _MOST_ASIDES = 1_000, 64 << 10, 200
_MOST_NOTES = 20
#: Names of kernels that say of their own in what language a notebook is, although nothing else in it does.
_KERNELS = {
    "ir": "R", "julia": "Julia", "octave": "Octave", "matlab": "MATLAB", "bash": "Bash", "javascript": "JavaScript",
    "deno": "TypeScript", "tslab": "TypeScript", "xcpp": "C++", "rust": "Rust", "evcxr": "Rust", "gophernotes": "Go",
    "gonb": "Go", "ruby": "Ruby", "java": "Java", "ijava": "Java", "kotlin": "Kotlin", "scala": "Scala",
    "haskell": "Haskell", "ihaskell": "Haskell", ".net": ".NET", "sas": "SAS", "stata": "Stata",
    "wolframlanguage": "Wolfram",
}  # fmt: skip
_PYTHON = frozenset({"python", "ipython", "python3"})


def read_cells(content: bytes, file: str) -> tuple[tuple[Chunk, ...], tuple[Message, ...], tuple[Aside, ...]]:
    """The code cells in order, notes on what was left out, and what other cells would define. Lines keep their numbers
    within a cell.

    Raises SubmissionError if the file is no notebook with Python code.
    """
    kernel, language = expect_notebook(content, file)
    _expect_python(kernel, language, file)
    chunks: list[Chunk] = []
    notes: list[Message] = []
    line = 1
    cells = cells_of(content, file)
    beside = _asides(cells)
    for number, source in enumerate(_sources(cells, content, file), start=1):
        if source is None:
            notes.append(say("code cell {cell} was left out: what is in it is no text", cell=number))
        kept = cell_without_magics(source or "", number, notes)
        if kept.strip():
            chunks.append(Chunk(str(number), kept, line))
            line += kept.count("\n") + 1
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [say("{count} more notes of this kind were left out", count=len(notes) - _MOST_NOTES)]
    if not chunks:
        raise SubmissionError(say("{file} has no code cell with code in it; was it saved?", file=file))
    return tuple(chunks), tuple(notes), beside


def _asides(cells: list[RawCell]) -> tuple[Aside, ...]:
    """What Markdown and raw cells would define if they were code, of those cells that are worth a look."""
    found: dict[str, Aside] = {}
    for number, cell in enumerate(cells[:_MOST_LOOKED_AT], start=1):
        if cell.kind in ("markdown", "raw") and cell.size <= _LARGEST_ASIDE:
            for match in DEFINED.finditer(cell.text() or ""):
                found.setdefault(match[1], Aside(match[1], cell.kind, number))
                if len(found) >= _MOST_ASIDES:
                    return tuple(found.values())
    return tuple(found.values())


def _sources(cells: list[RawCell], content: bytes, file: str) -> list[str | None]:
    """What is in the code cells; None for what is no text."""
    cells = [cell for cell in cells if cell.kind == "code"]
    # In JSON a character of one byte may take six: a \\u escape.
    sources = [cell.text() for cell in cells] if sum(cell.size for cell in cells) <= 6 * _MAX_CODE else None
    if sources is None or sum(len(source or "") for source in sources) > _MAX_CODE:
        raise SubmissionError(say("the code in {file} is over 1 MiB; is it the right file?", file=file))
    if None in sources:
        expect_readable(content, file)
    return sources


def _expect_python(kernel: str, language: str, file: str) -> None:
    # Of a kernel's name the language is what comes before its version: julia-1.10, .net-csharp, xcpp17.
    language = language or _KERNELS.get(re.split(r"[-_\d]", kernel.lower())[0], "")
    if language and language.lower() not in _PYTHON:
        raise SubmissionError(
            say(
                "{file} is a notebook for {language}; choose a Python kernel in Jupyter and save it again",
                file=file,
                language=language[:40],
            )
        )
