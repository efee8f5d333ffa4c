"""The answers in benchmarks/answers/: for each exercise right, wrong and first attempts, each file made of cells.

A kind's answers are in one file or several: wrong.py, wrong_neuron.py. A cell begins with `# %% name`, then comments:

    # like: closures
    # named: sigmoid_plain, sigmoid_twice

named: what must come of it. A wrong answer must be given one of these names; a first attempt, with several errors, may
be given these and no others. `-` is a wrong answer for which no name is true, `missing` one for which a teacher would
expect a name and the exercise has none.

The first cell of right.py is a whole module; each other cell holds the definitions in which its answer differs from
that. like: it differs from this right answer, and of a class that both have it holds what differs in the class.
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
_LIKE = re.compile(r"^# like: *(\w+)$", re.MULTILINE)


class LabelledAnswer(msgspec.Struct, frozen=True):
    """One answer. names: the mistakes that are true of it; None where nothing is said."""

    exercise: str
    kind: str
    name: str
    source: str
    names: frozenset[str] | None


def read_corpus(exercise: str, folder: Path = FOLDER) -> list[LabelledAnswer]:
    """An exercise's answers. Raises ValueError where a cell is no Python, lacks its line or is like nothing."""
    base = ""
    right: dict[str, str] = {}
    answers = []
    for kind in KINDS:
        for file in sorted((folder / exercise).glob(f"{kind}*.py")):
            for name, cell in _cells(file):
                base = base or cell
                names, like = _NAMED.search(cell), _LIKE.search(cell)
                where = f"{exercise}/{file.name}: {name}"
                if not names and kind != "right":
                    raise ValueError(f"{where} has no line '# named: ...'")
                if like and like[1] not in right:
                    raise ValueError(f"{where} is like {like[1]}, which is no right answer before it")
                true = frozenset(names[1].replace(",", " ").split()) - {"-"} if names else None
                try:
                    source = with_definitions(right[like[1]] if like else base, cell, members=like is not None)
                except SyntaxError as error:
                    raise ValueError(f"{where} is not Python: {error}") from error
                if kind == "right":
                    right[name] = source
                answers.append(LabelledAnswer(exercise, kind, name, source, true))
    return answers


def _cells(file: Path) -> Iterator[tuple[str, str]]:
    _, *parts = _CELL.split(file.read_text("utf-8"))
    return zip(parts[::2], parts[1::2], strict=True)


def with_definitions(base: str, cell: str, *, members: bool = False) -> str:
    """The module `base` with the cell's imports first, and with its other statements in place of those that define the
    same names. members: a class of the cell takes the place of those members only that it defines."""
    if base == cell:
        return base
    old = ast.parse(base).body
    imports, new = [], []
    for statement in ast.parse(cell).body:
        (imports if isinstance(statement, (ast.Import, ast.ImportFrom)) else new).append(statement)
    classes = {statement.name: statement for statement in old if members and isinstance(statement, ast.ClassDef)}
    parts = [_lines_of(cell, statement) for statement in imports]
    parts += _without(base, old, new)
    for statement in new:
        whole = classes.get(statement.name) if isinstance(statement, ast.ClassDef) else None
        parts.append(_class(base, whole, cell, statement) if whole else _lines_of(cell, statement))
    source = "\n\n\n".join(parts) + "\n"
    future = "from __future__ import annotations\n"
    return future + source.replace(future, "") if future in source else source


def _class(base: str, old: ast.ClassDef, cell: str, new: ast.ClassDef) -> str:
    head = "\n".join(base.splitlines()[_first_line(old) - 1 : _first_line(old.body[0]) - 1])
    return "\n".join([head, *_without(base, old.body, new.body), *(_lines_of(cell, member) for member in new.body)])


def _without(source: str, old: list[ast.stmt], new: list[ast.stmt]) -> list[str]:
    """The lines of the old statements that none of the new ones defines again."""
    names = set().union(*map(_defined, new))
    return [_lines_of(source, statement) for statement in old if not _defined(statement) & names]


def _lines_of(source: str, statement: ast.stmt) -> str:
    """Whole lines, decorators among them."""
    return "\n".join(source.splitlines()[_first_line(statement) - 1 : statement.end_lineno])


def _first_line(statement: ast.stmt) -> int:
    decorators = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def _defined(statement: ast.stmt) -> set[str]:
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return {target.id for target in targets if isinstance(target, ast.Name)}
