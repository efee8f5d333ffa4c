"""What the learner's page shows of exercise 16: how large the gradient of each layer of a deep MLP is at the start."""

from __future__ import annotations

import torch

from grader.pictures import picture

LAYERS = 12
STARTS = (("start values as they are", 1.0), ("weights √6 times as large", 6**0.5))


@picture("The gradient of each layer's weights in an MLP of 12 layers, before any training")
def depth(draw, student, probe):
    places = torch.arange(1, LAYERS + 1)
    layers, ratios = [], []
    for label, factor in STARTS:
        sizes = torch.tensor(student(probe("gradient_sizes"), [32] * (LAYERS + 1), factor))
        layers.append(draw.line(label, places, sizes.log10()))
        ratios.append(sizes[0] / sizes[-1])
    chart = draw.chart(*layers, x="layer, 1 is next to the input", y="log₁₀ of the gradient's mean size")
    says = "The first layer's gradient is {plain} times the last one's; with larger weights it is {scaled} times."
    return draw.frame(chart, says, plain=ratios[0], scaled=ratios[1])
