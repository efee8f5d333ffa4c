"""Stand-ins for modules that are not installed here: importing one works, using it says that it is not there.

A file is then graded but for what needs the module. Only where nobody catches a failing import: who writes
`try: import tqdm` with a way to do without has that way taken. And never for a part of a module that is there:
`torch.nm` is a slip.
"""

from __future__ import annotations

import builtins
import dis
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from importlib.machinery import ModuleSpec
from typing import Any, NoReturn

from grader.calls.plots import FakePlotting

#: Of the modules that were asked for, so many are told.
MOST_TOLD = 20
#: Where notebooks run elsewhere, these are there: nothing that they are asked for is missed here.
_PLATFORMS = ("google.colab", "kaggle_secrets")
_IMPORT = dis.opmap["IMPORT_NAME"]
#: Whether a file of this name is the submission's; the last one counts.
_OWN: list[Callable[[str], bool]] = [bool]


class AbsentModule(ModuleNotFoundError):
    """A stand-in was used."""


class Absent(types.ModuleType):
    """Stands for a module that is not there, and for what is imported from it."""

    def _used(self, *_: object, **__: object) -> NoReturn:
        name = types.ModuleType.__getattribute__(self, "__name__").partition(".")[0]
        raise AbsentModule(f"No module named {name!r}", name=name)

    def __getattr__(self, name: str) -> Any:
        # `from a import b` first looks for b like this, then imports a.b; and libraries look into a module that they
        # never imported, if somebody did.
        if (name.startswith("__") and name != "__version__") or not _OWN[-1](sys._getframe(1).f_code.co_filename):
            raise AttributeError(name)
        self._used()

    def __instancecheck__(self, instance: object) -> bool:
        return False

    __call__ = __iter__ = __next__ = __len__ = __getitem__ = __setitem__ = __enter__ = __exit__ = _used
    __mro_entries__ = _used
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __matmul__ = _used
    __neg__ = __float__ = __int__ = __index__ = __contains__ = __await__ = __aiter__ = __or__ = __ror__ = _used


class Finder:
    """Goes last in `sys.meta_path`.

    own: whether a file of this name is the submission's. ours: the names of the grader's, from which that is run.
    told: the modules that it stood in for.
    """

    def __init__(self, own: Callable[[str], bool], ours: frozenset[str]) -> None:
        self._own = own
        _OWN.append(own)
        self._ours = ours
        self.told: list[str] = []

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """A stand-in for what the submission imports and nobody has; None where that must fail."""
        root, _, below = name.partition(".")
        is_part = bool(below) and isinstance(sys.modules.get(root), (Absent, FakePlotting))
        if not is_part and ((below and not _is_platform(name)) or not self._is_asked_by_submission()):
            return None
        told = name if not below or root == "google" else root
        if not _is_platform(name) and name != "google" and told not in self.told and len(self.told) < MOST_TOLD:
            self.told.append(told)
        return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """Python fills in what a module has."""
        return FakePlotting() if _is_platform(spec.name) else Absent(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""

    def _is_asked_by_submission(self) -> bool:
        """Whether a statement of the submission's imports it, and no code around that statement catches anything."""
        frame: types.FrameType | None = sys._getframe(2)
        while frame is not None and _is_importing(frame):
            frame = frame.f_back
        if frame is None or not self._own(frame.f_code.co_filename):
            return False
        return frame.f_code.co_code[frame.f_lasti] == _IMPORT and not self._is_caught(frame)

    def _is_caught(self, frame: types.FrameType | None) -> bool:
        """Whether what is raised in this frame comes to a handler of anybody's but the grader."""
        while frame is not None and frame.f_code.co_filename not in self._ours:
            # What imports a helper file catches only to raise again.
            if not _is_importing(frame) and _catches(frame):
                return True
            frame = frame.f_back
        return False

    def get_ipython(self) -> FakePlotting:
        """In the place of IPython's own: whatever is asked of it does nothing. Who asks whether it is there is told
        that it is not."""
        if self._is_caught(sys._getframe(1)):
            raise NameError("name 'get_ipython' is not defined", name="get_ipython")
        return FakePlotting()

    def install(self) -> None:
        """Stand in from here on, for what IPython gives to every cell too."""
        sys.meta_path.append(self)
        vars(builtins).update(get_ipython=self.get_ipython, display=_display)


def _display(*objects: object, **options: object) -> None:
    """Nobody looks."""


def _is_platform(name: str) -> bool:
    return any(name == platform or name.startswith(platform + ".") for platform in _PLATFORMS)


def _is_importing(frame: types.FrameType) -> bool:
    return frame.f_code.co_filename.startswith("<frozen importlib")


def _catches(frame: types.FrameType) -> bool:
    """Whether an exception that is raised where this frame is now comes to a handler in it."""
    return any(start <= frame.f_lasti < end for start, end in _guarded(frame.f_code.co_exceptiontable))


def _guarded(table: bytes) -> Iterator[tuple[int, int]]:
    """The ranges of a code object's bytes that have a handler: Python's own exception table (its InternalDocs)."""
    numbers = _numbers(iter(table))
    for start, length, _, _ in zip(numbers, numbers, numbers, numbers, strict=False):
        yield 2 * start, 2 * (start + length)


def _numbers(octets: Iterator[int]) -> Iterator[int]:
    for octet in octets:
        value = octet & 63
        while octet & 64:
            octet = next(octets)
            value = value << 6 | octet & 63
        yield value
