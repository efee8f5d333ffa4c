"""What is said where a function, or a module that it uses, is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.text import Message, say

if TYPE_CHECKING:
    from grader.checks.failure import Failure


def absent(failure: Failure) -> list[Message]:
    """The call used a module that is not installed."""
    call = failure.called.partition("\n")[0]
    module = failure.got.partition(": ")[2]
    sentences = [
        say("{call} uses {module}, a module that is not installed where this is graded.", call=call, module=module)
    ]
    if failure.frames:
        last = failure.frames[-1]
        sentences.append(say("It happened in line {number}: {source}", number=last.number, source=last.source.strip()))
    return sentences


def missing(failure: Failure) -> list[Message]:
    """There is no function of this name."""
    if failure.lost is not None:
        return [failure.lost]
    kind, is_there, _ = failure.got.partition(": ")
    if is_there:
        return [
            say(
                "{function} in your file is not a function, but of type {type}. Is the name used twice?",
                function=failure.function,
                type=kind,
            )
        ]
    return [say("There is no function {function} in your file. Was it renamed or deleted?", function=failure.function)]
