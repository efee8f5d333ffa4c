"""What the learner's page shows of exercise 13: gradients beside the right ones, and how eps decides what a difference
quotient is worth."""

from __future__ import annotations

import torch

from grader.pictures import picture


def numbers(seed, *shape):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def beside(draw, found, right):
    """Two matrices, and by how much they differ at most."""
    furthest = (found - right).abs().max()
    return [
        draw.frame(draw.heat_map(found), "Yours."),
        draw.frame(draw.heat_map(right), "The right one. The largest difference is {furthest}.", furthest=furthest),
    ]


@picture("grad_of at a matrix x, for f(x) = Σ a·(x³ + sin x) + (Σ a·x)²")
def gradient(draw, student, reference, probe):
    asked = probe("coupled", numbers(131, 3, 5)), numbers(132, 3, 5)
    return beside(draw, student.grad_of(*asked), reference.grad_of(*asked))


@picture("vjp: the gradient of v₁·f₁ + … + v₄·f₄, for f(x) = (a·x)² with four entries")
def product(draw, student, reference, probe):
    asked = probe("squares", numbers(133, 4, 6)), numbers(134, 2, 3), numbers(135, 4)
    return beside(draw, student.vjp(*asked), reference.vjp(*asked))


@picture("How far numerical_gradient is from autograd's gradient, by eps")
def steps(draw, student, reference, probe):
    f, x = probe("waves", numbers(136, 6)), numbers(137, 6)
    exact = reference.grad_of(f, x)
    exponents = torch.arange(-12, 0.5, 0.5, dtype=torch.float64)
    errors = torch.stack([(student.numerical_gradient(f, x, 10**e) - exact).abs().max() for e in exponents.tolist()])
    line = draw.line("largest error", exponents, errors.log10())
    best = int(errors.argmin())
    says = (
        "The error is least, {error}, at eps = {eps}. With a larger eps the curve bends too much on the way; with a "
        "smaller one the digits of f(x + eps) − f(x − eps) are lost."
    )
    shown = {"error": errors[best], "eps": 10 ** float(exponents[best])}
    return draw.frame(draw.chart(line, x="log₁₀ of eps", y="log₁₀ of the error"), says, **shown)
