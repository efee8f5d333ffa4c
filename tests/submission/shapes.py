"""Makes sources of every shape, in any size: what a file repeats, chains and nests, by a seed.

Sections and shapes are those of the self-test's sources, which once took long.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable

from grader.selftest.sources import HEAD, Files, Section, Shape, in_a_file, numbered
from tests.submission.pieces import Writer

#: One statement, wide: what comes before, between and after, and the piece if it is no expression.
_WIDE = (
    ("x = (", ", ", ",)", None),
    ("x = [", ", ", "]", None),
    ("x = {", ", ", "}", None),
    ("x = {", ", ", "}", "a$i: a$p"),
    ("x = ", " or ", "", None),
    ("x = ", " and ", "", None),
    ("x = ", " < ", "", None),
    ("f(", ", ", ")", None),
    ("f(", ", ", ")", "k$i=a$p"),
    ("x = f'", "", "'", "{a$i}"),
    ("x = ", " ", "", "'x$i'"),
    ("getattr(torch, ''.join([", ", ", "]))", "'x$i'"),
    ("", " = ", " = b", "a$i"),
    ("", " = ", " = (b, b, b, b, a1, a2, a3)", "a$i"),
    ("", ", ", " = b", "a$i"),
    ("", ", ", ", = a$i, a$i", "a$i"),
    ("import ", ", ", "", "m$i"),
    ("import ", ".", "", "a"),
    ("import ", ".", " as b\nb.sigmoid", "torch"),
    ("from torch import ", ", ", "", "x$i"),
    ("from torch import ", ", ", "", "sigmoid"),
    ("from ", ".", " import a, b, c", "a"),
    ("del ", ", ", "", "a$i"),
    ("with ", ", ", ": pass", "a as b$i"),
    ("", "\n", "\ndef f(): pass", "@a$i"),
    ("class A(", ", ", "): pass", "a$i"),
    ("class A:\n", "\n", "\nA.a0.a1", " a$i = a$p"),
    ("f = lambda ", ", ", ": 0", "a$i"),
    ("f = lambda ", ", ", ": 0", "a$i=torch"),
    ("def f(", ", ", "): pass", "a$i=torch"),
    ("def f(", ", ", "): pass", "a$i: torch"),
    ("match a:\n", "\n", "", " case {'a': $i}: pass"),
    ("match a:\n case ", " | ", ": pass", "$i"),
    ("match a:\n case [", ", ", "]: pass", "a$i"),
    ("match a:\n case C(", ", ", "): pass", "k$i=a$i"),
    ("try: a\n", "\n", "", "except a$i as e: pass"),
    ("x = [v for v in b ", " ", "]", "if a$i"),
    ("def f():\n global ", ", ", "\n a0 = 1", "a$i"),
    ("def f():\n", "\n", "", " global a$i"),
    ("x = '", "", "'", "x"),
    ("x = ", "", "", "9"),
    ("x = 0x", "", "", "f"),
    ("'''", "\n", "'''", "word$i and more"),
    ("", ";", "", "a$i"),
    ("", "; ", "", "a$i = a$p.x"),
    ("def f(): ", "; ", "", "a$i = a$p"),
    ("x = b", "", "", "y"),
    ("x = a[", ", ", "]", "a$i:b"),
    ("print(", ", ", ")", "torch.sigmoid"),
    ("x = (", "\n", ")", "# comment"),
    ("if a: ", "; ", "", "b = b.x"),
    ("def f():\n return [", ", ", "]", "a$i.sigmoid"),
    ("def f():\n", "\n", "\n def g():\n  nonlocal a0", " a$i = 1"),
    ('x = "', "", '"', "\\n"),
    ("x = (", "", ")", "'a'\n"),
    ("assert ", ", ", "", "a"),
    ("x: ", " | ", " = 1", "a$i"),
)


def _wide(writer: Writer, chance: random.Random) -> Section:
    before, between, after, piece = chance.choice(_WIDE)
    return Section(piece or writer.expression(chance.choice((0, 1))), between, before, f"{after}\n")


def _indented(piece: str) -> str:
    return " " + piece.replace("\n", "\n ")


def _section(writer: Writer, chance: random.Random) -> Section:
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
    container = chance.choice(
        ("", "", "", "def f():\n", "class A:\n", "def f():\n for v in x:\n", "if b:\n", "async def f(x=torch):\n")
    )
    indent = container.count("\n")
    for _ in range(indent):
        piece = _indented(piece)
    return Section(piece, before=container)


# -- notebooks and companions ------------------------------------------------------------------------------------------

_MAGICS = (
    "%matplotlib inline",
    "!ls",
    "%%bash\nls",
    "%%time\na$i = 1",
    "x?",
    "files = !ls",
    "%cd \\\nx",
    "  !ls",
    "%grade 3",
    "a = (1,\n%a\n)",
    "%%" + "m" * 50,
    "'''\n%a\n'''",
    "def (",
)


def _notebook(sections: list[Section], kinds: list[str], as_list: bool) -> Callable[[int], Files]:
    """Each piece is a cell."""

    def render(size: int) -> Files:
        cells = [{"cell_type": "code", "source": HEAD, "metadata": {}, "outputs": []}]
        for section, kind in zip(sections, kinds, strict=True):
            length, number = 0, 0
            while length < size // len(sections):
                source = numbered(section.before + section.piece + section.after, number)
                cells.append({"cell_type": kind, "source": source.splitlines(keepends=True) if as_list else source})  # type: ignore[dict-item]
                length += len(source) + 10
                number += 1
        document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
        return Files("a.ipynb", json.dumps(document).encode())

    return render


_BETWEEN_FILES = (
    "from other import a$i\nb$i = a$i",
    "import other\nb$i = other.b$p",
    "from other import *\nc$i = b$p",
    "a$i = b$i",
    "def f$i(): return other.f$p",
    "import other as o\na$s = o.a$i.x",
    "from helper import b$i as a$i",
    "import helper\na$s = helper.b$i",
    "a$i = helper.a$s",
    "a0 = torch.sigmoid",
    "class C$i: x = other.a$i",
)


def _with_companions(writer: Writer, chance: random.Random) -> Callable[[int], Files]:
    head = "import torch, helper, other\na0 = torch.sigmoid\n"
    sections = [Section(chance.choice((*_BETWEEN_FILES, *_BETWEEN_FILES, writer.statement()))) for _ in range(3)]

    def render(size: int) -> Files:
        own, helper, other = ((head + section.render(size // 3)).encode() for section in sections)
        return Files("a.py", own, {"helper.py": helper, "other.py": other})

    return render


def shape(seed: int) -> Shape:
    """The shape of this seed."""
    chance = random.Random(seed)
    writer = Writer(chance)
    kind = chance.random()
    if kind < 0.06:
        return Shape(f"companions {seed}", _with_companions(writer, chance))
    sections = [_section(writer, chance) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    if kind < 0.16:
        sections = [Section(chance.choice(_MAGICS)) if chance.random() < 0.5 else section for section in sections]
        kinds = [chance.choice(("code", "code", "code", "markdown", "raw", "")) for _ in sections]
        return Shape(f"notebook {seed}", _notebook(sections, kinds, chance.random() < 0.5))
    if kind < 0.2:
        sections.append(
            Section(chance.choice(("(", "def (:", "'", "\t x", "x = 1 1", "return", "，", "\x00", "a.b = = 1")), most=1)
        )
    return in_a_file(f"file {seed}", *sections)
