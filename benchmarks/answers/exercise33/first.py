# %% in_place_and_tensors
# 1 update changes its inputs; 2 epsilon_greedy gives a tensor; 3 linucb_update changes its inputs.
# named: update_in_place, learned_in_place
import math

import torch


def update(q, n, a, r):
    n[a] += 1
    q[a] += (r - q[a]) / n[a]
    return q, n


def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * q.shape[0])
    return torch.argmax(q)


def ucb1(q, n):
    if (n == 0).any():
        return int(torch.nonzero(n == 0)[0])
    N = n.sum().item()
    return int(torch.argmax(q + torch.sqrt(2 * math.log(N) / n.to(q.dtype))))


def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        arms[t] = epsilon_greedy(q, eps, u[t, 0].item(), u[t, 1].item())
        q, n = update(q, n, arms[t].item(), rewards[t, arms[t]].item())
    return arms, q


def linucb(x, M, v, alpha):
    theta = torch.linalg.solve(M, v)
    width = (torch.linalg.solve(M, x) * x).sum(dim=1)
    return int(torch.argmax(theta @ x + alpha * width.sqrt()))


def linucb_update(M, v, x, a, r):
    M[a] += torch.outer(x, x)
    v[a] += r * x
    return M, v

# %% divisions_by_zero
# 1 update divides by the old count; 2 ucb1 has no untried arms in mind: clamped to 1; 3 run's means have torch's dtype.
# named: update_by_old_count, update_by_old_count_or_one, ucb_at_least_one
import torch


def update(q, n, a, r):
    q_new = q.clone()
    n_new = n.clone()
    q_new[a] = q[a] + (r - q[a]) / n[a].clamp(min=1)
    n_new[a] = n[a] + 1
    return q_new, n_new


def epsilon_greedy(q, eps, u1, u2):
    A = len(q)
    return int(u2 * A) if u1 < eps else q.argmax().item()


def ucb1(q, n):
    n = n.clamp(min=1).to(q.dtype)
    return (q + (2 * n.sum().log() / n).sqrt()).argmax().item()


def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A)
    n = torch.zeros(A)
    arms = []
    for t in range(T):
        a = epsilon_greedy(q, eps, u[t, 0], u[t, 1])
        n[a] += 1
        q[a] += (rewards[t, a] - q[a]) / n[a]
        arms.append(a)
    return torch.tensor(arms, dtype=torch.int64), q


def linucb(x, M, v, alpha):
    inv = torch.inverse(M)
    theta = (inv @ v[:, :, None])[:, :, 0]
    var = x @ inv @ x
    return (theta @ x + alpha * var.sqrt()).argmax().item()


def linucb_update(M, v, x, a, r):
    M = M.clone()
    v = v.clone()
    M[a] = M[a] + x[:, None] * x[None, :]
    v[a] = v[a] + r * x
    return M, v

# %% half_remembered_formulas
# 1 ucb1 without the 2; 2 linucb without the root; 3 linucb_update adds x * x; 4 epsilon_greedy explores among A - 1.
# named: greedy_last_never, ucb_without_two, linucb_without_root, learned_broadcast
import torch


def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    q[a] = (q[a] * n[a] + r) / (n[a] + 1)
    n[a] += 1
    return q, n


def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * (len(q) - 1))
    return int(torch.argmax(q))


def ucb1(q, n):
    zero = (n == 0).nonzero().flatten().tolist()
    if zero:
        return zero[0]
    counts = n.to(q.dtype)
    return int(torch.argmax(q + torch.sqrt(torch.log(counts.sum()) / counts)))


def run(rewards, eps, u):
    T, A = rewards.shape
    q = rewards.new_zeros(A)
    n = torch.zeros(A, dtype=torch.long, device=rewards.device)
    arms = rewards.new_zeros(T, dtype=torch.long)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t][0]), float(u[t][1]))
        q, n = update(q, n, a, float(rewards[t][a]))
        arms[t] = a
    return arms, q


def linucb(x, M, v, alpha):
    bounds = []
    for a in range(len(M)):
        inverse = torch.linalg.inv(M[a])
        bounds.append(float(inverse @ v[a] @ x + alpha * (x @ inverse @ x)))
    return bounds.index(max(bounds))


def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += x * x
    v[a] += r * x
    return M, v

# %% everyone_learns
# 1 run learns the whole row; 2 linucb_update changes all arms; 3 ucb1 chooses the last untried arm.
# named: run_sees_all, learned_by_all, ucb_untried_last
import torch


def update(q, n, a, r):
    q = q.clone()
    n = n.clone()
    n[a] = n[a] + 1
    q[a] = q[a] + (r - q[a]) / n[a]
    return q, n


def epsilon_greedy(q, eps, u1, u2):
    if u1 >= eps:
        return q.tolist().index(q.max().item())
    return int(u2 * len(q))


def ucb1(q, n):
    a = -1
    for i in range(len(n)):
        if n[i] == 0:
            a = i
    if a >= 0:
        return a
    n = n.double()
    return int((q + torch.sqrt(2 * torch.log(n.sum()) / n)).argmax())


def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros_like(rewards.sum(0))
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        arms[t] = epsilon_greedy(q, eps, u[t, 0].item(), u[t, 1].item())
        q = q + (rewards[t] - q) / (t + 1)
    return arms, q


def linucb(x, M, v, alpha):
    z = torch.linalg.solve(M, x)
    return int(((z * v).sum(1) + alpha * torch.sqrt((z * x).sum(1))).argmax())


def linucb_update(M, v, x, a, r):
    return M + torch.outer(x, x), v + r * x

# %% exchanged
# 1 epsilon_greedy explores where u1 > eps; 2 ucb1 with each arm's own logarithm; 3 linucb multiplies by M in both
# terms; 4 run's arms in int32.
# named: greedy_inverted, ucb_own_count, linucb_by_M
import torch


def update(q, n, a, r):
    one = torch.zeros_like(n)
    one[a] = 1
    return q + one * (r - q) / (n + one).clamp(min=1).to(q.dtype), n + one


def epsilon_greedy(q, eps, u1, u2):
    if u1 > eps:
        return int(u2 * len(q))
    return int(q.argmax())


def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    m = n.to(q.dtype)
    return int((q + torch.sqrt(2 * torch.log(m) / m)).argmax())


def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int32, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, u[t, 0].item(), u[t, 1].item())
        q, n = update(q, n, a, rewards[t, a].item())
        arms[t] = a
    return arms, q


def linucb(x, M, v, alpha):
    theta = (M @ v.unsqueeze(-1)).squeeze(-1)
    return int((theta @ x + alpha * torch.sqrt(x @ M @ x)).argmax())


def linucb_update(M, v, x, a, r):
    M2, v2 = M.clone(), v.clone()
    M2[a] = M2[a] + x.outer(x)
    v2[a] = v2[a] + x * r
    return M2, v2

# %% tables_and_steps
# 1 update with a constant step of 0.1; 2 run returns a list of arms and fills the means on the CPU; 3 linucb takes v as
# theta; 4 linucb_update forgets the reward.
# named: update_fixed_step, linucb_theta_is_v, learned_without_reward
import math

import torch


def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    q[a] = q[a] + 0.1 * (r - q[a])
    n[a] += 1
    return q, n


def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return math.floor(u2 * len(q))
    return int(torch.argmax(q))


def ucb1(q, n):
    means, counts = q.tolist(), n.tolist()
    for a, c in enumerate(counts):
        if c == 0:
            return a
    N = sum(counts)
    bounds = [means[a] + math.sqrt(2 * math.log(N) / counts[a]) for a in range(len(means))]
    return bounds.index(max(bounds))


def run(rewards, eps, u):
    T, A = rewards.shape
    q = [0.0] * A
    n = [0] * A
    arms = []
    for t in range(T):
        if u[t, 0] < eps:
            a = int(u[t, 1] * A)
        else:
            a = q.index(max(q))
        n[a] += 1
        q[a] += (rewards[t, a].item() - q[a]) / n[a]
        arms.append(a)
    return arms, torch.tensor(q, dtype=rewards.dtype)


def linucb(x, M, v, alpha):
    bounds = []
    for a in range(len(M)):
        width = x @ torch.linalg.inv(M[a]) @ x
        bounds.append((v[a] @ x).item() + alpha * math.sqrt(width.item()))
    return bounds.index(max(bounds))


def linucb_update(M, v, x, a, r):
    M, v = M.clone(), v.clone()
    M[a] += torch.outer(x, x)
    v[a] += x
    return M, v
