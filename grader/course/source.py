"""A source text with its syntax tree, and changes to it that leave every other character in place."""

from __future__ import annotations

import ast

#: What may stand anywhere without parentheses around it.
_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.List, ast.Dict, ast.Set)


class Source:
    """Text and tree. Positions are offsets in its UTF-8 bytes, which is what `ast` counts columns in."""

    def __init__(self, text: str, tree: ast.Module | None = None) -> None:
        """tree: of the text before a change, whose places before that change are still right."""
        self.text = text
        self.tree = tree or ast.parse(text)
        self._bytes = text.encode()
        self._starts = [0]
        for line in self._bytes.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self._bytes)

    def line_start(self, line: int) -> int:
        """Where a line begins; lines are counted from 1."""
        return self._starts[line - 1]

    def start(self, node: ast.AST) -> int:
        """Where the node begins."""
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        return self._starts[line - 1] + int(column)

    def end(self, node: ast.AST) -> int:
        """Where the node ends: the first byte after it."""
        line, column = getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)
        return self._starts[line - 1] + int(column)

    def of(self, node: ast.AST) -> str:
        """The node's text."""
        return self.between(self.start(node), self.end(node))

    def atom(self, node: ast.AST) -> str:
        """The node's text, in parentheses where it may need them elsewhere."""
        return self.of(node) if isinstance(node, _ATOMS) else f"({self.of(node)})"

    def between(self, start: int, end: int) -> str:
        """The text from one position to another."""
        return self._bytes[start:end].decode()

    def replaced(self, start: int, end: int, new: str) -> str:
        """The whole text with one stretch replaced."""
        return (self._bytes[:start] + new.encode() + self._bytes[end:]).decode()

    def lines_around(self, start: int, end: int) -> tuple[int, int]:
        """The first and the last line, counted from 1, that a stretch touches."""
        first = self._bytes.count(b"\n", 0, start) + 1
        return first, first + self._bytes.count(b"\n", start, max(start, end - 1))
