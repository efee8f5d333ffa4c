"""Which lines differ, and how a mutant's lines are written."""

from __future__ import annotations

import pytest

from grader.practice.parentheses import tidied
from grader.practice.patch import Hunk, changed_lines, hunks_between, is_alike, patched, size_of

ONE = "a = 1\nb = 2\nc = 3\nd = 4"


@pytest.mark.parametrize(
    "other", ["a = 1\nb = 3\nc = 3\nd = 4", "b = 2\nd = 4\ne = 5", "x\na = 1\nb = 2\n\nd", ONE, ""]
)
def test_hunks_make_the_other_text_of_the_one(other: str) -> None:
    hunks = hunks_between(ONE, other)
    assert patched(ONE, hunks) == other
    assert (size_of(hunks) == 0) == (other == ONE)


def test_empty_lines_and_blanks_at_the_end_are_no_changes() -> None:
    assert changed_lines(ONE, "a = 1  \n\n\nb = 2\nc = 3\n\nd = 4\n") == 0
    assert changed_lines(ONE, ONE.replace("2", "5")) == 1
    assert changed_lines(ONE, ONE.replace("2", "5") + "\n# why") == 2
    assert changed_lines(ONE, "a = 1") == 3


def test_another_answer_is_not_alike() -> None:
    assert is_alike(Hunk(0, ("return s * (1 - s)",), ("return s * (1 + s)",)))
    assert is_alike(Hunk(0, ("optimizer.zero_grad()",), ()))
    assert not is_alike(Hunk(0, ("return 2 * sigmoid(2 * x) - 1",), ("return tanh(x)",)))


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("dz = (a @ b) * c", "dz = (a @ b)", "dz = a @ b"),
        ("y = a / b", "y = (b / a)", "y = b / a"),
        ("y = a / b * c", "y = (b / a) * c", "y = b / a * c"),
        ("y = a * b", "y = (a + b) * b", "y = (a + b) * b"),  # these two mean something
        ("if a and b:", "if (a or b):", "if a or b:"),
        ("y = (a) * b", "y = (a) + b", "y = (a) + b"),  # the author's own stay
    ],
)
def test_parentheses_that_change_nothing_go(before: str, after: str, wanted: str) -> None:
    assert tidied(Hunk(0, (before,), (after,))).after == (wanted,)
