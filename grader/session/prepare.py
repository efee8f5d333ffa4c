"""What is done with a submission before any of it runs: read, parsed, searched for names. Needs no PyTorch."""

from __future__ import annotations

import ast
from itertools import islice
from pathlib import Path

import msgspec

import grader
from grader.course.faults import CourseError, fault
from grader.course.model import Course, Exercise
from grader.result import Line
from grader.submission.companions import companion_names
from grader.submission.excerpt import excerpts
from grader.submission.forbidden import HIDING, Use, uses_and_affected
from grader.submission.names import defined_names, missing_names
from grader.submission.read import Submission
from grader.submission.syntax import Parsed, parse, without_collector
from grader.text import Message, join, say

#: Beside the names that the exercise asks for, so many may be told to reach what is forbidden.
_MOST_OTHERS = 100


class Prepared(msgspec.Struct, frozen=True):
    """A submission that is Python: its source, what it lacks, and what it uses although it may not.

    missing: a sentence on the names that the exercise asks for and the file does not define; None if none.
    forbidden: per name of the submission that reaches a forbidden one, why its checks fail; "" stands for the
        module's own lines.
    excerpts: per function, the learner's lines to show where its values are wrong.
    """

    submission: Submission
    missing: Message | None
    forbidden: dict[str, Message]
    excerpts: dict[str, tuple[Line, ...]]


def prepare(exercise: Exercise, submission: Submission) -> Prepared:
    """Parse a submission that was read. Raises SubmissionError with the sentence for the learner."""
    wanted = required_names(exercise)
    with without_collector():
        parsed = parse(submission)
        missing = missing_names(wanted, defined_names(parsed.trees))
        through_others = companion_names(submission.companions, exercise.forbidden)
        uses, affected = uses_and_affected(parsed.trees, exercise.forbidden + through_others)
        refusals = _refusals(parsed, uses, affected, wanted)
        sentence = join([name.explained() for name in missing], "\n") if missing else None
        return Prepared(parsed.submission, sentence, refusals, excerpts(parsed, wanted))


def required_names(exercise: Exercise) -> tuple[str, ...]:
    """The functions and classes that a submission must define: those of the reference, but its private ones.

    Raises CourseError if reference.py is not Python.
    """
    path = exercise.folder / "reference.py"
    try:
        tree = ast.parse(path.read_bytes())
    except SyntaxError as error:
        reason = say("not valid Python: {reason}", reason=error.msg)
        raise CourseError((fault(path, error.lineno or 1, reason),)) from None
    defined = (ast.FunctionDef, ast.ClassDef)
    return tuple(node.name for node in tree.body if isinstance(node, defined) and not node.name.startswith("_"))


def _refusals(
    parsed: Parsed, uses: tuple[Use, ...], affected: dict[str, Use], wanted: tuple[str, ...]
) -> dict[str, Message]:
    shown = [name for name in wanted if name in affected]
    shown += islice((name for name in affected if name not in wanted), _MOST_OTHERS)
    different = {id(affected[name]): affected[name] for name in shown}
    messages = {key: _refusal(parsed, use) for key, use in different.items()}
    found = {name: messages[id(affected[name])] for name in shown}
    # An import or an assignment only concerns those who mention its name; any other line may do anything.
    use = next((use for use in uses if use.function is None and not use.binds), None)
    if use is not None:
        found.setdefault("", _refusal(parsed, use))
    return found


def _refusal(parsed: Parsed, use: Use) -> Message:
    cell, line = parsed.place(use.line)
    where = say("Line {line}", line=line) if cell is None else say("Cell {cell}, line {line}", cell=cell, line=line)
    if use.name in HIDING:
        return say("{where} uses {name} (`{source}`). It hides what the code does, and no exercise needs it: write the "
                   "formula itself.", where=where, name=use.name, source=use.source)
    return say("{where} uses {name} (`{source}`), which this exercise asks you to do yourself.",
               where=where, name=use.name, source=use.source)


def hidden_folders(course: Course) -> tuple[str, ...]:
    """What no worker may read: the course, this package, and, where it is installed from a checkout, all of that."""
    package = Path(grader.__file__).resolve().parent
    hidden = [str(course.folder.resolve()), str(package)]
    if package.parent.name not in ("site-packages", "dist-packages"):
        hidden.append(str(package.parent))
    return tuple(dict.fromkeys(hidden))
