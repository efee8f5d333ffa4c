"""`grade`, which writes to the file GRADE_CHAIN when each step ended, in seconds of the monotonic clock.

chain.py runs it. It imports nothing of the grader before the grader does.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import Any, NoReturn

#: The end of a step → where: a module, and a function or class method whose first return ends it; "" is the import.
STEPS = {
    "Python has started": ("", ""),
    "two zygotes are starting": ("grader.boundary.launch", "start_early"),
    "the course is read": ("grader.course.find", "find_course"),
    "the file is read and searched, in a zygote's child": ("grader.grading.grader", "Grader.prepare"),
    "PyTorch is imported": ("torch", ""),
    "the checks are collected": ("grader.grading.grader", "Grader.collect"),
    "the worker has been forked": ("grader.boundary.worker_handle", "WorkerHandle.wait_started"),
    "the file has run in it": ("grader.boundary.submission_run", "SubmissionRun.load"),
    "the checks are judged": ("grader.grading.suite", "CheckSuite.run"),
    "the report is printed": ("grader.report.terminal", "print_report"),
    "this process ends": ("os", "_exit"),
}


class _Marker(importlib.abc.MetaPathFinder):
    """Takes the time at the end of each step, in modules as they are imported."""

    def __init__(self) -> None:
        self.marks: dict[str, float] = {}
        self.mark("Python has started")

    def mark(self, step: str) -> None:
        self.marks.setdefault(step, time.monotonic())

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        steps = {step: where for step, (module, where) in STEPS.items() if module == name}
        spec = importlib.machinery.PathFinder.find_spec(name, path) if steps else None
        if spec is not None and spec.loader is not None:
            loader = spec.loader
            spec.loader = _Loading(loader, partial(self._imported, steps))  # type: ignore[assignment]
        return spec

    def _imported(self, steps: dict[str, str], module: Any) -> None:
        for step, where in steps.items():
            if not where:
                self.mark(step)
                continue
            *parents, name = where.split(".")
            holder = getattr(module, parents[0]) if parents else module
            setattr(holder, name, self.timed(step, getattr(holder, name)))

    def timed(self, step: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            finally:
                self.mark(step)

        return call


class _Loading(importlib.abc.Loader):
    """A loader that tells when a module has run."""

    def __init__(self, loader: Any, done: Callable[[Any], None]) -> None:
        self._loader = loader
        self._done = done

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)

    def create_module(self, spec: Any) -> Any:
        return self._loader.create_module(spec)

    def exec_module(self, module: Any) -> None:
        self._loader.exec_module(module)
        self._done(module)


def main() -> None:
    """`grade`, which writes down when each step ended."""
    marker, leave = _Marker(), os._exit

    def end(status: int) -> NoReturn:
        marker.mark("this process ends")
        Path(os.environ["GRADE_CHAIN"]).write_text(json.dumps(marker.marks))
        leave(status)

    sys.meta_path.insert(0, marker)
    os._exit = end
    from grader.start import main as command

    command()


if __name__ == "__main__":
    main()
