# %% update_old_count
# Divides by the old count.
# named: update_by_old_count
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    q[a] += (r - q[a]) / n[a]
    n[a] += 1
    return q, n

# %% update_count_kept
# The counts are returned as they were.
# named: update_count_stays
def update(q, n, a, r):
    q = q.clone()
    q[a] += (r - q[a]) / (n[a] + 1)
    return q, n.clone()

# %% update_in_place
# The caller's tensors are changed.
# named: update_in_place
def update(q, n, a, r):
    n[a] += 1
    q[a] += (r - q[a]) / n[a]
    return q, n

# %% update_counts_in_place
# Only q is copied.
# named: -
def update(q, n, a, r):
    q = q.clone()
    n[a] += 1
    q[a] += (r - q[a]) / n[a]
    return q, n

# %% update_every_arm
# All means move.
# like: vectorized
# named: update_every_mean, update_every_mean_alike
def update(q, n, a, r):
    n = n.clone()
    n[a] += 1
    return q + (r - q) / n[a].to(q.dtype), n

# %% update_all_counts
# All counts grow.
# named: update_every_count
def update(q, n, a, r):
    q, n = q.clone(), n + 1
    q[a] += (r - q[a]) / n[a]
    return q, n

# %% update_total_count
# Divided by the count of all arms together.
# named: update_by_all_counts
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] += (r - q[a]) / n.sum()
    return q, n

# %% update_constant_step
# A learning rate of 0.1.
# named: update_fixed_step
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] += 0.1 * (r - q[a])
    return q, n

# %% update_reward_added
# The old mean isn't subtracted.
# named: update_share_added
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] += r / n[a]
    return q, n

# %% update_halfway
# The mean of the old mean and the reward.
# named: update_half
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] = (q[a] + r) / 2
    return q, n

# %% update_sign
# Away from the reward.
# named: update_sign
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] += (q[a] - r) / n[a]
    return q, n

# %% update_one_more
# The start counts as a reward.
# named: update_one_count_more
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] += (r - q[a]) / (n[a] + 1)
    return q, n

# %% update_not_divided
# q times n plus r, without the division: a sum.
# named: update_sum_undivided
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    q[a] = q[a] * n[a] + r
    n[a] += 1
    return q, n

# %% update_float_counts
# The counts become floats.
# like: vectorized
# named: -
def update(q, n, a, r):
    q, n = q.clone(), n.to(q.dtype)
    n = n.clone()
    n[a] += 1
    q[a] += (r - q[a]) / n[a]
    return q, n

# %% update_float32
# Through a float32 tensor.
# named: -
def update(q, n, a, r):
    n = n.clone()
    n[a] += 1
    step = torch.tensor(r - q[a].item()) / n[a]
    q = q.clone()
    q[a] += step
    return q, n

# %% update_first_ignored
# A first reward leaves the mean.
# named: -
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    if n[a] > 0:
        q[a] += (r - q[a]) / (n[a] + 1)
    n[a] += 1
    return q, n

# %% update_whole_step
# Brackets missing: r - q/n.
# named: update_mean_alone_divided
def update(q, n, a, r):
    q, n = q.clone(), n.clone()
    n[a] += 1
    q[a] = q[a] + r - q[a] / n[a]
    return q, n
