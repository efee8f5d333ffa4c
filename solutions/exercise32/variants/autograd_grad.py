"""Gradients of a function of the dict; the unseen ratings' errors are cut out by nan_to_num before the square."""

import torch


def predict(p):
    return p["mu"] + (p["bu"][:, None] + p["bi"]) + (p["P"][:, None] * p["Q"]).sum(dim=2)


def masked_loss(R, seen, p, lam):
    errors = torch.nan_to_num(R - predict(p), nan=0.0)
    return torch.linalg.vector_norm(errors) ** 2 / torch.sum(seen) + penalty(p, lam)


def penalty(p, lam):
    without_level = {name: value for name, value in p.items() if name != "mu"}
    return lam * sum(value.square().sum() for value in without_level.values())


def fit(R, seen, p, lr, lam, steps):
    def loss(moving):
        return masked_loss(R, seen, moving | {"mu": p["mu"]}, lam)

    moving = {name: p[name] + 0 for name in ("Q", "P", "bi", "bu")}
    for _ in range(steps):
        leaves = {name: value.clone().requires_grad_(True) for name, value in moving.items()}
        gradients = torch.autograd.grad(loss(leaves), list(leaves.values()))
        moving = {name: moving[name] - lr * gradient for name, gradient in zip(moving, gradients, strict=True)}
    return moving | {"mu": p["mu"]}


def recommend(p, seen, n):
    scores, chosen = predict(p).masked_fill(seen, float("-inf")), []
    for _ in range(n):
        best = scores.argmax(dim=1, keepdim=True)
        chosen.append(best)
        scores = scores.scatter(1, best, float("-inf"))
    return torch.cat(chosen, dim=1)
