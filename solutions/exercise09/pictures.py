"""What the learner's page shows of exercise 09: losses and gradients by the logit, and softmax."""

from __future__ import annotations

import torch

from grader.pictures import picture


@picture("The binary loss of one logit, and its gradient")
def by_logit(draw, student):
    z, step = torch.linspace(-6, 6, 25, dtype=torch.float64), 1e-3
    loss, gradient = student.binary_cross_entropy_with_logits, student.binary_cross_entropy_with_logits_grad
    frames = []
    for label, says in (
        (1.0, "For label 1. At z = −6, far on the wrong side, the loss is {loss}, and the gradient {slope}."),
        (0.0, "For label 0. At z = −6, far on the right side, the loss is {loss}, and the gradient {slope}."),
    ):
        y = torch.full_like(z, label)
        losses = torch.stack([loss(z[i : i + 1], y[:1]) for i in range(len(z))])
        at = z[::4] + step
        above = torch.stack([loss(at[i : i + 1], y[:1]) for i in range(len(at))])
        slopes = gradient(z, y) * len(z)  # each logit's own, not a mean's
        chart = draw.chart(
            draw.line("loss", z, losses),
            draw.line("gradient", z, slopes),
            draw.dots("slope of the drawn loss, measured", z[::4], (above - losses[::4]) / step),
            x="logit z",
            y="value",
        )
        frames.append(draw.frame(chart, says, loss=losses[0], slope=slopes[0]))
    return frames


LOGITS = torch.tensor([[2.0, 1.0, 0.0, -1.0, 3.0]], dtype=torch.float64)
CLASSES = torch.arange(5)


@picture("softmax of the logits 2, 1, 0, −1, 3")
def probabilities(draw, student):
    chances = student.softmax(LOGITS)[0]
    chart = draw.chart(draw.bars("softmax", CLASSES, chances), x="class", y="probability")
    return draw.frame(chart, "Their sum is {sum}; class 4 has {most}.", sum=chances.sum(), most=chances[4])


@picture("cross_entropy_grad for the same logits, if class 1 is right")
def pulls(draw, student):
    gradient = student.cross_entropy_grad(LOGITS, torch.tensor([1]))[0]
    chart = draw.chart(draw.bars("gradient", CLASSES, gradient), x="class", y="gradient")
    says = "At the right class {right}; the sum over all classes is {sum}."
    return draw.frame(chart, says, right=gradient[1], sum=round(float(gradient.sum()), 9) + 0.0)
