"""Copies, changed in place; each episode is cut out and handled by itself; float64 inside and back."""

import torch


class Process:
    """The process in float64 without its end states, for which there is nothing to compute."""

    def __init__(self, P, R, end, gamma):
        self.going = torch.nonzero(~end).flatten()
        self.P = P[self.going].double()
        self.R = R[self.going].double()
        self.gamma = gamma
        self.size = len(end)
        self.like = R

    def sweep(self, V):
        return self.R + self.gamma * torch.matmul(self.P, V)

    def full(self, part):
        whole = torch.zeros(self.size, *part.shape[1:], dtype=part.dtype, device=part.device)
        whole[self.going] = part
        return whole

    def back(self, part):
        return self.full(part).to(self.like.dtype)


def bellman_backup(V, P, R, end, gamma):
    process = Process(P, R, end, gamma)
    V = V.double().clone()
    V[end] = 0.0
    return process.back(process.sweep(V))


def value_iteration(P, R, end, gamma, tol):
    process = Process(P, R, end, gamma)
    V = torch.zeros(process.size, dtype=torch.float64, device=R.device)
    worst = float("inf")
    while worst > tol and len(process.going) > 0:
        best = process.sweep(V).max(dim=1)[0]
        worst = torch.max(torch.abs(best - V[process.going])).item()
        V[process.going] = best
    return V.to(R.dtype), process.full(process.sweep(V).argmax(dim=1))


def policy_evaluation(pi, P, R, end, gamma):
    process = Process(P, R, end, gamma)
    pi = pi[process.going].double()
    V = torch.zeros(process.size, dtype=torch.float64, device=R.device)
    for _ in range(2000):
        V[process.going] = torch.einsum("sa,sa->s", pi, process.sweep(V))
    return V.to(R.dtype)


def discounted_returns(r, done, gamma):
    G = r.clone()
    start = 0
    stops = [t + 1 for t in range(len(r)) if done[t]]
    for stop in [*stops, len(r)]:
        for t in range(stop - 2, start - 1, -1):
            G[t] += gamma * G[t + 1]
        start = stop
    return G


def reinforce_loss(logits, actions, returns, baseline):
    weight = returns.detach().clone()
    weight -= baseline
    rows = torch.arange(logits.shape[0], device=logits.device)
    log_p = logits - logits.logsumexp(1, keepdim=True)
    return torch.dot(weight, log_p[rows, actions]).neg() / logits.shape[0]
