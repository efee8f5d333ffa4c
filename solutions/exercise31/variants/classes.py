"""Boxes as objects; a detector's list that shortens itself; counts that are added image by image."""

from dataclasses import dataclass

import torch


@dataclass
class Boxes:
    low: torch.Tensor
    high: torch.Tensor

    @classmethod
    def of(cls, rows):
        low, high = rows.split(2, dim=-1)
        return cls(low, high)

    @property
    def area(self):
        width, height = (self.high - self.low).unbind(dim=-1)
        return width * height

    def __and__(self, other):
        low = torch.maximum(self.low.unsqueeze(-2), other.low)
        return Boxes(low, torch.maximum(low, torch.minimum(self.high.unsqueeze(-2), other.high)))

    def iou(self, other):
        common = (self & other).area
        both = self.area.unsqueeze(-1) + other.area - common
        return common / torch.where(both == 0, torch.ones_like(both), both)


class Counts:
    def __init__(self, classes):
        self.overlap = [0] * classes
        self.union = [0] * classes

    def add(self, pred, y):
        for c in range(len(self.union)):
            said, true = pred == c, y == c
            self.overlap[c] += int(torch.logical_and(said, true).sum())
            self.union[c] += int(torch.logical_or(said, true).sum())

    def mean(self):
        found = [o / u for o, u in zip(self.overlap, self.union, strict=True) if u]
        return sum(found) / len(found) if found else float("nan")


def to_xyxy(b):
    center, size = b.chunk(2, dim=1)
    return torch.hstack([torch.sub(center, size, alpha=0.5), torch.add(center, size, alpha=0.5)])


def iou(a, b):
    return Boxes.of(a).iou(Boxes.of(b))


def nms(boxes, scores, threshold):
    if len(boxes) == 0:
        return torch.zeros(0, dtype=torch.long, device=boxes.device)
    remaining = torch.argsort(scores, descending=True)
    found = []
    while len(remaining):
        best, remaining = remaining[0], remaining[1:]
        found.append(best)
        against = Boxes.of(boxes[best]).iou(Boxes.of(boxes[remaining]))
        remaining = remaining[~(against > threshold)]
    return torch.stack(found)


def mean_iou(pred, y, C, ignore=255):
    counts = Counts(C)
    for p, t in zip(pred, y, strict=True):
        counts.add(p[t != ignore], t[t != ignore])
    return counts.mean()
