"""What Python itself says of a beginner's error → what it means. As in pytorch.py, only what is sure."""

from __future__ import annotations

from grader.checks.advice.table import Row
from grader.text import Message, say

_UNCALLED = say(
    "A function or a method stands here itself, in place of what it gives. Round brackets behind its name "
    "call it, as in x.dim() and torch.zeros(3); without them, or with square ones, it is not called."
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


def _not_imported(name: str, line: str) -> Row:
    return Row((f"name '{name}' is not defined",), _import(name, line), ("NameError",))


def _import(name: str, line: str) -> Message:
    return say("Nothing brings the name {name} into your file. Write `{line}` at its top.", name=name, line=line)


def _takes(count: int) -> tuple[Row, ...]:
    """Of a method that is called with one argument more than it has parameters."""
    plural = "" if count == 1 else "s"
    verb = "was" if count == 0 else "were"
    parts = (".", f"() takes {count} positional argument{plural} but {count + 1} {verb} given")
    return (Row(parts, _SELF, ("TypeError",), unless="<locals>"),)


BY_PYTHON: tuple[Row, ...] = (
    Row((), say("Remove exit(), quit() and sys.exit()."), ("SystemExit",)),
    Row((), say("Does a function call itself without end?"), ("RecursionError",)),
    _not_imported("torch", "import torch"),
    _not_imported("nn", "from torch import nn"),
    _not_imported("F", "import torch.nn.functional as F"),
    _not_imported("np", "import numpy as np"),
    _not_imported("numpy", "import numpy"),
    _not_imported("math", "import math"),
    _not_imported("plt", "import matplotlib.pyplot as plt"),
    _not_imported("optim", "from torch import optim"),
    Row(
        ("name 'self' is not defined",),
        say("self is known only inside methods that have it as their first parameter."),
        ("NameError",),
    ),
    Row(
        ("cannot access local variable",),
        say(
            "This name gets a value somewhere in the function, so it is the function's own, and here it has none yet. "
            "Give it one before, or choose another name."
        ),
        ("UnboundLocalError",),
    ),
    *(row for count in range(9) for row in _takes(count)),
    Row(("'builtin_function_or_method'",), _UNCALLED, ("TypeError", "AttributeError")),
    Row(("not builtin_function_or_method",), _UNCALLED, ("TypeError",)),
    Row(("of type builtin_function_or_method",), _UNCALLED, ("TypeError",)),
    Row(("'method' object is not",), _UNCALLED, ("TypeError",)),
    Row(("'function' object is not subscriptable",), _UNCALLED, ("TypeError",)),
    Row(("'function' object is not iterable",), _UNCALLED, ("TypeError",)),
    Row(("unsupported operand type(s)", "'function'"), _UNCALLED, ("TypeError",)),
    Row(("unsupported operand type(s)", "'method'"), _UNCALLED, ("TypeError",)),
    Row(("'NoneType' object",), _NONE, ("TypeError", "AttributeError")),
    Row(("unsupported operand type(s)", "'NoneType'"), _NONE, ("TypeError",)),
    Row(("must be Tensor, not NoneType",), _NONE, ("TypeError",)),
    Row(("can't multiply sequence by non-int",), _LIST, ("TypeError",)),
    Row(("unsupported operand type(s)", "'list'"), _LIST, ("TypeError",)),
    Row(("bad operand type for", "'list'"), _LIST, ("TypeError",)),
    *(
        Row((f"'list' object has no attribute '{name}'",), _LIST, ("AttributeError",))
        for name in (
            "shape",
            "sum",
            "mean",
            "size",
            "dim",
            "view",
            "reshape",
            "exp",
            "T",
            "to",
            "dtype",
            "unsqueeze",
            "detach",
            "float",
            "item",
            "backward",
        )
    ),
    *(
        Row((f"'{kind}' object has no attribute '{name}'",), _NUMBER, ("AttributeError",))
        for kind in ("float", "int", "bool")
        for name in (
            "backward",
            "item",
            "shape",
            "sum",
            "mean",
            "exp",
            "sqrt",
            "log",
            "abs",
            "detach",
            "numpy",
            "dim",
            "view",
            "reshape",
            "unsqueeze",
            "to",
            "dtype",
            "clone",
            "size",
            "requires_grad",
            "float",
        )
    ),
    Row(
        ("'tuple' object does not support item assignment",),
        say("A tuple can't be changed. Make a list of it, or a new tuple."),
        ("TypeError",),
    ),
    Row(
        ("list indices must be integers or slices, not",),
        say(
            "A list takes one whole number as index, or a slice. For several indices at once, or a tensor of them, "
            "make a tensor of the list with torch.tensor(...)."
        ),
        ("TypeError",),
    ),
    Row(("can only concatenate str",), _TEXT, ("TypeError",)),
    Row(("unsupported operand type(s)", "'str'"), _TEXT, ("TypeError",)),
    Row(
        ("not enough values to unpack",),
        say("There are more names on the left than values on the right."),
        ("ValueError",),
    ),
    Row(
        ("too many values to unpack",),
        say("There are more values on the right than names on the left."),
        ("ValueError",),
    ),
    Row(
        ("math range error",),
        say("The result is too large for a float. Rewrite the formula so that nothing so large comes up in between."),
        ("OverflowError",),
    ),
    Row(
        ("math domain error",),
        say("There is no such value: the logarithm of 0 and the root of a negative number, for instance."),
        ("ValueError",),
    ),
    Row(
        ("EOF when reading",),
        say(
            "Nobody is there to type while your code is graded, so input() can't be used. Take the value as a "
            "parameter, or write it into the code."
        ),
        ("EOFError",),
    ),
    Row(
        (),
        say(
            "While your code is graded, its folder holds your file and those .py files beside it that it uses, and "
            "no others. Leave out the lines that open another file, or put them under `if __name__ == "
            '"__main__":`.'
        ),
        ("FileNotFoundError",),
    ),
    Row(
        ("shared memory", "Permission denied"),
        say(
            "While your code is graded it can share no memory with other processes, for it can't start any. Leave that "
            "call out; it changes no values."
        ),
        ("RuntimeError",),
    ),
)
