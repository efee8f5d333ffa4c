"""What checks.py and mistakes.py are written with. Texts are in the course's first language; the others are files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import msgspec
import pytest

from grader.checks.failure import CheckFailed
from grader.course.edits import Edit
from grader.course.texts import texts_beside
from grader.text import Message

F = TypeVar("F", bound=Callable[..., Any])


class CheckMark(msgspec.Struct, frozen=True):
    """What `@check` says of a test."""

    points: float
    title: str
    hidden: bool
    part: str = ""


class MistakeMark(msgspec.Struct, frozen=True):
    """What `@mistake` says of a wrong answer: the function it stands for, and its explanation."""

    of: str
    why: str


def check(*, points: float, title: str, hidden: bool = False, part: str = "") -> Callable[[F], F]:
    """Make a test a check: its points, its title, and whether a learner is kept from seeing its inputs.

    part: which of the parts it belongs to, in an exercise that has them in exercise.toml.

    The arguments must be literals: they are also read without running the file.
    """
    return pytest.mark.grade_check(CheckMark(points, title, hidden, part))


def edit(of: str, changes: Mapping[str, str] | str) -> Edit:
    """A named mistake as an edit of the reference's function `of`; it is named as the variable that it is given to.

    no_step = edit("train_step", {"optimizer.step()": ""}).says("the optimizer never steps")
    minus = edit("sigmoid", "return 1 / (1 - torch.exp(-x))").says("the terms are subtracted, not added")

    changes: source text that stands in the function once → what the learner has in its place; or the whole body. of:
    `Class.method` for a method.
    """
    return Edit(of, changes)


def mistake(of: str, why: str) -> Callable[[F], F]:
    """Make a function a named mistake, one that no edit can say: it stands in for the reference's function `of`."""

    def mark(function: F) -> F:
        function.__grade_mistake__ = MistakeMark(of, why)  # type: ignore[attr-defined]
        return function

    return mark


def fail(reason: str, /, **fields: object) -> NoReturn:
    """Fail the check with a reason of the author's own, `{name}` in it standing for a field.

    fail("Row {row} does not add up to 1.", row=3)
    """
    texts = texts_beside(Path(sys._getframe(1).f_code.co_filename).parent)
    raise CheckFailed(Message("{reason}", {"reason": texts.reason(reason, fields)}))
