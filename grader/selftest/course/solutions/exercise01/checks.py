"""One honest function, and one that the attacks are in. @CANARY@"""

from __future__ import annotations

from grader.checks import check


@check(points=1, title="the square")
def test_square(compare, sample):
    compare("square", sample(8, low=1, high=3))


@check(points=2, title="the cube")
def test_cube(compare, sample):
    compare("cube", sample(8, low=1, high=3))


@check(points=1, hidden=True, title="the cube, any shape")
def test_any_shape(compare, sample):
    compare("cube", sample(2, 3, low=1, high=3))
