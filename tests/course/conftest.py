"""A tiny course, written into a temporary folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tiny import tiny_course

COURSE = """\
languages = ["en", "zh-CN"]
title = "Tiny"

[[units]]
number = 1
title = "Neurons"
"""

EXERCISE = """\
slug = "{slug}"
unit = 1
points = 3
source = "C 1.2"
forbidden = ["torch.sigmoid", ".sigmoid", "torch.autograd.*"]
title = "The derivative"
hints = ["Look at the product."]
[limits]
call_seconds = 2
memory_mb = 512
"""

REFERENCE = '''\
"""The sigmoid.

Its derivative too.
"""

import torch


def sigmoid(x: torch.Tensor) -> torch.Tensor:
    """The sigmoid."""
    ### BEGIN SOLUTION
    return 1 / (1 + torch.exp(-x))
    ### END SOLUTION


class Net:
    """A net."""

    def forward(self, x):
        """Forward."""
        y = x
        ### BEGIN SOLUTION
        return sigmoid(y)
        ### END SOLUTION
'''

TEXTS = r'''
title = "导数"
hints = ["看看乘积。"]
[checks]
secret = "隐藏"
values = "函数值"
[docstrings]
module = """
sigmoid 及其导数。

用 \\sigma 表示。"""
sigmoid = "逐元素的 sigmoid。"
Net = "一个网络。"
"Net.forward" = "前向。"
'''

CHECKS = """\
from grader.checks import check

@check(points=1, title="secret", hidden=True)
def test_secret(compare): ...

@check(points=2, title="the values")
def test_values(compare): ...
"""


def exercise_files(slug: str) -> dict[str, str]:
    """An exercise of this slug."""
    return {
        "exercise.toml": EXERCISE.format(slug=slug),
        "reference.py": REFERENCE,
        "checks.py": CHECKS,
        "texts.zh-CN.toml": TEXTS,
        "statement.md": "# Do it\n",
        "statement.zh-CN.md": "# 动手\n",
    }


TOP = {"course.toml": COURSE, "texts.zh-CN.toml": 'title = "小课程"\n[units]\n1 = "神经元"\n'}


@pytest.fixture
def add_exercise(tmp_path: Path) -> Callable[[str, str], Path]:
    """Adds an exercise of this folder name and slug to the course in tmp_path/course."""

    def add(name: str, slug: str) -> Path:
        return tiny_course(tmp_path / "course", {name: exercise_files(slug)}, TOP) / "solutions" / name

    return add


@pytest.fixture
def course_folder(tmp_path: Path) -> Path:
    """A course of two exercises: 03 sigmoid_derivative and 12 backprop."""
    slugs = {"exercise03": "sigmoid_derivative", "exercise12": "backprop"}
    return tiny_course(tmp_path / "course", {name: exercise_files(slug) for name, slug in slugs.items()}, TOP)
