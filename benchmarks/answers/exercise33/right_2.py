# %% a_class
# An agent with a state.
import torch


class Agent:
    def __init__(self, q, n):
        self.q, self.n = q.clone(), n.clone()

    def choose(self, eps, u1, u2):
        if u1 < eps:
            return int(u2 * self.q.numel())
        return int(torch.argmax(self.q))

    def learn(self, a, r):
        self.n[a] += 1
        self.q[a] += (r - self.q[a]) / self.n[a]


def update(q, n, a, r):
    agent = Agent(q, n)
    agent.learn(a, r)
    return agent.q, agent.n


def epsilon_greedy(q, eps, u1, u2):
    return Agent(q, torch.zeros_like(q, dtype=torch.int64)).choose(eps, u1, u2)


def run(rewards, eps, u):
    zeros = torch.zeros_like(rewards[0]) if len(rewards) else rewards.new_zeros(rewards.shape[1])
    agent = Agent(zeros, zeros.long())
    arms = []
    for row, (u1, u2) in zip(rewards, u.tolist()):
        arms.append(agent.choose(eps, u1, u2))
        agent.learn(arms[-1], row[arms[-1]])
    return torch.tensor(arms, device=rewards.device).long(), agent.q


class Ridge:
    def __init__(self, M, v):
        self.M, self.v = M, v

    def bound(self, x, alpha):
        inverse = torch.linalg.inv(self.M)
        return (inverse @ self.v) @ x + alpha * (x @ inverse @ x) ** 0.5


def linucb(x, M, v, alpha):
    return int(torch.stack([Ridge(M[a], v[a]).bound(x, alpha) for a in range(M.shape[0])]).argmax())

# %% out_of_place
# torch.where and index_put; the symmetric solve.
import torch


def update(q, n, a, r):
    arm = torch.arange(q.shape[0], device=q.device)
    n = torch.where(arm == a, n + 1, n)
    return torch.where(arm == a, q + (r - q) / n.to(q.dtype).clamp_min(1), q), n


def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = [torch.zeros(0, dtype=torch.int64, device=rewards.device)]
    for t in range(T):
        u1, u2 = u[t].unbind()
        a = epsilon_greedy(q, eps, u1.item(), u2.item())
        q, n = update(q, n, a, rewards[t, a].item())
        arms.append(torch.tensor([a], device=rewards.device))
    return torch.cat(arms), q


def linucb(x, M, v, alpha):
    z = torch.linalg.solve(M, x.expand(v.shape))
    mean = (z * v).sum(dim=1)
    width = (z * x).sum(dim=1).sqrt()
    return int((mean + alpha * width).argmax())


def linucb_update(M, v, x, a, r):
    index = (torch.tensor(a, device=x.device),)
    return (
        M.index_put(index, torch.outer(x, x), accumulate=True),
        v.index_put(index, r * x, accumulate=True),
    )

# %% eigenvalues
# The matrices by their eigenvectors.
import torch


def epsilon_greedy(q, eps, u1, u2):
    explore = u1 < eps
    arm = torch.div(torch.tensor(u2, dtype=torch.float64) * q.numel(), 1, rounding_mode="floor")
    return int(arm) if explore else int(torch.nonzero(q >= q.amax())[0])


def ucb1(q, n):
    if n.min() == 0:
        return int(n.argmin())
    N = n.sum()
    root = torch.sqrt(2 * torch.log(N.to(q.dtype))) / torch.sqrt(n.to(q.dtype))
    return int(torch.argmax(q + root))


def linucb(x, M, v, alpha):
    values, Q = torch.linalg.eigh(M)
    y = torch.einsum("i,aij->aj", x, Q)
    w = torch.einsum("ai,aij->aj", v, Q)
    bounds = (y * w / values).sum(-1) + alpha * (y * y / values).sum(-1).sqrt()
    return bounds.argmax().item()

# %% sorted_stably
# max over pairs, stable sort.
import math

import torch


def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 // (1 / len(q)))
    return int(torch.sort(q, descending=True, stable=True).indices[0])


def ucb1(q, n):
    def key(a):
        count = n[a].item()
        return (math.inf if count == 0 else q[a].item() + (2 * math.log(total) / count) ** 0.5), -a

    total = n.sum().item()
    return max(range(len(q)), key=key)


def linucb(x, M, v, alpha):
    bounds = []
    for a in range(len(M)):
        z = torch.linalg.lstsq(M[a], x[:, None]).solution[:, 0]
        bounds.append(float(z @ v[a]) + alpha * float(z @ x) ** 0.5)
    return max(range(len(bounds)), key=lambda a: (bounds[a], -a))

# %% by_hand_elimination
# Gauss in float64, without torch.linalg.
import math

import torch


def solve(M, b):
    D = len(b)
    rows = [[*M[i], b[i]] for i in range(D)]
    for i in range(D):
        for j in range(i + 1, D):
            f = rows[j][i] / rows[i][i]
            rows[j] = [p - f * s for p, s in zip(rows[j], rows[i])]
    z = [0.0] * D
    for i in reversed(range(D)):
        z[i] = (rows[i][D] - sum(rows[i][j] * z[j] for j in range(i + 1, D))) / rows[i][i]
    return z


def linucb(x, M, v, alpha):
    x, M, v = x.tolist(), M.tolist(), v.tolist()
    bounds = []
    for Ma, va in zip(M, v):
        theta, z = solve(Ma, va), solve(Ma, x)
        mean = sum(t * s for t, s in zip(theta, x))
        bounds.append(mean + alpha * math.sqrt(sum(t * s for t, s in zip(z, x))))
    return bounds.index(max(bounds))


def linucb_update(M, v, x, a, r):
    matrices, vectors = M.contiguous().clone(), v.contiguous().clone()
    matrices[a] = torch.addr(M[a], x, x)
    vectors[a] = torch.add(v[a], x, alpha=r)
    return matrices, vectors

# %% contiguous_copies
# Fresh tensors filled by indices; the square root of each factor.
import torch


def update(q, n, a, r):
    new_q, new_n = torch.empty_like(q), torch.empty_like(n)
    new_q[:], new_n[:] = q, n
    old = int(n[a])
    new_n[a] = old + 1
    new_q[a] = r if old == 0 else q[a] * (old / (old + 1)) + r / (old + 1)
    return new_q, new_n


def ucb1(q, n):
    untried = torch.where(n == 0)[0]
    if untried.numel():
        return untried.min().item()
    bounds = q + (n.to(q.dtype).reciprocal() * 2 * n.sum().to(q.dtype).log()).sqrt()
    return torch.argmax(bounds, dim=0).item()


def run(rewards, eps, u):
    q, n = rewards.new_zeros(rewards.size(1)), torch.zeros(rewards.size(1), dtype=torch.int64, device=rewards.device)
    arms = torch.full((rewards.size(0),), -1, device=rewards.device)
    for t, row in enumerate(rewards):
        arms[t] = epsilon_greedy(q, eps, u[t][0].item(), u[t][1].item())
        q, n = update(q, n, arms[t].item(), row[arms[t]].item())
    return arms, q


def linucb(x, M, v, alpha):
    z = torch.linalg.solve(M, torch.stack([x] * len(M)))
    mean = torch.bmm(z.unsqueeze(1), v.unsqueeze(2)).flatten()
    return int(torch.argmax(mean + alpha * (z @ x) ** 0.5))

# %% root_in_float32
# A float by an int64 tensor is float32; the bounds are what q is, and no two are that near.
import math

import torch


def ucb1(q, n):
    untried = [a for a, count in enumerate(n.tolist()) if count == 0]
    return untried[0] if untried else int(torch.argmax(q + torch.sqrt(2 * math.log(n.sum()) / n)))
