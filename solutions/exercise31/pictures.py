"""What the learner's page shows of exercise 31: boxes that a detector may find of three objects, and what nms keeps."""

from __future__ import annotations

import torch

from grader.pictures import picture

#: Center and size of each object; two of them overlap.
OBJECTS = torch.tensor([[2.5, 3.0, 3.0, 4.0], [4.4, 3.5, 3.0, 4.5], [9.0, 2.5, 3.5, 2.5]], dtype=torch.float64)


def found():
    """Five boxes near each object, by corners [15, 4], and a score for each."""
    gen = torch.Generator().manual_seed(31)
    each = OBJECTS.repeat(5, 1)
    off = 0.25 * torch.randn(15, 4, generator=gen, dtype=torch.float64)
    center, half = (each + off)[:, :2], (each + off)[:, 2:] / 2
    return torch.cat([center - half, center + half], dim=1), torch.rand(15, generator=gen, dtype=torch.float64)


def outlines(boxes):
    """x and y of a line round every box; a NaN after each one, where the line has a gap."""
    x1, y1, x2, y2 = boxes.T
    gap = torch.full_like(x1, torch.nan)
    return torch.stack([x1, x2, x2, x1, x1, gap], 1).flatten(), torch.stack([y1, y1, y2, y2, y1, gap], 1).flatten()


@picture("Boxes before and after nms")
def boxes_kept(draw, student, probe):
    boxes, scores = found()

    def frame(label, shown, says, **numbers):
        chart = draw.chart(draw.line(label, *outlines(shown)), x="x", y="y", same_scale=True)
        return draw.frame(chart, says, boxes=len(boxes), **numbers)

    frames = [frame("found", boxes, "{boxes} boxes, each with a score, of three objects.")]
    for threshold in (0.7, 0.45, 0.1):
        kept = student(probe("kept"), boxes, scores, threshold)
        says = "Kept with the threshold {threshold}: {kept} of {boxes}."
        frames.append(frame("kept", boxes[kept], says, threshold=threshold, kept=int(kept.sum())))
    return frames
