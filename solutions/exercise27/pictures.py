"""What the learner's page shows of exercise 27: how large the gradient still is, further and further back in time."""

from __future__ import annotations

import math

import torch

from grader.pictures import picture

STEPS, UNITS = 25, 4
#: By how much the matrix changes the length of a vector, whatever its direction.
FACTORS = (0.7, 1.0, 1.4)
LABELS = ("Wh shortens to 0.7", "Wh keeps lengths", "Wh lengthens to 1.4")
#: Nothing smaller is drawn.
LEAST = 1e-10


@picture("How large the gradient of the last state is with respect to the input at each time, for three matrices Wh")
def norms(draw, student):
    generator = torch.Generator().manual_seed(27)
    kwargs = {"generator": generator, "dtype": torch.float64}
    turn = torch.linalg.qr(torch.randn(UNITS, UNITS, **kwargs)).Q
    inputs = torch.randn(1, STEPS, UNITS, **kwargs)
    frames = []
    for size, says in (
        (
            0.0,
            "All inputs are 0, and so are the states, where tanh has the slope 1. From the last step to the first the "
            "gradient becomes {small} times as large with the small matrix, {large} times with the large one.",
        ),
        (
            1.0,
            "The same matrices with inputs around 1: the slope of tanh is below 1, and gradients vanish sooner. From "
            "the last step to the first: {small} times with the small matrix, {large} times with the large one.",
        ),
    ):
        found = [norms_by_time(student, factor * turn, size * inputs) for factor in FACTORS]
        times = torch.arange(1, STEPS + 1)
        lines = [
            draw.line(label, times, norm.clamp(min=LEAST).log10()) for label, norm in zip(LABELS, found, strict=True)
        ]
        small, large = (float(norm[0] / norm[-1].clamp(min=LEAST)) for norm in (found[0], found[-1]))
        frames.append(draw.frame(draw.chart(*lines, x="time", y="power of ten"), says, small=small, large=large))
    return frames


def norms_by_time(student, Wh, x):
    """The norm of dx at each time, [T], where the last state alone has a loss."""
    h = b = torch.zeros(UNITS, dtype=torch.float64)
    Wx, states = torch.eye(UNITS, dtype=torch.float64), []
    for now in x[0]:
        h = torch.tanh(now + Wh @ h)
        states.append(h)
    dhs = torch.zeros_like(x)
    dhs[:, -1] = 1 / math.sqrt(UNITS)
    return student.rnn_backward(dhs, x, b[None], torch.stack(states)[None], Wx, Wh, b)[0][0].norm(dim=1)
