"""A class that trains in float64 with the loss written out, in logits, and functions around it."""

import torch


class Model:
    def __init__(self, inputs, outputs):
        self.W = torch.zeros(inputs, outputs, dtype=torch.float64, requires_grad=True)
        self.b = torch.zeros(outputs, dtype=torch.float64, requires_grad=True)

    def losses(self, X, Y, pos_weight):
        z = X @ self.W + self.b
        return pos_weight * Y * torch.logaddexp(torch.zeros_like(z), -z) + (1 - Y) * torch.nn.functional.softplus(z)

    def train(self, X, Y, lr, steps, pos_weight=1.0, l2=0.0):
        for _ in range(steps):
            objective = self.losses(X, Y, pos_weight).mean() + l2 / 2 * self.W.square().sum()
            dW, db = torch.autograd.grad(objective, [self.W, self.b])
            with torch.no_grad():
                self.W -= lr * dW
                self.b -= lr * db
        return self.W.detach().T, self.b.detach()


def features(rows, categories, numeric):
    blocks = [torch.empty(len(rows), 0)]
    for name, values in categories.items():
        numbers = {value: j for j, value in enumerate(values)}
        index = torch.tensor([numbers.get(row.get(name), len(values)) for row in rows], dtype=torch.int64)
        blocks.append(torch.nn.functional.one_hot(index, len(values) + 1)[:, :-1].float())
    for name in numeric:
        blocks.append(torch.tensor([[row.get(name) or 0] for row in rows], dtype=torch.float32).reshape(-1, 1))
    return torch.cat(blocks, dim=1)


def predict_proba(X, w, b):
    return torch.sigmoid(X.double() @ w.double() + b.double()).to(X.dtype)


def predict(X, w, b, threshold):
    labels = torch.zeros(len(X), dtype=torch.long)
    labels[predict_proba(X, w, b) >= threshold] = 1
    return labels


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    W, b = Model(X.shape[1], 1).train(X.double(), y.double()[:, None], lr, steps, pos_weight, l2)
    return W[0].to(X.dtype), b[0].to(X.dtype)


def fit_multilabel(X, Y, lr, steps):
    W, b = Model(X.shape[1], Y.shape[1]).train(X.double(), Y.double(), lr, steps)
    return W.to(X.dtype), b.to(X.dtype)


def predict_proba_multilabel(X, W, b):
    return torch.sigmoid((X[:, None] * W).sum(dim=-1) + b)


def rank(p, bid, k):
    chosen = []
    left = p * bid
    for _ in range(min(k, len(p))):
        best = left.argmax()
        chosen.append(best)
        left[best] = -torch.inf
    return torch.stack(chosen) if chosen else torch.empty(0, dtype=torch.int64)
