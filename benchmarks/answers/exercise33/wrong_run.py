# %% run_peeks
# The best arm of the row.
# named: run_peeks
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(rewards[t], eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_learns_the_row
# Every arm learns from the row.
# named: run_sees_all
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        arms[t] = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        for a in range(A):
            q, n = update(q, n, a, float(rewards[t, a]))
    return arms, q

# %% run_columns_exchanged
# u1 and u2 exchanged.
# named: run_numbers_exchanged
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 1]), float(u[t, 0]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_never_counts
# n stays 0: the mean is the last reward.
# named: run_count_stays
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, _ = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_by_steps
# The step count in place of the arm's.
# like: python_lists
# named: run_by_steps
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q[a] += (rewards[t, a] - q[a]) / (t + 1)
        arms[t] = a
    return arms, q

# %% run_list
# The arms as a list.
# named: -
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = []
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms.append(a)
    return arms, q

# %% run_float_arms
# torch.tensor([]) is float32: only T = 0 is wrong.
# named: -
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = []
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms.append(a)
    return torch.tensor(arms, device=rewards.device), q

# %% run_float32_means
# The means in float32.
# named: -
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_on_the_cpu
# Made without the device.
# named: -
def run(rewards, eps, u):
    T, A = rewards.shape
    q, n = torch.zeros(A, dtype=rewards.dtype), torch.zeros(A, dtype=torch.int64)
    arms = torch.zeros(T, dtype=torch.int64)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_each_arm_first
# Every arm once at first.
# named: run_tries_all_first
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = t if t < A else epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_means_before
# The means before the last step.
# named: run_means_before
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    before = q
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        before = q
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, before

# %% run_counts_returned
# n in place of q.
# named: -
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, n

# %% run_all_means
# The means after every step.
# named: -
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(T + 1, A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q[t], eps, float(u[t, 0]), float(u[t, 1]))
        q[t + 1], n = update(q[t], n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q[1:]

# %% run_counts_from_one
# The zeros count as a first reward.
# named: run_counts_from_one
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.ones(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_transposed
# rewards[a, t].
# named: run_table_turned
def run(rewards, eps, u):
    A, T = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[a, t]))
        arms[t] = a
    return arms, q

# %% run_next_row
# The random numbers of the row after.
# named: -
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        u1, u2 = u[(t + 1) % T].tolist()
        a = epsilon_greedy(q, eps, u1, u2)
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_optimistic
# The means begin at 1.
# named: run_from_ones
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.ones(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_greedy_only_known
# Greedy only among the arms already pulled.
# named: missing
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    n = torch.zeros(A, dtype=torch.int64, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        known = torch.where(n > 0, q, float("-inf"))
        a = epsilon_greedy(known, eps, float(u[t, 0]), float(u[t, 1]))
        q, n = update(q, n, a, float(rewards[t, a]))
        arms[t] = a
    return arms, q

# %% run_constant_step
# A constant step of 0.1.
# named: run_fixed_step
def run(rewards, eps, u):
    T, A = rewards.shape
    q = torch.zeros(A, dtype=rewards.dtype, device=rewards.device)
    arms = torch.zeros(T, dtype=torch.int64, device=rewards.device)
    for t in range(T):
        a = epsilon_greedy(q, eps, float(u[t, 0]), float(u[t, 1]))
        q[a] += 0.1 * (rewards[t, a] - q[a])
        arms[t] = a
    return arms, q
