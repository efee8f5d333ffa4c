"""What the learner's page shows of exercise 18: which class the model predicts where, as fit goes on."""

from __future__ import annotations

import torch

from grader.pictures import picture

SPAN = (-4.0, 4.0)
CENTERS = torch.tensor([[-2.0, -1.5], [2.0, -1.0], [0.0, 2.0]], dtype=torch.float64)


def samples():
    """Three clouds of points: X [45, 2], y [45]."""
    y = torch.arange(45) % 3
    X = torch.randn(45, 2, generator=torch.Generator().manual_seed(18), dtype=torch.float64)
    return (0.8 * X + CENTERS[y]).clamp(*SPAN), y


@picture("The class that is predicted, as fit goes on")
def classes(draw, student):
    X, y = samples()
    across = torch.linspace(*SPAN, 33, dtype=torch.float64)
    grid = torch.cartesian_prod(across, across).flip(1)
    frames = []
    for steps in (1, 5, 300):
        W, b = student.fit(X, y, 3, 0.3, steps)
        right = int((student.predict(X, W, b) == y).sum())
        chart = draw.chart(
            draw.regions("predicted: 0 (light) to 2 (dark)", SPAN, SPAN, student.predict(grid, W, b).reshape(33, 33)),
            *(draw.dots(f"y = {label}", *X[y == label].T) for label in range(3)),
            x="x₁",
            y="x₂",
        )
        frames.append(draw.frame(chart, "Steps: {steps}. Right predictions: {right} of 45.", steps=steps, right=right))
    return frames
