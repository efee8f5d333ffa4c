"""Everything that is done with a submission before it runs, and what it costs."""

from __future__ import annotations

import ast
import cProfile
import gc
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import cache

from grader.course.find import find_course, find_exercise
from grader.course.model import Exercise
from grader.errors import SubmissionError
from grader.grading.prepare import prepare, required_names
from grader.selftest.sources import Files
from grader.submission.examine import InProcess
from grader.submission.loops import loops
from grader.submission.model import Prepared, Submission
from grader.submission.syntax import _MOST_COMPILED, expect_parsable, parse
from tests.bad_input import ROOT


@cache
def exercise() -> Exercise:
    """One with many forbidden names."""
    return find_exercise(find_course(ROOT), "exercise03")


def read(files: Files) -> Submission:
    """As `read_submission` does, but for the files' opening."""
    is_notebook = files.name.endswith(".ipynb")
    content = InProcess().content(files.content, files.name, is_notebook=is_notebook, names=frozenset({"helper"}))
    return Submission(
        name=files.name, sha256="", chunks=content.chunks, companions=dict(files.companions), notes=content.notes
    )


def examined(files: Files) -> Prepared:
    """What comes of it. Raises SubmissionError."""
    return prepare(exercise(), read(files), InProcess())


def analyse(files: Files) -> str:
    """All of it; what came out in a word."""
    try:
        submission = read(files)
        prepared = prepare(exercise(), submission, InProcess())
        parsed = parse(submission)
        for name in required_names(exercise()):
            loops(parsed, name)
    except SubmissionError as error:
        return f"refused: {error}"
    return f"{len(prepared.forbidden)} refusals, {len(prepared.submission.notes)} notes"


def calls(files: Files) -> int:
    """How many calls of functions it takes, Python's own in C included. The same each time."""
    profile = cProfile.Profile()
    gc.collect()
    profile.runcall(analyse, files)
    return sum(entry.callcount for entry in profile.getstats())


def seconds(files: Files, tries: int = 1, enough: float = 0.0) -> float:
    """CPU seconds that it takes, without those in which Python parses and compiles; of each the least of the tries,
    since on a busy machine one of the two may take twice as long as it does alone. enough: if it takes no more than
    this in all, those are not measured."""
    gc.collect()
    gc.disable()  # what else this process holds must not count
    try:
        whole = min(_timed(lambda: analyse(files)) for _ in range(tries))
        if whole <= enough:
            return whole
        return max(whole - min(pythons_own(files) for _ in range(tries)), 0.0)
    finally:
        gc.enable()


def _timed(function: Callable[[], object]) -> float:
    start = time.process_time()
    function()
    return time.process_time() - start


def pythons_own(files: Files) -> float:
    """CPU seconds that Python's own parser and compiler take: the submission is parsed twice above."""
    try:
        sources = [chunk.source for chunk in read(files).chunks]
        for source in sources:
            expect_parsable(source, files.name)
    except SubmissionError:
        return 0.0
    start = time.process_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for source in sources:
            with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
                tree = ast.parse(source)
                if len(source) <= _MOST_COMPILED:
                    compile(tree, "a.py", "exec", dont_inherit=True)
    return 2 * (time.process_time() - start)
