"""Distribution shift: weights that carry training losses over to test data, and the test of two proportions (A/B test).

No function changes its inputs.
"""

from __future__ import annotations

import math

import torch


def importance_weights(z: torch.Tensor, n_train: int, n_test: int) -> torch.Tensor:
    """The density of the test data by that of the training data, p_test(x)/p_train(x), at N samples x.

    z: [N], floats: the logits, for these x, of a classifier that tells test data (1) from training data (0); N may be
    0. n_train, n_test: how many of both it has learned from. Returns: [N], with the dtype of z.
    """
    ### BEGIN SOLUTION
    odds = torch.exp(z)  # P(test | x)/P(train | x)
    return odds * (n_train / n_test)
    ### END SOLUTION


def weighted_mean(loss: torch.Tensor, w: torch.Tensor, self_normalised: bool) -> torch.Tensor:
    """The mean loss on the test data, estimated from N training samples; differentiable in loss and w.

    loss: [N], floats, N at least 1. w: [N], floats of the same dtype, at least 0. self_normalised: whether the sum of
    w·loss is divided by the sum of w, which then is not 0, or else by N. Returns: [], with the dtype of loss.
    """
    ### BEGIN SOLUTION
    total = (w * loss).sum()
    return total / w.sum() if self_normalised else total / len(w)
    ### END SOLUTION


def effective_sample_size(w: torch.Tensor) -> torch.Tensor:
    """How many samples of equal weight estimate as precisely as these: (Σw)²/Σw².

    w: [N], floats, at least 0 and not all 0. Returns: [], with the dtype of w, from 1 to N.
    """
    ### BEGIN SOLUTION
    return w.sum() ** 2 / (w**2).sum()
    ### END SOLUTION


def two_proportion_test(k_a: int, n_a: int, k_b: int, n_b: int) -> tuple[float, float, float, float]:
    """Whether the proportions k_a/n_a and k_b/n_b differ by more than chance.

    n_a, n_b: numbers of trials, at least 1. k_a, k_b: the successes among them. Returns: (z, p, low, high), Python
    floats: the difference B − A by its pooled standard error, the two-sided p-value, and the 95% interval of B − A with
    the unpooled standard error. Where the pooled one is 0, z = 0 and p = 1.
    """
    ### BEGIN SOLUTION
    a, b = k_a / n_a, k_b / n_b
    common = (k_a + k_b) / (n_a + n_b)
    pooled = math.sqrt(common * (1 - common) * (1 / n_a + 1 / n_b))
    z = (b - a) / pooled if pooled > 0 else 0.0
    p = math.erfc(abs(z) / math.sqrt(2))  # both tails beyond |z|, to full precision however small
    margin = 1.96 * math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - margin, b - a + margin
    ### END SOLUTION
