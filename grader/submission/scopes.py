"""Which name means what, where, in a submission: scopes, imports and aliases, without running it.

Everything walks with stacks of its own: a hostile file may be nested deeper than Python's recursion allows.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    """A namespace. `bindings`: name → all it may be bound to."""

    def __init__(self, kind: str, parent: Scope | None) -> None:
        self.kind = kind  # "module", "class", "function" or "comprehension"
        self.parent = parent
        self.bindings: dict[str, list[Binding]] = {}
        self.stars: list[str] = []
        self._elsewhere: dict[str, Scope] = {}

    def bind(self, name: str, binding: Binding) -> None:
        """Binds here, or where `global` or `nonlocal` sent the name."""
        scope = self._elsewhere.get(name, self)
        scope.bindings.setdefault(name, []).append(binding)

    def send(self, names: list[str], scope: Scope) -> None:
        """From here on these names belong to another scope."""
        self._elsewhere |= dict.fromkeys(names, scope)

    def find(self, name: str) -> Scope | None:
        """The scope that a read of this name reaches; None for a builtin or what a star import brought."""
        scope: Scope | None = self
        while scope:
            # A class's names are seen in its own body only.
            if name in scope.bindings and (scope is self or scope.kind != "class"):
                return scope
            scope = scope.parent
        return None

    @property
    def module(self) -> Scope:
        """The outermost scope."""
        scope = self
        while scope.parent:
            scope = scope.parent
        return scope


class Binding(NamedTuple):
    """What a name may be: an imported `path`, an expression's `value` in a scope, or, without either, unknown."""

    path: str | None = None
    value: ast.expr | None = None
    scope: Scope | None = None


class Visit(NamedTuple):
    """A node where it stands. `function`: the top-level function or class around it.

    subjects: the module's names that depend on it: that function, or what its top-level statement assigns.
    """

    node: ast.AST
    scope: Scope
    function: str | None
    subjects: tuple[str, ...]


class Walk:
    """All nodes of a submission that may run when it is graded, with their scopes. Annotations and the body of
    `if __name__ == "__main__"` are left out, unless they do more than they should: bind names, or set `__name__`."""

    def __init__(self, trees: Iterable[ast.Module]) -> None:
        self.module = Scope("module", None)
        self.visits: list[Visit] = []
        self.classes: dict[str, ast.ClassDef] = {}
        #: Names that a top-level def or class has in the end, whatever they were before.
        self.final: set[str] = set()
        trees = list(trees)
        self._renamed = any(map(_sets_name, trees))
        for tree in trees:
            for statement in tree.body:
                self._finally(statement)
                self._walk(statement)

    def _finally(self, statement: ast.stmt) -> None:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            self.final.add(statement.name)
        else:
            self.final -= set(assigned(statement))

    def _walk(self, statement: ast.stmt) -> None:
        self._stack = [Visit(statement, self.module, None, ())]
        while self._stack:
            visit = self._stack.pop()
            if visit.scope is self.module and visit.function is None and isinstance(visit.node, ast.stmt):
                visit = visit._replace(subjects=tuple(assigned(visit.node)))
            self.visits.append(visit)
            self._enter(visit)

    def _push(self, visit: Visit, nodes: Iterable[ast.AST | None], scope: Scope | None = None) -> None:
        scope = scope or visit.scope
        self._stack += reversed([visit._replace(node=node, scope=scope) for node in nodes if node is not None])

    def _enter(self, visit: Visit) -> None:
        node, scope = visit.node, visit.scope
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                self._function(visit, node)
            case ast.ClassDef():
                self._class(visit, node)
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._push(visit, ast.iter_child_nodes(node), Scope("comprehension", scope))
            case ast.If() if is_main_guard(node) and not self._renamed:
                self._push(visit, node.orelse)
            case ast.AnnAssign():
                bind_target(node.target, node.value, scope)
                self._push(visit, [node.target, node.value, *_binding([node.annotation])])
            case _:
                _bind(node, scope)
                self._push(visit, ast.iter_child_nodes(node))

    def _function(self, visit: Visit, node: _Function) -> None:
        inner = Scope("function", visit.scope)
        if not isinstance(node, ast.Lambda):
            visit.scope.bind(node.name, Binding())
            visit = self._owned(visit, node.name)
        _bind_parameters(node.args, visit.scope, inner)
        body = [node.body] if isinstance(node, ast.Lambda) else node.body
        self._push(visit, body, inner)
        outside = [] if isinstance(node, ast.Lambda) else [*node.decorator_list, *_binding(_annotations(node))]
        self._push(visit, [*outside, *node.args.defaults, *node.args.kw_defaults])

    def _class(self, visit: Visit, node: ast.ClassDef) -> None:
        visit.scope.bind(node.name, Binding())
        self.classes[node.name] = node
        visit = self._owned(visit, node.name)
        self._push(visit, node.body, Scope("class", visit.scope))
        self._push(visit, [*node.decorator_list, *node.bases, *node.keywords])

    def _owned(self, visit: Visit, name: str) -> Visit:
        if visit.function is None and visit.scope is self.module:
            return visit._replace(function=name, subjects=(name,))
        return visit


def _sets_name(tree: ast.Module) -> bool:
    """Whether the file may give itself the name `__main__`."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id="__name__", ctx=ast.Store()) | ast.alias(asname="__name__") | ast.alias(name="__name__"):
                return True
            case ast.Constant(value="__name__"):
                return True
    return False


def _annotations(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr | None]:
    arguments = node.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    return [*(argument.annotation for argument in every if argument), node.returns]


def _binding(annotations: list[ast.expr | None]) -> list[ast.expr]:
    """Those annotations that bind a name."""
    found = [node for node in annotations if node is not None]
    return [node for node in found if any(isinstance(part, ast.NamedExpr) for part in ast.walk(node))]


def is_main_guard(node: ast.If) -> bool:
    """Whether this is `if __name__ == "__main__"`, which never holds when a submission is graded."""
    match node.test:
        case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
            return True
    return False


def assigned(statement: ast.stmt) -> list[str]:
    """The names that a statement itself binds: its targets, imports, or the function or class it defines."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return [statement.name]
        case ast.Import():
            return [alias.asname or alias.name.partition(".")[0] for alias in statement.names]
        case ast.ImportFrom():
            return [alias.asname or alias.name for alias in statement.names]
    names: list[str] = []
    nodes: list[ast.AST] = [n for n in ast.iter_child_nodes(statement) if isinstance(n, (ast.expr, ast.withitem))]
    while nodes:
        node = nodes.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        if not isinstance(node, (ast.Lambda, *_COMPREHENSIONS)):
            nodes += ast.iter_child_nodes(node)
    return names


def bind_target(target: ast.AST, value: ast.expr | None, scope: Scope) -> None:
    """Binds the names of an assignment's target, those of a tuple one by one."""
    pairs: list[tuple[ast.AST, ast.expr | None]] = [(target, value)]
    while pairs:
        target, value = pairs.pop()
        if isinstance(target, ast.Name):
            scope.bind(target.id, Binding(value=value, scope=scope))
        elif isinstance(target, (ast.Tuple, ast.List)):
            parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
            matching = len(parts) == len(target.elts)
            pairs += zip(target.elts, parts if matching else [None] * len(target.elts), strict=True)
        elif isinstance(target, ast.Starred):
            pairs.append((target.value, None))


def _bind(node: ast.AST, scope: Scope) -> None:
    match node:
        case ast.Import() | ast.ImportFrom():
            _bind_import(node, scope)
        case ast.Assign():
            for target in node.targets:
                bind_target(target, node.value, scope)
        case ast.NamedExpr():
            while scope.kind == "comprehension" and scope.parent:
                scope = scope.parent
            bind_target(node.target, node.value, scope)
        case ast.For() | ast.AsyncFor() | ast.comprehension() | ast.AugAssign():
            bind_target(node.target, None, scope)
        case ast.withitem(optional_vars=target) if target is not None:
            bind_target(target, None, scope)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            scope.bind(name, Binding())
        case ast.Global():
            scope.send(node.names, scope.module)
        case ast.Nonlocal():
            for name in node.names:
                scope.send([name], (scope.parent and scope.parent.find(name)) or scope)


def _bind_import(node: ast.Import | ast.ImportFrom, scope: Scope) -> None:
    for alias in node.names:
        if isinstance(node, ast.Import):
            top = alias.name.partition(".")[0]
            scope.bind(alias.asname or top, Binding(path=alias.name if alias.asname else top))
        elif alias.name == "*":
            scope.stars.append(node.module or "")
        else:
            scope.bind(alias.asname or alias.name, Binding(path=f"{node.module or ''}.{alias.name}"))


def _bind_parameters(arguments: ast.arguments, outer: Scope, inner: Scope) -> None:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + [*arguments.defaults]
    pairs = [*zip(positional, defaults, strict=True), *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    for argument, default in pairs:
        inner.bind(argument.arg, Binding(value=default, scope=outer))
    for extra in (arguments.vararg, arguments.kwarg):
        if extra:
            inner.bind(extra.arg, Binding())
