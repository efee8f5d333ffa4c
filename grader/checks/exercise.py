"""An exercise as the trusted side holds it in memory: its reference, its probes, its mistakes."""

from __future__ import annotations

import ast
import inspect
import sys
import time
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, chdir, contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from grader.boundary.encoded_call import EncodedCall
from grader.calls.cuda import full_precision
from grader.calls.effects import settings_kept
from grader.calls.invoke import Sources, Space, invoke, settled
from grader.calls.probes import run_probes
from grader.checks.bounded import TooLong, bounded_time
from grader.checks.explanation import Naming
from grader.checks.marks import MistakeMark
from grader.checks.plan import Plan, RightPath
from grader.checks.records import run_records
from grader.course.data import has_data
from grader.course.edits import Edit, EditError, Stretch, definition_with, stretches_of
from grader.course.faults import CourseError, fault, read_text, running
from grader.course.scenario_words import ScenarioWords
from grader.course.source import Source
from grader.course.texts import texts_beside
from grader.text import Text
from grader.wire.codec import tensors_in
from grader.wire.values import Call, Outcome, Probe

#: As reference.py's own import of it would have it; one that lacks that import has annotations that are values.
_FUTURE = annotations.compiler_flag


class NamedMistake(msgspec.Struct, frozen=True):
    """What results say of a mistake: the function it stands for, and its explanation."""

    of: str
    text: Text


class Mistake(msgspec.Struct, frozen=True):
    """A named wrong answer: a space whose module is the reference's with one function replaced.

    edit, stretches: what makes it, unless it is a function of its own; function: that one.
    """

    name: str
    of: str
    text: Text
    space: Space
    edit: Edit | None = None
    stretches: tuple[Stretch, ...] = ()
    function: Callable[..., Any] | None = None


#: So many outcomes are remembered.
MAX_OUTCOMES = 50_000
#: Larger outcomes are worked out again rather than kept.
MAX_BYTES = 256 * 1024


#: Seconds of a call of the reference that a worker's watch (boundary/forked.py) may be late by.
_QUICK_SECONDS = 0.02


class NotRecorded(Exception):
    """A sealed bundle does not know what the call gives."""


class OutcomeCache:
    """Remembers outcomes by space and by the bytes of the call. Does nothing but pass through if not `remember`.

    Every submission of a run is called on the same inputs (a check's seed knows no submission), so what the reference
    and the mistakes give on them need not be worked out again for each of two thousand.
    """

    def __init__(self, *, remember: bool) -> None:
        self._remember = remember
        self._outcomes: dict[tuple[int, bytes], Outcome] = {}
        # Whether the reference most likely takes no longer than a worker may go unwatched. One that remembers has
        # worked out most of it before.
        self.is_quick = False

    def of(self, space: Space, encoded: EncodedCall, *, bounded: bool = False) -> Outcome:
        """As `known_outcome`."""
        if not self._remember or encoded.callbacks:
            begun = time.monotonic()
            outcome = known_outcome(space, encoded.call, bounded=bounded)
            self.is_quick = not self._remember and time.monotonic() - begun < _QUICK_SECONDS
            return outcome
        key = (id(space), encoded.digest)
        known = self._outcomes.get(key)
        if known is None:
            known = known_outcome(space, encoded.call, bounded=bounded)
            if len(self._outcomes) < MAX_OUTCOMES and _size(known) <= MAX_BYTES:
                self._outcomes[key] = known
        return known

    def once(self, space: Space, call: Call) -> Outcome:
        """What a call gives that comes of one submission's answer: bounded, and not kept for others."""
        return known_outcome(space, call, bounded=True)


def known_outcome(space: Space, call: Call, *, bounded: bool = False) -> Outcome:
    """What the call gives in this space, as it would look after crossing the wire. Ctrl-C is no outcome, and raised.

    bounded: raise TooLong after some seconds. The inputs are made here, and perhaps outside of what the function is
    for, or a mistake gets them: there a loop may never end.
    """
    # A mistake may be to change the settings.
    with _at_home(space), settings_kept(), bounded_time() if bounded else nullcontext():
        return settled(invoke(space, call, passing=(KeyboardInterrupt, TooLong)))


def _at_home(space: Space) -> AbstractContextManager[None]:
    return nullcontext() if space.home is None else chdir(space.home)


def _size(outcome: Outcome) -> int:
    parts: list[Any] = [outcome.value, *(outcome.gradients or ())]
    return sum(tensor.numel() * tensor.element_size() for part in parts for tensor in tensors_in(part))


class LoadedExercise:
    """The trusted side's copy of one exercise. Mistakes are loaded when the first wrong answer asks for them.

    remember: keep what the reference and the mistakes give, for many submissions that get the same inputs.
    Raises CourseError where reference.py or mistakes.py can't be run.
    """

    #: Of the file whose module is the reference.
    file_name = "reference.py"

    def __init__(self, folder: Path, *, id: str, device: str = "cpu", remember: bool = False) -> None:
        self.folder = folder
        self.id = id
        self.device = device
        if device != "cpu":
            full_precision()
        self.remember = remember
        self._home = folder.resolve() if has_data(folder) else None
        self.forget()
        probes = folder / "probes.py"
        self.probes_source = probes.read_text(encoding="utf-8") if probes.exists() else None
        self._probes = {} if self.probes_source is None else run_probes(self.probes_source)
        with running(folder / self.file_name):
            self._code = _compiled(folder / self.file_name)
            self._sources = _sources(folder / self.file_name, self.probes_source)
            self.reference = self._space()

    def forget(self) -> None:
        """Drop what was remembered of the reference, the mistakes and the checks' calls."""
        self.known = OutcomeCache(remember=self.remember)
        self.plans: dict[tuple[str, int], Plan | None] = {}
        self.namings: dict[bytes, Naming] = {}
        self.paths: dict[tuple[str, int], RightPath | None] = {}
        self._combined: dict[tuple[str, ...], Space | None] = {}

    def _space(self) -> Space:
        module = types.ModuleType("reference")
        space = Space(module, self._probes, self._sources, device=self.device)
        space.home = self._home
        with _at_home(space):
            exec(self._code, vars(module))
        return space

    def _space_with(self, wrong: Callable[..., Any], of: str, helpers: dict[str, Any]) -> Space:
        """The reference with `wrong` in the place of its function `of`."""
        space = self._space()
        names = vars(space.module)
        for name, value in helpers.items():
            if name in names and getattr(value, "__module__", None) == "mistakes" and name != of:
                raise ValueError(f"mistakes.py defines {name}, and so does reference.py; give it another name")
            names.setdefault(name, value)
        names[of] = _rebound(wrong, of, names)
        return space

    @cached_property
    def words(self) -> ScenarioWords:
        """What probes.py says in words; asked for by the first scenario that fails."""
        return ScenarioWords(self.probes_source or "", texts_beside(self.folder))

    @cached_property
    def records(self) -> dict[str, Any]:
        """The names that records.py defines. Raises CourseError where it can't be run, or is not there."""
        return run_records(self.folder)

    def named_mistakes(self) -> dict[str, NamedMistake]:
        """The mistakes by name, if a wrong answer has asked for them; nothing is loaded for a right one."""
        loaded: tuple[Mistake, ...] = vars(self).get("mistakes", ())
        return {mistake.name: NamedMistake(mistake.of, mistake.text) for mistake in loaded}

    @cached_property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Every mistake of mistakes.py, in its order."""
        path = self.folder / "mistakes.py"
        if not path.exists():
            return ()
        with running(path):
            return tuple(self._mistakes_in(path))

    def _mistakes_in(self, path: Path) -> Iterator[Mistake]:
        module = self.run_mistakes(path)
        texts = texts_beside(self.folder)
        for name, value in vars(module).items():
            mark = value if isinstance(value, Edit) else getattr(value, "__grade_mistake__", None)
            if isinstance(mark, Edit):
                text = texts.of("mistakes", name, mark.why)
                space, stretches = self._space_edited(path, name, mark)
                yield Mistake(name, mark.stands_for, text, space, mark, stretches)
            elif isinstance(mark, MistakeMark):
                text = texts.of("mistakes", name, mark.why)
                yield Mistake(name, mark.of, text, self._space_with(value, mark.of, vars(module)), function=value)

    def mistakes_showing_in(self, target: str | Probe, function: str) -> tuple[Mistake, ...]:
        """The mistakes that a call of `target` can show: those of functions that it reaches.

        function: the one that the call is about, or several, as "save, load".
        """
        probes = self._probes
        asked = [*function.split(", "), *([target.name] if isinstance(target, Probe) else [target])]
        reached: set[str] = set()
        while asked:
            name = asked.pop()
            if name not in reached:
                reached.add(name)
                asked += names_in(vars(self.reference.module).get(name)) | names_in(probes.get(name))
        return tuple(mistake for mistake in self.mistakes if mistake.of in reached)

    def space_with(self, mistakes: tuple[Mistake, ...]) -> Space | None:
        """The reference with one mistake, or with several at once; None where they can't be made together."""
        if len(mistakes) == 1:
            return mistakes[0].space
        key = tuple(mistake.name for mistake in mistakes)
        if key not in self._combined:
            self._combined[key] = self._space_combined(mistakes)
        return self._combined[key]

    def _space_combined(self, mistakes: tuple[Mistake, ...]) -> Space | None:
        stretches: dict[str, list[Stretch]] = {}
        functions: dict[str, Mistake] = {}
        for mistake in mistakes:
            if mistake.function is None:
                stretches.setdefault(mistake.of, []).extend(mistake.stretches)
            elif mistake.of in functions:
                return None
            else:
                functions[mistake.of] = mistake
        if stretches.keys() & functions.keys():
            return None
        space = self._space()
        names = vars(space.module)
        try:
            for of, replaced in stretches.items():
                self._redefine(space, of, replaced)
        except (EditError, SyntaxError):  # both change the same place
            return None
        for of, mistake in functions.items():
            helpers = vars(mistake.space.module)
            names.update({name: value for name, value in helpers.items() if name not in names})
            assert mistake.function is not None
            names[of] = _rebound(mistake.function, of, names)
        return space

    def run_mistakes(self, path: Path) -> types.ModuleType:
        """mistakes.py as a module, run with the reference at hand."""
        module = types.ModuleType("mistakes")
        with _importable("reference", self.reference.module), _importable("mistakes", module):
            exec(_compiled(path), vars(module))
        return module

    @cached_property
    def _source(self) -> Source:
        return Source(read_text(self.folder / "reference.py"))

    def _space_edited(self, path: Path, name: str, edit: Edit) -> tuple[Space, tuple[Stretch, ...]]:
        """The reference with an edited function; only that is compiled anew."""
        space = self._space()
        try:
            stretches = stretches_of(self._source, edit)
            self._redefine(space, edit.stands_for, stretches)
        except EditError as error:
            raise CourseError((fault(path, line_of_name(path, name), error.message),)) from None
        return space, stretches

    def _redefine(self, space: Space, name: str, stretches: Iterable[Stretch]) -> None:
        """Put a definition with other stretches in the place of the reference's. Raises EditError."""
        text, line = definition_with(self._source, name, stretches)
        code = compile("\n" * (line - 1) + text, str(self.folder / "reference.py"), "exec", _FUTURE, True)
        exec(code, vars(space.module))


def names_in(value: object) -> set[str]:
    """The names that a function, or a class's methods, mention."""
    if isinstance(value, type):
        return {name for item in vars(value).values() for name in names_in(item)}.union(
            *(names_in(base) for base in value.__bases__ if base.__module__ == value.__module__)
        )
    value = getattr(value, "__func__", getattr(value, "fget", value))
    value = inspect.unwrap(value) if callable(value) else value
    return _mentioned(value.__code__) if isinstance(value, types.FunctionType) else set()


def _mentioned(code: types.CodeType) -> set[str]:
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return set(code.co_names).union(*map(_mentioned, inner))


def line_of_name(path: Path, name: str) -> int:
    """The line on which a module defines a name; 1 if it does not."""
    for node in ast.parse(path.read_bytes()).body:
        targets = node.targets if isinstance(node, ast.Assign) else [node]
        if any(name in (getattr(target, "id", None), getattr(target, "name", None)) for target in targets):
            return node.lineno
    return 1


def _rebound(function: Callable[..., Any], of: str, names: dict[str, Any]) -> Callable[..., Any]:
    """The function with `names` as its globals, so that a name replaced for a call is replaced for it too.

    One that calls the right function it stands for (`of`) keeps its own globals: it would else call itself.
    """
    if not isinstance(function, types.FunctionType) or of in function.__code__.co_names:
        return function
    code, closure = function.__code__, function.__closure__
    rebound = types.FunctionType(code, names, function.__name__, function.__defaults__, closure)
    rebound.__kwdefaults__ = function.__kwdefaults__
    return rebound


def _sources(path: Path, probes: str | None) -> Sources:
    """The exercise's own files, so that what they raise comes with the line; where a notebook has a cell's number,
    they have their name."""
    found: Sources = {str(path): (path.name, path.read_text("utf-8").split("\n"))}
    return found if probes is None else found | {"<probes>": ("probes.py", probes.split("\n"))}


def _compiled(path: Path) -> types.CodeType:
    return compile(path.read_bytes(), str(path), "exec", dont_inherit=True)


@contextmanager
def _importable(name: str, module: types.ModuleType) -> Iterator[None]:
    """`import name` finds `module` for the moment, whatever else goes by that name."""
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        yield
    finally:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
