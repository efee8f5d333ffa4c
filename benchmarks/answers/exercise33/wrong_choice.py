# %% greedy_reversed
# Explores where u1 is above eps.
# named: greedy_inverted
def epsilon_greedy(q, eps, u1, u2):
    if u1 > eps:
        return int(u2 * len(q))
    return int(q.argmax())

# %% greedy_rounded_up_to_A
# Rounded to the nearest number.
# named: greedy_rounded
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return round(u2 * len(q))
    return int(q.argmax())

# %% greedy_rounded
# Rounded to the nearest number, but never above the last arm.
# named: greedy_rounded_to_last
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return min(round(u2 * len(q)), len(q) - 1)
    return int(q.argmax())

# %% greedy_one_less
# Times A - 1.
# named: greedy_last_never
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * (len(q) - 1))
    return int(q.argmax())

# %% greedy_u1_again
# u1 chooses the random arm too.
# named: greedy_arm_by_u1
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u1 * len(q))
    return int(q.argmax())

# %% greedy_others_only
# The random arm is never the best one.
# named: greedy_among_others
def epsilon_greedy(q, eps, u1, u2):
    best = int(q.argmax())
    if u1 < eps and len(q) > 1:
        others = [a for a in range(len(q)) if a != best]
        return others[int(u2 * len(others))]
    return best

# %% greedy_last
# Of equal ones the last.
# named: greedy_last_of_equal
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * len(q))
    return int((q == q.max()).nonzero()[-1])

# %% greedy_tensor
# A tensor.
# named: -
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * len(q))
    return q.argmax()

# %% greedy_absolute
# The mean farthest from 0.
# named: greedy_absolute
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * len(q))
    return int(q.abs().argmax())

# %% greedy_lowest
# The lowest mean.
# named: greedy_argmin
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * len(q))
    return int(q.argmin())

# %% greedy_always
# Never explores.
# named: greedy_never_explores
def epsilon_greedy(q, eps, u1, u2):
    return int(q.argmax())

# %% greedy_own_numbers
# Random numbers of its own.
# named: -
import random


def epsilon_greedy(q, eps, u1, u2):
    if random.random() < eps:
        return random.randrange(len(q))
    return int(q.argmax())

# %% greedy_own_arm
# Only the random arm is drawn anew.
# named: -
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(torch.randint(len(q), (1,)))
    return int(q.argmax())

# %% greedy_u2_decides
# The two numbers exchanged.
# named: greedy_numbers_exchanged
def epsilon_greedy(q, eps, u1, u2):
    if u2 < eps:
        return int(u1 * len(q))
    return int(q.argmax())

# %% greedy_zero_start
# Searches from a best value of 0: negative means are not seen.
# named: greedy_above_zero
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * len(q))
    best, highest = 0, 0.0
    for a, mean in enumerate(q.tolist()):
        if mean > highest:
            best, highest = a, mean
    return best

# %% greedy_ceiling
# Rounded up: arms from 1 to A.
# named: greedy_rounded_up
import math


def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return math.ceil(u2 * len(q))
    return int(q.argmax())

# %% greedy_the_mean
# The mean and not the arm.
# named: -
def epsilon_greedy(q, eps, u1, u2):
    if u1 < eps:
        return int(u2 * len(q))
    return q.max().item()

# %% ucb1_clamped
# A count of 0 counts as 1.
# named: ucb_at_least_one
def ucb1(q, n):
    counts = n.clamp(min=1).to(q.dtype)
    return int((q + torch.sqrt(2 * torch.log(counts.sum()) / counts)).argmax())

# %% ucb1_plus_one
# n + 1 in the denominator, no arm tried first.
# named: ucb_one_more
def ucb1(q, n):
    counts = n.to(q.dtype)
    return int((q + torch.sqrt(2 * torch.log(counts.sum().clamp(min=1)) / (counts + 1))).argmax())

# %% ucb1_log10
# The logarithm to base 10.
# named: ucb_log10
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q + torch.sqrt(2 * math.log10(n.sum()) / n.to(q.dtype))).argmax())

# %% ucb1_log2
# The logarithm to base 2.
# named: ucb_log2
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q + torch.sqrt(2 * math.log2(n.sum()) / n.to(q.dtype))).argmax())

# %% ucb1_without_two
# The 2 is missing.
# named: ucb_without_two
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q + torch.sqrt(math.log(n.sum()) / n.to(q.dtype))).argmax())

# %% ucb1_two_outside
# 2 in front of the root.
# named: ucb_two_outside
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q + 2 * torch.sqrt(math.log(n.sum()) / n.to(q.dtype))).argmax())

# %% ucb1_no_root
# No square root.
# named: ucb_without_root
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q + 2 * math.log(n.sum()) / n.to(q.dtype)).argmax())

# %% ucb1_root_of_log
# The root over the logarithm only.
# named: ucb_count_outside
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q + math.sqrt(2 * math.log(n.sum())) / n.to(q.dtype)).argmax())

# %% ucb1_own_log
# ln of each arm's own count.
# named: ucb_own_count
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    counts = n.to(q.dtype)
    return int((q + torch.sqrt(2 * torch.log(counts) / counts)).argmax())

# %% ucb1_number_of_arms
# N is the number of arms.
# named: ucb_total_of_arms
def ucb1(q, n):
    N = len(n)
    for a in range(N):
        if n[a] == 0:
            return a
    return int((q + torch.sqrt(2 * math.log(N) / n.to(q.dtype))).argmax())

# %% ucb1_lower_bound
# The lower bound.
# named: ucb_lower_bound
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q - torch.sqrt(2 * math.log(n.sum()) / n.to(q.dtype))).argmax())

# %% ucb1_last_untried
# Of the untried ones the last.
# named: ucb_untried_last
def ucb1(q, n):
    fresh = torch.nonzero(n == 0)
    if len(fresh):
        return int(fresh[-1])
    return int((q + torch.sqrt(2 * math.log(n.sum()) / n.to(q.dtype))).argmax())

# %% ucb1_best_untried
# Of the untried ones that with the highest q.
# named: ucb_untried_by_mean
def ucb1(q, n):
    if (n == 0).any():
        return int(torch.where(n == 0, q, float("-inf")).argmax())
    return int((q + torch.sqrt(2 * math.log(n.sum()) / n.to(q.dtype))).argmax())

# %% ucb1_width_only
# q isn't added.
# named: ucb_width_alone
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int(torch.sqrt(2 * math.log(n.sum()) / n.to(q.dtype)).argmax())

# %% ucb1_float32
# In float32.
# named: -
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q.float() + torch.sqrt(2 * math.log(n.sum()) / n)).argmax())

# %% ucb1_one_more_step
# N + 1.
# named: ucb_total_one_more
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int((q + torch.sqrt(2 * math.log(n.sum() + 1) / n.to(q.dtype))).argmax())

# %% ucb1_mean_only
# Greedy among the arms that were tried.
# named: ucb_greedy
def ucb1(q, n):
    for a in range(len(n)):
        if n[a] == 0:
            return a
    return int(q.argmax())

# %% ucb1_fails_at_zero
# Python division by 0.
# named: -
def ucb1(q, n):
    total = n.sum().item()
    bounds = [m + math.sqrt(2 * math.log(total) / c) for m, c in zip(q.tolist(), n.tolist())]
    return bounds.index(max(bounds))

# %% ucb1_epsilon
# A small number in the denominator: a bound for untried arms too.
# named: ucb_nearly_zero
def ucb1(q, n):
    counts = n.to(q.dtype)
    return int((q + torch.sqrt(2 * torch.log(counts.sum().clamp(min=1)) / (counts + 1e-5))).argmax())
