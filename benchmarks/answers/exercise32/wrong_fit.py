# %% fit_uphill
# The sign of the step.
# like: boolean_index
# named: fit_uphill
def fit(R, seen, p, lr, lam, steps):
    q = {k: v.detach().clone() for k, v in p.items()}
    names = ["bu", "bi", "P", "Q"]
    for k in names:
        q[k].requires_grad_()
    for _ in range(steps):
        grads = torch.autograd.grad(masked_loss(R, seen, q, lam), [q[k] for k in names])
        with torch.no_grad():
            for k, g in zip(names, grads):
                q[k] += lr * g
    return {k: v.detach() for k, v in q.items()}


# %% fit_mu_too
# mu is learned.
# like: optimizer
# named: fit_moves_level
def fit(R, seen, p, lr, lam, steps):
    q = {k: torch.nn.Parameter(v.detach().clone()) for k, v in p.items()}
    opt = torch.optim.SGD(q.values(), lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, q, lam).backward()
        opt.step()
    return {k: v.detach() for k, v in q.items()}


# %% fit_new_p_for_q
# Q's gradient with the new P.
# like: in_place
# named: fit_items_after_users
def fit(R, seen, p, lr, lam, steps):
    bu, bi, P, Q = (p[k].detach().clone() for k in ("bu", "bi", "P", "Q"))
    with torch.no_grad():
        for _ in range(steps):
            E = predict({"mu": p["mu"], "bu": bu, "bi": bi, "P": P, "Q": Q}) - R
            E[~seen] = 0
            E *= 2 / seen.sum()
            P -= lr * (E @ Q + 2 * lam * P)
            Q -= lr * (E.T @ P + 2 * lam * Q)
            bu -= lr * (E.sum(1) + 2 * lam * bu)
            bi -= lr * (E.sum(0) + 2 * lam * bi)
    return {"mu": p["mu"].detach(), "bu": bu, "bi": bi, "P": P, "Q": Q}


# %% fit_each_at_a_new_point
# The errors are computed again for each parameter.
# named: fit_items_after_users, fit_one_after_the_other
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        for k in ("bu", "bi", "P", "Q"):
            G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
            g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}[k]
            p[k] = p[k] - lr * (g + 2 * lam * p[k])
    return p


# %% fit_without_penalty
# lam unused.
# like: augmented
# named: fit_without_penalty
def fit(R, seen, p, lr, lam, steps):
    q = {k: v.detach().clone() for k, v in p.items()}
    u, i = torch.where(seen)
    for _ in range(steps):
        left, right = both(q)
        g = 2 * ((left[u] * right[i]).sum(dim=1) - R.detach()[u, i]) / len(u)
        step = {k: torch.zeros_like(q[k]) for k in ("bu", "bi", "P", "Q")}
        step["bu"] = step["bu"].index_add(0, u, g)
        step["bi"] = step["bi"].index_add(0, i, g)
        step["P"] = step["P"].index_add(0, u, g[:, None] * q["Q"][i])
        step["Q"] = step["Q"].index_add(0, i, g[:, None] * q["P"][u])
        for k, s in step.items():
            q[k] = q[k] - lr * s
    return q


# %% fit_penalty_without_two
# lam in place of 2 lam.
# named: fit_penalty_half
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + lam * p[k]) for k in p}
    return p


# %% fit_weight_decay_lam
# weight_decay=lam.
# like: weight_decay
# named: fit_penalty_half
def fit(R, seen, p, lr, lam, steps):
    out = {k: v.detach().clone() for k, v in p.items()}
    rest = [v.requires_grad_() for k, v in out.items() if k != "mu"]
    opt = torch.optim.SGD(rest, lr=lr, weight_decay=lam)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, out, 0.0).backward()
        opt.step()
    return {k: v.detach() for k, v in out.items()}


# %% fit_penalty_twice
# The penalty in the loss, and as weight decay.
# like: weight_decay
# named: fit_penalty_double
def fit(R, seen, p, lr, lam, steps):
    out = {k: v.detach().clone() for k, v in p.items()}
    rest = [v.requires_grad_() for k, v in out.items() if k != "mu"]
    opt = torch.optim.SGD(rest, lr=lr, weight_decay=2 * lam)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, out, lam).backward()
        opt.step()
    return {k: v.detach() for k, v in out.items()}


# %% fit_error_without_two
# The 2 of the square is missing in G.
# named: fit_errors_half
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = torch.where(seen, predict(p) - R, 0.0) / seen.sum()
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_no_two_at_all
# No 2 anywhere.
# like: numpy
# named: fit_errors_half, fit_penalty_half
def fit(R, seen, p, lr, lam, steps):
    like = p["P"]
    r, s = R.detach().cpu().numpy(), seen.cpu().numpy()
    a = {k: v.detach().cpu().numpy().copy() for k, v in p.items()}
    for _ in range(steps):
        guess = a["mu"] + a["bu"][:, None] + a["bi"] + a["P"] @ a["Q"].T
        G = np.zeros_like(guess)
        G[s] = (guess[s] - r[s]) / s.sum()
        gP, gQ = G @ a["Q"], G.T @ a["P"]
        a["bu"] -= lr * (G.sum(axis=1) + lam * a["bu"])
        a["bi"] -= lr * (G.sum(axis=0) + lam * a["bi"])
        a["P"] -= lr * (gP + lam * a["P"])
        a["Q"] -= lr * (gQ + lam * a["Q"])
    return {k: torch.as_tensor(v, dtype=like.dtype, device=like.device) for k, v in a.items()}


# %% fit_sum
# G not divided by |S|.
# named: fit_sum
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_over_all_entries
# Divided by U I.
# named: fit_over_all
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 * torch.where(seen, predict(p) - R, 0.0) / R.numel()
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_biases_not_penalized
# 2 lam on P and Q alone.
# named: fit_biases_unpenalized
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        p = {
            "mu": p["mu"],
            "bu": p["bu"] - lr * G.sum(1),
            "bi": p["bi"] - lr * G.sum(0),
            "P": p["P"] - lr * (G @ p["Q"] + 2 * lam * p["P"]),
            "Q": p["Q"] - lr * (G.T @ p["P"] + 2 * lam * p["Q"]),
        }
    return p


# %% fit_biases_not_learned
# P and Q alone are learned.
# like: optimizer
# named: fit_biases_stay
def fit(R, seen, p, lr, lam, steps):
    q = {k: torch.nn.Parameter(v.detach().clone()) for k, v in p.items()}
    opt = torch.optim.SGD([q["P"], q["Q"]], lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, q, lam).backward()
        opt.step()
    return {k: v.detach() for k, v in q.items()}


# %% fit_in_place
# The caller's tensors are changed.
# named: -
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        for k in g:
            p[k] -= lr * (g[k] + 2 * lam * p[k])
    return p


# %% fit_dict_in_place
# New tensors, but in the dict of the caller, which is returned.
# named: -
def fit(R, seen, p, lr, lam, steps):
    for k in list(p):
        p[k] = p[k].detach().clone()
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        for k in g:
            p[k] = p[k] - lr * (g[k] + 2 * lam * p[k])
    return p


# %% fit_not_copied
# After no step the tensors are the caller's.
# like: double_inside
# named: -
def fit(R, seen, p, lr, lam, steps):
    d = {k: v.detach() for k, v in p.items()}
    R0 = torch.where(seen, R, 0.0)
    for _ in range(steps):
        G = (predict(d) - R0) * seen * 2 / seen.sum()
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ d["Q"], "Q": G.T @ d["P"]}
        for k in g:
            d[k] = d[k] - lr * (g[k] + 2 * lam * d[k])
    return d


# %% fit_one_step_more
# steps + 1.
# named: fit_step_more
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps + 1):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_one_step_only
# return inside of the loop.
# like: ranks
# named: fit_one_step
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
        return p
    return p


# %% fit_errors_of_the_beginning
# The prediction is made once, before the loop.
# named: fit_from_one_point
def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
    for _ in range(steps):
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ p["Q"], "Q": G.T @ p["P"]}
        p = {k: p[k] if k == "mu" else p[k] - lr * (g[k] + 2 * lam * p[k]) for k in p}
    return p


# %% fit_gradient_of_the_beginning
# The gradient is taken once, before the loop.
# like: boolean_index
# named: fit_from_one_point, fit_first_gradient
def fit(R, seen, p, lr, lam, steps):
    q = {k: v.detach().clone() for k, v in p.items()}
    names = ["bu", "bi", "P", "Q"]
    for k in names:
        q[k].requires_grad_()
    grads = torch.autograd.grad(masked_loss(R, seen, q, lam), [q[k] for k in names])
    for _ in range(steps):
        with torch.no_grad():
            for k, g in zip(names, grads):
                q[k] -= lr * g
    return {k: v.detach() for k, v in q.items()}


# %% fit_gradients_add_up
# .grad is never set back.
# like: model
# named: fit_gradients_add_up
def fit(R, seen, p, lr, lam, steps):
    model = Model(p)
    for _ in range(steps):
        loss = masked_loss(R, seen, model.p(), lam)
        loss.backward()
        with torch.no_grad():
            for w in model.parameters():
                w.sub_(lr * w.grad)
    return {k: v.detach().clone() for k, v in model.p().items()}


# %% fit_requires_gradients
# Parameters are returned.
# like: optimizer
# named: -
def fit(R, seen, p, lr, lam, steps):
    q = {k: torch.nn.Parameter(v.detach().clone()) for k, v in p.items()}
    opt = torch.optim.SGD([q[k] for k in q if k != "mu"], lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, q, lam).backward()
        opt.step()
    return q
