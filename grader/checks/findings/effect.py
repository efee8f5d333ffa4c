"""The value is right, and what was done for it is not."""

from __future__ import annotations

from typing import ClassVar, Literal

from grader.checks.findings.finding import Called, Finding
from grader.checks.findings.value import InResult
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


#: What a result has to do with an argument: it is that, it shares memory with that, or it has memory of its own.
Origin = Literal["itself", "shared", "own"]

_ORIGINS: dict[Origin, Message] = {
    "itself": say("{name} itself", **LATER),
    "shared": say("in the memory of {name}, as a view is", **LATER),
    "own": say("an object of its own"),
}
_MAKE_IT_SO: dict[Origin, Message] = {
    "itself": say("Return the very object that was given; what was computed can be written into it."),
    "shared": say("Slices, reshape and .T give views; clone() and arithmetic make new tensors."),
    "own": say("Return a new object: whoever writes into the result would else change the input as well."),
}


class WrongIdentity(Finding, frozen=True):
    """The result is equal to the right one, and is the argument, a view of it or new where it should not be."""

    place: InResult
    expected: Origin
    expected_name: str
    got: Origin
    got_name: str

    def sentences(self, call: Called) -> list[Message]:
        return [
            say(
                "{subject} is {got}, and should be {expected}.",
                subject=self.place.subject(call),
                got=_origin(self.got, self.got_name),
                expected=_origin(self.expected, self.expected_name),
            ),
            _MAKE_IT_SO[self.expected],
        ]

    def shown(self) -> tuple[str, str]:
        return "", ""


def _origin(origin: Origin, name: str) -> Message:
    return _ORIGINS[origin] if origin == "own" else Message(_ORIGINS[origin].template, {"name": name})


class HandsOutAgain(Finding, frozen=True):
    """Two calls with equal inputs gave results in the same memory."""

    says = (
        say(
            "Called twice with equal inputs, {call} returned two results in the same memory: whoever writes into one "
            "changes the other.",
            **LATER,
        ),
        say("Make the result anew in each call."),
    )


class ChangesEarlierResult(Finding, frozen=True):
    """A second call with equal inputs changed what the first one had returned."""

    says = (
        say("Called a second time with equal inputs, {call} changed what the first call had returned.", **LATER),
        say("Make the result anew in each call."),
    )


class KeepsHistory(Finding, frozen=True):
    """The result is part of a graph although no input requires gradients, and the reference's is not."""

    place: InResult

    def sentences(self, call: Called) -> list[Message]:
        return [
            say(
                "{subject} requires gradients, and should not: it keeps the graph of all that it was computed from, "
                "and the memory of that.",
                subject=self.place.subject(call),
            ),
            say("Take it out of the graph: .item() for a number, .detach() for a tensor, or torch.no_grad()."),
        ]


class InputTouched(Finding, frozen=True):
    """Something about the inputs `names` is not as it was. of_objects: they are modules, say, and it is about theirs.

    field: of `Effects`. templates: the sentence of inputs themselves, and that of what is in them, if it is another
    one. advice: what to do.
    """

    field: ClassVar[str]
    templates: ClassVar[tuple[Message, ...]]
    advice: ClassVar[Message]

    names: tuple[str, ...]
    of_objects: bool = False

    def sentences(self, call: Called) -> list[Message]:
        template = self.templates[-1 if self.of_objects else 0].template
        return [Message(template, {"call": call.line, "names": listed(self.names)}), self.advice]

    def shown(self) -> tuple[str, str]:
        return "", ", ".join(self.names)


class RequiresGradChanged(InputTouched, frozen=True):
    """`requires_grad` of an input is another one than before."""

    field = "requires_grad"
    templates = (
        say("{call} changed requires_grad of its input: {names}.", **LATER),
        say("{call} changed requires_grad of parameters of its input: {names}.", **LATER),
    )
    advice = say("Work on a tensor of your own: x.detach().clone().requires_grad_().")


class GradChanged(InputTouched, frozen=True):
    """`.grad` of an input is another one than before."""

    field = "grad"
    templates = (
        say("{call} changed .grad of its input: {names}.", **LATER),
        say("{call} changed .grad of parameters of its input: {names}.", **LATER),
    )
    advice = say("torch.autograd.grad gives gradients without writing them into .grad, to which backward() adds.")


class ModeChanged(InputTouched, frozen=True):
    """A module that was given is in training mode and was not, or the other way round."""

    field = "mode"
    templates = (
        say("{call} left its input in another mode, training or evaluation, than it was in: {names}.", **LATER),
    )
    advice = say("Keep module.training beforehand, and put it back with module.train(before).")


class ContentsChanged(InputTouched, frozen=True):
    """Parameters or buffers of a module that was given hold other numbers than before."""

    field = "contents"
    templates = (say("{call} changed parameters or buffers of its input: {names}.", **LATER),)
    advice = say("In training mode some modules, such as nn.BatchNorm1d, change their buffers in every call.")


#: A word of `Effects.again` → its finding.
AGAIN: dict[str, type[Finding]] = {"shared": HandsOutAgain, "changed": ChangesEarlierResult}
#: In the order in which they are told.
OF_INPUTS: tuple[type[InputTouched], ...] = (ModeChanged, RequiresGradChanged, GradChanged, ContentsChanged)
