"""One call of one function, the same on both sides: the submission's in the worker, the reference's and each
mistake's on the trusted side. Nothing here knows which of them it runs.
"""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from msgspec import structs

from grader.calls.absent import AbsentModule
from grader.calls.effects import Watch
from grader.calls.operations import OperationCount
from grader.calls.refused import refused
from grader.calls.snapshots import copy_of, copy_of_array, snapshot, unchanged
from grader.fault import hands_over, is_fault
from grader.source_line import SourceLine
from grader.twin import on_twin_device, put_on_twin
from grader.wire.codec import Inputs, facts_of, plain
from grader.wire.values import Call, Callback, Effects, Facts, Outcome, Probe, Raised, RaisedKind, Remote

#: The longest text of an exception, and the most lines of the submission, that are passed on.
MAX_TEXT = 2_000
MAX_FRAMES = 20

# A RuntimeError, not a MemoryError. Bound now: a submission may replace it in torch.
_GPU_MEMORY = torch.cuda.OutOfMemoryError

#: File name as compiled → the notebook cell that it stands for (None for a file), and its lines.
Sources = dict[str, tuple[str | None, list[str]]]


class Space:
    """What a call can see: the module under test, the exercise's probes, and objects kept behind handles.

    `sources` maps the submission's file names to its cell and lines, so that a traceback can show the learner's own.
    """

    def __init__(
        self,
        module: types.ModuleType,
        probes: dict[str, Any] | None = None,
        sources: Sources | None = None,
        device: str = "cpu",
    ) -> None:
        self.module = module
        self.device = device
        self.probes = {} if probes is None else probes
        self.sources: Sources = {} if sources is None else sources
        self.home: Path | None = None  # the folder in which a reference's calls are made, where it reads files
        self.objects: list[Any] = []
        self.last_inputs: list[Any] = []  # what the last call's results may share storage with
        self.twin = False  # whether the call's inputs go to the twin device

    def keep(self, value: Any) -> Remote:
        """A handle for an object that stays on this side."""
        self.objects.append(value)
        return Remote(len(self.objects) - 1, plain(type(value).__name__))


def invoke(space: Space, call: Call, *, facts: bool = True, passing: tuple[type[BaseException], ...] = ()) -> Outcome:
    """Make the call and say what came of it. Whatever the function raises becomes part of the outcome; what our own
    code raises by itself is raised.

    facts: collect them; a worker does not, because its encoder does. passing: exceptions that are no outcome and are
    raised: the trusted side's Ctrl-C, while it runs a reference.
    """
    with on_twin_device() if call.twin else nullcontext():
        return _invoke(space, call, facts, passing)


def _invoke(space: Space, call: Call, facts: bool, passing: tuple[type[BaseException], ...]) -> Outcome:
    space.last_inputs = []
    space.twin = call.twin
    try:
        args, kwargs = _arguments(space, call)
        inputs = [*args, *kwargs.values()]
        space.last_inputs = inputs
        before = [snapshot(argument) for argument in inputs]
        function, leading = _function(space, call.target)
        if isinstance(function, Raised):
            return Outcome(error=function)
        if wrong := _unbindable(function, (*leading, *args), kwargs):
            return Outcome(error=wrong)
        watch = Watch(inputs) if call.effects else None
        count = OperationCount() if call.counted else None
        with replaced(space, call.replace), count or nullcontext():
            value = _called(function, *leading, *args, **kwargs)
        effects = watch.seen() if watch else None
        gradients = _gradients(value, args, call)
        modified = tuple(i for i, argument in enumerate(inputs) if not unchanged(before[i], argument))
        if watch and effects:
            value, effects = _seen_twice(space, call, watch, value, effects, passing)
    except BaseException as error:
        if isinstance(error, passing) or is_fault(error):
            raise
        return Outcome(error=_missing(error, space.module) or raised(error, space.sources))
    return Outcome(
        value=value,
        facts=_facts(value, inputs) if facts else {},
        gradients=gradients,
        modified=modified,
        operations=count.dispatched if count else 0,
        same_as=_same_as(value, inputs) if call.identity else None,
        effects=effects,
    )


def _arguments(space: Space, call: Call) -> tuple[list[Any], dict[str, Any]]:
    """The call's arguments, made for this one time."""
    args = [resolve(space, argument) for argument in call.args]
    kwargs = {name: resolve(space, argument) for name, argument in call.kwargs.items()}
    for position in call.requires_grad:
        args[position].requires_grad_(True)
    return args, kwargs


def _seen_twice(
    space: Space, call: Call, watch: Watch, value: Any, effects: Effects, passing: tuple[type[BaseException], ...]
) -> tuple[Any, Effects]:
    """The first call's value as it was before a second one, and what only that one shows; nothing where it raises."""

    def repeated() -> tuple[Any, list[Any]]:
        args, kwargs = _arguments(space, call)
        function, leading = _function(space, call.target)
        assert not isinstance(function, Raised)  # it was there for the first call
        with replaced(space, call.replace):
            return _called(function, *leading, *args, **kwargs), [*args, *kwargs.values()]

    try:
        return watch.again(value, effects, repeated)
    except BaseException as error:
        if isinstance(error, passing) or is_fault(error):
            raise
        return watch.kept(value), effects


def _same_as(value: Any, inputs: list[Any]) -> tuple[int, ...]:
    """The positions of the inputs that the value is. A number, a string and None are as good as any equal one."""
    if isinstance(value, (bool, int, float, complex, str, bytes, tuple, type(None))):
        return ()
    return tuple(position for position, argument in enumerate(inputs) if argument is value)


@hands_over
def _called(function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
    return function(*args, **kwargs)


def resolve(space: Space, argument: Any) -> Any:
    """The argument as the function sees it: tensors are its own copies, probes and handles their objects."""
    kind = type(argument)
    if kind is torch.Tensor:
        return _placed(space, copy_of(argument))
    if kind is np.ndarray:
        return copy_of_array(argument)
    if kind is Probe:
        return _probe(space, argument)
    if kind is Callback:
        return argument.function
    if kind is Remote:
        return put_on_twin(space.objects[argument.handle]) if space.twin else space.objects[argument.handle]
    if kind is list or kind is tuple:
        return kind(resolve(space, item) for item in argument)
    if kind is dict:
        return {key: resolve(space, item) for key, item in argument.items()}
    return argument


def _placed(space: Space, tensor: torch.Tensor) -> torch.Tensor:
    if space.twin:
        return put_on_twin(tensor.cpu())  # type: ignore[no-any-return]
    return tensor if space.device == "cpu" else tensor.to(space.device)


def settled(outcome: Outcome) -> Outcome:
    """The outcome as it would look after crossing the wire: detached, on the CPU, its own memory."""
    gradients = None if outcome.gradients is None else tuple(map(_settle, outcome.gradients))
    return structs.replace(outcome, value=_settle(outcome.value), gradients=gradients)


def _settle(value: Any) -> Any:
    if isinstance(value, torch.Tensor):
        return value.detach().cpu().clone(memory_format=torch.contiguous_format)
    if isinstance(value, np.ndarray):
        return value.copy()
    if type(value) is list or type(value) is tuple:
        return type(value)(_settle(item) for item in value)
    if type(value) is dict:
        return {key: _settle(item) for key, item in value.items()}
    return value


def _probe(space: Space, probe: Probe) -> Any:
    function = space.probes[probe.name]
    args = [resolve(space, item) for item in probe.args]
    if probe.build:
        return put_on_twin(function(*args)) if space.twin else function(*args)
    return functools.partial(function, *args) if args else function


def _function(space: Space, target: str | Probe) -> tuple[Callable[..., Any] | Raised, tuple[Any, ...]]:
    if isinstance(target, Probe):
        return _probe(space, target), (space.module,)
    function = vars(space.module).get(target)
    if callable(function):
        return function, ()
    return Raised("missing", "" if function is None else plain(type(function).__name__), target), ()


def _missing(error: BaseException, module: types.ModuleType) -> Raised | None:
    """A scenario reached for a function that the module lacks: as if it had been called without one."""
    if isinstance(error, AttributeError) and error.obj is module and type(error.name) is str:
        return Raised("missing", "", plain(error.name))
    return None


@hands_over
def _unbindable(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Raised | None:
    """Why the function can't take these arguments: told apart from a TypeError inside it."""
    if type(function) is types.FunctionType and not kwargs and _takes_exactly(function.__code__, len(args)):
        return None
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None  # a builtin without a signature: the call itself will tell
    try:
        signature.bind(*args, **kwargs)
    except TypeError as error:
        return Raised("signature", plain(str(signature), MAX_TEXT), plain(str(error), MAX_TEXT))
    return None


def _takes_exactly(code: types.CodeType, count: int) -> bool:
    """Whether a plain function of this code has just so many parameters: the common case, without inspect's 60 µs."""
    return code.co_argcount == count and not code.co_kwonlyargcount


@contextmanager
def replaced(space: Space, replacements: dict[str, Probe]) -> Iterator[None]:
    """The module's names replaced by probes; a probe gets the original as its first argument, or, where the module has
    none, what raises the NameError that its call would."""
    names = vars(space.module)
    originals = {name: names[name] for name in replacements if name in names}
    for name, probe in replacements.items():
        names[name] = functools.partial(_probe(space, probe), originals.get(name, functools.partial(_undefined, name)))
    try:
        yield
    finally:
        for name in replacements:
            if name in originals:
                names[name] = originals[name]
            else:
                names.pop(name, None)


def _undefined(name: str, *_: Any, **__: Any) -> Any:
    raise NameError(f"name '{name}' is not defined", name=name)


def floating_tensors(value: Any) -> list[torch.Tensor]:
    """The real floating tensors of a result, in order: those an upstream gradient is drawn for."""
    blocks = (block for _, block in _blocks_by_path(value, ()))
    return [block for block in blocks if isinstance(block, torch.Tensor) and block.is_floating_point()]


@hands_over
def _gradients(value: Any, args: list[Any], call: Call) -> tuple[Any, ...] | None:
    """The vector-Jacobian products uᵀ·∂value/∂argument.

    Taken as the gradient of Σ(value·u): `grad_outputs=u` would import sympy in every fresh process.
    None where the shapes do not allow it: the shape is then what is wrong.
    """
    if call.upstream is None:
        return None
    results = floating_tensors(value)
    if [tuple(t.shape) for t in results] != [tuple(u.shape) for u in call.upstream]:
        return None
    zero = torch.zeros((), device="cpu")  # whatever the submission has made the default
    total = sum(((t * u.to(t)).sum() for t, u in zip(results, call.upstream, strict=True)), zero)
    if not total.requires_grad:
        return tuple(None for _ in call.requires_grad)
    wanted = [args[position] for position in call.requires_grad]
    return tuple(torch.autograd.grad(total, wanted, allow_unused=True))


def _facts(value: Any, inputs: list[Any]) -> dict[tuple[Any, ...], Facts]:
    known = Inputs(inputs)
    return {path: facts_of(block, known) for path, block in _blocks_by_path(value, ())}


def _blocks_by_path(value: Any, path: tuple[Any, ...]) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The tensors and arrays of a value, each with its place."""
    if isinstance(value, (torch.Tensor, np.ndarray)):
        yield path, value
    elif isinstance(value, (list, tuple)):
        for i, item in enumerate(value):
            yield from _blocks_by_path(item, (*path, i))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _blocks_by_path(item, (*path, key))


def raised(error: BaseException, sources: Sources) -> Raised:
    """An exception as facts: its type's name, its text (bounded), and the lines of the submission it passed."""
    kind: RaisedKind = "exception"
    if isinstance(error, NotImplementedError) and not _is_of_torch(error):
        kind = "not_implemented"
    elif isinstance(error, AbsentModule):
        return Raised("absent", "ModuleNotFoundError", plain(str(error.name), MAX_TEXT), _frames(error, sources))
    elif isinstance(error, (MemoryError, _GPU_MEMORY)) or "can't allocate memory" in _text(error):
        kind = "memory"
    return Raised(kind, plain(type(error).__name__), _text(error), _frames(error, sources), refused(error))


def _is_of_torch(error: NotImplementedError) -> bool:
    """Whether it is PyTorch that says so, of an operation or of a module without a forward: no stub raised it."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    module = None if step is None else step.tb_frame.f_globals.get("__name__")
    return (type(module) is str and module.startswith("torch.")) or any(part in _text(error) for part in _OF_TORCH)


#: Of the texts with which PyTorch itself raises NotImplementedError, from C++ and so without a frame of its own.
_OF_TORCH = ("'aten::", "not implemented for '")


def _text(error: BaseException) -> str:
    try:
        return plain(str(error), MAX_TEXT)
    except BaseException as failure:
        return plain(f"({type(failure).__name__} in __str__)")


def _frames(error: BaseException, sources: Sources) -> tuple[SourceLine, ...]:
    frames: list[SourceLine] = []
    traceback = error.__traceback__
    while traceback is not None:
        code = traceback.tb_frame.f_code
        known = sources.get(code.co_filename)
        if known is not None:
            cell, lines = known
            number = traceback.tb_lineno
            source = lines[number - 1] if 0 < number <= len(lines) else ""
            here = SourceLine(number, source[:300], plain(code.co_name), cell)
            # The frame of a comprehension on the line that it stands on, or of a call by itself: shown once.
            if not frames or (frames[-1].number, frames[-1].cell) != (number, cell):
                frames.append(here)
        traceback = traceback.tb_next
    return tuple(frames[-MAX_FRAMES:])
