"""Policy iteration in place of value iteration; returns by a matrix of powers; a distribution's own log_prob."""

import torch


def bellman_backup(V, P, R, end, gamma):
    going = torch.logical_not(end).to(V.dtype)
    Q = R + gamma * torch.sum(P * (going * V), dim=-1)
    return going.unsqueeze(1) * Q


def value_iteration(P, R, end, gamma, tol):
    actions = R.shape[1]
    policy = torch.zeros(R.shape[0], dtype=torch.int64, device=R.device)
    while True:
        pi = torch.nn.functional.one_hot(policy, actions).to(R.dtype)
        V = policy_evaluation(pi, P, R, end, gamma)
        better = bellman_backup(V, P, R, end, gamma).argmax(1)
        if torch.equal(better, policy):
            return V, policy
        policy = better


def policy_evaluation(pi, P, R, end, gamma):
    going = (~end).to(R.dtype)
    reward = (pi * R).sum(1) * going
    step = torch.bmm(pi.unsqueeze(1), P).squeeze(1) * going[:, None] * going
    eye = torch.diag(torch.ones_like(reward))
    return torch.linalg.solve(eye - gamma * step, reward.unsqueeze(1)).squeeze(1)


def discounted_returns(r, done, gamma):
    T = r.shape[0]
    time = torch.arange(T, device=r.device)
    episode = torch.cumsum(done.long(), 0) - done.long()
    ahead = time[None, :] - time[:, None]
    counted = (ahead >= 0) & (episode[None, :] == episode[:, None])
    weight = torch.where(counted, gamma ** ahead.clamp(min=0).to(r.dtype), torch.zeros_like(ahead, dtype=r.dtype))
    return weight @ r


def reinforce_loss(logits, actions, returns, baseline):
    policy = torch.distributions.Categorical(logits=logits)
    return (-policy.log_prob(actions) * (returns - baseline).detach()).mean()
