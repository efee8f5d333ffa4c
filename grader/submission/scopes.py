"""Which name means what, where, in a submission: scopes, imports and aliases, without running it.

Everything walks with stacks of its own, since a hostile file may be nested deeper than Python's recursion allows, and
visits each node once.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Scope:
    """A namespace. `bindings`: name → all it may be bound to. `outer`: the next one around it whose names are seen."""

    __slots__ = ("_elsewhere", "_found", "bindings", "inner", "kind", "module", "outer", "parent", "walked")

    def __init__(self, kind: str, parent: Scope | None) -> None:
        self.kind = kind  # "module", "class", "function" or "comprehension"
        self.parent = parent
        # A class's names are seen in its own body only.
        self.outer: Scope | None = parent.outer if parent and parent.kind == "class" else parent
        self.module: Scope = parent.module if parent else self
        self.bindings: dict[str, list[Binding]] = {}
        #: Of the module's scope: names bound in any other, and whether all of them are known.
        self.inner: set[str] = set()
        self.walked = False
        self._elsewhere: dict[str, Scope] = {}
        self._found: dict[str, Scope | None] = {}

    def bind(self, name: str, binding: Binding) -> None:
        """Binds here, or where `global` or `nonlocal` sent the name."""
        scope = self._elsewhere.get(name, self)
        scope.bindings.setdefault(name, []).append(binding)
        if scope.parent:
            self.module.inner.add(name)

    def send(self, names: list[str], scope: Scope) -> None:
        """From here on these names belong to another scope."""
        self._elsewhere |= dict.fromkeys(names, scope)

    def find(self, name: str) -> Scope | None:
        """The scope that a read of this name reaches; None for a builtin or what a star import brought."""
        if name in self.bindings:
            return self
        if name not in self.module.inner:
            return self.module if name in self.module.bindings else None
        return self.outer._seen(name) if self.outer else None

    def _seen(self, name: str) -> Scope | None:
        """Looks from here outwards, once for all scopes within."""
        if name in self._found:
            return self._found[name]
        scope: Scope | None = self
        while scope and name not in scope.bindings:
            scope = scope.outer
        if self.module.walked:
            self._found[name] = scope
        return scope


class Binding(NamedTuple):
    """What a name may be: an imported `path`, below `module` if that is named, an expression's `value` in a scope, or,
    without either, unknown."""

    path: str | None = None
    value: ast.expr | None = None
    scope: Scope | None = None
    module: str | None = None


class Place(NamedTuple):
    """Where nodes stand. `function`: the top-level function or class around them.

    subjects: the module's names that depend on them: that function, or what their top-level statement assigns. One
    tuple for all nodes of a statement, however many.
    """

    scope: Scope
    function: str | None
    subjects: tuple[str, ...]


#: A node and where it stands.
Visit = tuple[ast.AST, Place]


class Walk:
    """All that a submission reads, sets, calls and imports when it is graded, with its scopes: `visits`, statement by
    statement, the parts of an expression before the whole. Annotations and the body of `if __name__ == "__main__"`
    are left out, unless they do more than they should: bind names, or set `__name__`."""

    def __init__(self, trees: Iterable[ast.Module], package: str = "") -> None:
        """package: the dotted name at which relative imports begin; empty for files beside the submission."""
        self.package = package
        self.module = Scope("module", None)
        self.visits: list[Visit] = []
        self.classes: dict[str, ast.ClassDef] = {}
        #: Names that a top-level def or class has in the end, whatever they were before.
        self.final: set[str] = set()
        #: Modules of which everything is imported.
        self.stars: list[str] = []
        self._stack: list[Visit] = []
        #: Bodies that run only if the file gives itself the name `__main__`.
        self._guarded: list[tuple[ast.If, Place]] = []
        self._renamed = False
        for tree in trees:
            for statement in tree.body:
                self._walk(statement)
        self._renamed = self._renamed or any(_sets_name(part) for node, _ in self._guarded for part in node.body)
        if self._renamed:
            for node, place in self._guarded:
                self._push(place, [node.test, *node.body])
            self._run()
        self.module.walked = True

    def _walk(self, statement: ast.stmt) -> None:
        names = tuple(assigned(statement))
        if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
            self.final.add(statement.name)
        else:
            self.final.difference_update(names)
        self._stack.append((statement, Place(self.module, None, names)))
        self._run()

    def _run(self) -> None:
        stack, visits, begun = self._stack, self.visits, len(self.visits)
        while stack:
            node, place = visit = stack.pop()
            kind = type(node)
            if isinstance(node, ast.stmt):
                # Of what lies between two statements, the inner parts come first.
                visits[begun:] = reversed(visits[begun:])
                begun = len(visits)
            if kind in _SEARCHED:
                visits.append(visit)
            enter = _ENTER.get(kind)
            if enter is None or enter(self, node, place):
                self._push_parts(node, place)
        visits[begun:] = reversed(visits[begun:])

    def _push_parts(self, node: ast.AST, place: Place) -> None:
        kind = type(node)
        if kind not in _PARTS:
            _PARTS[kind] = tuple(name for name in reversed(kind._fields) if name not in _NO_NODES)
        for name in _PARTS[kind]:
            part = getattr(node, name, None)
            if isinstance(part, list):
                self._push(place, part)
            elif isinstance(part, ast.AST):
                self._stack.append((part, place))

    def _push(self, place: Place, nodes: Iterable[Any]) -> None:
        """Puts nodes before what waits already. A statement of the module is a place of its own."""
        in_module = place.function is None and place.scope is self.module
        for node in reversed([*nodes]):
            if in_module and isinstance(node, ast.stmt):
                self._stack.append((node, place._replace(subjects=tuple(assigned(node)))))
            elif isinstance(node, ast.AST):
                self._stack.append((node, place))

    def _owned(self, place: Place, name: str) -> Place:
        if place.function is None and place.scope is self.module:
            return Place(place.scope, name, (name,))
        return place

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, place: Place) -> None:
        place.scope.bind(node.name, Binding())
        place = self._owned(place, node.name)
        self._body(node.args, node.body, place)
        self._push(place, [*node.decorator_list, *self._binding(_annotations(node)), *_defaults(node.args)])

    def _lambda(self, node: ast.Lambda, place: Place) -> None:
        self._body(node.args, [node.body], place)
        self._push(place, _defaults(node.args))

    def _body(self, arguments: ast.arguments, body: Iterable[ast.AST], place: Place) -> None:
        inner = Scope("function", place.scope)
        _bind_parameters(arguments, place.scope, inner)
        self._push(place._replace(scope=inner), body)

    def _class(self, node: ast.ClassDef, place: Place) -> None:
        place.scope.bind(node.name, Binding())
        self.classes[node.name] = node
        place = self._owned(place, node.name)
        self._push(place._replace(scope=Scope("class", place.scope)), node.body)
        self._push(place, [*node.decorator_list, *node.bases, *node.keywords])

    def _comprehension(self, node: ast.expr, place: Place) -> None:
        self._push_parts(node, place._replace(scope=Scope("comprehension", place.scope)))

    def _if(self, node: ast.If, place: Place) -> bool:
        if self._renamed or not is_main_guard(node):
            return True
        self._guarded.append((node, place))
        self._push(place, node.orelse)
        return False

    def _annotated(self, node: ast.AnnAssign, place: Place) -> None:
        bind_target(node.target, node.value, place.scope)
        self._push(place, [node.target, node.value, *self._binding([node.annotation])])

    def _binding(self, annotations: Iterable[ast.expr | None]) -> list[ast.expr]:
        """Those annotations that bind a name."""
        found = []
        for annotation in annotations:
            if annotation is None or type(annotation) is ast.Name:
                continue
            if any(isinstance(part, ast.NamedExpr) for part in ast.walk(annotation)):
                found.append(annotation)
            self._renamed = self._renamed or _sets_name(annotation)
        return found

    def _imports(self, node: ast.Import | ast.ImportFrom, place: Place) -> None:
        for alias in node.names:
            if isinstance(node, ast.Import):
                top = alias.name.partition(".")[0]
                place.scope.bind(alias.asname or top, Binding(path=alias.name if alias.asname else top))
            elif alias.name == "*":
                self.stars.append(self.imported_from(node))
            else:
                place.scope.bind(alias.asname or alias.name, Binding(path=alias.name, module=self.imported_from(node)))
            self._renamed = self._renamed or "__name__" in (alias.name, alias.asname)

    def imported_from(self, node: ast.ImportFrom) -> str:
        """The module of `from ... import`, a relative one counted from the package."""
        if not node.level:
            return node.module or ""
        parts = self.package.split(".") if self.package else []
        return ".".join([*parts[: max(len(parts) - node.level + 1, 0)], *([node.module] if node.module else [])])

    def _name(self, node: ast.Name, place: Place) -> None:
        if node.id == "__name__" and isinstance(node.ctx, ast.Store):
            self._renamed = True

    def _constant(self, node: ast.Constant, place: Place) -> None:
        if node.value == "__name__":
            self._renamed = True

    def _assign(self, node: ast.Assign, place: Place) -> bool:
        for target in node.targets:
            bind_target(target, node.value, place.scope)
        return True

    def _walrus(self, node: ast.NamedExpr, place: Place) -> bool:
        scope = place.scope
        while scope.kind == "comprehension" and scope.parent:
            scope = scope.parent
        bind_target(node.target, node.value, scope)
        return True

    def _target(self, node: ast.For | ast.AsyncFor | ast.comprehension | ast.AugAssign, place: Place) -> bool:
        bind_target(node.target, None, place.scope)
        return True

    def _with(self, node: ast.withitem, place: Place) -> bool:
        if node.optional_vars is not None:
            bind_target(node.optional_vars, None, place.scope)
        return True

    def _named(self, node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar, place: Place) -> bool:
        if node.name is not None:
            place.scope.bind(node.name, Binding())
        return True

    def _global(self, node: ast.Global, place: Place) -> None:
        place.scope.send(node.names, self.module)

    def _nonlocal(self, node: ast.Nonlocal, place: Place) -> None:
        scope = place.scope
        for name in node.names:
            scope.send([name], (scope.parent and scope.parent.find(name)) or scope)


#: What is done at a node. If the answer is true, all its parts follow.
_ENTER: dict[type[ast.AST], Callable[[Walk, Any, Place], bool | None]] = {
    ast.FunctionDef: Walk._function,
    ast.AsyncFunctionDef: Walk._function,
    ast.Lambda: Walk._lambda,
    ast.ClassDef: Walk._class,
    ast.If: Walk._if,
    ast.AnnAssign: Walk._annotated,
    **dict.fromkeys(_COMPREHENSIONS, Walk._comprehension),
    ast.Import: Walk._imports,
    ast.ImportFrom: Walk._imports,
    ast.Name: Walk._name,
    ast.Constant: Walk._constant,
    ast.Assign: Walk._assign,
    ast.NamedExpr: Walk._walrus,
    ast.For: Walk._target,
    ast.AsyncFor: Walk._target,
    ast.comprehension: Walk._target,
    ast.AugAssign: Walk._target,
    ast.withitem: Walk._with,
    ast.ExceptHandler: Walk._named,
    ast.MatchAs: Walk._named,
    ast.MatchStar: Walk._named,
    ast.Global: Walk._global,
    ast.Nonlocal: Walk._nonlocal,
}
_SEARCHED = frozenset({ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.MatchClass, ast.Import, ast.ImportFrom})
#: Fields that hold no node to walk, and, per kind of node, the others, the last one first.
_NO_NODES = frozenset({"ctx", "op", "ops", "attr", "name", "rest", "kwd_attrs", "type_comment", "conversion"})
_PARTS: dict[type[ast.AST], tuple[str, ...]] = {}


def _sets_name(tree: ast.AST) -> bool:
    """Whether this may give the file the name `__main__`."""
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


def _defaults(arguments: ast.arguments) -> list[ast.expr | None]:
    return [*arguments.defaults, *arguments.kw_defaults]


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
        if isinstance(node, ast.Name):
            if isinstance(node.ctx, ast.Store):
                names.append(node.id)
        elif not isinstance(node, (ast.Lambda, *_COMPREHENSIONS)):
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


def _bind_parameters(arguments: ast.arguments, outer: Scope, inner: Scope) -> None:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + [*arguments.defaults]
    pairs = [*zip(positional, defaults, strict=True), *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    for argument, default in pairs:
        inner.bind(argument.arg, Binding(value=default, scope=outer))
    for extra in (arguments.vararg, arguments.kwarg):
        if extra:
            inner.bind(extra.arg, Binding())
