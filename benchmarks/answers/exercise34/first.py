# %% ends_forgotten
# 1 backup: V of end states counts; 2 iteration: no absolute value; 3 loss: the sign
# named: backup_value_of_end, iteration_without_absolute, iteration_without_absolute_in_place, loss_sign
import torch


def bellman_backup(V, P, R, end, gamma):
    Q = R + gamma * P @ V
    Q[end] = 0
    return Q


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype)
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        V_new = Q.max(dim=1).values
        if (V_new - V).max() < tol:
            return V_new, Q.argmax(dim=1)
        V = V_new


def policy_evaluation(pi, P, R, end, gamma):
    P_pi = (pi.unsqueeze(-1) * P).sum(1)
    R_pi = (pi * R).sum(1)
    P_pi[end] = 0
    R_pi[end] = 0
    return torch.linalg.solve(torch.eye(len(R), dtype=R.dtype) - gamma * P_pi, R_pi)


def discounted_returns(r, done, gamma):
    G = torch.zeros_like(r)
    g = 0
    for t in range(len(r) - 1, -1, -1):
        g = r[t] + gamma * g * (~done[t])
        G[t] = g
    return G


def reinforce_loss(logits, actions, returns, baseline):
    lp = torch.log_softmax(logits, dim=1)
    lp = lp[torch.arange(len(actions)), actions]
    return (lp * (returns.detach() - baseline)).mean()

# %% sums_and_softmax
# 1 evaluation: end states earn; 2 returns: done not used; 3 loss: log of softmax; 4 loss: the sum
# named: evaluation_ignores_ends, returns_uncut, loss_log_of_softmax, loss_log_of_chosen, loss_sum
import torch


def bellman_backup(V, P, R, end, gamma):
    V = torch.where(end, torch.zeros_like(V), V)
    Q = R + gamma * torch.einsum("sat,t->sa", P, V)
    Q[end, :] = 0
    return Q


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    delta = float("inf")
    while delta > tol:
        Q = bellman_backup(V, P, R, end, gamma)
        new_V, policy = Q.max(dim=1)
        delta = torch.abs(new_V - V).max().item()
        V = new_V
    return V, policy


def policy_evaluation(pi, P, R, end, gamma):
    S = P.shape[0]
    P_pi = torch.einsum("sa,sat->st", pi, P)
    R_pi = torch.einsum("sa,sa->s", pi, R)
    V = torch.linalg.solve(torch.eye(S, dtype=P.dtype, device=P.device) - gamma * P_pi, R_pi)
    return V


def discounted_returns(r, done, gamma):
    G = torch.zeros_like(r)
    running = 0.0
    for t in reversed(range(len(r))):
        running = r[t] + gamma * running
        G[t] = running
    return G


def reinforce_loss(logits, actions, returns, baseline):
    probs = torch.softmax(logits, dim=-1)
    log_probs = torch.log(probs.gather(1, actions.unsqueeze(1)).squeeze(1))
    advantage = (returns - baseline).detach()
    return -(advantage * log_probs).sum()

# %% rewards_first
# 1 backup: gamma times the reward too; 2 iteration: the policy takes the best reward; 3 returns: from the start
# named: backup_discounts_reward, iteration_action_by_reward, returns_forwards, returns_forwards_by_episode
import torch


def bellman_backup(V, P, R, end, gamma):
    alive = (~end).to(R.dtype)
    return gamma * (R + P @ (V * alive)) * alive[:, None]


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(len(R)).to(R)
    for _ in range(1000):
        old = V
        V = bellman_backup(V, P, R, end, gamma).max(1)[0]
        if (V - old).abs().max() < tol:
            break
    return V, R.argmax(1)


def policy_evaluation(pi, P, R, end, gamma):
    alive = (~end).to(R.dtype)
    P_pi = (pi[:, :, None] * P).sum(1) * alive[:, None]
    R_pi = (pi * R).sum(1) * alive
    return torch.linalg.solve(torch.eye(len(R)).to(R) - gamma * P_pi, R_pi)


def discounted_returns(r, done, gamma):
    out = torch.zeros_like(r)
    total = 0.0
    for t in range(len(r)):
        total = r[t] + gamma * total
        out[t] = total
        if done[t]:
            total = 0.0
    return out


def reinforce_loss(logits, actions, returns, baseline):
    nll = torch.nn.functional.cross_entropy(logits, actions, reduction="none")
    return (nll * (returns - baseline).detach()).mean()

# %% as_in_a_notebook
# 1 evaluation: a hundred sweeps; 2 returns: standardised; 3 loss: weights not detached
# named: evaluation_hundred_sweeps, returns_normalised, loss_trains_returns
import torch
from torch.distributions import Categorical


def bellman_backup(V, P, R, end, gamma):
    V = V.clone()
    V[end] = 0
    Q = R + gamma * P @ V
    Q[end] = 0
    return Q


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros_like(R[:, 0])
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        V_new = Q.max(1).values
        if torch.max(torch.abs(V_new - V)) < tol:
            break
        V = V_new
    return V_new, Q.argmax(1)


def policy_evaluation(pi, P, R, end, gamma):
    V = torch.zeros_like(R[:, 0])
    for _ in range(100):
        V = (pi * bellman_backup(V, P, R, end, gamma)).sum(1).masked_fill(end, 0)
    return V


def discounted_returns(r, done, gamma):
    returns = []
    R = 0
    for reward, d in zip(reversed(r), reversed(done)) if len(r) else ():
        R = reward + gamma * R * (1 - d.to(r.dtype))
        returns.insert(0, R)
    if len(returns) < 2:
        return r.clone()
    returns = torch.stack(returns)
    return (returns - returns.mean()) / (returns.std() + 1e-9)


def reinforce_loss(logits, actions, returns, baseline):
    m = Categorical(logits=logits)
    loss = -m.log_prob(actions) * (returns - baseline)
    return loss.mean()

# %% lists_and_numbers
# 1 backup: V of the caller changed; 2 returns: float32 from a list; 3 loss: [T] times [T, 1]; 4 iteration: 20 sweeps
# named: backup_changes_V, loss_products_of_all
import torch


def bellman_backup(V, P, R, end, gamma):
    V[end] = 0
    Q = R + gamma * (P * V).sum(-1)
    Q[end] = 0
    return Q


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype)
    for i in range(20):
        V = bellman_backup(V, P, R, end, gamma).max(1).values
    policy = bellman_backup(V, P, R, end, gamma).argmax(1)
    return V, policy


def policy_evaluation(pi, P, R, end, gamma):
    n = len(end)
    A = torch.eye(n, dtype=R.dtype)
    b = torch.zeros(n, dtype=R.dtype)
    for s in range(n):
        if end[s]:
            continue
        for a in range(pi.shape[1]):
            A[s] -= gamma * pi[s, a] * P[s, a]
            b[s] += pi[s, a] * R[s, a]
    return torch.linalg.solve(A, b)


def discounted_returns(r, done, gamma):
    G = [0.0] * len(r)
    g = 0.0
    for t in range(len(r) - 1, -1, -1):
        g = float(r[t]) + (0.0 if done[t] else gamma * g)
        G[t] = g
    return torch.tensor(G)


def reinforce_loss(logits, actions, returns, baseline):
    log_probs = torch.log_softmax(logits, dim=1).gather(1, actions.view(-1, 1))
    weights = (returns - baseline).detach()
    return -(weights * log_probs).mean()

# %% means_for_maxima
# 1 backup: rows of end states not 0; 2 iteration: mean over actions; 3 evaluation: the maximum; 4 loss: no baseline
# named: backup_row_of_end, iteration_mean_action, loss_without_baseline
import torch


def bellman_backup(V, P, R, end, gamma):
    V = V.masked_fill(end, 0.0)
    return R + gamma * torch.matmul(P, V)


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        new = Q.mean(dim=1)
        new[end] = 0
        if (new - V).abs().max() <= tol:
            return new, Q.argmax(dim=1)
        V = new


def policy_evaluation(pi, P, R, end, gamma):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    while True:
        Q = pi * bellman_backup(V, P, R, end, gamma)
        new = Q.max(dim=1).values
        new[end] = 0
        if (new - V).abs().max() <= 1e-12 * (1 + new.abs().max()):
            return new
        V = new


def discounted_returns(r, done, gamma):
    G = r.clone()
    for t in range(len(r) - 2, -1, -1):
        if not done[t]:
            G[t] = r[t] + gamma * G[t + 1]
    return G


def reinforce_loss(logits, actions, returns, baseline):
    log_pi = torch.log_softmax(logits, dim=1)
    idx = torch.arange(logits.shape[0])
    return -(returns.detach() * log_pi[idx, actions]).mean()
