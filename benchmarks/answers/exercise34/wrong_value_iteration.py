# %% iteration_signed_change
# No absolute value: values that fall count as settled.
# named: iteration_without_absolute
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros_like(R[:, 0])
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        new = Q.max(dim=1).values
        change = (new - V).max()
        V = new
        if change <= tol:
            return V, Q.argmax(dim=1)

# %% iteration_any_settled
# Stops once one value has settled.
# like: float64_inside
# named: iteration_any_settled
def value_iteration(P, R, end, gamma, tol):
    v = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    moved = True
    while moved:
        q = bellman_backup(v, P, R, end, gamma)
        w, policy = q.max(dim=-1)
        moved = not bool(((w - v).abs() <= tol).any())
        v = w
    return v, policy

# %% iteration_ten_sweeps
# A fixed number of sweeps, tol not used.
# like: policy_iteration
# named: missing
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    for _ in range(10):
        V = bellman_backup(V, P, R, end, gamma).max(dim=1).values
    return V, bellman_backup(V, P, R, end, gamma).argmax(dim=1)

# %% iteration_until_the_policy_settles
# Stops when the actions no longer change.
# like: recursion
# named: missing
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros_like(R[:, 0])
    policy = None
    while True:
        V, better = bellman_backup(V, P, R, end, gamma).max(1)
        if policy is not None and torch.equal(policy, better):
            return V, better
        policy = better

# %% iteration_relative_change
# tol relative to the largest value.
# like: in_place_on_copies
# named: -
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    for _ in range(5000):
        Q = bellman_backup(V, P, R, end, gamma)
        new = Q.amax(dim=1)
        gap = (new - V).abs().max() / new.abs().max().clamp(min=1e-12)
        V = new
        if gap <= tol:
            break
    return V, Q.argmax(1)

# %% iteration_alias
# The old V is the new V: nothing ever seems to change.
# like: doubling
# named: iteration_one_sweep
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(len(end), dtype=R.dtype, device=R.device)
    delta = tol + 1
    while delta > tol:
        last = V
        V[:] = bellman_backup(V, P, R, end, gamma).max(1).values
        delta = float((V - last).abs().max())
    return V, bellman_backup(V, P, R, end, gamma).argmax(1)

# %% iteration_of_the_mean
# The mean over the actions in place of the maximum.
# like: lists_of_episodes
# named: iteration_mean_action
def value_iteration(P, R, end, gamma, tol):
    V = R.new_zeros(len(R))
    while True:
        new = bellman_backup(V, P, R, end, gamma).mean(dim=1)
        done = (new - V).abs().max() <= tol
        V = new
        if done:
            break
    return V, bellman_backup(V, P, R, end, gamma).argmax(1)

# %% iteration_best_from_zero
# The search for the maximum starts at 0.
# like: python_loops
# named: iteration_never_negative
def value_iteration(P, R, end, gamma, tol):
    S, A = R.shape
    V = torch.zeros(S, dtype=R.dtype, device=R.device)
    policy = torch.zeros(S, dtype=torch.int64, device=R.device)
    delta = float("inf")
    while delta > tol:
        Q = bellman_backup(V, P, R, end, gamma)
        W = torch.zeros_like(V)
        for s in range(S):
            best = 0.0
            for a in range(A):
                if Q[s, a] > best:
                    best = Q[s, a]
                    policy[s] = a
            W[s] = best
        delta = (W - V).abs().max()
        V = W
    return V, policy

# %% iteration_best_reward
# The policy takes the largest reward.
# named: iteration_action_by_reward
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros_like(R[:, 0])
    while True:
        new = bellman_backup(V, P, R, end, gamma).max(dim=1).values
        change = (new - V).abs().max()
        V = new
        if change <= tol:
            return V, R.argmax(dim=1)

# %% iteration_over_states
# The maximum over the states.
# like: sweeps_and_distributions
# named: -
def value_iteration(P, R, end, gamma, tol):
    V = R.new_zeros(R.shape[0])
    for _ in range(10_000):
        before = V
        V, _ = torch.max(bellman_backup(before, P, R, end, gamma), dim=1)
        if torch.all(torch.abs(V - before) < tol):
            break
    return V, bellman_backup(V, P, R, end, gamma).argmax(dim=0)

# %% iteration_policy_as_one_hot
# The policy as probabilities, [S, A].
# like: inner_states_only
# named: -
def value_iteration(P, R, end, gamma, tol):
    V = R.new_zeros(len(end))
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        new = Q.amax(1)
        settled = (new - V).abs().max() <= tol
        V = new
        if settled:
            return V, torch.nn.functional.one_hot(Q.argmax(1), R.shape[1])

# %% iteration_int32
# The actions as int32.
# like: float64_inside
# named: -
def value_iteration(P, R, end, gamma, tol):
    v = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    moved = True
    while moved:
        q = bellman_backup(v, P, R, end, gamma)
        w, policy = q.max(dim=-1)
        moved = bool(((w - v).abs() > tol).any())
        v = w
    return v, policy.to(torch.int32)

# %% iteration_swapped
# The two results the wrong way round.
# like: lists_of_episodes
# named: iteration_exchanged
def value_iteration(P, R, end, gamma, tol):
    V = R.new_zeros(len(R))
    history = [V]
    while len(history) < 2 or torch.any((history[-1] - history[-2]).abs() > tol):
        history.append(bellman_backup(history[-1], P, R, end, gamma).max(1).values)
    V = history[-1]
    return bellman_backup(V, P, R, end, gamma).argmax(1), V

# %% iteration_ends_earn
# A backup of its own that knows no end states.
# like: in_place_on_copies
# named: iteration_ignores_ends
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    for _ in range(5000):
        Q = R + gamma * P @ V
        new = Q.amax(dim=1)
        gap = (new - V).abs().max()
        V = new
        if gap.item() <= tol:
            break
    return V, Q.argmax(1)

# %% iteration_worst_action
# The policy takes the smallest Q.
# like: recursion
# named: iteration_smallest_action
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros_like(R[:, 0])
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        new = Q.max(1).values
        if (new - V).abs().max() <= tol:
            return new, Q.argmin(1)
        V = new

# %% iteration_soft_maximum
# A soft maximum, log-sum-exp.
# named: -
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros_like(R[:, 0])
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        new = torch.logsumexp(Q, dim=1).masked_fill(end, 0)
        change = (new - V).abs().max()
        V = new
        if change <= tol:
            return V, Q.argmax(dim=1)

# %% iteration_change_of_the_largest
# The change of the largest value in place of the largest change.
# like: in_place_on_copies
# named: -
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    for _ in range(5000):
        Q = bellman_backup(V, P, R, end, gamma)
        change = abs(Q.max() - V.max())
        V = Q.amax(dim=1)
        if change <= tol:
            break
    return V, Q.argmax(1)

# %% iteration_returns_q
# Q in place of V.
# like: policy_iteration
# named: -
def value_iteration(P, R, end, gamma, tol):
    V = torch.zeros(R.shape[0], dtype=R.dtype, device=R.device)
    while True:
        Q = bellman_backup(V, P, R, end, gamma)
        new, policy = Q.max(1)
        if (new - V).abs().max() <= tol:
            return Q, policy
        V = new
