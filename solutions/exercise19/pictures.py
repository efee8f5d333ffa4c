"""What the learner's page shows of exercise 19: the optimizers' paths down a narrow valley."""

from __future__ import annotations

import torch

from grader.pictures import picture

STEPS = 40
WAYS = (
    ("SGD", "SGD", {"lr": 0.1}),
    ("SGD with momentum", "SGD", {"lr": 0.02, "momentum": 0.9}),
    ("RMSprop", "RMSprop", {"lr": 0.1, "alpha": 0.9}),
    ("Adam", "Adam", {"lr": 0.2}),
)


@picture("The paths of the optimizers over the lines of equal loss x²/2 + 9y²")
def paths(draw, student, probe):
    x, y = torch.linspace(-4, 2, 31, dtype=torch.float64), torch.linspace(-1.5, 1.5, 25, dtype=torch.float64)
    losses = x**2 / 2 + 9 * y[:, None] ** 2
    valley = draw.contours("equal loss", (-4.0, 2.0), (-1.5, 1.5), losses, [0.1, 0.5, 1.5, 4.0, 8.0, 16.0])
    frames = []
    for pair in (WAYS[:2], WAYS[2:]):
        routes, ends = [], []
        for label, kind, settings in pair:
            route = student(probe("descend"), kind, settings, [-3.5, 1.2], STEPS)
            routes.append(draw.path(label, *route.T))
            ends.append(float(route[-1, 0] ** 2 / 2 + 9 * route[-1, 1] ** 2))
        names = {"SGD": "SGD {first}, with momentum {second}", "RMSprop": "RMSprop {first}, Adam {second}"}
        says = f"The loss after {{steps}} steps: {names[pair[0][0]]}."
        chart = draw.chart(valley, *routes, x="x", y="y")
        frames.append(draw.frame(chart, says, steps=STEPS, first=ends[0], second=ends[1]))
    return frames
