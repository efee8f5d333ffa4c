"""The attacks on an exercise: for each function of its reference the faults that it could have for some inputs only."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from pathlib import Path

from grader.audit.attack.domain import Domain, domains
from grader.audit.mutation.mutants import Mutant

_WRAPPER = ast.parse(Path(__file__).with_name("wrapper.py").read_text("utf-8"))
_PARTS = {node.name: node for node in _WRAPPER.body if isinstance(node, ast.FunctionDef)}

#: What is wrong, in words; the function of wrapper.py that does it; and what else that takes.
Fault = tuple[str, str, tuple[float, ...]]


def attacks_on(reference: str) -> tuple[Mutant, ...]:
    """Each attack as a submission: the reference, what is put around a function, and that function's name for it.

    reference: reference.py's text.
    """
    found = []
    for domain in domains(ast.parse(reference)):
        for words, kind, more in _faults(domain):
            call = f"{domain.name} = _audit_{kind}({', '.join([domain.name, *map(repr, more)])})"
            source = "\n\n\n".join([reference.rstrip(), *_parts(f"_audit_{kind}"), f"{call}\n"])
            found.append(Mutant(domain.name, domain.line, words, f"{domain.name}(...)", f"({words})", source))
    return tuple(found)


def _faults(domain: Domain) -> Iterator[Fault]:
    if not domain.arguments:
        return
    if any(not argument.share for argument in domain.floats):
        yield "inputs clamped to 5", "clamped", (5.0,)
        yield "wrong beyond 700", "beyond", (700.0,)
        yield "wrong for negative inputs", "negative", ()
    yield from _faults_of_shapes(domain)
    yield "the first row wrong", "row", (0,)
    yield "the last row wrong", "row", (-1,)
    if domain.chooses:
        yield "wrong where two entries are equal", "ties", ()


def _faults_of_shapes(domain: Domain) -> Iterator[Fault]:
    free = [argument for argument in domain.arguments if argument.least_axes is not None]
    for argument in free[:1]:
        for count in range(argument.least_axes or 0, 4):
            yield f"wrong for {count} axes", "axes", (count, argument.position)
    if free:
        yield "raises for empty inputs", "empty", ()
    yield "wrong for inputs with other strides", "strided", ()
    yield "wrong for an axis of length 1", "length_one", ()


def _parts(name: str) -> list[str]:
    """The source of a function of wrapper.py and of all that it needs there."""
    needed, waiting = {name}, [name]
    while waiting:
        used = {node.id for node in ast.walk(_PARTS[waiting.pop()]) if isinstance(node, ast.Name)}
        new = (used & _PARTS.keys()) - needed
        needed |= new
        waiting += new
    return [ast.unparse(_untyped(part)) for part in _PARTS.values() if part.name in needed]


def _untyped(function: ast.FunctionDef) -> ast.FunctionDef:
    """Without annotations, whose names a submission lacks."""
    function = copy.deepcopy(function)
    for node in ast.walk(function):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
    return function
