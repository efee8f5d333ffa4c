"""The bias as the weight of one more input that is always 1; labels −1 and 1 within."""

import torch


def with_ones(X):
    return torch.cat([X, torch.ones_like(X[:, :1])], dim=1)


def joined(w, b):
    return torch.cat([w, b.reshape(1)])


def predict(X, w, b):
    return torch.clamp(torch.sign(with_ones(X) @ joined(w, b)), min=0).to(torch.int64)


def update(w, b, x, y, lr):
    v, row = joined(w, b), with_ones(x.unsqueeze(0))[0]
    side = 2 * y - 1
    positive = 1 if v.dot(row) > 0 else -1
    if positive != side:
        v = v + lr * side * row
    return v[:-1], v[-1]


def fit(X, y, lr, max_epochs):
    rows, sides = with_ones(X), (2 * y - 1).tolist()
    v = torch.zeros(rows.shape[1], dtype=X.dtype, device=X.device)
    for epoch in range(max_epochs):
        wrong = 0
        for row, side in zip(rows, sides, strict=True):
            answer = 1 if torch.dot(v, row) > 0 else -1
            if answer != side:
                v = v + (lr * side) * row
                wrong += 1
        if not wrong:
            return v[:-1], v[-1], epoch + 1, True
    return v[:-1], v[-1], max_epochs, False
