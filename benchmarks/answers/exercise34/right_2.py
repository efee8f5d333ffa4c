# %% a_class
# A class that keeps the model of one call.
import torch


class Model:
    def __init__(self, P, R, end, gamma):
        self.P = P.detach().clone()
        self.R = R.detach().clone()
        self.P[:, :, end] = 0
        self.P[end] = 0
        self.R[end] = 0
        self.gamma = gamma

    def q(self, V):
        return self.R + self.gamma * (self.P @ V)

    def best(self, tol):
        V = torch.zeros(self.R.shape[0], dtype=self.R.dtype, device=self.R.device)
        while True:
            Q = self.q(V)
            W = Q.max(1)[0]
            if torch.max(torch.abs(W - V)).item() < tol:
                return W, self.q(W).max(1)[1]
            V = W

    def of(self, pi):
        p = (pi[..., None] * self.P).sum(1)
        r = (pi * self.R).sum(1)
        return torch.linalg.solve(torch.eye(len(r), dtype=r.dtype, device=r.device) - self.gamma * p, r)


def bellman_backup(V, P, R, end, gamma):
    V = V.detach().clone()
    V[end] = 0.0
    return Model(P, R, end, gamma).q(V)


def value_iteration(P, R, end, gamma, tol):
    return Model(P, R, end, gamma).best(tol)


def policy_evaluation(pi, P, R, end, gamma):
    return Model(P, R, end, gamma).of(pi)

# %% float64_inside
# All is computed in float64 and given back in the caller's dtype.
import torch


def bellman_backup(V, P, R, end, gamma):
    v = V.double() * (~end).double()
    q = R.double() + gamma * torch.tensordot(P.double(), v, dims=([2], [0]))
    return (q * (~end).double()[:, None]).to(R.dtype)


def value_iteration(P, R, end, gamma, tol):
    p, r = P.double(), R.double()
    v = torch.zeros(r.shape[0], dtype=torch.float64, device=r.device)
    moved = True
    while moved:
        q = bellman_backup(v, p, r, end, gamma)
        w, policy = q.max(dim=-1)
        moved = bool(((w - v).abs() > tol).any())
        v = w
    return v.to(R.dtype), policy


def policy_evaluation(pi, P, R, end, gamma):
    weights = pi.double().masked_fill(end[:, None], 0)
    p = torch.einsum("ij,ijk->ik", weights, P.double())
    r = torch.einsum("ij,ij->i", weights, R.double())
    v = torch.linalg.solve(torch.eye(len(r), dtype=torch.float64, device=r.device) - gamma * p, r)
    return v.to(R.dtype)


def discounted_returns(r, done, gamma):
    G, out = 0.0, []
    for reward, last in zip(r.double().flip(0), done.flip(0), strict=True):
        G = reward + gamma * (0.0 if last else G)
        out.append(G)
    if not out:
        return torch.empty_like(r)
    return torch.stack(out).flip(0).to(r.dtype)


def reinforce_loss(logits, actions, returns, baseline):
    b = torch.as_tensor(baseline, dtype=torch.float64, device=logits.device).detach()
    w = returns.detach().double() - b
    nll = torch.nn.functional.nll_loss(torch.log_softmax(logits.double(), 1), actions, reduction="none")
    return (w * nll).mean().to(logits.dtype)

# %% doubling
# Returns in logarithmic depth; log-softmax by hand.
import torch


def bellman_backup(V, P, R, end, gamma):
    Q = R + gamma * (P * torch.where(end, 0.0, V)).sum(dim=2)
    Q = Q.clone()
    Q[end, :] = 0
    return Q


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(len(end), dtype=R.dtype, device=R.device)
    delta = tol + 1
    sweeps = 0
    while delta > tol:
        last = V.clone()
        V[:] = bellman_backup(last, P, R, end, gamma).max(1).values
        delta = float((V - last).abs().max())
        sweeps += 1
    Q = bellman_backup(V, P, R, end, gamma)
    return V, torch.sort(Q, dim=1, descending=True).indices[:, 0].clone()


def policy_evaluation(pi, P, R, end, gamma):
    pi = torch.where(end[:, None], torch.zeros_like(pi), pi)
    p = torch.zeros(len(end), len(end), dtype=R.dtype, device=R.device)
    for a in range(R.shape[1]):
        p += torch.diag(pi[:, a]) @ P[:, a, :]
    M = torch.eye(len(end), dtype=R.dtype, device=R.device).sub(p, alpha=gamma)
    return torch.linalg.solve(M, (pi * R).sum(1, keepdim=True)).squeeze(1)


def discounted_returns(r, done, gamma):
    G, factor = r.clone(), gamma * (~done).to(r.dtype)
    step = 1
    while step < len(r):
        nothing = torch.zeros(step, dtype=r.dtype, device=r.device)
        G = G + factor * torch.cat([G[step:], nothing])
        factor = factor * torch.cat([factor[step:], nothing])
        step *= 2
    return G


def reinforce_loss(logits, actions, returns, baseline):
    top = logits.max(dim=1, keepdim=True).values
    z = logits - top
    log_p = z - torch.log(torch.exp(z).sum(dim=1, keepdim=True))
    rows = torch.arange(logits.shape[0], device=logits.device)
    A = (returns - baseline).detach()
    return -torch.sum(A * log_p[rows, actions]) / logits.shape[0]

# %% recursion
# Functions that call themselves or each other.
import torch


def bellman_backup(V, P, R, end, gamma):
    rows = []
    for s in range(len(end)):
        if end[s]:
            rows.append(torch.zeros_like(R[s]))
        else:
            rows.append(R[s] + gamma * (P[s] @ (V * (1 - end.to(V.dtype)))))
    return torch.stack(rows)


def value_iteration(P, R, end, gamma, tol):
    def sweep(V):
        Q = bellman_backup(V, P, R, end, gamma)
        better, policy = Q.max(1)
        return (better, policy) if (better - V).abs().max() <= tol else sweep(better)

    return sweep(torch.zeros_like(R[:, 0]))


def policy_evaluation(pi, P, R, end, gamma):
    # The backup is linear in V: its matrix, column by column.
    def mean(Q):
        return (pi * Q).sum(1).masked_fill(end, 0)

    zero = R.new_zeros(len(end))
    c = mean(bellman_backup(zero, P, R, end, gamma))
    unit = torch.eye(len(end), dtype=R.dtype, device=R.device)
    columns = [mean(bellman_backup(e, P, torch.zeros_like(R), end, gamma)) for e in unit]
    return torch.linalg.solve(unit - torch.stack(columns, 1), c)


def discounted_returns(r, done, gamma):
    if r.shape[0] == 0:
        return r.clone()
    rest = discounted_returns(r[1:], done[1:], gamma)
    if done[0] or rest.shape[0] == 0:
        return torch.cat([r[:1], rest])
    return torch.cat([r[:1] + gamma * rest[:1], rest])


def reinforce_loss(logits, actions, returns, baseline):
    w = (returns - baseline).detach()
    losses = [
        -weight * torch.log_softmax(z, dim=0)[a] for z, a, weight in zip(logits, actions, w, strict=True)
    ]
    return torch.stack(losses).mean()

# %% gradient_by_hand
# The loss as an autograd.Function; policy evaluation by squaring.
import torch


class Reinforce(torch.autograd.Function):
    @staticmethod
    def forward(ctx, logits, actions, weight):
        log_pi = torch.log_softmax(logits, 1)
        ctx.save_for_backward(log_pi, actions, weight)
        return -(weight * log_pi.gather(1, actions[:, None])[:, 0]).mean()

    @staticmethod
    def backward(ctx, grad):
        log_pi, actions, weight = ctx.saved_tensors
        d = log_pi.exp()
        d[torch.arange(len(actions), device=d.device), actions] -= 1
        return grad * d * weight[:, None] / len(actions), None, None


def reinforce_loss(logits, actions, returns, baseline):
    return Reinforce.apply(logits, actions, (returns - baseline).detach())


def policy_evaluation(pi, P, R, end, gamma):
    # (I - M)^-1 r = (I + M)(I + M^2)(I + M^4) ... r
    M = gamma * (pi[:, :, None] * P).sum(1).masked_fill(end[:, None] | end[None, :], 0)
    V = (pi * R).sum(1).masked_fill(end, 0)
    for _ in range(20):
        V = V + M @ V
        M = M @ M
    return V


def discounted_returns(r, done, gamma):
    T = r.shape[0]
    if T == 0:
        return torch.zeros_like(r)
    system = torch.eye(T, dtype=r.dtype, device=r.device)
    for t in range(T - 1):
        system[t, t + 1] = 0.0 if done[t] else -gamma
    return torch.linalg.solve_triangular(system, r[:, None], upper=True)[:, 0]

# %% in_place_on_copies
# Clones that are then changed; tensors without history.
import torch


@torch.no_grad()
def bellman_backup(V, P, R, end, gamma):
    v, Q = V.clone(), R.clone()
    v[end] = 0
    Q += gamma * (P @ v)
    Q[end] = 0
    return Q


@torch.no_grad()
def value_iteration(P, R, end, gamma, tol):
    R, P = R.clone(), P.clone()
    R[end] = 0
    P[end] = 0
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    for _ in range(5000):
        Q = P.mul(gamma).matmul(V).add_(R)
        new = Q.amax(dim=1)
        gap = new.sub(V).abs_().amax()
        V.copy_(new)
        if gap.item() <= tol:
            break
    return V, Q.argmax(1)


@torch.no_grad()
def policy_evaluation(pi, P, R, end, gamma):
    p = torch.matmul(pi.unsqueeze(1), P).squeeze(1)
    r = (pi * R).sum(-1)
    p.mul_(-gamma)
    p[end] = 0
    r[end] = 0
    p.diagonal().add_(1)
    LU, pivots = torch.linalg.lu_factor(p)
    return torch.linalg.lu_solve(LU, pivots, r.unsqueeze(1)).squeeze(1)


@torch.no_grad()
def discounted_returns(r, done, gamma):
    G = r.clone()
    open_steps = (~done[:-1]).nonzero().flatten().tolist()
    for t in reversed(open_steps):
        G[t] += gamma * G[t + 1]
    return G


def reinforce_loss(logits, actions, returns, baseline):
    lp = logits.log_softmax(dim=1)
    lp = lp.take_along_dim(actions.view(-1, 1), dim=1).view(-1)
    w = returns.detach().clone()
    w -= baseline.detach() if isinstance(baseline, torch.Tensor) else baseline
    return lp.mul(w).mean().neg()

# %% lists_of_episodes
# Episodes as lists; expected values by index.
import torch


def bellman_backup(V, P, R, end, gamma):
    S, A = R.shape
    v = V.clone()
    v[end] = 0
    Q = torch.stack([R[:, a] + gamma * P[:, a].mv(v) for a in range(A)], dim=1)
    return Q * (~end).reshape(S, 1)


def value_iteration(P, R, end, gamma, tol):
    V = R.new_zeros(len(R))
    history = [V]
    while len(history) < 2 or torch.any((history[-1] - history[-2]).abs() > tol):
        history.append(bellman_backup(history[-1], P, R, end, gamma).max(1).values)
    V = history[-1]
    return V, bellman_backup(V, P, R, end, gamma).argmax(1)


def discounted_returns(r, done, gamma):
    episodes, current = [], []
    for x, d in zip(r.tolist(), done.tolist(), strict=True):
        current.append(x)
        if d:
            episodes.append(current)
            current = []
    episodes.append(current)
    G = []
    for episode in episodes:
        for t in range(len(episode)):
            G.append(sum(gamma**k * x for k, x in enumerate(episode[t:])))
    return torch.tensor(G, dtype=r.dtype, device=r.device)


def reinforce_loss(logits, actions, returns, baseline):
    if not torch.is_tensor(baseline):
        baseline = torch.full_like(returns, baseline)
    weight = torch.sub(returns, baseline).detach()
    return torch.einsum("t,ta,ta->", -weight, logits.log_softmax(1), torch.eye(logits.shape[1]).to(logits)[actions]) / len(
        weight
    )
