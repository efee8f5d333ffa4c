"""What an expression refers to: the dotted path of something imported, a constant string, an own class.

Linear in the size of the submission: each expression is resolved once, to a bounded number of paths.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterable
from itertools import chain

from grader.submission.fold import folded
from grader.submission.paths import Path, Paths
from grader.submission.scopes import FUNCTIONS, Binding, Scope, Walk

#: Aliases of aliases are followed so far, expressions within expressions, too. What lies deeper is unknown. Each level
#: takes up to eight of Python's frames, of which it allows a thousand.
_DEPTH = 60
#: Of a name's bindings the first are looked at.
_MOST = 20
#: Of the paths that an expression may stand for so many are kept, first those that are forbidden or lead there.
_MOST_PATHS = 8


class Resolver:
    """Resolves expressions of one walk. `known`: full paths that a star import may bring over a builtin."""

    def __init__(self, walk: Walk, paths: Paths, known: Iterable[str]) -> None:
        self._walk = walk
        self._all = paths
        self._known = paths.every(*known)
        self._paths: dict[int, tuple[Path, ...]] = {}
        self._names: dict[tuple[Scope | None, str], tuple[Path, ...]] = {}
        self._constants: dict[int, object] = {}
        #: Expressions that are being resolved: one that leads to itself adds nothing.
        self._open: set[int] = set()
        self._depth = 0
        self._getattr = paths.every("getattr", "builtins.getattr", "inspect.getattr_static")
        self._vars = paths.every("vars", "builtins.vars")
        self._import = paths.every("__import__")
        self._modules = paths.of("sys.modules")
        self._builtins = paths.of("builtins")
        #: Functions that give what a dotted name stands for.
        self._loaders = paths.every(
            "importlib.import_module", "importlib.__import__", "pkgutil.resolve_name", "pydoc.locate"
        )
        stars = [paths.of(module) for module in dict.fromkeys(walk.stars)]
        self._stars = sorted(stars, key=lambda path: not path.leads_on)[:_MOST_PATHS]

    def paths(self, node: ast.expr | None, scope: Scope | None) -> tuple[Path, ...]:
        """The dotted paths of imported things (or builtins' names) that the expression may be; mostly one or none."""
        resolve = _RESOLVE.get(type(node))
        if resolve is None or node is None or scope is None:
            return ()
        key = id(node)
        found = self._paths.get(key)
        if found is not None or self._depth >= _DEPTH:
            return found or ()
        self._paths[key] = ()
        self._open.add(key)
        self._depth += 1
        found = self._paths[key] = resolve(self, node, scope)
        self._depth -= 1
        self._open.discard(key)
        return found

    def _of_attribute(self, node: ast.Attribute, scope: Scope) -> tuple[Path, ...]:
        return tuple([path.child(node.attr) for path in self.paths(node.value, scope)])

    def _of_call(self, node: ast.Call, scope: Scope) -> tuple[Path, ...]:
        if found := self.attribute(node, scope):
            return _united([(path.extended(found[1]),) for path in self.paths(found[0], scope)])
        return self._imported(node, scope)

    def _of_subscript(self, node: ast.Subscript, scope: Scope) -> tuple[Path, ...]:
        """`sys.modules["torch"]`, `__builtins__["eval"]`, and names for a module's `__dict__`."""
        if found := self.attribute(node, scope):
            return _united([(path.extended(found[1]),) for path in self.paths(found[0], scope)])
        holders = self.paths(node.value, scope)
        name = self.constant(node.slice, scope) if holders else None
        return self._held(holders, name) if name else ()

    def _of_walrus(self, node: ast.NamedExpr, scope: Scope) -> tuple[Path, ...]:
        return self.paths(node.value, scope)

    def _of_choice(self, node: ast.IfExp, scope: Scope) -> tuple[Path, ...]:
        return _united([self.paths(node.body, scope), self.paths(node.orelse, scope)])

    def _of_either(self, node: ast.BoolOp, scope: Scope) -> tuple[Path, ...]:
        return _united([self.paths(value, scope) for value in node.values])

    def attribute(self, node: ast.expr, scope: Scope) -> tuple[ast.expr, str] | None:
        """The object and the name, where the expression reads an attribute: `x.a`, `getattr(x, "a")`,
        `x.__dict__["a"]`, `vars(x).get("a")`, `x.__getattribute__("a")`."""
        match node:
            case ast.Attribute():
                return node.value, node.attr
            case ast.Call(func=function, args=[value, name, *_]) if self._gets_attribute(function, scope):
                return self._named(value, name, scope)
            case ast.Call(func=ast.Attribute(value=value, attr="__getattribute__" | "__getattr__"), args=[name]):
                return self._named(value, name, scope)
            case ast.Subscript(value=holder, slice=name):
                return self._named(self._namespace(holder, scope), name, scope)
            case ast.Call(func=ast.Attribute(value=holder, attr="get" | "pop" | "__getitem__"), args=[name, *_]):
                return self._named(self._namespace(holder, scope), name, scope)
        return None

    def _gets_attribute(self, function: ast.expr, scope: Scope) -> bool:
        """`getattr`, and what takes the same arguments: `object.__getattribute__`, `inspect.getattr_static`."""
        if isinstance(function, ast.Attribute) and function.attr in ("__getattribute__", "__getattr__"):
            return True
        return not self._getattr.isdisjoint(self.paths(function, scope))

    def _namespace(self, node: ast.expr, scope: Scope) -> ast.expr | None:
        """The object whose names `x.__dict__` or `vars(x)` holds."""
        match node:
            case ast.Attribute(value=value, attr="__dict__"):
                return value
            case ast.Call(func=function, args=[value]) if not self._vars.isdisjoint(self.paths(function, scope)):
                return value
        return None

    def _named(self, value: ast.expr | None, name: ast.expr, scope: Scope) -> tuple[ast.expr, str] | None:
        text = self.constant(name, scope) if value else None
        return (value, text) if value and text else None

    def constant(self, node: ast.expr, scope: Scope) -> str | None:
        """The string that the expression is sure to be: a literal, what is made of literals, or a name for one."""
        value = self._value(node, scope)
        return value if isinstance(value, str) else None

    def _value(self, node: ast.expr, scope: Scope) -> object:
        """The constant that the expression is sure to be; None where there is none."""
        key = id(node)
        if key in self._constants or self._depth >= _DEPTH:
            return self._constants.get(key)
        self._constants[key] = None
        self._depth += 1
        found = self._constants[key] = self._constant(node, scope)
        self._depth -= 1
        return found

    def _constant(self, node: ast.expr, scope: Scope) -> object:
        match node:
            case ast.Name():
                bindings = self.bindings(node.id, scope)
                if len(bindings) == 1 and (binding := bindings[0]).value and binding.scope:
                    return self._value(binding.value, binding.scope)
                return None
            case ast.Attribute(value=ast.Name(id=name), attr="__name__" | "__qualname__"):
                return name if name in self._walk.final else None
            case ast.Call(func=ast.Name(id="chr" | "str" as name)) if not self._is(node.func, name, scope):
                return None
        return folded(node, lambda part: self._value(part, scope))

    def bindings(self, name: str, scope: Scope) -> list[Binding]:
        """All that a read of this name may reach, where it is many the first of them."""
        found = scope.find(name)
        if found is None:
            return []
        # A function runs when the whole module is there; a top-level statement sees what came before it.
        if found is self._walk.module and scope is not found and name in self._walk.final:
            return [Binding()]
        return found.bindings[name][:_MOST]

    def _of_name(self, node: ast.Name, scope: Scope) -> tuple[Path, ...]:
        holder = scope.find(node.id)
        if holder is self._walk.module and scope is not holder and node.id in self._walk.final:
            return ()
        key = holder, node.id
        found = self._names.get(key)
        if found is None:
            found = self._bound(holder.bindings[node.id][:_MOST]) if holder else self._unbound(node.id)
            # What is still being resolved may yet become more.
            if holder is None or all(map(self._is_resolved, holder.bindings[node.id][:_MOST])):
                self._names[key] = found
        return found

    def _bound(self, bindings: list[Binding]) -> tuple[Path, ...]:
        return _united(
            [
                (self._all.imported(binding.module, binding.path),)
                if binding.path
                else self.paths(binding.value, binding.scope)
                for binding in bindings
                if binding.path or binding.value
            ]
        )

    def _is_resolved(self, binding: Binding) -> bool:
        key = id(binding.value)
        return type(binding.value) not in _RESOLVE or (key in self._paths and key not in self._open)

    def _unbound(self, name: str) -> tuple[Path, ...]:
        """A builtin, or what a star import may have brought."""
        if name == "__builtins__":
            return (self._builtins,)
        stars = [module.child(name) for module in self._stars]
        if hasattr(builtins, name):
            return (self._all.of(name), *(path for path in stars if path in self._known))
        return tuple(stars)

    def _is(self, node: ast.expr, builtin: str, scope: Scope) -> bool:
        return not self._all.every(builtin, f"builtins.{builtin}").isdisjoint(self.paths(node, scope))

    def _imported(self, call: ast.Call, scope: Scope) -> tuple[Path, ...]:
        """`importlib.import_module("torch")`, `__import__("torch")`, `sys.modules.get("torch")`."""
        functions = self.paths(call.func, scope)
        if not functions or not call.args:
            return ()
        if not self._vars.isdisjoint(functions):
            return tuple([path.child("__dict__") for path in self.paths(call.args[0], scope)])
        if not (module := self.constant(call.args[0], scope)):
            return ()
        if not self._loaders.isdisjoint(functions):
            return (self._all.of(module.replace(":", ".")),)
        held = [path.parent for path in functions if path.parent and path.part in ("get", "__getitem__", "pop")]
        if held:
            return self._held(held, module)
        # Without a list of names, __import__("a.b") returns a.
        listed = len(call.args) > 3 or any(keyword.arg == "fromlist" for keyword in call.keywords)
        name = module if listed else module.partition(".")[0]
        return () if self._import.isdisjoint(functions) else (self._all.of(name),)

    def _held(self, holders: Iterable[Path], name: str) -> tuple[Path, ...]:
        """What a mapping of modules or of a module's names has under this name."""
        found: list[Path] = []
        for path in holders:
            if path is self._modules:
                found.append(self._all.of(name))
            elif path is self._builtins:
                found.append(path.extended(name))
            elif path.part == "__dict__" and path.parent:
                found.append(path.parent.extended(name))
        return _united([found])


_RESOLVE: dict[type[ast.AST] | type[None], Callable[..., tuple[Path, ...]]] = {
    ast.Name: Resolver._of_name,
    ast.Attribute: Resolver._of_attribute,
    ast.Call: Resolver._of_call,
    ast.Subscript: Resolver._of_subscript,
    ast.NamedExpr: Resolver._of_walrus,
    ast.IfExp: Resolver._of_choice,
    ast.BoolOp: Resolver._of_either,
}


def _united(sets: Iterable[Iterable[Path]]) -> tuple[Path, ...]:
    """Each path once. Alternatives of alternatives would double from line to line."""
    found = tuple(dict.fromkeys(chain.from_iterable(sets)))
    if len(found) <= _MOST_PATHS:
        return found
    return tuple(sorted(found, key=lambda path: (path.entry is None, not path.leads_on))[:_MOST_PATHS])


class OwnClasses:
    """Which attributes the submission's own classes define, so that `layer.backward` may be the learner's."""

    def __init__(self, walk: Walk, resolver: Resolver) -> None:
        self._classes = walk.classes
        self._resolver = resolver
        self._attributes: set[str] | None = None
        self._may: dict[int, bool] = {}

    def may_own(self, value: ast.expr, attribute: str, scope: Scope) -> bool:
        """Whether `value.attribute` may be an attribute that the learner wrote."""
        if self._attributes is None:
            self._attributes = _attributes(self._classes.values())
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
            return any(self._may_be_bound(binding, scope, depth) for binding in bindings)
        if self._resolver.paths(value, scope):
            return False
        if isinstance(value, ast.Call):
            return self._may_return_own(value.func, scope, depth)
        return True

    def _may_be_bound(self, binding: Binding, scope: Scope, depth: int) -> bool:
        if binding.path:
            return False
        return binding.value is None or self._may_be_own(binding.value, binding.scope or scope, depth - 1)

    def _may_return_own(self, function: ast.expr, scope: Scope, depth: int) -> bool:
        if isinstance(function, ast.Name) and function.id == "super":
            return True
        if self._resolver.paths(function, scope):
            return False
        return not isinstance(function, ast.Attribute) or self._may_be_own(function.value, scope, depth - 1)


def _attributes(classes: Iterable[ast.ClassDef]) -> set[str]:
    """Names of the classes' bodies, and those that their methods set on self."""
    names: set[str] = set()
    waiting: list[ast.AST] = [*classes]
    walked: set[int] = set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, ast.ClassDef):
            # One class may stand within another.
            if id(item) in walked:
                continue
            walked.add(id(item))
        elif isinstance(item, FUNCTIONS):
            names.add(item.name)
        elif isinstance(item, (ast.Name, ast.Attribute)) and isinstance(item.ctx, ast.Store):
            names.add(item.id if isinstance(item, ast.Name) else item.attr)
        waiting += ast.iter_child_nodes(item)
    return names
