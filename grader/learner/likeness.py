"""A program: how a learner's functions differ from the course's, apart from comments, docstrings and annotations.

It parses what somebody wrote, so it runs as a process of its own, with a deadline (beside.py), and imports nothing of
the grader. Standard input: JSON, {"yours", "notebook", "course", "stub", "variants": {name: source}}. Standard output:
JSON, what `compare` returns; an empty list if yours is no Python.
"""

from __future__ import annotations

import ast
import copy
import difflib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import islice
from typing import Any

_Function = ast.FunctionDef | ast.AsyncFunctionDef
#: How much of two functions has to agree, for one to be called close to the other.
_CLOSE = 0.8
#: What it may allocate, in bytes, where that can be limited.
_MEMORY = 2 << 30
#: Lines around a difference.
_AROUND = 2


def compare(yours: str, course: str, stub: str, variants: Mapping[str, str]) -> list[dict[str, Any]]:
    """A finding for each function that the learner had to write, in the course's order.

    state: "same", "renamed" (other names for local variables alone), "differs" or "absent" (no function of this name).
    diff: the lines, led by - for the learner's, + for the course's and a blank for what both have. variant: another
    right answer that the learner's function is, or is close to and closer than to the course's; empty if none. about:
    the first line of that one's docstring.
    """
    wanted, given = _functions(course), _functions(stub)
    others = {name: _functions(source) for name, source in variants.items()}
    mine = _functions(yours)
    written = {name: node for name, node in wanted.items() if name not in given or _text(node) != _text(given[name])}
    found = [_finding(name, mine.get(name), node, others) for name, node in written.items()]
    return [finding | {"about": _first_line(variants.get(finding["variant"], ""))} for finding in found]


def _finding(
    name: str, mine: _Function | None, course: _Function, variants: Mapping[str, Mapping[str, _Function]]
) -> dict[str, Any]:
    if mine is None:
        return {"name": name, "state": "absent", "diff": [], "variant": ""}
    if _text(mine) == _text(course):
        return {"name": name, "state": "same", "diff": [], "variant": ""}
    if _renamed(mine) == _renamed(course):
        return {"name": name, "state": "renamed", "diff": [], "variant": ""}
    close = {other: _likeness(mine, functions[name]) for other, functions in variants.items() if name in functions}
    best = max(close, key=lambda other: close[other], default="")
    near = best and close[best] >= max(_CLOSE, _likeness(mine, course))
    return {"name": name, "state": "differs", "diff": _diff(mine, course), "variant": best if near else ""}


def _diff(mine: _Function, course: _Function) -> list[str]:
    lines = difflib.unified_diff(_text(mine).split("\n"), _text(course).split("\n"), n=_AROUND, lineterm="")
    return [line for line in islice(lines, 2, None) if not line.startswith("@@")]


def _likeness(one: _Function, other: _Function) -> float:
    return difflib.SequenceMatcher(None, _renamed(one), _renamed(other), autojunk=False).ratio()


def _first_line(source: str) -> str:
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


def _functions(source: str) -> dict[str, _Function]:
    """The functions and the methods of classes, by qualified name; a later one of a name stands for all."""
    found: dict[str, _Function] = {}
    for node in ast.parse(source).body:
        if isinstance(node, _Function):
            found[node.name] = node
        elif isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{item.name}": item for item in node.body if isinstance(item, _Function)}
    return found


def _bare(node: _Function) -> _Function:
    """A copy without docstrings and annotations."""
    bare = copy.deepcopy(node)
    for inner in ast.walk(bare):
        if isinstance(inner, _Function):
            inner.returns = None
            if ast.get_docstring(inner) is not None:
                inner.body = inner.body[1:] or [ast.Pass()]
        elif isinstance(inner, ast.arg):
            inner.annotation = None
    return bare


def _text(node: _Function) -> str:
    return ast.unparse(_bare(node))


def _renamed(node: _Function) -> str:
    """Its text with its local variables numbered in the order in which they are assigned."""
    bare = _bare(node)
    names = dict.fromkeys(_assigned(bare))
    numbers = {name: f"_{number}" for number, name in enumerate(names)}
    for inner in ast.walk(bare):
        if isinstance(inner, ast.Name) and inner.id in numbers:
            inner.id = numbers[inner.id]
    return ast.unparse(bare)


def _assigned(node: _Function) -> Iterator[str]:
    arguments = {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store) and inner.id not in arguments:
            yield inner.id


def _code_of(notebook: str) -> str:
    """The code cells that are Python; what else a notebook may hold, such as %magics, is left out."""
    cells = []
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] == "code":
            try:
                ast.parse("".join(cell["source"]))
            except SyntaxError:
                continue
            cells.append("".join(cell["source"]))
    return "\n".join(cells)


def main() -> None:
    """Answers one question."""
    with suppress(ImportError, ValueError, OSError):  # Windows, and systems that do not limit address space
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked = json.load(sys.stdin)
    try:
        yours = _code_of(asked["yours"]) if asked["notebook"] else asked["yours"]
        ast.parse(yours)
    except (ValueError, KeyError, TypeError, SyntaxError, RecursionError, MemoryError):
        found: list[dict[str, Any]] = []
    else:
        found = compare(yours, asked["course"], asked["stub"], asked["variants"])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
