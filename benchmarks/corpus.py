"""The answers in benchmarks/answers/: for each exercise right.py, wrong.py and first.py, each made of cells.

A cell begins with `# %% name`, then comments; one of them says what must come of it:

    # named: sigmoid_plain, sigmoid_twice

A wrong answer must be given one of these names; a first attempt, with several errors, may be given these and no others.
`# named: -` is a wrong answer for which no name is true, `# named: missing` one for which a teacher would expect a name
and the exercise has none. The first cell of right.py is a whole module; each other cell holds the definitions in which
its answer differs from that.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent / "answers"
KINDS = ("right", "wrong", "first")

_CELL = re.compile(r"^# %% *(\w+) *\n", re.MULTILINE)
_NAMED = re.compile(r"^# named: *(.+)$", re.MULTILINE)


class LabelledAnswer(msgspec.Struct, frozen=True):
    """One answer. names: the mistakes that are true of it; None where nothing is said."""

    exercise: str
    kind: str
    name: str
    source: str
    names: frozenset[str] | None


def read_corpus(exercise: str, folder: Path = FOLDER) -> list[LabelledAnswer]:
    """An exercise's answers. Raises ValueError where a cell is no Python or lacks its line."""
    base, answers = "", []
    for kind in KINDS:
        for name, cell in _cells(folder / exercise / f"{kind}.py"):
            base = base or cell
            names = _NAMED.search(cell)
            if not names and kind != "right":
                raise ValueError(f"{exercise}/{kind}.py: {name} has no line '# named: ...'")
            true = frozenset(names[1].replace(",", " ").split()) - {"-"} if names else None
            try:
                source = with_definitions(base, cell)
            except SyntaxError as error:
                raise ValueError(f"{exercise}/{kind}.py: {name} is not Python: {error}") from error
            answers.append(LabelledAnswer(exercise, kind, name, source, true))
    return answers


def _cells(file: Path) -> Iterator[tuple[str, str]]:
    _, *parts = _CELL.split(file.read_text("utf-8"))
    return zip(parts[::2], parts[1::2], strict=True)


def with_definitions(base: str, cell: str) -> str:
    """The module `base` with the cell's imports first, and with its other statements in place of those that define the
    same names."""
    if base == cell:
        return base
    imports, new = [], []
    for statement in ast.parse(cell).body:
        (imports if isinstance(statement, (ast.Import, ast.ImportFrom)) else new).append(statement)
    names = set().union(*map(_defined, new))
    kept = [statement for statement in ast.parse(base).body if not _defined(statement) & names]
    parts = [ast.get_source_segment(cell, statement) or "" for statement in imports]
    parts += [_lines_of(base, statement) for statement in kept]
    parts += [_lines_of(cell, statement) for statement in new]
    source = "\n\n\n".join(parts) + "\n"
    future = "from __future__ import annotations\n"
    return future + source.replace(future, "") if future in source else source


def _lines_of(source: str, statement: ast.stmt) -> str:
    """With its decorators, which `ast.get_source_segment` leaves out."""
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(source.splitlines()[first - 1 : statement.end_lineno])


def _defined(statement: ast.stmt) -> set[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}
