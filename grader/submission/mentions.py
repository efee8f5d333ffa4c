"""Which of a module's names mention which others."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterator

from grader.submission.scopes import Place, Visit, Walk

_ALL_NAMES = frozenset({"globals", "locals", "vars"})
#: The names that a statement or a function makes: reached together, and told once.
Group = tuple[str, ...]


class Mentions:
    """Module's name → groups of names that depend on it, because what makes them reads it. Each group is told once,
    whatever leads to it, so that a chain costs what its statements are long."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._by_name: dict[str, dict[Hashable, Group]] = {}
        self._by_all: dict[Hashable, Group] = {}
        self._taken: set[Hashable] = set()
        for visit in walk.visits:
            self._add(visit)

    def unless_taken(self, group: Group) -> Group:
        """The group, the first time; the same tuple once more is empty."""
        return next(self._untaken({id(group): group}), ())

    def of(self, name: str) -> Iterator[Group]:
        """The groups that depend on a name, those left out that were told before."""
        yield from self._untaken(self._by_name.pop(name, {}))
        yield from self._untaken(self._by_all)
        self._by_all = {}

    def _untaken(self, groups: dict[Hashable, Group]) -> Iterator[Group]:
        for key, group in groups.items():
            if key not in self._taken:
                self._taken.add(key)
                yield group

    def _add(self, visit: Visit) -> None:
        node, place = visit
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found = place.scope.find(node.id)
            if found is self._walk.module and place.subjects:
                self._by_name.setdefault(node.id, {})[id(place.subjects)] = place.subjects
            elif found is None and node.id in _ALL_NAMES:
                self._by_all[id(place.subjects)] = place.subjects
        elif place.function and (name := self._set_elsewhere(node, place)):
            self._by_name.setdefault(place.function, {})[name] = (name,)

    def _set_elsewhere(self, node: ast.AST, place: Place) -> str | None:
        """The module's name that a function sets here, or an attribute or item of it."""
        if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) or not isinstance(node.ctx, ast.Store):
            return None
        base: ast.expr = node
        while isinstance(base, (ast.Attribute, ast.Subscript)):
            base = base.value
        return base.id if isinstance(base, ast.Name) and place.scope.find(base.id) is self._walk.module else None
