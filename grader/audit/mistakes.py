"""Turns a named mistake of mistakes.py into a submission that makes it. Which mistakes there are is what the file has
once it was run, however it is written; how a function's source is carried over is read from the file."""

from __future__ import annotations

import ast
import builtins
import dis
import inspect
import symtable
import sys
import threading
import types
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any

from grader.checks import marks
from grader.checks.exercise import LoadedExercise, Mistake, line_of_name
from grader.course.edits import edited
from grader.course.faults import CourseError, fault, read_text
from grader.course.model import Exercise
from grader.course.source import Source
from grader.text import Message, say

_Definition = ast.FunctionDef | ast.ClassDef

#: Modules whose names a submission has already, or that only mark a mistake.
_LEFT_OUT = ("reference", "grader", "__future__")

#: What goes before a name in a submission: of the function that a mistake stands for; of the mistake; of a helper
#: whose name the reference uses for something else.
_RIGHT, _WRONG, _HELPER = "_right_", "_wrong_", "_helper_"


#: While mistakes.py runs, `import reference` means its exercise's: one exercise at a time.
_RUNNING = threading.Lock()


@contextmanager
def running_own_code(exercise: Exercise) -> Iterator[None]:
    """What runs reference.py or mistakes.py does it in here. Raises CourseError where one of them exits.

    What these files print goes to standard error: on standard output an audit may be answering JSON.
    """
    with _RUNNING, redirect_stdout(sys.stderr):
        try:
            yield
        except SystemExit as error:
            problem = say("running this file failed: {reason}", reason=f"SystemExit: {error}")
            raise CourseError((fault(exercise.folder / "mistakes.py", 1, problem),)) from error


class Mistakes:
    """The mistakes of an exercise, each as a submission. Runs mistakes.py; raises CourseError where that fails."""

    def __init__(self, exercise: Exercise) -> None:
        self.path = exercise.folder / "mistakes.py"
        self._reference = read_text(exercise.folder / "reference.py")
        with running_own_code(exercise):
            loaded = LoadedExercise(exercise.folder, id=exercise.id)
            self.by_name: dict[str, Mistake] = {mistake.name: mistake for mistake in loaded.mistakes}
            self._names = vars(loaded.run_mistakes(self.path)) if self.by_name else {}

    def submission(self, name: str) -> str:
        """A submission's source that makes the mistake `name` and is right otherwise.

        An edit makes it of the reference. Of a function it is the reference, and after it the mistake under the name of
        the function that it stands for, with what it uses of mistakes.py; a mistake, or a helper of it, that calls the
        right function calls it under another name. Raises KeyError if there is no such mistake.
        """
        mistake = self.by_name[name]
        if mistake.edit is not None:
            return edited(Source(self._reference), mistake.edit)
        module = ast.parse(self.path.read_bytes(), str(self.path))
        parts = self._parts(module, name)
        taken = _bound_in(ast.parse(self._reference).body)
        names = _new_names(module, parts, taken, name, mistake.of)
        renamer = _Renamer(names, _modules_of_the_reference(module))
        body = [ast.unparse(renamer.visit(part)) for part in parts]
        if any(_RIGHT + mistake.of in text for text in body):
            body.insert(0, f"{_RIGHT}{mistake.of} = {mistake.of}")
        return "\n\n\n".join([self._reference.rstrip(), *body, f"{mistake.of} = {_WRONG}{mistake.of}\n"])

    def faults(self) -> Iterator[Message]:
        """A fault for each mistake that uses a name which is defined nowhere: it would fail by that alone."""
        for name, mistake in self.by_name.items():
            known = vars(mistake.space.module).keys() | vars(builtins).keys() | self._names.keys()
            value = vars(mistake.space.module)[mistake.of]
            for unknown in sorted(_globals_of(value) - known):
                problem = say("the mistake {name} uses {unknown}, which is defined nowhere", name=name, unknown=unknown)
                yield fault(self.path, line_of_name(self.path, name), problem)

    def _parts(self, module: ast.Module, name: str) -> list[ast.stmt]:
        """The statements of mistakes.py that the mistake needs, directly or not, in their order, without the marks."""
        body = [self._unmarked(node) for node in module.body if not _left_out(node)]
        needed = {name}
        while True:
            parts = [node for node in body if _bound_in([node]) & needed]
            used = {inner.id for part in parts for inner in ast.walk(part) if isinstance(inner, ast.Name)}
            if used <= needed:
                return parts
            needed |= used

    def _unmarked(self, node: ast.stmt) -> ast.stmt:
        if isinstance(node, _Definition):
            node.decorator_list = [mark for mark in node.decorator_list if not self._is_mark(mark)]
        return node

    def _is_mark(self, decorator: ast.expr) -> bool:
        """Whether it is `grader.checks.mistake`, by whatever name mistakes.py has it."""
        return isinstance(decorator, ast.Call) and self._value(decorator.func) is marks.mistake

    def _value(self, node: ast.expr) -> Any:
        """What a dotted name stands for in mistakes.py; None if that is not known."""
        if isinstance(node, ast.Attribute):
            return getattr(self._value(node.value), node.attr, None)
        return self._names.get(node.id) if isinstance(node, ast.Name) else None


def renamed(source: str, names: dict[str, str]) -> str:
    """A module's source with other names for what it defines."""
    return ast.unparse(_Renamer(names, frozenset()).visit(ast.parse(source)))


def _new_names(module: ast.Module, parts: list[ast.stmt], taken: set[str], name: str, of: str) -> dict[str, str]:
    """Names of mistakes.py → what they are called in the submission, where that is something else."""
    own = [part for part in parts if not isinstance(part, ast.Import | ast.ImportFrom)]
    helpers = {helper: _HELPER + helper for helper in _bound_in(own) & taken}
    right = {of: _RIGHT + of}
    aliases = {alias: right.get(target, target) for alias, target in _aliases(module).items()}
    return right | aliases | helpers | {name: _WRONG + of}


def _globals_of(value: object) -> set[str]:
    """The global names that a function, or a class's methods, look up when they run."""
    if isinstance(value, type):
        return {name for item in vars(value).values() if callable(item) for name in _globals_of(item)}
    value = inspect.unwrap(value) if callable(value) else value
    return _loaded(value.__code__) if isinstance(value, types.FunctionType) else set()


def _loaded(code: types.CodeType) -> set[str]:
    names = {step.argval for step in dis.get_instructions(code) if step.opname == "LOAD_GLOBAL"}
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return names.union(*map(_loaded, inner))


def _left_out(node: ast.stmt) -> bool:
    """Whether it imports nothing but what a submission has already, or must not have."""
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").partition(".")[0] in _LEFT_OUT
    return isinstance(node, ast.Import) and all(name.name.partition(".")[0] in _LEFT_OUT for name in node.names)


def _bound_in(body: list[ast.stmt]) -> set[str]:
    """The names that a module's statements bind."""
    table = symtable.symtable(ast.unparse(ast.Module(body, [])), "mistakes.py", "exec")
    return {name.get_name() for name in table.get_symbols() if name.is_assigned() or name.is_imported()}


def _stored(node: ast.AST) -> set[str]:
    return {name.id for name in ast.walk(node) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)}


def _aliases(module: ast.Module) -> dict[str, str]:
    """Names of the reference that mistakes.py imports under other ones."""
    imports = [node for node in module.body if isinstance(node, ast.ImportFrom) and node.module == "reference"]
    return {alias.asname: alias.name for node in imports for alias in node.names if alias.asname}


def _modules_of_the_reference(module: ast.Module) -> frozenset[str]:
    """The names under which mistakes.py imports the reference itself."""
    imports = (node for node in module.body if isinstance(node, ast.Import))
    return frozenset(name.asname or name.name for node in imports for name in node.names if name.name == "reference")


class _Renamer(ast.NodeTransformer):
    """Gives the module's names new ones, except in a function that uses the name for a local of its own.

    modules: names of the reference as a module; `reference.name` in the file is the submission's own name.
    """

    def __init__(self, names: dict[str, str], modules: frozenset[str]) -> None:
        self.names = names
        self.modules = modules

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if isinstance(node.value, ast.Name) and node.value.id in self.modules:
            return ast.Name(self.names.get(node.attr, node.attr), node.ctx)
        return self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.name = self.names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        own = {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)} | _stored(node)
        node.name = self.names.get(node.name, node.name)
        names = {name: new for name, new in self.names.items() if name not in own}
        return _Renamer(names, self.modules - own).generic_visit(node)
