"""All mutants of a reference, each a whole submission."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import msgspec

from grader.audit.mutation.around import changes_around
from grader.audit.mutation.operators import Change, changes_of
from grader.course.source import Source

#: A comment at the end of a line of code, or on one of its own.
_COMMENT = re.compile(r"(^|\s)\s*#\s.*$")


class Mutation(msgspec.Struct, frozen=True):
    """One change of a reference.

    function: the qualified name of the definition that it is in; "" for the module's own lines.
    before, after: the changed lines without comments, blanks drawn together; after is "" for a dropped statement,
        and for a change around a function its operator in parentheses.
    """

    function: str
    line: int
    operator: str
    before: str
    after: str


class Mutant(Mutation, frozen=True):
    """The reference with the change.

    control: with a cruder one in the same place, which shows whether the mutant has any effect; "" if that is sure.
    """

    source: str
    control: str = ""


def mutants_of(reference: str) -> tuple[Mutant, ...]:
    """The mutants of a reference's source, in the order of its lines; no two have the same syntax tree."""
    source = Source(reference)
    of_shape: dict[str | None, Mutant | None] = {ast.dump(source.tree): None, None: None}
    for change in _changes(source):
        mutant = _mutant(source, change)
        of_shape.setdefault(_shape(mutant.source), mutant)
    mutants = [*filter(None, of_shape.values()), *_wrapped(source)]
    return tuple(sorted(mutants, key=lambda mutant: mutant.line))


def _shape(text: str) -> str | None:
    """The syntax tree without positions; None where the change made no Python."""
    try:
        return ast.dump(ast.parse(text))
    except SyntaxError:
        return None


def _changes(source: Source) -> Iterator[Change]:
    for node, parent in _nodes(source.tree, None):
        yield from changes_of(node, parent, source)
    for definition in ast.walk(source.tree):
        if isinstance(definition, ast.FunctionDef):
            yield from _rebindings(definition, source)


def _nodes(node: ast.AST, parent: ast.AST | None) -> Iterator[tuple[ast.AST, ast.AST | None]]:
    """Every node with its parent, but those that do not run: annotations, imports, texts of errors."""
    yield node, parent
    if isinstance(node, (ast.Raise, ast.JoinedStr, ast.Import, ast.ImportFrom)):
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _nodes(child, node)


def _rebindings(function: ast.FunctionDef, source: Source) -> Iterator[Change]:
    """Assignments to a name that has a value already, dropped; and what should change an object that came from
    elsewhere, made to rebind the name instead."""
    parameters = {argument.arg for argument in ast.walk(function.args) if isinstance(argument, ast.arg)}
    loops = [node.target for node in ast.walk(function) if isinstance(node, ast.For)]
    bound = set(parameters)
    others = parameters | {name.id for target in loops for name in ast.walk(target) if isinstance(name, ast.Name)}
    for node in ast.walk(function):
        match node:
            case ast.AugAssign(target=ast.Name(id=name)) if name in others:
                sign = source.between(source.end(node.target), source.start(node.value)).partition("=")[0].strip()
                new = f"{name} = {name} {sign} {source.atom(node.value)}"
                yield Change("a new object in place of a change", source.start(node), source.end(node), new)
            case ast.Assign(targets=[ast.Name(id=name)]):
                if name in bound:
                    yield Change("a statement dropped", source.start(node), source.end(node), "pass")
                bound.add(name)


def _wrapped(source: Source) -> Iterator[Mutant]:
    for name, function in _definitions(source.tree):
        if isinstance(function, ast.FunctionDef):
            for change in changes_around(function, source):
                mutant = _mutant(source, change)
                yield msgspec.structs.replace(
                    mutant,
                    function=name,
                    after=f"({change.operator})",
                    source=mutant.source + change.helper,
                    control=mutant.source + change.control,
                )


def _mutant(source: Source, change: Change) -> Mutant:
    text = source.replaced(change.start, change.end, change.new)
    first, last = source.lines_around(change.start, change.end)
    added = change.new.count("\n") - source.between(change.start, change.end).count("\n")
    after = _flat(text.split("\n")[first - 1 : last + added])
    return Mutant(
        function=_function_at(source.tree, first),
        line=first,
        operator=change.operator,
        before=_flat(source.text.split("\n")[first - 1 : last]),
        after="" if after == "pass" else after,
        source=text,
    )


def _flat(lines: list[str]) -> str:
    return " ".join(" ".join(_COMMENT.sub("", line) for line in lines).split())


def _function_at(tree: ast.Module, line: int) -> str:
    names = [name for name, node in _definitions(tree) if node.lineno <= line <= (node.end_lineno or 0)]
    return ["", *names][-1]


def _definitions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """Functions, classes and methods by qualified name, the outer before the inner."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name, node
        if isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    yield f"{node.name}.{method.name}", method
