"""What the learner's page shows of exercise 02: the line of a perceptron, epoch by epoch."""

from __future__ import annotations

import torch

from grader.pictures import picture

SPAN = (-4.0, 4.0)
#: With these samples the sixth epoch is the first without a mistake.
EPOCHS = 6


def samples():
    """Points of the plane on both sides of a line, none near it, and their labels: X [24, 2], y [24]."""
    X = SPAN[0] + 8 * torch.rand(60, 2, generator=torch.Generator().manual_seed(47), dtype=torch.float64)
    side = X @ torch.tensor([1.0, 2.0], dtype=torch.float64) - 1.5
    X, side = X[side.abs() > 0.6], side[side.abs() > 0.6]
    return X[:24], (side[:24] > 0).long()


def border(w, b):
    """The ends of the line w·x + b = 0 within the square: up to two points, [n, 2]."""
    low, high = SPAN
    crossings = [(x, -(w[0] * x + b) / w[1]) for x in SPAN] + [(-(w[1] * y + b) / w[0], y) for y in SPAN]
    return torch.tensor([[float(x), float(y)] for x, y in crossings if low <= x <= high and low <= y <= high][:2])


@picture("The line of fit, epoch by epoch")
def regions(draw, student):
    X, y = samples()
    across = torch.linspace(*SPAN, 33, dtype=torch.float64)
    grid = torch.cartesian_prod(across, across).flip(1)
    frames, before = [], ()
    for max_epochs in range(1, EPOCHS + 1):
        w, b, epochs, _ = student.fit(X, y, 0.1, max_epochs)
        wrong = int((student.predict(X, w, b) != y).sum())
        line = border(w, b).reshape(-1, 2)
        chart = draw.chart(
            draw.regions("predict answers 1", SPAN, SPAN, student.predict(grid, w, b).reshape(33, 33)),
            draw.dots("label 0", *X[y == 0].T),
            draw.dots("label 1", *X[y == 1].T),
            draw.line("w·x + b = 0", *line.T),
            *before,
            x="x₁",
            y="x₂",
        )
        before = (draw.line("the line one epoch earlier", *line.T),)
        says = "Epochs: {epochs}. Samples on the wrong side: {wrong}."
        frames.append(draw.frame(chart, says, epochs=epochs, wrong=wrong))
    return frames
