"""Pieces of code, made by chance, for `tests.submission.shapes`, which says what `$i` and its like stand for."""

from __future__ import annotations

import random

_NAMES = (
    "a$i", "a$p", "a$q", "a$s", "a$r", "a0", "b", "b$i", "f$p", "f$s", "C$p", "torch", "torch.nn", "nn", "x", "self",
    "getattr", "globals", "sigmoid", "sys.modules", "len", "__builtins__", "unknown$i", "torch.nn.functional",
    "operator",
)  # fmt: skip
_ATTRIBUTES = ("x", "x$i", "x$p", "sigmoid", "backward", "nn", "functional", "torch", "__dict__", "get", "_C", "Tensor")
_TEXTS = (
    "'s'", "'sigmoid'", "'sig' + 'moid'", "'x$i'", "b'x'", "f'{x}s'", "f'{a$p}{a$p}'", "''.join([a$p, a$p])",
    "'%s' % a$p", "'{}{}'.format(a$p, a$p)", "a$p + a$p", "a$p * 9", "'a' 'b'", "'sigmoid'[::-1]", "chr(100)",
    "a$p.lower()", "[a$p, a$p]", "'x.y.z'", "str(a$p)",
)  # fmt: skip
_OPERATORS = ("+", "-", "*", "/", "//", "%", "@", "**", "<<", ">>", "|", "&", "^")


class Writer:
    """Writes pieces by chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def name(self) -> str:
        return self._chance.choice(_NAMES)

    def target(self) -> str:
        return self._chance.choice(
            ("a$i", "a$i", "a$s", "a$p", "a", "b", "a$i.x", "a$p.x$i", "a$p[0]", "a$i, b$i", "[a$i, *b]")
        )

    def expression(self, depth: int = 2) -> str:
        if depth == 0:
            return self.name() if self._chance.random() < 0.7 else self._chance.choice(("1", "2.5", *_TEXTS))
        a, b, c = (self.expression(depth - 1) for _ in range(3))
        attribute, text, name = self._chance.choice(_ATTRIBUTES), self._chance.choice(_TEXTS), self.name()
        operator = self._chance.choice(_OPERATORS)
        return self._chance.choice(
            (
                name,
                f"({a}).{attribute}",
                f"{name}.{attribute}",
                f"{name}.{attribute}.{attribute}",
                f"({a})({b})",
                f"{name}({a})",
                f"({a})[{b}]",
                f"{name}[{text}]",
                f"{name}[{a}:{b}]",
                f"({a} {operator} {b})",
                f"(-{a})",
                f"(not {a})",
                f"({a} if {b} else {c})",
                f"({name}.x if c else {name}.y)",
                f"({a} or {b})",
                f"({a} and {b} and {c})",
                f"({a} < {b} < {c})",
                f"({a}, {b})",
                f"[{a}, *{b}]",
                f"{{{a}: {b}}}",
                f"{{{a}, {b}}}",
                f"{{**{a}}}",
                f"(lambda v: {a})",
                f"(lambda v={a}, *w: {b})",
                f"[{a} for v in {b}]",
                f"{{v for v in {a} if {b}}}",
                f"{{v: {a} for v in b for w in v}}",
                f"list({a} for v in {b})",
                f"(w := {a})",
                f"(a$i := {a})",
                f"getattr({a}, {text})",
                f"getattr({name}, {text})({b})",
                f"vars({name})[{text}]",
                f"{name}.__dict__[{text}]",
                f"sys.modules[{text}].{attribute}",
                f"__import__({text})",
                f"operator.attrgetter({text})({a})",
                f"vars({name}).get({text})",
                f"{name}.__getattribute__({text})",
                f"f'{{{name}}}{{{name}!r:>9}}'",
                text,
                f"{name}(*{a}, k={b}, **{c})",
            )
        )

    def statement(self) -> str:
        a, b = self.expression(), self.expression(1)
        name, target = self.name(), self.target()
        inner = self._simple()
        return self._chance.choice(
            (
                f"{target} = {a}",
                f"{target} = {a}",
                f"a$s = {name}.x if b else {name}.y",
                "a$s = a$i",
                "a$i = a$s",
                f"a$i = b$i = a = {a}",
                f"a$i, b$i = {a}, {b}",
                f"a$i += {a}",
                f"a$i: {b} = {a}",
                "a$i: int",
                a,
                f"{a}; {b}",
                "del a$i",
                f"import {name}$i",
                "import a.b.c$i as a$i",
                "import torch.x$i.y as a$s",
                "from torch import x$i",
                "from torch.nn import x$i as a$i, y$i",
                "from m$i import *",
                "from .m import x$i",
                "def f$i(x=a$p): return f$p(a$i)",
                f"def f$i(): {inner}",
                "def f$i(): globals()",
                f"def f$i():\n    global a$i\n    a$i = {a}",
                f"def f$i():\n    v = {a}\n    def g():\n        nonlocal v\n        v = {b}\n    return g",
                f"async def f$i():\n    async with {a} as v: await {b}\n    async for w in v: yield w",
                f"def f$i(self, a: {b}, *c: {a}) -> {b}: return a.x$i",
                f"class C$i(C$p):\n    x = {a}\n    def m$i(self): self.x$i = self.x$p",
                f"class C$i({name}): {inner}",
                f"class C$i(metaclass={a}): pass",
                f"@{name}\ndef f$i(): {inner}",
                "@torch.x(f$p)\nclass C$i: pass",
                f"if {a}: {inner}",
                f"if {a}:\n    {inner}\nelif {b}:\n    {inner}\nelse: {inner}",
                f"for {target} in {a}: {inner}",
                f"for v in {a}:\n    {inner}\n    if v: break\nelse: {inner}",
                f"while {b}: {inner}",
                f"with {a} as a$i, {b}: {inner}",
                f"try: {inner}\nexcept {name} as e$i: {inner}\nelse: {inner}\nfinally: {inner}",
                f"try: {inner}\nexcept* {name}: {inner}",
                f"match {a}:\n    case {{'k': v, **w}}: {inner}\n    case [x$i, *y] | x$i, y: pass",
                f"match {name}:\n    case torch.Tensor(sigmoid=v, x=w) if {b}: {inner}",
                f"match {a}:\n    case a$i: {inner}",
                f"assert {a}, {b}",
                f"raise {a} from {b}",
                f"if __name__ == '__main__':\n    {inner}",
                f"f$i = lambda: {a}",
                "a$i = a$p if b else a$q",
                "a = a.x$i if b else a.y$i",
                "a$i = [a$p, a$p.x][0]",
                f"a = {a}",
                "getattr(torch, a$i)",
                "torch.sigmoid(x)",
                "a$r.sigmoid",
                "x.sigmoid()",
                f"def f$i(): return a$r.{self._chance.choice(_ATTRIBUTES)}",
                f"a$i = {self._chance.choice(_TEXTS)}",
            )
        )

    def _simple(self) -> str:
        a = self.expression(1)
        return self._chance.choice(
            (f"a$i = {a}", a, "pass", f"b.x$i = {a}", "import m$i", "from torch import y$i", f"a = {a}")
        )

    def blank(self) -> str:
        return self._chance.choice(
            ("", "#", "# comment $i", "    ", "\\", "\f", "''", "'''x\ny'''", "pass", "...", "x=1;")
        )

    def chain(self) -> str:
        """One expression, deep: by what is put around it again and again."""
        links = (
            ("", ".x"), ("", ".x.sigmoid"), ("", "()"), ("", "[0]"), ("", "(a)"), ("", ".get('x')"),
            ("", ".__dict__['x']"), ("not ", ""), ("-", ""), ("", " + 'x'"), ("", " + a$p"), ("a ** ", ""),
            ("1 if a else ", ""), ("", " if a else 1"), ("lambda: ", ""), ("lambda v: ", ""), ("lambda v=a: ", ""),
            ("", ".x if c else torch"), ("a or not ", ""), ("", " < a"),
        )  # fmt: skip
        pairs = (
            ("(", ")"), ("[", "]"), ("{", ": 1}"), ("f(", ")"), ("a[", "]"), ("getattr(", ", 'x')"),
            ("[", " for v in b]"), ("(w := ", ")"), ("(", ",)"), ("{1: ", "}"), ("(lambda: ", ")()"),
            ("torch.sigmoid(", ")"), ("[v for v in ", "]"), ("vars(", ")"), ("(a or ", ")"), ("('x' + ", ")"),
            ("''.join(['x', ", "])"), ("(a if b else ", ")"), ("{*", "}"), ("(yield ", ")"), ("(*", ", 1)"),
        )  # fmt: skip
        if self._chance.random() < 0.5:
            (left, right), depth = self._chance.choice(links), self._chance.choice((5, 30, 70, 190, 600, 980))
        else:
            (left, right), depth = self._chance.choice(pairs), self._chance.choice((5, 30, 70, 90, 180))
        return f"{self._chance.choice(('a$i = ', '', 'a = '))}{left * depth}{self.name()}{right * depth}"

    def block(self) -> str:
        """Statements within statements."""
        headers = (
            "if a$p:",
            "def f$i():",
            "class C$i(torch.nn.Module):",
            "for a$i in b:",
            "while b:",
            "with a$p as b:",
            "try:",
            "async def f():",
            "match a:\n case b:",
        )
        depth = self._chance.choice((3, 10, 18, 60, 95))
        picked = (
            [self._chance.choice(headers)] * depth
            if self._chance.random() < 0.5
            else self._chance.choices(headers, k=depth)
        )
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
