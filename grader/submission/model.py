"""A submission as data: its text, what an exercise asks of it, and what was found in it."""

from __future__ import annotations

from typing import Protocol

import msgspec

from grader.source_line import SourceLine
from grader.text import Message

#: A value of a cell's metadata.
Plain = str | int | float | bool | None


class Chunk(msgspec.Struct, frozen=True):
    """A piece of a submission. `label` is the code cell's number, counted from 1; None for a .py file.

    first_line: the number of its first line, where lines are numbered through all chunks.
    """

    label: str | None
    source: str
    first_line: int


class Aside(msgspec.Struct, frozen=True):
    """A name that a notebook's cell would define if it were code. kind: "markdown" or "raw". cell: its number among all
    cells, from 1."""

    name: str
    kind: str
    cell: int


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """A submission as text, not yet parsed.

    name: the file's name, safe to print. sha256: of the file's bytes, hexadecimal.
    chunks: the file, or a notebook's code cells in order; never empty. Lines are numbered through all chunks.
    companions: file name → content of the .py files beside it that it mentions.
    notes: what the learner should know although it is no error.
    course: the id of the course that handed the file out; None where it says none.
    seconds: how long reading it took.
    asides: what a notebook's cells that are no code would define.
    """

    name: str
    sha256: str
    chunks: tuple[Chunk, ...]
    companions: dict[str, bytes] = {}
    notes: tuple[Message, ...] = ()
    course: str | None = None
    seconds: float = 0.0
    asides: tuple[Aside, ...] = ()


class Content(msgspec.Struct, frozen=True):
    """What is in a file's bytes. mentioned: those of the names that were asked for which occur in it. course, asides:
    as in `Submission`."""

    chunks: tuple[Chunk, ...]
    notes: tuple[Message, ...]
    mentioned: frozenset[str]
    course: str | None = None
    asides: tuple[Aside, ...] = ()


class Step(msgspec.Struct, frozen=True):
    """A top-level statement, or several that share a line.

    line: its first, from 1 in its chunk. quiet: it runs at once, and can neither hang nor end the process. names: of
    those that the exercise asks for, the ones that it defines.
    """

    line: int
    quiet: bool
    names: tuple[str, ...] = ()


class Demands(msgspec.Struct, frozen=True):
    """What an exercise asks of a file: the names that it must define, what it may not use, and what it may although
    other exercises' files may not (exercise.toml)."""

    names: tuple[str, ...]
    forbidden: tuple[str, ...]
    allowed: tuple[str, ...] = ()


class Prepared(msgspec.Struct, frozen=True):
    """A submission that is Python: its source, what it lacks, and what it uses although it may not.

    missing: a sentence on the names that the exercise asks for and the file does not define; None if none.
    forbidden: per name of the exercise that reaches a forbidden one, why its checks fail; "" stands for the
        module's own lines.
    excerpts: per name of the exercise, the learner's lines to show where its values are wrong.
    seconds: how long all the reading took.
    steps: the statements of each of the submission's chunks.
    elsewhere: of the names that are missing, those that stand where they don't count, such as in a class.
    """

    submission: Submission
    missing: Message | None
    forbidden: dict[str, Message]
    excerpts: dict[str, tuple[SourceLine, ...]]
    seconds: float = 0.0
    steps: tuple[tuple[Step, ...], ...] = ()
    elsewhere: tuple[str, ...] = ()


class HandedInCell(msgspec.Struct, frozen=True):
    """A cell of a handed-in notebook. Outputs are left where they are, unread: nothing that a student put there is a
    result of this run.

    cell_type: code, markdown or raw. nbgrader: the metadata of that name.
    """

    cell_type: str
    text: str = ""
    nbgrader: dict[str, Plain] | None = None

    @property
    def name(self) -> str | None:
        """The name that nbgrader gave it."""
        name = None if self.nbgrader is None else self.nbgrader.get("grade_id")
        return name if isinstance(name, str) else None


class Parser(Protocol):
    """Whoever looks into a submission's bytes: the confined reader (grader/reader), or, for text that this course
    wrote itself, functions of this process (examine.InProcess).

    All but `begin` raise SubmissionError with the sentence for the learner.
    """

    def begin(self, seconds: float) -> None:
        """A submission comes that may take this long in all."""

    def content(self, content: bytes, name: str, *, is_notebook: bool, names: frozenset[str]) -> Content:
        """The text in a file's bytes. name: the file's. names: to look for."""

    def mentioned(self, content: bytes, names: frozenset[str]) -> frozenset[str]:
        """Those of `names` that occur as words in a companion file."""

    def examine(self, submission: Submission, demands: Demands) -> Prepared:
        """The submission parsed and searched."""

    def loops(self, submission: Submission, function: str) -> tuple[SourceLine, ...]:
        """The lines on which the loops of a function begin."""
