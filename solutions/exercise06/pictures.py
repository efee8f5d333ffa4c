"""What the learner's page shows of exercise 06: one tensor in several dtypes, two divisions, and how numbers that were
drawn are spread."""

from __future__ import annotations

import math

import torch

from grader.pictures import picture

DRAWN = 4000


@picture("convert: one tensor in three dtypes")
def dtypes(draw, student, probe):
    x = torch.tensor([[-2.7, -1.2, -0.4, 0.0], [0.4, 1.2, 2.7, 3.3]])
    frames = []
    for dtype, says in (
        ("float32", "x itself, float32. Its first number is {first}."),
        ("int64", "int64: what is behind the point is cut off, towards 0. −2.7 has become {first}."),
        ("bool", "bool: 1 stands for True. Numbers that are True: {count}."),
    ):
        made = student.convert(x, probe.build("dtype", dtype))
        shown = {"first": made[0, 0].double(), "count": made.count_nonzero()}
        frames.append(draw.frame(draw.heat_map(made), says, **shown))
    return frames


@picture("divide: 7, −7, 8 and −8, each by 2 and by 3")
def divisions(draw, student):
    a, b = torch.tensor([[7, 7], [-7, -7], [8, 8], [-8, -8]]), torch.tensor([[2, 3]] * 4)
    names = ["7", "−7", "8", "−8"], ["÷ 2", "÷ 3"]
    exact, floor = student.divide(a, b)
    says = "a/b, float32. −7 by 2 gives {number}."
    below = "⌊a/b⌋, int64, rounded down, which is away from 0 where a/b is negative. −7 by 2 gives {number}."
    return [
        draw.frame(draw.heat_map(exact, *names), says, number=exact[1, 0]),
        draw.frame(draw.heat_map(floor, *names), below, number=floor[1, 0]),
    ]


def spread(draw, numbers, middles, right):
    """How many of the numbers there are around each of the middles, for each unit: beside how many there should be."""
    width = float(middles[1] - middles[0])
    edges = torch.cat([middles - width / 2, middles[-1:] + width / 2])
    counts = torch.histogram(numbers.double(), edges.double()).hist
    return draw.chart(
        draw.bars("share of the numbers drawn, per unit", middles, counts / len(numbers) / width, width),
        draw.dots("on average", middles, right),
        x="number",
        y="share",
    )


@picture("uniform: 4000 numbers from [−2, 2)")
def uniform(draw, student, probe):
    numbers = student.uniform((DRAWN,), -2.0, 2.0, probe.build("generator", 61))
    middles = torch.arange(-3.75, 4, 0.5)
    scene = spread(draw, numbers, middles, (middles.abs() < 2) / 4)
    return draw.frame(scene, "From {least} to {most}.", least=numbers.min(), most=numbers.max())


@picture("normal: 4000 numbers, mean 1, standard deviation 0.5")
def normal(draw, student, probe):
    numbers = student.normal((DRAWN,), 1.0, 0.5, probe.build("generator", 62))
    middles = torch.arange(-3.75, 4, 0.5)
    # The share within half a unit, per unit, as the bars have it.
    below = [0.5 * (1 + math.erf((edge - 1) / 0.5 / math.sqrt(2))) for edge in torch.arange(-4, 4.25, 0.5).tolist()]
    scene = spread(draw, numbers, middles, torch.tensor(below).diff() / 0.5)
    return draw.frame(scene, "Mean {mean}, standard deviation {std}.", mean=numbers.mean(), std=numbers.std())


@picture("integers: 4000 whole numbers from −2 to 2, low −2 and high 3")
def integers(draw, student, probe):
    numbers = student.integers((DRAWN,), -2, 3, probe.build("generator", 63))
    middles = torch.arange(-4.0, 5)
    scene = spread(draw, numbers, middles, (middles.abs() <= 2) / 5)
    return draw.frame(scene, "From {least} to {most}.", least=numbers.min(), most=numbers.max())
