# %% base
# The gaps are filled before anything else; the gradient by hand.
import torch


def predict(p):
    return p["mu"] + p["bu"][:, None] + p["bi"] + p["P"] @ p["Q"].T


def masked_loss(R, seen, p, lam):
    err = torch.where(seen, R, 0.0) - torch.where(seen, predict(p), 0.0)
    penalty = sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))
    return (err**2).sum() / seen.sum() + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        G = 2 / seen.sum() * torch.where(seen, predict(p) - R, 0.0)
        p = {
            "mu": p["mu"],
            "bu": p["bu"] - lr * (G.sum(1) + 2 * lam * p["bu"]),
            "bi": p["bi"] - lr * (G.sum(0) + 2 * lam * p["bi"]),
            "P": p["P"] - lr * (G @ p["Q"] + 2 * lam * p["P"]),
            "Q": p["Q"] - lr * (G.T @ p["P"] + 2 * lam * p["Q"]),
        }
    return p


def recommend(p, seen, n):
    return predict(p).masked_fill(seen, float("-inf")).topk(n, dim=1).indices


# %% loops
# One entry at a time.
import torch


def predict(p):
    mu, bu, bi, P, Q = (p[k] for k in ("mu", "bu", "bi", "P", "Q"))
    rows = []
    for u in range(len(bu)):
        row = []
        for i in range(len(bi)):
            value = mu + bu[u] + bi[i]
            for k in range(P.shape[1]):
                value = value + P[u, k] * Q[i, k]
            row.append(value)
        rows.append(torch.stack(row))
    return torch.stack(rows)


def masked_loss(R, seen, p, lam):
    prediction = predict(p)
    total, count = 0, 0
    for u in range(R.shape[0]):
        for i in range(R.shape[1]):
            if seen[u, i]:
                total = total + (R[u, i] - prediction[u, i]) ** 2
                count += 1
    penalty = 0
    for name in "P", "Q", "bu", "bi":
        penalty = penalty + torch.sum(p[name] * p[name])
    return total / count + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    new = {k: v.detach().clone() for k, v in p.items()}
    pairs = seen.nonzero().tolist()
    with torch.no_grad():
        for _ in range(steps):
            old = {k: v.clone() for k, v in new.items()}
            estimate = predict(old)
            for name in ("bu", "bi", "P", "Q"):
                new[name] -= lr * 2 * lam * old[name]
            for u, i in pairs:
                g = 2 * (estimate[u, i] - R[u, i]) / len(pairs)
                new["bu"][u] -= lr * g
                new["bi"][i] -= lr * g
                new["P"][u] -= lr * g * old["Q"][i]
                new["Q"][i] -= lr * g * old["P"][u]
    return new


def recommend(p, seen, n):
    scores = predict(p).tolist()
    result = []
    for u in range(len(scores)):
        free = [i for i in range(len(scores[u])) if not seen[u, i]]
        free.sort(key=lambda i: scores[u][i], reverse=True)
        result.append(free[:n])
    return torch.tensor(result, dtype=torch.int64, device=seen.device)


# %% boolean_index
# Only the seen entries are ever looked at; leaves of its own and autograd.
import torch


def predict(p):
    out = p["P"].matmul(p["Q"].t())
    out = out + p["bu"].unsqueeze(1)
    out = out + p["bi"].unsqueeze(0)
    return out + p["mu"]


def masked_loss(R, seen, p, lam):
    e = R[seen] - predict(p)[seen]
    loss = e.pow(2).mean()
    reg = p["P"].pow(2).sum() + p["Q"].pow(2).sum() + p["bu"].pow(2).sum() + p["bi"].pow(2).sum()
    return loss + lam * reg


def fit(R, seen, p, lr, lam, steps):
    q = {k: v.detach().clone() for k, v in p.items()}
    names = ["bu", "bi", "P", "Q"]
    for k in names:
        q[k].requires_grad_()
    for _ in range(steps):
        grads = torch.autograd.grad(masked_loss(R, seen, q, lam), [q[k] for k in names])
        with torch.no_grad():
            for k, g in zip(names, grads):
                q[k] -= lr * g
    return {k: v.detach() for k, v in q.items()}


def recommend(p, seen, n):
    scores = predict(p).detach().clone()
    scores[seen] = -torch.inf
    return torch.argsort(scores, dim=1, descending=True)[:, :n]


# %% optimizer
# torch.optim.SGD on the loss; mse_loss.
import torch
import torch.nn.functional as F


def predict(p):
    return torch.addmm(p["mu"] + p["bu"].view(-1, 1) + p["bi"].view(1, -1), p["P"], p["Q"].T)


def masked_loss(R, seen, p, lam):
    data = F.mse_loss(predict(p)[seen], R[seen])
    return data + lam * sum(v.square().sum() for k, v in p.items() if k != "mu")


def fit(R, seen, p, lr, lam, steps):
    q = {k: torch.nn.Parameter(v.detach().clone()) for k, v in p.items()}
    opt = torch.optim.SGD([q[k] for k in q if k != "mu"], lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, q, lam).backward()
        opt.step()
    return {k: v.detach() for k, v in q.items()}


def recommend(p, seen, n):
    x = torch.where(seen, torch.full_like(predict(p), -torch.inf), predict(p))
    return torch.sort(x, dim=-1, descending=True)[1][..., :n]


# %% weight_decay
# The optimizer's weight decay in place of the penalty.
import torch


def predict(p):
    return torch.einsum("uk,ik->ui", p["P"], p["Q"]) + p["mu"] + p["bu"][:, None] + p["bi"][None, :]


def masked_loss(R, seen, p, lam):
    filled = torch.where(seen, R, predict(p).detach())
    e = (filled - predict(p)) * seen
    size = torch.cat([p[k].reshape(-1) for k in ("P", "Q", "bu", "bi")])
    return e.square().sum() / seen.sum() + lam * (size @ size)


def fit(R, seen, p, lr, lam, steps):
    out = {k: v.detach().clone() for k, v in p.items()}
    rest = [v.requires_grad_() for k, v in out.items() if k != "mu"]
    opt = torch.optim.SGD(rest, lr=lr, weight_decay=2 * lam)
    for _ in range(steps):
        opt.zero_grad()
        masked_loss(R, seen, out, 0.0).backward()
        opt.step()
    return {k: v.detach() for k, v in out.items()}


def recommend(p, seen, n):
    s = predict(p)
    low = s.min() - 1
    return torch.where(seen, low, s).topk(n).indices


# %% numpy
# NumPy where no gradient is needed.
import numpy as np
import torch


def predict(p):
    return p["mu"] + p["bu"].reshape(-1, 1) + p["bi"].reshape(1, -1) + torch.mm(p["P"], p["Q"].transpose(0, 1))


def masked_loss(R, seen, p, lam):
    R = torch.nan_to_num(R, nan=0.0)
    error = (R - predict(p)).masked_fill(~seen, 0)
    return (error * error).sum() / seen.sum() + lam * (
        (p["P"] ** 2).sum() + (p["Q"] ** 2).sum() + (p["bu"] ** 2).sum() + (p["bi"] ** 2).sum()
    )


def fit(R, seen, p, lr, lam, steps):
    like = p["P"]
    r, s = R.detach().cpu().numpy(), seen.cpu().numpy()
    a = {k: v.detach().cpu().numpy().copy() for k, v in p.items()}
    for _ in range(steps):
        guess = a["mu"] + a["bu"][:, None] + a["bi"] + a["P"] @ a["Q"].T
        G = np.zeros_like(guess)
        G[s] = 2 * (guess[s] - r[s]) / s.sum()
        gP, gQ = G @ a["Q"], G.T @ a["P"]
        a["bu"] -= lr * (G.sum(axis=1) + 2 * lam * a["bu"])
        a["bi"] -= lr * (G.sum(axis=0) + 2 * lam * a["bi"])
        a["P"] -= lr * (gP + 2 * lam * a["P"])
        a["Q"] -= lr * (gQ + 2 * lam * a["Q"])
    return {k: torch.as_tensor(v, dtype=like.dtype, device=like.device) for k, v in a.items()}


def recommend(p, seen, n):
    x = predict(p).detach().cpu().numpy()
    x = np.where(seen.cpu().numpy(), -np.inf, x)
    return torch.from_numpy(np.argsort(-x, axis=1)[:, :n].copy()).to(seen.device)


# %% model
# A class of parameters.
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.register_buffer("mu", p["mu"].detach().clone())
        self.bu = nn.Parameter(p["bu"].detach().clone())
        self.bi = nn.Parameter(p["bi"].detach().clone())
        self.P = nn.Parameter(p["P"].detach().clone())
        self.Q = nn.Parameter(p["Q"].detach().clone())

    def p(self):
        return {"mu": self.mu, "bu": self.bu, "bi": self.bi, "P": self.P, "Q": self.Q}

    def forward(self):
        return predict(self.p())


def predict(p):
    return (p["P"][:, None, :] * p["Q"][None, :, :]).sum(-1) + p["bu"][:, None] + p["bi"][None, :] + p["mu"]


def masked_loss(R, seen, p, lam):
    users, items = seen.nonzero(as_tuple=True)
    guess = (p["P"][users] * p["Q"][items]).sum(1) + p["bu"][users] + p["bi"][items] + p["mu"]
    loss = torch.mean((R[users, items] - guess) ** 2)
    for k in ["P", "Q", "bu", "bi"]:
        loss = loss + lam * torch.sum(p[k] ** 2)
    return loss


def fit(R, seen, p, lr, lam, steps):
    model = Model(p)
    for _ in range(steps):
        model.zero_grad()
        loss = masked_loss(R, seen, model.p(), lam)
        loss.backward()
        with torch.no_grad():
            for w in model.parameters():
                w.sub_(lr * w.grad)
    return {k: v.detach().clone() for k, v in model.p().items()}


def recommend(p, seen, n):
    with torch.no_grad():
        scores = predict(p)
        scores = scores + torch.zeros_like(scores).masked_fill(seen, float("-inf"))
        best = []
        for _ in range(n):
            i = scores.argmax(dim=1, keepdim=True)
            best.append(i)
            scores = scores.scatter(1, i, float("-inf"))
    return torch.cat(best, dim=1)


# %% functional
# torch.autograd.functional; an item list for each user.
import torch


def predict(p):
    return p["mu"] + torch.nn.functional.linear(p["P"], p["Q"]) + p["bu"][..., None] + p["bi"]


def masked_loss(R, seen, p, lam):
    e = torch.where(seen, R - predict(p), torch.zeros_like(R))
    norms = [(p[k] * p[k]).sum() for k in ("P", "Q", "bu", "bi")]
    return torch.sum(e * e) / torch.count_nonzero(seen) + lam * torch.stack(norms).sum()


def fit(R, seen, p, lr, lam, steps):
    theta = {k: p[k].detach().clone() for k in ("bu", "bi", "P", "Q")}
    mu = p["mu"].detach()

    def loss(*values):
        return masked_loss(R, seen, {"mu": mu, **dict(zip(theta, values))}, lam)

    for _ in range(steps):
        _, slopes = torch.autograd.functional.vjp(loss, tuple(theta.values()))
        theta = {k: v - lr * g for (k, v), g in zip(theta.items(), slopes)}
    return {"mu": mu.clone(), **theta}


def recommend(p, seen, n):
    s = predict(p)
    rows = []
    for u in range(s.shape[0]):
        free = torch.nonzero(~seen[u]).flatten()
        order = s[u, free].argsort(descending=True)
        rows.append(free[order[:n]])
    return torch.stack(rows)
