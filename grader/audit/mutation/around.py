"""Mutants that change no line of the formula, but what goes in or comes out: precision, the graph, memory order.

Each has a control, a cruder change in the same place: where even that is not noticed, the function never meets such
values, and the mutant says nothing about its checks.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from grader.audit.mutation.operators import Change
from grader.course.source import Source

_HELPER = """

def {name}(value):
    import numpy
    import torch

    if isinstance(value, torch.Tensor) and type(value) is torch.Tensor:
        return {tensor}
    if isinstance(value, (numpy.ndarray, numpy.float64, numpy.float32)):
        return {array}
    if type(value) is float:
        return {number}
    if type(value) in (list, tuple):
        return type(value)({name}(item) for item in value)
    if type(value) is dict:
        return {{key: {name}(item) for key, item in value.items()}}
    return value
"""


class Around(NamedTuple):
    """A change of every value of one kind: expressions for a tensor, an array and a float, in each of which `value` is
    the value; and the condition under which a value is of that kind."""

    operator: str
    when: tuple[str, str, str]
    then: tuple[str, str, str]

    def helper(self, name: str, *, control: bool) -> str:
        """The helper function's source; as a control it makes 0 of every such value."""
        then = ("value * 0", "value * 0", "0.0") if control else self.then
        tensor, array, number = (
            f"({new}) if ({condition}) else value" for new, condition in zip(then, self.when, strict=True)
        )
        return _HELPER.format(name=name, tensor=tensor, array=array, number=number)


_RESULTS = (
    Around(
        "float64 cut to float32",
        ("value.dtype == torch.float64", "value.dtype == numpy.float64", "True"),
        ("value.float().double()", "value.astype(numpy.float32).astype(numpy.float64)", "float(numpy.float32(value))"),
    ),
    Around(
        "float32 made float64",
        ("value.dtype == torch.float32", "value.dtype == numpy.float32", "False"),
        ("value.double()", "value.astype(numpy.float64)", "value"),
    ),
    Around("the graph cut off", ("value.requires_grad", "False", "False"), ("value.detach()", "value", "value")),
)
_ARGUMENTS = (
    Around(
        "memory read in order, whatever the strides",
        ("value.layout == torch.strided and not value.is_contiguous()", "False", "False"),
        ("value.as_strided(value.shape, torch.empty(value.shape, device='meta').stride())", "value", "value"),
    ),
    Around("0-d taken for one axis", ("value.ndim == 0", "False", "False"), ("value.reshape(1)", "value", "value")),
)


def changes_around(function: ast.FunctionDef, source: Source) -> Iterator[Change]:
    """The function's results and arguments changed."""
    gives = ast.unparse(function.returns) if function.returns else ""
    if gives not in ("int", "bool", "str", "None"):  # those are no floats
        for node in _own_returns(function):
            assert node.value is not None
            new = f"_audit_result(({source.of(node.value)}))"
            for around in _RESULTS:
                yield _wrapped(around, source.start(node.value), source.end(node.value), new, "_audit_result")
    body = [node for node in function.body if not _is_docstring(node)]
    names = [argument.arg for argument in function.args.args if argument.arg != "self"]
    if not body or not names or function.name.startswith("__"):
        return
    start = source.start(body[0])
    taken = ", ".join(names)
    for around in _ARGUMENTS:
        call = f"[_audit_argument(each) for each in ({taken},)]" if len(names) > 1 else f"_audit_argument({taken})"
        yield _wrapped(around, start, start, f"{taken} = {call}\n{' ' * body[0].col_offset}", "_audit_argument")


def _wrapped(around: Around, start: int, end: int, new: str, name: str) -> Change:
    helpers = [around.helper(name, control=control) for control in (False, True)]
    return Change(around.operator, start, end, new, *helpers)


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _own_returns(function: ast.FunctionDef) -> Iterator[ast.Return]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            waiting += ast.iter_child_nodes(node)
