"""What PyTorch has: exponentials in place, a weighted average by matmul, log_ndtr for the tail, float64 tensors."""

import torch


def importance_weights(z, n_train, n_test):
    return z.clone().exp_().mul_(n_train).div_(n_test)


def weighted_mean(loss, w, self_normalised):
    below = w.sum() if self_normalised else w.new_tensor(float(w.shape[0]))
    return (w.unsqueeze(0) @ loss.unsqueeze(1)).squeeze().div(below)


def effective_sample_size(w):
    return (w.norm(p=1) / w.norm(p=2)).square()


def two_proportion_test(k_a, n_a, k_b, n_b):
    k, n = torch.tensor([k_a, k_b], dtype=torch.float64), torch.tensor([n_a, n_b], dtype=torch.float64)
    share, common = k / n, k.sum() / n.sum()
    difference = share[1] - share[0]
    pooled = torch.sqrt(common * (1 - common) * n.reciprocal().sum())
    z = torch.where(pooled > 0, difference / pooled, torch.zeros_like(pooled))
    p = 2 * torch.exp(torch.special.log_ndtr(-z.abs()))
    margin = torch.sqrt((share * (1 - share) / n).sum()) * 1.96
    return z.item(), p.item(), (difference - margin).item(), (difference + margin).item()
