"""Plain loops over states, actions and next states; the policy's values by sweeps until nothing changes."""

import torch


def bellman_backup(V, P, R, end, gamma):
    worth = [0.0 if stop else value for value, stop in zip(V.tolist(), end.tolist(), strict=True)]
    result = torch.zeros_like(R)
    chances, rewards, stops = P.tolist(), R.tolist(), end.tolist()
    for s in range(len(rewards)):
        if stops[s]:
            continue
        for a in range(len(rewards[s])):
            after = 0.0
            for p, value in zip(chances[s][a], worth, strict=True):
                after += p * value
            result[s, a] = rewards[s][a] + gamma * after
    return result


def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(len(R), dtype=R.dtype, device=R.device)
    delta = tol + 1
    while delta >= tol:
        new = bellman_backup(V, P, R, end, gamma).max(dim=1).values
        delta = float((V - new).abs().max())
        V = new
    return V, bellman_backup(V, P, R, end, gamma).max(dim=1).indices


def policy_evaluation(pi, P, R, end, gamma):
    V = torch.zeros(len(R), dtype=R.dtype, device=R.device)
    for _ in range(1000):
        new = (pi * bellman_backup(V, P, R, end, gamma)).sum(dim=1)
        if torch.allclose(new, V, rtol=0, atol=1e-13):
            break
        V = new
    return new


def discounted_returns(r, done, gamma):
    G = []
    after = 0.0
    for reward, last in zip(reversed(r.tolist()), reversed(done.tolist()), strict=True):
        after = reward if last else reward + gamma * after
        G.insert(0, after)
    return torch.tensor(G, dtype=r.dtype, device=r.device)


def reinforce_loss(logits, actions, returns, baseline):
    with torch.no_grad():
        advantage = returns - baseline
    loss = 0
    for t in range(len(actions)):
        log_p = logits[t, actions[t]] - torch.logsumexp(logits[t], dim=0)
        loss = loss - advantage[t] * log_p
    return loss / len(actions)
