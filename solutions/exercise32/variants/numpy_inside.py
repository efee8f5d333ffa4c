"""NumPy where autograd is not needed."""

import numpy as np
import torch

NAMES = ("bu", "bi", "P", "Q")


def predict(p):
    return p["P"].mm(p["Q"].T).add(p["bi"]).add(p["bu"].view(-1, 1)).add(p["mu"])


def masked_loss(R, seen, p, lam):
    errors = torch.masked_select(R, seen) - torch.masked_select(predict(p), seen)
    loss = torch.mean(errors**2)
    for name in NAMES:
        loss = loss + lam * torch.sum(p[name] * p[name])
    return loss


def fit(R, seen, p, lr, lam, steps):
    ratings, known = R.cpu().numpy(), seen.cpu().numpy()
    mu = p["mu"].cpu().numpy()
    bu, bi, P, Q = (p[name].cpu().numpy().copy() for name in NAMES)
    for _ in range(steps):
        errors = np.where(known, mu + bu[:, np.newaxis] + bi + P @ Q.T - ratings, 0)
        slope = 2 * errors / np.count_nonzero(known)
        moves = slope.sum(1), slope.sum(0), slope.dot(Q), slope.T.dot(P)
        bu, bi, P, Q = (v - lr * (g + 2 * lam * v) for v, g in zip((bu, bi, P, Q), moves, strict=True))
    found = {name: torch.from_numpy(v).to(R.device, R.dtype) for name, v in zip(NAMES, (bu, bi, P, Q), strict=True)}
    return {"mu": p["mu"]} | found


def recommend(p, seen, n):
    scores = np.where(seen.cpu().numpy(), -np.inf, predict(p).cpu().numpy())
    return torch.from_numpy(np.argsort(-scores, axis=1)[:, :n].copy()).to(seen.device)
