"""What an expression refers to: the dotted path of something imported, a constant string, an own class."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Container

from grader.submission.fold import folded
from grader.submission.scopes import Binding, Scope, Walk

#: Aliases of aliases are followed so far.
_DEPTH = 40

#: Functions that give what a dotted name stands for.
_LOADERS = frozenset({"importlib.import_module", "importlib.__import__", "pkgutil.resolve_name", "pydoc.locate"})


class Resolver:
    """Resolves expressions of one walk. `known`: full paths that a star import may bring over a builtin."""

    def __init__(self, walk: Walk, known: Container[str]) -> None:
        self._walk = walk
        self._known = known
        # Each node is resolved once: names that lead to names could otherwise take exponential time.
        self._paths: dict[int, set[str]] = {}
        self._constants: dict[int, object] = {}

    def paths(self, node: ast.expr | None, scope: Scope, depth: int = _DEPTH) -> set[str]:
        """The dotted paths of imported things (or builtins' names) that the expression may be; mostly one or none."""
        if node is None or depth <= 0:
            return set()
        if id(node) not in self._paths:
            self._paths[id(node)] = set()
            self._paths[id(node)] = self._resolved(node, scope, depth)
        return self._paths[id(node)]

    def _resolved(self, node: ast.expr, scope: Scope, depth: int) -> set[str]:
        match node:
            case ast.Name():
                return self._name(node.id, scope, depth - 1)
            case ast.Attribute() | ast.Call() | ast.Subscript() if (found := self.attribute(node, scope, depth)):
                value, name = found
                return {f"{path}.{name}" for path in self.paths(value, scope, depth - 1)}
            case ast.Call():
                return self._imported(node, scope, depth - 1)
            case ast.Subscript():
                return self._loaded(node, scope, depth - 1)
            case ast.NamedExpr():
                return self.paths(node.value, scope, depth - 1)
            case ast.IfExp():
                return self.paths(node.body, scope, depth // 2) | self.paths(node.orelse, scope, depth // 2)
            case ast.BoolOp():
                return set().union(*(self.paths(value, scope, depth // 2) for value in node.values))
        return set()

    def attribute(self, node: ast.expr, scope: Scope, depth: int = _DEPTH) -> tuple[ast.expr, str] | None:
        """The object and the name, where the expression reads an attribute: `x.a`, `getattr(x, "a")`,
        `x.__dict__["a"]`, `vars(x).get("a")`, `x.__getattribute__("a")`."""
        match node:
            case ast.Attribute():
                return node.value, node.attr
            case ast.Call(func=function, args=[value, name, *_]) if self._gets_attribute(function, scope):
                return self._named(value, name, scope, depth)
            case ast.Call(func=ast.Attribute(value=value, attr="__getattribute__" | "__getattr__"), args=[name]):
                return self._named(value, name, scope, depth)
            case ast.Subscript(value=holder, slice=name):
                return self._named(self._namespace(holder, scope), name, scope, depth)
            case ast.Call(func=ast.Attribute(value=holder, attr="get" | "pop" | "__getitem__"), args=[name, *_]):
                return self._named(self._namespace(holder, scope), name, scope, depth)
        return None

    def _gets_attribute(self, function: ast.expr, scope: Scope) -> bool:
        """`getattr`, and what takes the same arguments: `object.__getattribute__`, `inspect.getattr_static`."""
        if isinstance(function, ast.Attribute) and function.attr in ("__getattribute__", "__getattr__"):
            return True
        return self._is(function, "getattr", scope) or "inspect.getattr_static" in self.paths(function, scope, 4)

    def _namespace(self, node: ast.expr, scope: Scope) -> ast.expr | None:
        """The object whose names `x.__dict__` or `vars(x)` holds."""
        match node:
            case ast.Attribute(value=value, attr="__dict__"):
                return value
            case ast.Call(func=function, args=[value]) if self._is(function, "vars", scope):
                return value
        return None

    def _named(self, value: ast.expr | None, name: ast.expr, scope: Scope, depth: int) -> tuple[ast.expr, str] | None:
        text = self.constant(name, scope, depth) if value else None
        return (value, text) if value and text else None

    def constant(self, node: ast.expr, scope: Scope, depth: int = _DEPTH) -> str | None:
        """The string that the expression is sure to be: a literal, what is made of literals, or a name for one."""
        value = self._value(node, scope, depth)
        return value if isinstance(value, str) else None

    def _value(self, node: ast.expr, scope: Scope, depth: int) -> object:
        """The constant that the expression is sure to be; None where there is none."""
        if depth <= 0:
            return None
        if id(node) not in self._constants:
            self._constants[id(node)] = None
            self._constants[id(node)] = self._constant(node, scope, depth)
        return self._constants[id(node)]

    def _constant(self, node: ast.expr, scope: Scope, depth: int) -> object:
        match node:
            case ast.Name():
                bindings = self.bindings(node.id, scope)
                if len(bindings) == 1 and (binding := bindings[0]).value and binding.scope:
                    return self._value(binding.value, binding.scope, depth // 2)
                return None
            case ast.Attribute(value=ast.Name(id=name), attr="__name__" | "__qualname__"):
                return name if name in self._walk.final else None
            case ast.Call(func=ast.Name(id="chr" | "str" as name)) if not self._is(node.func, name, scope):
                return None
        # A chain of sums is deep on one side; all else is halved, so that time stays bounded.
        smaller = depth - 1 if isinstance(node, ast.BinOp) else depth // 2
        return folded(node, lambda part: self._value(part, scope, smaller))

    def bindings(self, name: str, scope: Scope) -> list[Binding]:
        """All that a read of this name may reach."""
        found = scope.find(name)
        if found is None:
            return []
        # A function runs when the whole module is there; a top-level statement sees what came before it.
        if found is self._walk.module and scope is not found and name in self._walk.final:
            return [Binding()]
        return found.bindings[name]

    def _name(self, name: str, scope: Scope, depth: int) -> set[str]:
        if scope.find(name):
            found: set[str] = set()
            for binding in self.bindings(name, scope)[:20]:
                found |= {binding.path} if binding.path else set()
                found |= self.paths(binding.value, binding.scope or scope, depth // 2)
            return found
        if name == "__builtins__":
            return {"builtins"}
        stars = {f"{module}.{name}" for module in scope.module.stars}
        if hasattr(builtins, name):
            return {name} | {path for path in stars if path in self._known}
        return stars

    def _is(self, node: ast.expr, builtin: str, scope: Scope) -> bool:
        return isinstance(node, (ast.Name, ast.Attribute)) and bool(
            self.paths(node, scope, 4) & {builtin, f"builtins.{builtin}"}
        )

    def _imported(self, call: ast.Call, scope: Scope, depth: int) -> set[str]:
        """`importlib.import_module("torch")`, `__import__("torch")`, `sys.modules.get("torch")`."""
        functions = self.paths(call.func, scope, depth)
        if call.args and functions & {"vars", "builtins.vars"}:
            return {f"{path}.__dict__" for path in self.paths(call.args[0], scope, depth)}
        if not call.args or not (module := self.constant(call.args[0], scope, depth)):
            return set()
        if functions & _LOADERS:
            return {module.replace(":", ".")}
        if held := {path.rpartition(".")[0] for path in functions if path.endswith((".get", ".__getitem__", ".pop"))}:
            return _held(held, module)
        # Without a list of names, __import__("a.b") returns a.
        listed = len(call.args) > 3 or any(keyword.arg == "fromlist" for keyword in call.keywords)
        return {module if listed else module.partition(".")[0]} if functions & {"__import__"} else set()

    def _loaded(self, node: ast.Subscript, scope: Scope, depth: int) -> set[str]:
        """`sys.modules["torch"]`, `__builtins__["eval"]`, and names for a module's `__dict__`."""
        if not (holders := self.paths(node.value, scope, depth)):
            return set()
        name = self.constant(node.slice, scope, depth)
        return _held(holders, name) if name else set()


def _held(holders: set[str], name: str) -> set[str]:
    """What a mapping of modules or of a module's names has under this name."""
    found = {name} if "sys.modules" in holders else set()
    found |= {f"{path.removesuffix('.__dict__')}.{name}" for path in holders if path.endswith(".__dict__")}
    return found | ({f"builtins.{name}"} if "builtins" in holders else set())


class OwnClasses:
    """Which attributes the submission's own classes define, so that `layer.backward` may be the learner's."""

    def __init__(self, walk: Walk, resolver: Resolver) -> None:
        self._classes = walk.classes
        self._resolver = resolver
        self._attributes = {name for node in walk.classes.values() for name in _attributes(node)}
        self._may: dict[int, bool] = {}

    def may_own(self, value: ast.expr, attribute: str, scope: Scope) -> bool:
        """Whether `value.attribute` may be an attribute that the learner wrote."""
        return attribute in self._attributes and self._may_be_own(value, scope, 20)

    def _may_be_own(self, value: ast.expr, scope: Scope, depth: int) -> bool:
        """Whether the value may be, or be of, an own class: anything but the outcome of arithmetic or of a library."""
        if id(value) not in self._may:
            self._may[id(value)] = False
            self._may[id(value)] = self._judged(value, scope, depth)
        return self._may[id(value)]

    def _judged(self, value: ast.expr, scope: Scope, depth: int) -> bool:
        if depth <= 0 or isinstance(value, (ast.BinOp, ast.UnaryOp, ast.Constant, ast.Compare)):
            return False
        if isinstance(value, ast.Name):
            bindings = self._resolver.bindings(value.id, scope)
            return any(self._may_be_bound(binding, scope, depth) for binding in bindings[:20])
        if self._resolver.paths(value, scope):
            return False
        if isinstance(value, ast.Call):
            return self._may_return_own(value.func, scope, depth)
        return True

    def _may_be_bound(self, binding: Binding, scope: Scope, depth: int) -> bool:
        if binding.path:
            return False
        return binding.value is None or self._may_be_own(binding.value, binding.scope or scope, depth // 2)

    def _may_return_own(self, function: ast.expr, scope: Scope, depth: int) -> bool:
        if isinstance(function, ast.Name) and function.id == "super":
            return True
        if self._resolver.paths(function, scope):
            return False
        return not isinstance(function, ast.Attribute) or self._may_be_own(function.value, scope, depth - 1)


def _attributes(node: ast.ClassDef) -> set[str]:
    """Names of the class's body, and those that its methods set on self."""
    names: set[str] = set()
    for item in ast.walk(node):
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            names.add(item.name)
        elif isinstance(item, (ast.Name, ast.Attribute)) and isinstance(item.ctx, ast.Store):
            names.add(item.id if isinstance(item, ast.Name) else item.attr)
    return names
