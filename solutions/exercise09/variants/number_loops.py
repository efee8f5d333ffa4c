"""One number after another, with the math module."""

import math

import torch


def same_shape(pred, y):
    if pred.dim() != y.dim() or any(m != n for m, n in zip(pred.shape, y.shape, strict=True)):
        raise ValueError(f"{pred.shape} against {y.shape}")


def mse(pred, y):
    same_shape(pred, y)
    total = 0.0
    for a, b in zip(pred.reshape(-1).tolist(), y.reshape(-1).tolist(), strict=True):
        total += (a - b) ** 2
    return pred.new_tensor(total / pred.numel())


def mse_grad(pred, y):
    same_shape(pred, y)
    count = pred.numel()
    flat = [2 * (a - b) / count for a, b in zip(pred.flatten().tolist(), y.flatten().tolist(), strict=True)]
    return torch.tensor(flat, dtype=pred.dtype).reshape(pred.shape)


def bounded_log(p):
    return max(math.log(p), -100.0) if p > 0 else -100.0


def binary_cross_entropy(p, y):
    terms = [b * bounded_log(a) + (1 - b) * bounded_log(1 - a) for a, b in zip(p.tolist(), y.tolist(), strict=True)]
    return torch.tensor(-sum(terms) / len(terms), dtype=p.dtype)


def binary_cross_entropy_grad(p, y):
    slopes = [-b / a + (1 - b) / (1 - a) for a, b in zip(p.tolist(), y.tolist(), strict=True)]
    return torch.tensor(slopes, dtype=p.dtype) / len(slopes)


def sigmoid(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def minus_log_sigmoid(z):
    return math.log1p(math.exp(-z)) if z > 0 else math.log1p(math.exp(z)) - z


def binary_cross_entropy_with_logits(z, y):
    terms = [
        b * minus_log_sigmoid(a) + (1 - b) * minus_log_sigmoid(-a) for a, b in zip(z.tolist(), y.tolist(), strict=True)
    ]
    return torch.tensor(sum(terms) / len(terms), dtype=z.dtype)


def binary_cross_entropy_with_logits_grad(z, y):
    return torch.tensor([(sigmoid(a) - b) / len(z) for a, b in zip(z.tolist(), y.tolist(), strict=True)], dtype=z.dtype)


def by_rows(function, z, *others):
    """function of the numbers of each row, and of the same row of the others."""
    result = torch.empty(z.shape, dtype=z.dtype)
    flat = result.view(-1, z.shape[-1])
    rows = [each.reshape(-1, z.shape[-1]).tolist() for each in (z, *others)]
    for i, numbers in enumerate(zip(*rows, strict=True)):
        flat[i] = torch.tensor(function(*numbers), dtype=z.dtype)
    return result


def log_probabilities(row):
    top = max(row)
    log_sum = top + math.log(sum(math.exp(a - top) for a in row))
    return [a - log_sum for a in row]


def probabilities(row):
    return [math.exp(a) for a in log_probabilities(row)]


def softmax(z):
    return by_rows(probabilities, z)


def log_softmax(z):
    return by_rows(log_probabilities, z)


def softmax_vjp(z, v):
    def row_vjp(row, upstream):
        p = probabilities(row)
        return [sum(u * p[i] * ((i == j) - p[j]) for i, u in enumerate(upstream)) for j in range(len(row))]

    return by_rows(row_vjp, z, v)


def log_softmax_vjp(z, v):
    def row_vjp(row, upstream):
        p = probabilities(row)
        return [sum(u * ((i == j) - p[j]) for i, u in enumerate(upstream)) for j in range(len(row))]

    return by_rows(row_vjp, z, v)


def cross_entropy(z, y):
    losses = [-log_probabilities(row)[label] for row, label in zip(z.tolist(), y.tolist(), strict=True)]
    return torch.tensor(sum(losses) / len(losses), dtype=z.dtype)


def cross_entropy_grad(z, y):
    gradient = torch.zeros(z.shape, dtype=z.dtype)
    for n, (row, label) in enumerate(zip(z.tolist(), y.tolist(), strict=True)):
        for c, p in enumerate(probabilities(row)):
            gradient[n, c] = (p - (c == label)) / len(y)
    return gradient
