"""A failed check as data, and the exception that carries it through pytest."""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.checks import explain
from grader.result import Picture, Worst
from grader.text import Message, render
from grader.wire.values import Frame

#: In what way a result is wrong. "fact" is for assertions on what the worker attests of a tensor.
Kind = Literal[
    "raised",
    "not_implemented",
    "signature",
    "absent",
    "missing",
    "graph",
    "memory",
    "too_large",
    "none",
    "kind",
    "class",
    "length",
    "keys",
    "dtype",
    "shape",
    "device",
    "values",
    "gradient",
    "modified",
    "operations",
    "fact",
]


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why a call's outcome is not what the reference gives.

    kind: the first thing found wrong; `aspect` says in what way a gradient is ("none", "shape", "values", ...).
    called: the call as a learner would write it, its larger arguments on the lines below.
    where: path inside the result, such as `[1]['w']`; empty for the result itself.
    respect_to: the parameter with respect to which the gradient was taken; empty for the result.
    expected, got: short texts of what differs: values, shapes, dtypes, devices or, for "keys", the keys that are
        missing and those that are too many. For "modified", `got` names the inputs that were changed; for
        "operations" they are how many are allowed and how many there were.
    expected_kind, got_kind: `mismatch.kind_of` both, where they differ; for "modified", `got_kind` of an input.
    should_raise: the exception that the reference raised; empty where it returned a value.
    marked: whether `got` has marks (pair.MARK) after the entries that differ.
    picture: what a report may draw of it.
    advice: what an exception means and what to do.
    twin: whether the call's inputs were on the twin device.
    lost: for "missing", why a function that the file defines is not there.
    differing, total: entries that are wrong, and all; nan, inf: how many are NaN or infinite and should not be.
    """

    kind: Kind
    function: str
    called: str
    aspect: str = ""
    where: str = ""
    respect_to: str = ""
    expected: str = ""
    got: str = ""
    expected_kind: str = ""
    got_kind: str = ""
    should_raise: str = ""
    marked: bool = False
    picture: Picture | None = None
    twin: bool = False
    worst: Worst | None = None
    differing: int = 0
    total: int = 0
    nan: int = 0
    inf: int = 0
    pattern: Message | None = None
    advice: Message | None = None
    lost: Message | None = None
    frames: tuple[Frame, ...] = ()


class CheckFailed(AssertionError):
    """A check's verdict is "failed": `failure` if a comparison found it, `message` in any case.

    raise CheckFailed(say("The rows of the result must add up to 1; row {row} does not.", row=3))
    """

    def __init__(self, reason: Failure | Message) -> None:
        self.failure = reason if isinstance(reason, Failure) else None
        self.message = explain.explain(reason) if isinstance(reason, Failure) else reason
        super().__init__(render(self.message, "en"))

    def __str__(self) -> str:
        """The whole English explanation, with the call and both values, as plain pytest shows it."""
        text = render(self.message, "en")
        if self.failure is None:
            return text
        return "\n".join([text, *(render(line, "en") for line in explain.facts(self.failure))])
