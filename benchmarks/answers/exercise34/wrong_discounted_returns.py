# %% returns_through_the_end
# done is not used.
# named: returns_uncut
def discounted_returns(r, done, gamma):
    G = torch.zeros_like(r)
    later = 0.0
    for t in reversed(range(len(r))):
        later = r[t] + gamma * later
        G[t] = later
    return G

# %% returns_done_one_late
# Reset after the step that is done, in the order of the loop.
# named: returns_cut_early
def discounted_returns(r, done, gamma):
    G = torch.zeros_like(r)
    later = 0.0
    for t in reversed(range(len(r))):
        later = r[t] + gamma * later
        G[t] = later
        if done[t]:
            later = 0.0
    return G

# %% returns_from_the_start
# Forward: what came before.
# like: python_loops
# named: returns_forwards, returns_forwards_by_episode
def discounted_returns(r, done, gamma):
    out, G = [], 0.0
    for x, d in zip(r.tolist(), done.tolist(), strict=True):
        G = x + gamma * G
        out.append(G)
        if d:
            G = 0.0
    return torch.tensor(out, dtype=r.dtype, device=r.device)

# %% returns_no_discount
# gamma forgotten.
# like: numpy_where_free
# named: returns_undiscounted
def discounted_returns(r, done, gamma):
    x = _np(r).copy()
    go_on = ~_np(done)
    for t in range(len(x) - 2, -1, -1):
        x[t] += go_on[t] * x[t + 1]
    return torch.from_numpy(x).to(r)

# %% returns_discounted_from_the_start
# Powers counted from the start of the episode.
# like: inner_states_only
# named: returns_discounted_by_time
def discounted_returns(r, done, gamma):
    parts, first = [], 0
    for t in range(len(r)):
        if done[t] or t == len(r) - 1:
            episode = r[first : t + 1]
            powers = torch.tensor([gamma**k for k in range(len(episode))], dtype=r.dtype, device=r.device)
            parts.append((episode * powers).flip(0).cumsum(0).flip(0))
            first = t + 1
    return torch.cat(parts) if parts else r.clone()

# %% returns_divided_by_powers
# Cumulated sums divided by gamma^t: 0/0.
# like: doubling
# named: returns_by_powers, returns_by_powers_of_episode
def discounted_returns(r, done, gamma):
    G, first = r.clone(), 0
    for t in range(len(r)):
        if done[t] or t == len(r) - 1:
            k = torch.arange(t + 1 - first, device=r.device, dtype=r.dtype)
            powers = gamma**k
            G[first : t + 1] = (r[first : t + 1] * powers).flip(0).cumsum(0).flip(0) / powers
            first = t + 1
    return G

# %% returns_last_reward_lost
# G is 0 where done.
# like: sweeps_and_distributions
# named: returns_last_reward_lost
def discounted_returns(r, done, gamma):
    G = torch.zeros_like(r)
    later = 0.0
    for t in reversed(range(len(r))):
        later = (r[t] + gamma * later) * (1 - done[t].to(r.dtype))
        G[t] = later
    return G

# %% returns_reward_discounted
# gamma times the reward, too.
# like: float64_inside
# named: returns_discount_own
def discounted_returns(r, done, gamma):
    G, out = 0.0, []
    for reward, last in zip(r.double().flip(0), done.flip(0), strict=True):
        G = gamma * (reward + (0.0 if last else G))
        out.append(G)
    if not out:
        return torch.empty_like(r)
    return torch.stack(out).flip(0).to(r.dtype)

# %% returns_standardised
# Mean 0 and standard deviation 1, as in many programs.
# like: in_place_on_copies
# named: returns_normalised
@torch.no_grad()
def discounted_returns(r, done, gamma):
    G = r.clone()
    for t in reversed((~done[:-1]).nonzero().flatten().tolist()):
        G[t] += gamma * G[t + 1]
    if len(G) > 1:
        G = (G - G.mean()) / (G.std() + 1e-8)
    return G

# %% returns_no_step_crashes
# An empty list for torch.stack.
# like: float64_inside
# named: -
def discounted_returns(r, done, gamma):
    G, out = 0.0, []
    for reward, last in zip(r.flip(0), done.flip(0), strict=True):
        G = reward + gamma * (0.0 if last else G)
        out.append(G)
    return torch.stack(out).flip(0)

# %% returns_of_the_episode
# Every step has the return of the whole episode.
# like: lists_of_episodes
# named: returns_of_the_whole
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
        total = sum(gamma**k * x for k, x in enumerate(episode))
        G += [total] * len(episode)
    return torch.tensor(G, dtype=r.dtype, device=r.device)

# %% returns_back_to_front
# The list is not turned round.
# like: python_loops
# named: returns_reversed
def discounted_returns(r, done, gamma):
    out, G = [], 0.0
    for t in reversed(range(len(r))):
        G = float(r[t]) + gamma * (0.0 if done[t] else G)
        out.append(G)
    return torch.tensor(out, dtype=r.dtype, device=r.device)

# %% returns_of_float32
# torch.tensor of Python numbers is float32.
# like: lists_of_episodes
# named: -
def discounted_returns(r, done, gamma):
    G, out = 0.0, []
    for x, d in zip(reversed(r.tolist()), reversed(done.tolist()), strict=True):
        G = x + gamma * (0.0 if d else G)
        out.insert(0, G)
    return torch.tensor(out)

# %% returns_in_place
# r itself becomes the returns.
# like: sweeps_and_distributions
# named: -
@torch.no_grad()
def discounted_returns(r, done, gamma):
    for t in range(len(r) - 1, 0, -1):
        if not done[t - 1]:
            r[t - 1] += gamma * r[t]
    return r

# %% returns_two_steps
# Only the next reward, not the next return.
# like: numpy_where_free
# named: returns_two_steps
def discounted_returns(r, done, gamma):
    x = _np(r)
    G = x.copy()
    G[:-1] += gamma * ~_np(done)[:-1] * x[1:]
    return torch.from_numpy(G).to(r)

# %% returns_done_of_the_next_step
# done[t + 1] in place of done[t].
# named: returns_cut_early
def discounted_returns(r, done, gamma):
    G = r.clone()
    for t in range(len(r) - 2, -1, -1):
        if not done[t + 1]:
            G[t] += gamma * G[t + 1]
    return G

# %% returns_unfinished_left_out
# The last episode counts only if it is finished.
# like: lists_of_episodes
# named: returns_unfinished_lost
def discounted_returns(r, done, gamma):
    G = torch.zeros_like(r)
    first = 0
    for t in range(len(r)):
        if done[t]:
            later = 0.0
            for k in range(t, first - 1, -1):
                later = r[k] + gamma * later
                G[k] = later
            first = t + 1
    return G
