"""Turns a named mistake of mistakes.py into a submission that makes it."""

from __future__ import annotations

import ast
from pathlib import Path

import msgspec

from grader.course.model import Exercise

_Definition = ast.FunctionDef | ast.ClassDef

#: Modules whose names a submission has already, or that only mark a mistake.
_LEFT_OUT = ("reference", "grader", "__future__")

#: What goes before a name in a submission: of the function that a mistake stands for; of the mistake; of a helper
#: whose name the reference uses for something else.
_RIGHT, _WRONG, _HELPER = "_right_", "_wrong_", "_helper_"


class MistakeInfo(msgspec.Struct, frozen=True):
    """What a `@mistake` decorator says: the mistake's name, and the function that it stands for."""

    name: str
    of: str


def read_mistakes(exercise: Exercise) -> tuple[MistakeInfo, ...]:
    """The exercise's mistakes in the order of mistakes.py, read without running it."""
    return tuple(
        MistakeInfo(node.name, of)
        for node in _parsed(exercise.folder / "mistakes.py").body
        if isinstance(node, _Definition) and (of := _stands_for(node)) is not None
    )


def mistake_submission(exercise: Exercise, name: str) -> str:
    """A submission's source that makes the mistake `name` and is right otherwise: the reference, and after it the
    mistake under the name of the function that it stands for, with what it uses of mistakes.py.

    A mistake, or a helper of it, that calls the right function calls it under another name. Raises KeyError if there
    is no such mistake.
    """
    reference = (exercise.folder / "reference.py").read_text(encoding="utf-8")
    module = _parsed(exercise.folder / "mistakes.py")
    definitions = {node.name: node for node in module.body if isinstance(node, _Definition)}
    wrong = definitions[name]
    of = _stands_for(wrong)
    if of is None:
        raise KeyError(name)
    parts = _parts(module, name)
    renamer = _Renamer(_new_names(module, parts, _bound_in(ast.parse(reference).body), name, of))
    body = [ast.unparse(renamer.visit(_undecorated(part))) for part in parts]
    if any(_RIGHT + of in text for text in body):
        body.insert(0, f"{_RIGHT}{of} = {of}")
    return "\n\n\n".join([reference.rstrip(), *body, f"{of} = {_WRONG}{of}\n"])


def renamed(source: str, names: dict[str, str]) -> str:
    """A module's source with other names for what it defines."""
    return ast.unparse(_Renamer(names).visit(ast.parse(source)))


def _new_names(module: ast.Module, parts: list[ast.stmt], taken: set[str], name: str, of: str) -> dict[str, str]:
    """Names of mistakes.py → what they are called in the submission, where that is something else."""
    renamed = {helper: _HELPER + helper for helper in _bound_in(_without_imports(parts)) & taken}
    right = {of: _RIGHT + of}
    aliases = {alias: right.get(target, target) for alias, target in _aliases(module).items()}
    return right | aliases | renamed | {name: _WRONG + of}


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), str(path))


def _stands_for(node: _Definition) -> str | None:
    """The first argument of the definition's `@mistake`."""
    for decorator in node.decorator_list:
        if _is_mistake(decorator) and isinstance(decorator, ast.Call) and isinstance(decorator.args[0], ast.Constant):
            return str(decorator.args[0].value)
    return None


def _is_mistake(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "mistake"


def _parts(module: ast.Module, name: str) -> list[ast.stmt]:
    """The statements of mistakes.py that the mistake needs, directly or not, in their order."""
    needed = {name}
    while True:
        parts = [node for node in module.body if _bound_in([node]) & needed and not _left_out(node)]
        used = {inner.id for part in parts for inner in ast.walk(_undecorated(part)) if isinstance(inner, ast.Name)}
        if used <= needed:
            return parts
        needed |= used


def _without_imports(parts: list[ast.stmt]) -> list[ast.stmt]:
    return [part for part in parts if not isinstance(part, ast.Import | ast.ImportFrom)]


def _left_out(node: ast.stmt) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in _LEFT_OUT


def _bound_in(body: list[ast.stmt]) -> set[str]:
    """The names that a module's statements bind."""
    names: set[str] = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
        else:
            names |= _stored(node)
    return names


def _stored(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}


def _aliases(module: ast.Module) -> dict[str, str]:
    """Names of the reference that mistakes.py imports under other ones."""
    return {
        alias.asname: alias.name
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module == "reference"
        for alias in node.names
        if alias.asname
    }


def _undecorated(node: ast.stmt) -> ast.stmt:
    if isinstance(node, _Definition):
        node.decorator_list = [decorator for decorator in node.decorator_list if not _is_mistake(decorator)]
    return node


class _Renamer(ast.NodeTransformer):
    """Gives the module's names new ones, except in a function that uses the name for a local of its own."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        own = {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)} | _stored(node)
        node.name = self.names.get(node.name, node.name)
        return _Renamer({name: new for name, new in self.names.items() if name not in own}).generic_visit(node)
