"""Two blocks as texts: whole where they are small, around the worst entry where not, differing entries marked."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from grader.checks.pair import pair


def texts(expected: object, got: object) -> tuple[list[str], list[str]]:
    known, answer = torch.as_tensor(expected).double(), torch.as_tensor(got).double()
    error = (known - answer).abs().nan_to_num(nan=np.inf)
    index = tuple(int(i) for i in np.unravel_index(int(error.argmax()), tuple(known.shape)))
    found = pair(expected, got, error > 1e-9, index)
    assert found.marked == bool((error <= 1e-9).any())
    return found.expected.split("\n"), found.got.split("\n")


def test_small_matrices_stand_whole_in_columns_of_one_width() -> None:
    assert texts(torch.tensor([[1.0, 2.5], [-3.0, 4.0]]), torch.tensor([[1.0, 2.5], [-3.0, 14.0]])) == (
        ["tensor([[  1.0,   2.5],", "        [ -3.0,   4.0]], dtype=float32)"],
        ["tensor([[  1.0,   2.5],", "        [ -3.0, 14.0*]], dtype=float32)"],
    )


def test_no_marks_where_every_entry_differs() -> None:
    assert texts(np.array([1, 2]), np.array([2, 3])) == (["array([1, 2], dtype=int64)"], ["array([2, 3], dtype=int64)"])


def test_the_worst_entry_never_looks_the_same() -> None:
    _, got = texts(torch.tensor([1.0, 2.0], dtype=torch.float64), torch.tensor([1.0, 2.00000003], dtype=torch.float64))
    assert got == ["tensor([        1.0, 2.00000003*], dtype=float64)"]


def test_nan_and_bool() -> None:
    assert texts(np.array([1.0, 2.0]), np.array([1.0, np.nan]))[1] == ["array([ 1.0, nan*], dtype=float64)"]
    assert texts(torch.tensor([True, False]), torch.tensor([True, True]))[1] == ["tensor([ True, True*], dtype=bool)"]


def test_of_large_blocks_both_sides_show_the_same_entries_around_the_worst() -> None:
    expected = torch.arange(3_000_000, dtype=torch.float64).reshape(3, -1)
    got = expected.clone()
    got[1, 500] = -1.0
    assert texts(expected, got) == (
        ["tensor([…, […, 1e+06, …], …], shape=[3, 1000000], dtype=float64)"],
        ["tensor([…, […, -1.0*, …], …], shape=[3, 1000000], dtype=float64)"],
    )


@pytest.mark.parametrize("shape", [(1,), (6,), (16,), (17,), (7, 7), (8, 2), (3, 16), (2, 3, 4), (9, 1), (1, 1, 1)])
def test_lines_fit_a_terminal_and_hold_the_worst_entry(shape: tuple[int, ...]) -> None:
    expected = torch.linspace(-1, 1, torch.Size(shape).numel(), dtype=torch.float64).reshape(shape)
    for position in {0, expected.numel() // 2, expected.numel() - 1}:
        got = expected.clone()
        got.view(-1)[position] = 123.5
        sides = texts(expected, got)
        assert all(len(line) <= 66 for side in sides for line in side)
        assert "123.5" in "".join(sides[1])
        assert len(sides[0]) == len(sides[1])
