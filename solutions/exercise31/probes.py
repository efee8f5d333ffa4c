"""What stands in for `iou` while `nms` is judged, a trial without it, and scenarios that run beside the submission."""

from __future__ import annotations

import types
from typing import Any

import numpy as np
import torch


def right_iou(original: Any, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """A right `iou`, so that an error in the submission's is not counted again."""
    sides = (torch.minimum(a[:, None, 2:], b[:, 2:]) - torch.maximum(a[:, None, :2], b[:, :2])).clamp(min=0)
    overlap = sides[:, :, 0] * sides[:, :, 1]
    areas = [(boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1]) for boxes in (a, b)]
    union = areas[0][:, None] + areas[1] - overlap
    return overlap / union.masked_fill(union == 0, 1)


def tried(module: types.ModuleType, boxes: torch.Tensor, scores: torch.Tensor, threshold: float) -> torch.Tensor:
    """What `nms` gives without the stand-in: its row numbers, [N + 1], filled up with −1; −2, which is never right,
    where it gives no such numbers: what it was built on may be the reason. What is wrong with them is for the call to
    say that is judged."""
    row = torch.full((len(boxes) + 1,), -2, dtype=torch.int64)
    try:
        found = module.nms(boxes.clone(), scores.clone(), threshold)
        if found.dtype == torch.int64 and found.ndim == 1 and len(found) <= len(boxes):
            kept = found.detach().cpu()
            row = torch.full_like(row, -1)
            row[: len(kept)] = kept
    except Exception as error:
        del error
    return row


def mean_iou_in_float32(
    module: types.ModuleType, pred: torch.Tensor, y: torch.Tensor, C: int, ignore: int | None = None
) -> Any:
    """`mean_iou`, rounded to float32.

    What is no float stays what it is. Without `ignore`, it is not given to `mean_iou` either.
    """
    found = module.mean_iou(pred, y, C) if ignore is None else module.mean_iou(pred, y, C, ignore)
    return torch.tensor(found, dtype=torch.float32) if isinstance(found, (float, np.floating)) else found


def mean_iou_of_each(module: types.ModuleType, pred: torch.Tensor, y: torch.Tensor, C: int) -> torch.Tensor:
    """`mean_iou` of each image by itself, [N], rounded to float32."""
    found = [float(module.mean_iou(pred[n : n + 1], y[n : n + 1], C)) for n in range(len(y))]
    return torch.tensor(found, dtype=torch.float32)


def kept(module: types.ModuleType, boxes: torch.Tensor, scores: torch.Tensor, threshold: float) -> torch.Tensor:
    """Of each box whether `nms` keeps it."""
    mask = torch.zeros(len(boxes), dtype=torch.bool, device=boxes.device)
    mask[module.nms(boxes, scores, threshold)] = True
    return mask
