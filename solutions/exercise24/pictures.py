"""What the learner's page shows of exercise 24: where the centers go, and which part of the plane belongs to each."""

from __future__ import annotations

import torch

from grader.pictures import picture

K = 4
SPAN = (-4.0, 4.0)
CLOUDS = torch.tensor([[-2.0, -1.8], [1.6, -2.0], [2.2, 1.8], [-1.2, 2.0]], dtype=torch.float64)


def samples():
    """Four clouds of points, X [60, 2], and the u of a poor start."""
    X = torch.randn(60, 2, generator=torch.Generator().manual_seed(24), dtype=torch.float64)
    u = torch.tensor([0.08, 0.11, 0.87, 0.94], dtype=torch.float64)
    return (0.75 * X + CLOUDS[torch.arange(60) % 4]).clamp(*SPAN), u


@picture("The clusters and their centers, step by step")
def clusters(draw, student):
    X, u = samples()
    across = torch.linspace(*SPAN, 33, dtype=torch.float64)
    grid = torch.cartesian_prod(across, across).flip(1)

    def frame(centers, says, **numbers):
        regions = draw.regions(
            "nearest center: 0 (light) to 3 (dark)", SPAN, SPAN, student.assign(grid, centers).reshape(33, 33)
        )
        layers = regions, draw.dots("rows of X", *X.T), draw.dots("centers", *centers.T)
        return draw.frame(draw.chart(*layers, x="x₁", y="x₂", same_scale=True), says, **numbers)

    frames = [frame(student.kmeans_plus_plus(X, K, u), "The start: four rows, drawn by kmeans_plus_plus.")]
    for updates in (1, 5, 6, 7, 9):
        centers, _, inertia = student.fit(X, K, u, updates)
        frames.append(
            frame(centers, "Updates: {updates}. Inertia: {inertia}.", updates=updates, inertia=float(inertia))
        )
    return frames
