"""The call gave another value, or a gradient another one, than the reference's."""

from __future__ import annotations

import math

from grader.checks.findings.finding import Called, Finding, twin_notes
from grader.checks.findings.kinds import ValueKind, words
from grader.checks.findings.place import Place
from grader.result import Worst
from grader.text import Message, say

_NUMBERS: tuple[ValueKind, ...] = ("bool", "int", "float", "numpy_scalar")

#: (expected kinds, got kinds) → what to do about it.
_KIND_HINTS: tuple[tuple[tuple[ValueKind, ...], tuple[ValueKind, ...], Message], ...] = (
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


class ReturnedNone(Finding, frozen=True):
    """The call returned None. expected: short text of the right value."""

    expected: str

    def sentences(self, call: Called) -> list[Message]:
        return [say("{call} returned None. Is there a `return` at the end?", call=call.line)]

    def shown(self) -> tuple[str, str]:
        return self.expected, "None"


class ValueFinding(Finding, frozen=True):
    """Something is wrong with the value that stands in `place`."""

    place: Place


class Differing(ValueFinding, frozen=True):
    """Something of two values that can be told by two short texts, `expected` and `got`."""

    expected: str
    got: str

    def sentences(self, call: Called) -> list[Message]:
        return [self._sentence(self.place.subject(call))]

    def _sentence(self, subject: Message) -> Message:
        return say(
            "{subject} is {got}, and {expected} is expected.", subject=subject, got=self.got, expected=self.expected
        )

    def shown(self) -> tuple[str, str]:
        return self.expected, self.got


class ItemIsNone(ValueFinding, frozen=True):
    """None where a value of the kind `wanted` was due. expected: short text of that value."""

    wanted: ValueKind
    expected: str

    def sentences(self, call: Called) -> list[Message]:
        return [
            say(
                "{subject} is None, and {expected} is expected.",
                subject=self.place.subject(call),
                expected=words(self.wanted),
            )
        ]

    def shown(self) -> tuple[str, str]:
        return self.expected, "None"


class WrongKind(Differing, frozen=True):
    """A value of another kind. expected, got: short texts of both values."""

    wanted: ValueKind
    kind: ValueKind

    def sentences(self, call: Called) -> list[Message]:
        return [*super().sentences(call), *self._hints()[:1]]

    def _sentence(self, subject: Message) -> Message:
        kind = say("an object ({type})", type=self.got) if self.kind == "object" else words(self.kind)
        return say(
            "{subject} is {got}, and should be {expected}.", subject=subject, got=kind, expected=words(self.wanted)
        )

    def _hints(self) -> list[Message]:
        return [hint for wanted, kinds, hint in _KIND_HINTS if self.wanted in wanted and self.kind in kinds]


class OddTensor(WrongKind, frozen=True):
    """A tensor whose numbers can't be read in the usual way: a sparse one, say."""

    def _hints(self) -> list[Message]:
        return [say("Only ordinary tensors can be compared: dense ones, and not on the device meta.")]


class WrongClass(Differing, frozen=True):
    """An object that is no data, of another type. expected, got: the types' names."""

    def _sentence(self, subject: Message) -> Message:
        return say(
            "{subject} is an object of type {got}, and {expected} is expected.",
            subject=subject,
            got=self.got,
            expected=self.expected,
        )


class WrongLength(ValueFinding, frozen=True):
    """A list or tuple with more or fewer items."""

    expected: int
    got: int

    def sentences(self, call: Called) -> list[Message]:
        return [
            say(
                "{subject} should have {expected} items, and has {got}.",
                subject=self.place.subject(call),
                expected=str(self.expected),
                got=str(self.got),
            )
        ]

    def shown(self) -> tuple[str, str]:
        return str(self.expected), str(self.got)


class WrongKeys(ValueFinding, frozen=True):
    """A dict with other keys: short texts of those that are missing, and of those that are too many."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]

    def sentences(self, call: Called) -> list[Message]:
        subject = self.place.subject(call)
        lacks = say("{subject} lacks these keys: {keys}.", subject=subject, keys=", ".join(self.missing))
        has = say("{subject} has keys that don't belong there: {keys}.", subject=subject, keys=", ".join(self.extra))
        return [*([lacks] if self.missing else []), *([has] if self.extra else [])]

    def shown(self) -> tuple[str, str]:
        return ", ".join(self.missing), ", ".join(self.extra)


class WrongDtype(Differing, frozen=True):
    """Another dtype; both as torch and NumPy name them, without `torch.`."""

    def sentences(self, call: Called) -> list[Message]:
        return [*super().sentences(call), *self._hint()]

    def _sentence(self, subject: Message) -> Message:
        return say(
            "{subject} has dtype {got}, and {expected} is expected.",
            subject=subject,
            got=self.got,
            expected=self.expected,
        )

    def _hint(self) -> list[Message]:
        if not self.expected.startswith(("float", "bfloat", "complex")):
            return []
        if self.got.startswith(("int", "uint", "bool")):
            return [
                say(
                    "To turn whole numbers and truth values into it: .to(x.dtype) where an input x has it, else "
                    ".to(torch.{expected}).",
                    expected=self.expected,
                )
            ]
        return [say("New tensors need the input's dtype: dtype=x.dtype, or torch.zeros_like(x).")]


class WrongShape(ValueFinding, frozen=True):
    """Another shape."""

    expected: tuple[int, ...]
    got: tuple[int, ...]

    def sentences(self, call: Called) -> list[Message]:
        expected, got = self.shown()
        return [
            say(
                "{subject} has shape {got}, and {expected} is expected.",
                subject=self.place.subject(call),
                got=got,
                expected=expected,
            )
        ]

    def shown(self) -> tuple[str, str]:
        return str(list(self.expected)), str(list(self.got))


class WrongDevice(Differing, frozen=True):
    """On another device; both as torch names them."""

    def sentences(self, call: Called) -> list[Message]:
        move = say(
            "Was it made there, or not moved? Make new tensors with device=x.device, and move others with .to(...)."
        )
        return [*super().sentences(call), *twin_notes(call), *([move] if self.got == "cpu" else [])]

    def _sentence(self, subject: Message) -> Message:
        return say(
            "{subject} is on {got}, and belongs on {expected}.", subject=subject, got=self.got, expected=self.expected
        )


class WrongValue(Differing, frozen=True):
    """Another value of the right kind. expected, got: short texts of both."""


class WrongNumber(WrongValue, frozen=True):
    """Another number, by `worst`."""

    worst: Worst

    def _sentence(self, subject: Message) -> Message:
        got, expected = apart(self.worst.got, self.worst.expected)
        if not _finite(self.worst.abs_error):
            return say("{subject} is {got}, and {expected} is expected.", subject=subject, got=got, expected=expected)
        return say(
            "{subject} is {got}, and {expected} is expected: off by {off}{relative}.",
            subject=subject,
            got=got,
            expected=expected,
            off=_brief(self.worst.abs_error),
            relative=_relative(self.worst),
        )


class WrongNumbers(WrongValue, frozen=True):
    """A block of numbers of the right shape, some of them wrong.

    worst: the entry that is furthest off; differing, total: entries that are wrong, and all; nan, inf: how many are
    NaN or infinite and should not be. marked: whether `got` has marks (pair.MARK) after the entries that differ.
    """

    worst: Worst
    differing: int
    total: int
    nan: int
    inf: int
    marked: bool

    def sentences(self, call: Called) -> list[Message]:
        return [self._how_many(call), *self._not_finite(), _furthest(self.worst)]

    def _how_many(self, call: Called) -> Message:
        fields = {"subject": self.place.subject(call), "differing": self.differing, "total": self.total}
        if self.marked:
            return say("{subject} is wrong in {differing} of {total} entries (marked *).", **fields)
        return say("{subject} is wrong in {differing} of {total} entries.", **fields)

    def _not_finite(self) -> list[Message]:
        sentences = []
        if self.nan:
            sentences.append(say("Entries that are NaN (not a number) and should not be: {count}.", count=self.nan))
        if self.inf:
            sentences.append(say("Entries that are infinite and should not be: {count}.", count=self.inf))
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
