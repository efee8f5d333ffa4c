"""Why a limit ended the submission's process, in a sentence for a beginner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.text import Message, say

if TYPE_CHECKING:
    from grader.boundary.limits import LimitKind

#: Signals that Python gets where it fails itself.
_FAULTS = frozenset({"SIGSEGV", "SIGABRT", "SIGBUS", "SIGILL", "SIGFPE", "SIGTRAP", "SIGSYS", "SIGKILL"})


def message_for_limit(kind: LimitKind, amount: float | str = "", detail: str = "") -> Message:
    """Why the worker was ended. `amount`: seconds for "time" and "total_time", MB for "memory" and "disk", KB for
    "output", a number for "threads", the signal's name for "crash", the exit code for "exit"; nothing for the others.
    `detail`: for "not_run", the function that was stopped before."""
    number = amount if isinstance(amount, str) else f"{amount:g}"
    match kind:
        case "time":
            return say(
                "The call took longer than {seconds} s and was stopped. Is there a loop that never ends?",
                seconds=number,
            )
        case "total_time":
            return say("All checks together took longer than {seconds} s; the rest was not run.", seconds=number)
        case "memory":
            return say(
                "Your code used more than {megabytes} MB of memory and was stopped. "
                "Is a tensor or a list growing without end?",
                megabytes=number,
            )
        case "output":
            return say(
                "Your code printed more than {kilobytes} KB and was stopped. Is there a print in a loop?",
                kilobytes=number,
            )
        case "crash" if number not in _FAULTS:
            return say(
                "The signal {signal} ended the process that ran your code. Does your code set a timer, or send "
                "itself a signal?",
                signal=number,
            )
        case "crash":
            return say(
                "Python itself crashed while it ran your code ({signal}). "
                "Endless recursion, or wild memory access with as_strided or ctypes, can do that.",
                signal=number,
            )
        case "exit":
            return say(
                "Your code ended the program, with exit code {code}. Remove exit(), quit() and sys.exit().", code=number
            )
        case "protocol":
            return say(
                "The answers of the process that ran your code could not be understood. "
                "Does your code close or write to files that it did not open?"
            )
        case "threads":
            return say("Your code started more than {count} threads and was stopped.", count=number)
        case "disk":
            return say(
                "Your code wrote more than {megabytes} MB of files, or folders without end, and was stopped.",
                megabytes=number,
            )
        case "not_run" if detail:
            return say("Not run: {function} had already been stopped in an earlier check.", function=detail)
        case "not_run":
            return say("Not run: the checks before it had already been stopped twice.")
        case "lost":
            return say(
                "The process that ran your code vanished without a word. "
                "Run it once more; if it happens again, look for code that ends the process."
            )
