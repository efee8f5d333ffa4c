"""One vector of parameters, the bias behind a column of ones, changed in place; one label is a special case of many."""

import torch


def features(rows, categories, numeric):
    place = {}
    for name, values in categories.items():
        for value in values:
            place[name, value] = len(place)
    X = torch.zeros(len(rows), len(place) + len(numeric), dtype=torch.float32)
    for i, row in enumerate(rows):
        for item in row.items():
            if item in place:
                X[i, place[item]] = 1
    for j, name in enumerate(numeric, start=len(place)):
        X[:, j] = torch.tensor([row.get(name) or 0.0 for row in rows], dtype=torch.float32)
    return X


def with_ones(X):
    return torch.cat([X, torch.ones_like(X[:, :1])], dim=1)


def descend(X, Y, lr, steps, weight, l2):
    A = with_ones(X)
    theta = torch.zeros(A.shape[1], Y.shape[1], dtype=X.dtype)
    decay = torch.full_like(theta[:, :1], l2)
    decay[-1] = 0
    for _ in range(steps):
        error = torch.special.expit(A @ theta)
        error -= Y
        error *= 1 + (weight - 1) * Y
        step = A.T.matmul(error).div_(Y.numel())
        step += decay * theta
        theta -= step.mul_(lr)
    return theta[:-1].T.contiguous(), theta[-1].clone()


def predict_proba(X, w, b):
    return predict_proba_multilabel(X, w.reshape(1, -1), b.reshape(1))[:, 0].clone()


def predict(X, w, b, threshold):
    return predict_proba(X, w, b).ge(threshold).to(torch.int64)


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    W, b = descend(X, y[:, None], lr, steps, pos_weight, l2)
    return W[0], b[0]


def fit_multilabel(X, Y, lr, steps):
    return descend(X, Y, lr, steps, 1.0, 0.0)


def predict_proba_multilabel(X, W, b):
    z = torch.einsum("nd,ld->nl", X, W).add_(b)
    return 0.5 * (1 + torch.tanh(z / 2))


def rank(p, bid, k):
    order = torch.argsort(p.mul(bid), stable=True).flip(0)
    return order[: max(k, 0)]
