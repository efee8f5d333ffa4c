"""run keeps every reward and takes means of lists; LinUCB by Cholesky factors, in float64."""

import math

import torch


def update(q, n, a, r):
    q, n = torch.clone(q), torch.clone(n)
    weight = int(n[a])
    q[a] = (weight * float(q[a]) + r) / (weight + 1)
    n[a] = weight + 1
    return q, n


def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * q.shape[0] // 1)
    return (q == q.max()).nonzero()[0].item()


def ucb1(q, n):
    for arm in range(len(n)):
        if n[arm] == 0:
            return arm
    total = int(n.sum())
    bounds = [float(q[arm]) + (2 * math.log(total)) ** 0.5 / float(n[arm]) ** 0.5 for arm in range(len(n))]
    # Equal arms have exactly equal bounds, so that the first is found.
    return bounds.index(max(bounds))


def run(rewards, eps, u):
    seen = [[] for _ in range(rewards.shape[1])]
    arms = []
    for t in range(rewards.shape[0]):
        means = torch.stack([mean(rewards, history) for history in seen])
        arm = epsilon_greedy(means, eps, float(u[t, 0]), float(u[t, 1]))
        seen[arm].append(rewards[t, arm])
        arms.append(arm)
    q = torch.stack([mean(rewards, history) for history in seen])
    return torch.tensor(arms, device=rewards.device).long(), q


def mean(rewards, history):
    return torch.stack(history).mean() if history else rewards.new_zeros(())


def linucb(x, M, v, alpha):
    x, M, v = x.double(), M.double(), v.double()
    factor = torch.linalg.cholesky(M)
    columns = torch.stack([v, x.expand_as(v)], dim=-1)
    theta, z = torch.cholesky_solve(columns, factor).unbind(dim=-1)
    return int(torch.argmax((theta * x).sum(1) + alpha * (z * x).sum(1).sqrt()))


def linucb_update(M, v, x, a, r):
    rows = list(M), list(v)
    rows[0][a] = M[a] + x.reshape(-1, 1) * x.reshape(1, -1)
    rows[1][a] = torch.add(v[a], x, alpha=r)
    return torch.stack(rows[0]), torch.stack(rows[1])
