# %% mask_by_multiplication
# 1 masked_loss: NaN * 0; 2 masked_loss: the mean over all entries; 3 fit: mu is learned too; 4 recommend: * ~seen
# named: loss_nan, loss_over_all, fit_moves_level, recommend_seen_as_zero
import torch


def predict(p):
    return p["mu"] + p["bu"].unsqueeze(1) + p["bi"].unsqueeze(0) + p["P"] @ p["Q"].T


def masked_loss(R, seen, p, lam):
    error = (R - predict(p)) * seen
    penalty = (p["P"] ** 2).sum() + (p["Q"] ** 2).sum() + (p["bu"] ** 2).sum() + (p["bi"] ** 2).sum()
    return (error**2).mean() + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone().requires_grad_() for k, v in p.items()}
    for _ in range(steps):
        loss = masked_loss(R, seen, p, lam)
        grads = torch.autograd.grad(loss, list(p.values()))
        p = {k: (v - lr * g).detach().requires_grad_() for (k, v), g in zip(p.items(), grads)}
    return {k: v.detach() for k, v in p.items()}


def recommend(p, seen, n):
    scores = predict(p) * ~seen
    return scores.argsort(dim=1, descending=True)[:, :n]


# %% trap_and_in_place
# 1 masked_loss: where after the square; 2 fit: in place on the caller's tensors; 3 fit: the new P in Q's gradient
# named: loss_gradient_nan, fit_items_after_users
import torch


def predict(p):
    return p["mu"] + p["bu"][:, None] + p["bi"][None, :] + torch.einsum("uk,ik->ui", p["P"], p["Q"])


def masked_loss(R, seen, p, lam):
    squared = torch.where(seen, (R - predict(p)) ** 2, 0)
    penalty = sum(torch.sum(p[k] ** 2) for k in ("P", "Q", "bu", "bi"))
    return squared.sum() / seen.sum() + lam * penalty


def fit(R, seen, p, lr, lam, steps):
    n = seen.sum()
    bu, bi, P, Q = p["bu"].detach(), p["bi"].detach(), p["P"].detach(), p["Q"].detach()
    for _ in range(steps):
        pred = predict({"mu": p["mu"].detach(), "bu": bu, "bi": bi, "P": P, "Q": Q})
        G = torch.where(seen, 2 / n * (pred - R), 0)
        bu -= lr * (G.sum(1) + 2 * lam * bu)
        bi -= lr * (G.sum(0) + 2 * lam * bi)
        P -= lr * (G @ Q + 2 * lam * P)
        Q -= lr * (G.T @ P + 2 * lam * Q)
    return {"mu": p["mu"].detach(), "bu": bu, "bi": bi, "P": P, "Q": Q}


def recommend(p, seen, n):
    scores = predict(p)
    scores = torch.where(seen, torch.full_like(scores, float("-inf")), scores)
    return torch.topk(scores, n, dim=1).indices


# %% other_loss
# 1 masked_loss: half of the mean; 2 masked_loss: the biases are not penalized; 3 fit: lam in place of 2 lam;
# 4 recommend: -1 for the seen
# named: loss_half, penalty_of_factors, fit_penalty_half, recommend_seen_as_zero
import torch


def predict(p):
    mu, bu, bi, P, Q = p["mu"], p["bu"], p["bi"], p["P"], p["Q"]
    return mu + bu[:, None] + bi + P @ Q.T


def masked_loss(R, seen, p, lam):
    e = R[seen] - predict(p)[seen]
    return 0.5 * (e**2).mean() + lam * ((p["P"] ** 2).sum() + (p["Q"] ** 2).sum())


def fit(R, seen, p, lr, lam, steps):
    mu, bu, bi, P, Q = [p[k].detach().clone() for k in ("mu", "bu", "bi", "P", "Q")]
    R = torch.where(seen, R, 0)
    for _ in range(steps):
        pred = mu + bu[:, None] + bi + P @ Q.T
        G = 2 * (pred - R) * seen / seen.sum()
        bu, bi, P, Q = (
            bu - lr * (G.sum(1) + lam * bu),
            bi - lr * (G.sum(0) + lam * bi),
            P - lr * (G @ Q + lam * P),
            Q - lr * (G.T @ P + lam * Q),
        )
    return {"mu": mu, "bu": bu, "bi": bi, "P": P, "Q": Q}


def recommend(p, seen, n):
    scores = predict(p).clone()
    scores[seen] = -1
    return scores.topk(n, dim=1)[1]


# %% biases_confused
# 1 predict: the biases along the wrong axes; 2 recommend: the lowest first, since argsort ascends
# named: predict_biases_exchanged, recommend_worst
import torch


def predict(p):
    return p["mu"] + p["bu"][None, :] + p["bi"][:, None] + p["P"] @ p["Q"].T


def masked_loss(R, seen, p, lam):
    pred = predict(p)
    error = R[seen] - pred[seen]
    reg = 0
    for k in ["P", "Q", "bu", "bi"]:
        reg = reg + (p[k] ** 2).sum()
    return (error**2).sum() / len(error) + lam * reg


def fit(R, seen, p, lr, lam, steps):
    params = {k: v.clone().detach() for k, v in p.items()}
    for k in ["bu", "bi", "P", "Q"]:
        params[k].requires_grad_(True)
    for _ in range(steps):
        loss = masked_loss(R, seen, params, lam)
        loss.backward()
        with torch.no_grad():
            for k in ["bu", "bi", "P", "Q"]:
                params[k] -= lr * params[k].grad
                params[k].grad.zero_()
    return {k: v.detach() for k, v in params.items()}


def recommend(p, seen, n):
    scores = predict(p).masked_fill(seen, float("inf"))
    return scores.argsort(dim=1)[:, :n]


# %% optimizer_in_a_hurry
# 1 masked_loss: mu is penalized as well; 2 fit: all five to the optimizer; 3 fit: no zero_grad; 4 fit: Parameters
# are returned
# named: penalty_with_level, fit_moves_level, fit_gradients_add_up
import torch
import torch.nn.functional as F


def predict(p):
    return p["P"] @ p["Q"].T + p["bu"].view(-1, 1) + p["bi"].view(1, -1) + p["mu"]


def masked_loss(R, seen, p, lam):
    return F.mse_loss(predict(p)[seen], R[seen]) + lam * sum((v**2).sum() for v in p.values())


def fit(R, seen, p, lr, lam, steps):
    params = {k: torch.nn.Parameter(v.detach().clone()) for k, v in p.items()}
    optimizer = torch.optim.SGD(list(params.values()), lr=lr)
    for _ in range(steps):
        loss = masked_loss(R, seen, params, lam)
        loss.backward()
        optimizer.step()
    return params


def recommend(p, seen, n):
    pred = predict(p)
    pred = pred.masked_fill(seen, -float("inf"))
    _, idx = pred.sort(dim=1, descending=True)
    return idx[:, :n]


# %% stars
# 1 predict: clamped to 1 .. 5; 2 masked_loss: a sum, not a mean; 3 fit: without penalty; 4 recommend: numbers among
# the unseen
# named: predict_clipped, loss_sum, fit_without_penalty, recommend_among_unseen
import torch


def predict(p):
    raw = p["mu"] + p["bu"][:, None] + p["bi"][None, :] + p["P"] @ p["Q"].T
    return raw.clamp(1, 5)


def masked_loss(R, seen, p, lam):
    diff = (R - predict(p))[seen]
    return (diff**2).sum() + lam * (p["P"].pow(2).sum() + p["Q"].pow(2).sum() + p["bu"].pow(2).sum() + p["bi"].pow(2).sum())


def fit(R, seen, p, lr, lam, steps):
    q = {k: v.detach().clone() for k, v in p.items()}
    count = seen.sum()
    for _ in range(steps):
        pred = q["mu"] + q["bu"][:, None] + q["bi"][None, :] + q["P"] @ q["Q"].T
        G = torch.zeros_like(pred)
        G[seen] = 2 * (pred[seen] - R[seen]) / count
        dP = G @ q["Q"]
        dQ = G.T @ q["P"]
        q["bu"] = q["bu"] - lr * G.sum(dim=1)
        q["bi"] = q["bi"] - lr * G.sum(dim=0)
        q["P"] = q["P"] - lr * dP
        q["Q"] = q["Q"] - lr * dQ
    return q


def recommend(p, seen, n):
    scores = predict(p)
    out = []
    for u in range(scores.shape[0]):
        s = scores[u][~seen[u]]
        out.append(s.argsort(descending=True)[:n])
    return torch.stack(out)


# %% plain_loops
# 1 masked_loss: seen is taken to be R > 0; 2 fit: one rating at a time; 3 recommend: int32
# named: fit_rating_by_rating, loss_of_positive
import torch


def predict(p):
    U, I = len(p["bu"]), len(p["bi"])
    rows = []
    for u in range(U):
        rows.append(torch.stack([p["mu"] + p["bu"][u] + p["bi"][i] + p["P"][u] @ p["Q"][i] for i in range(I)]))
    return torch.stack(rows)


def masked_loss(R, seen, p, lam):
    mask = R > 0
    e = R[mask] - predict(p)[mask]
    return (e**2).mean() + lam * sum((p[k] ** 2).sum() for k in ("P", "Q", "bu", "bi"))


def fit(R, seen, p, lr, lam, steps):
    p = {k: v.detach().clone() for k, v in p.items()}
    for _ in range(steps):
        for u in range(R.shape[0]):
            for i in range(R.shape[1]):
                if not seen[u, i]:
                    continue
                e = R[u, i] - (p["mu"] + p["bu"][u] + p["bi"][i] + p["P"][u] @ p["Q"][i])
                Pu = p["P"][u].clone()
                p["bu"][u] += 2 * lr * (e - lam * p["bu"][u])
                p["bi"][i] += 2 * lr * (e - lam * p["bi"][i])
                p["P"][u] += 2 * lr * (e * p["Q"][i] - lam * p["P"][u])
                p["Q"][i] += 2 * lr * (e * Pu - lam * p["Q"][i])
    return p


def recommend(p, seen, n):
    scores = predict(p)
    result = []
    for u in range(len(scores)):
        best = scores[u].argsort(descending=True).tolist()
        result.append([i for i in best if not seen[u, i]][:n])
    return torch.tensor(result, dtype=torch.int32)
