"""Makes sources of every shape, in any size: what a file repeats, chains and nests, by a seed.

A shape is a row of sections, each a piece of code that is repeated until its share of the size is reached. In a piece
`$i` is the number of the repetition, `$p` and `$q` those before it, `$s` the next one and `$r` some earlier one. What
is made need not be valid: what is no Python must cost little as well.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from typing import NamedTuple

HEAD = "import torch, sys, operator\nfrom torch import nn\na0 = b = torch\n"


class Files(NamedTuple):
    """A submission's bytes: a .py or an .ipynb, and what lies beside it."""

    name: str
    content: bytes
    companions: dict[str, bytes] = {}


class Section(NamedTuple):
    """`before`, then the piece again and again with `between`, then `after`. most: so many pieces at most."""

    piece: str
    between: str = "\n"
    before: str = ""
    after: str = "\n"
    most: int | None = None

    def render(self, size: int) -> str:
        """The section with about so many characters."""
        pieces: list[str] = []
        length, number = len(self.before) + len(self.after), 0
        while length < size and (self.most is None or number < self.most):
            pieces.append(_numbered(self.piece, number))
            length += len(pieces[-1]) + len(self.between)
            number += 1
        return self.before + self.between.join(pieces) + self.after


def _numbered(piece: str, number: int) -> str:
    values = {"i": number, "p": max(number - 1, 0), "q": max(number - 2, 0), "s": number + 1,
              "r": number * 7919 % (number + 1) // 2}
    return re.sub(r"\$([ipqsr])", lambda found: str(values[found[1]]), piece)


class Shape(NamedTuple):
    """What `render` makes of a size in bytes grows in one way only: more repetitions."""

    name: str
    render: Callable[[int], Files]


def in_a_file(name: str, *sections: Section, head: str = HEAD) -> Shape:
    """A .py file of these sections."""
    def render(size: int) -> Files:
        share = max((size - len(head)) // len(sections), 1)
        return Files("a.py", (head + "".join(section.render(share) for section in sections)).encode())

    return Shape(name, render)


# -- pieces ------------------------------------------------------------------------------------------------------------

_NAMES = (
    "a$i", "a$p", "a$q", "a$s", "a$r", "a0", "b", "b$i", "f$p", "f$s", "C$p", "torch", "torch.nn", "nn", "x", "self", "getattr",
    "globals", "sigmoid", "sys.modules", "len", "__builtins__", "unknown$i", "torch.nn.functional", "operator",
)  # fmt: skip
_ATTRIBUTES = ("x", "x$i", "x$p", "sigmoid", "backward", "nn", "functional", "torch", "__dict__", "get", "_C", "Tensor")
_TEXTS = ("'s'", "'sigmoid'", "'sig' + 'moid'", "'x$i'", "b'x'", "f'{x}s'", "f'{a$p}{a$p}'", "''.join([a$p, a$p])", "'%s' % a$p",
          "'{}{}'.format(a$p, a$p)", "a$p + a$p", "a$p * 9", "'a' 'b'", "'sigmoid'[::-1]", "chr(100)", "a$p.lower()",
          "[a$p, a$p]", "'x.y.z'", "str(a$p)")  # fmt: skip
_OPERATORS = ("+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "|", "&", "^")


class _Writer:
    """Writes pieces by chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def name(self) -> str:
        return self._chance.choice(_NAMES)

    def target(self) -> str:
        return self._chance.choice(("a$i", "a$i", "a$s", "a$p", "a", "b", "a$i.x", "a$p.x$i", "a$p[0]", "a$i, b$i", "[a$i, *b]"))

    def expression(self, depth: int = 2) -> str:
        if depth == 0:
            return self.name() if self._chance.random() < 0.7 else self._chance.choice(("1", "2.5", *_TEXTS))
        a, b, c = (self.expression(depth - 1) for _ in range(3))
        attribute, text, name = self._chance.choice(_ATTRIBUTES), self._chance.choice(_TEXTS), self.name()
        operator = self._chance.choice(_OPERATORS)
        return self._chance.choice((
            name, f"({a}).{attribute}", f"{name}.{attribute}", f"{name}.{attribute}.{attribute}", f"({a})({b})", f"{name}({a})", f"({a})[{b}]",
            f"{name}[{text}]", f"{name}[{a}:{b}]", f"({a} {operator} {b})", f"(-{a})", f"(not {a})", f"({a} if {b} else {c})",
            f"({name}.x if c else {name}.y)", f"({a} or {b})", f"({a} and {b} and {c})", f"({a} < {b} < {c})", f"({a}, {b})", f"[{a}, *{b}]",
            f"{{{a}: {b}}}", f"{{{a}, {b}}}", f"{{**{a}}}", f"(lambda v: {a})", f"(lambda v={a}, *w: {b})", f"[{a} for v in {b}]",
            f"{{v for v in {a} if {b}}}", f"{{v: {a} for v in b for w in v}}", f"list({a} for v in {b})", f"(w := {a})", f"(a$i := {a})",
            f"getattr({a}, {text})", f"getattr({name}, {text})({b})", f"vars({name})[{text}]", f"{name}.__dict__[{text}]",
            f"sys.modules[{text}].{attribute}", f"__import__({text})", f"operator.attrgetter({text})({a})", f"vars({name}).get({text})",
            f"{name}.__getattribute__({text})", f"f'{{{name}}}{{{name}!r:>9}}'", text, f"{name}(*{a}, k={b}, **{c})",
        ))  # fmt: skip

    def statement(self) -> str:
        a, b = self.expression(), self.expression(1)
        name, target = self.name(), self.target()
        inner = self._simple()
        return self._chance.choice((
            f"{target} = {a}", f"{target} = {a}", f"a$s = {name}.x if b else {name}.y", f"a$s = a$i", f"a$i = a$s", f"a$i = b$i = a = {a}",
            f"a$i, b$i = {a}, {b}", f"a$i += {a}", f"a$i: {b} = {a}", f"a$i: int", a, f"{a}; {b}", f"del a$i", f"import {name}$i",
            f"import a.b.c$i as a$i", f"import torch.x$i.y as a$s", f"from torch import x$i", f"from torch.nn import x$i as a$i, y$i",
            f"from m$i import *", f"from .m import x$i", f"def f$i(x=a$p): return f$p(a$i)", f"def f$i(): {inner}", f"def f$i(): globals()",
            f"def f$i():\n    global a$i\n    a$i = {a}", f"def f$i():\n    v = {a}\n    def g():\n        nonlocal v\n        v = {b}\n    return g",
            f"async def f$i():\n    async with {a} as v: await {b}\n    async for w in v: yield w", f"def f$i(self, a: {b}, *c: {a}) -> {b}: return a.x$i",
            f"class C$i(C$p):\n    x = {a}\n    def m$i(self): self.x$i = self.x$p", f"class C$i({name}): {inner}", f"class C$i(metaclass={a}): pass",
            f"@{name}\ndef f$i(): {inner}", f"@torch.x(f$p)\nclass C$i: pass", f"if {a}: {inner}", f"if {a}:\n    {inner}\nelif {b}:\n    {inner}\nelse: {inner}",
            f"for {target} in {a}: {inner}", f"for v in {a}:\n    {inner}\n    if v: break\nelse: {inner}", f"while {b}: {inner}", f"with {a} as a$i, {b}: {inner}",
            f"try: {inner}\nexcept {name} as e$i: {inner}\nelse: {inner}\nfinally: {inner}", f"try: {inner}\nexcept* {name}: {inner}",
            f"match {a}:\n    case {{'k': v, **w}}: {inner}\n    case [x$i, *y] | x$i, y: pass", f"match {name}:\n    case torch.Tensor(sigmoid=v, x=w) if {b}: {inner}",
            f"match {a}:\n    case a$i: {inner}", f"assert {a}, {b}", f"raise {a} from {b}", f"if __name__ == '__main__':\n    {inner}",
            f"f$i = lambda: {a}", f"a$i = a$p if b else a$q", f"a = a.x$i if b else a.y$i", f"a$i = [a$p, a$p.x][0]", f"a = {a}", f"getattr(torch, a$i)",
            "torch.sigmoid(x)", "a$r.sigmoid", "x.sigmoid()", f"def f$i(): return a$r.{self._chance.choice(_ATTRIBUTES)}", f"a$i = {self._chance.choice(_TEXTS)}",
        ))  # fmt: skip

    def _simple(self) -> str:
        a = self.expression(1)
        return self._chance.choice((f"a$i = {a}", a, "pass", f"b.x$i = {a}", f"import m$i", "from torch import y$i", f"a = {a}"))

    def blank(self) -> str:
        return self._chance.choice(("", "#", "# comment $i", "    ", "\\", "\f", "''", "'''x\ny'''", "pass", "...", "x=1;"))

    def chain(self) -> str:
        """One expression, deep: by what is put around it again and again."""
        links = (("", ".x"), ("", ".x.sigmoid"), ("", "()"), ("", "[0]"), ("", "(a)"), ("", ".get('x')"), ("", ".__dict__['x']"), ("not ", ""), ("-", ""),
                 ("", " + 'x'"), ("", " + a$p"), ("a ** ", ""), ("1 if a else ", ""), ("", " if a else 1"), ("lambda: ", ""), ("lambda v: ", ""),
                 ("lambda v=a: ", ""), ("", ".x if c else torch"), ("a or not ", ""), ("", " < a"))  # fmt: skip
        pairs = (("(", ")"), ("[", "]"), ("{", ": 1}"), ("f(", ")"), ("a[", "]"), ("getattr(", ", 'x')"), ("[", " for v in b]"), ("(w := ", ")"), ("(", ",)"),
                 ("{1: ", "}"), ("(lambda: ", ")()"), ("torch.sigmoid(", ")"), ("[v for v in ", "]"), ("vars(", ")"), ("(a or ", ")"), ("('x' + ", ")"),
                 ("''.join(['x', ", "])"), ("(a if b else ", ")"), ("{*", "}"), ("(yield ", ")"), ("(*", ", 1)"))  # fmt: skip
        if self._chance.random() < 0.5:
            (left, right), depth = self._chance.choice(links), self._chance.choice((5, 30, 70, 190, 600, 980))
        else:
            (left, right), depth = self._chance.choice(pairs), self._chance.choice((5, 30, 70, 90, 180))
        return f"{self._chance.choice(('a$i = ', '', 'a = '))}{left * depth}{self.name()}{right * depth}"

    def block(self) -> str:
        """Statements within statements."""
        headers = ("if a$p:", "def f$i():", "class C$i(torch.nn.Module):", "for a$i in b:", "while b:", "with a$p as b:", "try:", "async def f():", "match a:\n case b:")
        depth = self._chance.choice((3, 10, 18, 60, 95))
        picked = [self._chance.choice(headers)] * depth if self._chance.random() < 0.5 else self._chance.choices(headers, k=depth)
        lines: list[str] = []
        indents: list[int] = []
        for header in picked:
            indents.append(len(lines))
            at = " " * len(indents)
            if header.startswith("match"):
                header = "if b:"
            lines.append(f"{at[1:]}{header}")
        lines.append(" " * depth + self._simple())
        for level in range(depth - 1, -1, -1):
            if picked[level] == "try:":
                lines.append(" " * level + "finally: pass")
        return "\n".join(lines)


#: One statement, wide: what comes before, between and after, and the piece if it is no expression.
_WIDE = (
    ("x = (", ", ", ",)", None), ("x = [", ", ", "]", None), ("x = {", ", ", "}", None), ("x = {", ", ", "}", "a$i: a$p"), ("x = ", " or ", "", None),
    ("x = ", " and ", "", None), ("x = ", " < ", "", None), ("f(", ", ", ")", None), ("f(", ", ", ")", "k$i=a$p"), ("x = f'", "", "'", "{a$i}"),
    ("x = ", " ", "", "'x$i'"), ("getattr(torch, ''.join([", ", ", "]))", "'x$i'"), ("", " = ", " = b", "a$i"), ("", " = ", " = (b, b, b, b, a1, a2, a3)", "a$i"),
    ("", ", ", " = b", "a$i"), ("", ", ", ", = a$i, a$i", "a$i"), ("import ", ", ", "", "m$i"), ("import ", ".", "", "a"), ("import ", ".", " as b\nb.sigmoid", "torch"),
    ("from torch import ", ", ", "", "x$i"), ("from torch import ", ", ", "", "sigmoid"), ("from ", ".", " import a, b, c", "a"), ("del ", ", ", "", "a$i"),
    ("with ", ", ", ": pass", "a as b$i"), ("", "\n", "\ndef f(): pass", "@a$i"), ("class A(", ", ", "): pass", "a$i"), ("class A:\n", "\n", "\nA.a0.a1", " a$i = a$p"),
    ("f = lambda ", ", ", ": 0", "a$i"), ("f = lambda ", ", ", ": 0", "a$i=torch"), ("def f(", ", ", "): pass", "a$i=torch"), ("def f(", ", ", "): pass", "a$i: torch"),
    ("match a:\n", "\n", "", " case {'a': $i}: pass"), ("match a:\n case ", " | ", ": pass", "$i"), ("match a:\n case [", ", ", "]: pass", "a$i"),
    ("match a:\n case C(", ", ", "): pass", "k$i=a$i"), ("try: a\n", "\n", "", "except a$i as e: pass"), ("x = [v for v in b ", " ", "]", "if a$i"),
    ("def f():\n global ", ", ", "\n a0 = 1", "a$i"), ("def f():\n", "\n", "", " global a$i"), ("x = '", "", "'", "x"), ("x = ", "", "", "9"), ("x = 0x", "", "", "f"),
    ("'''", "\n", "'''", "word$i and more"), ("", ";", "", "a$i"), ("", "; ", "", "a$i = a$p.x"), ("def f(): ", "; ", "", "a$i = a$p"), ("x = b", "", "", "y"),
    ("x = a[", ", ", "]", "a$i:b"), ("print(", ", ", ")", "torch.sigmoid"), ("x = (", "\n", ")", "# comment"), ("if a: ", "; ", "", "b = b.x"), ("def f():\n return [", ", ", "]", "a$i.sigmoid"),
    ("def f():\n", "\n", "\n def g():\n  nonlocal a0", " a$i = 1"), ("x = \"", "", "\"", "\\n"), ("x = (", "", ")", "'a'\n"), ("assert ", ", ", "", "a"), ("x: ", " | ", " = 1", "a$i"),
)  # fmt: skip


def _wide(writer: _Writer, chance: random.Random) -> Section:
    before, between, after, piece = chance.choice(_WIDE)
    return Section(piece or writer.expression(chance.choice((0, 1))), between, before, f"{after}\n")


def _indented(piece: str) -> str:
    return " " + piece.replace("\n", "\n ")


def _section(writer: _Writer, chance: random.Random) -> Section:
    kind = chance.random()
    if kind < 0.3:
        return _wide(writer, chance)
    if kind < 0.4:
        return Section(writer.chain())
    if kind < 0.47:
        return Section(writer.block())
    if kind < 0.5:
        return Section(writer.blank())
    piece = "\n".join(writer.statement() for _ in range(chance.choice((1, 1, 1, 2, 3))))
    container = chance.choice(("", "", "", "def f():\n", "class A:\n", "def f():\n for v in x:\n", "if b:\n", "async def f(x=torch):\n"))
    indent = container.count("\n")
    for _ in range(indent):
        piece = _indented(piece)
    return Section(piece, before=container)


# -- notebooks and companions ------------------------------------------------------------------------------------------

_MAGICS = ("%matplotlib inline", "!ls", "%%bash\nls", "%%time\na$i = 1", "x?", "files = !ls", "%cd \\\nx", "  !ls", "%grade 3", "a = (1,\n%a\n)", "%%" + "m" * 50, "'''\n%a\n'''", "def (")


def _notebook(sections: list[Section], kinds: list[str], as_list: bool) -> Callable[[int], Files]:
    """Each piece is a cell."""
    def render(size: int) -> Files:
        cells = [{"cell_type": "code", "source": HEAD, "metadata": {}, "outputs": []}]
        for section, kind in zip(sections, kinds, strict=True):
            length, number = 0, 0
            while length < size // len(sections):
                source = _numbered(section.before + section.piece + section.after, number)
                cells.append({"cell_type": kind, "source": source.splitlines(keepends=True) if as_list else source})  # type: ignore[dict-item]
                length += len(source) + 10
                number += 1
        document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
        return Files("a.ipynb", json.dumps(document).encode())

    return render


_BETWEEN_FILES = (
    "from other import a$i\nb$i = a$i", "import other\nb$i = other.b$p", "from other import *\nc$i = b$p", "a$i = b$i", "def f$i(): return other.f$p", "import other as o\na$s = o.a$i.x",
    "from helper import b$i as a$i", "import helper\na$s = helper.b$i", "a$i = helper.a$s", "a0 = torch.sigmoid", "class C$i: x = other.a$i",
)  # fmt: skip


def _with_companions(writer: _Writer, chance: random.Random) -> Callable[[int], Files]:
    head = "import torch, helper, other\na0 = torch.sigmoid\n"
    sections = [Section(chance.choice((*_BETWEEN_FILES, *_BETWEEN_FILES, writer.statement()))) for _ in range(3)]

    def render(size: int) -> Files:
        own, helper, other = ((head + section.render(size // 3)).encode() for section in sections)
        return Files("a.py", own, {"helper.py": helper, "other.py": other})

    return render


def shape(seed: int) -> Shape:
    """The shape of this seed."""
    chance = random.Random(seed)
    writer = _Writer(chance)
    kind = chance.random()
    if kind < 0.06:
        return Shape(f"companions {seed}", _with_companions(writer, chance))
    sections = [_section(writer, chance) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    if kind < 0.16:
        sections = [Section(chance.choice(_MAGICS)) if chance.random() < 0.5 else section for section in sections]
        kinds = [chance.choice(("code", "code", "code", "markdown", "raw", "")) for _ in sections]
        return Shape(f"notebook {seed}", _notebook(sections, kinds, chance.random() < 0.5))
    if kind < 0.2:
        sections.append(Section(chance.choice(("(", "def (:", "'", "\t x", "x = 1 1", "return", "，", "\x00", "a.b = = 1")), most=1))
    return in_a_file(f"file {seed}", *sections)
