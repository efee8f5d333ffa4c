"""What the learner's page shows of exercise 12: the gradients of a small network beside the right ones."""

from __future__ import annotations

import numpy as np
import torch

from grader.pictures import picture

SHAPES = {"W1": (5, 4), "b1": (5,), "W2": (3, 5), "b2": (3,)}


def gradients(student, reference, probe):
    """Those of the submission, and the right ones."""
    gen = np.random.default_rng(34)  # of these no unit is always 0
    params = {name: gen.normal(size=shape) for name, shape in SHAPES.items()}
    asked = probe("gradients"), params, gen.normal(size=(6, 4)), gen.integers(0, 3, 6)
    return student(*asked), reference(*asked)


def beside(draw, found, right):
    """Two matrices, and by how much they differ at most."""
    furthest = np.abs(found - right).max()
    return [
        draw.frame(draw.heat_map(found.round(3)), "Yours."),
        draw.frame(
            draw.heat_map(right.round(3)), "The right one. The largest difference is {furthest}.", furthest=furthest
        ),
    ]


@picture("The gradient of W1")
def first(draw, student, reference, probe):
    found, right = gradients(student, reference, probe)
    return beside(draw, found["W1"], right["W1"])


@picture("The gradient of W2")
def second(draw, student, reference, probe):
    found, right = gradients(student, reference, probe)
    return beside(draw, found["W2"], right["W2"])


@picture("The gradients of b1 and b2")
def biases(draw, student, reference, probe):
    found, right = gradients(student, reference, probe)
    frames = []
    for name, says in (("b1", "b1. Its largest gradient is {most}."), ("b2", "b2. Its largest gradient is {most}.")):
        places = torch.arange(len(right[name]))
        layers = draw.bars("yours", places, found[name]), draw.dots("right", places, right[name])
        chart = draw.chart(*layers, x="entry", y="gradient")
        frames.append(draw.frame(chart, says, most=found[name].max()))
    return frames
