"""Trivial files: submissions in which nobody has done anything, made from the reference's public names.

Some know nothing but those names: every function raises, hands back an argument, or gives a constant. Others know what
kind of thing is to come back: the reference, run on copies of the arguments, gives the kind, the shape and the dtype,
and all its numbers are replaced. No check may pay for either.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from grader.audit.mistakes import renamed

#: The trivial files that know nothing but names, each with its functions' body. `args` are the arguments, a method's
#: own object left out; `tensor` is the first tensor or array of them, else 0.0.
_ERRORS = ("RuntimeError", "ValueError", "TypeError", "KeyError", "NotImplementedError")
_VALUES = ("None", "True", "False", "0.0", "1", "[]", "{}", "()", "args")
_BODIES = {
    **{f"raise {kind}": f'raise {kind}("trivial")' for kind in _ERRORS},
    **{f"return {value}": f"return {value}" for value in _VALUES},
    "return args[0]": "return args[0] if args else None",
    "return args[1]": "return args[1] if len(args) > 1 else None",
    "return args[-1]": "return args[-1] if args else None",
    "return tensor": "return tensor",
    "return tensor * 0": "return tensor * 0",
    "return tensor * 0 + 1": "return tensor * 0 + 1",
    "return tensor * 0 + random": "import random\n    return tensor * 0 + random.random()",
    "return tensor * 0, else raise RuntimeError": """\
if not hasattr(tensor, "shape"):
        raise RuntimeError("trivial")
    return tensor * 0""",
}

_HEAD = """\
def _answer(args):
    tensor = next((value for value in args if hasattr(value, "dtype") and hasattr(value, "shape")), 0.0)
    {body}
"""

#: The trivial files that know what is to come back → what becomes of a tensor, of an array, and of a Python number.
_FILLS = {
    "return zeros_like(right)": ("value.detach().clone().fill_(0)", "value * 0", "0"),
    "return ones_like(right)": ("value.detach().clone().fill_(1)", "value * 0 + 1", "1"),
    "return rand_like(right)": (
        "_random(value.detach().clone())",
        "value * 0 + random.random()",
        "random.random() * 2",
    ),
    "return argument_like(right)": ("_alike(value, args)", "_alike(value, args)", "_number_of(value, args)"),
}

#: `_right_answer` runs the reference on copies, so that what it does to its arguments is not done.
_LIKE = '''\
import copy as _copy
import random


def _inner(value):
    """The tensors in it that have a history, of which no deep copy can be made."""
    if isinstance(value, (list, tuple)):
        return [tensor for item in value for tensor in _inner(item)]
    if isinstance(value, dict):
        return _inner(list(value.values()))
    return [value] if getattr(value, "is_leaf", True) is False else []


def _right_answer(function, args, named):
    memory = {{id(tensor): tensor.detach().clone() for tensor in _inner([args, named])}}
    args, named = _copy.deepcopy((args, named), memory)
    return function(*args, **named)


def _random(found):
    return found.uniform_() if found.is_floating_point() else found.random_(0, 2)


def _alike(right, args):
    for value in args:
        if getattr(value, "shape", None) == right.shape and getattr(value, "dtype", None) == right.dtype:
            return value
    return right * 0


def _number_of(right, args):
    return next((value for value in reversed(args) if type(value) is type(right)), 0)


def _filled(value, args):
    """The value with other numbers."""
    if hasattr(value, "is_floating_point"):
        return {tensor}
    if hasattr(value, "flat"):
        return {array}
    if isinstance(value, (bool, int, float)):
        return type(value)({number})
    if isinstance(value, (list, tuple)):
        return type(value)([_filled(item, args) for item in value])
    if isinstance(value, dict):
        return {{key: _filled(item, args) for key, item in value.items()}}
    if any(each.__name__.startswith("_right_") for each in type(value).__mro__):
        return _fill(value, args)
    return value if value is None or isinstance(value, str) else args[0] if args else None


def _fill(made, args):
    """The object itself, other numbers in its attributes or, if it is a module, in its parameters and buffers."""
    if hasattr(made, "state_dict"):
        for tensor in made.state_dict().values():
            tensor.copy_(_filled(tensor, args))
    else:
        numbers = [name for name, value in vars(made).items() if isinstance(value, (int, float))]
        vars(made).update({{name: _filled(vars(made)[name], args) for name in numbers}})
    return made
'''

_Definition = ast.FunctionDef | ast.ClassDef


def trivial_submissions(reference: str) -> Iterator[tuple[str, str]]:
    """The trivial files in a fixed order, each with a name that says what every function does.

    reference: reference.py's text.
    """
    tree = ast.parse(reference)
    public = [node for node in tree.body if isinstance(node, _Definition) and not node.name.startswith("_")]
    imports = "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    needed = imports if any(isinstance(node, ast.ClassDef) and node.bases for node in public) else ""
    for name, body in _BODIES.items():
        yield name, "\n\n".join([needed, _HEAD.format(body=body), *map(_trivial, public)])
    for name, fills in _FILLS.items():
        yield name, _of_right_kind(reference, public, *fills)


def _trivial(node: _Definition) -> str:
    """A function or class of this name that only does what `_answer` does."""
    if isinstance(node, ast.ClassDef):
        return _trivial_class(node)
    return f"def {node.name}(*args, **named):\n    return _answer(args + tuple(named.values()))\n"


def _trivial_class(node: ast.ClassDef) -> str:
    """Its objects have the attributes that the reference's have at first: those named like a parameter hold what was
    handed in, all others 0."""
    methods = {method.name: method for method in node.body if isinstance(method, ast.FunctionDef)}
    first = methods.pop("__init__", None)
    parameters = [argument.arg for argument in first.args.args[1:]] if first else []
    bases = f"({', '.join(map(ast.unparse, node.bases))})" if node.bases else ""
    lines = [f"class {node.name}{bases}:", "    def __init__(self, *args, **named):", "        super().__init__()"]
    lines += [f"        named.update(zip({parameters!r}, args))"]
    for name in sorted(_attributes(first)) if first else ():
        lines.append(f"        self.{name} = named.get({name!r}, 0.0)")
    for name in sorted(methods.keys() | (set() if bases else {"__call__"})):
        lines += [f"    def {name}(self, *args, **named):", "        return _answer(args or (self,))"]
    return "\n".join(lines) + "\n"


def _attributes(method: ast.FunctionDef) -> set[str]:
    """The attributes that the method assigns to."""
    attributes = (node for node in ast.walk(method) if isinstance(node, ast.Attribute))
    return {node.attr for node in attributes if isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)}


def _of_right_kind(reference: str, public: list[_Definition], tensor: str, array: str, number: str) -> str:
    """The reference's functions under other names, and functions that give what those give with other numbers."""
    right = renamed(reference, {node.name: f"_right_{node.name}" for node in public})
    head = _HEAD.format(body=_BODIES["return tensor * 0"])
    parts = [right, _LIKE.format(tensor=tensor, array=array, number=number), head]
    for node in public:
        if isinstance(node, ast.ClassDef):
            parts.append(_class_of_right_kind(node))
            continue
        call = f"_right_answer(_right_{node.name}, args, named)"
        parts.append(f"def {node.name}(*args, **named):\n    return _filled({call}, args + tuple(named.values()))\n")
    return "\n\n".join(parts)


def _class_of_right_kind(node: ast.ClassDef) -> str:
    """A subclass of the reference's: what it builds and what its methods give has other numbers."""
    lines = [f"class {node.name}(_right_{node.name}):", "    def __init__(self, *args, **named):"]
    lines += ["        super().__init__(*args, **named)", "        _fill(self, args)"]
    names = [method.name for method in node.body if isinstance(method, ast.FunctionDef)]
    for name in [name for name in names if name[0] != "_" or (name.endswith("__") and name != "__init__")]:
        call = f"_right_answer(_right_{node.name}.{name}, (self, *args), named)"
        lines += [f"    def {name}(self, *args, **named):", f"        return _filled({call}, args or (self,))"]
    return "\n".join(lines) + "\n"
