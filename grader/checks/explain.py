"""What a failure means, in sentences for a beginner: what is wrong, where, by how much, and where to look."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

from grader.checks.advice.quote import with_stop
from grader.checks.unfound import absent, missing
from grader.text import Message, join, say

if TYPE_CHECKING:
    from grader.boundary.limits import LimitKind
    from grader.checks.failure import Failure
    from grader.result import Worst

_KINDS: dict[str, Message] = {
    "none": say("None"),
    "tensor": say("a tensor"),
    "array": say("a NumPy array"),
    "numpy_scalar": say("a NumPy number"),
    "bool": say("a Python bool"),
    "int": say("a Python int"),
    "float": say("a Python float"),
    "complex": say("a Python complex number"),
    "str": say("a string"),
    "bytes": say("bytes"),
    "list": say("a list"),
    "tuple": say("a tuple"),
    "dict": say("a dict"),
    "object": say("an object"),
}

_NUMBERS = ("bool", "int", "float", "numpy_scalar")

#: (expected kinds, got kinds) → what to do about it.
_KIND_HINTS: tuple[tuple[tuple[str, ...], tuple[str, ...], Message], ...] = (
    (
        ("tensor",),
        _NUMBERS,
        say("Did .item(), int() or float() slip in? Keep the result a tensor, even with a single element."),
    ),
    (("tensor",), ("list",), say("Make one tensor of it, with torch.stack or torch.tensor.")),
    (("tensor",), ("array",), say("Use torch's functions all the way, or torch.from_numpy at the end.")),
    (("tensor", "array"), ("tuple",), say("Is there a comma too many after `return`, or more than one value?")),
    (("array",), ("tensor",), say("Turn it into an array with .numpy().")),
    (("float", "int", "bool"), ("tensor", "array", "numpy_scalar"), say("Take the number out with .item().")),
    (("float",), ("int",), say("Is there a // where / is meant, or a 0 where 0.0 is?")),
    (("int",), ("float",), say("Is there a / where // is meant?")),
    (("tuple",), ("list",), say("Return a tuple, as in `return a, b`.")),
)


def explain(failure: Failure) -> Message:
    """The failure in full sentences; the call's arguments and both values are in `facts`."""
    return join([*_SENTENCES[failure.aspect or failure.kind](failure), *([failure.pattern] if failure.pattern else [])])


def facts(failure: Failure) -> list[Message]:
    """The call and, where values were compared, what was expected and what came, a line each."""
    lines = [say("Call: {text}", text=failure.called)]
    if failure.expected:
        lines.append(say("Expected: {text}", text=failure.expected))
    return [*lines, say("Got: {text}", text=failure.got)] if failure.got else lines


def _call(failure: Failure) -> str:
    return failure.called.partition("\n")[0]


def _subject(failure: Failure) -> Message:
    if failure.respect_to and failure.where:
        return say(
            "{where} of the gradient of {call} with respect to {name}",
            where=failure.where,
            call=_call(failure),
            name=failure.respect_to,
        )
    if failure.respect_to:
        return say("The gradient of {call} with respect to {name}", call=_call(failure), name=failure.respect_to)
    if failure.where:
        return say("{where} of the result of {call}", where=failure.where, call=_call(failure))
    return say("The result of {call}", call=_call(failure))


#: What PyTorch says of tensors on two devices → what to do about it.
_DEVICE_HINTS: tuple[tuple[str, Message], ...] = (
    ("on the same device", say("A tensor made without device= is on the CPU: write device=x.device.")),
    ("same device as the indexed", say("The tensor that is indexed was made on the CPU: write device=x.device.")),
    ("type tensor to numpy", say("NumPy works on the CPU only: use torch's functions.")),
)


def _twin_notes(failure: Failure) -> list[Message]:
    """What the twin device is, for a learner whose machine may have no second one."""
    if not failure.twin:
        return []
    return [say("This check uses a second device, as a GPU is one; a machine without a GPU simulates it.")]


def _raised(failure: Failure) -> list[Message]:
    call = _call(failure)
    if failure.should_raise and not failure.expected:
        return [
            say(
                "{call} should raise {wanted} here, but returned {got}.",
                call=call,
                wanted=failure.should_raise,
                got=failure.got,
            )
        ]
    if failure.should_raise:
        first = say(
            "{call} should raise {wanted} here, but raised {error}",
            call=call,
            wanted=failure.should_raise,
            error=with_stop(failure.got),
        )
    else:
        first = say("{call} raised {error}", call=call, error=with_stop(failure.got))
    about_devices = [hint for text, hint in _DEVICE_HINTS if failure.twin and text in failure.got][:1]
    advice = [*(_twin_notes(failure) if about_devices else []), *about_devices] or [*filter(None, [failure.advice])]
    sentences = [first, *advice]
    if not failure.frames:
        return sentences
    last = failure.frames[-1]
    place = say("It happened in line {number}: {source}", number=last.number, source=last.source.strip())
    return [*sentences, place]


def _not_implemented(failure: Failure) -> list[Message]:
    return [
        say(
            "{function} is not written yet. Replace `raise NotImplementedError` by your own code.",
            function=failure.function,
        )
    ]


def _signature(failure: Failure) -> list[Message]:
    return [
        say("{call} does not fit your function's parameters {error}.", call=_call(failure), error=failure.got),
        say("Keep the function's parameters as the exercise gives them."),
    ]


def _graph(failure: Failure) -> list[Message]:
    return [
        say(
            "No gradient can flow back through {call}: its result is not connected to its inputs.", call=_call(failure)
        ),
        _cut_hint(),
    ]


def _cut_hint() -> Message:
    return say("Is there an .item(), .detach(), .numpy(), torch.tensor(...) or no_grad on the way?")


def _memory(failure: Failure) -> list[Message]:
    return [
        say("{call} asked for more memory than there is.", call=_call(failure)),
        say("Is a tensor far larger than it need be, by broadcasting or in a loop?"),
    ]


def _too_large(failure: Failure) -> list[Message]:
    return [
        say("The result of {call} is too large to be looked at, or holds itself.", call=_call(failure)),
        say("Print its type, shape or length to see what it is."),
    ]


def _none(failure: Failure) -> list[Message]:
    if failure.respect_to and not failure.where:
        return [
            say(
                "There is no gradient of {call} with respect to {name}: the graph was cut.",
                call=_call(failure),
                name=failure.respect_to,
            ),
            _cut_hint(),
        ]
    if failure.where:
        return [
            say(
                "{subject} is None, and {expected} is expected.",
                subject=_subject(failure),
                expected=_kind(failure.expected_kind),
            )
        ]
    return [say("{call} returned None. Is there a `return` at the end?", call=_call(failure))]


def _kind(kind: str) -> Message:
    return _KINDS.get(kind, _KINDS["object"])


def _got_kind(failure: Failure) -> Message:
    if failure.got_kind == "object":
        return say("an object ({type})", type=failure.got)
    return _kind(failure.got_kind)


def _wrong_kind(failure: Failure) -> list[Message]:
    first = say(
        "{subject} is {got}, and should be {expected}.",
        subject=_subject(failure),
        got=_got_kind(failure),
        expected=_kind(failure.expected_kind),
    )
    if failure.got.startswith("<Tensor ("):
        return [first, say("Only ordinary tensors can be compared: dense ones, and not on the device meta.")]
    hints = [hint for wanted, had, hint in _KIND_HINTS if failure.expected_kind in wanted and failure.got_kind in had]
    return [first, *hints[:1]]


def _class(failure: Failure) -> list[Message]:
    return [
        say(
            "{subject} is an object of type {got}, and {expected} is expected.",
            subject=_subject(failure),
            got=failure.got,
            expected=failure.expected,
        )
    ]


def _length(failure: Failure) -> list[Message]:
    return [
        say(
            "{subject} should have {expected} items, and has {got}.",
            subject=_subject(failure),
            expected=failure.expected,
            got=failure.got,
        )
    ]


def _keys(failure: Failure) -> list[Message]:
    sentences = []
    if failure.expected:
        sentences.append(say("{subject} lacks these keys: {keys}.", subject=_subject(failure), keys=failure.expected))
    if failure.got:
        sentences.append(
            say("{subject} has keys that don't belong there: {keys}.", subject=_subject(failure), keys=failure.got)
        )
    return sentences


def _dtype(failure: Failure) -> list[Message]:
    first = say(
        "{subject} has dtype {got}, and {expected} is expected.",
        subject=_subject(failure),
        got=failure.got,
        expected=failure.expected,
    )
    if not failure.expected.startswith(("float", "bfloat", "complex")):
        return [first]
    if failure.got.startswith(("int", "uint", "bool")):
        return [
            first,
            say(
                "To turn whole numbers and truth values into it: .to(x.dtype) where an input x has it, else "
                ".to(torch.{expected}).",
                expected=failure.expected,
            ),
        ]
    return [first, say("New tensors need the input's dtype: dtype=x.dtype, or torch.zeros_like(x).")]


def _shape(failure: Failure) -> list[Message]:
    return [
        say(
            "{subject} has shape {got}, and {expected} is expected.",
            subject=_subject(failure),
            got=failure.got,
            expected=failure.expected,
        )
    ]


_MOVE = say("Was it made there, or not moved? Make new tensors with device=x.device, and move others with .to(...).")


def _device(failure: Failure) -> list[Message]:
    return [
        say(
            "{subject} is on {got}, and belongs on {expected}.",
            subject=_subject(failure),
            got=failure.got,
            expected=failure.expected,
        ),
        *_twin_notes(failure),
        *([_MOVE] if failure.got == "cpu" else []),
    ]


def _values(failure: Failure) -> list[Message]:
    worst = failure.worst
    if worst is None or (failure.total == 1 and not worst.index):
        return [_single(failure)]
    return [_how_many(failure), *_not_finite(failure), _furthest(worst)]


def _how_many(failure: Failure) -> Message:
    fields = {"subject": _subject(failure), "differing": failure.differing, "total": failure.total}
    if failure.marked:
        return say("{subject} is wrong in {differing} of {total} entries (marked *).", **fields)
    return say("{subject} is wrong in {differing} of {total} entries.", **fields)


def _single(failure: Failure) -> Message:
    worst = failure.worst
    if worst is None:
        return say(
            "{subject} is {got}, and {expected} is expected.",
            subject=_subject(failure),
            got=failure.got,
            expected=failure.expected,
        )
    got, expected = apart(worst.got, worst.expected)
    if not _finite(worst.abs_error):
        return say(
            "{subject} is {got}, and {expected} is expected.", subject=_subject(failure), got=got, expected=expected
        )
    return say(
        "{subject} is {got}, and {expected} is expected: off by {off}{relative}.",
        subject=_subject(failure),
        got=got,
        expected=expected,
        off=_brief(worst.abs_error),
        relative=_relative(worst),
    )


def _not_finite(failure: Failure) -> list[Message]:
    sentences = []
    if failure.nan:
        sentences.append(say("Entries that are NaN (not a number) and should not be: {count}.", count=failure.nan))
    if failure.inf:
        sentences.append(say("Entries that are infinite and should not be: {count}.", count=failure.inf))
    return sentences


def _furthest(worst: Worst) -> Message:
    got, expected = apart(worst.got, worst.expected)
    index = f"[{', '.join(map(str, worst.index))}]"
    if not _finite(worst.abs_error):
        return say("Index {index} is {got}, and {expected} is expected.", index=index, got=got, expected=expected)
    return say(
        "Index {index} is furthest off: {got} in place of {expected}, off by {off}{relative}.",
        index=index,
        got=got,
        expected=expected,
        off=_brief(worst.abs_error),
        relative=_relative(worst),
    )


def _finite(number: float | str) -> bool:
    return not isinstance(number, str) and math.isfinite(number)


def _relative(worst: Worst) -> Message | str:
    """The relative error in brackets; empty where nothing was expected but 0."""
    # Beyond ten times the value a percentage tells nobody anything.
    useful = isinstance(worst.rel_error, float) and 1e-5 <= worst.rel_error <= 10
    return say(" ({percent}%)", percent=f"{100 * float(worst.rel_error):.3g}") if useful else ""


def _brief(number: float | str) -> str:
    return number if isinstance(number, str) else f"{number:.3g}"


def apart(a: float | str, b: float | str) -> tuple[str, str]:
    """Both numbers with six significant digits, or with as many as tell them apart."""
    for digits in range(6, 18):
        texts = tuple(x if isinstance(x, str) else str(x) if isinstance(x, int) else f"{x:.{digits}g}" for x in (a, b))
        if texts[0] != texts[1]:
            break
    return texts[0], texts[1]


def _modified(failure: Failure) -> list[Message]:
    return [
        say("{call} changed its inputs {names}.", call=_call(failure), names=failure.got)
        if "," in failure.got
        else say("{call} changed its input {names}.", call=_call(failure), names=failure.got),
        _COPIES.get(failure.got_kind, say("Work on a copy of it.")),
    ]


def _operations(failure: Failure) -> list[Message]:
    return [
        say(
            "{call} gives the right result, but by {got} operations of PyTorch, where {expected} are enough.",
            call=_call(failure),
            got=failure.got,
            expected=failure.expected,
        ),
        say("A loop goes through the numbers one by one: let one operation work on the whole tensor."),
    ]


_COPIES: dict[str, Message] = {
    "tensor": say("Work on a copy: x.clone(), or x + 1 in place of x += 1."),
    "array": say("Work on a copy: x.copy(), or x + 1 in place of x += 1."),
}


def _fact(failure: Failure) -> list[Message]:
    return [
        say(
            "{subject} is {got}, and {expected} is expected.",
            subject=_subject(failure),
            got=failure.got,
            expected=failure.expected,
        )
    ]


_SENTENCES: dict[str, Callable[[Failure], list[Message]]] = {
    "raised": _raised, "not_implemented": _not_implemented, "signature": _signature, "absent": absent,
    "missing": missing, "graph": _graph, "memory": _memory, "too_large": _too_large, "none": _none, "kind": _wrong_kind,
    "class": _class, "length": _length, "keys": _keys, "dtype": _dtype, "shape": _shape, "device": _device,
    "values": _values, "modified": _modified, "operations": _operations, "fact": _fact,
}  # fmt: skip


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
