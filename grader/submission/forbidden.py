"""Uses of what an exercise forbids, such as the library's own answer to it.

This reads, it does not run: a determined author can hide a use from it. It is for the honest learner; what must
hold against others is the comparison itself.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator

import msgspec

from grader.course.hiding import hiding_but
from grader.submission.code import short_code
from grader.submission.mentions import Mentions
from grader.submission.paths import Path, Paths
from grader.submission.resolve import Resolver
from grader.submission.scopes import Place, Scope, Visit, Walk


class Use(msgspec.Struct, frozen=True):
    """A forbidden thing in use.

    name: what is used, as a dotted path ("torch.sigmoid"), or ".backward" for an attribute of anything.
    line: numbered through all chunks. function: the top-level function or class around it, None for the module's own
    statements. binds: the module's names that hold or contain it. node: where it stands.
    """

    name: str
    line: int
    function: str | None
    node: ast.AST
    binds: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """Its code, short. Made when it is asked for: there may be many uses, of which few are shown."""
        return short_code(self.node)


def uses_and_affected(
    trees: Iterable[ast.Module], forbidden: tuple[str, ...], allowed: tuple[str, ...] = ()
) -> tuple[tuple[Use, ...], dict[str, Use]]:
    """Every use, by line, under whatever name it was imported; and the module's names that reach a use, each with the
    first: themselves, or through a name of the module that they mention, or that a function sets.

    An entry of `forbidden` is a dotted name (with all below it), `a.b.*` for all below only, or `.name` for an
    attribute on anything that is no imported module. Own functions, variables and attributes of the same name are
    no uses; neither are annotations, strings, and the body of `if __name__ == "__main__"`. What hides what code does
    (course/hiding.py) is looked for too, but what is `allowed` of it.
    """
    if not forbidden:
        return (), {}
    walk = Walk(trees)
    uses = _uses(walk, (*forbidden, *hiding_but(allowed)))
    return uses, dict(Mentions(walk).reached((use.binds, use) for use in uses)) if uses else {}


def _uses(walk: Walk, forbidden: tuple[str, ...]) -> tuple[Use, ...]:
    search = Search(walk, forbidden)
    found: dict[tuple[int, str, int], Use] = {}
    for visit in walk.visits:
        for use in search.uses(visit):
            # All nodes of a statement share one tuple of names.
            found.setdefault((use.line, use.name, id(use.binds)), use)
    uses = sorted(found.values(), key=lambda use: (use.line, use.name))
    # Of torch.autograd and torch.autograd.grad in one place, only the longer is news.
    following = [*uses, None][1:]
    return tuple(use for use, after in zip(uses, following, strict=True) if not _is_part(use, after))


def _is_part(use: Use, after: Use | None) -> bool:
    return (
        after is not None
        and use.line == after.line
        and use.binds is after.binds
        and after.name.startswith(f"{use.name}.")
    )


class Search:
    """Finds forbidden things node by node."""

    def __init__(self, walk: Walk, forbidden: tuple[str, ...], companions: Container[str] = ()) -> None:
        self._walk = walk
        dotted = [entry for entry in forbidden if not entry.startswith(".")]
        named = [entry for entry in dotted if not entry.endswith(".*")]
        self._attributes = {entry[1:] for entry in forbidden if entry.startswith(".")}
        #: What `attrgetter` or `methodcaller` may not be asked for.
        self._asked = self._attributes | {entry.rpartition(".")[2] for entry in named}
        self._paths = Paths(dotted, companions)
        self._getters = self._paths.every("operator.attrgetter", "operator.methodcaller")
        self._resolver = Resolver(walk, self._paths, named)

    def paths(self, visit: Visit) -> Iterator[tuple[Path, tuple[str, ...]]]:
        """All paths of imported things that stand here, and the module's names that each is bound to."""
        node, place = visit
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield from self._imports(node, place)
        elif isinstance(node, ast.expr) and not _is_set(node):
            for path in self._resolver.paths(node, place.scope):
                yield path, place.subjects

    def uses(self, visit: Visit) -> Iterator[Use]:
        """The forbidden things in use here."""
        node, place = visit
        names = [(path.text, binds) for path, binds in self.paths(visit) if path.entry is not None]
        names += [(f".{name}", place.subjects) for name in self._read(node, place.scope, known=bool(names))]
        for name, binds in names:
            yield Use(name=name, line=getattr(node, "lineno", 0), function=place.function, node=node, binds=binds)

    def _imports(self, node: ast.Import | ast.ImportFrom, place: Place) -> Iterator[tuple[Path, tuple[str, ...]]]:
        module = self._walk.imported_from(node) if isinstance(node, ast.ImportFrom) else None
        for alias in node.names:
            path = self._paths.imported(module, alias.name)
            yield path, place.subjects if place.function else self._bound(alias, module is not None)

    def _bound(self, alias: ast.alias, is_from: bool) -> tuple[str, ...]:
        """The name through which the import itself hands out what is forbidden."""
        local = alias.asname or alias.name
        # A plain `import a.b` binds a, which is no use yet; what is defined anew below is the learner's own.
        return () if ("." in local and not is_from) or local in self._walk.final else (local,)

    def _read(self, node: ast.AST, scope: Scope, *, known: bool) -> list[str]:
        """The forbidden attributes that are read here. known: what is read is told of by its path already."""
        match node:
            case ast.MatchClass(kwd_attrs=names):
                return sorted({*names} & self._attributes)
            case ast.Call(func=function, args=arguments) if not self._getters.isdisjoint(
                self._resolver.paths(function, scope)
            ):
                texts = [self._resolver.constant(argument, scope) for argument in arguments]
                return [part for text in texts if text for part in text.split(".") if part in self._asked]
            case ast.Attribute() | ast.Call() | ast.Subscript() if not known and not _is_set(node):
                return self._forbidden_attribute(node, scope)
        return []

    def _forbidden_attribute(self, node: ast.expr, scope: Scope) -> list[str]:
        found = self._resolver.attribute(node, scope)
        if found is None or found[1] not in self._attributes:
            return []
        value, name = found
        # An imported module's attribute is another thing; a class's, such as torch.Tensor's, is the method itself, and
        # so is what lies in a library's private parts.
        if paths := self._resolver.paths(value, scope):
            return [name] if any(path.is_class or path.private for path in paths) else []
        is_own = name in self._walk.own_attributes and self._resolver.may_be_own(value, scope)
        return [] if is_own else [name]


def _is_set(node: ast.AST) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and not isinstance(node.ctx, ast.Load)
