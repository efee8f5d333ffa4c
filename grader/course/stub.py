"""Cuts the stub that a learner gets from the reference solution: bodies out, docstrings in the learner's language."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

from grader.course.faults import CourseError, Faults, read_text
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
    path = exercise.folder / "reference.py"
    text = read_text(path)
    faults = Faults(path, text)
    lines = text.split("\n")
    tree = _parse(text, faults)
    regions = _regions(lines, faults)
    edits = _bodies(lines, regions, tree, faults)
    edits += _docstrings(exercise, tree, regions, languages, faults)
    faults.raise_any()
    return _edited(lines, edits)


def translated_reference(exercise: Exercise, languages: tuple[str, ...]) -> str:
    """reference.py as it is, marks included, with its docstrings in these languages. Raises CourseError."""
    path = exercise.folder / "reference.py"
    text = read_text(path)
    faults = Faults(path, text)
    lines = text.split("\n")
    tree = _parse(text, faults)
    edits = _docstrings(exercise, tree, _regions(lines, faults), languages, faults)
    faults.raise_any()
    return _edited(lines, edits)


def has_marks(source: str) -> bool:
    """Whether a line is a BEGIN SOLUTION or END SOLUTION mark."""
    return any(_BEGIN.fullmatch(line) or _END.fullmatch(line) for line in source.split("\n"))


def without_marks(source: str) -> str:
    """The source without its BEGIN SOLUTION and END SOLUTION lines."""
    return "\n".join(line for line in source.split("\n") if not has_marks(line))


def cut_source(source: str, file: Path) -> str:
    """Marked code, cut as `cut_stub` cuts a reference. file: named in faults. Raises CourseError."""
    faults = Faults(file, source)
    lines = source.split("\n")
    tree = _parse(source, faults)
    edits = _bodies(lines, _regions(lines, faults), tree, faults)
    faults.raise_any()
    return _edited(lines, edits)


def _edited(lines: list[str], edits: list[_Edit]) -> str:
    lines = list(lines)
    for first, last, new in sorted(edits, reverse=True):
        lines[first - 1 : last] = new
    return "\n".join(lines)


#: Lines first..last, counted from 1, and what replaces them.
_Edit = tuple[int, int, list[str]]
_Region = tuple[int, int]


def _parse(text: str, faults: Faults) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        faults.at(error.lineno or 1, say("not valid Python: {reason}", reason=error.msg))
        faults.raise_any()
        raise


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
    nodes: list[tuple[str, _Definition | ast.Module]] = [("module", tree), *_definitions(tree)]
    documented = {name: node for name, node in nodes if ast.get_docstring(node) and not _inside(node, regions)}
    texts = {name: [ast.get_docstring(node) or ""] for name, node in documented.items()} if first in languages else {}
    for language in languages:
        if language != first:
            for name, text in _translated(exercise, language, set(documented)).items():
                texts.setdefault(name, []).append(text)
    return [_replaced(node, "\n\n".join(texts[name]), faults) for name, node in documented.items()]


def _inside(node: _Definition | ast.Module, regions: list[_Region]) -> bool:
    return not isinstance(node, ast.Module) and any(first < node.lineno < last for first, last in regions)


def _translated(exercise: Exercise, language: str, names: set[str]) -> dict[str, str]:
    """The docstrings of texts.<language>.toml, exactly for `names`."""
    texts = read_texts(texts_file(exercise.folder, language))
    faults = texts.faults(
        "docstrings",
        names,
        missing=lambda name: say("the docstring of {name} is missing", name=name),
        extra=lambda name: say("reference.py has no docstring at {name}", name=name),
    )
    if faults:
        raise CourseError(faults)
    return {name: inspect.cleandoc(docstring) for name, docstring in texts.docstrings.items()}


def _replaced(node: _Definition | ast.Module, text: str, faults: Faults) -> _Edit:
    """The edit that gives a definition another docstring."""
    old = node.body[0]
    if '"""' in text:
        faults.at(old.lineno, say('a docstring can\'t contain """'))
    indent = " " * old.col_offset
    quote = 'r"""' if "\\" in text else '"""'
    ends_badly = text.endswith(('"', "\\"))
    lines = [indent + line if line else "" for line in f"{quote}{text}".split("\n")]
    if len(lines) == 1 and not ends_badly:
        return old.lineno, old.end_lineno or old.lineno, [lines[0] + '"""']
    return old.lineno, old.end_lineno or old.lineno, [*lines, indent + '"""']
