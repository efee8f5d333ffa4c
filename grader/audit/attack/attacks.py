"""The attacks on an exercise: for each function that its checks call, what it could get wrong for some inputs only, or
do beside a right result. Each is a submission."""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from grader.audit.attack.domain import Domain, domains
from grader.audit.mutation.mutants import Mutant

_COPIED = [
    node
    for name in ("wrapper.py", "watcher.py")
    for node in ast.parse(Path(__file__).with_name(name).read_text("utf-8")).body
]
_PARTS: dict[str, ast.stmt] = {node.name: node for node in _COPIED if isinstance(node, ast.FunctionDef)}
_PARTS |= {str(name.asname): node for node in _COPIED if isinstance(node, ast.Import) for name in node.names}

#: Function → what it was seen to take and to give, as watcher.py calls it.
Facts = Mapping[str, frozenset[str]]

#: What is wrong, in words; the function of wrapper.py that does it; and what else that takes.
Fault = tuple[str, str, tuple[float, ...]]

_SEEN = re.compile(r"^@audit (\w+) (\w+)$", re.MULTILINE)


def watching(reference: str) -> str:
    """A submission that is right and prints what each of its functions takes and gives; `facts_in` reads that.

    reference: reference.py's text.
    """
    calls = [f"{domain.name} = _audit_watched({domain.name}, {domain.name!r})" for domain in domains(reference)]
    return _submission(reference, "_audit_watched", calls)


def facts_in(output: str) -> Facts:
    """What a watching submission printed."""
    found: dict[str, frozenset[str]] = {}
    for name, fact in _SEEN.findall(output):
        found[name] = found.get(name, frozenset()) | {fact}
    return found


def attacks_on(reference: str, facts: Facts) -> tuple[Mutant, ...]:
    """Each attack as a submission: the reference, what is put around a function, and that function's name for it."""
    called = [domain for domain in domains(reference) if domain.name in facts]
    return tuple(
        _attack(reference, domain, fault) for domain in called for fault in _faults(domain, facts[domain.name])
    )


def _attack(reference: str, attacked: Domain, fault: Fault) -> Mutant:
    words, kind, more = fault
    name = attacked.name
    call = f"{name} = _audit_{kind}({', '.join([name, *map(repr, more)])})"
    source = _submission(reference, f"_audit_{kind}", [call])
    return Mutant(name, attacked.line, words, f"{name}(...)", f"({words})", source)


def _faults(domain: Domain, facts: frozenset[str]) -> Iterator[Fault]:
    if domain.arguments:
        yield from _faults_of_values(domain, facts)
        yield from _faults_of_shapes(domain)
    if "gives_rows" in facts:
        yield "the first row wrong", "row", (0,)
        yield "the last row wrong", "row", (-1,)
    if domain.sets_grad_mode:
        yield "leaves the grad mode changed", "grad_mode", ()
    yield from _faults_beside(facts)
    yield from _faults_of_identity(facts)


def _faults_of_values(domain: Domain, facts: frozenset[str]) -> Iterator[Fault]:
    if "gives_numbers" in facts and any(not argument.share for argument in domain.floats):
        if "clamping_matters" in facts or "tried" not in facts:
            yield "inputs clamped to 5", "clamped", (5.0,)
        yield "wrong beyond 700", "beyond", (700.0,)
        yield "wrong for negative inputs", "negative", ()
        if "gives_large" in facts:
            yield "results clamped to 100", "capped", (100.0,)
    if "gives_tiny" in facts:
        yield "results below 1e-6 made 0", "thresholded", (1e-6,)
    if "rounding_matters" in facts and domain.counts:
        yield "integers beyond 2**53 rounded", "huge", ()
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


def _faults_beside(facts: frozenset[str]) -> Iterator[Fault]:
    """What it does beside giving a result."""
    if "takes_modules" in facts:
        yield "leaves modules in the other mode", "modes", ()
    if "takes_learned" in facts:
        yield "adds to .grad", "gradients", ()
    if "takes_containers" in facts:
        yield "drops an item of a list or dict it was given", "lists", ()


def _faults_of_identity(facts: frozenset[str]) -> Iterator[Fault]:
    """Which object a result is, and whose memory."""
    owners = facts & {"gives_new", "gives_views", "gives_itself"}
    if owners == {"gives_new"}:
        yield "one object for all results of a shape", "reused", ()
        yield "the object of the last call if the inputs are equal", "remembered", ()
        if "gives_equal" in facts:
            yield "an input itself where it is equal", "itself", ()
            yield "a view of an input where it is equal", "view", ()
        if "gives_floats" in facts:
            yield "results with a history, although no input has one", "history", ()
    elif (owners or "gives_modules" in facts) and "gives_new" not in owners:
        yield "a copy in place of an input or a view of it", "copied", ()
        if owners == {"gives_itself"}:
            yield "a view in place of an input itself", "view", ()


def _submission(reference: str, name: str, calls: Iterable[str]) -> str:
    return "\n\n\n".join([reference.rstrip(), *_parts(name), "\n".join(calls) + "\n"])


def _parts(name: str) -> list[str]:
    """The source of a function of wrapper.py and of all that it needs there."""
    needed, waiting = {name}, [name]
    while waiting:
        used = {node.id for node in ast.walk(_PARTS[waiting.pop()]) if isinstance(node, ast.Name)}
        new = (used & _PARTS.keys()) - needed
        needed |= new
        waiting += new
    return [ast.unparse(_untyped(part)) for name, part in _PARTS.items() if name in needed]


def _untyped(part: ast.stmt) -> ast.stmt:
    """Without annotations, whose names a submission lacks."""
    part = copy.deepcopy(part)
    for node in ast.walk(part):
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        elif isinstance(node, ast.arg):
            node.annotation = None
    return part
