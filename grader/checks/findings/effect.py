"""The value is right, and what was done for it is not."""

from __future__ import annotations

from grader.checks.findings.finding import Called, Finding
from grader.checks.findings.value_kinds import ValueKind
from grader.source_line import SourceLine
from grader.text import LATER, Message, listed, say

_COPIES: dict[ValueKind | None, Message] = {
    "tensor": say("Work on a copy: x.clone(), or x + 1 in place of x += 1."),
    "array": say("Work on a copy: x.copy(), or x + 1 in place of x += 1."),
}


class InputModified(Finding, frozen=True):
    """The call changed its inputs `names`. kind: theirs; None where they are of several."""

    names: tuple[str, ...]
    kind: ValueKind | None

    def sentences(self, call: Called) -> list[Message]:
        fields = {"call": call.line, "names": listed(self.names)}
        one = say("{call} changed its input {names}.", **fields)
        several = say("{call} changed its inputs {names}.", **fields)
        return [several if len(self.names) > 1 else one, _COPIES.get(self.kind, say("Work on a copy of it."))]

    def shown(self) -> tuple[str, str]:
        return "", ", ".join(self.names)


class TooManyOperations(Finding, frozen=True):
    """The result took `got` operations of PyTorch, `expected` are allowed. loops: the lines on which loops begin."""

    says = (
        say("{call} gives the right result, but uses {got} PyTorch operations; {expected} are enough.", **LATER),
        say("A loop goes through the numbers one by one: let one operation work on the whole tensor."),
    )

    expected: int
    got: int
    loops: tuple[SourceLine, ...] = ()

    def lines(self) -> tuple[SourceLine, ...]:
        return self.loops
