"""Where a wrong value stands: in the result of a call, or in a gradient."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec

from grader.checks.findings.finding import Called
from grader.checks.render import short
from grader.text import Message, say
from grader.wire.values import Outcome


class InResult(msgspec.Struct, frozen=True):
    """A place inside the result: indices and keys from the outside in; () is the result itself."""

    path: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        """`[1]['w']` for (1, "w")."""
        return "".join(f"[{short(step, 30)}]" for step in self.path)

    def subject(self, call: Called) -> Message:
        """The place as the subject of a sentence."""
        if self.path:
            return say("{where} of the result of {call}", where=self.text, call=call.line)
        return say("The result of {call}", call=call.line)

    def value_in(self, outcome: Outcome) -> Any:
        """What stands there."""
        return reduce(lambda value, step: value[step], self.path, outcome.value)


class InGradient(msgspec.Struct, frozen=True):
    """The gradient with respect to the parameter `name`; number: which one of an outcome's gradients."""

    name: str
    number: int

    def subject(self, call: Called) -> Message:
        """The place as the subject of a sentence."""
        return say("The gradient of {call} with respect to {name}", call=call.line, name=self.name)

    def value_in(self, outcome: Outcome) -> Any:
        """What stands there."""
        return (outcome.gradients or ())[self.number]


Place = InResult | InGradient
