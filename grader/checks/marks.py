"""The decorators of checks.py and mistakes.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import msgspec
import pytest

from grader.checks.failure import CheckFailed
from grader.text import Message, Text

F = TypeVar("F", bound=Callable[..., Any])


class CheckMark(msgspec.Struct, frozen=True):
    """What `@check` says of a test."""

    points: float
    title: Text
    hidden: bool


class MistakeMark(msgspec.Struct, frozen=True):
    """What `@mistake` says of a wrong answer: the function it stands for, and its explanation."""

    of: str
    text: Text


def check(*, points: float, en: str, zh: str, hidden: bool = False) -> Callable[[F], F]:
    """Make a test a check: its points, its title in both languages, and whether a learner sees its inputs.

    The arguments must be literals: they are also read without running the file.
    """
    return pytest.mark.grade_check(CheckMark(points, {"en": en, "zh-CN": zh}, hidden))


def mistake(of: str, *, en: str, zh: str) -> Callable[[F], F]:
    """Make a function a named mistake: a wrong answer that stands in for the reference's function `of`."""

    def mark(function: F) -> F:
        function.__grade_mistake__ = MistakeMark(of, {"en": en, "zh-CN": zh})  # type: ignore[attr-defined]
        return function

    return mark


def fail(*, en: str, zh: str) -> NoReturn:
    """Fail the check with a reason of the author's own, in both languages."""
    raise CheckFailed(Message("{reason}", {"reason": {"en": en, "zh-CN": zh}}))
