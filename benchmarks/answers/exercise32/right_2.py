# %% double_inside
# float64 inside.
import torch


def predict(p):
    d = {k: v.double() for k, v in p.items()}
    return (d["mu"] + d["bu"][:, None] + d["bi"] + d["P"] @ d["Q"].T).to(p["P"].dtype)


def masked_loss(R, seen, p, lam):
    d = {k: v.double() for k, v in p.items()}
    guess = d["mu"] + d["bu"][:, None] + d["bi"] + d["P"] @ d["Q"].T
    e = (guess - R.double())[seen]
    penalty = d["bu"] @ d["bu"] + d["bi"] @ d["bi"] + (d["P"] ** 2).sum() + (d["Q"] ** 2).sum()
    return (e @ e / len(e) + lam * penalty).to(R.dtype)


def fit(R, seen, p, lr, lam, steps):
    d = {k: v.detach().to(torch.float64, copy=True) for k, v in p.items()}
    R0 = torch.where(seen, R, 0.0).double()
    mask = seen.double() * 2 / seen.sum()
    for _ in range(steps):
        G = (predict(d) - R0) * mask
        g = {"bu": G.sum(1), "bi": G.sum(0), "P": G @ d["Q"], "Q": G.T @ d["P"]}
        for k in g:
            d[k] = d[k] - lr * (g[k] + 2 * lam * d[k])
    return {k: v.to(R.dtype) for k, v in d.items()}


def recommend(p, seen, n):
    scores = predict({k: v.detach().double() for k, v in p.items()})
    scores[seen] = -torch.inf
    return scores.sort(dim=1, descending=True, stable=True).indices[:, :n]


# %% augmented
# Two matrices that hold the biases too.
import torch


def both(p):
    left = torch.cat([p["P"], (p["mu"] + p["bu"])[:, None], torch.ones_like(p["bu"])[:, None]], dim=1)
    right = torch.cat([p["Q"], torch.ones_like(p["bi"])[:, None], p["bi"][:, None]], dim=1)
    return left, right


def predict(p):
    left, right = both(p)
    return left @ right.T


def masked_loss(R, seen, p, lam):
    left, right = both(p)
    u, i = torch.where(seen)
    error = R[u, i] - (left[u] * right[i]).sum(dim=1)
    penalty = sum(p[k].square().sum() for k in ("bu", "bi", "P", "Q"))
    return error.square().sum() / len(u) + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    q = {k: v.detach().clone() for k, v in p.items()}
    u, i = torch.where(seen)
    for _ in range(steps):
        left, right = both(q)
        g = 2 * ((left[u] * right[i]).sum(dim=1) - R.detach()[u, i]) / len(u)
        step = {k: 2 * lam * q[k] for k in ("bu", "bi", "P", "Q")}
        step["bu"] = step["bu"].index_add(0, u, g)
        step["bi"] = step["bi"].index_add(0, i, g)
        step["P"] = step["P"].index_add(0, u, g[:, None] * q["Q"][i])
        step["Q"] = step["Q"].index_add(0, i, g[:, None] * q["P"][u])
        for k, s in step.items():
            q[k] = q[k] - lr * s
    return q


def recommend(p, seen, n):
    x = predict(p)
    smallest = torch.finfo(x.dtype).min
    return x.where(~seen, torch.tensor(smallest, dtype=x.dtype, device=x.device)).topk(n, 1, True, True)[1]


# %% in_place
# Clones that are changed in place.
import torch


def predict(p):
    R = torch.matmul(p["P"], p["Q"].mT)
    R += p["bu"][:, None]
    R += p["bi"]
    R += p["mu"]
    return R


def masked_loss(R, seen, p, lam):
    R = R.clone()
    R[~seen] = 0
    guess = predict(p)
    guess = guess * seen
    penalty = 0.0
    for key, value in p.items():
        if key == "mu":
            continue
        penalty = penalty + (value**2).sum()
    return ((R - guess) ** 2).sum() / seen.sum() + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    mu = p["mu"]
    bu, bi, P, Q = (p[k].detach().clone() for k in ("bu", "bi", "P", "Q"))
    N = int(seen.sum())
    with torch.no_grad():
        for _ in range(steps):
            E = predict({"mu": mu, "bu": bu, "bi": bi, "P": P, "Q": Q}) - R
            E[~seen] = 0
            E *= 2 / N
            P_old = P.clone()
            P.mul_(1 - 2 * lr * lam).sub_(lr * (E @ Q))
            Q.mul_(1 - 2 * lr * lam).sub_(lr * (E.T @ P_old))
            bu.mul_(1 - 2 * lr * lam).sub_(lr * E.sum(1))
            bi.mul_(1 - 2 * lr * lam).sub_(lr * E.sum(0))
    return dict(mu=mu.detach(), bu=bu, bi=bi, P=P, Q=Q)


def recommend(p, seen, n):
    scores = predict(p).detach()
    scores -= scores.max()
    scores -= 1
    scores[seen] = 2 * scores.min()
    return scores.topk(n).indices


# %% own_function
# The loss of the data is an autograd function with a backward pass of its own.
import torch


class SeenError(torch.autograd.Function):
    @staticmethod
    def forward(ctx, guess, R, seen):
        error = torch.where(seen, guess - R, torch.zeros_like(R))
        ctx.save_for_backward(error, seen.sum())
        return (error**2).sum() / seen.sum()

    @staticmethod
    def backward(ctx, upstream):
        error, count = ctx.saved_tensors
        return upstream * 2 * error / count, None, None


def predict(p):
    P, Q = p["P"], p["Q"]
    ones = torch.ones(P.shape[0], Q.shape[0], dtype=P.dtype, device=P.device)
    return p["mu"] * ones + torch.diag(p["bu"]) @ ones + ones @ torch.diag(p["bi"]) + P @ Q.T


def masked_loss(R, seen, p, lam):
    data = SeenError.apply(predict(p), R, seen)
    return data + lam * (p["P"] ** 2).sum() + lam * (
        (p["Q"] ** 2).sum() + (p["bu"] ** 2).sum() + (p["bi"] ** 2).sum()
    )


def fit(R, seen, p, lr, lam, steps):
    free = ("bu", "bi", "P", "Q")
    p = {k: v.detach().clone().requires_grad_(k in free) for k, v in p.items()}
    for _ in range(steps):
        for k in free:
            p[k].grad = None
        masked_loss(R, seen, p, lam).backward()
        p = {k: (v - lr * v.grad if k in free else v).detach().requires_grad_(k in free) for k, v in p.items()}
    return {k: v.detach() for k, v in p.items()}


def recommend(p, seen, n):
    order = predict(p).argsort(dim=1, descending=True)
    rows = [[i for i in row if not s[i]][:n] for row, s in zip(order.tolist(), seen.tolist())]
    return torch.tensor(rows, device=seen.device)


# %% users_in_turn
# A user at a time, with the ratings that this user has.
import torch


def predict(p):
    return torch.stack([p["mu"] + p["bu"][u] + p["bi"] + p["Q"] @ p["P"][u] for u in range(len(p["bu"]))])


def masked_loss(R, seen, p, lam):
    squares = []
    for u in range(len(R)):
        guess = p["mu"] + p["bu"][u] + p["bi"] + p["Q"] @ p["P"][u]
        squares.append((R[u][seen[u]] - guess[seen[u]]) ** 2)
    penalty = p["P"].square().sum() + p["Q"].square().sum() + p["bu"].square().sum() + p["bi"].square().sum()
    return torch.cat(squares).mean() + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    now = {k: v.detach().clone() for k, v in p.items()}
    count = seen.sum()
    for _ in range(steps):
        grad = {k: 2 * lam * v for k, v in now.items()}
        for u in range(len(R)):
            s = seen[u]
            g = 2 * (now["mu"] + now["bu"][u] + now["bi"][s] + now["Q"][s] @ now["P"][u] - R[u, s].detach()) / count
            grad["bu"][u] += g.sum()
            grad["bi"][s] += g
            grad["P"][u] += g @ now["Q"][s]
            grad["Q"][s] += torch.outer(g, now["P"][u])
        now = {k: v if k == "mu" else v - lr * grad[k] for k, v in now.items()}
    return now


def recommend(p, seen, n):
    scores = predict(p)
    result = torch.empty(len(scores), n, dtype=torch.long, device=scores.device)
    for u in range(len(scores)):
        masked = scores[u].clone()
        masked[seen[u]] = -float("inf")
        result[u] = masked.topk(n).indices
    return result


# %% ranks
# Recursion over the steps; the order by two sorts.
import torch


def predict(p):
    return torch.baddbmm((p["mu"] + p["bu"][:, None] + p["bi"])[None], p["P"][None], p["Q"].T[None])[0]


def masked_loss(R, seen, p, lam):
    weight = seen.to(R.dtype)
    clean = torch.where(seen, R, R.new_zeros(()))
    return (weight * (clean - predict(p)) ** 2).sum() / weight.sum() + lam * (
        torch.dot(p["bu"], p["bu"])
        + torch.dot(p["bi"], p["bi"])
        + torch.trace(p["P"].T @ p["P"])
        + torch.trace(p["Q"].T @ p["Q"])
    )


def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    if steps == 0:
        return p
    names = ("bu", "bi", "P", "Q")
    with torch.enable_grad():
        leaves = {k: p[k].requires_grad_() for k in names}
        masked_loss(R, seen, {"mu": p["mu"], **leaves}, lam).backward()
    with torch.no_grad():
        after = {k: p[k] - lr * p[k].grad for k in names}
    return fit(R, seen, {"mu": p["mu"], **after}, lr, lam, steps - 1)


def recommend(p, seen, n):
    first = predict(p).argsort(1, descending=True)
    then = seen.gather(1, first).to(torch.uint8).argsort(dim=1, stable=True)
    return first.gather(1, then)[:, :n]
