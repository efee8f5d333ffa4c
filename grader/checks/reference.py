"""The reference's outcome, as the right answer; where it can't be one, the fault is the grader's, and told so."""

from __future__ import annotations

from typing import Any

from grader.checks.advice.quote import message_text, raised_text
from grader.checks.judge import is_a
from grader.checks.render import function_name, short
from grader.text import Message, render, say
from grader.wire.values import Call, Outcome, Probe, Raised


class ReferenceFailed(Exception):
    """The reference raised, or did not raise, against what the check says of it. No submission loses by it."""

    def __init__(self, message: Message) -> None:
        super().__init__(render(message, "en"))
        self.message = message


def expect_valid(outcome: Outcome, call: Call, raises: tuple[str, ...] = ()) -> Outcome:
    """The outcome, if it is a value or, where `raises` names exceptions, one of those. Raises ReferenceFailed."""
    if _is_due(outcome.error, raises) if outcome.error else not raises:
        return outcome
    raise ReferenceFailed(_problem(outcome, call, ", ".join(raises)))


def _problem(outcome: Outcome, call: Call, due: str) -> Message:
    function, error = function_name(call), outcome.error
    if error is None:
        got = short(outcome.value)
        return say(
            "the reference's {function} was to raise {wanted}, and returned {got}",
            function=function,
            wanted=due,
            got=got,
        )
    if error.kind == "missing":
        file = "probes.py" if isinstance(call.target, Probe) else "reference.py"
        return say("{file} has no function {function}", file=file, function=function)
    if error.kind == "signature":
        fields = {"function": function, "signature": error.type_name, "reason": message_text(error)}
        return say("the reference's {function}{signature} does not take the arguments of this call: {reason}", **fields)
    what: dict[str, Any] = {"error": raised_text(error), "place": _place(error)}
    if due:
        first = {"function": function, "wanted": due}
        return say("the reference's {function} was to raise {wanted}, and raised {error}{place}", **first, **what)
    return say(
        "the reference's {function} raised {error}{place}; if that is what the check is about, write compare(..., "
        "raises={type})",
        function=function,
        **what,
        type=error.type_name or "...",
    )


def _is_due(error: Raised, raises: tuple[str, ...]) -> bool:
    # What is not written yet is never what a check asks for: every stub would pass.
    unwritten = error.kind in ("not_implemented", "missing", "signature")
    return not unwritten and any(is_a(error.type_name, name) for name in raises)


def _place(error: Raised) -> Message | str:
    """Where it happened, for the exercise's author; the line itself is part of the solution and is not shown."""
    if not error.frames:
        return ""
    frame = error.frames[-1]
    return say(" in {file}, line {line}", file=frame.cell or "reference.py", line=frame.number)
