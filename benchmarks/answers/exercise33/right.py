# %% base
# Plain formulas on tensors.
import math

import torch


def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] += (r - q[a]) / n[a]
    return q, n


def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * len(q))
    return int(q.argmax())


def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    bounds = q + torch.sqrt(2 * math.log(n.sum()) / n.to(q.dtype))
    return int(bounds.argmax())


def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q


def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    z = torch.linalg.solve(M, x)
    bounds = theta @ x + alpha * torch.sqrt(z @ x)
    return int(bounds.argmax())


def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x)
    v[a] += r * x
    return M, v

# %% python_lists
# Everything in Python floats, in loops.
import math

import torch


def update(q, n, a, r):
    means, counts = q.tolist(), n.tolist()
    counts[a] += 1
    means[a] = means[a] + (r - means[a]) / counts[a]
    return torch.tensor(means, dtype=q.dtype, device=q.device), torch.tensor(counts, device=n.device)


def epsilon_greedy(q, eps, u1, u2):
    means = q.tolist()
    if u1 < eps:
        return math.floor(u2 * len(means))
    best = 0
    for a in range(1, len(means)):
        if means[a] > means[best]:
            best = a
    return best


def ucb1(q, n):
    means, counts = q.tolist(), n.tolist()
    if 0 in counts:
        return counts.index(0)
    total = sum(counts)
    bounds = [m + math.sqrt(2 * math.log(total) / c) for m, c in zip(means, counts)]
    return bounds.index(max(bounds))


def run(rewards, eps, u):
    T, A = rewards.shape
    means, counts, arms = [0.0] * A, [0] * A, []
    for t in range(T):
        u1, u2 = u[t].tolist()
        a = math.floor(u2 * A) if u1 < eps else means.index(max(means))
        counts[a] += 1
        means[a] += (rewards[t, a].item() - means[a]) / counts[a]
        arms.append(a)
    device = rewards.device
    return (
        torch.tensor(arms, dtype=torch.int64, device=device),
        torch.tensor(means, dtype=rewards.dtype, device=device),
    )


def linucb(x, M, v, alpha):
    best, highest = 0, -math.inf
    for a in range(len(M)):
        theta = torch.linalg.solve(M[a], v[a])
        width = torch.dot(x, torch.linalg.solve(M[a], x)).item()
        bound = torch.dot(theta, x).item() + alpha * math.sqrt(width)
        if bound > highest:
            best, highest = a, bound
    return best


def linucb_update(M, v, x, a, r):
    newM, newv = M.clone(), v.clone()
    D = len(x)
    for i in range(D):
        newv[a, i] = v[a, i] + r * x[i]
        for j in range(D):
            newM[a, i, j] = M[a, i, j] + x[i] * x[j]
    return newM, newv

# %% numpy
# NumPy in between.
import numpy as np
import torch


def update(q, n, a, r):
    means = q.cpu().numpy().astype(np.float64)
    counts = n.cpu().numpy().copy()
    counts[a] += 1
    means[a] += (r - means[a]) / counts[a]
    return torch.from_numpy(means).to(q), torch.from_numpy(counts).to(n.device)


def epsilon_greedy(q, eps, u1, u2):
    means = q.cpu().numpy()
    return int(np.floor(u2 * means.size)) if u1 < eps else int(np.argmax(means))


def ucb1(q, n):
    means, counts = q.cpu().numpy(), n.cpu().numpy()
    fresh = np.flatnonzero(counts == 0)
    if fresh.size:
        return int(fresh[0])
    return int(np.argmax(means + np.sqrt(2 * np.log(counts.sum()) / counts)))


def run(rewards, eps, u):
    table, draws = rewards.cpu().numpy().astype(np.float64), u.cpu().numpy()
    T, A = table.shape
    q, n = np.zeros(A), np.zeros(A, dtype=np.int64)
    arms = np.zeros(T, dtype=np.int64)
    for t, (u1, u2) in enumerate(draws):
        a = int(u2 * A) if u1 < eps else int(q.argmax())
        n[a] += 1
        q[a] += (table[t, a] - q[a]) / n[a]
        arms[t] = a
    return torch.from_numpy(arms).to(rewards.device), torch.from_numpy(q).to(rewards)


def linucb(x, M, v, alpha):
    x, M, v = (array.cpu().numpy().astype(np.float64) for array in (x, M, v))
    inverse = np.linalg.inv(M)
    theta = np.einsum("aij,aj->ai", inverse, v)
    width = np.einsum("i,aij,j->a", x, inverse, x)
    return int(np.argmax(theta @ x + alpha * np.sqrt(width)))


def linucb_update(M, v, x, a, r):
    matrices, vectors, s = M.cpu().numpy().copy(), v.cpu().numpy().copy(), x.cpu().numpy()
    matrices[a] += np.outer(s, s)
    vectors[a] += r * s
    return torch.from_numpy(matrices).to(M.device), torch.from_numpy(vectors).to(v.device)

# %% vectorized
# No loop over the arms: masks, where, nonzero, the inverse.
import torch
import torch.nn.functional as F


def update(q, n, a, r):
    here = F.one_hot(torch.tensor(a, device=q.device), len(q))
    n = n + here
    return q + here * (r - q) / n.clamp(min=1).to(q.dtype), n


def epsilon_greedy(q, eps, u1, u2):
    return int(u2 * q.numel()) if u1 < eps else q.max(dim=0).indices.item()


def ucb1(q, n):
    fresh = (n == 0).nonzero()
    if len(fresh) > 0:
        return fresh[0, 0].item()
    counts = n.double()
    return (q.double() + (2 * counts.sum().log() / counts).sqrt()).argmax().item()


def run(rewards, eps, u):
    T, A = rewards.shape
    q, n = rewards.new_zeros(A), rewards.new_zeros(A)
    exploring = (u[:, 0] < eps).tolist()
    random_arms = (u[:, 1] * A).floor().long().tolist()
    arms = []
    for t in range(T):
        a = random_arms[t] if exploring[t] else q.argmax().item()
        n[a] += 1
        q[a] = q[a] + (rewards[t, a] - q[a]) / n[a]
        arms.append(a)
    return torch.tensor(arms, dtype=torch.long, device=rewards.device), q


def linucb(x, M, v, alpha):
    inverse = torch.linalg.inv(M)
    mean = torch.einsum("aij,aj,i->a", inverse, v, x)
    variance = torch.einsum("i,aij,j->a", x, inverse, x)
    return torch.argmax(mean + alpha * variance.sqrt()).item()


def linucb_update(M, v, x, a, r):
    pick = F.one_hot(torch.tensor(a, device=x.device), len(M)).to(x.dtype)
    return M + pick[:, None, None] * x[:, None] * x[None, :], v + r * pick[:, None] * x

# %% sums
# The mean from the sum of the rewards; Cholesky.
import math

import torch


def update(q, n, a, r):
    means, counts = q.clone(), n.clone()
    means[a] = (q[a] * n[a] + r) / (n[a] + 1)
    counts[a] = n[a] + 1
    return means, counts


def ucb1(q, n):
    counts = n.tolist()
    for a, count in enumerate(counts):
        if not count:
            return a
    log_total = math.log(sum(counts))
    root = torch.tensor([math.sqrt(2 * log_total / count) for count in counts], dtype=torch.float64, device=q.device)
    return int(torch.argmax(q.double() + root))


def run(rewards, eps, u):
    T, A = rewards.shape
    total = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    count = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = []
    for t in range(T):
        q = total / count.clamp(min=1)
        if u[t, 0] < eps:
            a = int(u[t, 1] * A)
        else:
            a = int(q.argmax())
        total[a] += rewards[t, a]
        count[a] += 1
        arms.append(a)
    return torch.tensor(arms, dtype=torch.int64, device=rewards.device), total / count.clamp(min=1)


def linucb(x, M, v, alpha):
    L = torch.linalg.cholesky(M)
    theta = torch.cholesky_solve(v.unsqueeze(-1), L).squeeze(-1)
    half = torch.linalg.solve_triangular(L, x.expand(len(M), -1).unsqueeze(-1), upper=False).squeeze(-1)
    return int(torch.argmax((theta * x).sum(-1) + alpha * torch.linalg.norm(half, dim=-1)))


def linucb_update(M, v, x, a, r):
    newM = torch.stack([Ma + x[:, None] @ x[None, :] if b == a else Ma for b, Ma in enumerate(M)])
    newv = torch.stack([va + r * x if b == a else va for b, va in enumerate(v)])
    return newM, newv

# %% double_inside
# float64 within, whatever comes in.
import torch


def update(q, n, a, r):
    new_q, new_n = q.to(torch.float64, copy=True), n.clone()
    new_n[a] = n[a] + 1
    step = 1.0 / int(new_n[a])
    new_q[a] = (1 - step) * new_q[a] + step * r
    return new_q.to(q.dtype), new_n


def ucb1(q, n):
    Q, N = q.double(), n.double()
    if (n == 0).any():
        return int((n == 0).int().argmax())
    return int((Q + torch.sqrt(2 * torch.log(N.sum()) / N)).argmax())


def run(rewards, eps, u):
    A = rewards.shape[1]
    q = torch.zeros(A, dtype=torch.float64, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.empty(len(rewards), dtype=torch.int64, device=rewards.device)
    for t in range(len(rewards)):
        u1, u2 = u[t, 0].item(), u[t, 1].item()
        a = epsilon_greedy(q, eps, u1, u2)
        q, n = update(q, n, a, rewards[t, a].item())
        arms[t] = a
    return arms, q.to(rewards.dtype)


def linucb(x, M, v, alpha):
    x, M, v = x.double(), M.double(), v.double()
    both = torch.linalg.solve(M, torch.stack([v, x.expand_as(v)], dim=-1))
    theta, z = both[..., 0], both[..., 1]
    return int((theta @ x + alpha * (z @ x).sqrt()).argmax())


def linucb_update(M, v, x, a, r):
    P, w, s = M.to(torch.float64, copy=True), v.to(torch.float64, copy=True), x.double()
    P[a].addr_(s, s)
    w[a].add_(s, alpha=r)
    return P.to(M.dtype), w.to(v.dtype)

# %% unguarded
# Counts of 0 give an infinite bound or nan, and argmax takes the first of these.
import torch


def update(q, n, a, r):
    n = n.index_add(0, torch.tensor([a], device=n.device), torch.ones(1, dtype=n.dtype, device=n.device))
    change = ((r - q[a]) / n[a]).reshape(1)
    return q.index_add(0, torch.tensor([a], device=q.device), change), n


def ucb1(q, n):
    counts = n.to(q.dtype)
    bounds = torch.where(n == 0, torch.inf, q + torch.sqrt(2 * torch.log(counts.sum()) / counts))
    return int(bounds.argmax())

# %% history
# All rewards kept, the mean taken of them.
import statistics

import torch


def epsilon_greedy(q, eps, u1, u2):
    A = q.shape[0]
    if u1 >= eps:
        return (q == q.max()).nonzero()[0].item()
    for a in range(A):
        if u2 < (a + 1) / A:
            return a
    return A - 1


def run(rewards, eps, u):
    T, A = rewards.shape
    seen = [[] for _ in range(A)]
    arms = []
    for t in range(T):
        means = [statistics.fmean(s) if s else 0.0 for s in seen]
        q = torch.tensor(means, dtype=torch.float64)
        arms.append(epsilon_greedy(q, eps, u[t, 0].item(), u[t, 1].item()))
        seen[arms[-1]].append(rewards[t, arms[-1]].item())
    q = torch.tensor([statistics.fmean(s) if s else 0.0 for s in seen], dtype=rewards.dtype)
    return torch.tensor(arms, dtype=torch.int64).to(rewards.device), q.to(rewards.device)
