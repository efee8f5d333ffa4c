# %% base
# Masks and products of tensors.
import torch


def bellman_backup(V, P, R, end, gamma):
    later = P @ V.masked_fill(end, 0)
    Q = R + gamma * later
    return Q.masked_fill(end[:, None], 0)


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros_like(R[:, 0])
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        new = Q.max(dim=1).values
        change = (new - V).abs().max()
        V = new
        if change <= tol:
            return V, Q.argmax(dim=1)


def policy_evaluation(pi, P, R, end, gamma):
    P_pi = torch.einsum("sa,sat->st", pi, P)
    R_pi = (pi * R).sum(dim=1)
    P_pi = P_pi.masked_fill(end[:, None], 0)
    R_pi = R_pi.masked_fill(end, 0)
    eye = torch.eye(len(end), dtype=P.dtype, device=P.device)
    return torch.linalg.solve(eye - gamma * P_pi, R_pi)


def discounted_returns(r, done, gamma):
    G = torch.zeros_like(r)
    later = 0.0
    for t in reversed(range(len(r))):
        if done[t]:
            later = 0.0
        later = r[t] + gamma * later
        G[t] = later
    return G


def reinforce_loss(logits, actions, returns, baseline):
    log_pi = torch.log_softmax(logits, dim=1)
    chosen = log_pi[torch.arange(len(actions), device=actions.device), actions]
    weight = (returns - baseline).detach()
    return -(weight * chosen).mean()

# %% python_loops
# Nothing but loops over numbers.
import torch


def bellman_backup(V, P, R, end, gamma):
    S, A = R.shape
    Q = torch.zeros(S, A, dtype=R.dtype, device=R.device)
    for s in range(S):
        if end[s]:
            continue
        for a in range(A):
            total = 0.0
            for t in range(S):
                if not end[t]:
                    total += float(P[s, a, t]) * float(V[t])
            Q[s, a] = float(R[s, a]) + gamma * total
    return Q


def value_iteration(P, R, end, gamma, tol):
    S, A = R.shape
    V = torch.zeros(S, dtype=R.dtype, device=R.device)
    delta = float("inf")
    while delta > tol:
        Q = bellman_backup(V, P, R, end, gamma)
        delta = 0.0
        W = V.clone()
        for s in range(S):
            W[s] = max(Q[s, a] for a in range(A))
            delta = max(delta, abs(float(W[s] - V[s])))
        V = W
    Q = bellman_backup(V, P, R, end, gamma)
    policy = torch.zeros(S, dtype=torch.int64, device=R.device)
    for s in range(S):
        for a in range(A):
            if Q[s, a] > Q[s, policy[s]]:
                policy[s] = a
    return V, policy


def policy_evaluation(pi, P, R, end, gamma):
    S = R.shape[0]
    M = torch.eye(S, dtype=R.dtype, device=R.device)
    c = torch.zeros(S, dtype=R.dtype, device=R.device)
    for s in range(S):
        if not end[s]:
            for a in range(R.shape[1]):
                c[s] += pi[s, a] * R[s, a]
                for t in range(S):
                    M[s, t] -= gamma * pi[s, a] * P[s, a, t]
    return torch.linalg.solve(M, c)


def discounted_returns(r, done, gamma):
    out = []
    for x, d in zip(r.tolist()[::-1], done.tolist()[::-1], strict=True):
        out.append(x if d or not out else x + gamma * out[-1])
    return torch.tensor(out[::-1], dtype=r.dtype, device=r.device)


def reinforce_loss(logits, actions, returns, baseline):
    T = len(actions)
    loss = 0.0
    for t in range(T):
        b = baseline[t] if torch.is_tensor(baseline) else baseline
        log_p = logits[t, actions[t]] - torch.logsumexp(logits[t], dim=0)
        loss = loss - (returns[t] - b).detach() * log_p
    return loss / T

# %% numpy_where_free
# NumPy for all but the loss.
import numpy as np
import torch
import torch.nn.functional as F


def _np(x):
    return x.detach().cpu().numpy()


def bellman_backup(V, P, R, end, gamma):
    live = ~_np(end)
    Q = _np(R) + gamma * np.einsum("sat,t->sa", _np(P)[:, :, live], _np(V)[live])
    Q[~live] = 0
    return torch.from_numpy(Q).to(R)


def value_iteration(P, R, end, gamma, tol):
    p, r, live = _np(P), _np(R), ~_np(end)
    v = np.zeros(len(r), dtype=r.dtype)
    for _ in range(100_000):
        q = np.where(live[:, None], r + gamma * p @ v, 0)
        old, v = v, q.max(axis=1)
        if np.abs(v - old).max() <= tol:
            break
    return torch.from_numpy(v).to(R), torch.from_numpy(q.argmax(axis=1)).to(R.device)


def policy_evaluation(pi, P, R, end, gamma):
    stop = _np(end)
    p = np.einsum("sa,sat->st", _np(pi), _np(P))
    r = (_np(pi) * _np(R)).sum(axis=1)
    p[stop] = 0
    r[stop] = 0
    v = np.linalg.solve(np.eye(len(r)) - gamma * p.astype(np.float64), r.astype(np.float64))
    return torch.from_numpy(v).to(R)


def discounted_returns(r, done, gamma):
    x = _np(r).copy()
    go_on = ~_np(done)
    for t in range(len(x) - 2, -1, -1):
        x[t] += gamma * go_on[t] * x[t + 1]
    return torch.from_numpy(x).to(r)


def reinforce_loss(logits, actions, returns, baseline):
    with torch.no_grad():
        w = returns - baseline
    return (w * F.cross_entropy(logits, actions, reduction="none")).mean()

# %% sweeps_and_distributions
# torch.distributions; the given policy by sweeps.
import torch
from torch.distributions import Categorical


def bellman_backup(V, P, R, end, gamma):
    live = ~end
    EV = torch.einsum("sat,t->sa", P, V * live)
    return (R + gamma * EV) * live.unsqueeze(1)


@torch.no_grad()
def value_iteration(P, R, end, gamma, tol):
    V = R.new_zeros(R.shape[0])
    for _ in range(10_000):
        before = V
        V, policy = torch.max(bellman_backup(before, P, R, end, gamma), dim=1)
        if torch.all(torch.abs(V - before) < tol):
            break
    return V, policy


@torch.no_grad()
def policy_evaluation(pi, P, R, end, gamma):
    V = R.new_zeros(R.shape[0], dtype=torch.float64)
    for _ in range(100_000):
        Q = bellman_backup(V, P.double(), R.double(), end, gamma)
        W = (pi.double() * Q).sum(1).masked_fill(end, 0)
        if torch.equal(V, W) or (W - V).abs().max() < 1e-13 * (1 + W.abs().max()):
            break
        V = W
    return W.to(R.dtype)


@torch.no_grad()
def discounted_returns(r, done, gamma):
    keep = gamma * (~done).to(r.dtype)
    G = r.clone()
    for t in range(len(r) - 1, 0, -1):
        G[t - 1] = G[t - 1] + keep[t - 1] * G[t]
    return G


def reinforce_loss(logits, actions, returns, baseline):
    policy = Categorical(logits=logits)
    advantage = returns.detach() - baseline
    return torch.mean(-policy.log_prob(actions) * advantage)

# %% inner_states_only
# The states that are no ends, cut out; episodes, cut out as well.
import torch


def bellman_backup(V, P, R, end, gamma):
    inner = (~end).nonzero().squeeze(1)
    Q = torch.zeros_like(R)
    Q[inner] = R[inner] + gamma * (P[inner][:, :, inner] * V[inner]).sum(-1)
    return Q


def value_iteration(P, R, end, gamma, tol):
    S = len(end)
    V, policy = R.new_zeros(S), torch.zeros(S, dtype=torch.long, device=R.device)
    inner = torch.where(~end)[0]
    if len(inner) == 0:
        return V, policy
    p, r, v = P[inner][:, :, inner], R[inner], R.new_zeros(len(inner))
    while True:
        q = r + gamma * p @ v
        w = q.amax(1)
        settled = (w - v).norm(p=float("inf")) <= tol
        v = w
        if settled:
            break
    V[inner] = v
    policy[inner] = q.argmax(1)
    return V, policy


def policy_evaluation(pi, P, R, end, gamma):
    V = torch.zeros(len(end)).to(R)
    live = ~end
    if live.any():
        p = (pi[live][:, :, None] * P[live]).sum(1)[:, live]
        r = (pi[live] * R[live]).sum(1)
        V[live] = torch.linalg.inv(torch.eye(len(r)).to(R) - gamma * p) @ r
    return V


def discounted_returns(r, done, gamma):
    parts, first = [], 0
    for t in range(len(r)):
        if done[t] or t == len(r) - 1:
            episode = r[first : t + 1]
            k = torch.arange(len(episode), device=r.device)
            steps = (k[None, :] - k[:, None]).clamp(min=0)
            powers = torch.triu(torch.tensor(gamma, dtype=r.dtype, device=r.device) ** steps)
            parts.append(powers @ episode)
            first = t + 1
    return torch.cat(parts) if parts else r.clone()


def reinforce_loss(logits, actions, returns, baseline):
    one_hot = torch.nn.functional.one_hot(actions, logits.shape[1]).to(logits.dtype)
    log_prob = (torch.nn.functional.log_softmax(logits, -1) * one_hot).sum(-1)
    return -((returns.detach() - baseline) @ log_prob) / logits.shape[0]

# %% policy_iteration
# The best policy by policy iteration; returns by one matrix.
import torch
import torch.nn.functional as F


def bellman_backup(V, P, R, end, gamma):
    zero = torch.zeros((), dtype=V.dtype, device=V.device)
    V = torch.where(end, zero, V)
    Q = torch.add(R, torch.matmul(P, V), alpha=gamma)
    return torch.where(end.view(-1, 1), zero, Q)


def value_iteration(P, R, end, gamma, tol):
    S, A = R.shape
    policy = torch.zeros(S, dtype=torch.int64, device=R.device)
    for _ in range(1000):
        V = policy_evaluation(F.one_hot(policy, A).to(R.dtype), P, R, end, gamma)
        better = bellman_backup(V, P, R, end, gamma).argmax(1)
        if torch.equal(better, policy):
            break
        policy = better
    return V, policy


def policy_evaluation(pi, P, R, end, gamma):
    S, A = R.shape
    go = (~end).to(R.dtype)
    transition = torch.bmm(pi[:, None, :], P)[:, 0, :] * go[:, None] * go[None, :]
    reward = torch.linalg.vecdot(pi, R) * go
    left = torch.eye(S, dtype=R.dtype, device=R.device) - gamma * transition
    return torch.linalg.lstsq(left, reward[:, None]).solution[:, 0]


def discounted_returns(r, done, gamma):
    T = len(r)
    episode = torch.cumsum(done.long(), 0) - done.long()
    k = torch.arange(T, device=r.device)
    later = k[None, :] - k[:, None]
    same = (episode[None, :] == episode[:, None]) & (later >= 0)
    M = torch.full((T, T), float(gamma), dtype=r.dtype, device=r.device).pow(later.clamp(min=0))
    return (M * same) @ r


def reinforce_loss(logits, actions, returns, baseline):
    log_prob = F.log_softmax(logits, dim=-1).gather(1, actions.unsqueeze(1)).squeeze(1)
    return torch.dot(returns.detach() - baseline, log_prob).neg() / len(log_prob)
