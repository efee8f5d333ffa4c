"""Trivial files: submissions in which nobody has done anything, made from the reference's public names.

Some know nothing but those names: every function raises, hands back an argument, or gives a constant. Others know what
kind of thing is to come back: the reference, run on copies of the arguments, gives the kind, the shape and the dtype,
and all its numbers are replaced. No check may pay for either.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.audit.mistakes import renamed

#: What a trivial file's functions do → their bodies. `args` are the arguments, a method's own object left out.
_BODIES = {
    "raises RuntimeError": 'raise RuntimeError("trivial")',
    "raises ValueError": 'raise ValueError("trivial")',
    "raises TypeError": 'raise TypeError("trivial")',
    "raises KeyError": 'raise KeyError("trivial")',
    "raises NotImplementedError": 'raise NotImplementedError("trivial")',
    "None": "return None",
    "True": "return True",
    "False": "return False",
    "0.0": "return 0.0",
    "1": "return 1",
    "an empty list": "return []",
    "an empty dict": "return {}",
    "an empty tuple": "return ()",
    "the first argument": "return args[0] if args else None",
    "the second argument": "return args[1] if len(args) > 1 else None",
    "the last argument": "return args[-1] if args else None",
    "all arguments": "return args",
    "the first tensor": "return next(iter(_tensors(args)), None)",
    "the first tensor times 0": "return next(iter(_tensors(args)), 0.0) * 0",
    "the first tensor times 0, plus 1": "return next(iter(_tensors(args)), 0.0) * 0 + 1",
    "the first tensor times 0, else RuntimeError": """\
    for tensor in _tensors(args):
        return tensor * 0
    raise RuntimeError("trivial")""",
    "random numbers for the first tensor": """\
    import random
    for tensor in _tensors(args):
        return tensor * 0 + random.random()
    return random.random()""",
}

_HEAD = """\
def _tensors(args):
    return [value for value in args if hasattr(value, "dtype") and hasattr(value, "shape")]


def _answer(args):
    {body}
"""

#: What stands for each number of the right answer → what a tensor or array, and what a Python number becomes.
_FILLS = {
    "zeros of the right shape": ("found.fill_(0)", "0"),
    "ones of the right shape": ("found.fill_(1)", "1"),
    "NaN of the right shape": ("found.fill_(nan) if found.is_floating_point() else found.fill_(0)", "nan"),
    "random numbers of the right shape": (
        "found.uniform_() if found.is_floating_point() else found.random_(0, 2)", "random.random() * 2",
    ),
    "arguments of the right shape": ("found = _alike(found, args)", "_number_of(value, args)"),
}  # fmt: skip

#: `_right_answer` runs the reference on copies, so that what it does to its arguments is not done.
_LIKE = '''\
import copy as _copy
import random
from math import nan


def _inner(value):
    """The tensors in it that no deep copy can be made of."""
    if isinstance(value, (list, tuple)):
        return [tensor for item in value for tensor in _inner(item)]
    if isinstance(value, dict):
        return _inner(list(value.values()))
    return [] if getattr(value, "is_leaf", True) is not False else [value]


def _right_answer(function, args, named):
    memory = {{id(tensor): tensor.detach().clone() for tensor in _inner([args, named])}}
    args, named = _copy.deepcopy((args, named), memory)
    return function(*args, **named)


def _alike(found, args):
    for value in args:
        if getattr(value, "shape", None) == found.shape and getattr(value, "dtype", None) == found.dtype:
            return value
    return found * 0


def _number_of(value, args):
    return next((other for other in reversed(args) if type(other) is type(value)), 0)


def _filled(value, args):
    """The value with other numbers."""
    if hasattr(value, "is_floating_point"):
        found = value.detach().clone()
        {tensor}
        return found
    if hasattr(value, "flat"):
        if {number!r} == "_number_of(value, args)":
            return _alike(value, args)
        found = value.copy()
        found.flat = [_filled(number, args) for number in found.reshape(-1).tolist()]
        return found
    if isinstance(value, (bool, int, float)):
        try:
            return type(value)({number})
        except ValueError:
            return type(value)(0)
    if isinstance(value, (list, tuple)):
        return type(value)([_filled(item, args) for item in value])
    if isinstance(value, dict):
        return {{key: _filled(item, args) for key, item in value.items()}}
    return value if value is None or isinstance(value, str) else args[0] if args else None
'''

_Definition = ast.FunctionDef | ast.ClassDef


def trivial_submissions(reference: str) -> Iterator[tuple[str, str]]:
    """The trivial files, each with words for it, in a fixed order. reference: reference.py's text."""
    public = [node for node in ast.parse(reference).body if _is_public(node)]
    needed = _imports(reference, public)
    for words, body in _BODIES.items():
        head = _HEAD.format(body=body.lstrip())
        yield words, "\n\n".join([needed, head, *map(_trivial, public)])
    functions = [node for node in public if isinstance(node, ast.FunctionDef)]
    if not functions:
        return
    classes = [_trivial(node) for node in public if isinstance(node, ast.ClassDef)]
    head = _HEAD.format(body=_BODIES["the first tensor times 0"])
    for words, (tensor, number) in _FILLS.items():
        yield words, "\n\n".join([
            renamed(reference, {node.name: f"_right_{node.name}" for node in public}),
            _LIKE.format(tensor=tensor, number=number), *map(_like, functions), head, *classes,
        ])  # fmt: skip


def _is_public(node: ast.stmt) -> bool:
    return isinstance(node, _Definition) and not node.name.startswith("_")


def _imports(reference: str, public: list[ast.stmt]) -> str:
    """The reference's import lines, where a public class has bases that may need them."""
    if not any(isinstance(node, ast.ClassDef) and node.bases for node in public):
        return ""
    tree = ast.parse(reference)
    return "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))


def _trivial(node: ast.stmt) -> str:
    """A function or class of this name that only does what `_answer` does."""
    if isinstance(node, ast.ClassDef):
        return _trivial_class(node)
    assert isinstance(node, ast.FunctionDef)
    return f"def {node.name}(*args, **named):\n    return _answer(args + tuple(named.values()))\n"


def _trivial_class(node: ast.ClassDef) -> str:
    """Its objects have the attributes that the reference's have at first: those named like a parameter hold what was
    handed in, all others 0."""
    methods = [each for each in node.body if isinstance(each, ast.FunctionDef)]
    first = next((method for method in methods if method.name == "__init__"), None)
    names = [argument.arg for argument in first.args.args[1:]] if first else []
    attributes = sorted(_attributes(first)) if first else []
    bases = ", ".join(map(ast.unparse, node.bases))
    lines = [f"class {node.name}({bases}):" if bases else f"class {node.name}:"]
    lines += ["    def __init__(self, *args, **named):"]
    lines += ["        super().__init__()"] if bases else []
    lines += [f"        named.update(zip({names!r}, args))"]
    lines += [f"        self.{attribute} = named.get({attribute!r}, 0.0)" for attribute in attributes] or ["        pass"]
    called = {"__call__"} if not bases else set()
    for name in sorted({method.name for method in methods} - {"__init__"} | called):
        lines += [f"    def {name}(self, *args, **named):", "        return _answer(args or (self,))"]
    return "\n".join(lines) + "\n"


def _attributes(method: ast.FunctionDef) -> set[str]:
    """What the method assigns to attributes of self."""
    return {
        node.attr for node in ast.walk(method)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
    }  # fmt: skip


def _like(node: ast.FunctionDef) -> str:
    """A function that gives the right kind of thing with other numbers."""
    return (
        f"def {node.name}(*args, **named):\n"
        f"    return _filled(_right_answer(_right_{node.name}, args, named), args + tuple(named.values()))\n"
    )
