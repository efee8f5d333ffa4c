"""What all findings have in common, and the call that they are about. Knows no tensors, so that it imports fast."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from grader.result import Verdict
from grader.source_line import SourceLine
from grader.text import Message, Text, say


class Called(msgspec.Struct, frozen=True):
    """A call as a learner would write it.

    function: the learner's function that the check is about; in a scenario not the one that is called.
    line: the call itself; arguments: `x = tensor(...)` for each argument that is too large for that line.
    twin: whether the inputs were on the twin device.
    differentiated: of what a gradient was taken, such as `Σ v·f(x)`; empty where none was.
    at: the input numbers that belong to the entry that is furthest off, as `x = -5.31`.
    scenario: what a scenario does, in words; words: names in its result in every language.
    dtypes: of each dtype among the inputs the name of one that has it; arrays: whether they are NumPy's.
    nones: the arguments that are None.
    """

    function: str
    line: str
    arguments: tuple[str, ...] = ()
    twin: bool = False
    differentiated: str = ""
    at: Message | None = None
    scenario: Text | None = None
    words: Mapping[str, Text] = {}
    dtypes: Mapping[str, str] = {}
    arrays: bool = False
    nones: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The call and its arguments, a line each."""
        return "\n".join([self.line, *self.arguments])


class Finding(msgspec.Struct, frozen=True):
    """Why a call's outcome is not what the reference gives.

    verdict: the check's.
    may_be_a_mistake: whether a known mistake can have this outcome; trying them all takes seconds.
    says: what is always said; the first of these gets `fields`.
    """

    verdict: ClassVar[Verdict] = "failed"
    may_be_a_mistake: ClassVar[bool] = True
    says: ClassVar[tuple[Message, ...]] = ()

    def sentences(self, call: Called) -> list[Message]:
        """What is wrong, where, by how much, and where to look."""
        first, *further = self.says
        return [Message(first.template, self.fields(call)), *further, *self.hints(call)]

    def fields(self, call: Called) -> dict[str, Any]:
        """Of the first sentence: the call, the function to change and, by their names, facts of the finding."""
        known = {"call": call.line, "function": self.about(call.function)}
        names = re.findall(r"{(\w+)}", self.says[0].template)
        return {name: known[name] if name in known else _text(getattr(self, name)) for name in names}

    def hints(self, call: Called) -> list[Message]:
        """What is said besides, where it holds."""
        return []

    def shown(self) -> tuple[str, str]:
        """Short texts of what was expected and of what came, if the finding has them; empty where a report shows
        nothing for it."""
        expected, got = (getattr(self, name, "") for name in ("expected", "got"))
        return _text(expected), _text(got)

    def lines(self) -> tuple[SourceLine, ...]:
        """The submission's lines to look at."""
        return ()

    def about(self, function: str) -> str:
        """The function that has to be changed; `function` is the one that the check is about."""
        return function


def _text(value: Any) -> str:
    return str(list(value) if isinstance(value, tuple) else value)


#: Where a graph is cut that gradients should flow through.
CUT_HINT = say("Is there an .item(), .detach(), .numpy(), torch.tensor(...) or no_grad on the way?")


def twin_notes(call: Called) -> list[Message]:
    """What the twin device is, for a learner whose machine may have no second one."""
    if not call.twin:
        return []
    return [say("This check uses a second device, such as a GPU; a machine without a GPU simulates it.")]
