"""What Python itself says of a beginner's error → what it means. As in pytorch.py, only what is sure."""

from __future__ import annotations

from grader.text import Message, say

_UNCALLED = say(
    "This is a function or a method itself, not what it returns. Parentheses after its name call it, as in x.dim() "
    "and torch.zeros(3); without them, or with square brackets, it is not called."
)
_NONE = say(
    "A value here is None. Functions without a return give None, and so do methods that only change something, "
    "and .grad before a backward()."
)
_LIST = say(
    "A Python list stands here, no tensor. torch.tensor(...) makes a tensor of numbers, torch.stack(...) one "
    "of tensors."
)
_NUMBER = say(
    "This is a plain Python number, no tensor. Has an .item(), float() or sum() made it one, or is "
    "torch.tensor(...) missing?"
)
_SELF = say(
    "The function got one value more than it has parameters. A method that is called on an object gets that "
    "object first: is `self` missing as its first parameter?"
)
_TEXT = say(
    "Text is combined with something else here. float(...) makes a number of text, str(...) makes text of a number."
)


#: Names that are used without their import → the line that is missing.
_IMPORTS = {
    **{name: f"import {name}" for name in ("torch", "numpy", "math")},
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "np": "import numpy as np",
    "plt": "import matplotlib.pyplot as plt",
    "optim": "from torch import optim",
}
#: Attributes of a tensor that are sought in a list or in a number.
_OF_LISTS = "shape sum mean size dim view reshape exp T to dtype unsqueeze detach float item backward"
_OF_NUMBERS = (
    "backward item shape sum mean exp sqrt log abs detach numpy dim view reshape unsqueeze to dtype clone size "
    "requires_grad float"
)


def _import(name: str, line: str) -> Message:
    return say("Your file never imports {name}. Write `{line}` at its top.", name=name, line=line)


def _takes(count: int) -> str:
    """What Python says of a method that is called with one argument more than its `count` parameters."""
    plural, verb = "" if count == 1 else "s", "were" if count else "was"
    return f". … () takes {count} positional argument{plural} but {count + 1} {verb} given"


#: The exception's type → parts of its text, as in pytorch.py → the sentence. None: it means nothing that is sure.
BY_PYTHON: dict[str, dict[str, Message | None]] = {
    "SystemExit": {"": say("Remove exit(), quit() and sys.exit().")},
    "RecursionError": {"": say("Does a function call itself without end?")},
    "NameError": {
        **{f"name '{name}' is not defined": _import(name, line) for name, line in _IMPORTS.items()},
        "name 'self' is not defined": say("self is known only inside methods that have it as their first parameter."),
    },
    "UnboundLocalError": {
        "cannot access local variable": say(
            "This name gets a value somewhere in the function, so it is the function's own, and here it has none yet. "
            "Give it one before, or choose another name."
        )
    },
    "TypeError": {
        "<locals> … () takes": None,  # a function inside another is no method
        **dict.fromkeys(map(_takes, range(9)), _SELF),
        "'builtin_function_or_method' | not builtin_function_or_method": _UNCALLED,
        "of type builtin_function_or_method | 'method' object is not": _UNCALLED,
        "'function' object is not subscriptable | 'function' object is not iterable": _UNCALLED,
        "unsupported operand type(s) … 'function' | unsupported operand type(s) … 'method'": _UNCALLED,
        "'NoneType' object | unsupported operand type(s) … 'NoneType' | must be Tensor, not NoneType": _NONE,
        "can't multiply sequence by non-int | unsupported operand type(s) … 'list'": _LIST,
        "bad operand type for … 'list'": _LIST,
        "'tuple' object does not support item assignment": say(
            "A tuple can't be changed. Make a list of it, or a new tuple."
        ),
        "list indices must be integers or slices, not": say(
            "A list takes one whole number as index, or a slice. For several indices at once, or a tensor of them, "
            "make a tensor of the list with torch.tensor(...)."
        ),
        "can only concatenate str | unsupported operand type(s) … 'str'": _TEXT,
    },
    "AttributeError": {
        "'builtin_function_or_method'": _UNCALLED,
        "'NoneType' object": _NONE,
        **{f"'list' object has no attribute '{name}'": _LIST for name in _OF_LISTS.split()},
        **{
            f"'{kind}' object has no attribute '{name}'": _NUMBER
            for kind in ("float", "int", "bool")
            for name in _OF_NUMBERS.split()
        },
    },
    "ValueError": {
        "not enough values to unpack": say("There are more names on the left than values on the right."),
        "too many values to unpack": say("There are more values on the right than names on the left."),
        "math domain error": say(
            "There is no such value: the logarithm of 0 and the root of a negative number, for instance."
        ),
    },
    "OverflowError": {
        "math range error": say(
            "The result is too large for a float. Rewrite the formula so that nothing so large comes up in between."
        )
    },
    "EOFError": {
        "EOF when reading": say(
            "Nobody is there to type while your code is graded, so input() can't be used. Take the value as a "
            "parameter, or write it into the code."
        )
    },
    "FileNotFoundError": {
        "": say(
            "While your code is graded, its folder holds your file and those .py files beside it that it uses, and no "
            'others. Leave out the lines that open another file, or put them under `if __name__ == "__main__":`.'
        )
    },
    "RuntimeError": {
        "shared memory … Permission denied": say(
            "While your code is graded it can share no memory with other processes, for it can't start any. Leave that "
            "call out; it changes no values."
        )
    },
}
