"""A class remembers means and counts, and changes them in place; one arm after the other in LinUCB."""

import torch


class Player:
    def __init__(self, q, n):
        self.q, self.n = q, n

    def learn(self, arm, reward):
        self.n[arm] += 1
        self.q[arm].mul_(1 - 1 / self.n[arm].item()).add_(reward / self.n[arm].item())

    def choose(self, eps, u1, u2):
        return int(u2 * len(self.q)) if u1 < eps else best(self.q)


def best(scores):
    return max(range(len(scores)), key=lambda arm: scores[arm].item())


def update(q, n, a, r):
    player = Player(q.clone(), n.clone())
    player.learn(a, r)
    return player.q, player.n


def epsilon_greedy(q, eps, u1, u2):
    return Player(q, None).choose(eps, u1, u2)


def ucb1(q, n):
    if (n == 0).any():
        return int((n == 0).int().argmax())
    n = n.to(q.dtype)
    return best(q + (2 * n.sum().log()).sqrt() * n.rsqrt())


def run(rewards, eps, u):
    arms = torch.zeros(len(rewards), dtype=torch.int64, device=rewards.device)
    player = Player(torch.zeros_like(rewards.sum(0)), torch.zeros_like(rewards.sum(0)).long())
    for t, reward in enumerate(rewards):
        arms[t] = player.choose(eps, u[t, 0], u[t, 1])
        player.learn(arms[t].item(), reward[arms[t]].item())
    return arms, player.q


def linucb(x, M, v, alpha):
    scores = []
    for matrix, vector in zip(M, v, strict=True):
        inverse = torch.linalg.inv(matrix)
        scores.append(inverse @ vector @ x + alpha * torch.sqrt(x @ inverse @ x))
    return best(scores)


def linucb_update(M, v, x, a, r):
    M, v = M + 0, v + 0
    M[a].addr_(x, x)
    v[a].add_(x, alpha=r)
    return M, v
