"""What the learner's page shows of exercise 29: Gram matrices of textures, and an image that takes on a style."""

from __future__ import annotations

import torch

from grader.pictures import picture

SIDE = 16
ALPHA, BETA, RATE = 0.05, 1.0, 10.0
SHOWN = [0, 20, 60, 200]


def textures():
    """Stripes, checks and noise, [3, 1, SIDE, SIDE], each entry −1 or 1."""
    halves = torch.arange(SIDE) // 2
    stripes = (halves % 2).expand(SIDE, SIDE)
    checks = (halves + halves[:, None]) % 2
    noise = torch.randint(2, (SIDE, SIDE), generator=torch.Generator().manual_seed(29))
    return 2 * torch.stack([stripes, checks, noise])[:, None].double() - 1


def filters():
    """Four filters, [4, 1, 3, 3]: brightness, differences across and down, and spots."""
    found = torch.zeros(4, 1, 3, 3, dtype=torch.float64)
    found[0, 0, 1, 1] = 1
    found[1, 0, 1] = torch.tensor([-1, 0, 1])
    found[2, 0, :, 1] = torch.tensor([-1, 0, 1])
    found[3, 0], found[3, 0, 1, 1] = -1 / 8, 1
    return found


def disc():
    """A disc on an even ground, [1, 1, SIDE, SIDE]."""
    at = torch.arange(SIDE, dtype=torch.float64) - (SIDE - 1) / 2
    return 0.7 * ((7 - at[:, None].hypot(at)) / 3).clamp(-1, 1)[None, None]


def shades(images):
    """From −1 … 1 to what an image shows, [n, SIDE, SIDE]."""
    return (1 + torch.cat(images)[:, 0]) / 2


@picture("Three textures, and the Gram matrices of what four filters make of them")
def grams(draw, student):
    found = student.gram_matrix(torch.nn.functional.conv2d(textures(), filters()))
    says = (
        "Three textures: stripes, checks and noise. The filters see brightness, differences across, differences down, "
        "and spots."
    )
    frames = [draw.frame(draw.images(shades([textures()]), 3), says)]
    sentences = (
        "Stripes: {across} for differences across, {down} for differences down.",
        "Checks: {across} for differences across, {down} for differences down.",
        "Noise: {across} for differences across, {down} for differences down.",
    )
    names = ["1", "2", "3", "4"]
    for gram, says in zip(found, sentences, strict=True):
        scene = draw.heat_map(gram.round(decimals=2), names, names)
        frames.append(draw.frame(scene, says, across=float(gram[1, 1]), down=float(gram[2, 2])))
    return frames


@picture("An image that takes on a style, step by step along image_gradient")
def descent(draw, student, probe):
    content, style = disc(), textures()[:1]
    noise = torch.rand(content.shape, generator=torch.Generator().manual_seed(1), dtype=torch.float64) - 0.5
    start = content + 0.6 * noise
    found = student(probe("stepped"), start, content, style, filters(), ALPHA, BETA, RATE, SHOWN)
    says = "Left the content, in the middle the style, right the image after {steps} steps. Loss: {loss}."
    return [
        draw.frame(draw.images(shades([content, style, img]), 3), says, steps=steps, loss=loss)
        for steps, (img, loss) in zip(SHOWN, found, strict=True)
    ]
