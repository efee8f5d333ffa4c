"""Why a limit ended the submission's process, in a sentence for a beginner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.text import LATER, Message, say

if TYPE_CHECKING:
    from grader.boundary.limit_reached import LimitKind

#: Signals that Python gets where it fails itself.
_FAULTS = frozenset({"SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGSYS", "SIGKILL"})

_SENTENCES: dict[LimitKind, Message] = {
    "time": say("The call took longer than {seconds} s and was stopped. Is there a loop that never ends?", **LATER),
    "total_time": say("All checks together took longer than {seconds} s; the rest was not run.", **LATER),
    "memory": say(
        "Your code used more than {megabytes} MB of memory and was stopped. Is a tensor or a list growing without end?",
        **LATER,
    ),
    "output": say("Your code printed more than {kilobytes} KB and was stopped. Is there a print in a loop?", **LATER),
    "crash": say(
        "Python itself crashed while it ran your code ({signal}). "
        "Endless recursion, or wild memory access with as_strided or ctypes, can do that.",
        **LATER,
    ),
    "exit": say("Your code ended the program, with exit code {code}. Remove exit(), quit() and sys.exit().", **LATER),
    "protocol": say(
        "The answers of the process that ran your code could not be understood. "
        "Does your code close or write to files that it did not open?"
    ),
    "threads": say("Your code started more than {count} threads and was stopped.", **LATER),
    "disk": say("Your code wrote more than {megabytes} MB of files, or folders without end, and was stopped.", **LATER),
    "not_run": say("Not run: the checks before it had already been stopped twice."),
    "lost": say(
        "The process that ran your code ended unexpectedly, and the reason is not known. "
        "Run it once more; if it happens again, look for code that ends the process."
    ),
}


#: In the place of a function's name where none is known.
LIKE_THIS = "*"


def message_for_limit(kind: LimitKind, amount: float | str = "", detail: str = "") -> Message:
    """Why the worker was ended. `amount`: seconds for "time" and "total_time", MB for "memory" and "disk", KB for
    "output", a number for "threads", the signal's name for "crash", the exit code for "exit"; nothing for the others.
    `detail`: for "not_run", the function that was stopped before, or LIKE_THIS."""
    number = amount if isinstance(amount, str) else f"{amount:g}"
    if kind == "not_run" and detail == LIKE_THIS:
        return say("Not run: a call like this one had already been stopped in an earlier check.")
    if kind == "not_run" and detail:
        return say("Not run: {function} had already been stopped in an earlier check.", function=detail)
    if kind == "crash" and number not in _FAULTS:
        return say(
            "The signal {signal} ended the process that ran your code. Does your code set a timer, or send "
            "itself a signal?",
            signal=number,
        )
    template = _SENTENCES[kind].template
    return Message(template, dict.fromkeys(re.findall(r"{(\w+)}", template), number))
