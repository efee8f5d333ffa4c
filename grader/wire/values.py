"""What one call of a submission's function is, and what came of it. Shared by both sides of the boundary.

Values are natural Python: None, bool, int, float, str, tuple, list, dict, `torch.Tensor`, NumPy arrays and
scalars. What data alone can't carry stands beside them: `Facts` for a tensor, `Remote` for an object that stays
in the worker, `Opaque` for what can't cross at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from grader.source_line import SourceLine


class Facts(msgspec.Struct, frozen=True):
    """What a worker says of a tensor or array that its bytes don't: attested, so it may only cost points."""

    stride: tuple[int, ...]
    device: str
    requires_grad: bool
    is_leaf: bool
    is_parameter: bool = False
    shares: tuple[int, ...] = ()  # positions of the arguments whose storage it shares

    @property
    def in_graph(self) -> bool:
        """Whether it was computed from what requires gradients."""
        return self.requires_grad and not self.is_leaf


class Effects(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a call did beside giving its value: attested, so it may only cost points. Positions are those of the
    arguments, keywords last.

    again: what a second call with equal inputs showed of the first one's result: "shared", that both lie in the same
        memory; "changed", that it is not any more what it was; or nothing.
    requires_grad, grad: of these arguments, or of a module's parameters, that attribute is another one than before.
    mode: of these arguments, modules, `training` is another one in some part.
    contents: of these arguments, modules, parameters or buffers hold other numbers.
    """

    again: str = ""
    requires_grad: tuple[int, ...] = ()
    grad: tuple[int, ...] = ()
    mode: tuple[int, ...] = ()
    contents: tuple[int, ...] = ()


class Probe(msgspec.Struct, frozen=True):
    """Code of ours that runs beside the submission: `name` in the exercise's probes.py.

    As an argument it stands for the function itself, or, with `build`, for what the function returns on `args`.
    """

    name: str
    args: tuple[Any, ...] = ()
    build: bool = False


class Remote(msgspec.Struct, frozen=True):
    """An object that stays in the worker; `handle` sends it back there as an argument."""

    handle: int
    type_name: str


class Opaque(msgspec.Struct, frozen=True):
    """A value that is not data and was not kept: only its type's name crossed, and whether it is a tensor."""

    type_name: str
    is_tensor: bool = False


class Callback:
    """A function of the trusted side, handed to the submission: each call of it crosses the boundary and back."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """One call.

    target: the submission's function, or a probe that gets the submission's module first.
    requires_grad: positions of tensor arguments that require gradients.
    upstream: one tensor like each floating tensor of the result, in order; the reply then has the
        vector-Jacobian products with respect to the arguments in `requires_grad`. None: no backward.
    replace: names in the submission's module that are replaced by probes during the call.
    twin: the inputs go in on the twin device (grader/twin), whatever the run's own device is.
    counted: say how many operations PyTorch dispatched (calls/operations.py).
    effects: say what the call did beside giving its value (calls/effects.py), for which it is made twice.
    identity: say which argument the value is.
    """

    target: str | Probe
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = {}
    requires_grad: tuple[int, ...] = ()
    upstream: tuple[Any, ...] | None = None
    replace: dict[str, Probe] = {}
    twin: bool = False
    counted: bool = False
    effects: bool = False
    identity: bool = False


#: "not_implemented": NotImplementedError. "signature": the function does not take the exercise's arguments. "absent":
#: it uses a module that is not installed, whose name is the message. "missing": no such function. "graph": no gradient
#: path to the inputs. "too_large": the result does not fit the wire.
RaisedKind = Literal["exception", "not_implemented", "signature", "absent", "missing", "graph", "memory", "too_large"]


class Raised(msgspec.Struct, frozen=True):
    """Why a call in the submission gave no value; a reply with another `kind` is no reply.

    refused: what the worker's confinement refused, where that is the reason (calls/refused.py); else empty.
    """

    kind: RaisedKind
    type_name: str
    message: str
    frames: tuple[SourceLine, ...] = ()
    refused: str = ""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a call: a value with its facts by path (`()` is the value itself, `(1, "w")` its second item's
    entry "w"), gradients (None where no path leads to that input), the positions of arguments that the call
    changed, and, where it raised, why. `operations` is how many were dispatched, where the call asked (attested).
    `same_as`: the positions of the arguments that the value is itself, keywords last; it and `effects` where the call
    asked (attested)."""

    value: Any = None
    facts: dict[tuple[Any, ...], Facts] = {}
    gradients: tuple[Any, ...] | None = None
    modified: tuple[int, ...] = ()
    error: Raised | None = None
    operations: int = 0
    same_as: tuple[int, ...] | None = None
    effects: Effects | None = None
