"""One honest function, and one that the attacks are in. @CANARY@"""

from __future__ import annotations

from grader.checks import check


@check(points=1, en="the square", zh="平方")
def test_square(compare, sample):
    compare("square", sample(8, low=1, high=3))


@check(points=2, en="the cube", zh="立方")
def test_cube(compare, sample):
    compare("cube", sample(8, low=1, high=3))


@check(points=1, hidden=True, en="the cube, any shape", zh="立方，任意形状")
def test_any_shape(compare, sample):
    compare("cube", sample(2, 3, low=1, high=3))
