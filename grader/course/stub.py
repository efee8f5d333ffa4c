"""Cuts the stub that a learner gets from the reference solution: bodies out, docstrings in the learner's language."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

from grader.course.bundle import reference_file
from grader.course.faults import CourseError, Faults, parse_python, read_text
from grader.course.model import Exercise
from grader.course.texts import read_texts, texts_file
from grader.text import say

_BEGIN = re.compile(r"( *)### BEGIN SOLUTION\s*")
_END = re.compile(r" *### END SOLUTION\s*")
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def cut_stub(exercise: Exercise, languages: tuple[str, ...]) -> str:
    """The stub, with docstrings in these languages, one after the other; in what stands in for one that the course
    lacks.

    What stands between BEGIN SOLUTION and END SOLUTION becomes `raise NotImplementedError("<function>")`; a
    method's name is written `Class.method`. Docstrings other than those of reference.py come from
    texts.<language>.toml. Raises CourseError with every fault of reference.py or of the docstrings.
    """
    path = reference_file(exercise.folder)
    return _rewritten(read_text(path), path, exercise, languages, cut=True)


def translated_reference(exercise: Exercise, languages: tuple[str, ...]) -> str:
    """reference.py as it is, marks included, with its docstrings in these languages. Raises CourseError."""
    path = exercise.folder / "reference.py"
    return _rewritten(read_text(path), path, exercise, languages, cut=False)


def cut_source(source: str, file: Path) -> str:
    """Marked code, cut as `cut_stub` cuts a reference. file: named in faults. Raises CourseError."""
    return _rewritten(source, file, None, (), cut=True)


def sealed_source(source: str, file: Path) -> str:
    """Marked code whose bodies are cut and whose marks stay: it can be cut once more. Raises CourseError."""
    return _rewritten(source, file, None, (), cut=True, marks=True)


def has_marks(source: str) -> bool:
    """Whether a line is a BEGIN SOLUTION or END SOLUTION mark."""
    return any(_BEGIN.fullmatch(line) or _END.fullmatch(line) for line in source.split("\n"))


def without_marks(source: str) -> str:
    """The source without its BEGIN SOLUTION and END SOLUTION lines."""
    return "\n".join(line for line in source.split("\n") if not has_marks(line))


def _rewritten(
    text: str, path: Path, exercise: Exercise | None, languages: tuple[str, ...], *, cut: bool, marks: bool = False
) -> str:
    """Marked code, its bodies cut if so asked, all but the marks if so asked; an exercise's, with its docstrings in
    these languages."""
    faults = Faults(path, text)
    lines = text.split("\n")
    tree = parse_python(path, text)
    regions = _regions(lines, faults)
    edits = _bodies(lines, regions, tree, faults) if cut else []
    if marks:
        edits = [(first + 1, last - 1, new) for first, last, new in edits]
    if exercise:
        edits += _docstrings(exercise, tree, regions, languages, faults)
    faults.raise_any()
    for first, last, new in sorted(edits, reverse=True):
        lines[first - 1 : last] = new
    return "\n".join(lines)


#: Lines first..last, counted from 1, and what replaces them.
_Edit = tuple[int, int, list[str]]
_Region = tuple[int, int]


def _regions(lines: list[str], faults: Faults) -> list[_Region]:
    """The marked line ranges, marks included."""
    regions: list[_Region] = []
    begun: int | None = None
    for number, line in enumerate(lines, start=1):
        if _BEGIN.fullmatch(line):
            if begun is not None:
                faults.at(number, say("BEGIN SOLUTION again; the one on line {line} has no END SOLUTION", line=begun))
            begun = number
        elif _END.fullmatch(line):
            if begun is None:
                faults.at(number, say("END SOLUTION without BEGIN SOLUTION"))
            else:
                regions.append((begun, number))
            begun = None
    if begun is not None:
        faults.at(begun, say("BEGIN SOLUTION without END SOLUTION"))
    if not regions and not faults.found:
        faults.at(1, say("no ### BEGIN SOLUTION here: the stub would hand out the solution"))
    return regions


def _bodies(lines: list[str], regions: list[_Region], tree: ast.Module, faults: Faults) -> list[_Edit]:
    edits: list[_Edit] = []
    definitions = _definitions(tree)
    for first, last in regions:
        # The END mark is a comment, so it may stand below the function's last statement.
        around = [name for name, node in definitions if node.lineno < first and last <= (node.end_lineno or 0) + 1]
        indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
        if not around or not indent:
            faults.at(first, say("BEGIN SOLUTION stands outside of a function"))
        else:
            edits.append((first, last, [" " * indent + f'raise NotImplementedError("{around[-1]}")']))
    return edits


def _definitions(tree: ast.Module) -> list[tuple[str, _Definition]]:
    """Top-level functions and classes and the classes' methods, by qualified name, in file order."""
    found: list[tuple[str, _Definition]] = []
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append((node.name, node))
        if isinstance(node, ast.ClassDef):
            methods = (item for item in node.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)))
            found += [(f"{node.name}.{method.name}", method) for method in methods]
    return found


def _docstrings(
    exercise: Exercise, tree: ast.Module, regions: list[_Region], languages: tuple[str, ...], faults: Faults
) -> list[_Edit]:
    first = exercise.languages[0]
    languages = tuple(dict.fromkeys(map(exercise.language_for, languages)))
    if languages == (first,):
        return []
    outside = [
        (name, node)
        for name, node in _definitions(tree)
        if not any(first < node.lineno < last for first, last in regions)
    ]
    nodes: list[tuple[str, _Definition | ast.Module]] = [("module", tree), *outside]
    documented = {name: node for name, node in nodes if ast.get_docstring(node)}
    texts = {name: [ast.get_docstring(node) or ""] for name, node in documented.items()} if first in languages else {}
    for language in languages:
        if language != first:
            others = read_texts(texts_file(exercise.folder, language))
            if problems := others.faults("docstrings", documented):
                raise CourseError(problems)
            for name, text in others.docstrings.items():
                texts.setdefault(name, []).append(inspect.cleandoc(text))
    return [_replaced(node, "\n\n".join(texts[name]), faults) for name, node in documented.items()]


def _replaced(node: _Definition | ast.Module, text: str, faults: Faults) -> _Edit:
    """The edit that gives a definition another docstring."""
    old = node.body[0]
    if '"""' in text:
        faults.at(old.lineno, say('a docstring can\'t contain """'))
    indent = " " * old.col_offset
    quote = 'r"""' if "\\" in text else '"""'
    ends_badly = text.endswith(('"', "\\"))
    end = "" if "\n" not in text and not ends_badly else "\n"
    lines = [indent + line if line else "" for line in f'{quote}{text}{end}"""'.split("\n")]
    return old.lineno, old.end_lineno or old.lineno, lines
