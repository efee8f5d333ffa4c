# %% backup_v_of_end_states
# V counts at end states.
# named: backup_value_of_end
def bellman_backup(V, P, R, end, gamma):
    Q = R + gamma * torch.einsum("sat,t->sa", P, V)
    Q[end] = 0
    return Q

# %% backup_rows_of_end_states
# The rows of end states are not set to 0.
# like: sweeps_and_distributions
# named: backup_row_of_end
def bellman_backup(V, P, R, end, gamma):
    return R + gamma * P @ (V * ~end)

# %% backup_discounts_the_reward
# gamma times everything, the reward too.
# like: in_place_on_copies
# named: backup_discounts_reward
def bellman_backup(V, P, R, end, gamma):
    v = V.clone()
    v[end] = 0
    Q = gamma * (R + P @ v)
    Q[end] = 0
    return Q

# %% backup_no_discount
# gamma forgotten.
# like: recursion
# named: backup_undiscounted
def bellman_backup(V, P, R, end, gamma):
    live = (~end).to(V.dtype)
    return (R + P @ (V * live)) * live[:, None]

# %% backup_from_the_next_state
# Sums over the state that one leaves.
# like: float64_inside
# named: backup_backwards
def bellman_backup(V, P, R, end, gamma):
    v = V.masked_fill(end, 0)
    Q = R + gamma * torch.einsum("sat,s->ta", P, v)
    return Q.masked_fill(end[:, None], 0)

# %% backup_best_next_state
# The best state that can come next, not the mean.
# like: doubling
# named: backup_best_next
def bellman_backup(V, P, R, end, gamma):
    v = V.masked_fill(end, 0).expand_as(P)
    best = torch.where(P > 0, v, torch.full_like(P, -torch.inf)).max(dim=2).values
    return (R + gamma * best).masked_fill(end[:, None], 0)

# %% backup_most_probable_state
# Only the most probable next state.
# like: lists_of_episodes
# named: backup_likeliest
def bellman_backup(V, P, R, end, gamma):
    v = V.clone()
    v[end] = 0
    Q = R + gamma * v[P.argmax(dim=2)]
    Q[end] = 0
    return Q

# %% backup_no_reward_into_the_end
# The reward counts only as far as the move does not end the episode.
# like: policy_iteration
# named: backup_reward_of_last_move
def bellman_backup(V, P, R, end, gamma):
    go = (~end).to(P.dtype)
    Q = R * (P @ go) + gamma * P @ (V * go)
    return Q * go[:, None]

# %% backup_probabilities_without_ends
# The probabilities of the other states made to sum to 1 again.
# like: inner_states_only
# named: -
def bellman_backup(V, P, R, end, gamma):
    p = P.masked_fill(end, 0)
    p = p / p.sum(2, keepdim=True).clamp(min=1e-12)
    return (R + gamma * p @ V.masked_fill(end, 0)).masked_fill(end[:, None], 0)

# %% backup_changes_v
# Sets the caller's V to 0 at end states.
# named: backup_changes_V
def bellman_backup(V, P, R, end, gamma):
    V[end] = 0
    Q = R + gamma * P @ V
    Q[end] = 0
    return Q

# %% backup_of_the_best_action
# The maximum over the actions is taken already.
# like: sweeps_and_distributions
# named: backup_best_action
def bellman_backup(V, P, R, end, gamma):
    Q = R + gamma * P @ V.masked_fill(end, 0)
    return Q.masked_fill(end[:, None], 0).max(dim=1).values

# %% backup_minus_infinity_at_ends
# The rows of end states are -inf, as for actions that are forbidden.
# like: float64_inside
# named: -
def bellman_backup(V, P, R, end, gamma):
    Q = R + gamma * P @ V.masked_fill(end, 0)
    return Q.masked_fill(end[:, None], float("-inf"))

# %% backup_tensor_of_float32
# A table of float32, whatever comes in.
# like: python_loops
# named: -
def bellman_backup(V, P, R, end, gamma):
    S, A = R.shape
    Q = torch.zeros(S, A)
    for s in range(S):
        if not end[s]:
            for a in range(A):
                Q[s, a] = R[s, a] + gamma * sum(P[s, a, t] * V[t] for t in range(S) if not end[t])
    return Q

# %% backup_changes_r
# The result is written into R.
# like: in_place_on_copies
# named: -
@torch.no_grad()
def bellman_backup(V, P, R, end, gamma):
    R += gamma * P @ V.masked_fill(end, 0)
    R[end] = 0
    return R
