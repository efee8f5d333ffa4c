"""Where a name that the exercise asks for stands, if it is not among the file's own: in a class, under the main guard,
in another function, in a comment, a string, or a notebook's cell that does not run."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from grader.submission.model import Aside, Chunk
from grader.submission.scopes import assigned, is_main_guard
from grader.submission.syntax import Parsed
from grader.text import Message, listed, say

DEFINED = re.compile(r"^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w{1,100})", re.MULTILINE)
_COMMENTED = re.compile(r"^[ \t]*#[# \t]*(?:async[ \t]+)?(?:def|class)[ \t]+(\w{1,100})[ \t]*[(:\[]", re.MULTILINE)
_OUTER_LONGEST = 60


class Place(NamedTuple):
    """kind: "class", "guard", "function", "string", "comment", "markdown", "raw" or "dropped". where: the line, or the
    cell. outer: the class's or function's name."""

    kind: str
    where: Message
    outer: str = ""


def told_elsewhere(
    parsed: Parsed, missing: Collection[str], dropped: Iterable[Chunk], aside: Iterable[Aside]
) -> dict[tuple[str, ...], Message]:
    """Names that stand in one place → where that is and what to do; names that are found nowhere are left out."""
    wanted = frozenset(missing)
    places: dict[str, Place] = {}
    for name, place in _places(parsed, wanted, dropped, aside):
        if name in wanted:
            places.setdefault(name, place)
    together: dict[tuple[str, str], list[str]] = {}
    for name in missing:
        if name in places:
            together.setdefault((places[name].kind, places[name].outer), []).append(name)
    return {tuple(names): _sentence(names, places[names[0]]) for names in together.values()}


def _places(
    parsed: Parsed, wanted: frozenset[str], dropped: Iterable[Chunk], aside: Iterable[Aside]
) -> Iterator[tuple[str, Place]]:
    for tree in parsed.trees:
        yield from _in_tree(parsed, tree, wanted)
    for chunk in dropped:
        for found in DEFINED.finditer(chunk.source):
            yield found[1], Place("dropped", say("code cell {cell}", cell=chunk.label or ""))
    for one in aside:
        yield one.name, Place(one.kind, say("cell {cell}", cell=one.cell))
    left = set(wanted)
    for chunk in parsed.submission.chunks:
        for found in _COMMENTED.finditer(chunk.source):
            if found[1] in left:
                left.remove(found[1])  # to count lines once more for each would take the square of a hostile file
                line = chunk.first_line + chunk.source.count("\n", 0, found.start())
                yield found[1], Place("comment", _where(parsed, line))


def _in_tree(parsed: Parsed, tree: ast.Module, wanted: frozenset[str]) -> Iterator[tuple[str, Place]]:
    """What statements that stand within others bind, and what strings hold."""
    waiting: list[tuple[ast.AST, str, str]] = [(node, "", "") for node in reversed(tree.body)]
    while waiting:
        node, kind, outer = waiting.pop()
        if kind and isinstance(node, ast.stmt):
            for name in assigned(node):
                if name in wanted:
                    yield name, Place(kind, _where(parsed, node.lineno), outer[:_OUTER_LONGEST])
        if isinstance(node, ast.Expr | ast.Assign) and isinstance(node.value, ast.Constant):
            yield from _in_string(parsed, node.value)
        if isinstance(node, ast.ClassDef):
            kind, outer = "class", node.name
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            kind, outer = "function", node.name
        elif isinstance(node, ast.If) and not kind and is_main_guard(node):
            waiting += [(part, kind, outer) for part in reversed(node.orelse)]
            waiting += [(part, "guard", "") for part in reversed(node.body)]
            continue
        inner = (ast.stmt, ast.ExceptHandler, ast.match_case)
        waiting += [(part, kind, outer) for part in reversed([*ast.iter_child_nodes(node)]) if isinstance(part, inner)]


def _in_string(parsed: Parsed, node: ast.Constant) -> Iterator[tuple[str, Place]]:
    if isinstance(node.value, str):
        for found in DEFINED.finditer(node.value):
            yield found[1], Place("string", _where(parsed, node.lineno))


def _where(parsed: Parsed, line: int) -> Message:
    cell, number = parsed.place(line)
    if cell is None:
        return say("line {line}", line=number)
    return say("code cell {cell}, line {line}", cell=cell, line=number)


def _sentence(names: list[str], place: Place) -> Message:
    fields = {"names": listed(names), "where": place.where, "outer": place.outer}
    match place.kind:
        case "class":
            return say(
                "{names}: this stands inside the class {outer} ({where}), and the exercise asks for it outside "
                "of any class. Move it to the left margin, and leave self out of its parameters",
                **fields,
            )
        case "guard":
            return say(
                '{names}: this stands under `if __name__ == "__main__":` ({where}), which does not run while '
                "your code is graded. Move it above that line, to the left margin",
                **fields,
            )
        case "function":
            return say(
                "{names}: this stands inside the function {outer} ({where}), so that nothing outside of it can "
                "call it. Move it to the left margin",
                **fields,
            )
        case "string":
            return say(
                "{names}: this stands inside a string ({where}), between quotation marks, so it does not run. "
                "Delete these marks",
                **fields,
            )
        case "comment":
            return say(
                "{names}: this stands in a comment ({where}), so it does not run. Delete the # in front of its lines",
                **fields,
            )
        case "markdown":
            return say(
                "{names}: this stands in a Markdown cell of the notebook ({where}, all cells counted), which is "
                "text and does not run. Change the cell's type to Code",
                **fields,
            )
        case "raw":
            return say(
                "{names}: this stands in a raw cell of the notebook ({where}, all cells counted), which does "
                "not run. Change the cell's type to Code",
                **fields,
            )
    return say(
        "{names}: this stands in {where}, which was left out because Python can't read it; the notes say why", **fields
    )
