"""Against over-fitting: dropout, a fair split of the data, standardized inputs, early stopping, a penalty on weights.

Results are new tensors of the inputs' dtype and device; no function changes its arguments, apart from the generator
`gen`, which moves on with every draw.
"""

from __future__ import annotations

import math

import torch


def dropout(x: torch.Tensor, p: float, training: bool, gen: torch.Generator) -> torch.Tensor:
    """Inverted dropout: in training each entry becomes 0 with probability p, else x/(1−p); otherwise all stay.

    x: floats of any shape, on the CPU like `gen`. p: from 0 to 1; with p = 1 all entries become 0.
    Returns: the same shape and dtype; autograd goes through the entries that are kept.
    """
    ### BEGIN SOLUTION
    if not training:
        return x
    if p == 1:
        return torch.zeros_like(x)
    kept = torch.rand(x.shape, generator=gen) >= p
    return x * kept / (1 - p)
    ### END SOLUTION


def split(n: int, n_val: int, n_test: int, gen: torch.Generator) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The row numbers 0 … n−1 in random order, drawn from `gen` and cut in three: training, validation, test.

    n_val, n_test: sizes of the last two, 0 or more, together at most n; all other rows are for training.
    Returns: three int64 tensors, in which every row number occurs once.
    """
    ### BEGIN SOLUTION
    order = torch.randperm(n, generator=gen)
    n_train = n - n_val - n_test
    return order[:n_train], order[n_train : n_train + n_val], order[n_train + n_val :]
    ### END SOLUTION


def standardize(train: torch.Tensor, other: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(x − mean)/std of both, column by column, with the mean and the standard deviation of `train` alone.

    train [N, D], N ≥ 1; other [M, D]. The squares' mean divides by N; a standard deviation of 0 counts as 1.
    Returns: [N, D] and [M, D].
    """
    ### BEGIN SOLUTION
    mean = train.mean(dim=0)
    std = train.std(dim=0, correction=0)
    std = torch.where(std == 0, 1, std)
    return (train - mean) / std, (other - mean) / std
    ### END SOLUTION


def early_stopping(val: list[float], patience: int, min_delta: float) -> tuple[int, int]:
    """Which epoch's parameters to keep, and after which epoch training ends. Epochs count from 0.

    val: the validation loss of each epoch, at least one; nan is possible. An epoch is better if its loss is below that
    of the best so far minus min_delta (≥ 0); the first loss that is a number is better, nan never is.
    Returns: the last better epoch (0 if there is none), and the epoch at which `patience` (≥ 1) epochs in a row were
    not better, else the last one.
    """
    ### BEGIN SOLUTION
    best, lowest, waited = 0, math.inf, 0
    for epoch, loss in enumerate(val):
        if loss < lowest - min_delta:
            best, lowest, waited = epoch, loss, 0
        else:
            waited += 1
        if waited == patience:
            return best, epoch
    return best, len(val) - 1
    ### END SOLUTION


def l2_penalty(params: list[torch.Tensor], lam: float) -> torch.Tensor:
    """lam/2 times the sum of all squared entries of the weights: of the tensors that have two axes or more.

    params: one tensor or more; those with fewer axes (biases) are left out. Returns: 0-d; autograd goes through it.
    """
    ### BEGIN SOLUTION
    squares = [w.square().sum() for w in params if w.ndim >= 2]
    return lam / 2 * sum(squares, params[0].new_zeros(()))
    ### END SOLUTION
