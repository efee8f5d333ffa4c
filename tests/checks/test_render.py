"""Values as short, harmless text, whatever they are."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
import torch

from grader.checks.render import call_lines, clean, short
from grader.wire.values import Call, Callback, Opaque, Probe, Remote

X = torch.tensor([-1.23456, 0.56211, 2.0] * 20, dtype=torch.float64)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        (True, "True"),
        (3, "3"),
        (3.0, "3.0"),
        (10**59, "1" + "0" * 59),
        (10**100 + 7, "100000000000…000000000007"),
        (-(10**100), "-100000000000…000000000000"),
        (2 / 3, "0.666667"),
        (1e-9, "1e-09"),
        (1 + 2j, "1+2j"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        ("a'b", "'a'b'"),
        (b"ab", "b'ab'"),
        ([], "[]"),
        ((1,), "(1,)"),
        ({"w": [1, 2.5]}, "{'w': [1, 2.5]}"),
        (np.float32(1.5), "float32(1.5)"),
        (np.array([1, 2]), "array([1, 2], dtype=int64)"),
        (torch.tensor(0.25), "tensor(0.25, dtype=float32)"),
        (torch.eye(2) > 0, "tensor([[True, False], [False, True]], dtype=bool)"),
        (torch.empty(0, 3), "tensor([], shape=[0, 3], dtype=float32)"),
        (X, "tensor([-1.235, 0.5621, 2.0, -1.235, …], shape=[60], dtype=float64)"),
        (X.reshape(20, 3), "tensor([[-1.235, 0.5621, 2.0], …], shape=[20, 3], dtype=float64)"),
        ([1.5] * 100, "[1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, 1.5, …] len=100"),
        (Remote(1, "Linear"), "<Linear>"),
        (Opaque("Figure"), "<Figure>"),
        (Probe("step"), "<step>"),
        (Callback(abs), "<Callback>"),
        (torch.nn.functional.relu, "<relu>"),
    ],
)
def test_short(value: Any, text: str) -> None:
    assert short(value) == text


def test_a_number_that_python_refuses_to_print() -> None:
    assert short(-(2**20_000)) == "-2**20000…"


@pytest.mark.parametrize(
    "value",
    [
        torch.rand(1000, 1000).T,
        torch.zeros((1,) * 40),
        torch.zeros(2, 3, 4, 5, 6),
        np.zeros((3, 1000)),
        list(range(10**6)),
        {i: torch.rand(9, 9) for i in range(10**5)},
        "x" * 10**7,
        "\x00" * 10**6,
        10**10**5,
        [[[[[[]]]]]],
        b"\xff" * 10**6,
        torch.rand(300).to_sparse(),
        torch.empty(5, device="meta"),
        np.array(["\x1b[31m" * 50] * 3),
        [["\x1b" * 99] * 99] * 99,
    ],
    ids=lambda value: type(value).__name__,
)
def test_short_is_bounded_and_printable(value: Any) -> None:
    begin = time.perf_counter()
    for width in (20, 72, 200):
        text = short(value, width)
        assert len(text) <= width and text.isprintable()
    assert time.perf_counter() - begin < 0.5


def test_clean_shows_what_would_not_be_seen() -> None:
    assert clean("a\x1b[31m\u202e\n\ud800你好") == "a\\x1b[31m\\u202e\\n\\ud800你好"
    assert len(clean("\x00" * 1000, 50)) == 50


def test_call_text() -> None:
    call = Call(target="step", args=(X, 3, "mean"), kwargs={"lr": 0.1, "out": [1.0, 2.0]})
    first, below = call_lines(call, ("x", "n", "how"))
    lines = [first, *below]
    assert lines == [
        "step(x, n=3, how='mean', lr=0.1, out)",
        "x = tensor([-1.235, 0.5621, 2.0, -1.235, …], shape=[60], dtype=float64)",
        "out = [1.0, 2.0]",
    ]
    assert call_lines(Call(target=Probe("scenario"), args=(2,))) == ("scenario(2)", ())
