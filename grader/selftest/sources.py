"""Sources that once took the grader minutes or gigabytes, or were made to: by name, in any size.

A shape is a row of sections, each a piece of code that is repeated until its share of the size is reached. In a piece
`$i` is the number of the repetition, `$p` and `$q` those before it, `$s` the next one and `$r` some earlier one. What
is made need not be valid: what is no Python must cost little as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

HEAD = "import torch, sys, operator\nfrom torch import nn\na0 = b = torch\n"


class Files(NamedTuple):
    """A submission's bytes: a .py or an .ipynb, and what lies beside it."""

    name: str
    content: bytes
    companions: Mapping[str, bytes] = MappingProxyType({})


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
            pieces.append(numbered(self.piece, number))
            length += len(pieces[-1]) + len(self.between)
            number += 1
        return self.before + self.between.join(pieces) + self.after


def numbered(piece: str, number: int) -> str:
    """The piece as its repetition of this number."""
    values = {
        "i": number,
        "p": max(number - 1, 0),
        "q": max(number - 2, 0),
        "s": number + 1,
        "r": number * 7919 % (number + 1) // 2,
    }
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


_CLASSES = (
    "\n".join(" " * k + f"class f{k}(torch.nn.Module):" for k in range(18)) + "\n" + " " * 18 + "x = torch.sigmoid"
)
_FUNCTIONS = "\n".join(" " * k + f"def f{k}():" for k in range(18)) + "\n" + " " * 18 + "x"

_SECTIONS: dict[str, tuple[Section, ...]] = {
    "aliases": (Section("a$s = a$i"),),
    "aliases in a circle": (Section("a = b.x\nb = a.y"),),
    "one name bound again and again": (Section("a = torch.n$i"), Section("b.sigmoid; a.sigmoid")),
    "two choices per line": (Section("a$s = a$i.x if 1 else a$i.y"),),
    "two choices for one name": (Section("a0 = a0.x$i if c else a0.y$i"), Section("a0.sigmoid")),
    "either or per line": (Section("a$s = a$i.x or a$i.y or a$i"),),
    "pairs": (Section("a$s, b$s = a$i, a$i.x$i"),),
    "items of lists": (Section("a$s = [a$i, a$i.x$i][0]"),),
    "functions that call the one before": (Section("def f$s(): return f$i()"),),
    "functions that ask for all names": (Section("def f$i(): globals()"),),
    "functions that use what is forbidden": (Section("def f$i(): torch.sigmoid"),),
    "one function again and again": (Section("def sigmoid(x): return torch.sigmoid(x)"),),
    "many targets, many names": (
        Section("a$i", " = ", after=" = "),
        Section("b", ", ", "(", ")\n"),
        Section("b = torch.sigmoid", most=1),
    ),
    "elif": (Section("elif a: b", before="if 1: pass\n"),),
    "minus": (Section("-", "", "x = ", "1\n"),),
    "not": (Section("not", " ", "x = ", " 1\n"),),
    "attributes of attributes": (Section(".b", "", "x = a"),),
    "rows of attributes of attributes": (Section("torch.sigmoid" + ".b" * 900),),
    "indices in indices": (Section("x = " + "a[" * 90 + "1" + "]" * 90),),
    "calls of calls": (Section("()", "", "x = f"),),
    "lambdas in lambdas": (Section("x = " + "lambda a: " * 90 + "a"),),
    "comparisons": (Section("<1", "", "x = 1"),),
    "or": (Section(" or a$i", "", "x = 1"),),
    "sums": (Section("+a", "", "x = 1"),),
    "a tuple": (Section("a", ",", "x = (", ")\n"),),
    "a dictionary": (Section("a:a", ",", "x = {", "}\n"),),
    "texts side by side": (Section("''", " ", "x = "),),
    "formatted texts side by side": (Section("f'{a}'", " ", "x = "),),
    "formats of formats": (Section("x = f'{a:{b}}'"),),
    "decorators": (Section("@a", after="\ndef f(): pass\n"),),
    "global": (Section(" global g$i", before="def f():\n"),),
    "functions in functions": (Section(_FUNCTIONS),),
    "classes in classes": (Section(_CLASSES), Section("x.sigmoid")),
    "walrus": (Section("(a$i := torch)", ",", "x = "),),
    "imported names": (Section("from torch import x$i"),),
    "a long import": (Section("a.", "", "import ", "b\n"),),
    "long imports": (Section("import " + "torch." * 300 + "b"),),
    "many names of a long module": (Section("torch", ".", "from ", " import "), Section("x$i", ", ")),
    "one forbidden name imported often": (Section("sigmoid", ", ", "from torch import "),),
    "star imports": (Section("from m$i import *"), Section("unknown$i")),
    "cases": (Section(" case {'a':$i}: pass", before="match a:\n"),),
    "alternatives": (Section("1", "|", "match a:\n case ", ": pass\n"),),
    "captures": (Section("a$i", ", ", "match a:\n case [", "]: pass\n"),),
    "keywords": (Section("k$i=a", ", ", "f(", ")\n"),),
    "with": (Section("a as b$i", ",", "with ", ": pass\n"),),
    "try": (Section("try: a\nexcept: b"),),
    "loops of comprehensions": (Section("[a " + "for b in c " * 15 + "]"),),
    "comprehensions in comprehensions": (Section("[" * 20 + "a" + " for a in b]" * 20),),
    "attributes of a class": (Section(" a$i = torch.sigmoid", before="class A:\n", after="\nA.a0.a1\n"),),
    "methods": (Section(" def m$i(self): return self.m$s.m$r", before="class A(torch.nn.Module):\n"),),
    "attributes of self": (
        Section(" def m$i(self): self.a$i = self.a$s", before="class A:\n", after="\nA().a0.sigmoid\n"),
    ),
    "names of attributes": (Section("getattr(torch, 'sig' + 'moid$i')"),),
    "a text that grows": (Section("s = s + 'x'", before="s = 's'\n", after="\ngetattr(torch, s)\n"),),
    "a text that doubles": (Section("s$s = s$i + s$i\ngetattr(torch, s$s)", before="s0 = 'sss'\n"),),
    "a format that doubles": (Section("s$s = f'{s$i}{s$i}'\ngetattr(torch, s$s)", before="s0 = 'sss'\n"),),
    "a joined text that doubles": (Section("s$s = ''.join([s$i, s$i])\ngetattr(torch, s$s)", before="s0 = 'sss'\n"),),
    "a list that doubles": (Section("s$s = [s$i, s$i]\ngetattr(torch, f'{s$s}')", before="s0 = ['sss']\n"),),
    "a huge number as text": (Section("f", "", "n = 0x", "\n"), Section("getattr(torch, '%x' % n)")),
    "arguments": (Section("a$i=torch", ",", "def f(", "): pass\n"),),
    "letters that are alike": (Section("ﬁ$i = ﬁ$r"),),
    "one long line": (Section("x=1", ";"),),
    "uses on one line": (Section("torch.sigmoid", ";"),),
    "uses in uses": (Section("getattr(\n" * 60 + "torch" + ", 'sigmoid')" * 60),),
    "empty lines": (Section("", before="def sigmoid(x): return x\n"),),
    "comments": (Section("#", after="\ndef sigmoid(x): pass\n"),),
    "lines": (Section("a"),),
    "a long text": (Section("x", "", "x = '", "'\n"),),
    "a huge number": (Section("f", "", "x = 0x", "\n"),),
    "powers": (Section("x = (1 << 100) ** 10"),),
    "brackets that stay open": (Section("(", ""),),
    "quotes that stay open": (Section("x", "", "x = '"),),
    "names that are nearly right": (Section("def sigmoid_gra$i(x): pass"), Section("tanh_gra$i = 1")),
    "nonlocal": (Section(" a$i = 1", before="def f():\n"), Section("a$i", ", ", " def g():\n  nonlocal ", "\n")),
    "lambdas and names": (Section(" a$i = 1", before="def f():\n"), Section(" lambda: b")),
    "parameters seen from deep within": (
        Section("a$i", ", ", "x = lambda ", ": " + "lambda v: " * 90 + "("),
        Section("a$i", ", ", "", ")\n"),
    ),
}


def _cells(*pieces: str, kind: str = "code") -> Callable[[int], Files]:
    """A notebook of these cells again and again."""

    def render(size: int) -> Files:
        cells = [_cell(piece, kind) for piece in pieces]
        many = size // (len(json.dumps(cells)) or 1) + 1
        return _notebook([_cell("def sigmoid(x): return x"), *cells * many])

    return render


def _cell(source: str | list[str], kind: str = "code") -> dict[str, object]:
    return {"cell_type": kind, "source": source}


def _notebook(cells: list[dict[str, object]]) -> Files:
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}
    return Files("a.ipynb", json.dumps(document).encode())


def _companions(own: str, helper: str, other: str) -> Callable[[int], Files]:
    head = "import torch, helper, other\na0 = torch.sigmoid\n"

    def render(size: int) -> Files:
        parts = [(head + Section(piece).render(size // 3)).encode() for piece in (own, helper, other)]
        return Files("a.py", parts[0], {"helper.py": parts[1], "other.py": parts[2]})

    return render


HOSTILE = (
    *(in_a_file(name, *sections) for name, sections in _SECTIONS.items()),
    Shape("cells that raise", _cells("1/0")),
    Shape("cells of one letter", _cells("x")),
    Shape("cells that are no Python", _cells("def (")),
    Shape("cells of text", _cells("x", kind="markdown")),
    Shape("cells of another language", _cells("%%bash\nls")),
    Shape("cells with magics", _cells("%time x\n!ls\nx?\na = 1")),
    Shape("a cell of magics", lambda size: _notebook([_cell(["!ls \\\n"] * (size // 12) + ["x = 1"])])),
    Shape(
        "companions that reach each other",
        _companions("helper.b$i", "from other import a$i\nb$i = a$i", "import helper\na$s = helper.b$i"),
    ),
    Shape(
        "companions of stars",
        _companions("from helper import *\nb$i", "from other import *\nb$i = a$i", "a$i = torch.x"),
    ),
    Shape(
        "a companion that doubles", _companions("helper.a$i", "a$s = a$i.x if 1 else a$i.y", "a$s = helper.a$i or a$i")
    ),
)
