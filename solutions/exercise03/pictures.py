"""What the learner's page shows of exercise 03: each function with its derivative, and the slopes that it has."""

from __future__ import annotations

import torch

from grader.pictures import picture


def together(draw, student, name):
    """The function, its derivative, and as a check the slope of the drawn function, between points close by."""
    x, step = torch.linspace(-6, 6, 49, dtype=torch.float64), 1e-3
    at = x[::4]
    function, derivative = getattr(student, name), getattr(student, f"{name}_grad")
    slopes = (function(at + step) - function(at - step)) / (2 * step)
    given = derivative(x)
    chart = draw.chart(
        draw.line("the function", x, function(x)),
        draw.line("the derivative", x, given),
        draw.dots("slope of the drawn function, measured", at, slopes),
        x="x",
        y="value",
    )
    says = "At x = 0 the function has the slope {slope}, and the derivative says {given}. At x = 6 it says {far}."
    return draw.frame(chart, says, slope=slopes[6], given=given[24], far=given[-1])


@picture("sigmoid and sigmoid_grad")
def sigmoid(draw, student):
    return together(draw, student, "sigmoid")


@picture("tanh and tanh_grad")
def tanh(draw, student):
    return together(draw, student, "tanh")
