"""Biases as further factors: one matrix product predicts everything, in float64 inside; index notation."""

import torch


def widened(p):
    P, Q = p["P"].double(), p["Q"].double()
    user = torch.cat([P, p["bu"].double()[:, None], torch.ones_like(P[:, :1])], dim=1)
    item = torch.cat([Q, torch.ones_like(Q[:, :1]), p["bi"].double()[:, None] + p["mu"].double()], dim=1)
    return user, item


def predict(p):
    return torch.einsum("uk,ik->ui", *widened(p)).to(p["mu"].dtype)


def masked_loss(R, seen, p, lam):
    user, item = widened(p)
    known = R.double().nan_to_num(0.0)
    errors = (known - user @ item.T).masked_fill(~seen, 0.0)
    penalty = torch.cat([p[name].flatten() for name in ("bu", "bi", "P", "Q")]).double().square().sum()
    return ((errors * errors).sum() / seen.sum() + lam * penalty).to(R.dtype)


def fit(R, seen, p, lr, lam, steps):
    names = ("bu", "bi", "P", "Q")
    now = {name: value.detach().double().clone() for name, value in p.items()}
    target, rate = R.double(), 2 * lr / seen.sum()
    for _ in range(steps):
        error = (target - predict(now)).masked_fill(~seen, 0)
        towards = (
            error.sum(1),
            error.sum(0),
            torch.einsum("ui,ik->uk", error, now["Q"]),
            torch.einsum("ui,uk->ik", error, now["P"]),
        )
        for name, pull in zip(names, towards, strict=True):
            now[name] = (1 - 2 * lr * lam) * now[name] + rate * pull
    return {name: value.to(R.dtype) for name, value in now.items()}


def recommend(p, seen, n):
    user, item = widened(p)
    return torch.topk(user @ item.T - torch.where(seen, torch.inf, 0.0), n).indices
