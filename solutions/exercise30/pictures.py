"""What the learner's page shows of exercise 30: real and generated points, as train_step trains two small networks."""

from __future__ import annotations

import torch

from grader.pictures import picture

COUNTS = [0, 20, 60, 300]
POINTS = 60


@picture("Real points, and points that G makes, as the networks train")
def clouds(draw, student, probe):
    generator = torch.Generator().manual_seed(7)
    angle = 3.1 * torch.rand(POINTS, generator=generator, dtype=torch.float64)
    arc = torch.stack([2 * angle.cos(), 2 * angle.sin()], dim=1)
    real = arc + 0.15 * torch.randn(POINTS, 2, generator=generator, dtype=torch.float64)
    z = 0.5 * torch.randn(POINTS, 2, generator=generator, dtype=torch.float64)
    frames = []
    for count, made in zip(COUNTS, student(probe("trained"), real, z, COUNTS), strict=True):
        made = made.clamp(-6.5, 6.5)
        chart = draw.chart(draw.dots("real", *real.T), draw.dots("made by G", *made.T), x="x₁", y="x₂", same_scale=True)
        far = float(torch.cdist(made, real).amin(dim=1).mean())
        says = "Steps: {count}. From a generated point to the nearest real one it is {far} in the mean."
        frames.append(draw.frame(chart, says, count=count, far=far))
    return frames
