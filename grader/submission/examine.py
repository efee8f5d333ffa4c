"""Everything that looks into a submission's bytes, as pure functions. They take hostile input: for a submission they
run in the confined reader (grader/reader), never in the process that makes the verdict."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from grader.course.hiding import HIDING
from grader.course.suffixes import code_stem
from grader.errors import SubmissionError
from grader.source_line import SourceLine
from grader.submission.companions import companion_names
from grader.submission.decode import decode_python
from grader.submission.elsewhere import told_elsewhere
from grader.submission.excerpt import excerpts
from grader.submission.forbidden import Use, uses_and_affected
from grader.submission.identity import course_of_notebook, course_of_source
from grader.submission.ipynb import looks_like_notebook, with_numbers
from grader.submission.loops import loops
from grader.submission.magics import file_without_magics
from grader.submission.model import Aside, Chunk, Content, Demands, Prepared, Submission
from grader.submission.names import Missing, defined_names, missing_names
from grader.submission.notebook import read_cells
from grader.submission.steps import steps
from grader.submission.syntax import Parsed, parse, without_collector
from grader.text import Message, join, say

#: How many code cells of a notebook are graded.
MAX_CELLS = 2_000
_EMPTY = re.compile(rb"(?:\xef\xbb\xbf)?\s*")
_WORD = re.compile(r"\w+")
#: What shows or compares values and keeps none.
_SHOWS = re.compile(r"print|display|assert_\w+")


class InProcess:
    """A `Parser` (model.py) without a process of its own, for sources that are the course's."""

    def begin(self, seconds: float) -> None:
        """Nothing is limited here."""

    def content(self, content: bytes, name: str, *, is_notebook: bool, names: frozenset[str]) -> Content:
        """The text of a file, as chunks. Raises SubmissionError where it is no Python or no notebook."""
        if _EMPTY.fullmatch(content):
            raise SubmissionError(say("{file} is empty; was it saved?", file=name))
        if is_notebook:
            content = with_numbers(content)
        elif looks_like_notebook(content):
            right = f"{code_stem(name)}.ipynb"
            raise SubmissionError(
                say("{file} is a notebook and no Python file; rename it to {name}", file=name, name=right)
            )
        notes: tuple[Message, ...] = ()
        aside: tuple[Aside, ...] = ()
        if is_notebook:
            chunks, notes, aside = read_cells(content, name)
        else:
            text, notes = file_without_magics(decode_python(content, name))
            chunks = (Chunk(None, text, 1),)
        if len(chunks) > MAX_CELLS:
            raise SubmissionError(
                say(
                    "{file} has {count} cells with code; at most {most} are graded. Is it the right file?",
                    file=name,
                    count=len(chunks),
                    most=MAX_CELLS,
                )
            )
        found = frozenset[str]().union(*(_words(chunk.source, names) for chunk in chunks))
        course = course_of_notebook(content) if is_notebook else None
        course = course or next(filter(None, (course_of_source(chunk.source) for chunk in chunks)), None)
        return Content(chunks, notes, found, course, aside)

    def mentioned(self, content: bytes, names: frozenset[str]) -> frozenset[str]:
        """The names that occur in a companion, whatever its encoding: their letters are mostly ASCII."""
        return _words(content.decode("utf-8", "replace"), names)

    def examine(self, submission: Submission, demands: Demands) -> Prepared:
        """Parse and search. Raises SubmissionError with the line, if it is no Python."""
        with without_collector():
            parsed = parse(submission)
            missing = missing_names(demands.names, defined_names(parsed.trees))
            through_others = companion_names(submission.companions, demands.forbidden, demands.allowed)
            uses, affected = uses_and_affected(parsed.trees, demands.forbidden + through_others, demands.allowed)
            sentence, elsewhere = _missing(parsed, submission, missing) if missing else (None, ())
            refusals = _refusals(parsed, uses, affected, demands)
            return Prepared(
                parsed.submission,
                sentence,
                refusals,
                excerpts(parsed, demands.names),
                steps=steps(parsed, demands.names),
                elsewhere=elsewhere,
            )

    def loops(self, submission: Submission, function: str) -> tuple[SourceLine, ...]:
        """As loops.loops, of a submission that parses."""
        return loops(parse(submission), function)


def _missing(parsed: Parsed, submission: Submission, missing: tuple[Missing, ...]) -> tuple[Message, tuple[str, ...]]:
    """What is said of the names that the file lacks: where they stand instead, those of one place together; and which
    these are."""
    kept = {chunk.label for chunk in parsed.submission.chunks}
    dropped = [chunk for chunk in submission.chunks if chunk.label not in kept]
    found = told_elsewhere(parsed, [one.name for one in missing], dropped, submission.asides)
    known = tuple(name for names in found for name in names)
    return join([*found.values(), *(one.explained() for one in missing if one.name not in known)], "\n"), known


def _words(text: str, names: frozenset[str]) -> frozenset[str]:
    """Those of `names` that are words of the text."""
    return frozenset(found for match in _WORD.finditer(text) if (found := match[0]) in names) if names else names


def _refusals(parsed: Parsed, uses: tuple[Use, ...], affected: dict[str, Use], demands: Demands) -> dict[str, Message]:
    """Of the names that checks ask for, those that reach a forbidden one, each with why."""
    found = {name: _refusal(parsed, use) for name, use in affected.items() if name in demands.names}
    # An import or an assignment only concerns those who mention its name; any other line may do anything.
    loose = [use for use in uses if use.function is None and not use.binds]
    tried = _called_to_try(parsed.trees) if loose else frozenset()
    use = next((use for use in loose if id(use.node) not in tried or use.name in HIDING), None)
    if use is not None:
        found.setdefault("", _refusal(parsed, use))
    return found


def _called_to_try(trees: Iterable[ast.Module]) -> frozenset[int]:
    """The ids of what is called as a statement of its own, within `assert ...`, or within `print(...)` and the like: an
    own answer is tried there, or compared with the ready-made one, of which at most a value is left."""
    found: set[int] = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        tried: ast.expr | None = None
        if isinstance(node, ast.Assert):
            tried = node.test
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            function = node.value.func
            found.add(id(function))
            tried = node.value if _SHOWS.fullmatch(getattr(function, "id", getattr(function, "attr", ""))) else None
        inner = [] if tried is None else list(ast.walk(tried))
        if not any(isinstance(part, ast.NamedExpr | ast.Lambda) for part in inner):
            found |= {id(part.func) for part in inner if isinstance(part, ast.Call)}
    return frozenset(found)


def _refusal(parsed: Parsed, use: Use) -> Message:
    cell, line = parsed.place(use.line)
    where = say("Line {line}", line=line) if cell is None else say("Cell {cell}, line {line}", cell=cell, line=line)
    fields = {"where": where, "name": use.name, "source": use.source}
    if use.name in HIDING:
        return say(
            "{where} uses {name} (`{source}`). It hides what the code does, and no exercise needs it: write the "
            "formula itself.",
            **fields,
        )
    return say("{where} uses {name} (`{source}`), which this exercise does not allow: see its statement.", **fields)
