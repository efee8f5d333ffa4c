"""What the learner's page shows of exercise 02: the line of a perceptron after one epoch, after two, and at the end."""

from __future__ import annotations

import torch

from grader.pictures import picture

SPAN = (-4.0, 4.0)


def samples():
    """Points of the plane on both sides of a line, none near it, and their labels: X [24, 2], y [24]."""
    X = SPAN[0] + 8 * torch.rand(60, 2, generator=torch.Generator().manual_seed(47), dtype=torch.float64)
    side = X @ torch.tensor([1.0, 2.0], dtype=torch.float64) - 1.5
    X, side = X[side.abs() > 0.6], side[side.abs() > 0.6]
    return X[:24], (side[:24] > 0).long()


@picture("Where predict answers 1, as fit goes on")
def regions(draw, student):
    X, y = samples()
    across = torch.linspace(*SPAN, 33, dtype=torch.float64)
    grid = torch.cartesian_prod(across, across).flip(1)
    frames = []
    for max_epochs in (1, 2, 100):
        w, b, epochs, _ = student.fit(X, y, 0.1, max_epochs)
        wrong = int((student.predict(X, w, b) != y).sum())
        chart = draw.chart(
            draw.regions("the answer 1", SPAN, SPAN, student.predict(grid, w, b).reshape(33, 33)),
            draw.dots("label 0", *X[y == 0].T),
            draw.dots("label 1", *X[y == 1].T),
            x="x₁",
            y="x₂",
        )
        says = "Epochs: {epochs}. Samples on the wrong side: {wrong}."
        frames.append(draw.frame(chart, says, epochs=epochs, wrong=wrong))
    return frames
