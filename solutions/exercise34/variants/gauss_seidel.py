"""Sweeps that use each new value at once, in NumPy; the best actions from the values at the end; F.cross_entropy."""

import numpy as np
import torch
import torch.nn.functional as F


def arrays(*tensors):
    return [tensor.detach().cpu().numpy() for tensor in tensors]


def bellman_backup(V, P, R, end, gamma):
    v, p, r, stop = arrays(V, P, R, end)
    q = r + gamma * np.einsum("ijk,k->ij", p, np.where(stop, 0, v))
    q[stop, :] = 0
    return torch.from_numpy(q.astype(r.dtype)).to(R.device)


def value_iteration(P, R, end, gamma, tol):
    p, r, stop = arrays(P, R, end)
    v = np.zeros(len(r), dtype=r.dtype)
    while True:
        largest = 0.0
        for s in np.flatnonzero(~stop):
            new = (r[s] + gamma * p[s] @ v).max()
            largest = max(largest, abs(new - v[s]))
            v[s] = new
        if largest <= tol:
            break
    q = r + gamma * p @ v
    return torch.from_numpy(v).to(R.device), torch.from_numpy(q.argmax(axis=1)).to(R.device)


def policy_evaluation(pi, P, R, end, gamma):
    w, p, r, stop = arrays(pi, P, R, end)
    going = np.flatnonzero(~stop)
    moves = (w[:, :, None] * p).sum(axis=1)[np.ix_(going, going)]
    v = np.zeros(len(r), dtype=r.dtype)
    v[going] = np.linalg.solve(np.eye(len(going), dtype=r.dtype) - gamma * moves, (w * r).sum(axis=1)[going])
    return torch.from_numpy(v).to(R.device)


def discounted_returns(r, done, gamma):
    rewards, ends = arrays(r, done)
    G = np.zeros_like(rewards)
    carried = 0.0
    for t in range(len(rewards))[::-1]:
        carried = rewards[t] + gamma * (1 - ends[t]) * carried
        G[t] = carried
    return torch.from_numpy(G).to(r.device)


def reinforce_loss(logits, actions, returns, baseline):
    each = F.cross_entropy(logits, actions, reduction="none")
    return torch.mean(each * (returns.detach() - baseline))
