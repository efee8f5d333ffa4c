"""The kinds of values that a check tells apart: their types, and what they are called in a sentence."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import torch

from grader.text import Message, say
from grader.wire.values import Opaque, Remote

_Number = Literal["numpy_scalar", "bool", "int", "float", "complex"]
ValueKind = Literal["none", "tensor", "array", _Number, "str", "bytes", "list", "tuple", "dict", "object"]

#: In the order in which they are asked: bool before int, NumPy's scalars before Python's.
_KINDS: dict[ValueKind, tuple[Any, Message]] = {
    "none": (type(None), say("None")),
    "tensor": (torch.Tensor, say("a tensor")),
    "array": (np.ndarray, say("a NumPy array")),
    "numpy_scalar": (np.generic, say("a NumPy number")),
    "bool": (bool, say("a Python bool")),
    "int": (int, say("a Python int")),
    "float": (float, say("a Python float")),
    "complex": (complex, say("a Python complex number")),
    "str": (str, say("a string")),
    "bytes": (bytes, say("bytes")),
    "list": (list, say("a list")),
    "tuple": (tuple, say("a tuple")),
    "dict": (dict, say("a dict")),
    "object": ((Remote, Opaque), say("an object")),
}


def kind_of(value: Any) -> ValueKind:
    """The value's kind; "object" for all that is not data."""
    return next((kind for kind, (types, _) in _KINDS.items() if isinstance(value, types)), "object")


def words(kind: ValueKind) -> Message:
    """The kind in a sentence, with its article."""
    return _KINDS[kind][1]
