# %% evaluation_of_the_best_action
# The maximum over the actions.
# like: sweeps_and_distributions
# named: evaluation_best
@torch.no_grad()
def policy_evaluation(pi, P, R, end, gamma):
    V = R.new_zeros(R.shape[0])
    for _ in range(100_000):
        W = bellman_backup(V, P, R, end, gamma).max(1).values
        if (W - V).abs().max() < 1e-13 * (1 + W.abs().max()):
            break
        V = W
    return W

# %% evaluation_uniform
# The plain mean over the actions.
# named: evaluation_mean_action
def policy_evaluation(pi, P, R, end, gamma):
    P_pi = P.mean(dim=1).masked_fill(end[:, None], 0)
    R_pi = R.mean(dim=1).masked_fill(end, 0)
    eye = torch.eye(len(end), dtype=P.dtype, device=P.device)
    return torch.linalg.solve(eye - gamma * P_pi, R_pi)

# %% evaluation_most_probable_action
# The most probable action alone.
# like: in_place_on_copies
# named: evaluation_likeliest_action
@torch.no_grad()
def policy_evaluation(pi, P, R, end, gamma):
    s, a = torch.arange(len(end), device=pi.device), pi.argmax(1)
    p, r = P[s, a].clone(), R[s, a].clone()
    p[end] = 0
    r[end] = 0
    return torch.linalg.solve(torch.eye(len(r)).to(p) - gamma * p, r)

# %% evaluation_transposed
# The transposed matrix.
# like: a_class
# named: evaluation_backwards
def policy_evaluation(pi, P, R, end, gamma):
    p = torch.einsum("sa,sat->ts", pi, P).masked_fill(end | end[:, None], 0)
    r = (pi * R).sum(1).masked_fill(end, 0)
    return torch.linalg.solve(torch.eye(len(r), dtype=r.dtype, device=r.device) - gamma * p, r)

# %% evaluation_plus
# I + gamma P in place of I - gamma P.
# like: float64_inside
# named: evaluation_plus
def policy_evaluation(pi, P, R, end, gamma):
    weights = pi.masked_fill(end[:, None], 0)
    p = torch.einsum("ij,ijk->ik", weights, P)
    r = torch.einsum("ij,ij->i", weights, R)
    return torch.linalg.solve(torch.eye(len(r), dtype=R.dtype, device=r.device) + gamma * p, r)

# %% evaluation_ends_earn
# End states are states like others.
# like: policy_iteration
# named: evaluation_ignores_ends
def policy_evaluation(pi, P, R, end, gamma):
    transition = torch.bmm(pi[:, None, :], P)[:, 0, :]
    reward = (pi * R).sum(1)
    left = torch.eye(len(end), dtype=R.dtype, device=R.device) - gamma * transition
    return torch.linalg.solve(left, reward)

# %% evaluation_ends_put_to_zero_at_the_last
# End states earn within the system; the result is set to 0 there.
# like: inner_states_only
# named: evaluation_ends_count
def policy_evaluation(pi, P, R, end, gamma):
    p = (pi[:, :, None] * P).sum(1)
    r = (pi * R).sum(1)
    V = torch.linalg.solve(torch.eye(len(r)).to(R) - gamma * p, r)
    V[end] = 0
    return V

# %% evaluation_fifty_sweeps
# A fixed number of sweeps, too few.
# like: recursion
# named: evaluation_fifty_sweeps
def policy_evaluation(pi, P, R, end, gamma):
    V = torch.zeros_like(R[:, 0])
    for _ in range(50):
        V = (pi * bellman_backup(V, P, R, end, gamma)).sum(1).masked_fill(end, 0)
    return V

# %% evaluation_stops_early
# Sweeps until nothing changes by more than 0.0001.
# like: lists_of_episodes
# named: missing
def policy_evaluation(pi, P, R, end, gamma):
    V = torch.zeros_like(R[:, 0])
    while True:
        new = (pi * bellman_backup(V, P, R, end, gamma)).sum(1).masked_fill(end, 0)
        if (new - V).abs().max() < 1e-4:
            return new
        V = new

# %% evaluation_signed_change
# Sweeps until no value rises.
# like: doubling
# named: evaluation_without_absolute
def policy_evaluation(pi, P, R, end, gamma):
    V = torch.zeros_like(R[:, 0])
    while True:
        new = (pi * bellman_backup(V, P, R, end, gamma)).sum(1).masked_fill(end, 0)
        if (new - V).max() < 1e-12:
            return new
        V = new

# %% evaluation_reward_of_all_actions
# The rewards are not weighted with pi.
# named: evaluation_mean_reward
def policy_evaluation(pi, P, R, end, gamma):
    P_pi = torch.einsum("sa,sat->st", pi, P).masked_fill(end[:, None], 0)
    R_pi = R.mean(dim=1).masked_fill(end, 0)
    eye = torch.eye(len(end), dtype=P.dtype, device=P.device)
    return torch.linalg.solve(eye - gamma * P_pi, R_pi)

# %% evaluation_no_discount
# gamma forgotten.
# like: a_class
# named: evaluation_undiscounted
def policy_evaluation(pi, P, R, end, gamma):
    p = (pi[..., None] * P).sum(1)
    r = (pi * R).sum(1)
    p[end] = 0
    r[end] = 0
    return torch.linalg.pinv(torch.eye(len(r), dtype=r.dtype, device=r.device) - p) @ r

# %% evaluation_of_each_action
# The values of the actions, [S, A].
# named: -
def policy_evaluation(pi, P, R, end, gamma):
    P_pi = torch.einsum("sa,sat->st", pi, P).masked_fill(end[:, None], 0)
    R_pi = (pi * R).sum(dim=1).masked_fill(end, 0)
    eye = torch.eye(len(end), dtype=P.dtype, device=P.device)
    V = torch.linalg.solve(eye - gamma * P_pi, R_pi)
    return bellman_backup(V, P, R, end, gamma)

# %% evaluation_softmax
# pi taken for logits.
# like: float64_inside
# named: -
def policy_evaluation(pi, P, R, end, gamma):
    weights = pi.softmax(1).masked_fill(end[:, None], 0)
    p = torch.einsum("ij,ijk->ik", weights, P)
    r = torch.einsum("ij,ij->i", weights, R)
    return torch.linalg.solve(torch.eye(len(r), dtype=R.dtype, device=r.device) - gamma * p, r)

# %% evaluation_changes_p
# The caller's P is set to 0 at end states.
# like: in_place_on_copies
# named: -
@torch.no_grad()
def policy_evaluation(pi, P, R, end, gamma):
    P[end] = 0
    p = torch.matmul(pi.unsqueeze(1), P).squeeze(1)
    r = (pi * R).sum(-1)
    r[end] = 0
    return torch.linalg.solve(torch.eye(len(r)).to(p) - gamma * p, r)

# %% evaluation_reward_now_only
# The mean reward of the next step.
# like: sweeps_and_distributions
# named: evaluation_one_step
def policy_evaluation(pi, P, R, end, gamma):
    return (pi * R).sum(1) * ~end
