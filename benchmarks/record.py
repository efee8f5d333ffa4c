"""`python -m benchmarks.record EXERCISE FOLDER`: the calls of one run of an exercise's checks, for others to make.

FOLDER gets EXERCISE.pickle, the calls with their tolerances in order, as grader.calls.invoke takes them, and
EXERCISE.json: check → its calls with the reference's answers, as replay.py takes them.
"""

from __future__ import annotations

import base64
import functools
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.classes import course
from grader.boundary.encoded_call import EncodedCall
from grader.boundary.submission_run import SubmissionRun
from grader.calls.invoke import invoke, settled
from grader.checks.context import CheckContext
from grader.checks.exercise import LoadedExercise
from grader.course.find import find_exercise
from grader.grading.grader import Grader
from grader.submission.model import Prepared
from grader.wire.values import Call, Probe

SEED = 1


class Recorded(NamedTuple):
    """One call of a check, with the tolerances that it asked for."""

    check: str
    call: Call
    rtol: float | None
    atol: float | None


class Tape:
    """Writes down what goes through the checks' fixtures and the boundary of this process."""

    def __init__(self) -> None:
        self.calls: list[Recorded] = []
        self._check = ""
        self._tolerances: tuple[float | None, float | None] = (None, None)

    def begin(self) -> None:
        """Wrap the methods; nothing else happens in this process."""
        begun, called = CheckContext.__init__, SubmissionRun.call

        @functools.wraps(begun)
        def init(context: CheckContext, *args: Any, check: str, **kwargs: Any) -> None:
            self._check = check
            begun(context, *args, check=check, **kwargs)

        @functools.wraps(called)
        def call(run: SubmissionRun, one: Call | EncodedCall) -> Any:
            plain = one.call if isinstance(one, EncodedCall) else one
            self.calls.append(Recorded(self._check, plain, *self._tolerances))
            return called(run, one)

        wrapped = {"__init__": init, "compare": self._noting(CheckContext.compare)}
        wrapped["expect"] = self._noting(CheckContext.expect)
        for owner, methods in ((CheckContext, wrapped), (SubmissionRun, {"call": call})):
            for name, method in methods.items():
                setattr(owner, name, method)

    def _noting(self, compare: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(compare)
        def noting(*args: Any, **kwargs: Any) -> Any:
            self._tolerances = kwargs.get("rtol"), kwargs.get("atol")
            try:
                return compare(*args, **kwargs)
            finally:
                self._tolerances = None, None

        return noting


def record(name: str, folder: Path) -> None:
    """Grade the reference once, and write down the calls."""
    whole = course()
    exercise = find_exercise(whole, name)
    reference = exercise.folder / "reference.py"
    tape = Tape()
    tape.begin()
    with Grader(whole, [exercise], seed=SEED) as grader:
        prepared = grader.read(exercise, reference)
        assert isinstance(prepared, Prepared), prepared.message
        result = grader.grade(exercise, name, prepared)
        assert result.passed, result
    calls = [(one.call, one.rtol, one.atol) for one in tape.calls]
    (folder / f"{name}.pickle").write_bytes(pickle.dumps(calls))
    loaded = LoadedExercise(exercise.folder, id=name)
    cases: dict[str, list[dict[str, Any]]] = {}
    for one in tape.calls:
        cases.setdefault(one.check, []).append(_case(loaded, one))
    texts = {check: base64.b64encode(pickle.dumps(found)).decode() for check, found in cases.items()}
    (folder / f"{name}.json").write_text(json.dumps(texts), "utf-8")


def _case(loaded: LoadedExercise, one: Recorded) -> dict[str, Any]:
    outcome = settled(invoke(loaded.reference, one.call, facts=False))
    assert outcome.error is None, outcome.error
    call = one.call
    fields = {"target": call.target, "args": call.args, "kwargs": call.kwargs, "replace": call.replace}
    given = {"requires_grad": call.requires_grad, "upstream": call.upstream, "rtol": one.rtol, "atol": one.atol}
    plain: dict[str, Any] = _plain(fields)
    return plain | given | {"value": outcome.value, "gradients": outcome.gradients}


def _plain(value: Any) -> Any:
    """Without this package's types, so that it can be unpickled where it is not installed."""
    if isinstance(value, Probe):
        return {"probe": value.name, "args": [_plain(item) for item in value.args], "build": value.build}
    if isinstance(value, list | tuple):
        return type(value)(_plain(item) for item in value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


if __name__ == "__main__":
    record(sys.argv[1], Path(sys.argv[2]))
