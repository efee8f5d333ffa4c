"""Plain Python: lists, loops, and Gauss elimination written out."""

import math

import torch


def update(q, n, a, r):
    means, counts = q.tolist(), n.tolist()
    total = means[a] * counts[a] + r
    counts[a] += 1
    means[a] = total / counts[a]
    return torch.tensor(means, dtype=q.dtype, device=q.device), torch.tensor(counts, device=n.device)


def first_best(scores):
    best = 0
    for arm, score in enumerate(scores):
        if score > scores[best]:
            best = arm
    return best


def epsilon_greedy(q, eps, u1, u2):
    return math.floor(u2 * q.numel()) if u1 < eps else first_best(q.tolist())


def ucb1(q, n):
    counts = n.tolist()
    if 0 in counts:
        return counts.index(0)
    log = math.log(sum(counts))
    return first_best([mean + math.sqrt(2 * log / count) for mean, count in zip(q.tolist(), counts, strict=True)])


def run(rewards, eps, u):
    means, counts, arms = [0.0] * rewards.size(1), [0] * rewards.size(1), []
    for row, (decides, which) in zip(rewards.tolist(), u.tolist(), strict=True):
        arm = int(which * len(means)) if decides < eps else first_best(means)
        counts[arm] += 1
        means[arm] += (row[arm] - means[arm]) / counts[arm]
        arms.append(arm)
    device = rewards.device
    return torch.tensor(arms, dtype=torch.long, device=device), torch.tensor(means, dtype=rewards.dtype, device=device)


def solved(M, b):
    rows = [[*row, value] for row, value in zip(M, b, strict=True)]
    for i, pivot in enumerate(rows):
        for k, row in enumerate(rows):
            if k != i:
                factor = row[i] / pivot[i]
                rows[k] = [x - factor * y for x, y in zip(row, pivot, strict=True)]
    return [row[-1] / row[i] for i, row in enumerate(rows)]


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def linucb(x, M, v, alpha):
    x, scores = x.tolist(), []
    for matrix, vector in zip(M.tolist(), v.tolist(), strict=True):
        scores.append(dot(x, solved(matrix, vector)) + alpha * math.sqrt(dot(x, solved(matrix, x))))
    return first_best(scores)


def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    for i in range(len(x)):
        v[a, i] += r * x[i]
        for j in range(len(x)):
            M[a, i, j] += x[i] * x[j]
    return M, v
