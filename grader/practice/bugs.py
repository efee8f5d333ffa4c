"""The bugs of an exercise: named mistakes and mutants that change few lines of the right answer, and leave no trace
but the error."""

from __future__ import annotations

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Iterator

import msgspec

from grader.course.edits import EditError, edited
from grader.course.model import Exercise
from grader.course.source import Source
from grader.course.stub import has_marks, translated_reference, without_marks
from grader.practice.parentheses import tidied
from grader.practice.patch import Hunk, hunks_between, is_alike, size_of
from grader.text import Text

#: A bug in more lines is another answer.
MOST_LINES = 3
#: Names that only somebody gives who knows that this is wrong.
_ODD = re.compile(r"wrong|mistake|bug|bad|mutant|audit", re.IGNORECASE)


class Bug(msgspec.Struct, frozen=True, kw_only=True):
    """One bug: what makes the wrong text of the right one.

    name: of a named mistake, or of a mutant what it is told by. function: the function or class that it is in.
    why: the mistake's sentence for a learner; None for a mutant.
    """

    name: str
    function: str
    hunks: tuple[Hunk, ...]
    why: Text | None = None


class RightAnswer:
    """The course's answer, with docstrings in one language and without comments: one might say what is wrong.

    Raises CourseError where reference.py or its docstrings can't be read.
    """

    def __init__(self, exercise: Exercise, language: str) -> None:
        self.exercise = exercise
        self.language = language
        self._marked = translated_reference(exercise, (language,))
        self.text = _without_comments(without_marks(self._marked))
        self.digest = hashlib.sha256(self.text.encode()).hexdigest()[:16]
        self._seen = _traces(self.text)

    def functions(self) -> tuple[str, ...]:
        """The functions and classes that a learner writes something of, in their order."""
        source = Source(self._marked)
        nodes = (node for node in source.tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef))
        return tuple(node.name for node in nodes if has_marks(source.of(node)))

    def mistakes(self) -> tuple[Bug, ...]:
        """Of mistakes.py, which is run for it. Raises CourseError where that fails."""
        from grader.audit.mistakes import Mistakes

        source = Source(self._marked)
        found = []
        for mistake in Mistakes(self.exercise).by_name.values():
            if mistake.edit is not None:
                try:
                    wrong = edited(source, mistake.edit)
                except EditError:  # the course's fault, which `grade audit` tells
                    continue
                found.append(self._bug(mistake.name, mistake.of, without_marks(wrong), mistake.text))
        return tuple(filter(None, found))

    def mutants(self) -> Iterator[Bug]:
        """Of all its functions. Takes some seconds for a long one."""
        from grader.audit.mutation.mutants import mutants_of

        for mutant in mutants_of(self.text):
            if mutant.control:  # around a function: what does it stands below the text, for all to see
                continue
            name = f"{mutant.function}, {mutant.line}: {mutant.after}"
            if bug := self._bug(name, mutant.function.partition(".")[0], mutant.source, None):
                yield msgspec.structs.replace(bug, hunks=tuple(map(tidied, bug.hunks)))

    def _bug(self, name: str, function: str, wrong: str, why: Text | None) -> Bug | None:
        """None for one that changes much, nothing, or leaves a trace."""
        try:
            text = _without_comments(wrong)
            told = _traces(text)
        except (SyntaxError, tokenize.TokenError):
            return None
        hunks = hunks_between(self.text, text)
        new = [line for hunk in hunks for line in hunk.after]
        small = 0 < size_of(hunks) <= MOST_LINES and all(map(is_alike, hunks))
        if not function or not small or told > self._seen or any(map(_ODD.search, new)):
            return None
        return Bug(name=name, function=function, hunks=hunks, why=why)


def _without_comments(text: str) -> str:
    """The code without its comments; a line that was one is gone. Raises SyntaxError, tokenize.TokenError."""
    lines = text.split("\n")
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    places = [token.start for token in tokens if token.type == tokenize.COMMENT]
    for number, column in reversed(places):
        kept = lines[number - 1][:column].rstrip()
        lines[number - 1 : number] = [kept] if kept else []
    return "\n".join(lines)


def _traces(text: str) -> int:
    """How many statements there are that nobody writes who means it, and imports. Raises SyntaxError."""
    return sum(
        isinstance(node, ast.Pass | ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.If | ast.While) and isinstance(node.test, ast.Constant))
        for node in ast.walk(ast.parse(text))
    )
