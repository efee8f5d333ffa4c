"""A gradient that is not there. One that is there and wrong is a finding of value.py, in the place `InGradient`."""

from __future__ import annotations

from grader.checks.findings.finding import Called, Finding, cut_hint
from grader.text import Message, say


class NoGradient(Finding, frozen=True):
    """No path leads from the result to the parameter `name`. expected: short text of its gradient."""

    name: str
    expected: str

    def sentences(self, call: Called) -> list[Message]:
        return [
            say(
                "There is no gradient of {call} with respect to {name}: the graph was cut.",
                call=call.line,
                name=self.name,
            ),
            cut_hint(),
        ]

    def shown(self) -> tuple[str, str]:
        return self.expected, "None"
