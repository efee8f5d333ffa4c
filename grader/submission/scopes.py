"""Which name means what, where, in a submission: scopes, imports and aliases, without running it.

Everything walks with stacks of its own, since a hostile file may be nested deeper than Python's recursion allows, and
visits each node once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import NamedTuple

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_SEARCHED = frozenset({ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.MatchClass, ast.Import, ast.ImportFrom})


class Binding(NamedTuple):
    """What a name may be: an imported `path`, below `module` if that is named, an expression's `value` in a scope, or,
    without either, unknown."""

    path: str | None = None
    value: ast.expr | None = None
    scope: Scope | None = None
    module: str | None = None


_UNKNOWN = Binding()


class Scope:
    """A namespace. `bindings`: name → all it may be bound to. `outer`: the next one around it whose names are seen."""

    __slots__ = ("_elsewhere", "bindings", "in_class", "kind", "outer", "parent")

    def __init__(self, kind: str, parent: Scope | None) -> None:
        self.kind = kind  # "module", "class", "function" or "comprehension"
        self.parent = parent
        # A class's names are seen in its own body only.
        self.outer: Scope | None = parent.outer if parent and parent.kind == "class" else parent
        self.in_class: bool = kind == "class" or (parent is not None and parent.in_class)
        self.bindings: dict[str, list[Binding]] = {}
        self._elsewhere: dict[str, Scope] = {}

    def bind(self, name: str, binding: Binding = _UNKNOWN) -> None:
        """Binds here, or where `global` or `nonlocal` sent the name."""
        self._elsewhere.get(name, self).bindings.setdefault(name, []).append(binding)

    def send(self, name: str, scope: Scope) -> None:
        """From here on this name belongs to another scope."""
        self._elsewhere[name] = scope

    def find(self, name: str) -> Scope | None:
        """The scope that a read of this name reaches; None for a builtin or what a star import brought."""
        # Python's parser allows some hundred scopes within each other.
        scope: Scope | None = self
        while scope and name not in scope.bindings:
            scope = scope.outer
        return scope


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


class Walk(ast.NodeVisitor):
    """All that a submission reads, sets, calls and imports when it is graded, with its scopes: `visits`, statement by
    statement, the parts of an expression before the whole. Annotations and the body of `if __name__ == "__main__"`
    are left out, unless they do more than they should: bind names, or set `__name__`."""

    def __init__(self, trees: Iterable[ast.Module], package: str = "") -> None:
        """package: the dotted name at which relative imports begin; empty for files beside the submission."""
        self.package = package
        self.module = Scope("module", None)
        self.visits: list[Visit] = []
        #: Names that classes' bodies bind, and those that their methods set on anything.
        self.own_attributes: set[str] = set()
        #: Names that a top-level def or class has in the end, whatever they were before.
        self.final: set[str] = set()
        #: Modules of which everything is imported.
        self.stars: list[str] = []
        self._place = Place(self.module, None, ())
        self._stack: list[Visit] = []
        #: What an assignment's targets are given: the target's id → its binding.
        self._given: dict[int, Binding] = {}
        #: Bodies that run only if the file gives itself the name `__main__`.
        self._guarded: list[tuple[ast.If, Place]] = []
        self._renamed = False
        top = self._place
        for statement in (statement for tree in trees for statement in tree.body):
            self.final.difference_update(assigned(statement))
            if isinstance(statement, (*FUNCTIONS, ast.ClassDef)):
                self.final.add(statement.name)
            self._run(top, [statement])
        if self._renamed:
            for node, place in self._guarded:
                self._run(place, [node.test, *node.body])

    def _run(self, place: Place, nodes: Iterable[ast.AST]) -> None:
        self._push(place, nodes)
        stack, visits, begun = self._stack, self.visits, len(self.visits)
        while stack:
            node, self._place = visit = stack.pop()
            if isinstance(node, ast.stmt):
                # Of what lies between two statements, the inner parts come first.
                visits[begun:] = reversed(visits[begun:])
                begun = len(visits)
            if type(node) in _SEARCHED:
                visits.append(visit)
            self.visit(node)
        visits[begun:] = reversed(visits[begun:])

    def generic_visit(self, node: ast.AST) -> None:
        """All parts of the node are next."""
        self._push(self._place, ast.iter_child_nodes(node))

    def _push(self, place: Place, nodes: Iterable[ast.AST | None]) -> None:
        """Puts nodes before what waits already. A statement of the module is a place of its own."""
        in_module = place.function is None and place.scope is self.module
        for node in reversed([*nodes]):
            if in_module and isinstance(node, ast.stmt):
                self._stack.append((node, place._replace(subjects=tuple(assigned(node)))))
            elif node is not None:
                self._stack.append((node, place))

    # -- what opens a scope --------------------------------------------------------------------------------------

    def _defined(self, name: str) -> Place:
        """Where the parts of a function or class stand, whose name this binds."""
        self._bind(name)
        scope, function, _ = self._place
        return Place(scope, name, (name,)) if function is None and scope is self.module else self._place

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        place = self._defined(node.name)
        self._body(node.args, node.body, place)
        self._push(place, [*node.decorator_list, *_doing(_annotations(node)), *_defaults(node.args)])

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._body(node.args, [node.body], self._place)
        self._push(self._place, _defaults(node.args))

    def _body(self, arguments: ast.arguments, body: Iterable[ast.AST], place: Place) -> None:
        inner = Scope("function", place.scope)
        _bind_parameters(arguments, place.scope, inner)
        self._push(place._replace(scope=inner), body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        place = self._defined(node.name)
        self._push(place._replace(scope=Scope("class", place.scope)), node.body)
        self._push(place, [*node.decorator_list, *node.bases, *node.keywords])

    def _comprehension(self, node: ast.expr) -> None:
        place = self._place._replace(scope=Scope("comprehension", self._place.scope))
        self._push(place, ast.iter_child_nodes(node))

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _comprehension

    def visit_If(self, node: ast.If) -> None:
        if not self._renamed and self._place.scope is self.module and is_main_guard(node):
            self._guarded.append((node, self._place))
            self._push(self._place, node.orelse)
        else:
            self.generic_visit(node)

    # -- what binds names ----------------------------------------------------------------------------------------

    def _bind(self, name: str, binding: Binding = _UNKNOWN) -> None:
        self._place.scope.bind(name, binding)
        if self._place.scope.in_class:
            self.own_attributes.add(name)

    def _give(self, target: ast.expr, value: ast.expr, scope: Scope) -> None:
        """Notes what an assignment's target will be bound to, the parts of a tuple one by one."""
        pairs = [(target, value)]
        while pairs:
            match pairs.pop():
                case ast.Name() as name, value:
                    self._given[id(name)] = Binding(value=value, scope=scope)
                case ast.Tuple(elts=targets) | ast.List(elts=targets), ast.Tuple(elts=values) | ast.List(elts=values):
                    if len(targets) == len(values):
                        pairs += zip(targets, values, strict=True)

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._give(target, node.value, self._place.scope)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self._give(node.target, node.value, self._place.scope)
        self._push(self._place, [node.target, node.value, *_doing([node.annotation])])

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        scope = self._place.scope
        while scope.kind == "comprehension" and scope.parent:
            scope = scope.parent
        self._give(node.target, node.value, scope)
        self._push(self._place, [node.value])
        self._push(self._place._replace(scope=scope), [node.target])

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._bind(node.id, self._given.pop(id(node), _UNKNOWN))
            self._renamed = self._renamed or node.id == "__name__"

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.ctx, ast.Store) and self._place.scope.in_class:
            self.own_attributes.add(node.attr)
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        self._renamed = self._renamed or node.value == "__name__"

    def _named(self, node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar) -> None:
        if node.name is not None:
            self._bind(node.name)
        self.generic_visit(node)

    visit_ExceptHandler = visit_MatchAs = visit_MatchStar = _named

    def _imports(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if isinstance(node, ast.Import):
                top = alias.name.partition(".")[0]
                self._bind(alias.asname or top, Binding(path=alias.name if alias.asname else top))
            elif alias.name == "*":
                self.stars.append(self.imported_from(node))
            else:
                self._bind(alias.asname or alias.name, Binding(path=alias.name, module=self.imported_from(node)))
            self._renamed = self._renamed or "__name__" in (alias.name, alias.asname)

    visit_Import = visit_ImportFrom = _imports

    def imported_from(self, node: ast.ImportFrom) -> str:
        """The module of `from ... import`, a relative one counted from the package."""
        if not node.level:
            return node.module or ""
        parts = self.package.split(".") if self.package else []
        return ".".join([*parts[: max(len(parts) - node.level + 1, 0)], *([node.module] if node.module else [])])

    def visit_Global(self, node: ast.Global) -> None:
        for name in node.names:
            self._place.scope.send(name, self.module)

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        scope = self._place.scope
        for name in node.names:
            scope.send(name, (scope.parent and scope.parent.find(name)) or scope)


def _doing(annotations: Iterable[ast.expr | None]) -> list[ast.expr]:
    """Those annotations that do more than annotate: bind a name, or may name the file `__main__`."""
    return [annotation for annotation in annotations if annotation and any(map(_does, ast.walk(annotation)))]


def _does(part: ast.AST) -> bool:
    return isinstance(part, ast.NamedExpr) or (isinstance(part, ast.Constant) and part.value == "__name__")


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


def _bind_parameters(arguments: ast.arguments, outer: Scope, inner: Scope) -> None:
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + [*arguments.defaults]
    pairs = [*zip(positional, defaults, strict=True), *zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)]
    for argument, default in pairs:
        inner.bind(argument.arg, Binding(value=default, scope=outer))
    for extra in (arguments.vararg, arguments.kwarg):
        if extra:
            inner.bind(extra.arg)
