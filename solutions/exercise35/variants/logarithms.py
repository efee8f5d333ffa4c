"""Everything in logarithms where that is natural, and dot products; z as a quotient of whole numbers."""

import math

import torch


def importance_weights(z, n_train, n_test):
    return torch.exp(z + math.log(n_train) - math.log(n_test))


def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        w = w / w.sum()
        return torch.dot(w, loss)
    return torch.dot(w, loss) / loss.numel()


def effective_sample_size(w):
    shares = w / w.sum()
    return 1 / torch.dot(shares, shares)


def two_proportion_test(k_a, n_a, k_b, n_b):
    k, n = k_a + k_b, n_a + n_b
    p, z = 1.0, 0.0
    if 0 < k < n:
        z = (k_b * n_a - k_a * n_b) / math.sqrt(k * (n - k) * n_a * n_b / n)
        p = torch.erfc(torch.tensor(abs(z), dtype=torch.float64) / math.sqrt(2)).item()
    difference = k_b / n_b - k_a / n_a
    s = math.hypot(*(math.sqrt(k * (n - k) / n) / n for k, n in ((k_a, n_a), (k_b, n_b))))
    return z, p, difference - 1.959964 * s, difference + 1.959964 * s
