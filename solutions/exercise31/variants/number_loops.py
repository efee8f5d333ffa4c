"""Python numbers and loops over them, and sets of pixels."""

import math

import torch


def to_xyxy(b):
    rows = [[cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2] for cx, cy, w, h in b.tolist()]
    return torch.tensor(rows, dtype=b.dtype, device=b.device).reshape(-1, 4)


def overlap_of(p, q):
    width = min(p[2], q[2]) - max(p[0], q[0])
    height = min(p[3], q[3]) - max(p[1], q[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / ((p[2] - p[0]) * (p[3] - p[1]) + (q[2] - q[0]) * (q[3] - q[1]) - shared)


def iou(a, b):
    result = torch.zeros(len(a), len(b), dtype=a.dtype, device=a.device)
    for i, p in enumerate(a.tolist()):
        for j, q in enumerate(b.tolist()):
            result[i, j] = overlap_of(p, q)
    return result


def nms(boxes, scores, threshold):
    corners, values = boxes.tolist(), scores.tolist()
    left, kept = set(range(len(values))), []
    while left:
        best = max(left, key=values.__getitem__)
        kept.append(best)
        left = {i for i in left - {best} if overlap_of(corners[i], corners[best]) <= threshold}
    return torch.tensor(kept, device=boxes.device).long()


def mean_iou(pred, y, C, ignore=255):
    said, true = [set() for _ in range(C)], [set() for _ in range(C)]
    for at, (p, t) in enumerate(zip(pred.flatten().tolist(), y.flatten().tolist(), strict=True)):
        if t != ignore:
            said[p].add(at)
            true[t].add(at)
    ious = [len(s & t) / len(s | t) for s, t in zip(said, true, strict=True) if s or t]
    return math.fsum(ious) / len(ious) if ious else math.nan
