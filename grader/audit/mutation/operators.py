"""The changes themselves: for each kind of syntax node, what could stand in its place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import msgspec

from grader.course.source import Source


class Change(msgspec.Struct, frozen=True):
    """One stretch of the text, from `start` to `end`, replaced by `new`. operator: the kind of change, in words."""

    operator: str
    start: int
    end: int
    new: str


Changes = Iterator[Change]

_BINARY: dict[type[ast.operator], tuple[str, tuple[str, ...]]] = {
    ast.Add: ("+", ("-",)),
    ast.Sub: ("-", ("+",)),
    ast.Mult: ("*", ("/",)),
    ast.Div: ("/", ("*",)),
    ast.FloorDiv: ("//", ("/", "*")),
    ast.Mod: ("%", ("*",)),
    ast.Pow: ("**", ("*",)),
    ast.BitAnd: ("&", ("|",)),
    ast.BitOr: ("|", ("&",)),
}
_SUMS, _PRODUCTS = frozenset({"+", "-"}), frozenset({"*", "/", "//", "%", "@"})

_COMPARISONS: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">")),
    ast.LtE: ("<=", ("<", ">")),
    ast.Gt: (">", (">=", "<")),
    ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)),
    ast.NotEq: ("!=", ("==",)),
    ast.Is: ("is", ("is not",)),
    ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)),
    ast.NotIn: ("not in", ("in",)),
}

#: A name, of a function or a method, and those that are easily taken for it.
_TWINS = {
    "mean": ("sum",), "sum": ("mean",), "max": ("min",), "min": ("max",), "amax": ("amin",), "amin": ("amax",),
    "argmax": ("argmin",), "argmin": ("argmax",), "maximum": ("minimum",), "minimum": ("maximum",), "zeros": ("ones",),
    "ones": ("zeros",), "zeros_like": ("ones_like",), "ones_like": ("zeros_like",), "any": ("all",), "all": ("any",),
    "floor": ("ceil",), "ceil": ("floor",), "var": ("std",), "std": ("var",), "cumsum": ("cumprod",), "cos": ("sin",),
    "sin": ("cos",), "expm1": ("exp",), "log1p": ("log",), "eval": ("train",), "view": ("reshape",), "randn": ("rand",),
    "rand": ("randn",), "append": ("extend",), "hstack": ("vstack",), "matmul": ("mul",), "prod": ("sum",),
}  # fmt: skip

#: Methods without which an expression is still one.
_DROPPABLE = frozenset(
    {
        "clone", "detach", "copy", "contiguous", "t", "transpose", "permute", "double", "float", "long", "int", "to",
        "type", "astype", "squeeze", "unsqueeze", "flatten", "ravel", "abs", "item", "exp", "log", "sqrt", "square",
        "clamp", "clip", "requires_grad_", "numpy", "tolist", "cpu", "view", "reshape", "view_as", "expand", "relu",
        "tanh", "sum", "mean", "softmax", "log_softmax", "sort", "flip", "triu", "tril", "values", "bool", "type_as",
        "expand_as", "movedim", "swapaxes", "moveaxis",
    }
)  # fmt: skip
_REDUCTIONS = frozenset(
    {
        "sum", "mean", "max", "min", "amax", "amin", "argmax", "argmin", "var", "std", "prod", "any", "all", "softmax",
        "log_softmax", "cumsum",
    }
)  # fmt: skip
_BUILTINS = frozenset({"float", "int", "abs", "list", "tuple", "sorted", "reversed", "bool", "set", "dict"})
_MODULES = frozenset({"torch", "np", "numpy", "math", "F", "copy", "copylib"})
#: Functions of several arguments whose order is another question, or none.
_ORDERED = frozenset(
    {
        "isinstance", "range", "getattr", "hasattr", "setattr", "super", "issubclass", "zip", "print", "maximum",
        "minimum", "max", "min", "add", "mul", "multiply", "logaddexp",
    }
)  # fmt: skip
_AXES = frozenset({"dim", "axis", "dims"})
_KEPT_DECORATORS = frozenset({"property", "staticmethod", "classmethod", "dataclass", "overload"})


def changes_of(node: ast.AST, parent: ast.AST | None, source: Source) -> Changes:
    """Every change of this one node."""
    for kind, operator in _OPERATORS:
        if isinstance(node, kind):
            yield from operator(node, parent, source)


def _whole(operator: str, node: ast.AST, new: str, source: Source) -> Change:
    return Change(operator, source.start(node), source.end(node), new)


def _between(operator: str, left: int, right: int, old: str, new: str, source: Source) -> Change:
    """An operator's sign replaced, which stands somewhere between two positions among blanks and parentheses."""
    at = left + len(source.between(left, right).partition(old)[0].encode())
    return Change(operator, at, at + len(old.encode()), new)


def _binary(node: ast.BinOp, parent: ast.AST | None, source: Source) -> Changes:
    left, right = source.end(node.left), source.start(node.right)
    if isinstance(node.op, ast.MatMult):
        swapped = f"{source.atom(node.right)} @ {source.atom(node.left)}"
        yield _whole("operands swapped", node, swapped, source)
        return
    if type(node.op) not in _BINARY:
        return
    old, twins = _BINARY[type(node.op)]
    for new in twins:
        change = _between(f"{old} becomes {new}", left, right, old, new, source)
        if isinstance(parent, ast.BinOp) and not ({old, new} <= _SUMS or {old, new} <= _PRODUCTS):
            text = source.between(source.start(node), change.start) + new + source.between(change.end, source.end(node))
            change = _whole(change.operator, node, f"({text})", source)
        yield change
    if isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
        return  # a text's formatting
    yield _whole("the right operand dropped", node, source.atom(node.left), source)
    if not isinstance(node.op, ast.Pow):
        yield _whole("the left operand dropped", node, source.atom(node.right), source)
    if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.FloorDiv):
        swapped = f"({source.atom(node.right)} {old} {source.atom(node.left)})"
        yield _whole("operands swapped", node, swapped, source)


def _unary(node: ast.UnaryOp, parent: ast.AST | None, source: Source) -> Changes:
    sign = {ast.USub: "the minus sign", ast.Not: "not", ast.Invert: "~"}.get(type(node.op))
    if sign:
        yield _whole(f"{sign} dropped", node, source.atom(node.operand), source)


def _constant(node: ast.Constant, parent: ast.AST | None, source: Source) -> Changes:
    value = node.value
    keyword = parent.arg if isinstance(parent, ast.keyword) else None
    axis = keyword in _AXES
    if keyword in ("keepdim", "keepdims"):
        return  # the same as leaving it out
    if isinstance(value, bool):
        yield _whole("True and False", node, repr(not value), source)
    elif isinstance(value, int) and axis:
        yield _whole("another axis", node, "0" if value else "1", source)
    elif isinstance(value, int):
        yield _whole("a constant one larger", node, repr(value + 1), source)
        if value > 0:
            yield _whole("a constant one smaller", node, repr(value - 1), source)
    elif isinstance(value, float):
        yield _whole("another constant", node, repr(value * 2 or 1.0), source)


def _negative_axis(node: ast.keyword, parent: ast.AST | None, source: Source) -> Changes:
    if node.arg in _AXES and isinstance(node.value, ast.UnaryOp):
        yield _whole("another axis", node.value, "0", source)


def _compare(node: ast.Compare, parent: ast.AST | None, source: Source) -> Changes:
    operands = [node.left, *node.comparators]
    for i, operator in enumerate(node.ops):
        old, twins = _COMPARISONS[type(operator)]
        left, right = source.end(operands[i]), source.start(operands[i + 1])
        for new in twins:
            yield _between(f"{old} becomes {new}", left, right, old, new, source)


def _boolean(node: ast.BoolOp, parent: ast.AST | None, source: Source) -> Changes:
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    text = f" {new} ".join(source.atom(value) for value in node.values)
    yield _whole(f"{old} becomes {new}", node, f"({text})", source)
    for value in node.values:
        rest = f" {old} ".join(source.atom(other) for other in node.values if other is not value)
        yield _whole("a condition dropped", node, f"({rest})", source)


def _attribute(node: ast.Attribute, parent: ast.AST | None, source: Source) -> Changes:
    called = isinstance(parent, ast.Call) and parent.func is node
    if called:
        for twin in _TWINS.get(node.attr, ()):
            yield _whole(f"{twin} for {node.attr}", node, f"{source.of(node.value)}.{twin}", source)
    elif node.attr in ("T", "mT"):
        yield _whole("a transpose dropped", node, source.of(node.value), source)


def _name(node: ast.Name, parent: ast.AST | None, source: Source) -> Changes:
    if isinstance(parent, ast.Call) and parent.func is node and node.id in ("max", "min", "any", "all"):
        yield _whole(f"{_TWINS[node.id][0]} for {node.id}", node, _TWINS[node.id][0], source)


def _call(node: ast.Call, parent: ast.AST | None, source: Source) -> Changes:
    yield from _unwrapped(node, parent, source)
    yield from _other_arguments(node, source)
    if isinstance(node.func, ast.Name) and node.func.id == "range" and not isinstance(node.args[-1], ast.Constant):
        last = source.of(node.args[-1])
        yield _whole("a range one shorter", node.args[-1], f"{last} - 1", source)
        if len(node.args) == 1:
            yield _whole("a range from 1", node.args[-1], f"1, {last}", source)


def _unwrapped(node: ast.Call, parent: ast.AST | None, source: Source) -> Changes:
    """f(x) becomes x; x.f() becomes x."""
    function = node.func
    statement = isinstance(parent, ast.Expr)  # dropped as a whole, elsewhere
    of_module = (
        isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in _MODULES
    )
    if isinstance(function, ast.Attribute) and function.attr in _DROPPABLE and not (statement or of_module):
        yield _whole(f"{function.attr} dropped", node, source.atom(function.value), source)
    builtin = isinstance(function, ast.Name) and function.id in _BUILTINS
    if (of_module or builtin) and len(node.args) == 1 and not statement and not isinstance(node.args[0], ast.Starred):
        kept = node.args[0]
        if not isinstance(kept, ast.GeneratorExp):
            yield _whole(f"{source.of(function)} dropped", node, source.atom(kept), source)


def _other_arguments(node: ast.Call, source: Source) -> Changes:
    """An argument by keyword, or a reduction's axis, left out; two arguments swapped."""
    arguments = [source.of(argument) for argument in node.args]
    keywords = [source.of(keyword) for keyword in node.keywords]
    function = source.of(node.func)

    def call(parts: list[str]) -> str:
        return f"{function}({', '.join(parts)})"

    for i, keyword in enumerate(node.keywords):
        if keyword.arg:
            left = arguments + keywords[:i] + keywords[i + 1 :]
            yield _whole(f"{keyword.arg}= left out", node, call(left), source)
    if any(isinstance(argument, ast.Starred | ast.GeneratorExp) for argument in node.args):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in _REDUCTIONS and len(arguments) == 1 and isinstance(node.func, ast.Attribute):
        constant = isinstance(node.args[0], ast.Constant | ast.UnaryOp)
        if constant:
            yield _whole("the axis left out", node, call(keywords), source)
    if len(arguments) >= 2 and name not in _ORDERED:
        first = 1 if name == "where" and len(arguments) == 3 else 0
        swapped = [*arguments]
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        if swapped != arguments:
            yield _whole("arguments swapped", node, call(swapped + keywords), source)


def _conditional(node: ast.IfExp, parent: ast.AST | None, source: Source) -> Changes:
    yield _whole("always the first of two", node, source.atom(node.body), source)
    yield _whole("always the second of two", node, source.atom(node.orelse), source)


def _slice(node: ast.Slice, parent: ast.AST | None, source: Source) -> Changes:
    parts = [part if part is None else source.of(part) for part in (node.lower, node.upper, node.step)]
    for i, part in enumerate(parts):
        if part is not None:
            kept = [None if j == i else other for j, other in enumerate(parts)]
            text = f"{kept[0] or ''}:{kept[1] or ''}" + (f":{kept[2]}" if kept[2] else "")
            yield _whole("a slice's bound dropped", node, text, source)


def _comprehension(
    node: ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp, parent: ast.AST | None, source: Source
) -> Changes:
    for generator in node.generators:
        for condition in generator.ifs:
            yield _whole("a condition always true", condition, "True", source)


def _if(node: ast.If, parent: ast.AST | None, source: Source) -> Changes:
    yield _whole("the condition turned round", node.test, f"not ({source.of(node.test)})", source)
    yield _whole("a condition always true", node.test, "True", source)
    yield _whole("a condition always false", node.test, "False", source)


def _for(node: ast.For, parent: ast.AST | None, source: Source) -> Changes:
    if not (isinstance(node.iter, ast.Call) and source.of(node.iter.func) == "range"):
        yield _whole("the last round left out", node.iter, f"list({source.of(node.iter)})[:-1]", source)
        yield _whole("the first round left out", node.iter, f"list({source.of(node.iter)})[1:]", source)


def _with(node: ast.With, parent: ast.AST | None, source: Source) -> Changes:
    start, end = source.start(node), source.start(node.body[0])
    tail = source.between(start, end).rpartition(":")[2]
    yield Change("a with dropped", start, end, f"if True:{tail}")


def _statement(node: ast.stmt, parent: ast.AST | None, source: Source) -> Changes:
    """A statement dropped that does something beside naming a value."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Delete() | ast.Break() | ast.Continue():
            yield _whole("a statement dropped", node, "pass", source)
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield _whole("a statement dropped", node, "pass", source)


def _augmented(node: ast.AugAssign, parent: ast.AST | None, source: Source) -> Changes:
    left, right = source.end(node.target), source.start(node.value)
    old = source.between(left, right).strip().rstrip("(").strip()
    opposite = {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "@=": "*="}.get(old)
    yield _between(f"= for {old}", left, right, old, "=", source)
    if opposite:
        yield _between(f"{opposite} for {old}", left, right, old, opposite, source)


def _return(node: ast.Return, parent: ast.AST | None, source: Source) -> Changes:
    if isinstance(node.value, ast.Tuple) and len(node.value.elts) == 2:
        first, second = (source.of(item) for item in node.value.elts)
        yield _whole("a pair the other way round", node.value, f"{second}, {first}", source)


def _function(node: ast.FunctionDef | ast.ClassDef, parent: ast.AST | None, source: Source) -> Changes:
    for decorator in node.decorator_list:
        if source.of(decorator).partition("(")[0].rpartition(".")[2] not in _KEPT_DECORATORS:
            start = source.start(decorator) - 1  # the @ before it
            yield Change("a decorator dropped", start, source.end(decorator), "")


_OPERATORS: tuple[tuple[type | tuple[type, ...], Callable[..., Changes]], ...] = (
    (ast.BinOp, _binary),
    (ast.UnaryOp, _unary),
    (ast.Constant, _constant),
    (ast.keyword, _negative_axis),
    (ast.Compare, _compare),
    (ast.BoolOp, _boolean),
    (ast.Attribute, _attribute),
    (ast.Name, _name),
    (ast.Call, _call),
    (ast.IfExp, _conditional),
    (ast.Slice, _slice),
    (ast.If, _if),
    (ast.For, _for),
    (ast.With, _with),
    ((ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp), _comprehension),
    (ast.stmt, _statement),
    (ast.AugAssign, _augmented),
    (ast.Return, _return),
    ((ast.FunctionDef, ast.ClassDef), _function),
)
