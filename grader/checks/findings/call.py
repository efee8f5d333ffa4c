"""The call gave no value: it raised, or there was nothing to call."""

from __future__ import annotations

from typing import Any, ClassVar

from grader.checks.advice.quote import with_stop
from grader.checks.findings.finding import CUT_HINT, Called, Finding, twin_notes
from grader.result import Verdict
from grader.source_line import SourceLine
from grader.text import LATER, Message, listed, say

#: What PyTorch says of tensors on two devices → what to do about it.
_DEVICE_HINTS: tuple[tuple[str, Message], ...] = (
    ("on the same device", say("A tensor made without device= is on the CPU: write device=x.device.")),
    ("same device as the indexed", say("The tensor that is indexed was made on the CPU: write device=x.device.")),
    ("type tensor to numpy", say("NumPy works on the CPU only: use torch's functions.")),
)


class NoValue(Finding, frozen=True):
    """An exception ended the call.

    expected: short text of what was due: a value, or the name of an exception.
    error: the exception's name and text; frames: the submission's lines that it passed, outermost first.
    """

    verdict: ClassVar[Verdict] = "error"

    expected: str
    error: str
    frames: tuple[SourceLine, ...] = ()

    def shown(self) -> tuple[str, str]:
        return self.expected, self.error

    def lines(self) -> tuple[SourceLine, ...]:
        return self.frames

    def _where(self) -> list[Message]:
        if not self.frames:
            return []
        last = self.frames[-1]
        return [say("It happened in line {number}: {source}", number=last.number, source=last.source.strip())]


class RaisedError(NoValue, frozen=True):
    """An exception where a value was due. advice: what the exception means and what to do."""

    says = (say("{call} raised {error}", **LATER),)

    advice: Message | None = None

    def fields(self, call: Called) -> dict[str, Any]:
        return {"call": call.line, "error": with_stop(self.error)}

    def hints(self, call: Called) -> list[Message]:
        about_devices = [hint for text, hint in _DEVICE_HINTS if call.twin and text in self.error][:1]
        advice = [*twin_notes(call), *about_devices] if about_devices else [*filter(None, [self.advice])]
        return [*self._given_none(call), *advice, *self._where()]

    def _given_none(self, call: Called) -> list[Message]:
        """Which None may be the one: the exercise itself hands it in."""
        if not call.nones or "NoneType" not in self.error:
            return []
        return [say("In this call {names} is None; the exercise allows that.", names=listed(call.nones))]


class RaisedOtherError(RaisedError, frozen=True):
    """An exception where another one was due, whose name is `expected`."""

    says = (say("{call} should raise {wanted} here, but raised {error}", **LATER),)

    def fields(self, call: Called) -> dict[str, Any]:
        return {"call": call.line, "wanted": self.expected, "error": with_stop(self.error)}


class RaisedNothing(Finding, frozen=True):
    """A value where the exception `wanted` was due. got: short text of the value."""

    says = (say("{call} should raise {wanted} here, but returned {got}.", **LATER),)

    wanted: str
    got: str


class NotWritten(NoValue, frozen=True):
    """The function, or one that it calls, is still the stub."""

    verdict = "not_implemented"
    may_be_a_mistake = False
    says = (say("{function} is not written yet. Replace `raise NotImplementedError` by your own code.", **LATER),)

    def about(self, function: str) -> str:
        return self.frames[-1].function if self.frames else function


class WrongSignature(NoValue, frozen=True):
    """The function does not take the exercise's arguments."""

    may_be_a_mistake = False
    says = (
        say("{call} does not fit your function's parameters {error}.", **LATER),
        say("Keep the function's parameters as the exercise gives them."),
    )


class ModuleAbsent(NoValue, frozen=True, kw_only=True):
    """The call used a module that is not installed."""

    may_be_a_mistake = False
    says = (say("{call} uses {module}, a module that is not installed where this is graded.", **LATER),)

    module: str

    def hints(self, call: Called) -> list[Message]:
        return self._where()


class NoGraph(NoValue, frozen=True):
    """The result is not connected to any input, so that there are no gradients at all."""

    verdict = "failed"
    says = (
        say("No gradient can flow back through {call}: its result is not connected to its inputs.", **LATER),
        CUT_HINT,
    )


class OutOfMemory(NoValue, frozen=True):
    """The call asked for more memory than it may have."""

    verdict = "limit"
    says = (
        say("{call} asked for more memory than there is.", **LATER),
        say("Is a tensor far larger than it need be, by broadcasting or in a loop?"),
    )


class TooLarge(NoValue, frozen=True):
    """The result does not fit the wire."""

    verdict = "failed"
    says = (
        say("The result of {call} is too large to be looked at, or holds itself.", **LATER),
        say("Print its type, shape or length to see what it is."),
    )


class NothingToCall(Finding, frozen=True):
    """The file has no function `name`, which the check calls or a scenario of it reaches for."""

    verdict: ClassVar[Verdict] = "error"
    may_be_a_mistake = False

    name: str

    def about(self, function: str) -> str:
        return self.name


class MissingFunction(NothingToCall, frozen=True):
    """There is nothing of that name. lost: why, where the file defines it all the same."""

    says = (say("There is no {function} in your file. Was it renamed or deleted?", **LATER),)

    lost: Message | None = None

    def sentences(self, call: Called) -> list[Message]:
        return [self.lost] if self.lost else super().sentences(call)


class NotAFunction(NothingToCall, frozen=True):
    """The name stands for a value of the type `type`."""

    says = (say("{function} in your file is not a function, but of type {type}. Is the name used twice?", **LATER),)

    type: str
