"""What is done with a submission before it runs costs no more than in proportion to its size, whatever its shape."""

from __future__ import annotations

import os
from contextlib import suppress

import pytest

from grader.errors import SubmissionError
from grader.selftest.sources import HOSTILE, Files, Shape
from tests.submission.analysis import calls, examined, seconds
from tests.submission.shapes import shape

_SHAPES = int(os.environ.get("GRADE_SHAPES", "20"))
#: Bytes. Small, since calls are counted: those that a shape takes for a quadratic part soon outweigh the others.
_SIZE = 2000
#: Twice the size may take twice the calls; a square, four times. Between lies what a shape's own steps make uneven.
_MOST_GROWTH = 2.9
#: Fewer calls than these are no growth: a bound is reached only after some repetitions.
_FEW_CALLS = 6000
#: What happens in C counts by time, of a larger file: so many seconds are no matter, however they grow.
_LARGE = 30_000
_QUICK = 0.25


def expect_linear(tried: Shape) -> None:
    """Fails if the calls grow by more than the size, or the time of a large file by much more."""
    files = [tried.render(_SIZE * times) for times in (1, 2, 4)]
    examined_once(files[0])  # what is remembered from one to the next must not count as the first one's
    two, four = calls(files[1]), calls(files[2])
    second = four - two
    # Long pieces make the sizes uneven: what counts is what was made.
    sizes = [*map(_size, files)]
    doubled = max((sizes[2] - sizes[1]) / max(sizes[1] - sizes[0], 1), 2) / 2
    if second > _MOST_GROWTH * doubled * _FEW_CALLS:
        one = calls(files[0])
        assert second <= _MOST_GROWTH * doubled * (two - one), f"{tried.name}: {one}, {two} and {four} calls"
    large = seconds(tried.render(_LARGE), enough=_QUICK)
    if large > _QUICK:
        small = seconds(tried.render(_LARGE // 4), tries=5)
        for _ in range(4):  # the least of the tries counts, so the first that is quick enough will do
            if large >= max(9 * small, _QUICK):
                large = min(large, seconds(tried.render(_LARGE)))
        assert large < max(9 * small, _QUICK), f"{tried.name}: {small:.2f} s, of four times the size {large:.2f} s"


def examined_once(files: Files) -> None:
    """Look into it, whatever comes of it."""
    with suppress(SubmissionError):
        examined(files)


def _size(files: Files) -> int:
    return len(files.content) + sum(map(len, files.companions.values()))


@pytest.mark.slow
@pytest.mark.parametrize("tried", HOSTILE, ids=lambda tried: tried.name)
def test_a_shape_that_once_was_hostile(tried: Shape) -> None:
    expect_linear(tried)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, _SHAPES, 20))
def test_any_shape(first: int) -> None:
    for seed in range(first, min(first + 20, _SHAPES)):
        expect_linear(shape(seed))


@pytest.mark.parametrize("size", [10_000, 100_000])
@pytest.mark.parametrize(
    "name",
    [
        "two choices per line",
        "functions that ask for all names",
        "a list that doubles",
        "a huge number as text",
        "many names of a long module",
        "cells that are no Python",
    ],
)
def test_what_once_took_minutes_ends_soon(name: str, size: int) -> None:
    (tried,) = (one for one in HOSTILE if one.name == name)
    assert seconds(tried.render(size)) < 5


def test_the_same_seed_gives_the_same_shape() -> None:
    for seed in range(50):
        assert shape(seed).render(3000) == shape(seed).render(3000)


def test_what_is_told_of_many_cells_is_little() -> None:
    """60,000 cells that raise, are no Python or another language's: their number is told, not each of them."""
    for name in ("cells that raise", "cells that are no Python", "cells of another language", "cells with magics"):
        (tried,) = (one for one in HOSTILE if one.name == name)
        prepared = examined(tried.render(60_000))
        assert len(prepared.submission.notes) <= 42
        assert sum(len(str(note)) for note in prepared.submission.notes) < 20_000


def test_refusals_are_few_and_short() -> None:
    source = "import torch\n" + "".join(f"def f{i}(): return torch.sigmoid({'x' * 3000})\n" for i in range(300))
    source += "def sigmoid(x): return f7(x)\n"
    refusals = examined(Files("a.py", source.encode())).forbidden
    assert "sigmoid" in refusals and len(refusals) <= 110
    assert all(len(str(refusal)) < 1000 for refusal in refusals.values())
