"""What the learner's page shows of exercise 26: an image, kernels with their feature maps, and where pooling found its
largest numbers."""

from __future__ import annotations

import torch

from grader.pictures import picture

SIZE = 12
KERNELS = torch.tensor(
    [
        [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
        [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
        [[-1, -1, -1], [0, 0, 0], [1, 1, 1]],
        [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]],
    ],
    dtype=torch.float64,
)[:, None]
KERNELS[1] /= 9


def house():
    """An image of a house before the sky, [1, 1, SIZE, SIZE], from 0 to 1, a little uneven."""
    down, across = torch.meshgrid(torch.arange(SIZE), torch.arange(SIZE), indexing="ij")
    roof = (down >= 2) & (down <= 5) & ((across - 5.5).abs() <= down - 1.5)
    wall = (down >= 6) & (down <= 10) & (across >= 2) & (across <= 9)
    window = (down >= 7) & (down <= 8) & ((across - 3.5).abs() <= 0.5)
    door = (down >= 7) & (down <= 10) & ((across - 7.5).abs() <= 0.5)
    shades = 0.15 + 0.75 * wall + 0.45 * roof - 0.6 * (window | door)
    noise = torch.rand(SIZE, SIZE, generator=torch.Generator().manual_seed(26), dtype=torch.float64)
    return (shades + 0.1 * noise)[None, None]


def around_grey(block):
    """0 becomes middle grey, each image by its own largest number."""
    return 0.5 + block / (2 * block.abs().amax(dim=(1, 2), keepdim=True).clamp(min=1e-9))


def enlarged(block, size):
    """Each pixel as a square, the whole as large as the image."""
    places = torch.arange(size) * block.shape[1] // size
    return block[:, places][:, :, places]


@picture("Four kernels, and what each makes of the same image")
def feature_maps(draw, student):
    maps = student.conv2d(house(), KERNELS, torch.zeros(4, dtype=torch.float64), 1, 1)[0]
    images = torch.cat([enlarged(around_grey(KERNELS[:, 0]), SIZE), around_grey(maps)])
    says = (
        "Above the kernels, below their maps. The larger a number, the stronger its shade; 0 has half of it. The first "
        "kernel leaves the image as it is, the second makes it smooth, the third finds horizontal edges and the fourth "
        "vertical ones. The numbers of the third map go from {low} to {high}."
    )
    return draw.frame(draw.images(images, 4), says, low=float(maps[2].min()), high=float(maps[2].max()))


@picture("An image, what max-pooling keeps of it, and where that was")
def maxima(draw, student):
    x, frames = house(), []
    for kernel, stride, padding in ((2, 2, 0), (3, 3, 0), (3, 2, 1), (3, 1, 1)):
        pooled = student.max_pool2d(x, kernel, stride, padding)
        won = student.max_pool2d_backward(torch.ones_like(pooled), x, kernel, stride, padding)[0]
        places = won / won.abs().amax().clamp(min=1)
        images = draw.images(torch.cat([x[0], enlarged(pooled[0], SIZE), places]), 3)
        says = (
            "Window {kernel} × {kernel}, stride {stride}, padding {padding}. On the left the image, in the middle its "
            "{count} maxima, each drawn as a square; on the right the pixels that they come from, the stronger the "
            "more windows they are the largest of: at most {most}."
        )
        frames.append(
            draw.frame(
                images, says, kernel=kernel, stride=stride, padding=padding, count=pooled.numel(), most=float(won.max())
            )
        )
    return frames
