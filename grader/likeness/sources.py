"""The Python that was handed in, as text to be compared and shown; a notebook's cells come from the confined reader."""

from __future__ import annotations

import hashlib
from pathlib import Path

from grader.course.handout import handed_out
from grader.course.model import Exercise
from grader.course.suffixes import code_kind
from grader.errors import GradeError
from grader.likeness.fingerprints import grams
from grader.likeness.tokens import MOST_TEXT, tokens
from grader.reader.client import Reader
from grader.result import Result
from grader.submission.files import MAX_NOTEBOOK
from grader.submission.folder import read_below
from grader.text import Message, say


def source_of(result: Result, root: Path, reader: Reader) -> str | Message:
    """The Python of the file that was graded, without what is beyond `MOST_TEXT`, or why there is none.

    root: the folder that its path is relative to.
    """
    path = Path(result.submission)
    try:
        content = read_below(root, path, MAX_NOTEBOOK)
    except GradeError as error:
        return error.message
    if hashlib.sha256(content).hexdigest() != result.submission_sha256:
        return say("it was changed since it was graded")
    if code_kind(path.name) == ".ipynb":
        code = "\n".join(cell.text for cell in reader.cells(content) if cell.cell_type == "code")
        return code[:MOST_TEXT] or say("no code cell could be read in it")
    return content[:MOST_TEXT].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


def stub_of(exercise: Exercise) -> str:
    """What learners got, with its docstrings in every language."""
    return handed_out(exercise, exercise.languages)


def common_grams(exercise: Exercise) -> frozenset[int]:
    """The k-grams of what learners got, of the reference, and of the other right answers that the course knows."""
    files = [exercise.folder / "reference.py", *sorted((exercise.folder / "variants").glob("*.py"))]
    texts = [stub_of(exercise), *(path.read_text("utf-8") for path in files)]
    return frozenset(gram for text in texts for gram in grams(tokens(text)))
