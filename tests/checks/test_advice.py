"""What an exception's type alone says, asked of exceptions that Python and NumPy raise here."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from grader.checks.advice.advise import advise
from grader.text import render
from grader.wire.values import Raised

LIST: Any = [1]
NUMBER: Any = 5
HALF: Any = 2.5
EMPTY: Any = {}
TEXT: Any = "a"
NUMPY: Any = np
#: Of no name under which it could be found again.
FUNCTIONS = [lambda: 0]


def no_name() -> Any:
    return undefined_name  # type: ignore[name-defined]  # noqa: F821


def one(a: Any, b: Any) -> Any:
    return a, b


ONE: Any = one


RAISING: list[tuple[Callable[[], Any], str, str]] = [
    (lambda: EMPTY["w"], "no such key", "没有这个键"),
    (lambda: [1][3], "The index is too large", "下标太大"),
    (lambda: np.ones(3)[5], "an axis of size n", "长度为 n 的轴"),
    (lambda: np.ones(3)[0, 0], "more indices than the array has axes", "多于数组的轴数"),
    (lambda: 1 / 0, "divided by 0", "除以了 0"),
    (no_name, "nothing has this name yet", "还没有定义"),
    (lambda: ONE(1), "fewer values", "给的值太少"),
    (lambda: ONE(1, 2, c=3), "no parameter of this name", "没有叫这个名字的参数"),
    (lambda: ONE(1, a=3), "gets its value twice", "被传了两次"),
    (lambda: ONE(1, 2, 3, 4), "more values than it has parameters", "比函数的参数还多"),
    (lambda: LIST(2), "no function", "不是函数"),
    (lambda: NUMBER[0], "a single value", "只是单个值"),
    (lambda: list(NUMBER), "a single value", "只是单个值"),
    (lambda: range(HALF), "A whole number is needed", "需要整数"),
    (lambda: EMPTY + EMPTY, "can't combine values of these two types", "这两种类型"),
    (lambda: NUMPY.no_such_thing, "The module has nothing of this name", "模块里没有这个名字"),
    (lambda: TEXT.nothing, "An object of this type has nothing", "没有这个属性或方法"),
    (lambda: float("a"), "This text is no number", "不是数"),
    (lambda: [1].index(2), "no such entry", "没有这个元素"),
    (lambda: next(iter([])), "nothing left", "没有下一项"),
    (lambda: pickle.dumps(FUNCTIONS), "can't be written to a file", "不能直接写进文件"),
]


@pytest.mark.parametrize(("raising", "english", "chinese"), RAISING)
def test_the_type_alone_is_explained(raising: Callable[[], Any], english: str, chinese: str) -> None:
    with pytest.raises(Exception) as caught:
        raising()
    told = advise(Raised("exception", caught.type.__name__, str(caught.value)))
    assert told is not None
    assert english in render(told, "en") and chinese in render(told, "zh-CN")


def test_a_learners_own_exception_is_not_explained() -> None:
    assert advise(Raised("exception", "ValueError", "shapes differ")) is None
