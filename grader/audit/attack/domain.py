"""What a function of the reference may be given, as far as its signature and its docstring tell."""

from __future__ import annotations

import ast
import re

import msgspec

_BLOCKS = ("torch.Tensor", "np.ndarray")
_ANY_SHAPE = re.compile(r"any shape|\[\*\]")
_ANY_ROWS = re.compile(r"\[\*, ")
_SHARES = re.compile(r"probabilit|from 0(\.\d+)? to (0\.\d+|1)\b|0 or 1")
_LABELS = re.compile(r"0 …|0 or 1|rows|label")
_WHOLE = re.compile(r"int64|whole number")
_GRAD_MODES = frozenset({"no_grad", "enable_grad", "inference_mode", "set_grad_enabled"})
#: What can be told apart only where two entries are equal.
_CHOOSING = frozenset({"max", "min", "argmax", "argmin", "sort", "argsort", "topk"})


class Argument(msgspec.Struct, frozen=True):
    """A tensor or an array. least_axes: how few axes it may have; None if their number is fixed. share: lies between 0
    and 1. whole: holds integers. labels: numbers of classes or rows."""

    position: int
    least_axes: int | None
    share: bool
    whole: bool
    labels: bool


class Domain(msgspec.Struct, frozen=True):
    """arguments: the tensors and arrays. chooses: whether the largest or smallest of several is looked for.
    sets_grad_mode: whether it works without a graph for a while."""

    name: str
    line: int
    arguments: tuple[Argument, ...]
    chooses: bool
    sets_grad_mode: bool

    @property
    def floats(self) -> tuple[Argument, ...]:
        """Those of floating numbers."""
        return tuple(argument for argument in self.arguments if not argument.whole)

    @property
    def counts(self) -> bool:
        """Whether it may be given any integers."""
        return not any(argument.labels for argument in self.arguments)


def domains(reference: str) -> tuple[Domain, ...]:
    """Of every public function of reference.py, whose text this is; methods are left out."""
    tree = ast.parse(reference)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[0] != "_"]
    about = ast.get_docstring(tree) or ""
    return tuple(_domain(node, about) for node in functions)


def _domain(function: ast.FunctionDef, about: str) -> Domain:
    used = {node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)}
    arguments = _arguments(function, about)
    return Domain(function.name, function.lineno, arguments, bool(used & _CHOOSING), bool(used & _GRAD_MODES))


def _arguments(function: ast.FunctionDef, about: str) -> tuple[Argument, ...]:
    """about: the module's docstring, which speaks of all its functions."""
    found = []
    for position, argument in enumerate(function.args.args):
        if argument.annotation is not None and ast.unparse(argument.annotation) in _BLOCKS:
            found.append(_argument(position, _said_of(argument.arg, ast.get_docstring(function) or "", about)))
    return tuple(found)


def _argument(position: int, said: str) -> Argument:
    least = 0 if _ANY_SHAPE.search(said) else 1 if _ANY_ROWS.search(said) else None
    return Argument(position, least, *(bool(kind.search(said)) for kind in (_SHARES, _WHOLE, _LABELS)))


def _said_of(name: str, *texts: str) -> str:
    """What the docstrings say of an argument: from `name: ` or `other, name: ` up to the next one, or `name is ...`."""
    said = []
    for text in texts:
        flat = " ".join(text.split())
        said += re.findall(rf"(?<![\w.]){name}(?:, \w+)*: (.*?)(?=\. [\w, ]+: |$)", flat)
        said += re.findall(rf"(?<![\w.]){name} is (.*?)(?=\. |$)", flat)
    return ". ".join(said)
