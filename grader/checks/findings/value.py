"""The call gave another value than the reference's, or a gradient is another one or missing."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import reduce
from typing import Any, ClassVar

import msgspec

from grader.checks.closeness import Tolerance
from grader.checks.findings.finding import CUT_HINT, Called, Finding, twin_notes
from grader.checks.findings.value_kinds import ValueKind, words
from grader.checks.render import short
from grader.result import Worst
from grader.text import LATER, Message, Text, join, listed, say
from grader.wire.values import Outcome

_NUMBERS: tuple[ValueKind, ...] = ("bool", "int", "float", "numpy_scalar")

#: (expected kinds, got kinds) → what to do about it.
_KIND_HINTS: tuple[tuple[tuple[ValueKind, ...], tuple[ValueKind, ...], Message], ...] = (
    (
        ("tensor",),
        _NUMBERS,
        say(
            "Keep the result a tensor, even with a single element: did .item(), int() or float() slip in, or is this a "
            "number that never met a tensor?"
        ),
    ),
    (("tensor",), ("list",), say("Make one tensor of it, with torch.stack or torch.tensor.")),
    (("tensor",), ("array",), say("Use torch's functions all the way, or torch.from_numpy at the end.")),
    (("tensor", "array"), ("tuple",), say("Is there a comma too many after `return`, or more than one value?")),
    (("array",), ("tensor",), say("Turn it into an array with .numpy().")),
    (("float", "int", "bool"), ("tensor", "array", "numpy_scalar"), say("Take the number out with .item().")),
    (("float",), ("int",), say("Is there a // where / is meant, or a 0 where 0.0 is?")),
    (
        ("int",),
        ("float",),
        say("For whole numbers use //: / gives a float. If a position is asked for, don't return the value there."),
    ),
    (("tuple",), ("list",), say("Return a tuple, as in `return a, b`.")),
)


#: What the report writes for functions and methods.
_FUNCTIONS = ("<builtin_function_or_method>", "<method>", "<function>", "<method-wrapper>")


class InResult(msgspec.Struct, frozen=True):
    """A place inside the result: indices and keys from the outside in; () is the result itself."""

    path: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        """`[1]['w']` for (1, "w")."""
        return "".join(f"[{short(step, 30)}]" for step in self.path)

    def subject(self, call: Called) -> Message:
        """The place as the subject of a sentence."""
        if self.path:
            return say("{where} of the result of {call}", where=self.in_words(call.words), call=call.line)
        return say("The result of {call}", call=call.line)

    def in_words(self, words: Mapping[str, Text]) -> Message | str:
        """`text`, with names in the reader's language, as far as there are `words` for them."""
        if not any(isinstance(step, str) and step in words for step in self.path):
            return self.text
        return join([step_in_words(step, words) for step in self.path], "")

    def value_in(self, outcome: Outcome) -> Any:
        """What stands there."""
        return reduce(lambda value, step: value[step], self.path, outcome.value)


def step_in_words(step: Any, words: Mapping[str, Text]) -> Message | str:
    """An index or a key in its brackets."""
    if isinstance(step, str) and step in words:
        return say("[{name}]", name=words[step])
    return f"[{short(step, 30)}]"


class InGradient(msgspec.Struct, frozen=True):
    """The gradient with respect to the parameter `name`; number: which one of an outcome's gradients."""

    name: str
    number: int

    def subject(self, call: Called) -> Message:
        """The place as the subject of a sentence."""
        return say(
            "The gradient of {call} with respect to {name}", call=call.differentiated or call.line, name=self.name
        )

    def value_in(self, outcome: Outcome) -> Any:
        """What stands there."""
        return (outcome.gradients or ())[self.number]


Place = InResult | InGradient


class Difference(msgspec.Struct, frozen=True):
    """How two blocks of numbers of one shape differ.

    worst: the entry that is furthest off; differing, total: entries that are wrong, and all; nan, inf: how many are
    NaN or infinite and should not be.
    """

    worst: Worst
    differing: int
    total: int
    nan: int
    inf: int


class ReturnedNone(Finding, frozen=True):
    """The call returned None. expected: short text of the right value."""

    says = (say("{call} returned None. Is there a `return` at the end?", **LATER),)
    got: ClassVar[str] = "None"

    expected: str


class NoGradient(Finding, frozen=True):
    """No path leads from the result to the parameter `name`. expected: short text of its gradient."""

    says = (say("There is no gradient of {call} with respect to {name}: the graph was cut.", **LATER), CUT_HINT)
    got: ClassVar[str] = "None"

    name: str
    expected: str

    def fields(self, call: Called) -> dict[str, Any]:
        return super().fields(call) | {"call": call.differentiated or call.line}


class ValueFinding(Finding, frozen=True):
    """Something is wrong with the value that stands in `place`."""

    place: Place

    def fields(self, call: Called) -> dict[str, Any]:
        """The place as the sentence's subject, and what a report shows of both sides."""
        expected, got = self.shown()
        return {"subject": self.place.subject(call), "expected": expected, "got": got}


class Differing(ValueFinding, frozen=True):
    """Two short texts tell what differs: `expected` and `got`."""

    expected: str
    got: str


class ItemIsNone(ValueFinding, frozen=True):
    """None where a value of the kind `wanted` was due. expected: short text of that value."""

    says = (say("{subject} is None, and {expected} is expected.", **LATER),)
    got: ClassVar[str] = "None"

    wanted: ValueKind
    expected: str

    def fields(self, call: Called) -> dict[str, Any]:
        return super().fields(call) | {"expected": words(self.wanted)}


class WrongKind(Differing, frozen=True):
    """A value of another kind. expected, got: short texts of both values."""

    says = (say("{subject} is {got}, and should be {expected}.", **LATER),)

    wanted: ValueKind
    kind: ValueKind

    def fields(self, call: Called) -> dict[str, Any]:
        kind = say("an object ({type})", type=self.got) if self.kind == "object" else words(self.kind)
        return super().fields(call) | {"got": kind, "expected": words(self.wanted)}

    def hints(self, call: Called) -> list[Message]:
        if self.kind == "object" and self.got in _FUNCTIONS:
            return [say("This is a function or method, not what it returns: the call's ( ) are missing.")]
        return [hint for wanted, kinds, hint in _KIND_HINTS if self.wanted in wanted and self.kind in kinds][:1]


class OddTensor(WrongKind, frozen=True):
    """A tensor whose numbers can't be read in the usual way: a sparse one, say."""

    def hints(self, call: Called) -> list[Message]:
        return [say("Only ordinary tensors can be compared: dense ones, and not on the device meta.")]


class WrongClass(Differing, frozen=True):
    """An object that is no data, of another type. expected, got: the types' names."""

    says = (say("{subject} is an object of type {got}, and {expected} is expected.", **LATER),)


class WrongLength(ValueFinding, frozen=True):
    """A list or tuple with more or fewer items.

    expected, got: how many. items, got_items: short texts of both. missing, extra: of items that can be told apart.
    """

    says = (say("{subject} has the wrong length: {got} instead of {expected}.", **LATER),)

    expected: int
    got: int
    items: str = ""
    got_items: str = ""
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()

    def fields(self, call: Called) -> dict[str, Any]:
        return {"subject": self.place.subject(call), "expected": str(self.expected), "got": str(self.got)}

    def hints(self, call: Called) -> list[Message]:
        lacks = say("Missing: {items}.", items=listed(self.missing))
        has = say("Too many: {items}.", items=listed(self.extra))
        return [*([lacks] if self.missing else []), *([has] if self.extra else [])]

    def shown(self) -> tuple[str, str]:
        return self.items or str(self.expected), self.got_items or str(self.got)


class WrongKeys(ValueFinding, frozen=True):
    """A dict with other keys: short texts of those that are missing, and of those that are too many."""

    missing: tuple[str, ...]
    extra: tuple[str, ...]

    def sentences(self, call: Called) -> list[Message]:
        subject = self.place.subject(call)
        missing, extra = self.shown()
        lacks = say("{subject} lacks these keys: {keys}.", subject=subject, keys=missing)
        has = say("{subject} has keys that don't belong there: {keys}.", subject=subject, keys=extra)
        return [*([lacks] if missing else []), *([has] if extra else [])]

    def shown(self) -> tuple[str, str]:
        return ", ".join(self.missing), ", ".join(self.extra)


class WrongDtype(Differing, frozen=True):
    """Another dtype; both as torch and NumPy name them, without `torch.`."""

    says = (say("{subject} has dtype {got}, and {expected} is expected.", **LATER),)

    def hints(self, call: Called) -> list[Message]:
        if not self.expected.startswith(("float", "bfloat", "complex")):
            return []
        library, convert = ("np", "astype") if call.arrays else ("torch", "to")
        like = call.dtypes.get(self.expected)
        dtype = f"{like}.dtype" if like else f"{library}.{self.expected}"
        if self.got.startswith(("int", "uint", "bool")):
            conversion = f".{convert}({dtype})"
            return [say("Whole numbers and truth values are turned into it by {conversion}.", conversion=conversion)]
        if like is None:
            return [say("What is made anew needs this dtype: dtype={dtype}.", dtype=dtype)]
        zeros = f"{library}.zeros_like({like})"
        return [say("What is made anew needs the input's dtype: dtype={dtype}, or {zeros}.", dtype=dtype, zeros=zeros)]


class WrongShape(ValueFinding, frozen=True):
    """Another shape."""

    says = (say("{subject} has shape {got}, and {expected} is expected.", **LATER),)

    expected: tuple[int, ...]
    got: tuple[int, ...]


class WrongDevice(Differing, frozen=True):
    """On another device; both as torch names them."""

    says = (say("{subject} is on {got}, and belongs on {expected}.", **LATER),)

    def hints(self, call: Called) -> list[Message]:
        move = say(
            "Was it made there, or not moved? Make new tensors with device=x.device, and move others with .to(...)."
        )
        return [*twin_notes(call), *([move] if self.got == "cpu" else [])]


class WrongValue(Differing, frozen=True):
    """Another value of the right kind. expected, got: short texts of both."""

    says = (say("{subject} is {got}, and {expected} is expected.", **LATER),)


class WrongNumber(WrongValue, frozen=True):
    """Another number, by `worst`."""

    worst: Worst

    def fields(self, call: Called) -> dict[str, Any]:
        return super().fields(call) | _worst_fields(self.worst)

    def sentences(self, call: Called) -> list[Message]:
        fields = self.fields(call)
        if "off" not in fields:
            return super().sentences(call)
        return [say("{subject} is {got}, and {expected} is expected: off by {off}{relative}.", **fields)]


class WrongNumbers(WrongValue, frozen=True):
    """A block of numbers of the right shape, some of them wrong.

    marked: whether `got` has marks (pair.MARK) after the entries that differ. tolerance: by which these are told.
    """

    difference: Difference
    marked: bool
    tolerance: Tolerance

    @property
    def worst(self) -> Worst:
        """The entry that is furthest off."""
        return self.difference.worst

    def sentences(self, call: Called) -> list[Message]:
        differs = self.difference
        sentences = [self._how_many(call)]
        if differs.nan:
            sentences.append(say("Entries that are NaN (not a number) and should not be: {count}.", count=differs.nan))
        if differs.inf:
            sentences.append(say("Entries that are infinite and should not be: {count}.", count=differs.inf))
        return [*sentences, self._furthest(call)]

    def _furthest(self, call: Called) -> Message:
        """The worst entry, with the inputs that it comes from."""
        index: Message | str = f"[{', '.join(map(str, self.worst.index))}]"
        if call.at is not None:
            index = say("{index} (at {inputs})", index=index, inputs=call.at)
        fields = {"index": index} | _worst_fields(self.worst)
        if "off" not in fields or self.difference.total == 1:
            return say("Index {index}: expected {expected}, got {got}.", **fields)
        return say("Furthest off is index {index}: expected {expected}, got {got}, off by {off}{relative}.", **fields)

    def _how_many(self, call: Called) -> Message:
        differs = self.difference
        fields = self.fields(call) | {"differing": differs.differing, "total": differs.total}
        if differs.total == 1:
            return say("{subject} is wrong in its only entry.", **fields)
        if differs.differing == differs.total:
            return say("{subject}: all {total} entries are wrong.", **fields)
        if self.marked:
            return say("{subject} is wrong in {differing} of {total} entries (marked *).", **fields)
        return say("{subject} is wrong in {differing} of {total} entries.", **fields)


def _worst_fields(worst: Worst) -> dict[str, Any]:
    """Both numbers and, where they are finite, how far off they are: of whole numbers, often labels, one sees that."""
    got, expected = apart(worst.got, worst.expected)
    fields = {"got": got, "expected": expected}
    if isinstance(worst.got, int) and isinstance(worst.expected, int):
        return fields
    if isinstance(worst.abs_error, str) or not math.isfinite(worst.abs_error):
        return fields
    return fields | {"off": f"{worst.abs_error:.3g}", "relative": _relative(worst)}


def _relative(worst: Worst) -> Message | str:
    """The relative error in brackets; empty where nothing was expected but 0."""
    # Beyond ten times the value a percentage tells nobody anything.
    useful = isinstance(worst.rel_error, float) and 1e-5 <= worst.rel_error <= 10
    return say(" ({percent}%)", percent=f"{100 * float(worst.rel_error):.3g}") if useful else ""


def apart(a: float | str, b: float | str) -> tuple[str, str]:
    """Both numbers with six significant digits, or with as many as show about how far apart they are."""
    for digits in range(6, 18):
        texts = tuple(x if isinstance(x, str) else str(x) if isinstance(x, int) else f"{x:.{digits}g}" for x in (a, b))
        if texts[0] != texts[1] and (not isinstance(a, float) or not isinstance(b, float) or _as_far(texts, a - b)):
            break
    return texts[0], texts[1]


def _as_far(texts: tuple[str, ...], difference: float) -> bool:
    """Whether what is written differs about as much."""
    return abs(float(texts[0]) - float(texts[1]) - difference) <= 0.1 * abs(difference)
