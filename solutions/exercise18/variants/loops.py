"""Sample by sample and class by class."""

import torch


def logits(X, W, b):
    z = X.new_zeros(len(X), len(W))
    for n in range(len(X)):
        for c in range(len(W)):
            z[n, c] = torch.dot(W[c], X[n]) + b[c]
    return z


def predict(X, W, b):
    z = logits(X, W, b)
    labels = []
    for row in z.tolist():
        best = 0
        for c in range(1, len(row)):
            if row[c] > row[best]:
                best = c
        labels.append(best)
    return torch.tensor(labels, dtype=torch.int64, device=X.device)


def log_sum_exp(z):
    m = z.max(dim=-1, keepdim=True).values.detach()
    return (m + (z - m).exp().sum(-1, keepdim=True).log()).squeeze(-1)


def fit(X, y, C, lr, steps):
    N, D = X.shape
    W = torch.zeros(C, D, dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        dW, db = torch.zeros_like(W), torch.zeros_like(b)
        for x, label in zip(X, y.tolist(), strict=True):
            p = torch.softmax(W @ x + b, dim=0)
            for c in range(C):
                error = p[c] - (1.0 if c == label else 0.0)
                dW[c] += error * x / N
                db[c] += error / N
        W -= lr * dW
        b -= lr * db
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    groups = parent.tolist()
    columns = []
    for c, g in enumerate(groups):
        siblings = [k for k, other in enumerate(groups) if other == g]
        of_group = zg[:, g] - log_sum_exp(zg)
        columns.append(of_group + zf[:, c] - log_sum_exp(zf[:, siblings]))
    return torch.stack(columns, dim=1)


def hierarchical_loss(zg, zf, parent, y):
    log_p = hierarchical_log_prob(zg, zf, parent)
    return sum(-log_p[n, c] for n, c in enumerate(y.tolist())) / len(y)
