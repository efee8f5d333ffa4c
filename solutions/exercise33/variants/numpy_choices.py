"""NumPy makes the choices; the new values are made of masks, with torch.where."""

import numpy as np
import torch


def update(q, n, a, r):
    pulled = torch.arange(q.shape[0], device=q.device) == a
    n = n + pulled
    moved = q + (r - q) / n.clamp(min=1).to(q.dtype)
    return torch.where(pulled, moved, q), n


def epsilon_greedy(q, eps, u1, u2):
    return int(np.floor(u2 * len(q))) if u1 < eps else int(np.argmax(q.cpu().numpy()))


def ucb1(q, n):
    q, n = q.cpu().numpy().astype(np.float64), n.cpu().numpy()
    if n.min() == 0:
        return int(np.argmin(n))
    return int(np.argmax(q + np.sqrt(2.0 * np.log(n.sum()) / n)))


def run(rewards, eps, u):
    table, u = rewards.cpu().numpy(), u.cpu().numpy()
    steps, arms = table.shape
    total, count, pulled = np.zeros(arms), np.zeros(arms), np.zeros(steps, dtype=np.int64)
    for t in range(steps):
        mean = total / np.maximum(count, 1)
        arm = int(u[t, 1] * arms) if u[t, 0] < eps else int(mean.argmax())
        pulled[t] = arm
        total[arm] += table[t, arm]
        count[arm] += 1
    q = torch.from_numpy(total / np.maximum(count, 1)).to(rewards)
    return torch.from_numpy(pulled).to(rewards.device), q


def linucb(x, M, v, alpha):
    x, M, v = (value.cpu().numpy().astype(np.float64) for value in (x, M, v))
    inverse = np.linalg.inv(M)
    mean = np.einsum("ade,ae,d->a", inverse, v, x)
    return int(np.argmax(mean + alpha * np.sqrt(np.einsum("d,ade,e->a", x, inverse, x))))


def linucb_update(M, v, x, a, r):
    pulled = (torch.arange(len(v), device=v.device) == a).to(v.dtype)
    return M + pulled[:, None, None] * x[:, None] * x, v + pulled[:, None] * r * x
