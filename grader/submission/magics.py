"""What only IPython understands, in notebooks and in files exported from them, made plain Python.

Lines keep their numbers: a line that is left out stays as an empty one, or as a statement that does nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from grader.errors import SubmissionError
from grader.submission.syntax import expect_parsable
from grader.text import Message, say

#: What a note quotes of a cell is cut to so many characters.
_LONGEST = 60
#: Cell magics whose cell is Python that runs here, in the notebook's own namespace.
_KEEPS_CELL = frozenset(
    {"time", "timeit", "capture", "prun", "memit", "debug", "wandb", "pyinstrument", "snakeviz", "scalene", "heat"}
)
_WRITES_CELL = frozenset({"writefile", "file"})
#: Line magics whose line is a statement that runs here.
_STATEMENT = re.compile(r"(\s*)%time\s+(?![-%!])(\S.*)")
_ASSIGNED = re.compile(r"(\s*[\w, ]+=)\s*(?:!|%[a-zA-Z])")
#: A sign that begins no line of Python, help, an assignment, and commands that IPython takes without any sign.
_MAGIC = re.compile(
    r"[%!?]|[\w.]+\?{1,2}$|[\w, ]+=\s*(!|%[a-zA-Z])"
    r"|(?:python3?\s+-m\s+)?(?:pip3?|conda|mamba)\s+(?:install|uninstall|list|show|freeze)\b"
    r"|(?:cd|ls|cat|mkdir|cp|mv|rm)\s+(?!(?:in|is|if|and|or|not|for|as|else)\b)(?:[./~\w]|-\w)[^=(]*$"
)
_GRADES = re.compile(r"[!%]grade\s|%(re)?load_ext grader$")
#: Where a cell begins in a file: VS Code's and jupytext's mark, and nbconvert's.
_CELL = re.compile(r"#\s*(?:%%|In\s?\[[\d *]*\]:?\s*$)")
#: What IPython writes before what was typed, before its further lines, and before what came out.
_IN = re.compile(r"(\s*)In ?\[[\d *]*\]: ?")
_MORE = re.compile(r"\s*\.{3,}: ?")
_OUT = re.compile(r"\s*Out ?\[\d+\]:")
_EXPORTED = "run_cell_magic("


def looks_typed_in_ipython(text: str) -> bool:
    """Whether some line of a file could be one that only IPython reads."""
    return any(_is_magic(line) or _IN.match(line) or _OUT.match(line) for line in text.split("\n"))


def file_without_magics(text: str) -> tuple[str, tuple[Message, ...]]:
    """The text of a .py file as plain Python, and notes on what was left out. One that is Python stays as it is."""
    notes: list[Message] = []
    if looks_typed_in_ipython(text) and not _is_python(text):
        lines = _without_prompts(text.split("\n"), notes)
        lines = _without_other_cells(lines, notes)
        lines, told = _without_lines(lines)
        if told is not None:
            position, example = told
            notes.append(
                say("line {number}: IPython lines such as {line} were left out", number=position + 1, line=example)
            )
        text = "\n".join(lines)
    return _with_exported_cells(text, notes), tuple(notes)


def cell_without_magics(source: str, number: int, notes: list[Message]) -> str:
    """A notebook's cell with its magic lines blank; empty if the whole cell belongs to a magic."""
    lines = source.split("\n")
    magic = _cell_magic(lines)
    if magic is not None and magic not in _KEEPS_CELL:
        notes.append(_left_out(number, magic))
        return ""
    if _IN.match(source) and not _is_python(source):
        lines = _without_prompts(lines, [])
    kept, told = _without_lines(lines)
    if told is not None:
        notes.append(say("code cell {cell}: IPython lines such as {line} were left out", cell=number, line=told[1]))
    return _with_exported_cells("\n".join(kept), [])


def _left_out(number: int, magic: str) -> Message:
    if magic in _WRITES_CELL:
        return say(
            "code cell {cell} was left out: %%{magic} only writes its text into a file. Delete that line, and "
            "the code below it counts",
            cell=number,
            magic=magic,
        )
    return say("code cell {cell} was left out: %%{magic} is no Python", cell=number, magic=magic[:_LONGEST])


def _is_python(text: str) -> bool:
    try:
        expect_parsable(text, "")
        ast.parse(text)
    except (SubmissionError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _cell_magic(lines: list[str]) -> str | None:
    """The magic that a cell begins with; None if with none."""
    first = next((line.strip() for line in lines if line.strip()), "")
    if not first.startswith("%%"):
        return None
    words = first[2:].split(maxsplit=1)
    return words[0] if words else ""


def _without_lines(lines: list[str]) -> tuple[list[str], tuple[int, str] | None]:
    """The lines, those of magics replaced; the first of these that is worth telling of, and its position."""
    magics = _magic_lines(lines)
    # The cell that grades is ours: that it is left out is nothing to tell, nor is a statement that is only timed.
    told = [place for place in magics if not _GRADES.match(lines[place].strip()) and not _STATEMENT.match(lines[place])]
    dropped = set(magics)
    kept = [_instead(line) if position in dropped else line for position, line in enumerate(lines)]
    return kept, (told[0], lines[told[0]].strip()[:_LONGEST]) if told else None


def _instead(line: str) -> str:
    """What takes the place of a magic's line: what it times or assigns to; in the body of an `if` a statement must
    stay."""
    if timed := _STATEMENT.match(line):
        return timed[1] + timed[2]
    if assigned := _ASSIGNED.match(line):
        return f"{assigned[1]} get_ipython()"
    indent = len(line) - len(line.lstrip())
    return line[:indent] + "pass" if indent and _is_magic(line) else ""


# -- files ---------------------------------------------------------------------------------------------------------


def _without_prompts(lines: list[str], notes: list[Message]) -> list[str]:
    """What was copied from IPython together with its prompts: what was typed stays, what came out goes."""
    first = next((number for number, line in enumerate(lines, 1) if _IN.match(line)), None)
    if first is None:
        return lines
    notes.append(
        say("line {number}: IPython's prompts, such as In [1]:, and what it showed were left out", number=first)
    )
    kept, typed, shown = [], False, False
    for line in lines:
        if found := _IN.match(line):
            typed, shown, line = True, False, line[found.end() :]
        elif _OUT.match(line):
            typed, shown = False, True
        elif typed and (more := _MORE.match(line)):
            line = line[more.end() :]
        elif not line.strip():
            shown = False
        kept.append("" if shown else line)
    return kept


def _without_other_cells(lines: list[str], notes: list[Message]) -> list[str]:
    """A file's cells without those that begin with a magic whose cell is no Python."""
    starts = [position for position, line in enumerate(lines) if _CELL.match(line)]
    kept = list(lines)
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        body = [line for line in lines[start:end] if not line.lstrip().startswith("#")]
        magic = _cell_magic(body)
        if magic is not None and magic not in _KEEPS_CELL:
            notes.append(
                say(
                    "line {number}: the cell that begins here was left out: %%{magic} is no Python",
                    number=start + 1,
                    magic=magic[:_LONGEST],
                )
            )
            kept[start:end] = [""] * (end - start)
    return kept


def _with_exported_cells(text: str, notes: list[Message]) -> str:
    """What nbconvert makes of a cell with a magic is a call that holds the cell's code as a string: the code itself,
    where the magic only times it or the like."""
    if _EXPORTED not in text or not _is_python(text):
        return text
    lines = text.split("\n")
    for statement, code in reversed([*_exported(text)]):
        end = statement.end_lineno or statement.lineno
        lines[statement.lineno - 1 : end] = code.strip("\n").split("\n")
        notes.append(
            say(
                "line {number}: the code of a cell that run_cell_magic holds was put in its place; the lines "
                "below it are counted with it",
                number=statement.lineno,
            )
        )
    return "\n".join(lines)


def _exported(text: str) -> Iterator[tuple[ast.stmt, str]]:
    for statement in ast.parse(text).body:
        match statement:
            case ast.Expr(
                value=ast.Call(
                    func=ast.Attribute(value=ast.Call(func=ast.Name(id="get_ipython")), attr="run_cell_magic"),
                    args=[ast.Constant(value=magic), ast.Constant(), ast.Constant(value=str() as code)],
                    keywords=[],
                )
            ) if magic in _KEEPS_CELL:
                yield statement, code


# -- lines ---------------------------------------------------------------------------------------------------------


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
