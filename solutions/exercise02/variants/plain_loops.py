"""Loops over rows and inputs, the four cases spelled out."""

import torch


def activation(x, w, b):
    z = b.clone()
    for i in range(len(x)):
        z = z + x[i] * w[i]
    return z


def predict(X, w, b):
    answers = torch.zeros(len(X), dtype=torch.int64, device=X.device)
    for n, x in enumerate(X):
        if activation(x, w, b) > 0:
            answers[n] = 1
    return answers


def update(w, b, x, y, lr):
    answer = 1 if activation(x, w, b) > 0 else 0
    if answer == y:
        return w, b
    if y == 1:
        return w + lr * x, b + lr
    return w - lr * x, b - lr


def fit(X, y, lr, max_epochs):
    w = torch.zeros(X.size(1), dtype=X.dtype, device=X.device)
    b = torch.tensor(0.0, dtype=X.dtype, device=X.device)
    epoch = 0
    clean = False
    while not clean and epoch < max_epochs:
        epoch += 1
        clean = True
        for n in range(X.size(0)):
            if predict(X[n : n + 1], w, b)[0] != y[n]:
                clean = False
                w, b = update(w, b, X[n], int(y[n]), lr)
    return w, b, epoch, clean
