"""A tiny course, written into a temporary folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

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


@pytest.fixture
def add_exercise(tmp_path: Path) -> Callable[[str, str], Path]:
    """Adds an exercise of this folder name and slug to the course in tmp_path/course."""

    def add(name: str, slug: str) -> Path:
        folder = tmp_path / "course" / "solutions" / name
        folder.mkdir(parents=True)
        contents = {
            "exercise.toml": EXERCISE.format(slug=slug),
            "reference.py": REFERENCE,
            "checks.py": CHECKS,
            "texts.zh-CN.toml": TEXTS,
            "statement.md": "# Do it\n",
            "statement.zh-CN.md": "# 动手\n",
        }
        for file, text in contents.items():
            (folder / file).write_text(text, "utf-8")
        return folder

    return add


@pytest.fixture
def course_folder(tmp_path: Path, add_exercise: Callable[[str, str], Path]) -> Path:
    """A course of two exercises: 03 sigmoid_derivative and 12 backprop."""
    add_exercise("exercise03", "sigmoid_derivative")
    add_exercise("exercise12", "backprop")
    (tmp_path / "course" / "course.toml").write_text(COURSE, "utf-8")
    (tmp_path / "course" / "texts.zh-CN.toml").write_text('title = "小课程"\n[units]\n1 = "神经元"\n', "utf-8")
    return tmp_path / "course"
