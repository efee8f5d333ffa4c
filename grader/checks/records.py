"""Records: what takes too long to be done for each check, made once for a submission and judged by several: a training.

Functions of the exercise's records.py make them. They run on the trusted side, ask the submission by scenarios of
probes.py, and give what checks and pictures then share: `record("training")`.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from grader.checks.seeds import Sample
from grader.course.faults import read_text, running
from grader.wire.values import Probe

FILE = "records.py"


class Asking:
    """`ask("trained", x, like=value)`: what that scenario of probes.py gives of the submission, of the value's kind,
    dtype and shape.

    about: the function that it is about. `ask.anew()`: the next call meets a fresh process, which has only
    run the file: nothing that came to the submission before is there.
    """

    def __init__(self, ask: Callable[..., Any], anew: Callable[[], None]) -> None:
        self._ask = ask
        self.anew = anew

    def __call__(self, scenario: str, *args: Any, like: Any, about: str = "") -> Any:
        return self._ask(Probe(scenario), *args, like=like, about=about)


class RecordOutcome:
    """A record, or what was raised while it was made."""

    def __init__(self, value: Any, error: Exception | None = None) -> None:
        self._value = value
        self._error = error

    @classmethod
    def of(cls, make: Callable[..., Any], ask: Asking, sample: Sample, record: Callable[[str], Any]) -> Self:
        """Call a function of records.py with those of `ask`, `sample` and `record` that it has parameters for."""
        given = {"ask": ask, "sample": sample, "record": record}
        try:
            return cls(make(**{name: given[name] for name in inspect.signature(make).parameters}))
        except Exception as error:
            return cls(None, error)

    @property
    def value(self) -> Any:
        """The record. Raises what was raised instead."""
        if self._error is not None:
            raise self._error.with_traceback(None)
        return self._value


def run_records(folder: Path) -> dict[str, Any]:
    """The names of an exercise's records.py, run in a module of its own that knows where it lies: data may lie beside
    it. Raises CourseError where that fails."""
    path = folder / FILE
    module = types.ModuleType("records")
    module.__file__ = str(path)
    with running(path):
        exec(compile(read_text(path), str(path), "exec", dont_inherit=True), vars(module))
    return vars(module)
