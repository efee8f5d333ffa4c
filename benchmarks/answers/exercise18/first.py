# %% no_maximum_and_sums
# 1 log_sum_exp naive, no maximum; 2 fit without 1/N; 3 hierarchical_loss: sum instead of mean
# named: lse_overflow, fit_sum, loss_sum
import torch


def logits(X, W, b):
    return X @ W.t() + b


def predict(X, W, b):
    return torch.argmax(logits(X, W, b), dim=-1)


def log_sum_exp(z):
    return torch.log(torch.sum(torch.exp(z), dim=-1))


def fit(X, y, C, lr, steps):
    W = torch.zeros(C, X.shape[1], dtype=X.dtype, device=X.device)
    b = torch.zeros(C, dtype=X.dtype, device=X.device)
    Y = torch.nn.functional.one_hot(y, C)
    for _ in range(steps):
        P = torch.softmax(logits(X, W, b), dim=1)
        dW = (P - Y).T @ X
        db = (P - Y).sum(dim=0)
        W = W - lr * dW
        b = b - lr * db
    return W.detach(), b.detach()


def hierarchical_log_prob(zg, zf, parent):
    lp = torch.zeros_like(zf)
    log_g = torch.log_softmax(zg, dim=1)
    for g in range(zg.shape[1]):
        idx = parent == g
        lp[:, idx] = log_g[:, g, None] + torch.log_softmax(zf[:, idx], dim=1)
    return lp


def hierarchical_loss(zg, zf, parent, y):
    lp = hierarchical_log_prob(zg, zf, parent)
    loss = 0
    for i in range(len(y)):
        loss = loss - lp[i, y[i]]
    return loss

# %% kept_axes
# 1 logits forgets b; 2 log_sum_exp keeps the last axis (keepdim); 3 hierarchical_log_prob: softmax over all classes
# in place of the siblings
# named: logits_without_bias, lse_keeps_the_axis, hierarchy_flat_softmax
import torch


def logits(X, W, b):
    return X @ W.T


def predict(X, W, b):
    return (X @ W.T + b).argmax(1)


def log_sum_exp(z):
    m = z.max(dim=-1, keepdim=True).values
    return m + (z - m).exp().sum(-1, keepdim=True).log()


def fit(X, y, C, lr, steps):
    N, D = X.shape
    with torch.no_grad():
        W = torch.zeros(C, D).to(X)
        b = torch.zeros(C).to(X)
        for _ in range(steps):
            z = X @ W.T + b
            P = (z - log_sum_exp(z)).exp()
            P[torch.arange(N), y] -= 1.0
            W -= lr / N * P.T @ X
            b -= lr / N * P.sum(0)
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    a = zg - log_sum_exp(zg)
    c = zf - log_sum_exp(zf)
    return a[:, parent] + c


def hierarchical_loss(zg, zf, parent, y):
    lp = hierarchical_log_prob(zg, zf, parent)
    return -lp[torch.arange(len(y)), y].mean()

# %% signs
# 1 predict: argmax over dim 0; 2 fit: climbs (sign of the step); 3 hierarchical_loss: sign forgotten
# named: predict_batch_axis, fit_uphill, loss_sign
import torch
import torch.nn.functional as F


def logits(X, W, b):
    return F.linear(X, W, b)


def predict(X, W, b):
    return logits(X, W, b).max(0).indices


def log_sum_exp(z):
    c = torch.amax(z, -1).detach()
    return torch.log(torch.exp(z - c[..., None]).sum(-1)) + c


def fit(X, y, C, lr, steps):
    X = X.detach()
    W = X.new_zeros((C, X.shape[1]))
    b = X.new_zeros(C)
    Y = F.one_hot(y, C).to(X.dtype)
    for _ in range(steps):
        P = torch.softmax(logits(X, W, b), -1)
        E = (P - Y) / len(X)
        W, b = W + lr * E.T @ X, b + lr * E.sum(0)
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    sib = parent[:, None] == parent
    neg = zf.unsqueeze(1).masked_fill(~sib, float("-inf"))
    return zf - log_sum_exp(neg) + torch.log_softmax(zg, 1)[:, parent]


def hierarchical_loss(zg, zf, parent, y):
    return hierarchical_log_prob(zg, zf, parent).gather(1, y.unsqueeze(1)).mean()

# %% probabilities_everywhere
# logits: the softmax is in it. log_sum_exp: the logarithm is missing. fit:
# right. hierarchical_log_prob: no logarithm, and so none in the loss.
# named: logits_softmax, lse_without_log, hierarchy_probability, loss_without_log
import torch


def logits(X, W, b):
    return torch.softmax(X @ W.T + b, dim=1)


def log_sum_exp(z):
    return torch.exp(z).sum(dim=-1)


def fit(X, y, C, lr, steps):
    X = X.detach()
    W, b = X.new_zeros(C, X.shape[1]), X.new_zeros(C)
    for _ in range(steps):
        P = torch.softmax(X @ W.T + b, dim=1)
        P[torch.arange(len(y)), y] -= 1
        W, b = W - lr * P.T @ X / len(y), b - lr * P.mean(dim=0)
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    P = torch.zeros_like(zf)
    for g in range(zg.shape[1]):
        P[:, parent == g] = torch.softmax(zg, dim=1)[:, [g]] * torch.softmax(zf[:, parent == g], dim=1)
    return P


def hierarchical_loss(zg, zf, parent, y):
    return -hierarchical_log_prob(zg, zf, parent)[torch.arange(len(y)), y].mean()

# %% two_classes_in_mind
# predict: by the sign of the last logit. log_sum_exp: as log(1 + e^z). fit: sigmoids, and the classes that y has.
# named: predict_threshold, lse_with_one, fit_sigmoid, fit_classes_seen
import torch


def predict(X, W, b):
    return (logits(X, W, b)[:, -1] > 0).long()


def log_sum_exp(z):
    m = z.amax(dim=-1).clamp(min=0)
    return m + torch.log(torch.exp(-m) + torch.exp(z - m[..., None]).sum(dim=-1))


def fit(X, y, C, lr, steps):
    Y = torch.nn.functional.one_hot(y)
    W, b = X.new_zeros(Y.shape[1], X.shape[1]), X.new_zeros(Y.shape[1])
    for _ in range(steps):
        delta = (torch.sigmoid(X @ W.T + b) - Y) / len(y)
        W, b = W - lr * delta.T @ X, b - lr * delta.sum(dim=0)
    return W, b

# %% axes_and_indices
# logits: b added to the samples. log_sum_exp: along the first axis. fit: [:, y]. hierarchical_loss: [:, y], too.
# named: logits_bias_by_sample, lse_batch_axis, fit_all_columns, loss_all_columns
import torch


def logits(X, W, b):
    return X @ W.T + b.unsqueeze(1)


def log_sum_exp(z):
    m = z.max(dim=0).values
    return m + torch.log(torch.exp(z - m).sum(dim=0))


def fit(X, y, C, lr, steps):
    X = X.detach()
    W, b = X.new_zeros(C, X.shape[1]), X.new_zeros(C)
    for _ in range(steps):
        P = torch.softmax(X @ W.T + b, dim=1)
        P[:, y] -= 1
        W, b = W - lr * P.T @ X / len(y), b - lr * P.mean(dim=0)
    return W, b


def hierarchical_log_prob(zg, zf, parent):
    result = torch.empty_like(zf)
    for g in range(zg.shape[1]):
        result[:, parent == g] = torch.log_softmax(zf[:, parent == g], dim=1)
    return result + torch.log_softmax(zg, dim=1)[:, parent]


def hierarchical_loss(zg, zf, parent, y):
    return -hierarchical_log_prob(zg, zf, parent)[:, y].mean()
