"""What a submission defines, and what it should have defined."""

from __future__ import annotations

import ast
import difflib
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import msgspec

from grader.submission.scopes import assigned, is_main_guard
from grader.text import Message, say

#: Stands among the names where a star import may have brought in any.
ANY = "*"

#: From 0 to 1; a name that is less like the one asked for is not offered.
_ALIKE = 0.7
#: So many names of about the right length are compared, those that stand first; longer ones are not.
_MOST_COMPARED = 500
_LONGEST = 100

_LIBRARIES = frozenset(sys.stdlib_module_names) | {"torch", "numpy"}


class Missing(msgspec.Struct, frozen=True):
    """A name that the exercise asks for and the submission lacks; `near`: one that it has and that may be meant."""

    name: str
    near: str | None

    def explained(self) -> Message:
        """The sentence for the learner."""
        if self.near:
            return say("you defined {near}; the exercise asks for {name}", near=self.near, name=self.name)
        return say("{name} is not defined; the exercise asks for it", name=self.name)


def defined_names(trees: Iterable[ast.Module]) -> dict[str, None]:
    """The module's names, in order: functions, classes, assigned and imported names, those inside `if`, `try` and such
    too."""
    return dict.fromkeys(name for tree in trees for statement in _statements(tree.body) for name in _defined(statement))


def missing_names(wanted: Iterable[str], names: Mapping[str, object]) -> tuple[Missing, ...]:
    """The names of `wanted` that `names` lacks; none if a star import may have brought them."""
    wanted = tuple(wanted)
    missing = [name for name in wanted if name not in names]
    if ANY in names or not missing:
        return ()
    spare = {_plain(name): name for name in names if name not in wanted and len(name) <= _LONGEST}
    return tuple(Missing(name, _near(name, spare)) for name in missing)


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run in the module's own namespace, in order."""
    stack: list[ast.AST] = [*reversed(body)]
    while stack:
        node = stack.pop()
        if isinstance(node, ast.stmt):
            yield node
        stack += reversed(_inner(node))


def _inner(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return []
    if isinstance(node, ast.If) and is_main_guard(node):
        return [*node.orelse]
    blocks = (ast.stmt, ast.ExceptHandler, ast.match_case)
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, blocks)]


def _defined(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.ImportFrom(module=str() as module, level=0) if module.partition(".")[0] in _LIBRARIES:
            # What a star brings of a known library is none of the exercise's names.
            return [name for name in assigned(statement) if name != ANY]
    return assigned(statement)


def _near(name: str, spare: Mapping[str, str]) -> str | None:
    """The name of `spare`, which is sorted by how names look without signs and case, that is most like this one."""
    plain = _plain(name)
    # What differs more in length can't be alike, and comparing two names takes the product of their lengths.
    alike = (other for other in spare if 2 * min(len(other), len(plain)) >= _ALIKE * (len(other) + len(plain)))
    close = difflib.get_close_matches(plain, islice(alike, _MOST_COMPARED), n=1, cutoff=_ALIKE)
    return spare[close[0]] if close else None


def _plain(name: str) -> str:
    return name.lower().replace("_", "")
