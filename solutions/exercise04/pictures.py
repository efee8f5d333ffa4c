"""What the learner's page shows of exercise 04: rectifiers with their derivatives, and gradients by depth."""

from __future__ import annotations

import torch

from grader.pictures import picture

DEPTHS = list(range(0, 21, 2))


def together(draw, student, name, *numbers):
    """The function, its derivative, and as a check the slope of the drawn function, between points close by."""
    x, step = torch.linspace(-3, 3, 61, dtype=torch.float64), 1e-3
    at = x[::4]  # 0 is not among them: there is no slope
    function, derivative = getattr(student, name), getattr(student, f"{name}_grad")
    slopes = (function(at + step, *numbers) - function(at - step, *numbers)) / (2 * step)
    given = derivative(x, *numbers)
    chart = draw.chart(
        draw.line("the function", x, function(x, *numbers)),
        draw.line("the derivative", x, given),
        draw.dots("slope of the drawn function, measured", at, slopes),
        x="x",
        y="value",
    )
    says = "The derivative: {left} at x = −2, {middle} at 0, {right} at 2."
    return draw.frame(chart, says, left=given[10], middle=given[30], right=given[50])


@picture("relu and relu_grad")
def relu(draw, student):
    return together(draw, student, "relu")


@picture("leaky_relu and leaky_relu_grad, slope 0.2")
def leaky_relu(draw, student):
    return together(draw, student, "leaky_relu", 0.2)


@picture("elu and elu_grad, alpha 0.5")
def elu(draw, student):
    return together(draw, student, "elu", 0.5)


@picture("gradient_through_depth: what is left of a gradient behind so many functions")
def depth(draw, student, probe):
    x = torch.tensor([0.5], dtype=torch.float64)
    layers, ends = [], {}
    for label in ("sigmoid", "tanh", "relu"):
        f, f_grad = probe(f"right_{label}"), probe(f"right_{label}_grad")
        found = torch.cat([student.gradient_through_depth(f, f_grad, depth, x) for depth in DEPTHS])
        layers.append(draw.line(label, DEPTHS, found.abs().log10()))
        ends[label] = found[-1]
    chart = draw.chart(*layers, x="depth", y="log₁₀ of the gradient")
    says = "From x = 0.5 through 20 functions: {sigmoid} is left by sigmoid, {tanh} by tanh, {relu} by relu."
    return draw.frame(chart, says, **ends)
