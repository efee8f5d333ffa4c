"""No case is told apart: an untried arm has an infinite bound, and argmax takes the first of these by itself."""

import torch


def update(q, n, a, r):
    one = torch.nn.functional.one_hot(torch.tensor(a, device=n.device), len(n))
    n = n + one
    return q + one * (r - q) / n[a], n


def epsilon_greedy(q, eps, u1, u2):
    scores = q if u1 >= eps else torch.arange(len(q), device=q.device) == int(len(q) * u2)
    return torch.max(scores.to(torch.float64), dim=0).indices.item()


def ucb1(q, n):
    width = torch.sqrt(2 * torch.log(n.sum().double()) / n.double())
    return torch.argmax(q + torch.where(n == 0, torch.inf, width)).item()


def run(rewards, eps, u):
    steps, arms = rewards.shape
    q = torch.zeros(arms, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(arms, dtype=torch.int64, device=rewards.device)
    pulled = torch.empty(steps, dtype=torch.int64, device=rewards.device)
    for t in range(steps):
        arm = epsilon_greedy(q, eps, u[t, 0], u[t, 1])
        q, n = update(q, n, arm, rewards[t, arm])
        pulled[t] = arm
    return pulled, q


def linucb(x, M, v, alpha):
    inverse = torch.linalg.inv(M)
    bound = torch.einsum("d,ade,ae->a", x, inverse, v) + alpha * (x @ inverse @ x) ** 0.5
    return bound.argmax().item()


def linucb_update(M, v, x, a, r):
    changed_M, changed_v = torch.zeros_like(M), torch.zeros_like(v)
    changed_M[a] = x.unsqueeze(1) @ x.unsqueeze(0)
    changed_v[a] = x.mul(r)
    return M + changed_M, v + changed_v
