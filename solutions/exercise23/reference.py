"""Principal component analysis: the directions in which samples vary most, and what samples look like without the rest.

No function changes its inputs. Results are new tensors of the inputs' dtype, float32 or float64, and device.
"""

from __future__ import annotations

import torch


def fit(X: torch.Tensor, k: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The mean of the samples, and the k orthogonal directions in which they vary most.

    X: [N, D], N at least 2. k: 1 … min(N − 1, D). Returns: mean [D]; components [k, D], rows of length 1, each with
    either sign; variance [k], of the samples along each component, divided by N − 1, falling.
    """
    ### BEGIN SOLUTION
    mean = X.mean(dim=0)
    _, s, directions = torch.linalg.svd(X - mean, full_matrices=False)  # X − mean = U · diag(s) · directions
    return mean, directions[:k], s[:k] ** 2 / (len(X) - 1)
    ### END SOLUTION


def transform(X: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """The coordinates of samples along the components, seen from the mean.

    X: [N, D], N may be 0. mean: [D]. components: [k, D], orthogonal rows of length 1. Returns: [N, k].
    """
    ### BEGIN SOLUTION
    return (X - mean) @ components.T
    ### END SOLUTION


def inverse_transform(Z: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """The samples that have these coordinates along the components, and vary in no other direction.

    Z: [N, k], N may be 0. mean: [D]. components: [k, D], orthogonal rows of length 1. Returns: [N, D].
    """
    ### BEGIN SOLUTION
    return Z @ components + mean
    ### END SOLUTION


def explained_variance_ratio(X: torch.Tensor, k: int) -> torch.Tensor:
    """The shares that the k largest variances have in the sum of all of them.

    X: [N, D], N at least 2, not all rows equal. k: 1 … min(N − 1, D). Returns: [k], falling.
    """
    ### BEGIN SOLUTION
    variance = torch.linalg.svdvals(X - X.mean(dim=0)) ** 2  # times N − 1, which cancels
    return variance[:k] / variance.sum()
    ### END SOLUTION


def anomaly_score(X: torch.Tensor, mean: torch.Tensor, components: torch.Tensor) -> torch.Tensor:
    """How far each sample is from what the components can say of it: ‖x − x̂‖², x̂ being rebuilt from its coordinates.

    X: [N, D], N may be 0. mean: [D]. components: [k, D], orthogonal rows of length 1. Returns: [N].
    """
    ### BEGIN SOLUTION
    rebuilt = inverse_transform(transform(X, mean, components), mean, components)
    return ((X - rebuilt) ** 2).sum(dim=1)
    ### END SOLUTION
