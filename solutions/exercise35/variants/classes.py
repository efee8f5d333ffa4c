"""Small classes; weights through float64 and back, from the smaller of the two probabilities."""

import math
from dataclasses import dataclass

import torch


def importance_weights(z, n_train, n_test):
    wide = z.double()
    small = torch.sigmoid(-wide.abs())  # the smaller of the two probabilities
    odds = small / torch.sigmoid(wide.abs())
    odds = torch.where(wide > 0, odds.reciprocal(), odds)
    return (odds * n_train / n_test).to(z.dtype)


def weighted_mean(loss, w, self_normalised):
    weights = w / (torch.sum(w) if self_normalised else len(loss))
    return torch.sum(weights * loss)


def effective_sample_size(w):
    scaled = w / w.max()
    return torch.sum(scaled).pow(2) / torch.sum(scaled.pow(2))


@dataclass
class Group:
    successes: int
    trials: int

    @property
    def share(self):
        return self.successes / self.trials

    @property
    def variance(self):
        return self.share * (1 - self.share) / self.trials

    def __add__(self, other):
        return Group(self.successes + other.successes, self.trials + other.trials)


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = Group(k_a, n_a), Group(k_b, n_b)
    both = a + b
    spread = both.share * (1 - both.share)
    try:
        z = (b.share - a.share) / math.sqrt(spread / a.trials + spread / b.trials)
    except ZeroDivisionError:
        z = 0.0
    p = 2 * (0.5 * math.erfc(abs(z) / 2**0.5))
    reach = 1.96 * math.sqrt(a.variance + b.variance)
    middle = b.share - a.share
    return z, p, middle - reach, middle + reach
