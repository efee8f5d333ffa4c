"""PyTorch's own loss, autograd and optimiser; the penalty as weight decay of w alone."""

import torch
from torch.nn import functional


def features(rows, categories, numeric):
    width = sum(len(values) for values in categories.values()) + len(numeric)
    X = torch.zeros(len(rows), width)
    for x, row in zip(X, rows, strict=True):
        start = 0
        for name, values in categories.items():
            if row.get(name) in values:
                x[start + values.index(row[name])] = 1
            start += len(values)
        for j, name in enumerate(numeric):
            if row.get(name) is not None:
                x[start + j] = row[name]
    return X


def predict_proba(X, w, b):
    return 1 / (1 + torch.exp(-(X @ w + b)))


def predict(X, w, b, threshold):
    return torch.where(predict_proba(X, w, b) < threshold, 0, 1)


def descend(parameters, loss, lr, steps):
    optimizer = torch.optim.SGD(parameters, lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        loss().backward()
        optimizer.step()


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros(X.shape[1], dtype=X.dtype, requires_grad=True)
    b = torch.zeros((), dtype=X.dtype, requires_grad=True)

    def loss():
        weight = torch.tensor(pos_weight, dtype=X.dtype)
        return functional.binary_cross_entropy_with_logits(X @ w + b, y, pos_weight=weight)

    descend([{"params": [w], "weight_decay": l2}, {"params": [b]}], loss, lr, steps)
    return w.detach(), b.detach()


def fit_multilabel(X, Y, lr, steps):
    layer = torch.nn.Linear(X.shape[1], Y.shape[1]).to(X.dtype)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    descend(layer.parameters(), lambda: torch.nn.BCEWithLogitsLoss()(layer(X), Y), lr, steps)
    return layer.weight.detach(), layer.bias.detach()


def predict_proba_multilabel(X, W, b):
    return torch.sigmoid(functional.linear(X, W, b))


def rank(p, bid, k):
    return torch.topk(p * bid, min(k, len(p))).indices
