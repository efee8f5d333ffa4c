"""What the learner's page shows of exercise 05: two moons, and the border that a multilayer perceptron draws."""

from __future__ import annotations

import torch

from grader.pictures import picture

X_SPAN, Y_SPAN = (-1.6, 2.6), (-1.0, 1.5)
COLUMNS, ROWS = 43, 26


def tensor(numbers):
    return torch.tensor(numbers, dtype=torch.float64)


#: Trained on the moons beforehand, with tanh: three hidden units, one output.
PARAMS = [
    (tensor([[2.9, -1.2], [-2.5, 1.6], [-2.9, -2.6]]), tensor([1.9, 3.4, 1.9])),
    (tensor([[4.8, -5.0, 4.8]]), tensor([0.2])),
]


def moons():
    """Two half circles that reach into each other, with noise: [20, 2] each."""
    angle = torch.linspace(0, torch.pi, 20, dtype=torch.float64)
    upper, lower = (angle.cos(), angle.sin()), (1 - angle.cos(), 0.5 - angle.sin())
    points = torch.cat([torch.stack(moon, dim=1) for moon in (upper, lower)])
    noise = torch.randn(points.shape, generator=torch.Generator().manual_seed(5), dtype=torch.float64)
    return (points + 0.12 * noise).split(20)


def grid():
    x, y = (torch.linspace(*span, n, dtype=torch.float64) for span, n in ((X_SPAN, COLUMNS), (Y_SPAN, ROWS)))
    return torch.cartesian_prod(y, x).flip(1)


def drawn(draw, outputs, line):
    """Both moons over the side on which the output is positive. outputs: [grid, 1]. line: a layer."""
    upper, lower = moons()
    positive = (outputs > 0).long().reshape(ROWS, COLUMNS)
    return draw.chart(
        draw.regions("output above 0", X_SPAN, Y_SPAN, positive),
        line,
        draw.dots("the upper moon", *upper.T),
        draw.dots("the lower moon", *lower.T),
        x="x₁",
        y="x₂",
    )


def misplaced(student, f):
    """How many points are on the other moon's side."""
    upper, lower = (student.mlp_forward(moon, PARAMS, f) for moon in moons())
    return int((upper > 0).sum() + (lower <= 0).sum())


@picture("Two moons through three hidden units with f = tanh")
def through(draw, student, probe):
    f = probe("tanh")
    hidden = student.linear(grid(), *PARAMS[0]).prod(dim=1)  # 0 where one of them is
    units = draw.contours("where a hidden unit is 0", X_SPAN, Y_SPAN, hidden.reshape(ROWS, COLUMNS), [0.0])
    scene = drawn(draw, student.mlp_forward(grid(), PARAMS, f), units)
    says = "A border bends only near the lines of the hidden units. Points on the wrong side: {wrong} of 40."
    return draw.frame(scene, says, wrong=misplaced(student, f))


@picture("The same weights with f = identity, and the one layer that collapse makes of them")
def collapsed(draw, student, probe):
    f = probe("identity")
    W, b = student.collapse(PARAMS)
    one = (grid() @ W.T + b).reshape(ROWS, COLUMNS)
    scene = drawn(
        draw,
        student.mlp_forward(grid(), PARAMS, f),
        draw.contours("where the one layer is 0", X_SPAN, Y_SPAN, one, [0.0]),
    )
    says = "Without f between the layers a border is straight. Points on the wrong side: {wrong} of 40."
    return draw.frame(scene, says, wrong=misplaced(student, f))
