"""What the learner's page shows of exercise 17: the border between the two classes, as fit goes on."""

from __future__ import annotations

import torch

from grader.pictures import picture

SPAN = (-4.0, 4.0)


def samples():
    """Two clouds of points that overlap a little: X [40, 2], y [40]."""
    X = torch.randn(40, 2, generator=torch.Generator().manual_seed(17), dtype=torch.float64)
    y = (torch.arange(40) % 2).double()
    return (X + torch.tensor([1.6, 1.0], dtype=torch.float64) * (2 * y[:, None] - 1)).clamp(*SPAN), y


@picture("The border between the classes, as fit goes on")
def border(draw, student):
    X, y = samples()
    across = torch.linspace(*SPAN, 33, dtype=torch.float64)
    grid = torch.cartesian_prod(across, across).flip(1)
    frames = []
    for steps in (1, 10, 300):
        w, b = student.fit(X, y, 0.3, steps)
        chances = student.predict_proba(grid, w, b).reshape(33, 33)
        right = int((student.predict(X, w, b, 0.5) == y).sum())
        chart = draw.chart(
            draw.regions("predicted: 1", SPAN, SPAN, student.predict(grid, w, b, 0.5).reshape(33, 33)),
            draw.contours("p = 0.1, 0.5, 0.9", SPAN, SPAN, chances, [0.1, 0.5, 0.9]),
            draw.dots("y = 0", *X[y == 0].T),
            draw.dots("y = 1", *X[y == 1].T),
            x="x₁",
            y="x₂",
        )
        frames.append(draw.frame(chart, "Steps: {steps}. Right predictions: {right} of 40.", steps=steps, right=right))
    return frames
