"""The exceptions that carry a failed check through pytest."""

from __future__ import annotations

import msgspec

from grader.checks.findings.call import NothingToCall, NoValue
from grader.checks.findings.finding import Called, Finding
from grader.result import Picture
from grader.text import Message, Text, join, render, say


class CheckFailed(AssertionError):
    """A check's verdict is "failed", for the reason that `message` gives.

    finding: what a comparison found wrong; None where a check gives a reason of its own:
    raise CheckFailed(say("The rows of the result must add up to 1; row {row} does not.", row=3))
    """

    finding: Finding | None = None

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(render(message, "en"))


class Runnable(msgspec.Struct, frozen=True):
    """code: Python that makes the call fail. prints: short text of what its last line should print, or the name of the
    exception that it should raise. Both are empty where there is none."""

    code: str = ""
    prints: str = ""


class CallFailed(CheckFailed):
    """A call's outcome is not the right one.

    function: the one that has to be changed.
    pattern: what the wrong numbers have in common with the right ones; picture: what a report may draw of them.
    code: the call, with small inputs, for the learner to run.
    """

    finding: Finding

    def __init__(
        self,
        call: Called,
        finding: Finding,
        pattern: Message | None = None,
        picture: Picture | None = None,
        code: Runnable | None = None,
    ) -> None:
        self.call = call
        self.finding = finding
        self.pattern = pattern
        self.picture = picture
        self.code = code or Runnable()
        self.function = finding.about(call.function)
        sentences = [*finding.sentences(call), *([pattern] if pattern else [])]
        if call.scenario is not None and not isinstance(finding, NothingToCall):
            # A line of the learner's stands last: it has no full stop of its own.
            last = -1 if isinstance(finding, NoValue) and finding.frames else len(sentences)
            sentences.insert(last, _told_of_scenario(call, call.scenario))
        super().__init__(join(sentences))

    def __str__(self) -> str:
        """The explanation, the call and, where values were compared, what was expected and what came, a line each."""
        expected, got = self.finding.shown()
        lines = [self.message, say("Call: {text}", text=self.call.text)]
        lines += [say("Expected: {text}", text=expected)] if expected else []
        lines += [say("Got: {text}", text=got)] if got else []
        return "\n".join(render(line, "en") for line in lines)


def _told_of_scenario(call: Called, scenario: Text) -> Message:
    """What the called function of probes.py does, and, unless the learner's has its name, that it is not theirs."""
    helper = call.line.partition("(")[0]
    if helper == call.function:
        return say("What this check looks at: {scenario}", scenario=scenario)
    return say("{helper} belongs to this check: {scenario}", helper=helper, scenario=scenario)
