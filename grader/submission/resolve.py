"""What an expression refers to: the dotted path of something imported, a constant string, an own class.

Linear in the size of the submission: each expression is resolved once, to a bounded number of paths.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable

from grader.submission.fold import folded
from grader.submission.paths import Path, Paths
from grader.submission.scopes import Binding, Scope, Walk

#: Aliases of aliases are followed so far, expressions within expressions, too. What lies deeper is unknown. Each level
#: takes up to eight of Python's frames, of which it allows a thousand.
_DEPTH = 60
#: Whether a value is an own class's is followed through fewer.
_OWN_DEPTH = 20
#: Of a name's bindings the first are looked at.
_MOST = 20
#: Of the paths that an expression may stand for so many are kept, first those that are forbidden or lead there.
_MOST_PATHS = 8
#: Methods of a mapping that give one of its values.
_GETS = ("get", "pop", "__getitem__")
_GETS_ATTRIBUTE = ("__getattribute__", "__getattr__")


class Resolver:
    """Resolves expressions of one walk. `known`: full paths that a star import may bring over a builtin."""

    def __init__(self, walk: Walk, paths: Paths, known: Iterable[str]) -> None:
        self._walk = walk
        self._all = paths
        self._known = paths.every(*known)
        self._paths: dict[int, tuple[Path, ...]] = {}
        self._constants: dict[int, object] = {}
        self._own: dict[int, bool] = {}
        self._depth = 0
        self._getattr = paths.every("getattr", "builtins.getattr", "inspect.getattr_static")
        self._vars = paths.every("vars", "builtins.vars")
        self._import = paths.of("__import__")
        self._modules = paths.of("sys.modules")
        self._builtins = paths.of("builtins")
        #: Functions that give what a dotted name stands for.
        self._loaders = paths.every(
            "importlib.import_module", "importlib.__import__", "pkgutil.resolve_name", "pydoc.locate"
        )
        stars = [paths.of(module) for module in dict.fromkeys(walk.stars)]
        self._stars = sorted(stars, key=lambda path: not path.leads_on)[:_MOST_PATHS]

    # -- paths ---------------------------------------------------------------------------------------------------

    def paths(self, node: ast.expr | None, scope: Scope | None) -> tuple[Path, ...]:
        """The dotted paths of imported things (or builtins' names) that the expression may be; mostly one or none."""
        if node is None or scope is None:
            return ()
        key = id(node)
        if key in self._paths or self._depth >= _DEPTH:
            return self._paths.get(key, ())
        self._paths[key] = ()  # an expression that leads to itself adds nothing
        self._depth += 1
        found = self._paths[key] = _first(self._resolved(node, scope))
        self._depth -= 1
        return found

    def _resolved(self, node: ast.expr, scope: Scope) -> list[Path]:
        if read := self.attribute(node, scope):
            return [path.extended(read[1]) for path in self.paths(read[0], scope)]
        match node:
            case ast.Name(id=name):
                return self._of_name(name, scope)
            case ast.NamedExpr(value=value):
                return [*self.paths(value, scope)]
            case ast.IfExp(body=body, orelse=orelse):
                return [*self.paths(body, scope), *self.paths(orelse, scope)]
            case ast.BoolOp(values=values):
                return [path for value in values for path in self.paths(value, scope)]
            case ast.Call(func=function, args=[argument, *_]):
                functions = self.paths(function, scope)
                return self._given(node, functions, argument, scope) if functions else []
            case ast.Subscript(value=holder, slice=key):
                return self._held(self.paths(holder, scope), key, scope)
        return []

    def _of_name(self, name: str, scope: Scope) -> list[Path]:
        if scope.find(name) is not None:
            return [path for binding in self._bindings(name, scope) for path in self._bound(binding)]
        if name == "__builtins__":
            return [self._builtins]
        # A builtin, or what a star import may have brought.
        stars = [module.child(name) for module in self._stars]
        if hasattr(builtins, name):
            return [self._all.of(name), *(path for path in stars if path in self._known)]
        return stars

    def _bindings(self, name: str, scope: Scope) -> list[Binding]:
        """All that a read of this name may reach, where it is many the first of them."""
        found = scope.find(name)
        if found is None:
            return []
        # A function runs when the whole module is there; a top-level statement sees what came before it.
        if found is self._walk.module and scope is not found and name in self._walk.final:
            return [Binding()]
        return found.bindings[name][:_MOST]

    def _bound(self, binding: Binding) -> tuple[Path, ...]:
        if binding.path:
            return (self._all.imported(binding.module, binding.path),)
        return self.paths(binding.value, binding.scope)

    def _given(self, call: ast.Call, functions: tuple[Path, ...], argument: ast.expr, scope: Scope) -> list[Path]:
        """What a call gives: `importlib.import_module("torch")`, `__import__("torch")`, `sys.modules.get("torch")`."""
        if not self._vars.isdisjoint(functions):
            return [path.child("__dict__") for path in self.paths(argument, scope)]
        name = self.constant(argument, scope)
        if name and not self._loaders.isdisjoint(functions):
            return [self._all.of(name.replace(":", "."))]
        if name and self._import in functions:
            # Without a list of names, __import__("a.b") returns a.
            listed = len(call.args) > 3 or any(keyword.arg == "fromlist" for keyword in call.keywords)
            return [self._all.of(name if listed else name.partition(".")[0])]
        return self._held([path.parent for path in functions if path.parent and path.part in _GETS], argument, scope)

    def _held(self, holders: Iterable[Path], key: ast.expr, scope: Scope) -> list[Path]:
        """What a mapping of modules (`sys.modules["torch"]`) or of a module's names has under this key."""
        found: list[Path] = []
        for path in holders:
            if not (name := self.constant(key, scope)):
                break
            if path is self._modules:
                found.append(self._all.of(name))
            elif path is self._builtins:
                found.append(path.extended(name))
            elif path.part == "__dict__" and path.parent:
                found.append(path.parent.extended(name))
        return found

    # -- attributes and constants --------------------------------------------------------------------------------

    def attribute(self, node: ast.expr, scope: Scope) -> tuple[ast.expr, str] | None:
        """The object and the name, where the expression reads an attribute: `x.a`, `getattr(x, "a")`,
        `x.__dict__["a"]`, `vars(x).get("a")`, `x.__getattribute__("a")`."""
        match node:
            case ast.Attribute():
                return node.value, node.attr
            case ast.Call(func=function, args=[value, name, *_]) if self._gets_attribute(function, scope):
                return self._named(value, name, scope)
            case ast.Call(func=ast.Attribute(value=value, attr=method), args=[name]) if method in _GETS_ATTRIBUTE:
                return self._named(value, name, scope)
            case ast.Subscript(value=holder, slice=name):
                return self._named(self._namespace(holder, scope), name, scope)
            case ast.Call(func=ast.Attribute(value=holder, attr=method), args=[name, *_]) if method in _GETS:
                return self._named(self._namespace(holder, scope), name, scope)
        return None

    def _gets_attribute(self, function: ast.expr, scope: Scope) -> bool:
        """`getattr`, and what takes the same arguments: `object.__getattribute__`, `inspect.getattr_static`."""
        if isinstance(function, ast.Attribute) and function.attr in _GETS_ATTRIBUTE:
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
            case ast.Name(id=name):
                bindings = self._bindings(name, scope)
                if len(bindings) == 1 and (binding := bindings[0]).value and binding.scope:
                    return self._value(binding.value, binding.scope)
                return None
            case ast.Attribute(value=ast.Name(id=name), attr="__name__" | "__qualname__"):
                return name if name in self._walk.final else None
            case ast.Call(func=ast.Name(id="chr" | "str" as name)) if scope.find(name) is not None:
                return None
        return folded(node, lambda part: self._value(part, scope))

    # -- own classes ---------------------------------------------------------------------------------------------

    def may_be_own(self, value: ast.expr, scope: Scope, depth: int = _OWN_DEPTH) -> bool:
        """Whether the value may be of a class that the learner wrote, or be it: anything but the outcome of arithmetic
        or of a library."""
        key = id(value)
        if key not in self._own:
            self._own[key] = False
            self._own[key] = depth > 0 and self._judged(value, scope, depth - 1)
        return self._own[key]

    def _judged(self, value: ast.expr, scope: Scope, depth: int) -> bool:
        match value:
            case ast.BinOp() | ast.UnaryOp() | ast.Constant() | ast.Compare():
                return False
            case ast.Name(id=name):
                return any(self._may_be_bound(binding, scope, depth) for binding in self._bindings(name, scope))
            case ast.Call(func=ast.Name(id="super")):
                return True
            case _ if self.paths(value, scope):
                return False
            case ast.Call(func=function):
                if self.paths(function, scope):
                    return False
                return not isinstance(function, ast.Attribute) or self.may_be_own(function.value, scope, depth)
        return True

    def _may_be_bound(self, binding: Binding, scope: Scope, depth: int) -> bool:
        if binding.path or binding.value is None:
            return not binding.path
        return self.may_be_own(binding.value, binding.scope or scope, depth)


def _first(paths: list[Path]) -> tuple[Path, ...]:
    """Each path once, not too many. Alternatives of alternatives would double from line to line."""
    found = tuple(dict.fromkeys(paths))
    if len(found) <= _MOST_PATHS:
        return found
    return tuple(sorted(found, key=lambda path: (path.entry is None, not path.leads_on))[:_MOST_PATHS])
