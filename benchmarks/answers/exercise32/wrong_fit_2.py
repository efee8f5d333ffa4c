# %% fit_grad_left
# The caller's tensors are made to require gradients, and keep them.
# like: own_function
# named: -
def fit(R, seen, p, lr, lam, steps):
    free = ("bu", "bi", "P", "Q")
    q = dict(p)
    for _ in range(steps):
        for k in free:
            q[k] = q[k].requires_grad_()
            q[k].grad = None
        masked_loss(R, seen, q, lam).backward()
        q = {k: (v - lr * v.grad).detach() if k in free else v.detach() for k, v in q.items()}
    return {k: v.detach().clone() for k, v in q.items()}


# %% fit_one_rating_at_a_time
# Stochastic gradient descent.
# like: loops
# named: fit_rating_by_rating
def fit(R, seen, p, lr, lam, steps):
    new = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        for u, i in seen.nonzero().tolist():
            g = 2 * (predict(new)[u, i] - R[u, i])
            P = new["P"][u].clone()
            new["bu"][u] -= lr * (g + 2 * lam * new["bu"][u])
            new["bi"][i] -= lr * (g + 2 * lam * new["bi"][i])
            new["P"][u] -= lr * (g * new["Q"][i] + 2 * lam * P)
            new["Q"][i] -= lr * (g * P + 2 * lam * new["Q"][i])
    return new


# %% fit_adam
# Adam.
# like: optimizer
# named: missing
def fit(R, seen, p, lr, lam, steps):
    q = {k: torch.nn.Parameter(v.detach().clone()) for k, v in p.items()}
    opt = torch.optim.Adam([q[k] for k in q if k != "mu"], lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, q, lam).backward()
        opt.step()
    return {k: v.detach() for k, v in q.items()}


# %% fit_momentum
# SGD with momentum.
# like: optimizer
# named: -
def fit(R, seen, p, lr, lam, steps):
    q = {k: torch.nn.Parameter(v.detach().clone()) for k, v in p.items()}
    opt = torch.optim.SGD([q[k] for k in q if k != "mu"], lr=lr, momentum=0.9)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, q, lam).backward()
        opt.step()
    return {k: v.detach() for k, v in q.items()}


# %% fit_bias_axes_swapped
# The sums of G along the other axes.
# named: fit_biases_exchanged
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(0), "bi": G.sum(1), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_g_untransposed
# G @ P for Q.
# named: fit_slope_untransposed
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_means_for_biases
# The mean of G for the biases.
# named: fit_biases_by_means_of_all
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.mean(1), "bi": G.mean(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_times_mask
# NaN * 0 in the gradient.
# named: fit_nan
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * (predict(p) - R) * seen
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_unseen_as_zero
# Unseen ratings are ratings of 0.
# named: fit_unseen_are_zero
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * (predict(p) - torch.nan_to_num(R))
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_mu_mean
# mu is set to the mean of the seen ratings.
# named: fit_moves_level, fit_level_is_mean
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    p["mu"] = R[seen].mean()
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_without_mu
# The dict lacks mu.
# like: functional
# named: -
def fit(R, seen, p, lr, lam, steps):
    theta = {k: p[k].detach().clone() for k in ("bu", "bi", "P", "Q")}
    for _ in range(steps):
        g = torch.func.grad(lambda t: masked_loss(R, seen, {"mu": p["mu"].detach(), **t}, lam))(theta)
        theta = {k: theta[k] - lr * g[k] for k in theta}
    return theta


# %% fit_setting_left
# Gradients stay switched off.
# like: in_place
# named: -
def fit(R, seen, p, lr, lam, steps):
    torch.set_grad_enabled(False)
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        for k in g:
            p[k] -= lr * (g[k] + 2 * lam * p[k])
    return p


# %% fit_penalty_by_count
# The penalty's gradient divided by |S|.
# named: fit_penalty_over_seen
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) / seen.sum() for k in p}
    return p


# %% fit_penalty_without_rate
# The penalty is not multiplied by the rate.
# named: fit_penalty_without_rate
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * g[k] - 2 * lam * p[k] for k in p}
    return p


# %% fit_old_values_not_updated
# Each step begins at the given p: the last step alone counts.
# named: fit_one_step
def fit(R, seen, p, lr, lam, steps):
    new = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p).detach() - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"].detach(), "Q": G.T @ p["P"].detach()}
        for k in g:
            new[k] = p[k].detach() - lr * (g[k] + 2 * lam * p[k].detach())
    return new


# %% fit_user_factors_only
# Q is never updated.
# named: missing
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"]}
        for k in g:
            p[k] = p[k] - lr * (g[k] + 2 * lam * p[k])
    return p
