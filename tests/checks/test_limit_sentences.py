"""Every limit has its sentence."""

from __future__ import annotations

from typing import get_args

import pytest

from grader.boundary.limit_reached import LimitKind
from grader.checks.limit_sentences import message_for_limit
from grader.text import render


@pytest.mark.parametrize("kind", get_args(LimitKind))
def test_limits_say_what_ended_the_call(kind: LimitKind) -> None:
    amounts: dict[str, float | str] = {"time": 5.0, "total_time": 30, "memory": 1024, "output": 1024, "exit": 3}
    amount = amounts.get(kind, "SIGSEGV" if kind == "crash" else "")
    text = render(message_for_limit(kind, amount), "en")
    assert str(amount).removesuffix(".0") in text and "{" not in text
