# %% by_hand
# hand-made gradient, plain torch
import torch


def features(rows, categories, numeric):
    out = []
    for r in rows:
        line = []
        for c, vals in categories.items():
            line += [1.0 if r.get(c) == v else 0.0 for v in vals]
        for n in numeric:
            v = r.get(n)
            line.append(0.0 if v is None else float(v))
        out.append(line)
    width = sum(len(v) for v in categories.values()) + len(numeric)
    return torch.tensor(out, dtype=torch.float32).reshape(len(rows), width)


def predict_proba(X, w, b):
    return torch.sigmoid(X @ w + b)


def predict(X, w, b, threshold):
    return (predict_proba(X, w, b) >= threshold).long()


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    N, D = X.shape
    w = X.new_zeros(D)
    b = X.new_zeros(())
    for _ in range(steps):
        p = predict_proba(X, w, b)
        g = (1 - y) * p - pos_weight * y * (1 - p)
        gw = X.T @ g / N + l2 * w
        gb = g.sum() / N
        w = w - lr * gw
        b = b - lr * gb
    return w, b


def fit_multilabel(X, Y, lr, steps):
    N, L = Y.shape
    W = X.new_zeros(L, X.shape[1])
    b = X.new_zeros(L)
    for _ in range(steps):
        E = (predict_proba_multilabel(X, W, b) - Y) / (N * L)
        W = W - lr * E.T @ X
        b = b - lr * E.sum(0)
    return W, b


def predict_proba_multilabel(X, W, b):
    return torch.sigmoid(X @ W.T + b)


def rank(p, bid, k):
    return torch.argsort(p * bid, descending=True)[:k]

# %% autograd_and_sgd
# autograd + BCE with logits + SGD
import torch.nn.functional as F


def features(rows, categories, numeric):
    where, F_ = {}, 0
    for name, values in categories.items():
        for v in values:
            where[name, v] = F_
            F_ += 1
    table = torch.zeros(len(rows), F_ + len(numeric))
    for i, row in enumerate(rows):
        for name in categories:
            j = where.get((name, row.get(name)))
            if j is not None:
                table[i, j] = 1
        for j, name in enumerate(numeric):
            if row.get(name) is not None:
                table[i, F_ + j] = row[name]
    return table


def predict_proba(X, w, b):
    return (torch.mv(X, w) + b).sigmoid().detach()


def predict(X, w, b, threshold):
    return torch.where(predict_proba(X, w, b) < threshold, 0, 1)


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros(X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros((), dtype=X.dtype, device=X.device, requires_grad=True)
    opt = torch.optim.SGD([w, b], lr=lr)
    pw = torch.tensor(pos_weight, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        opt.zero_grad()
        loss = F.binary_cross_entropy_with_logits(X @ w + b, y, pos_weight=pw) + l2 / 2 * (w ** 2).sum()
        loss.backward()
        opt.step()
    return w.detach(), b.detach()


def fit_multilabel(X, Y, lr, steps):
    W = torch.zeros(Y.shape[1], X.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    b = torch.zeros(Y.shape[1], dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(F.linear(X, W, b), Y)
        gW, gb = torch.autograd.grad(loss, (W, b))
        with torch.no_grad():
            W -= lr * gW
            b -= lr * gb
    return W.detach(), b.detach()


def predict_proba_multilabel(X, W, b):
    return torch.sigmoid(F.linear(X, W, b)).detach()


def rank(p, bid, k):
    return torch.topk(p * bid, min(k, len(p))).indices

# %% numpy_arrays
# NumPy
import numpy as np


def _np(t):
    return t.detach().cpu().numpy()


def _sig(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))


def features(rows, categories, numeric):
    blocks = []
    for name, values in categories.items():
        col = np.array([[row.get(name) == v for v in values] for row in rows], dtype=np.float32)
        blocks.append(col.reshape(len(rows), len(values)))
    for name in numeric:
        col = np.array([row[name] if row.get(name) is not None else 0 for row in rows], dtype=np.float32)
        blocks.append(col.reshape(len(rows), 1))
    if not blocks:
        return torch.zeros(len(rows), 0)
    return torch.from_numpy(np.concatenate(blocks, axis=1))


def predict_proba(X, w, b):
    return torch.as_tensor(_sig(_np(X) @ _np(w) + _np(b)), dtype=X.dtype, device=X.device)


def predict(X, w, b, threshold):
    p = _np(predict_proba(X, w, b))
    return torch.as_tensor((p >= threshold).astype(np.int64), device=X.device)


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    A, t = _np(X), _np(y)
    weight = np.where(t == 1, pos_weight, 1.0).astype(A.dtype)
    theta = np.zeros(A.shape[1] + 1, dtype=A.dtype)
    A1 = np.hstack([A, np.ones((len(A), 1), dtype=A.dtype)])
    for _ in range(steps):
        g = A1.T @ (weight * (_sig(A1 @ theta) - t)) / len(t)
        g[:-1] += l2 * theta[:-1]
        theta = theta - lr * g
    return (torch.as_tensor(theta[:-1].copy(), dtype=X.dtype, device=X.device),
            torch.tensor(theta[-1], dtype=X.dtype, device=X.device))


def fit_multilabel(X, Y, lr, steps):
    L = Y.shape[1]
    ws, bs = [], []
    for l in range(L):
        w, b = fit(X, Y[:, l], lr / L, steps)
        ws.append(w)
        bs.append(b)
    return torch.stack(ws), torch.stack(bs)


def predict_proba_multilabel(X, W, b):
    return torch.as_tensor(_sig(_np(X) @ _np(W).T + _np(b)), dtype=X.dtype, device=X.device)


def rank(p, bid, k):
    order = np.argsort(-(_np(p) * _np(bid)))
    return torch.as_tensor(order[:k].copy(), dtype=torch.int64, device=p.device)

# %% loops
# loops and lists; writes the loss with logsigmoid
def features(rows, categories, numeric):
    width = sum(map(len, categories.values())) + len(numeric)
    T = torch.zeros((len(rows), width), dtype=torch.float32)
    for n in range(len(rows)):
        col = 0
        for cat in categories:
            try:
                T[n, col + categories[cat].index(rows[n][cat])] = 1.0
            except (KeyError, ValueError):
                pass
            col += len(categories[cat])
        for name in numeric:
            T[n, col] = rows[n].get(name) or 0.0
            col += 1
    return T


def predict_proba(X, w, b):
    return torch.stack([torch.sigmoid(torch.dot(x, w) + b) for x in X])


def predict(X, w, b, threshold):
    return torch.tensor([1 if float(q) >= threshold else 0 for q in predict_proba(X, w, b)], dtype=torch.int64, device=X.device)


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    w = torch.zeros_like(X[0])
    b = torch.zeros_like(X[0, 0])
    for _ in range(steps):
        w = w.detach().requires_grad_()
        b = b.detach().requires_grad_()
        z = X @ w + b
        ll = pos_weight * y * torch.nn.functional.logsigmoid(z) + (1 - y) * torch.nn.functional.logsigmoid(-z)
        J = -ll.mean() + 0.5 * l2 * w.dot(w)
        J.backward()
        w, b = w - lr * w.grad, b - lr * b.grad
    return w.detach(), b.detach()


def fit_multilabel(X, Y, lr, steps):
    n, l = Y.shape
    W = torch.zeros((l, X.shape[1]), dtype=X.dtype, device=X.device)
    b = torch.zeros(l, dtype=X.dtype, device=X.device)
    for _ in range(steps):
        newW, newb = W.clone(), b.clone()
        for j in range(l):
            d = torch.sigmoid(X @ W[j] + b[j]) - Y[:, j]
            newW[j] -= lr * (d[:, None] * X).sum(0) / (n * l)
            newb[j] -= lr * d.sum() / (n * l)
        W, b = newW, newb
    return W, b


def predict_proba_multilabel(X, W, b):
    return torch.stack([torch.sigmoid(X.mv(W[i]) + b[i]) for i in range(len(W))], dim=1)


def rank(p, bid, k):
    s = (p * bid).tolist()
    idx = sorted(range(len(s)), key=lambda i: s[i], reverse=True)
    return torch.tensor(idx[:k], dtype=torch.int64, device=p.device)

# %% modules
# torch.nn modules, einsum, one_hot
from torch import nn


def features(rows, categories, numeric):
    parts = [torch.zeros(len(rows), 0)]
    for c, vals in categories.items():
        idx = torch.tensor([vals.index(r[c]) if r.get(c) in vals else len(vals) for r in rows], dtype=torch.long)
        parts.append(nn.functional.one_hot(idx, len(vals) + 1)[:, :-1].float())
    num = [[r[n] if r.get(n) is not None else 0 for n in numeric] for r in rows]
    parts.append(torch.tensor(num, dtype=torch.float).view(len(rows), len(numeric)))
    return torch.cat(parts, 1)


def predict_proba(X, w, b):
    return 1 / (1 + torch.exp(-(torch.einsum("nd,d->n", X, w) + b)))


def predict(X, w, b, threshold):
    out = torch.zeros(X.shape[0], dtype=torch.int64, device=X.device)
    out[predict_proba(X, w, b) >= threshold] = 1
    return out


def fit(X, y, lr, steps, pos_weight=1.0, l2=0.0):
    lin = nn.Linear(X.shape[1], 1).to(X)
    nn.init.zeros_(lin.weight)
    nn.init.zeros_(lin.bias)
    opt = torch.optim.SGD([{"params": [lin.weight], "weight_decay": l2}, {"params": [lin.bias]}], lr=lr)
    crit = nn.BCEWithLogitsLoss(pos_weight=torch.as_tensor([pos_weight]).to(X))
    for _ in range(steps):
        opt.zero_grad()
        crit(lin(X), y[:, None]).backward()
        opt.step()
    return lin.weight.detach()[0].clone(), lin.bias.detach()[0].clone()


def fit_multilabel(X, Y, lr, steps):
    lin = nn.Linear(X.shape[1], Y.shape[1]).to(X)
    for q in lin.parameters():
        nn.init.zeros_(q)
    opt = torch.optim.SGD(lin.parameters(), lr=lr)
    for _ in range(steps):
        opt.zero_grad()
        nn.BCEWithLogitsLoss()(lin(X), Y).backward()
        opt.step()
    return lin.weight.detach(), lin.bias.detach()


def predict_proba_multilabel(X, W, b):
    return (1 + torch.tanh((torch.einsum("nd,ld->nl", X, W) + b) / 2)) / 2


def rank(p, bid, k):
    return (p * bid).sort(descending=True).indices[:k]
