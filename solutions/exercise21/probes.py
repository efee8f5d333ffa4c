"""What stands in for a function of the submission while another one is judged, and a trial without stand-ins."""

from __future__ import annotations

import types
from typing import Any

import torch


def right_confusion_matrix(original: Any, y: torch.Tensor, pred: torch.Tensor, C: int) -> torch.Tensor:
    """A right `confusion_matrix`, so that an error in the submission's is not counted again."""
    counts = torch.zeros(C, C, dtype=torch.int64, device=y.device)
    return counts.index_put_((y, pred), torch.ones_like(y), accumulate=True)


def right_precision(original: Any, y: torch.Tensor, pred: torch.Tensor, C: int, average: str = "none") -> torch.Tensor:
    """A right `precision`."""
    right = torch.bincount(y[y == pred], minlength=C)
    return _ratio(right, torch.bincount(pred, minlength=C), average)


def right_recall(original: Any, y: torch.Tensor, pred: torch.Tensor, C: int, average: str = "none") -> torch.Tensor:
    """A right `recall`."""
    return right_precision(original, pred, y, C, average)


def _ratio(right: torch.Tensor, of: torch.Tensor, average: str) -> torch.Tensor:
    if average == "micro":
        right, of = right.sum(), of.sum()
    ratio = right / of.clamp(min=1)
    return ratio.mean() if average == "macro" else ratio


def tried(module: types.ModuleType, name: str, size: int, *args: Any) -> torch.Tensor:
    """The numbers that a function of the submission gives by itself, [size], float64; −1, which no ratio is,
    where there is no number, not as many, or another kind of result: what it was built on may be the reason. What is
    wrong with them is for the call to say that is judged."""
    row = torch.full((size,), -1.0, dtype=torch.float64)
    try:
        given = [arg.clone() if isinstance(arg, torch.Tensor) else arg for arg in args]
        found = getattr(module, name)(*given)
        if found.dtype != torch.float32 or found.shape != ((size,) if args[-1] == "none" else ()):
            return row
    except Exception as error:
        del error
        return row
    return found.detach().cpu().double().reshape(-1).nan_to_num(-1, -1, -1).clamp(-1, 2)
