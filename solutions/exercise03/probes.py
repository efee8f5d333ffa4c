"""What stands in for a function of the submission while another one is checked."""

from __future__ import annotations

from collections.abc import Callable

import torch


def flatter(steepness: float, original: Callable[..., torch.Tensor], x: torch.Tensor) -> torch.Tensor:
    """σ(steepness·x) in the place of `sigmoid`.

    Whatever formula makes tanh(x) out of values of σ makes tanh(steepness·x) out of these. `original` is not
    called, so that an error in the submission's sigmoid is not counted again.
    """
    return torch.sigmoid(steepness * x)
