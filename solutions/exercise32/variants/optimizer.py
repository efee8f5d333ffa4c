"""A class for the model, and PyTorch's SGD; NaN replaced before anything is computed, by the prediction itself."""

import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.register_buffer("mu", p["mu"].clone())
        for name in ("bu", "bi", "P", "Q"):
            self.register_parameter(name, nn.Parameter(p[name].detach().clone()))

    def forward(self):
        return predict(self.values())

    def values(self):
        return {name: getattr(self, name) for name in ("P", "Q", "bi", "bu", "mu")}


def predict(p):
    return torch.addmm(p["bu"][:, None] + p["bi"][None, :], p["P"], p["Q"].t()) + p["mu"]


def masked_loss(R, seen, p, lam):
    guess = predict(p)
    target = torch.where(seen, R, guess.detach())
    squares = torch.square(target - guess)
    return squares.sum() / seen.count_nonzero() + lam * sum(torch.sum(p[k].pow(2)) for k in p if k != "mu")


def fit(R, seen, p, lr, lam, steps):
    model = Model(p)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr, weight_decay=2 * lam)
    for _ in range(steps):
        optimizer.zero_grad()
        masked_loss(R, seen, model.values(), 0.0).backward()
        optimizer.step()
    return {name: value.detach() for name, value in model.values().items()}


def recommend(p, seen, n):
    scores = predict(p)
    lowest = scores.min() - 1
    return torch.where(seen, lowest, scores).sort(dim=1, descending=True).indices[:, :n]
