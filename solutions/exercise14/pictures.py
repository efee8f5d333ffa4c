"""What the learner's page shows of exercise 14: the line that `fit` finds, its residuals, and how the loss falls."""

from __future__ import annotations

import torch

from grader.pictures import picture


@picture("The line that fit finds")
def line(draw, student, reference):
    x, y = reference.make_data(20, torch.Generator().manual_seed(14))
    y = y + 0.15 * torch.randn(y.shape, generator=torch.Generator().manual_seed(15))
    ends = torch.tensor([0.0, 1.0])
    frames = []
    for steps in (0, 5, 300):
        w, b, _ = student.fit(x, y, 0.5, steps)
        w, b = w.item(), b.item()
        pieces = torch.stack(
            [y, w * x + b, torch.full_like(y, torch.nan)], dim=1
        )  # each ends where a number is missing
        chart = draw.chart(
            draw.line("the model", ends, w * ends + b),
            draw.line("residuals", x.expand(-1, 3).flatten(), pieces.flatten()),
            draw.dots("samples", x[:, 0], y[:, 0]),
            x="x",
            y="y",
        )
        shown = {"steps": steps, "w": w, "b": b, "loss": ((w * x + b - y) ** 2).mean()}
        says = "After {steps} steps: y = {w}x + {b}. The mean of the squared residuals is {loss}."
        frames.append(draw.frame(chart, says, **shown))
    return frames


@picture("The loss before each step")
def losses(draw, student, reference):
    x, y = reference.make_data(40, torch.Generator().manual_seed(14))
    steps = torch.arange(60)
    layers, ends = [], []
    for lr, label in ((0.05, "lr 0.05"), (0.5, "lr 0.5")):
        _, _, found = student.fit(x, y, lr, 60)
        layers.append(draw.line(label, steps, torch.tensor(found)))
        ends.append(found[-1])
    chart = draw.chart(*layers, x="step", y="loss")
    says = "The loss before the 60th step: {small} with learning rate 0.05, {large} with 0.5."
    return draw.frame(chart, says, small=ends[0], large=ends[1])
