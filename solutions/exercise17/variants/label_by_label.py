"""Several labels as that many single ones, each learned by `fit`; a loop over the samples in its gradient."""

import torch


def features(rows, categories, numeric):
    found = []
    for row in rows:
        line = []
        for name in categories:
            for value in categories[name]:
                line.append(1.0 if name in row and row[name] == value else 0.0)
        for name in numeric:
            value = row.get(name, 0)
            line.append(0.0 if value is None else float(value))
        found.append(line)
    if not found:
        return torch.zeros((0, sum(map(len, categories.values())) + len(numeric)))
    return torch.tensor(found, dtype=torch.float32)


def predict_proba(X, w, b):
    return torch.stack([torch.sigmoid((x * w).sum() + b) for x in X])


def predict(X, w, b, threshold):
    return torch.tensor([int(p >= threshold) for p in predict_proba(X, w, b).tolist()])


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    N, D = X.shape
    w, b = torch.zeros(D, dtype=X.dtype), torch.zeros((), dtype=X.dtype)
    for _ in range(steps):
        dw, db = l2 * w, torch.zeros_like(b)
        for x, target, p in zip(X, y, predict_proba(X, w, b), strict=True):
            error = (p - 1) * pos_weight if target == 1 else p
            dw = dw + error * x / N
            db = db + error / N
        w = w - lr * dw
        b = b - lr * db
    return w, b


def fit_multilabel(X, Y, lr, steps):
    L = Y.shape[1]
    found = [fit(X, Y[:, j], lr / L, steps) for j in range(L)]
    return torch.stack([w for w, _ in found]), torch.stack([b for _, b in found])


def predict_proba_multilabel(X, W, b):
    return torch.stack([predict_proba(X, w, bias) for w, bias in zip(W, b, strict=True)], dim=1)


def rank(p, bid, k):
    values = (p * bid).tolist()
    return torch.tensor(sorted(range(len(values)), key=lambda i: -values[i])[:k], dtype=torch.int64)
