"""Uses of what an exercise forbids, such as the library's own answer to it.

This reads, it does not run: a determined author can hide a use from it. It is for the honest learner; what must
hold against others is the comparison itself.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Iterable, Mapping

import msgspec

from grader.submission.resolve import OwnClasses, Resolver
from grader.submission.scopes import Scope, Visit, Walk

#: What hides from this search what it does, and has no place in an exercise: code made of text, objects found by
#: walking the interpreter. Forbidden wherever anything is.
HIDING = (
    "eval", "exec", "compile", "builtins.eval", "builtins.exec", "builtins.compile", "pickle.loads", "pickle.load",
    "pickle.Unpickler", "marshal.loads", "runpy.*", "codeop.*", "sys._getframe", "inspect.currentframe",
    "inspect.stack", "gc.get_objects", "gc.get_referrers", "gc.get_referents",
    ".f_globals", ".f_locals", ".f_back", ".f_builtins", ".tb_frame", ".gi_frame", ".__globals__", ".__subclasses__",
    ".__annotations__", ".__builtins__",
)  # fmt: skip

#: Functions whose text arguments name attributes.
_GETTERS = frozenset({"operator.attrgetter", "operator.methodcaller"})


class Use(msgspec.Struct, frozen=True):
    """A forbidden thing in use.

    name: what is used, as a dotted path ("torch.sigmoid"), or ".backward" for an attribute of anything.
    line: numbered through all chunks. source: its code, short. function: the top-level function or class around
    it, None for the module's own statements. binds: the module's names that hold or contain it.
    """

    name: str
    line: int
    source: str
    function: str | None
    binds: tuple[str, ...] = ()


def forbidden_uses(trees: Iterable[ast.Module], forbidden: tuple[str, ...]) -> tuple[Use, ...]:
    """Every use, by line, under whatever name it was imported.

    An entry of `forbidden` is a dotted name (with all below it), `a.b.*` for all below only, or `.name` for an
    attribute on anything that is no imported module. Own functions, variables and attributes of the same name are
    no uses; neither are annotations, strings, and the body of `if __name__ == "__main__"`.
    """
    if not forbidden:
        return ()
    walk = Walk(trees)
    search = _Search(walk, (*forbidden, *HIDING))
    found = {(use.line, use.name): use for visit in walk.visits for use in search.uses(visit)}
    uses = sorted(found.values(), key=lambda use: (use.line, use.name))
    # Of torch.autograd and torch.autograd.grad in one place, only the longer is news.
    following = [*uses, None][1:]
    return tuple(use for use, after in zip(uses, following, strict=True) if not _is_part(use, after))


def affected(trees: Iterable[ast.Module], uses: Iterable[Use]) -> dict[str, Use]:
    """The module's names that reach a use, each with the first use found: themselves, or through a name of the
    module that they mention, or that a function sets. Who asks for all names (`globals()`) mentions all."""
    walk = Walk(trees)
    mentioned_by: dict[str, dict[str, None]] = {}
    by_all: dict[str, None] = {}
    for visit in walk.visits:
        if name := _mentioned(visit, walk):
            mentioned_by.setdefault(name, {}).update(dict.fromkeys(visit.subjects))
        elif isinstance(visit.node, ast.Name) and visit.node.id in _ALL_NAMES and not visit.scope.find(visit.node.id):
            by_all.update(dict.fromkeys(visit.subjects))
        if visit.function and (name := _set_elsewhere(visit, walk)):
            mentioned_by.setdefault(visit.function, {})[name] = None
    reached: dict[str, Use] = {}
    queue = deque((name, use) for use in uses for name in use.binds)
    while queue:
        name, use = queue.popleft()
        if name not in reached:
            reached[name] = use
            queue += ((other, use) for other in (*mentioned_by.get(name, ()), *by_all))
    return reached


_ALL_NAMES = frozenset({"globals", "locals", "vars"})


def _mentioned(visit: Visit, walk: Walk) -> str | None:
    """The module's name that is read here."""
    node = visit.node
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and visit.scope.find(node.id) is walk.module:
        return node.id
    return None


def _set_elsewhere(visit: Visit, walk: Walk) -> str | None:
    """The module's name that a function sets here, or an attribute or item of it."""
    node = visit.node
    if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) or not isinstance(node.ctx, ast.Store):
        return None
    base: ast.expr = node
    while isinstance(base, (ast.Attribute, ast.Subscript)):
        base = base.value
    return base.id if isinstance(base, ast.Name) and visit.scope.find(base.id) is walk.module else None


def _is_part(use: Use, after: Use | None) -> bool:
    return after is not None and use.line == after.line and after.name.startswith(f"{use.name}.")


class _Search:
    def __init__(self, walk: Walk, forbidden: tuple[str, ...]) -> None:
        self._final = walk.final
        self._below = tuple(entry.removesuffix("*") for entry in forbidden if entry.endswith(".*"))
        self._paths = {entry for entry in forbidden if not entry.startswith(".") and not entry.endswith(".*")}
        self._attributes = {entry[1:] for entry in forbidden if entry.startswith(".")}
        self._roots = {entry.partition(".")[0] for entry in forbidden if "." in entry and not entry.startswith(".")}
        self._resolver = Resolver(walk, self._paths)
        self._own = OwnClasses(walk, self._resolver)

    def uses(self, visit: Visit) -> list[Use]:
        node = visit.node
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            return self._imports(node, visit)
        if isinstance(node, (ast.Name, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            return []
        if isinstance(node, ast.MatchClass):
            return [_use(f".{name}", node, visit, visit.subjects) for name in {*node.kwd_attrs} & self._attributes]
        if not isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
            return []
        names = [path for path in self._resolver.paths(node, visit.scope) if self._forbids(path)]
        if isinstance(node, ast.Call) and self._resolver.paths(node.func, visit.scope) & _GETTERS:
            names += self._asked_for(node, visit.scope)
        if not names and self._forbids_attribute(node, visit.scope):
            found = self._resolver.attribute(node, visit.scope)
            names = [f".{found[1]}"] if found else []
        return [_use(name, node, visit, visit.subjects) for name in names]

    def _imports(self, node: ast.Import | ast.ImportFrom, visit: Visit) -> list[Use]:
        if isinstance(node, ast.ImportFrom) and node.level:
            return []
        prefix = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        uses = []
        for alias in node.names:
            path = (prefix + alias.name).removesuffix(".*")
            if self._forbids(path):
                binds = visit.subjects if visit.function else self._bound(alias, bool(prefix))
                uses.append(_use(path, node, visit, binds))
        return uses

    def _bound(self, alias: ast.alias, is_from: bool) -> tuple[str, ...]:
        """The name through which the import itself hands out what is forbidden."""
        local = alias.asname or alias.name
        # A plain `import a.b` binds a, which is no use yet; what is defined anew below is the learner's own.
        return () if ("." in local and not is_from) or local in self._final else (local,)

    def _asked_for(self, call: ast.Call, scope: Scope) -> list[str]:
        """The forbidden attributes that `attrgetter` or `methodcaller` will read."""
        texts = [self._resolver.constant(argument, scope) for argument in call.args]
        parts = [part for text in texts if text for part in text.split(".")]
        last = {path.rpartition(".")[2] for path in self._paths}
        return [f".{part}" for part in parts if part in self._attributes | last]

    def _forbids(self, path: str) -> bool:
        # A library hands out others, and itself: torch.nn.functional.torch.sigmoid.
        parts = path.split(".")
        for start, part in enumerate(parts):
            if (start == 0 or part in self._roots) and self._forbids_exactly(".".join(parts[start:])):
                return True
        return False

    def _forbids_exactly(self, path: str) -> bool:
        if path.startswith(self._below):
            return True
        return any(path == entry or path.startswith(f"{entry}.") for entry in self._paths)

    def _forbids_attribute(self, node: ast.expr, scope: Scope) -> bool:
        found = self._resolver.attribute(node, scope)
        if found is None or found[1] not in self._attributes:
            return False
        paths = self._resolver.paths(found[0], scope)
        # An imported module's attribute is another thing; a class's, such as torch.Tensor's, is the method itself, and
        # so is what lies in a library's private parts.
        if paths:
            return any(_is_class_or_private(path) for path in paths)
        return not self._own.may_own(found[0], found[1], scope)


def _is_class_or_private(path: str) -> bool:
    parts = path.split(".")
    return parts[-1][:1].isupper() or any(part.startswith("_") for part in parts[1:])


def _use(name: str, node: ast.expr | ast.stmt | ast.pattern, visit: Visit, binds: tuple[str, ...]) -> Use:
    return Use(name=name, line=node.lineno, source=_code(node), function=visit.function, binds=binds)


def _code(node: ast.AST, longest: int = 120) -> str:
    try:
        text = ast.unparse(node)
    except RecursionError:
        text = "..."
    return text if len(text) <= longest else text[: longest - 3] + "..."


def companion_names(companions: Mapping[str, bytes], forbidden: tuple[str, ...]) -> tuple[str, ...]:
    """Dotted names (`helper.squash`) through which the submission's companion files would reach a forbidden thing:
    entries to look for beside `forbidden`. A file that can't be searched is one as a whole."""
    parsed = {name.removesuffix(".py"): _parsed(content) for name, content in companions.items()}
    trees = {name: tree for name, tree in parsed.items() if tree}
    extra = {name for name, tree in parsed.items() if tree is None} if forbidden else set()
    while forbidden:
        reached = {
            f"{module}.{name}"
            for module, tree in trees.items()
            for name in affected([tree], forbidden_uses([tree], (*forbidden, *sorted(extra))))
        }
        if reached <= extra:
            break
        extra |= reached
    return tuple(sorted(extra))


def _parsed(content: bytes) -> ast.Module | None:
    """An empty module for what is no Python; None for what Python may import all the same."""
    try:
        return ast.parse(content)
    except SyntaxError as error:
        # The submission may bring a codec of its own.
        return None if "encoding" in str(error.msg) else ast.Module([], [])
    except (ValueError, RecursionError, MemoryError):
        return None
