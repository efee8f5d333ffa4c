"""The code cells of a Jupyter notebook (nbformat 4), without what only IPython understands."""

from __future__ import annotations

import re

import msgspec

from grader.errors import SubmissionError
from grader.text import Message, say

_MAX_CODE = 1 << 20
#: Cell magics whose cell is Python that runs here, in the notebook's own namespace.
_KEEPS_CELL = frozenset({"time", "timeit", "capture", "prun"})
_MAGIC = re.compile(r"[%!?]|[\w.]+\?{1,2}$|[\w, ]+=\s*(!|%[a-zA-Z])")

_GRADES = re.compile(r"[!%]grade\s")


class Chunk(msgspec.Struct, frozen=True):
    """A piece of a submission. `label` is the code cell's number, counted from 1; None for a .py file.

    first_line: the number of its first line, where lines are numbered through all chunks.
    """

    label: str | None
    source: str
    first_line: int


class _Cell(msgspec.Struct):
    cell_type: str
    source: str | list[str] = ""


class _Language(msgspec.Struct):
    name: str = ""
    language: str = ""


class _Metadata(msgspec.Struct):
    kernelspec: _Language | None = None
    language_info: _Language | None = None


class _Notebook(msgspec.Struct):
    # Outputs, attachments and all else are skipped by the decoder, unread.
    nbformat: int
    metadata: _Metadata = msgspec.field(default_factory=_Metadata)
    cells: list[_Cell] = []


def read_cells(content: bytes, file: str) -> tuple[tuple[Chunk, ...], tuple[Message, ...]]:
    """The code cells in order, and notes on what was left out. Lines keep their numbers within a cell.

    Raises SubmissionError if the file is no notebook with Python code.
    """
    notebook = _decode(content, file)
    chunks: list[Chunk] = []
    notes: list[Message] = []
    line = 1
    sources = [_source(cell) for cell in notebook.cells if cell.cell_type == "code"]
    if sum(map(len, sources)) > _MAX_CODE:
        raise SubmissionError(say("the code in {file} is over 1 MiB; is it the right file?", file=file))
    for number, source in enumerate(sources, start=1):
        kept = _python(source, number, notes)
        if kept.strip():
            chunks.append(Chunk(str(number), kept, line))
            line += kept.count("\n") + 1
    if not chunks:
        raise SubmissionError(say("{file} has no code cell with code in it; was it saved?", file=file))
    return tuple(chunks), tuple(notes)


def _decode(content: bytes, file: str) -> _Notebook:
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        notebook = msgspec.json.decode(content, type=_Notebook)
    except msgspec.ValidationError:
        _expect_nbformat_4(content, file)
        raise SubmissionError(say("{file} is JSON, but no notebook; is it the right file?", file=file)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise SubmissionError(
            say("{file} is no notebook: it isn't JSON. Save it again in Jupyter, or rename Python code to .py",
                file=file)
        ) from None
    _expect_nbformat_4(content, file)
    _expect_python(notebook.metadata, file)
    return notebook


class _Version(msgspec.Struct):
    nbformat: int = 0


def _expect_nbformat_4(content: bytes, file: str) -> None:
    try:
        version = msgspec.json.decode(content, type=_Version).nbformat
    except msgspec.DecodeError:
        return
    if 0 < version < 4:
        raise SubmissionError(
            say("{file} is a notebook of the old format {version}; open it in Jupyter and save it again",
                file=file, version=version)
        )
    if version > 4:
        raise SubmissionError(
            say("{file} is a notebook of format {version}; this grader reads format 4", file=file, version=version)
        )


def _expect_python(metadata: _Metadata, file: str) -> None:
    info, kernel = metadata.language_info or _Language(), metadata.kernelspec or _Language()
    language = info.name or kernel.language
    if language and language.lower() not in {"python", "ipython", "python3"}:
        raise SubmissionError(
            say("{file} is a notebook for {language}; choose a Python kernel in Jupyter and save it again",
                file=file, language=language[:40])
        )


def _source(cell: _Cell) -> str:
    source = cell.source if isinstance(cell.source, str) else "".join(cell.source)
    return source.replace("\r\n", "\n").replace("\r", "\n")


def _python(source: str, number: int, notes: list[Message]) -> str:
    """The cell with its magic lines blank; empty if the whole cell belongs to a magic."""
    lines = source.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%"):
        magic = first[2:].split(maxsplit=1)[0] if first[2:].strip() else ""
        if magic not in _KEEPS_CELL:
            notes.append(say("code cell {cell} was left out: %%{magic} is no Python", cell=number, magic=magic))
            return ""
    magics = _magic_lines(lines)
    # The cell that grades is ours: that it is left out is nothing to tell.
    told = [position for position in magics if not _GRADES.match(lines[position].strip())]
    if told:
        example = lines[told[0]].strip()[:60]
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
