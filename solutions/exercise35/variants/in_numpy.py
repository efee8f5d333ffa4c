"""NumPy wherever no gradient is asked for; the size from moments of the weights."""

import math

import numpy as np
import torch


def importance_weights(z, n_train, n_test):
    w = np.exp(z.cpu().numpy()) / (n_test / n_train)
    return torch.from_numpy(w).to(z)


def weighted_mean(loss, w, self_normalised):
    mean = torch.einsum("n,n->", w, loss) / loss.shape[0]
    return mean / w.mean() if self_normalised else mean


def effective_sample_size(w):
    a = w.detach().cpu().numpy().astype(np.float64)
    spread = a.std() / a.mean()
    return torch.tensor(len(a) / (1 + spread**2)).to(w)


def two_proportion_test(k_a, n_a, k_b, n_b):
    k, n = np.array([k_a, k_b], dtype=float), np.array([n_a, n_b], dtype=float)
    share = k / n
    common = k.sum() / n.sum()
    pooled = np.sqrt(common * (1 - common) * (1 / n).sum())
    with np.errstate(invalid="ignore"):
        z = np.nan_to_num(np.diff(share)[0] / pooled)
    p = math.erfc(abs(z) / np.sqrt(2))
    low, high = np.diff(share)[0] + np.array([-1, 1]) * 1.96 * np.sqrt((share * (1 - share) / n).sum())
    return z, p, low, high
