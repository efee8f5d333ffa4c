"""Detection and segmentation: what boxes have in common, one box where several were found, the mean IoU of labels.

A box is a row of a tensor, float32 or float64. No function changes its inputs.
"""

from __future__ import annotations

import torch


def to_xyxy(b: torch.Tensor) -> torch.Tensor:
    """Boxes given by center and size, as boxes given by two corners.

    b: [N, 4], rows cx, cy, w, h, with w and h at least 0; N may be 0. Returns: [N, 4], rows x1, y1, x2, y2: the corner
    with the smaller coordinates, then the one with the larger; dtype as b.
    """
    ### BEGIN SOLUTION
    center, half = b[:, :2], b[:, 2:] / 2
    return torch.cat([center - half, center + half], dim=1)
    ### END SOLUTION


def iou(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Intersection over union of every box of a with every box of b.

    a: [N, 4], b: [M, 4], rows x1, y1, x2, y2 with x1 ≤ x2 and y1 ≤ y2, one dtype; N and M may be 0. Returns: [N, M],
    that dtype, from 0 to 1; 0 where the union has no area.
    """
    ### BEGIN SOLUTION
    low = torch.maximum(a[:, None, :2], b[:, :2])  # [N, M, 2]: where the overlap begins, along x and along y
    high = torch.minimum(a[:, None, 2:], b[:, 2:])  # where it ends: before its beginning if there is none
    overlap = (high - low).clamp(min=0).prod(dim=2)
    area_a = (a[:, 2:] - a[:, :2]).prod(dim=1)
    area_b = (b[:, 2:] - b[:, :2]).prod(dim=1)
    union = area_a[:, None] + area_b - overlap
    return torch.where(union == 0, 0, overlap / union)
    ### END SOLUTION


def nms(boxes: torch.Tensor, scores: torch.Tensor, threshold: float) -> torch.Tensor:
    """Non-maximum suppression: the best boxes, without those that overlap a better one too much.

    boxes: [N, 4], rows x1, y1, x2, y2. scores: [N], dtype as boxes, no two equal; any sign. N may be 0. threshold: 0 to
    1. Returns: [K], int64, the row numbers of the boxes that are kept, by falling score: a box is dropped if its IoU
    with one that is kept is above the threshold.
    """
    ### BEGIN SOLUTION
    overlap = iou(boxes, boxes)
    kept: list[int] = []
    for i in scores.argsort(descending=True).tolist():
        if all(overlap[i, j] <= threshold for j in kept):
            kept.append(i)
    return torch.tensor(kept, dtype=torch.int64, device=boxes.device)
    ### END SOLUTION


def mean_iou(pred: torch.Tensor, y: torch.Tensor, C: int, ignore: int = 255) -> float:
    """The mean over the classes of the IoU of the pixels labelled as a class and those predicted as it.

    pred, y: [N, H, W], int64, 0 … C−1; y may also be `ignore`, which may itself be one of 0 … C−1: where y is `ignore`,
    a pixel does not count. N may be 0. All images are judged together. A class that is in neither of the two is left
    out. Returns: a Python float; nan if all classes are left out.
    """
    ### BEGIN SOLUTION
    judged = y != ignore
    pred, y = pred[judged], y[judged]
    ious = []
    for c in range(C):
        overlap, union = (pred == c) & (y == c), (pred == c) | (y == c)
        if union.any():
            ious.append(overlap.sum().item() / union.sum().item())
    return sum(ious) / len(ious) if ious else float("nan")
    ### END SOLUTION
