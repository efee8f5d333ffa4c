"""Loops over numbers and plain Python; the p-value from the normal distribution of the standard library, below −|z|."""

import math
from statistics import NormalDist

import torch


def importance_weights(z, n_train, n_test):
    w = torch.empty_like(z)
    for i, logit in enumerate(z.tolist()):
        w[i] = math.e**logit * n_train / n_test
    return w


def weighted_mean(loss, w, self_normalised):
    top, below = 0, 0
    for one, weight in zip(loss, w, strict=True):
        top = top + weight * one
        below = below + (weight if self_normalised else 1)
    return top / below


def effective_sample_size(w):
    total = squares = 0
    for weight in w:
        total += weight
        squares += weight * weight
    return total * total / squares


def tail(x):
    """The area of the normal density below x ≤ 0: by the series near 0, by a continued fraction far out."""
    if x > -3:
        return NormalDist().cdf(x)
    fraction = -x
    for k in range(200, 0, -1):
        fraction = -x + k / fraction
    return NormalDist().pdf(x) / fraction


def two_proportion_test(k_a, n_a, k_b, n_b):
    p_a, p_b, p_0 = k_a / n_a, k_b / n_b, (k_a + k_b) / (n_a + n_b)
    variance = p_0 * (1 - p_0) / n_a + p_0 * (1 - p_0) / n_b
    if variance == 0:
        return 0.0, 1.0, 0.0, 0.0
    z = (p_b - p_a) / variance**0.5
    half = NormalDist().inv_cdf(0.975) * (p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b) ** 0.5
    return z, 2 * tail(-abs(z)), p_b - p_a - half, p_b - p_a + half
