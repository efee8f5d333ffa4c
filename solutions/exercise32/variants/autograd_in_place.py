"""Leaves, backward, and steps in place under no_grad; ratings by their places in the table."""

import torch


def predict(p):
    table = torch.matmul(p["P"], p["Q"].transpose(0, 1))
    return table + p["bu"].unsqueeze(1) + p["bi"].unsqueeze(0) + p["mu"]


def masked_loss(R, seen, p, lam):
    users, items = torch.where(seen)
    guess = p["mu"] + p["bu"][users] + p["bi"][items] + (p["P"][users] * p["Q"][items]).sum(-1)
    loss = torch.nn.functional.mse_loss(guess, R[users, items])
    return loss + lam * (p["P"].norm() ** 2 + p["Q"].norm() ** 2 + p["bu"].norm() ** 2 + p["bi"].norm() ** 2)


def fit(R, seen, p, lr, lam, steps):
    leaves = {key: p[key].clone().requires_grad_() for key in ("bu", "bi", "P", "Q")}
    for _ in range(steps):
        for leaf in leaves.values():
            leaf.grad = None
        masked_loss(R, seen, {"mu": p["mu"], **leaves}, lam).backward()
        with torch.no_grad():
            for leaf in leaves.values():
                leaf -= lr * leaf.grad
    return {"mu": p["mu"], **{key: leaf.detach() for key, leaf in leaves.items()}}


def recommend(p, seen, n):
    scores = predict(p).clone()
    scores[seen] = -float("inf")
    return torch.argsort(scores, dim=1, descending=True)[:, :n]
