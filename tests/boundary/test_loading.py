"""Which statements of a file are run together, and which are left out after something went wrong."""

from __future__ import annotations

from grader.boundary.limit_reached import LimitReached
from grader.boundary.loading import MOST_PIECES, Loading
from grader.submission.examine import InProcess
from grader.submission.model import Chunk, Demands, Step, Submission
from grader.submission.steps import MOST_STEPS

HANG = LimitReached("time", amount=2)


def steps_of(source: str, *names: str) -> tuple[Step, ...]:
    submission = Submission(name="a.py", sha256="", chunks=(Chunk(None, source, 1),))
    return InProcess().examine(submission, Demands(names, ())).steps[0]


def loading(*sources: str) -> Loading:
    chunks = [Chunk(str(number), source, 1) for number, source in enumerate(sources, 1)]
    return Loading(chunks, [steps_of(source) for source in sources])


def lines(one: Loading) -> list[list[int]]:
    return [piece.lines for piece in one.pieces()]


QUIET = "import torch\n\nX = 3\n\n\ndef f(x: list[int] = 3) -> dict[str, int]:\n    return g(x)\n\n\nclass A: n = 1\n"


def test_what_can_not_hang_is_run_as_one() -> None:
    (piece,) = loading(QUIET).pieces()
    assert (piece.lines, piece.end) == ([1, 3, 6, 10], QUIET.count("\n") + 2)


def test_what_may_hang_is_run_alone() -> None:
    one = loading("import os\nf()\nx = 1\ny = 2; f()\n@f\ndef g(): ...\n\nclass B(f()): ...\nimport helper\nz = 3\n")
    assert lines(one) == [[1], [2], [3], [4], [5], [8], [9], [10]]


def test_a_statement_that_hung_is_left_out_and_named() -> None:
    one = loading("import os\nf()\ng()\nx = 1\n")
    assert lines(one) == [[1], [2], [3], [4]]
    assert one.without(2, HANG) and lines(one) == [[1], [2], [4]]
    assert [(stopped.line, stopped.limit) for stopped in one.stopped] == [(3, HANG)]
    assert not one.without(7, HANG), "a piece that is not there"
    one.only_quiet(0)
    assert lines(one) == [[1], [4]] and [stopped.limit for stopped in one.stopped] == [None, HANG]


def test_of_several_run_as_one_it_shows_the_next_time() -> None:
    one = loading(QUIET, "f()")
    assert len(one.pieces()) == 2 and one.without(0, HANG) and not one.stopped
    assert lines(one) == [[1], [3], [6], [10], [1]]
    assert one.without(2, HANG) and lines(one) == [[1], [3], [10], [1]]
    assert one.stopped[0].line == 6


def test_pieces_are_bounded() -> None:
    one = loading("f()\n" * (MOST_STEPS + 100))
    pieces = one.pieces()
    assert len(pieces) == MOST_PIECES + 1 and sum(len(piece.lines) for piece in pieces) == MOST_STEPS
    assert pieces[-1].end == MOST_STEPS + 102


def test_a_chunk_of_which_nothing_is_told_is_one_statement() -> None:
    one = Loading([Chunk(None, "a\nb", 1)], ())
    assert [(piece.lines, piece.end) for piece in one.pieces()] == [([1], 3)]
    assert Loading([Chunk(None, "# nothing", 1)], [()]).pieces()[0].lines == [1]


def test_steps_know_the_names_that_they_define() -> None:
    source = "def f(): 1\ng = h = 1\nif x:\n    for k in y: 1\nelse:\n    import f\nother = lambda: [f for f in k]\n"
    assert steps_of(source, "f", "g", "h", "k") == (
        Step(1, True, ("f",)),
        Step(2, True, ("g", "h")),
        Step(3, False, ("f", "k")),
        Step(7, False, ()),
    )
