# %% counts_upside_down_and_one_sided
# 1 the ratio of the counts upside down; 2 one-sided p; 3 s0 = 0 not treated
# named: weights_sizes_inverted, p_one_sided, zero_divides
import math

import torch


def importance_weights(z, n_train, n_test):
    return torch.exp(z) * n_test / n_train


def weighted_mean(loss, w, self_normalised):
    if self_normalised:
        return (w * loss).sum() / w.sum()
    return (w * loss).mean()


def effective_sample_size(w):
    return w.sum() ** 2 / (w**2).sum()


def two_proportion_test(k_a, n_a, k_b, n_b):
    p_a = k_a / n_a
    p_b = k_b / n_b
    pool = (k_a + k_b) / (n_a + n_b)
    se = math.sqrt(pool * (1 - pool) * (1 / n_a + 1 / n_b))
    z = (p_b - p_a) / se
    p = 0.5 * math.erfc(abs(z) / math.sqrt(2))
    se1 = math.sqrt(p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
    diff = p_b - p_a
    return z, p, diff - 1.96 * se1, diff + 1.96 * se1

# %% through_probabilities
# 1 P/(1-P) by the sigmoid; 2 effective size as a share; 3 one standard error, the pooled one, for all
# named: weights_through_sigmoid, size_share, interval_pooled
import math

import torch


def importance_weights(z, n_train, n_test):
    prob = torch.sigmoid(z)
    odds = prob / (1 - prob)
    return odds * n_train / n_test


def weighted_mean(loss, w, self_normalised):
    norm = w.sum() if self_normalised else loss.numel()
    return (loss * w).sum() / norm


def effective_sample_size(w):
    return w.mean() ** 2 / (w**2).mean()


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    se = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    if se == 0:
        return 0.0, 1.0, b - a, b - a
    z = (b - a) / se
    p = math.erfc(abs(z) / math.sqrt(2))
    return z, p, (b - a) - 1.96 * se, (b - a) + 1.96 * se

# %% torch_float32_test
# 1 float32 in the test; 2 2(1 - cdf); 3 tensors returned; 4 s0 = 0 gives nan
# named: p_cancelled, zero_divides
import torch
from torch.distributions import Normal


def importance_weights(z, n_train, n_test):
    return torch.exp(z) * (n_train / n_test)


def weighted_mean(loss, w, self_normalised):
    s = torch.sum(w * loss)
    return s / torch.sum(w) if self_normalised else s / w.shape[0]


def effective_sample_size(w):
    return torch.sum(w) ** 2 / torch.sum(w**2)


def two_proportion_test(k_a, n_a, k_b, n_b):
    a = torch.tensor(k_a / n_a)
    b = torch.tensor(k_b / n_b)
    q = torch.tensor((k_a + k_b) / (n_a + n_b))
    s0 = torch.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z = (b - a) / s0
    p = 2 * (1 - Normal(0.0, 1.0).cdf(z.abs()))
    s1 = torch.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.96 * s1, b - a + 1.96 * s1

# %% unpooled_everywhere
# 1 weights normalised already; 2 always divided by N; 3 z by the unpooled error; 4 interval clamped
# named: weights_sum_one, mean_by_number, z_unpooled, interval_clipped, zero_by_unpooled
import math

import torch


def importance_weights(z, n_train, n_test):
    w = torch.exp(z) * n_train / n_test
    return w / w.sum()


def weighted_mean(loss, w, self_normalised):
    return (w * loss).mean()


def effective_sample_size(w):
    return (w.sum() ** 2) / (w * w).sum()


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    s = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    z = 0.0 if s == 0 else (b - a) / s
    p = math.erfc(abs(z) / math.sqrt(2))
    low = max(-1.0, b - a - 1.96 * s)
    high = min(1.0, b - a + 1.96 * s)
    return z, p, low, high

# %% a_against_b
# 1 weights detached; 2 sum w by sum w^2; 3 A - B everywhere; 4 q as the mean of a and b
# named: mean_weights_cut, size_not_squared, z_sign, interval_of_a_minus_b, z_mean_of_proportions
import math

import torch


def importance_weights(z, n_train, n_test):
    return z.exp() * n_train / n_test


def weighted_mean(loss, w, self_normalised):
    w = w.detach()
    if self_normalised:
        w = w / w.sum()
        return (w * loss).sum()
    return (w * loss).sum() / len(loss)


def effective_sample_size(w):
    return w.sum() / (w**2).sum()


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (a + b) / 2
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    z = (a - b) / s0 if s0 > 0 else 0.0
    p = math.erfc(abs(z) / math.sqrt(2))
    return z, p, a - b - 1.96 * s1, a - b + 1.96 * s1

# %% signs_and_quantiles
# 1 the counts left out; 2 the flag swapped; 3 p without the absolute value; 4 1.645
# named: weights_without_sizes, mean_by_weights, mean_by_number, p_without_absolute, interval_of_90
import math

import torch


def importance_weights(z, n_train, n_test):
    return torch.exp(z)


def weighted_mean(loss, w, self_normalised):
    if not self_normalised:
        return (w * loss).sum() / w.sum()
    return (w * loss).sum() / len(w)


def effective_sample_size(w):
    p = w / w.sum()
    return 1 / (p**2).sum()


def two_proportion_test(k_a, n_a, k_b, n_b):
    a, b = k_a / n_a, k_b / n_b
    q = (k_a + k_b) / (n_a + n_b)
    s0 = math.sqrt(q * (1 - q) * (1 / n_a + 1 / n_b))
    z, p = 0.0, 1.0
    if s0 > 0:
        z = (b - a) / s0
        p = math.erfc(z / math.sqrt(2))
    s1 = math.sqrt(a * (1 - a) / n_a + b * (1 - b) / n_b)
    return z, p, b - a - 1.645 * s1, b - a + 1.645 * s1
