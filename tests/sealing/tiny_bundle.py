"""A course in two languages, of which one exercise can be sealed in part, and one not at all."""

from __future__ import annotations

from pathlib import Path

from tests.tiny import exercise_toml, tiny_course

COURSE = """
title = "Tiny"
languages = ["en", "zh-CN"]
[[units]]
number = 1
title = "One"
"""
REFERENCE = '''"""Small functions."""

import torch


def double(x):
    """2·x"""
    ### BEGIN SOLUTION
    twofold = x + x
    return twofold
    ### END SOLUTION


def half(x):
    """x/2"""
    ### BEGIN SOLUTION
    return x * 0.5
    ### END SOLUTION


def both(x):
    """The double and the half, in a dict."""
    ### BEGIN SOLUTION
    return {"double": double(x), "half": half(x)}
    ### END SOLUTION


def root(x):
    """√x of a float; a ValueError below 0."""
    ### BEGIN SOLUTION
    if x < 0:
        raise ValueError("below 0")
    return float(torch.tensor(x, dtype=torch.float64).sqrt())
    ### END SOLUTION
'''
MISTAKES = """
from grader.checks import edit, mistake

thrice = edit("double", {"x + x": "x + x + x"}).says("this is three times x")
squared = edit("double", {"x + x": "x * x"}).says("this is the square of x")
shifted = edit("double", {"return twofold": "return twofold + 1"}).says("1 is added")
quarter = edit("half", {"x * 0.5": "x * 0.25"}).says("this is a quarter of x")
breaks = edit("half", {"return x * 0.5": "return x.reshape(7, 11) * 0.5"}).says("the shape is changed")
unguarded = edit("root", {'raise ValueError("below 0")': "return 0.0"}).says("below 0 nothing is raised")


@mistake("double", "this is four times x")
def fourfold(x):
    print("never ends in a bundle")
    return 4 * x
"""
CHECKS = '''"""What the hidden check secretly looks at."""

from __future__ import annotations

import torch

from grader.checks import check

#: Only the hidden check uses this.
SECRET_SIZE = 13


def numbers(sample, size):
    """Of either sign."""
    return sample(size, low=-2, high=2)


@check(points=1, title="double: the values")
def test_double(compare, sample):
    compare("double", numbers(sample, 5))
    compare("double", numbers(sample, 3), gradient=True)


@check(points=1, title="half: the values, of an array too")
def test_half(compare, sample):
    compare("half", numbers(sample, 6).reshape(2, 3).T)
    compare("half", numbers(sample, 4).numpy())


@check(points=1, title="both at once")
def test_both(compare, sample):
    compare("both", numbers(sample, 4))
    compare("double", torch.tensor(float("nan")))


@check(points=1, title="root, and what it refuses")
def test_root(compare, expect, sample):
    expect("root", 4.0, equals=2.0)
    compare("root", sample.number(1, 9))
    compare("root", -1.0, raises=ValueError)


@check(points=2, title="half of the double is x again")
def test_there_and_back(compare, sample):
    y = compare("double", numbers(sample, 3))
    compare("half", y)


@check(points=0.5, hidden=True, title="an empty secret tensor")
def test_secret(compare, sample):
    compare("double", sample(0, SECRET_SIZE))
'''
TEXTS = """
title = "小函数"

[checks]
double = "double 的值"
half = "half 的值，数组也行"
both = "两者同时"
root = "root 以及它拒绝什么"
there_and_back = "double 的一半又是 x"
secret = "秘密的空张量"

[mistakes]
thrice = "这是 x 的三倍"
squared = "这是 x 的平方"
shifted = "多加了 1"
quarter = "这是 x 的四分之一"
breaks = "形状变了"
unguarded = "小于 0 时没有抛出异常"
fourfold = "这是 x 的四倍"

[docstrings]
module = "小函数。"
double = "2·x"
half = "x/2"
both = "两倍与一半，放在字典里。"
root = "浮点数的 √x；小于 0 时抛出 ValueError。"
"""
FED = """
from grader.checks import check


@check(points=2, title="half of the double is x again")
def test_there_and_back(student, sample):
    x = sample(3)
    if not student.half(student.double(x)).allclose(x):
        raise AssertionError
"""
STATEMENTS = {"statement.md": "# Small functions\n", "statement.zh-CN.md": "# 小函数\n"}
DOUBLING = {
    "exercise.toml": exercise_toml("doubling", 6.5),
    "reference.py": REFERENCE,
    "mistakes.py": MISTAKES,
    "checks.py": CHECKS,
    "texts.zh-CN.toml": TEXTS,
    "variants/product.py": REFERENCE.replace("x + x", "2 * x").replace("x * 0.5", "x / 2"),
    **STATEMENTS,
}
_TEXTS_OF_FED = TEXTS.partition("[checks]")[0] + '[checks]\nthere_and_back = "double 的一半又是 x"\n'
FEEDING = {
    **{name: text for name, text in DOUBLING.items() if not name.startswith(("mistakes", "variants"))},
    "exercise.toml": exercise_toml("feeding", 2),
    "checks.py": FED,
    "texts.zh-CN.toml": _TEXTS_OF_FED + "\n[docstrings]" + TEXTS.partition("[docstrings]")[2],
}


def course_in(folder: Path) -> Path:
    """exercise04, of which a visible check feeds values on, and exercise05, of which the only check does."""
    top = {"course.toml": COURSE, "texts.zh-CN.toml": 'title = "小课程"\n\n[units]\n1 = "一"\n'}
    return tiny_course(folder, {"exercise04": DOUBLING, "exercise05": FEEDING}, top)
