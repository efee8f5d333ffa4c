"""What the learner's page shows of exercise 23: points with their components, and images of digits.

With scikit-learn the images are handwritten ones; without it they are made here.
"""

from __future__ import annotations

import torch

from grader.pictures import picture

#: So many images: a chart has room for no more.
COUNT = 360

#: The digits 0 to 9, each as the rows of 3 pixels, from above.
GLYPHS = """
### .#. ### ### #.# ### ### ### ### ###
#.# ##. ..# ..# #.# #.. #.. ..# #.# #.#
#.# .#. ### .## ### ### ### .#. ### ###
#.# .#. #.. ..# ..# ..# #.# .#. #.# ..#
### ### ### ### ..# ### ### .#. ### ###
"""


def digits():
    """X [COUNT, 64], an image of 8 × 8 pixels from 0 to 1 in each row, and y [COUNT], the digit that it shows."""
    try:
        from sklearn.datasets import load_digits
    except ImportError:
        return made_digits()
    found = load_digits()
    return torch.tensor(found.data[:COUNT]) / 16, torch.tensor(found.target[:COUNT])


def made_digits():
    rows = [row.split() for row in GLYPHS.split("\n")[1:-1]]
    ink = torch.tensor([[[mark == "#" for mark in row[digit]] for row in rows] for digit in range(10)])
    generator = torch.Generator().manual_seed(23)
    y = torch.arange(COUNT) % 10
    X = 0.15 * torch.rand(COUNT, 8, 8, generator=generator, dtype=torch.float64)
    X[:, 1:6, 2:5] += ink[y] * (0.4 + 0.45 * torch.rand(COUNT, 5, 3, generator=generator, dtype=torch.float64))
    return X.reshape(COUNT, 64), y


@picture("Points, and their components from the mean on, as long as the standard deviations along them")
def axes(draw, student):
    along = torch.randn(120, 2, generator=torch.Generator().manual_seed(23), dtype=torch.float64)
    turn = torch.tensor([[0.96, 0.28], [-0.28, 0.96]], dtype=torch.float64)
    X = along * torch.tensor([3.0, 1.0], dtype=torch.float64) @ turn + torch.tensor([4.0, 2.0], dtype=torch.float64)
    mean, components, variance = student.fit(X, 2)
    ends = mean + components * variance.sqrt()[:, None]
    labels = ("first component", "second component")
    ways = [draw.path(label, *torch.stack([mean, end]).T) for label, end in zip(labels, ends, strict=True)]
    chart = draw.chart(draw.dots("samples", *X.T), *ways, x="x₁", y="x₂", same_scale=True)
    says = "Variances: {first} along the first component, {second} along the second."
    return draw.frame(chart, says, first=float(variance[0]), second=float(variance[1]))


@picture("Images of digits, each as two numbers")
def projection(draw, student):
    X, y = digits()
    mean, components, _ = student.fit(X, 2)
    Z = student.transform(X, mean, components)
    share = float(student.explained_variance_ratio(X, 2).sum())
    chart = draw.chart(
        *(draw.dots(f"digit {digit}", *Z[y == digit].T) for digit in range(10)),
        x="along the first component",
        y="along the second component",
    )
    says = "Each mark is one of {count} images. Two of 64 components have {share} of the variance."
    return draw.frame(chart, says, count=COUNT, share=share)


@picture("The mean of the images, and their first components as images")
def components_as_images(draw, student):
    X, _ = digits()
    mean, components, _ = student.fit(X, 7)
    share = float(student.explained_variance_ratio(X, 7).sum())
    # 0 becomes middle grey; with the other sign light and dark would be exchanged.
    shades = 0.5 + components / (2 * components.abs().amax(dim=1, keepdim=True))
    images = draw.images(torch.cat([mean[None], shades]).reshape(-1, 8, 8), 8)
    says = (
        "First the mean, then seven components with {share} of the variance. In these, a pixel in middle grey plays no "
        "part; light and dark ones vary in opposite directions."
    )
    return draw.frame(images, says, share=share)


@picture("Images, and what is rebuilt of them")
def rebuilt(draw, student):
    X, _ = digits()
    mean, components, _ = student.fit(X, 20)
    frames = []
    for k in (2, 5, 20):
        Z = student.transform(X[:10], mean, components[:k])
        back = student.inverse_transform(Z, mean, components[:k])
        images = draw.images(torch.cat([X[:10], back]).reshape(-1, 8, 8), 10)
        scores = student.anomaly_score(X, mean, components[:k])
        says = (
            "Above the images, below what the first {k} of 64 components make of them. "
            "Mean score of {count} images: {score}."
        )
        frames.append(draw.frame(images, says, k=k, count=COUNT, score=float(scores.mean())))
    return frames
