"""Plotting libraries, for submissions: whatever is asked of them works, and nothing is drawn.

Nobody sees a plot when a submission is graded. The real libraries take seconds to import, and are not installed
everywhere: a notebook must get the same grade with them and without. An exercise on drawing has the real one: its
`[warm]` modules are imported before this begins.
"""

from __future__ import annotations

import dis
import sys
import types
from collections.abc import Collection, Iterator, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

#: Packages whose only business is to show something.
PLOTTING = frozenset({"matplotlib", "mpl_toolkits", "pylab", "seaborn", "plotly", "bokeh", "IPython", "ipywidgets"})
#: Those that draw nothing themselves.
_NOTEBOOKS = frozenset({"IPython", "ipywidgets"})


class FakePlotting(types.ModuleType):
    """Stands for every module, class, function and object of such a library."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__("nothing")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return FakePlotting()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # As a decorator it leaves the learner's function as it is.
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        return FakePlotting()

    def __iter__(self) -> Iterator[Any]:
        """As many as `fig, ax = ...` asks for; else none."""
        frame = sys._getframe(1)
        steps = (i for i in dis.get_instructions(frame.f_code) if i.offset == frame.f_lasti)
        count = next((step.arg for step in steps if step.opname == "UNPACK_SEQUENCE"), 0)
        return iter([FakePlotting() for _ in range(count or 0)])

    def __getitem__(self, key: Any) -> Any:
        return FakePlotting()

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __float__(self) -> float:
        return 0.0

    def __instancecheck__(self, instance: object) -> bool:
        return False

    def _self(self, *_: object) -> Any:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __neg__ = _self


class Finder:
    """Goes first in `sys.meta_path`. packages: those that it answers for."""

    def __init__(self, packages: frozenset[str]) -> None:
        self.packages = packages

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: Any = None) -> ModuleSpec | None:
        """A module of nothing for a plotting library or a part of one; else None."""
        if name.partition(".")[0] not in self.packages:
            return None
        return ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """Python fills in what a module has."""
        return FakePlotting()

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing to run."""


def draw_nothing(real: Collection[str] = ()) -> None:
    """From here on, imports of plotting libraries find `FakePlotting`, unless they were imported before.

    real: packages of which the course wants the library itself. It may need the others, where they are installed.
    """
    # Not by a difference of sets: touching every module's name would copy hundreds of pages after a fork.
    packages = frozenset(name for name in PLOTTING if name not in sys.modules and name not in real)
    if PLOTTING.isdisjoint(real):
        sys.meta_path.insert(0, Finder(packages))
        return
    sys.meta_path.insert(0, Finder(packages & _NOTEBOOKS))
    sys.meta_path.append(Finder(packages))
