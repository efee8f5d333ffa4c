"""What the learner's page shows of exercise 25: images, and what an autoencoder, a sparse code and an RBM make of them.

The images are scikit-learn's digits where it is installed, else bars, crosses and rings.
"""

from __future__ import annotations

import math

import torch

from grader.pictures import picture

SIDE = 8
COUNT = 64
SHOWN = 8


def samples():
    """Images with values from 0 to 1, [64, 8·8]."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        return made_images()
    return torch.tensor(load_digits().data[:COUNT] / 16)


def made_images():
    """Bars, crosses and rings at different places, with soft edges."""
    places = torch.arange(SIDE, dtype=torch.float64)
    down, across = torch.meshgrid(places, places, indexing="ij")
    images = []
    for i in range(COUNT):
        y, x = 2.5 + i // 4 % 3, 2.5 + (i // 4 + i // 12) % 3
        distances = (
            (across - x).abs(),
            (down - y).abs(),
            torch.minimum((across - x).abs(), (down - y).abs()),
            ((across - x).hypot(down - y) - 2 - i // 4 % 2 / 2).abs(),
        )
        images.append((1.3 - distances[i % len(distances)]).clamp(0, 1))
    return torch.stack(images).reshape(COUNT, -1)


def waves():
    """The images of the discrete cosine transform, [64, 8·8]: an orthonormal basis."""
    at = torch.arange(SIDE, dtype=torch.float64)
    rows = torch.cos(math.pi / SIDE * (at + 0.5) * at[:, None]) * (2 / SIDE) ** 0.5
    rows[0] /= 2**0.5
    return torch.kron(rows, rows)


def start(*shapes, seed=25):
    """Small random numbers, and zeros for what has one axis."""
    draws = torch.Generator().manual_seed(seed)
    return [0.1 * (len(s) > 1) * torch.randn(s, generator=draws, dtype=torch.float64) for s in shapes]


def above_each_other(draw, *rows):
    return draw.images(torch.cat([row[:SHOWN] for row in rows]).reshape(-1, SIDE, SIDE), SHOWN)


@picture("Images, and below them what an autoencoder with 12 hidden units makes of them")
def autoencoder(draw, student, probe):
    x, steps = samples(), [0, 30, 300]
    shapes = (12, SIDE**2), (12,), (SIDE**2, 12), (SIDE**2,)
    found = student(probe("reconstructions"), x, start(*shapes), 1.0, steps)
    says = "Steps: {steps}. Loss: {loss}."
    return [
        draw.frame(above_each_other(draw, x, made), says, steps=step, loss=loss.item())
        for step, (made, loss) in zip(steps, found, strict=True)
    ]


@picture("Images, and below them what their sparse codes give: sums of waves and single pixels")
def sparse_codes(draw, student, probe):
    x, steps = samples()[:SHOWN], [1, 10, 100]
    A = torch.cat([waves(), torch.eye(SIDE**2, dtype=torch.float64)])
    says = "Steps: {steps}. Of the 128 numbers of a code, {used} are not 0 on average."
    return [
        draw.frame(above_each_other(draw, x, z @ A), says, steps=step, used=(z != 0).sum().item() / len(z))
        for step, z in zip(steps, student(probe("codes"), x, A, 0.15, 0.5, steps), strict=True)
    ]


@picture("Images in black and white, and below them what an RBM with 24 hidden units makes of them")
def machine(draw, student, probe):
    v, steps = (samples() > 0.5).double(), [0, 100, 1000]
    W, b, c = start((24, SIDE**2), (SIDE**2,), (24,))
    found = student(probe("dreams"), v, [W, b, c], 0.5, steps, 25)
    says = "Steps: {steps}. Mean difference of a pixel: {off}."
    return [
        draw.frame(above_each_other(draw, v, made), says, steps=step, off=(made - v).abs().mean().item())
        for step, made in zip(steps, found, strict=True)
    ]
