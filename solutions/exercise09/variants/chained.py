"""Each gradient from another one by the chain rule; results changed in place."""

import torch


def mse(pred, y):
    if pred.shape == y.shape:
        return torch.mean(pred * pred - 2 * pred * y + y * y)
    raise ValueError("shapes")


def mse_grad(pred, y):
    if pred.shape == y.shape:
        return pred.sub(y).mul_(2).div_(max(pred.numel(), 1))
    raise ValueError("shapes")


def binary_cross_entropy(p, y):
    least = 3.720075976020836e-44  # e^-100
    right = torch.where(p < least, -100, torch.log(p.clamp(min=least)))
    wrong = torch.where(1 - p < least, -100, torch.log1p(-p.clamp(max=1 - 1e-16)))
    return torch.lerp(-wrong, -right, y).mean()


def binary_cross_entropy_grad(p, y):
    return torch.where(y == 1, -1 / p, torch.where(y == 0, 1 / (1 - p), (1 - y) / (1 - p) - y / p)).div_(len(y))


def binary_cross_entropy_with_logits(z, y):
    cost = torch.maximum(z, torch.zeros_like(z))
    cost -= z * y
    cost += torch.log(1 + torch.exp(-torch.abs(z)))
    return cost.sum() / cost.shape[0]


def binary_cross_entropy_with_logits_grad(z, y):
    small = torch.exp(-z.abs())
    p = torch.where(z >= 0, torch.ones_like(z), small) / (1 + small)
    return p.sub_(y).div_(z.numel())


def softmax(z):
    return torch.exp(log_softmax(z))


def log_softmax(z):
    result = z - torch.max(z, dim=-1, keepdim=True)[0]
    result -= result.exp().sum(dim=-1, keepdim=True).log()
    return result


def softmax_vjp(z, v):
    return log_softmax_vjp(z, softmax(z) * v)  # dp = p · d log p


def log_softmax_vjp(z, v):
    result = softmax(z).mul_(v.sum(-1).unsqueeze(-1)).neg_()
    return result.add_(v)


def cross_entropy(z, y):
    return -log_softmax(z).gather(1, y.unsqueeze(1)).mean()


def cross_entropy_grad(z, y):
    upstream = torch.zeros_like(z).scatter_(1, y[:, None], -1 / len(z))
    return log_softmax_vjp(z, upstream)
