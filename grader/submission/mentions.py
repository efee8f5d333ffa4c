"""Which of a module's names mention which others."""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterable, Iterator
from typing import TypeVar

from grader.submission.scopes import Place, Visit, Walk

_ALL_NAMES = frozenset({"globals", "locals", "vars"})
#: The names that a statement or a function makes: reached together.
Group = tuple[str, ...]
Cause = TypeVar("Cause")


class Mentions:
    """Which groups of the module's names depend on which names, because what makes them reads these. Who asks for all
    names (`globals()`) mentions all."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._by_name: dict[str, dict[Hashable, Group]] = {}
        self._by_all: dict[Hashable, Group] = {}
        self._taken: set[Hashable] = set()
        self._reached: set[str] = set()
        for visit in walk.visits:
            self._add(visit)

    def reached(self, starts: Iterable[tuple[Group, Cause]]) -> Iterator[tuple[str, Cause]]:
        """The names of these groups and all that depend on them, the nearest first, with the cause that was given for
        the group that leads there. A name comes once, in all calls together.
        """
        waiting = [(name, cause) for group, cause in starts for name in self._untaken({id(group): group})]
        # It grows while it is walked.
        for name, cause in waiting:
            if name not in self._reached:
                self._reached.add(name)
                yield name, cause
                waiting += ((other, cause) for other in self._untaken(self._by_name.pop(name, {})))
                waiting += ((other, cause) for other in self._untaken(self._by_all))
                self._by_all = {}

    def _untaken(self, groups: dict[Hashable, Group]) -> Iterator[str]:
        """The names of these groups, each group's once whatever leads to it: a chain then costs what its statements are
        long."""
        for key, group in groups.items():
            if key not in self._taken:
                self._taken.add(key)
                yield from group

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
