"""What the learner's page shows of exercise 01: a neuron's output over the plane of its two inputs."""

from __future__ import annotations

import torch

from grader.pictures import picture

SPAN = (-3.0, 3.0)
W = torch.tensor([[2.0, 1.0]], dtype=torch.float64)


@picture("A neuron with two inputs, w = (2, 1) and f = ReLU: its output over the plane")
def plane(draw, student, probe):
    across = torch.linspace(*SPAN, 31, dtype=torch.float64)
    grid = torch.cartesian_prod(across, across).flip(1)
    frames = []
    for bias in (0.0, -3.0):
        b = torch.tensor([bias], dtype=torch.float64)
        output = student.neuron_batch(grid, W, b, probe("relu")).reshape(31, 31)
        at_w = student.neuron_batch(W, W, b, probe("relu"))
        border = (-bias - W[0, 1] * across) / W[0, 0]
        inside = border.abs() <= SPAN[1]
        chart = draw.chart(
            draw.regions("output above 0", SPAN, SPAN, (output > 0).long()),
            draw.contours("output 1, 2, 3, …", SPAN, SPAN, output, range(1, 10)),
            draw.line("w·a + b = 0", border[inside], across[inside]),
            draw.path("w, from the origin", [0.0, 2.0], [0.0, 1.0]),
            x="a₁",
            y="a₂",
            same_scale=True,
        )
        says = "b = {bias}. At a = w the output is {output}. The lines of equal output are perpendicular to w."
        frames.append(draw.frame(chart, says, bias=bias, output=at_w[0, 0]))
    return frames
