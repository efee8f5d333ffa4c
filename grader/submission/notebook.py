"""The code cells of a Jupyter notebook (nbformat 4), without what only IPython understands."""

from __future__ import annotations

import re

from grader.errors import SubmissionError
from grader.submission.elsewhere import asides
from grader.submission.ipynb import RawCell, cells_of, expect_notebook, expect_readable
from grader.submission.model import Aside, Chunk
from grader.text import Message, say

_MAX_CODE = 1 << 20
#: Of cells that are no code so many are looked at, and none that is larger.
_MOST_LOOKED_AT, _LARGEST_ASIDE = 1_000, 64 << 10
_MOST_NOTES = 20
#: What a note quotes of a cell is cut to so many characters.
_LONGEST = 60
#: Cell magics whose cell is Python that runs here, in the notebook's own namespace.
_KEEPS_CELL = frozenset({"time", "timeit", "capture", "prun"})
_MAGIC = re.compile(r"[%!?]|[\w.]+\?{1,2}$|[\w, ]+=\s*(!|%[a-zA-Z])")

_GRADES = re.compile(r"[!%]grade\s|%(re)?load_ext grader$")


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
        kept = _python(source or "", number, notes)
        if kept.strip():
            chunks.append(Chunk(str(number), kept, line))
            line += kept.count("\n") + 1
    if len(notes) > _MOST_NOTES:
        notes[_MOST_NOTES:] = [say("{count} more notes of this kind were left out", count=len(notes) - _MOST_NOTES)]
    if not chunks:
        raise SubmissionError(say("{file} has no code cell with code in it; was it saved?", file=file))
    return tuple(chunks), tuple(notes), beside


def _asides(cells: list[RawCell]) -> tuple[Aside, ...]:
    """What Markdown and raw cells would define, those of some size at most and of all cells the first."""
    return asides(
        (cell.kind, number, cell.text() or "") for number, cell in enumerate(cells[:_MOST_LOOKED_AT], start=1)
        if cell.kind in ("markdown", "raw") and cell.size <= _LARGEST_ASIDE
    )


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
            say("{file} is a notebook for {language}; choose a Python kernel in Jupyter and save it again",
                file=file, language=language[:40])
        )


def _python(source: str, number: int, notes: list[Message]) -> str:
    """The cell with its magic lines blank; empty if the whole cell belongs to a magic."""
    lines = source.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%"):
        magic = first[2:].split(maxsplit=1)[0] if first[2:].strip() else ""
        if magic not in _KEEPS_CELL:
            notes.append(say("code cell {cell} was left out: %%{magic} is no Python", cell=number,
                             magic=magic[:_LONGEST]))
            return ""
    magics = _magic_lines(lines)
    # The cell that grades is ours: that it is left out is nothing to tell.
    told = [position for position in magics if not _GRADES.match(lines[position].strip())]
    if told:
        example = lines[told[0]].strip()[:_LONGEST]
        notes.append(say("code cell {cell}: IPython lines such as {line} were left out", cell=number, line=example))
    dropped = set(magics)
    return "\n".join(_blank(line) if i in dropped else line for i, line in enumerate(lines))


def _blank(line: str) -> str:
    """What takes the place of a magic's line: in the body of an `if`, a statement must stay."""
    indent = len(line) - len(line.lstrip())
    return line[:indent] + "pass" if indent and _is_magic(line) else ""


def _magic_lines(lines: list[str]) -> list[int]:
    """The positions of lines that only IPython reads, those in strings, comments and open brackets left alone."""
    if not any(map(_is_magic, lines)):
        return []
    open_lines = _continued(lines)
    found: list[int] = []
    for position, line in enumerate(lines):
        continues_magic = found and found[-1] == position - 1 and lines[position - 1].rstrip().endswith("\\")
        if continues_magic or (_is_magic(line) and position not in open_lines):
            found.append(position)
    return found


def _is_magic(line: str) -> bool:
    return bool(_MAGIC.match(line.strip()))


def _continued(lines: list[str]) -> set[int]:
    """Positions of lines that begin inside a string or a bracket: there a leading % is Python's own."""
    inside: set[int] = set()
    depth, quote, joined = 0, "", False
    for position, line in enumerate(lines):
        if depth or quote or joined:
            inside.add(position)
        elif _is_magic(line):
            continue
        depth, quote = _scan(line, depth, quote)
        joined = line.endswith("\\")
    return inside


_TOKEN = re.compile(r"\\.|'''|\"\"\"|['\"#()\[\]{}]")


def _scan(line: str, depth: int, quote: str) -> tuple[int, str]:
    """Bracket depth and open triple quote after a line."""
    for token in _TOKEN.findall(line):
        if quote:
            quote = "" if token == quote else quote
        elif token == "#":
            break
        elif token[0] in "'\"":
            quote = token
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            depth = max(depth - 1, 0)
    return depth, quote if len(quote) == 3 or line.endswith("\\") else ""
