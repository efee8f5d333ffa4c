"""The changes themselves: for each kind of syntax node, what could stand in its place."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import msgspec

from grader.course.source import Source


class Change(msgspec.Struct, frozen=True):
    """One stretch of the text, from `start` to `end`, replaced by `new`. operator: the kind of change, in words.

    helper: source that `new` takes, appended to the whole. control: what is appended in its place for a cruder change.
    """

    operator: str
    start: int
    end: int
    new: str
    helper: str = ""
    control: str = ""


#: The kind of change, in words; the node that is replaced, or where a stretch begins and ends; what stands there then.
Changes = Iterator[tuple[str, ast.AST | tuple[int, int], str]]

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

_ALIKE = (
    "mean sum, max min, amax amin, argmax argmin, maximum minimum, zeros ones, zeros_like ones_like, any all, "
    "floor ceil, var std, cos sin, randn rand"
)
_TAKEN_FOR = (
    "cumsum cumprod, expm1 exp, log1p log, eval train, view reshape, append extend, hstack vstack, matmul mul, prod sum"
)
#: A name, of a function or a method, and the one that is easily taken for it.
_TWINS = dict(pair.split() for pair in f"{_ALIKE}, {_TAKEN_FOR}".split(", "))
_TWINS |= {twin: name for name, twin in (pair.split() for pair in _ALIKE.split(", "))}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Methods without which an expression is still one.
_DROPPABLE = _words(
    "clone detach copy contiguous t transpose permute double float long int to type astype squeeze unsqueeze flatten "
    "ravel abs item exp log sqrt square clamp clip requires_grad_ numpy tolist cpu view reshape view_as expand relu "
    "tanh sum mean softmax log_softmax sort flip triu tril values bool type_as expand_as movedim swapaxes moveaxis"
)
_REDUCTIONS = _words("sum mean max min amax amin argmax argmin var std prod any all softmax log_softmax cumsum")
_BUILTINS = _words("float int abs list tuple sorted reversed bool set dict")
_MODULES = _words("torch np numpy math F copy copylib")
#: Functions of several arguments whose order is another question, or none.
_ORDERED = _words(
    "isinstance range getattr hasattr setattr super issubclass zip print maximum minimum max min add mul multiply "
    "logaddexp"
)
_AXES = _words("dim axis dims")
_KEPT_DECORATORS = _words("property staticmethod classmethod dataclass overload")


def changes_of(node: ast.AST, parent: ast.AST | None, source: Source) -> Iterator[Change]:
    """Every change of this one node."""
    for kind, operator in _OPERATORS:
        for words, place, new in operator(node, parent, source) if isinstance(node, kind) else ():
            start, end = place if isinstance(place, tuple) else (source.start(place), source.end(place))
            yield Change(words, start, end, new)


def _sign(left: ast.AST, right: ast.AST, sign: str, source: Source) -> tuple[int, int]:
    """Where an operator's sign stands, between two operands among blanks and parentheses."""
    after = source.end(left)
    at = after + len(source.between(after, source.start(right)).partition(sign)[0].encode())
    return at, at + len(sign.encode())


def _binary(node: ast.BinOp, parent: ast.AST | None, source: Source) -> Changes:
    left, right = source.atom(node.left), source.atom(node.right)
    if isinstance(node.op, ast.MatMult):
        yield "operands swapped", node, f"{right} @ {left}"
    if type(node.op) not in _BINARY:
        return
    old, twins = _BINARY[type(node.op)]
    start, end = _sign(node.left, node.right, old, source)
    for new in twins:
        place: ast.AST | tuple[int, int] = (start, end)
        text = new
        if isinstance(parent, ast.BinOp) and not ({old, new} <= _SUMS or {old, new} <= _PRODUCTS):
            whole = source.between(source.start(node), start) + new + source.between(end, source.end(node))
            place, text = node, f"({whole})"
        yield f"{old} becomes {new}", place, text
    if isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Constant):
        return  # a text's formatting
    yield "the right operand dropped", node, left
    if not isinstance(node.op, ast.Pow):
        yield "the left operand dropped", node, right
    if isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.FloorDiv):
        yield "operands swapped", node, f"({right} {old} {left})"


def _unary(node: ast.UnaryOp, parent: ast.AST | None, source: Source) -> Changes:
    if isinstance(parent, ast.keyword) and parent.arg in _AXES:
        yield "another axis", node, "0"
    sign = {ast.USub: "the minus sign", ast.Not: "not", ast.Invert: "~"}.get(type(node.op))
    if sign:
        yield f"{sign} dropped", node, source.atom(node.operand)


def _constant(node: ast.Constant, parent: ast.AST | None, source: Source) -> Changes:
    value = node.value
    keyword = parent.arg if isinstance(parent, ast.keyword) else None
    if keyword in ("keepdim", "keepdims"):
        return  # the same as leaving it out
    if isinstance(value, bool):
        yield "True and False", node, repr(not value)
    elif isinstance(value, int) and keyword in _AXES:
        yield "another axis", node, "0" if value else "1"
    elif isinstance(value, int):
        yield "a constant one larger", node, repr(value + 1)
        if value > 0:
            yield "a constant one smaller", node, repr(value - 1)
    elif isinstance(value, float):
        yield "another constant", node, repr(value * 2 or 1.0)


def _compare(node: ast.Compare, parent: ast.AST | None, source: Source) -> Changes:
    operands = [node.left, *node.comparators]
    for i, operator in enumerate(node.ops):
        old, twins = _COMPARISONS[type(operator)]
        for new in twins:
            yield f"{old} becomes {new}", _sign(operands[i], operands[i + 1], old, source), new


def _boolean(node: ast.BoolOp, parent: ast.AST | None, source: Source) -> Changes:
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    text = f" {new} ".join(source.atom(value) for value in node.values)
    yield f"{old} becomes {new}", node, f"({text})"
    for value in node.values:
        rest = f" {old} ".join(source.atom(other) for other in node.values if other is not value)
        yield "a condition dropped", node, f"({rest})"


def _name(node: ast.Attribute | ast.Name, parent: ast.AST | None, source: Source) -> Changes:
    called = isinstance(parent, ast.Call) and parent.func is node
    match node:
        case ast.Attribute(attr=name) if called and name in _TWINS:
            yield f"{_TWINS[name]} for {name}", node, f"{source.of(node.value)}.{_TWINS[name]}"
        case ast.Attribute(attr="T" | "mT") if not called:
            yield "a transpose dropped", node, source.of(node.value)
        case ast.Name(id="max" | "min" | "any" | "all" as name) if called:
            yield f"{_TWINS[name]} for {name}", node, _TWINS[name]


def _call(node: ast.Call, parent: ast.AST | None, source: Source) -> Changes:
    yield from _unwrapped(node, parent, source)
    yield from _other_arguments(node, source)
    if isinstance(node.func, ast.Name) and node.func.id == "range" and not isinstance(node.args[-1], ast.Constant):
        last = source.of(node.args[-1])
        yield "a range one shorter", node.args[-1], f"{last} - 1"
        if len(node.args) == 1:
            yield "a range from 1", node.args[-1], f"1, {last}"


def _unwrapped(node: ast.Call, parent: ast.AST | None, source: Source) -> Changes:
    """f(x) becomes x; x.f() becomes x."""
    function = node.func
    if isinstance(parent, ast.Expr):
        return  # dropped as a whole, elsewhere
    owner = function.value if isinstance(function, ast.Attribute) else None
    of_module = isinstance(owner, ast.Name) and owner.id in _MODULES
    if isinstance(function, ast.Attribute) and function.attr in _DROPPABLE and not of_module:
        yield f"{function.attr} dropped", node, source.atom(function.value)
    builtin = isinstance(function, ast.Name) and function.id in _BUILTINS
    single = len(node.args) == 1 and not isinstance(node.args[0], ast.Starred | ast.GeneratorExp)
    if single and (of_module or builtin):
        yield f"{source.of(function)} dropped", node, source.atom(node.args[0])


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
            yield f"{keyword.arg}= left out", node, call(left)
    if any(isinstance(argument, ast.Starred | ast.GeneratorExp) for argument in node.args):
        return
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    is_axis = len(arguments) == 1 and isinstance(node.args[0], ast.Constant | ast.UnaryOp)
    if is_axis and name in _REDUCTIONS and isinstance(node.func, ast.Attribute):
        yield "the axis left out", node, call(keywords)
    if len(arguments) >= 2 and name not in _ORDERED:
        first = 1 if name == "where" and len(arguments) == 3 else 0
        swapped = [*arguments]
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        if swapped != arguments:
            yield "arguments swapped", node, call(swapped + keywords)


def _slice(node: ast.Slice, parent: ast.AST | None, source: Source) -> Changes:
    parts = [part and source.of(part) for part in (node.lower, node.upper, node.step)]
    for i, part in enumerate(parts):
        if part is not None:
            lower, upper, step = ("" if j == i else other or "" for j, other in enumerate(parts))
            yield "a slice's bound dropped", node, f"{lower}:{upper}" + (f":{step}" if step else "")


def _flow(node: ast.AST, parent: ast.AST | None, source: Source) -> Changes:
    """What is run, how often, and what is given back."""
    match node:
        case ast.IfExp(body=first, orelse=second):
            yield "always the first of two", node, source.atom(first)
            yield "always the second of two", node, source.atom(second)
        case ast.If(test=test):
            yield "the condition turned round", test, f"not ({source.of(test)})"
            yield "a condition always true", test, "True"
            yield "a condition always false", test, "False"
        case ast.For(iter=ast.Call(func=ast.Name("range"))):
            return
        case ast.For(iter=items):
            yield "the last round left out", items, f"list({source.of(items)})[:-1]"
            yield "the first round left out", items, f"list({source.of(items)})[1:]"
        case ast.ListComp() | ast.GeneratorExp() | ast.SetComp() | ast.DictComp():
            for condition in (condition for generator in node.generators for condition in generator.ifs):
                yield "a condition always true", condition, "True"
        case ast.Return(value=ast.Tuple(elts=[first, second]) as pair):
            yield "a pair the other way round", pair, f"{source.of(second)}, {source.of(first)}"


def _with(node: ast.With, parent: ast.AST | None, source: Source) -> Changes:
    start, end = source.start(node), source.start(node.body[0])
    tail = source.between(start, end).rpartition(":")[2]
    yield "a with dropped", (start, end), f"if True:{tail}"


def _statement(node: ast.stmt, parent: ast.AST | None, source: Source) -> Changes:
    """A statement dropped that does something beside naming a value."""
    match node:
        case ast.Expr(value=ast.Constant()):
            return
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Delete() | ast.Break() | ast.Continue():
            yield "a statement dropped", node, "pass"
        case ast.Assign(targets=[ast.Subscript() | ast.Attribute()]):
            yield "a statement dropped", node, "pass"


def _augmented(node: ast.AugAssign, parent: ast.AST | None, source: Source) -> Changes:
    old = source.between(source.end(node.target), source.start(node.value)).strip().rstrip("(").strip()
    place = _sign(node.target, node.value, old, source)
    opposite = {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=", "@=": "*="}.get(old)
    yield f"= for {old}", place, "="
    if opposite:
        yield f"{opposite} for {old}", place, opposite


def _function(node: ast.FunctionDef | ast.ClassDef, parent: ast.AST | None, source: Source) -> Changes:
    for decorator in node.decorator_list:
        if source.of(decorator).partition("(")[0].rpartition(".")[2] not in _KEPT_DECORATORS:
            yield "a decorator dropped", (source.start(decorator) - 1, source.end(decorator)), ""  # with its @


_OPERATORS: tuple[tuple[type | tuple[type, ...], Callable[..., Changes]], ...] = (
    (ast.BinOp, _binary),
    (ast.UnaryOp, _unary),
    (ast.Constant, _constant),
    (ast.Compare, _compare),
    (ast.BoolOp, _boolean),
    ((ast.Attribute, ast.Name), _name),
    (ast.Call, _call),
    (ast.Slice, _slice),
    (ast.AST, _flow),
    (ast.With, _with),
    (ast.stmt, _statement),
    (ast.AugAssign, _augmented),
    ((ast.FunctionDef, ast.ClassDef), _function),
)
